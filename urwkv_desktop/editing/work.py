"""What may take over 4 ms and so is not done on the thread that paints."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.imaging import Message

# Whether what runs is not wanted any more; asked now and then by whatever may last longer than a person waits.
Stop = Callable[[], bool]


def never() -> bool:
    """The Stop of whoever waits to the end."""
    return False


class Run(Protocol):
    def __call__(self, stop: Stop = never) -> MaskEdit | Suggestion | None: ...


@dataclass(frozen=True, eq=False)
class Work:
    """name: what is shown while it runs. run: a plain function of frozen inputs (copies, or arrays that nobody writes),
    called on another thread; None where nothing would change, or where it was stopped.

    Its result belongs to the document's revision for which it was made and is dropped once that has passed; so run may
    read the mask itself, too. is_offer: what comes of it is looked at before it is made, so that it may be stopped;
    what a hand has drawn to its end may not.
    """

    name: Message
    run: Run
    is_offer: bool = False
