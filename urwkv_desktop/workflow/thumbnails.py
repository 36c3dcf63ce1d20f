"""Small pictures for the worklist, made when asked for and kept in the file of predictions."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Image, Message
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.predictions import PredictionStore
from urwkv_desktop.workflow.jobs import JobControl, JobGroup, Outcome
from urwkv_desktop.workflow.picture import thumbnail

# More than this waits for a list that is being scrolled past; the oldest wishes are forgotten.
_WAITING_AT_MOST = 40
Pixels = npt.NDArray[np.uint8]


class Thumbnails:
    """image(row): decodes a case. made(case): on the owner's thread."""

    def __init__(self, store: PredictionStore, image: Callable[[CaseRow], Image], jobs: JobGroup,
                 made: Callable[[int], None]) -> None:
        self._store = store
        self._image = image
        self._jobs = jobs
        self._made = made
        self._pictures: dict[int, Pixels | None] = {}
        self._wishes: list[CaseRow] = []
        self._is_busy = False

    def get(self, row: CaseRow) -> Pixels | None:
        if row.id in self._pictures:
            return self._pictures[row.id]
        if all(wish.id != row.id for wish in self._wishes):
            self._wishes.append(row)
            del self._wishes[:-_WAITING_AT_MOST]
            self._go_on()
        return None

    def offer(self, case: int, image: Image) -> None:
        """An image that was decoded for another reason."""
        if self._pictures.get(case) is None:
            self._keep(case, thumbnail(image), is_new=True)

    def _go_on(self) -> None:
        if self._is_busy or not self._wishes:
            return
        row = self._wishes.pop(0)
        if self._pictures.get(row.id) is not None:
            self._go_on()
            return
        self._is_busy = True

        def work(control: JobControl) -> tuple[Pixels, bool]:
            stored = self._store.get_thumbnail(row.id)
            return (stored, False) if stored is not None else (thumbnail(self._image(row)), True)

        def done(outcome: Outcome[tuple[Pixels, bool]]) -> None:
            self._is_busy = False
            if outcome.value is not None:
                self._keep(row.id, *outcome.value)
            else:
                self._pictures[row.id] = None
            self._go_on()

        self._jobs.run(Message("Making small pictures"), work, done=done, lane="thumbnails")

    def _keep(self, case: int, pixels: Pixels, is_new: bool) -> None:
        self._pictures[case] = pixels
        if is_new:
            self._store.put_thumbnail(case, pixels)
        self._made(case)
