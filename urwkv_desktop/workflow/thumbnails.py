"""Small pictures for the worklist, with their masks. The pictures are kept in the file of predictions; both are made in
a job when a row is looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.document import Document
from urwkv_desktop.imaging import Image, Labels, Message, Refusal
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.predictions import PredictionStore
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.jobs import JobControl, JobGroup, Outcome
from urwkv_desktop.workflow.picture import Ids, small_mask, thumbnail, tinted

# More than this waits for a list that is being scrolled past; the oldest wishes are forgotten.
_WAITING_AT_MOST = 40
# A mask of more voxels is not read for its row alone; it is known once the case has been open.
_READ_AT_MOST = 16 << 20
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Made:
    """mask: None where the case has none, or it cannot be read."""

    pixels: Pixels
    is_new: bool
    mask: Ids | None


class Thumbnails:
    """image(row): decodes a case. made(case): on the owner's thread. opened(): the Document on screen."""

    def __init__(self, project: Project, store: PredictionStore, image: Callable[[CaseRow], Image], jobs: JobGroup, *,
                 made: Callable[[int], None], opened: Callable[[], Document | None]) -> None:
        self._project = project
        self._store = store
        self._image = image
        self._jobs = jobs
        self._made = made
        self._opened = opened
        self._pictures: dict[int, Pixels | None] = {}
        self._masks: dict[int, tuple[int, Ids | None]] = {}  # with the revision that they show
        self._wishes: list[CaseRow] = []
        self._is_busy = False

    def get(self, row: CaseRow, labels: Labels) -> Pixels | None:
        """With the mask as it was last known, in the labels' colours; what is newer tells of itself when it is made."""
        pixels = self._pictures.get(row.id)
        document = self._opened()
        if document is not None and document.case == row.id and pixels is not None:
            self._masks[row.id] = document.revision, small_mask(document.mask.voxels, pixels.shape[:2])
        elif self._wants(row) and all(wish.id != row.id for wish in self._wishes):
            self._wishes.append(row)
            del self._wishes[:-_WAITING_AT_MOST]
            self._go_on()
        _, mask = self._masks.get(row.id, (0, None))
        return tinted(pixels, mask, labels) if pixels is not None and mask is not None else pixels

    def offer(self, case: int, image: Image) -> None:
        """An image that was decoded for another reason."""
        if self._pictures.get(case) is None:
            self._keep(case, Made(thumbnail(image), True, None), 0)

    def _wants(self, row: CaseRow) -> bool:
        if row.id not in self._pictures:
            return True
        known, _ = self._masks.get(row.id, (0, None))
        return self._pictures[row.id] is not None and _is_readable(row) and known != row.revision

    def _go_on(self) -> None:
        if self._is_busy or not self._wishes:
            return
        row = self._wishes.pop(0)
        if not self._wants(row):
            self._go_on()
            return
        self._is_busy = True
        known = self._pictures.get(row.id)

        def work(control: JobControl) -> Made:
            stored = known if known is not None else self._store.get_thumbnail(row.id)
            pixels = stored if stored is not None else thumbnail(self._image(row))
            return Made(pixels, stored is None, self._mask(row, pixels.shape[:2]))

        def done(outcome: Outcome[Made]) -> None:
            self._is_busy = False
            if outcome.value is not None:
                self._keep(row.id, outcome.value, row.revision)
            else:
                self._pictures[row.id] = None
            self._go_on()

        self._jobs.run(Message("Making small pictures"), work, done=done, lane="thumbnails")

    def _mask(self, row: CaseRow, size: tuple[int, int]) -> Ids | None:
        if not _is_readable(row):
            return None
        try:
            return small_mask(self._project.load(row.id).mask.voxels, size)
        except Refusal:  # the case says so itself, when it is opened
            return None

    def _keep(self, case: int, made: Made, revision: int) -> None:
        self._pictures[case] = made.pixels
        if revision:
            self._masks[case] = revision, made.mask
        if made.is_new:
            self._store.put_thumbnail(case, made.pixels)
        self._made(case)


def _is_readable(row: CaseRow) -> bool:
    return row.revision > 0 and row.shape is not None and prod(row.shape) <= _READ_AT_MOST
