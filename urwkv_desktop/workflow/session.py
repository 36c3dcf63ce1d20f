"""One project that is open: which case is shown, its Document, and what goes on behind it.

Every method is called on the owner's thread (the window's); `post` brings the results of jobs back there. Nothing here
waits: what takes time is a job, and its arrival is told to the listeners.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.events import Event
from urwkv_desktop.formats.label_set import LabelSet, LabelTarget, LabelWish
from urwkv_desktop.imaging import Finding, Image, Labels, Message, Prediction, Refusal, Status
from urwkv_desktop.inference.library import Model, ModelLibrary
from urwkv_desktop.workflow import decisions
from urwkv_desktop.workflow.changes import Rows, SessionChange
from urwkv_desktop.workflow.decoding import limits_of
from urwkv_desktop.workflow.documents import ProjectLabels, document_of
from urwkv_desktop.workflow.facts import SessionFacts
from urwkv_desktop.workflow.jobs import Job, JobGroup, Jobs, Outcome, Post
from urwkv_desktop.workflow.leaving import Leaving
from urwkv_desktop.workflow.listing import UNREADABLE, Listing
from urwkv_desktop.workflow.loading import Loaded, Loader
from urwkv_desktop.workflow.modelling import Modelling
from urwkv_desktop.workflow.models import Shelf, findings_of
from urwkv_desktop.workflow.networks import Networks
from urwkv_desktop.workflow.opening import Opening
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.predicting import DECODE_LANE, Predicting
from urwkv_desktop.workflow.preparing import prepare
from urwkv_desktop.workflow.review import neighbour, next_open
from urwkv_desktop.workflow.saving import Saving, is_late
from urwkv_desktop.workflow.settings import Network, Settings
from urwkv_desktop.workflow.showing import Showing
from urwkv_desktop.workflow.thumbnails import Thumbnails

if TYPE_CHECKING:
    from urwkv_desktop.formats.export import ExportReport
    from urwkv_desktop.workflow.privacy import Sight
    from urwkv_desktop.workflow.teaching import Teaching


class Session(SessionFacts):
    """slice_shown: the slice on screen, set by the window, where the network begins with a volume."""

    def __init__(self, opening: Opening, *, places: Places, jobs: Jobs, post: Post, settings: Settings) -> None:
        self._project, self._file = opening.project, opening.project_file
        self._worker, self._predictions = opening.worker, opening.predictions
        self._places, self._shelf = places, Shelf(places)
        self._jobs = JobGroup(jobs)
        self._listeners: list[Callable[[SessionChange], None]] = []
        self._loader = Loader(self._project, self._predictions, self._worker, lambda: self._shelf.library, self._file)
        self._listing = Listing(self._project, self._predictions, self._file, self._worker, self._jobs)
        self._showing = Showing(self, self._project, self._listing, self._loader, self._jobs)
        self._networks = Networks(places.cache, settings.network)
        self._predicting = Predicting(self, self._loader, self._jobs, post, self._networks)
        self._modelling = Modelling(self._project, self._shelf, self._showing, self._predicting)
        self._saving = Saving(post, lambda: self.tell(SessionChange(saved=True)))
        self._labels = ProjectLabels(self._project, self._saving, self._labels_changed)
        self._project.on_error = self._saving.trouble
        self._thumbnails = Thumbnails(self._project, self._predictions, self._loader.image, self._jobs,
                                      made=lambda case: self.tell(SessionChange(rows=(case,))),
                                      opened=lambda: self.document)
        self._reader = settings.reader_name
        self._start_with = opening.start_with
        self._is_closed = False
        self.slice_shown: int | None = None
        self.findings: tuple[Finding, ...] = opening.findings
        self._stop_watching = jobs.listen(self._job_changed)

    # ── opening and closing ──────────────────────────────────────────────────────────────────────────────────────────

    @staticmethod
    def open(target: Path, *, places: Places, jobs: Jobs, post: Post, settings: Settings,
             project_file: Path | None = None) -> "Session":
        """A folder, an image in it, or a project file (of the bundled samples: the person's copy). Raises Refusal.

        Rows of a known project are there at once; new files join as they are indexed.
        """
        opening = prepare(target, places=places, run=jobs.start, settings=settings, project_file=project_file)
        return Session.begin(opening, places=places, jobs=jobs, post=post, settings=settings)

    @staticmethod
    def begin(opening: Opening, *, places: Places, jobs: Jobs, post: Post, settings: Settings) -> "Session":
        """With what `prepare` has opened on another thread."""
        session = Session(opening, places=places, jobs=jobs, post=post, settings=settings)
        session._begin()
        return session

    def _begin(self) -> None:
        self._jobs.run(Message("Loading the models"), lambda control: self._shelf.library, done=self._library_ready)
        self._open_first()
        self._listing.index(DECODE_LANE, self._indexed)

    def close(self) -> bool:
        """Stops what runs and writes what waits; False where something could not be written."""
        if self._is_closed:
            return True
        self._is_closed = True
        if "teaching" in self.__dict__:
            self.teaching.close()
        self._stop_watching()
        self._predicting.close()
        self._showing.leave()
        self._worker.close()
        self._jobs.close()
        is_whole = self._project.close()
        self._predictions.close()
        return is_whole

    @property
    def wants_root(self) -> bool:
        return self._listing.wants_root

    def take_root(self, root: Path, done: Callable[[Refusal | None], None]) -> None:
        def taken(refusal: Refusal | None) -> None:
            if refusal is None:
                self.findings = tuple(found for found in self.findings if found.code != UNREADABLE)
                self.tell(SessionChange(rows=Rows.all, document=True, findings=True))
                self._showing.reopen()
                self._open_first()
            done(refusal)

        self._listing.take_root(root, DECODE_LANE, taken)

    def listen(self, callback: Callable[[SessionChange], None]) -> Callable[[], None]:
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def tell(self, change: SessionChange) -> None:
        if self._is_closed:
            return
        if isinstance(change.rows, Rows):
            self._listing.remake()
        else:
            self._listing.refresh(change.rows)
        for listener in tuple(self._listeners):
            listener(change)

    # ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def open_case(self, case: int) -> None:
        self.slice_shown = self.slice_shown if case == self.current else None
        self._showing.open_case(case)

    def next_case(self) -> None:
        self._step(1)

    def previous_case(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        case = neighbour(self.rows, self.current, step)
        if case is not None:
            self.open_case(case)

    def load(self, case: int, done: Callable[[Loaded | Refusal | None], None]) -> None:
        self._showing.load(case, done)

    def read_labels(self, file: Path, target: LabelTarget, wish: LabelWish) -> LabelSet:
        """On a job's thread. Raises Refusal."""
        return self._worker.read_label_set(self.root, file, target, wish)

    def document_of(self, loaded: Loaded) -> Document:
        return document_of(loaded, self._project, self._labels, self.reader, self._write)

    def image_seen(self, case: int, image: Image) -> None:
        self._thumbnails.offer(case, image)
        self._predicting.go_on()  # a mask that cannot be taken may have come to light

    def case_changed(self, case: int) -> None:
        self.tell(SessionChange(document=True, rows=(case,)))
        if self.opened is not None:
            self._predicting.case_shown(case)
        elif self.case_refusal is not None or self.document is not None:
            self._predicting.go_on()

    def bound(self, settings: Settings) -> None:
        """The person has set other limits: what was too large may be a case now."""
        self._worker.bound(limits_of(settings))
        self._listing.index(DECODE_LANE, self._indexed)

    def choose_network(self, wish: Network) -> None:
        """The network runs elsewhere, or looks otherwise, from the next case on; what is drawn stays until R."""
        self._networks.choose(wish)

    @property
    def shows_part(self) -> Callable[[], None] | None:
        """Puts on screen what is there of the current case, where it is refused because its file is cut."""
        return self._showing.show_part if self._showing.can_show_part else None

    def model_names(self) -> tuple[str, ...]:
        return self._shelf.names

    @property
    def nearest_model(self) -> str | None:
        """The one that *Predict anyway* would take for the current case."""
        return self._modelling.nearest

    def choose_model(self, name: str, *, for_kind: bool) -> None:
        """The person's word: for this case, or for every case of its kind. Answers that exist stay until R."""
        if self._modelling.choose(name, for_kind=for_kind):
            self.tell(SessionChange(document=True))

    @cached_property
    def teaching(self) -> "Teaching":
        """Lessons out of this project's accepted cases."""
        from urwkv_desktop.workflow.teaching import Teaching  # only now, as for what would leave with an export

        return Teaching(self._project.path, self._project.project_id, self._places, rows=lambda: self.rows,
                        models=lambda: self._shelf.library.models, is_saved=lambda: self.is_acknowledged)

    def adopt(self, model: str, done: "Callable[[str | Refusal], None]") -> Job:
        """What the lesson of `model` made of it looks from now on. done: with its name, on the owner's thread."""
        def adopted(outcome: Outcome[str]) -> None:
            if outcome.value is not None:
                self._modelling.take_over(outcome.value)
                self.tell(SessionChange(document=True))
            found = outcome.value or outcome.refusal
            if found is not None:
                done(found)

        return self._jobs.run(Message("Adopting a model"), lambda control: self.teaching.adopt(model), done=adopted)

    def predict_anyway(self, model: str | None = None) -> None:
        """The person wants a mask although no model suits: the named one's, else the nearest one's."""
        if (wanted := model or self.nearest_model) is not None:
            self.choose_model(wanted, for_kind=False)
            self.predict_again()

    def predict_again(self) -> None:
        self._predicting.again()

    def labels_for(self, model: Model) -> tuple[int, ...]:
        return self._labels.of(model, self.reader)

    def pause(self, hand: bool) -> None:
        """True while a stroke is made: the network waits."""
        self._predicting.pause(hand)

    def cancel_progress(self) -> None:
        self._predicting.cancel()

    # ── review ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def accept(self, *, then_next: bool) -> None:
        if self.document is None:
            return
        decisions.accept(self.document)
        case = next_open(self.rows, self.current) if then_next else None
        if case is not None:
            self.open_case(case)

    def flag(self, comment: str | None) -> None:
        """None takes the flag away."""
        if self.document is not None:
            decisions.flag(self.document, comment)

    def exclude(self, excluded: bool) -> None:
        if self.document is not None:
            decisions.exclude(self.document, excluded)

    def reopen(self) -> None:
        if self.document is not None:
            decisions.reopen(self.document)

    def edit_labels(self, labels: Labels) -> None:
        """The labels as the panel wants them: added, renamed, recoloured, locked, hidden, deleted."""
        self._labels.become(labels, self.reader)

    def move_labels(self, *, back: bool) -> bool:
        """Undo or redo in the labels; False where there is nothing to move to."""
        return self._labels.move(self.reader, back=back)

    def _labels_changed(self) -> None:
        self._showing.wear(self.labels)
        self.tell(SessionChange(labels=True))

    # ── writing down ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _write(self, document: Document, event: Event) -> None:
        """An open document's events: each stands on the revision before."""
        self._saving.follow(self._project.append(document.case, event, document.revision - 1),
                            failed=partial(self._showing.overtaken, document))
        self.tell(SessionChange(rows=(document.case,)))

    def append_all(self, case: int, events: Sequence[Event], base: int) -> None:
        """Events for a case that is not open; where it has moved on meanwhile they are dropped and looked for again."""
        for place, event in enumerate(events):
            self._saving.follow(self._project.append(case, event, base + place), failed=is_late)
        self._showing.forget(case)

    def keep(self, case: int, prediction: Prediction) -> None:
        self._predictions.put(case, prediction)

    def found(self, findings: tuple[Finding, ...]) -> None:
        new = tuple(finding for finding in findings if finding not in self.findings)
        if new:
            self.findings += new
            self.tell(SessionChange(findings=True))

    def look_for_identity(self, formats: Sequence[str], statuses: Sequence[Status],
                          done: "Callable[[Sight | Refusal], None]") -> Job:
        """What would leave with such an export and tells of patients. done: on the owner's thread."""
        from urwkv_desktop.workflow.privacy import look  # only now: the first image waits for what is loaded before

        return look(self._jobs, self._project, self._worker, self._places, formats, statuses, done)

    def export(self, out: Path, formats: Sequence[str], statuses: Sequence[Status], *,
               leaving: Leaving = Leaving.named, done: "Callable[[ExportReport | Refusal], None]") -> Job:
        """Waits for the last acknowledgement, then reads the project at that moment. done: on the owner's thread."""
        from urwkv_desktop.workflow import exporting

        wish = partial(exporting.wish_here, out, tuple(formats), tuple(statuses), self._places,
                       leaving)
        return exporting.start(self._jobs, self._project, self._worker, self._file, wish, done)

    # ── what comes by itself ─────────────────────────────────────────────────────────────────────────────────────────

    def _indexed(self, findings: tuple[Finding, ...]) -> None:
        self.findings += tuple(finding for finding in findings if finding not in self.findings)
        self.tell(SessionChange(rows=Rows.all, findings=True))
        self._open_first()
        self._showing.read_neighbours()

    def _open_first(self) -> None:
        case = self._listing.first(self._start_with) if self.current is None else None
        if case is not None:
            self.open_case(case)

    def _library_ready(self, outcome: Outcome[ModelLibrary]) -> None:
        if self._is_closed or outcome.value is None:
            return
        self.found(findings_of(outcome.value))
        model = self._shelf.likely(self._file.kind)
        if model is not None and not self.is_read_only:
            self._predicting.warm(model)

    def _job_changed(self, job: Job) -> None:
        if self._predicting.is_about(job):
            self.tell(SessionChange(progress=True))
