"""One project that is open: which case is shown, its Document, and what goes on behind it.

Every method is called on the owner's thread (the window's); `post` brings the results of jobs back there.
FIRST SHAPE: the names stand; bodies follow.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Labels, Message, Refusal, Status
from urwkv_desktop.workflow.changes import Progress, SavedState, SessionChange
from urwkv_desktop.workflow.jobs import Job, Jobs, Post
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.settings import Settings

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Document
    from urwkv_desktop.formats.export import ExportReport
    from urwkv_desktop.store.project import CaseRow


class Session:
    name: str
    root: Path
    project_path: Path
    is_read_only: bool
    read_only_reason: Message | None  # a second window, a newer version, a folder that cannot be written
    rows: "tuple[CaseRow, ...]"
    current: int | None
    document: "Document | None"
    labels: Labels
    reader: str  # settable
    model_note: Message | None
    unsuited: Message | None
    case_refusal: Refusal | None
    progress: Progress | None
    saved: SavedState
    engine_note: str
    is_indexing: bool

    @staticmethod
    def open(target: Path, *, places: Places, jobs: Jobs, post: Post, settings: Settings,
             project_file: Path | None = None) -> "Session":
        """Raises Refusal. Rows of a known project are there at once; new files join as they are indexed."""
        raise NotImplementedError

    @staticmethod
    def open_samples(*, places: Places, jobs: Jobs, post: Post, settings: Settings) -> "Session":
        raise NotImplementedError

    def listen(self, callback: Callable[[SessionChange], None]) -> Callable[[], None]:
        raise NotImplementedError

    def row(self, case: int) -> "CaseRow":
        raise NotImplementedError

    def thumbnail(self, case: int) -> npt.NDArray[np.uint8] | None:
        """uint8 [h, w, 3], the longer side 96; None until it is made: the row changes then."""
        raise NotImplementedError

    def open_case(self, case: int) -> None:
        raise NotImplementedError

    def next_case(self) -> None:
        raise NotImplementedError

    def previous_case(self) -> None:
        raise NotImplementedError

    def model_names(self) -> tuple[str, ...]:
        """Models at hand, for *Predict anyway* and the inspector."""
        raise NotImplementedError

    def choose_model(self, name: str, *, for_kind: bool) -> None:
        """The person's word: for this case, or for every case of its kind."""
        raise NotImplementedError

    def predict_anyway(self, model: str | None = None) -> None:
        raise NotImplementedError

    def predict_again(self) -> None:
        raise NotImplementedError

    def accept(self, *, then_next: bool) -> None:
        raise NotImplementedError

    def flag(self, comment: str | None) -> None:
        """None takes the flag away."""
        raise NotImplementedError

    def exclude(self, excluded: bool) -> None:
        raise NotImplementedError

    def reopen(self) -> None:
        raise NotImplementedError

    def edit_labels(self, labels: Labels) -> None:
        """The labels as the panel wants them: added, renamed, recoloured, locked, hidden, deleted."""
        raise NotImplementedError

    def pause(self, hand: bool) -> None:
        """True while a stroke is made: the network waits."""
        raise NotImplementedError

    def cancel_progress(self) -> None:
        raise NotImplementedError

    def export(self, out: Path, formats: Sequence[str], statuses: Sequence[Status], *,
               done: "Callable[[ExportReport | Refusal], None]") -> Job:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
