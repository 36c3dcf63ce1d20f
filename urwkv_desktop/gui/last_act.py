"""The last thing a person did, where it stands outside of the open case's history: undo takes it back all the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import now


@dataclass(frozen=True)
class _Act:
    """case: what is on screen after it. back: takes it back."""

    case: int | None
    time: datetime
    back: Callable[[], object]


class LastAct:
    """A label deleted for all cases, a case accepted and left for the next one. It is the last for as long as that case
    is on screen and no hand has changed anything there since."""

    def __init__(self) -> None:
        self._act: _Act | None = None

    def note(self, case: int | None, back: Callable[[], object]) -> None:
        self._act = _Act(case, now(), back)

    def forget(self) -> None:
        self._act = None

    def take_back(self, document: Document) -> bool:
        """False where something in the document came after it."""
        act = self._act
        if act is None or act.case != document.case or _by_hand(document) > act.time.timestamp():
            return False
        self._act = None
        act.back()
        return True


def _by_hand(document: Document) -> float:
    """When a hand last changed something that stands, seconds since 1970."""
    newest = next((group for group in reversed(document.history.applied) if group.is_by_hand), None)
    return 0.0 if newest is None else newest.edits[-1].event.time.timestamp()
