"""A mask from a file that the person names takes its place in the open case: one entry of its history."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from urwkv_desktop.editing.answer import import_edit
from urwkv_desktop.editing.edits import ASKED_FOR
from urwkv_desktop.formats.label_set import IN_ORDER, RESAMPLE, LabelSet, LabelTarget, LabelWish
from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.workflow.jobs import JobControl, JobGroup, Outcome
from urwkv_desktop.workflow.labelling import imported_labels

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Document
    from urwkv_desktop.workflow.session import Session

__all__ = ["IN_ORDER", "RESAMPLE", "LabelSet", "LabelWish", "import_mask"]


def import_mask(session: "Session", jobs: JobGroup, file: Path, wish: LabelWish,
                done: Callable[[LabelSet | Refusal | None], None]) -> None:
    """done: with what was read once it is in the case, or why not; None where the person had gone on meanwhile."""
    document, case = session.document, session.current
    if document is None or case is None or not document.is_writable:
        done(Refusal(tried=Message("Importing this mask."), cause=Message("No case is open that may be changed."),
                     cure=Message("Open one first.")))
        return
    row, image = session.row(case), document.image
    target = LabelTarget(image.shape, image.geometry, row.files, row.identity.partition("#")[0])

    def work(_: JobControl) -> LabelSet:
        return session.read_labels(file, target, wish)

    def arrived(outcome: Outcome[LabelSet]) -> None:
        if outcome.value is None or session.document is not document:
            done(outcome.refusal)
            return
        _take(session, document, outcome.value, file.name)
        done(outcome.value)

    jobs.run(Message("Importing a mask"), work, done=arrived, lane="import")


def _take(session: "Session", document: "Document", found: LabelSet, source: str) -> None:
    wanted, voxels = imported_labels(found, session.labels)
    session.edit_labels(wanted)
    document.labels = session.labels
    document.apply(import_edit(document.mask, voxels, group=document.begin_group(), reader=session.reader,
                               source=source, tool_id=ASKED_FOR))
