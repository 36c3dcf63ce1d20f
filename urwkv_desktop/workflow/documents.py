"""How a case that was read becomes a Document: with labels to paint with, and the mask that lay beside its image."""

from collections.abc import Callable
from pathlib import Path

from urwkv_desktop.editing.answer import import_edit
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.events import Event
from urwkv_desktop.editing.label_history import label_edits
from urwkv_desktop.imaging import Image, Labels
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.predictor import label_channels
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.indexing import mask_file_of
from urwkv_desktop.workflow.labelling import imported_labels, with_channels, with_first_label
from urwkv_desktop.workflow.loading import Loaded
from urwkv_desktop.workflow.saving import Saving


class ProjectLabels:
    """The project's labels. changed: after labels were added, changed or deleted."""

    def __init__(self, project: Project, saving: Saving, changed: Callable[[], None]) -> None:
        self._project = project
        self._saving = saving
        self._changed = changed

    @property
    def all(self) -> Labels:
        return self._project.labels()

    def become(self, wanted: Labels, reader: str) -> None:
        """As the panel wants them: added, renamed, recoloured, locked, hidden, deleted."""
        edits = label_edits(self.all, wanted, reader)
        if not edits or self._project.is_read_only:
            return
        for edit in edits:
            self._saving.follow(self._project.append_label(edit))
        self._changed()

    def move(self, reader: str, *, back: bool) -> bool:
        """Undo or redo of the last edit of labels; False where there is none, or no label would be left."""
        history = self._project.label_history
        move = history.undo(reader) if back else history.redo(reader)
        if move is None or move.position == 0 or self._project.is_read_only:
            return False
        self._saving.follow(self._project.append_label(move))
        self._changed()
        return True

    def of(self, model: Model, reader: str) -> tuple[int, ...]:
        """The project's label of each channel; missing ones are made."""
        wanted, ids = with_channels(self.all, label_channels(model.card), is_drawn=self._is_drawn)
        self.become(wanted, reader)
        return ids

    def _is_drawn(self) -> bool:
        return any(row.edits or row.has_prediction for row in self._project.cases())


def document_of(loaded: Loaded, project: Project, labels: ProjectLabels, reader: str,
                write: Callable[[Document, Event], None]) -> Document:
    """write: is handed each event of the document."""
    if loaded.choice.model is not None:
        labels.of(loaded.choice.model, reader)
    elif not len(labels.all):
        labels.become(with_first_label(labels.all), reader)
    document = Document(loaded.case, loaded.image, loaded.state, labels=labels.all, reader=reader,
                        prediction=loaded.prediction, is_writable=not project.is_read_only,
                        emit=lambda event: write(document, event))
    if loaded.imported is not None and document.is_writable:
        wanted, voxels = imported_labels(loaded.imported, labels.all)
        labels.become(wanted, reader)
        document.labels = labels.all
        source = Path(mask_file_of(project.row(loaded.case)) or "").name
        document.apply(import_edit(document.mask, voxels, group=document.begin_group(), reader=reader, source=source))
    return document


def only_to_look_at(case: int, image: Image) -> Document:
    """What is there of a damaged file: nothing that is tried on it is kept anywhere."""
    return Document(case, image, is_writable=False)
