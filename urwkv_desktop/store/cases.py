"""A case as it is handed in, as the worklist shows it, and as it is opened."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from urwkv_desktop.editing.history import History
from urwkv_desktop.editing.state import CaseState
from urwkv_desktop.imaging import Finding, Flag, Mask, Status


@dataclass(frozen=True)
class NewCase:
    """identity: how the case is found again (formats.Source.identity). files: relative to the root, posix.

    kind: the image kind, for which a model is chosen. group: fixed when the case is made. detail: what the caller
    wants back with the row (numbers, words, lists).
    """

    identity: str
    title: str
    files: tuple[str, ...]
    kind: str = ""
    part: str = ""
    image_sha256: str = ""
    group: str = ""
    findings: tuple[Finding, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseRow:
    """status, flag, has_prediction, answered_by (the model that answered last, by its name), is_imported (the last
    answer is a file's), revision and edits (groups of edits by hand) are folds over the case's events."""

    id: int
    title: str
    identity: str
    files: tuple[str, ...]
    kind: str
    status: Status = Status.new
    flag: Flag = field(default_factory=Flag)
    has_prediction: bool = False
    answered_by: str = ""
    is_imported: bool = False
    findings: tuple[Finding, ...] = ()
    revision: int = 0
    edits: int = 0
    part: str = ""
    image_sha256: str = ""
    group: str = ""
    model: str | None = None
    shape: tuple[int, int, int] | None = None
    changed: float = 0.0  # time of the last event, seconds since 1970
    detail: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, eq=False)
class LoadedCase:
    """state: hand it to a Document. It is the caller's own: nobody else changes it."""

    row: CaseRow
    state: CaseState

    @property
    def mask(self) -> Mask:
        return self.state.mask

    @property
    def history(self) -> History:
        return self.state.history

    @property
    def revision(self) -> int:
        return self.state.revision

    @property
    def status(self) -> Status:
        return self.state.status

    @property
    def flag(self) -> Flag:
        return self.state.flag


def natural(title: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts case 2 before case 10."""
    return tuple((0, int(piece), "") if piece.isdigit() else (1, 0, piece.casefold())
                 for piece in re.split(r"([0-9]+)", title) if piece)
