"""What can be asked of an open project: which case is shown and why not, whose it is, what runs, what is written."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.document import Document
from urwkv_desktop.imaging import Labels, Message, Refusal
from urwkv_desktop.inference.card import ModelCard
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.changes import Progress, SavedState
from urwkv_desktop.workflow.documents import ProjectLabels
from urwkv_desktop.workflow.listing import Listing
from urwkv_desktop.workflow.modelling import Modelling
from urwkv_desktop.workflow.networks import Networks
from urwkv_desktop.workflow.predicting import OpenCase, Predicting
from urwkv_desktop.workflow.samples import ProjectFile
from urwkv_desktop.workflow.saving import Saving
from urwkv_desktop.workflow.showing import Showing
from urwkv_desktop.workflow.thumbnails import Thumbnails


class SessionFacts:
    """The session, as far as it only answers; its parts are made by Session."""

    _project: Project
    _file: ProjectFile
    _listing: Listing
    _showing: Showing
    _networks: Networks
    _predicting: Predicting
    _modelling: Modelling
    _saving: Saving
    _labels: ProjectLabels
    _thumbnails: Thumbnails
    _reader: str

    @property
    def name(self) -> str:
        return self._file.name or self._project.root.name or self._project.path.stem

    @property
    def root(self) -> Path:
        return self._project.root

    @property
    def project_path(self) -> Path:
        return self._project.path

    @property
    def rows(self) -> tuple[CaseRow, ...]:
        return self._listing.rows

    @property
    def current(self) -> int | None:
        return self._showing.current

    @property
    def opened(self) -> OpenCase | None:
        return self._showing.opened

    @property
    def is_indexing(self) -> bool:
        return self._listing.is_indexing

    @property
    def is_read_only(self) -> bool:
        return self._project.is_read_only

    @property
    def read_only_reason(self) -> Message | None:
        return self._project.read_only_reason

    @property
    def labels(self) -> Labels:
        return self._labels.all

    @property
    def reader(self) -> str:
        return self._reader

    @reader.setter
    def reader(self, name: str) -> None:
        self._reader = name
        if self.opened is not None:
            self.opened.document.reader = name

    @property
    def document(self) -> Document | None:
        """What is on screen; a damaged file of which a part is shown is not writable."""
        return self._showing.part if self.opened is None else self.opened.document

    def row(self, case: int) -> CaseRow:
        return self._listing.row(case)

    def whose(self, case: int) -> str:
        """Patient's name · ID · study date of a DICOM case, for its row; "" where unknown. Hidden with the corners'."""
        return self._listing.whose(case)

    def thumbnail(self, case: int) -> npt.NDArray[np.uint8] | None:
        """uint8 [h, w, 3], the longer side 96, the mask in its labels' colours; None until it is made (the row changes
        then) or where it cannot be."""
        return None if case < 0 else self._thumbnails.get(self.row(case), self.labels)

    @property
    def case_refusal(self) -> Refusal | None:
        """Why the current case cannot be shown."""
        return self._showing.refusal

    @property
    def prediction_refusal(self) -> Refusal | None:
        return None if self.current is None else self._predicting.refusal(self.current)

    @property
    def unsuited(self) -> Message | None:
        """Why no network looked at the current case."""
        return self._modelling.unsuited

    @property
    def candidates(self) -> tuple[ModelCard, ...]:
        """Of the models that suit the current case, first named first."""
        return self._modelling.candidates

    @property
    def model_name(self) -> str | None:
        """The model that looks at the current case; None where none does."""
        return self._modelling.name

    @property
    def model_note(self) -> Message | None:
        return self._modelling.note

    @property
    def progress(self) -> Progress | None:
        return self._predicting.progress

    @property
    def saved(self) -> SavedState:
        return self._saving.state

    @property
    def is_acknowledged(self) -> bool:
        return self._saving.is_acknowledged

    @property
    def is_slow(self) -> bool:
        return self._saving.is_slow

    @property
    def engine_note(self) -> str:
        """What looks at the current case, and how long an image takes it."""
        model = self._modelling.model
        return self._networks.note(None if model is None else model.weights_sha256)
