"""The case on screen and its neighbours: read in jobs, kept ready, never older than the last stroke."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from urwkv_desktop.editing.document import Document
from urwkv_desktop.formats.refusals import is_incomplete
from urwkv_desktop.imaging import Finding, Image, Labels, Message, Refusal
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.documents import only_to_look_at
from urwkv_desktop.workflow.indexing import by_uid
from urwkv_desktop.workflow.jobs import JobGroup, Outcome
from urwkv_desktop.workflow.listing import Listing
from urwkv_desktop.workflow.loading import Loaded, Loader
from urwkv_desktop.workflow.predicting import DECODE_LANE, OpenCase, with_choice
from urwkv_desktop.workflow.ready import READY_BYTES, ReadyImages
from urwkv_desktop.workflow.review import neighbour
from urwkv_desktop.workflow.saving import is_late


class Host(Protocol):
    """The session, as far as showing needs it."""

    def document_of(self, loaded: Loaded) -> Document: ...
    def image_seen(self, case: int, image: Image) -> None: ...
    def case_changed(self, case: int) -> None: ...
    def found(self, findings: tuple[Finding, ...]) -> None: ...


class Showing:
    """current: the case that is wanted on screen; opened: None while it is on its way, or where it is refused.

    part: what is there of a case that is refused because its file is damaged, where the person wanted to see it.
    """

    def __init__(self, host: Host, project: Project, listing: Listing, loader: Loader, jobs: JobGroup) -> None:
        self._host = host
        self._project = project
        self._listing = listing
        self._loader = loader
        self._jobs = jobs
        self._images = ReadyImages()
        self._neighbours: dict[int, Loaded] = {}  # with the state that they had when they were read
        self._loading: set[int] = set()
        self._refused: dict[int, Refusal] = {}
        self.current: int | None = None
        self.opened: OpenCase | None = None
        self.part: Document | None = None
        self._nothing_there: dict[tuple[str, ...], Refusal] = {}

    @property
    def refusal(self) -> Refusal | None:
        """Why the current case cannot be shown."""
        if self.current is None or self.opened is not None or self.part is not None:
            return None
        row = self._listing.row(self.current) if self._listing.has(self.current) else None
        tried = self._nothing_there.get(row.files) if row is not None else None
        return tried or self._listing.refusals.get(self.current) or self._refused.get(self.current)

    def open_case(self, case: int) -> None:
        if case == self.current and (self.opened is not None or case in self._loading):
            return
        self.leave()
        self.current = case
        ready = self._neighbours.pop(case, None)
        if case < 0:
            self._host.case_changed(case)
        elif ready is not None and self._is_fresh(ready):
            self._show(ready)
        else:
            self._refused.pop(case, None)
            self._host.case_changed(case)
            self.load(case, partial(self._arrived, case), urgent=True)
        self._listing.left_off(case)

    @property
    def can_show_part(self) -> bool:
        """Whether something of the current case's file may be there, although it is refused."""
        refusal = self.refusal
        return refusal is not None and is_incomplete(refusal)

    def show_part(self) -> None:
        """What is there of the current case's file: to look at, not to paint on, to accept or to export."""
        case = self.current
        if case is None or not self.can_show_part:
            return
        row = self._listing.row(case)

        def arrived(outcome: Outcome[Image]) -> None:
            if case != self.current or self.opened is not None:
                return
            if outcome.value is not None:
                self.part = only_to_look_at(case, outcome.value)
            elif outcome.refusal is not None:
                self._nothing_there[row.files] = outcome.refusal
            self._host.case_changed(case)

        self._jobs.run(Message("Opening {title}", title=row.title), lambda control: self._loader.part(row),
                       done=arrived, lane=DECODE_LANE, urgent=True)

    def leave(self) -> None:
        """A good moment for a snapshot."""
        if self.opened is not None:
            self._project.leave(self.opened.loaded.case)
        self.opened = self.part = None

    def load(self, case: int, done: Callable[[Loaded | Refusal | None], None], *, urgent: bool = False) -> None:
        """Reads a case in a job; None where that was given up."""
        row, image = self._listing.row(case), self._images.get(case)
        self._loading.add(case)

        def arrived(outcome: Outcome[Loaded]) -> None:
            self._loading.discard(case)
            loaded = outcome.value
            if loaded is not None:
                self._images.put(case, loaded.image, keep=self.current)
                self._host.image_seen(case, loaded.image)
                self._listing.settle_group(case, loaded.look)
                if not self._is_fresh(loaded):
                    self.load(case, done, urgent=urgent)  # a hand was at it while it was being read
                    return
            done(loaded or outcome.refusal)

        self._jobs.run(Message("Opening {title}", title=row.title), lambda control: self._loader.load(row, image),
                       done=arrived, lane=DECODE_LANE, urgent=urgent)

    def wear(self, labels: Labels) -> None:
        """The project's labels are others now."""
        if self.opened is not None:
            self.opened.document.labels = labels

    def overtaken(self, document: Document, error: BaseException) -> bool:
        """Whether an edit was refused because its case has moved on; then the case is read again and the hand goes on.

        error: of the write.
        """
        if not is_late(error):
            return False
        if self.opened is not None and self.opened.document is document:
            self._host.found((Finding("case.overtaken", Message(
                "The last stroke was made on an older state of this case and is not kept; the case was read again.")),))
            self.reopen()
        return True

    def reopen(self) -> None:
        """Read again: the images lie elsewhere now, or the case has moved on."""
        case, self.current = self.current, None
        self._refused.clear()
        self._nothing_there.clear()
        self._neighbours.clear()
        self.leave()
        if case is not None and self._listing.has(case):  # a file that was refused may be a case now, of another number
            self.open_case(case)

    def choose_again(self) -> None:
        """Another model may look at the cases now."""
        if self.opened is not None:
            loaded = self.opened.loaded
            choice = self._loader.choice(self._listing.row(loaded.case), loaded.image)
            self.opened = with_choice(self.opened, choice)
        self.forget()

    def forget(self, case: int | None = None) -> None:
        """What was read ahead is older now: of one case, or of all."""
        if case is None:
            self._neighbours.clear()
        else:
            self._neighbours.pop(case, None)
        if case is None or case in self._beside():
            self.read_neighbours()

    def read_neighbours(self) -> None:
        """The next case and the one before are decoded while this one is looked at."""
        wanted = self._beside()
        self._neighbours = {case: loaded for case, loaded in self._neighbours.items() if case in wanted}
        for case in wanted:
            ready = self._neighbours.get(case)
            if case > 0 and case not in self._loading and (ready is None or not self._is_fresh(ready)):
                self.load(case, partial(self._neighbour_arrived, case))

    def _beside(self) -> list[int]:
        found = (neighbour(self._listing.rows, self.current, step) for step in (1, -1))
        return [case for case in found if case is not None and case != self.current]

    def _is_fresh(self, loaded: Loaded) -> bool:
        return loaded.state.revision >= self._project.row(loaded.case).revision

    def _arrived(self, case: int, loaded: Loaded | Refusal | None) -> None:
        if case != self.current or self.opened is not None:
            return
        if isinstance(loaded, Loaded):
            self._show(loaded)
        elif loaded is not None:
            self._refused[case] = loaded
            self._host.case_changed(case)
            self.read_neighbours()

    def _show(self, loaded: Loaded) -> None:
        self._images.put(loaded.case, loaded.image, keep=loaded.case)
        self.opened = OpenCase(loaded, self._host.document_of(loaded))
        self._host.case_changed(loaded.case)
        self._recognise(loaded.case)
        self.read_neighbours()

    def _recognise(self, case: int) -> None:
        """Records the hash of an image that the index knows by another name (DICOM), and sees it when it changes."""
        row = self._listing.row(case)
        if self._project.is_read_only or not by_uid(row):
            return

        def done(outcome: Outcome[str]) -> None:
            if outcome.value is not None and self._listing.recognise(case, outcome.value) and case == self.current:
                self._listing.remake()
                self.choose_again()
                self._host.case_changed(case)

        self._jobs.run(Message("Checking {title}", title=row.title), lambda control: self._loader.fingerprint(row),
                       done=done, lane="checking")

    def _neighbour_arrived(self, case: int, loaded: Loaded | Refusal | None) -> None:
        if case == self.current:
            self._arrived(case, loaded)
        elif isinstance(loaded, Loaded) and 2 * loaded.image.pixels.nbytes <= READY_BYTES:
            self._neighbours[case] = loaded
