"""One project that is open: which case is shown, its Document, and what goes on behind it.

Every method is called on the owner's thread (the window's); `post` brings the results of jobs back there. Nothing here
waits: what takes time is a job, and its arrival is told to the listeners.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.answer import import_edit
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import FlagEdit, StatusEdit
from urwkv_desktop.editing.events import Event
from urwkv_desktop.formats.export import ExportReport
from urwkv_desktop.imaging import Finding, Flag, Labels, Message, Prediction, Refusal, Status
from urwkv_desktop.inference.library import Model, ModelLibrary
from urwkv_desktop.inference.predictor import label_channels
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.project import StaleRevision
from urwkv_desktop.workflow import exporting
from urwkv_desktop.workflow.changes import Progress, Rows, SavedState, SessionChange
from urwkv_desktop.workflow.indexing import Indexed, indexed
from urwkv_desktop.workflow.jobs import Job, JobControl, JobGroup, Jobs, Outcome, Post
from urwkv_desktop.workflow.kinds import Choice, choose_model, model_note
from urwkv_desktop.workflow.labelling import imported_voxels, label_edits, with_channels, with_first_label
from urwkv_desktop.workflow.loading import Loaded, Loader
from urwkv_desktop.workflow.models import library_of
from urwkv_desktop.workflow.networks import Networks
from urwkv_desktop.workflow.opening import Opening, open_folder
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.predicting import DECODE_LANE, OpenCase, Predicting, with_choice
from urwkv_desktop.workflow.ready import READY_BYTES, ReadyImages
from urwkv_desktop.workflow.review import neighbour, next_open
from urwkv_desktop.workflow.samples import sample_folder
from urwkv_desktop.workflow.saving import Saving
from urwkv_desktop.workflow.settings import Settings
from urwkv_desktop.workflow.split import stated_groups
from urwkv_desktop.workflow.thumbnails import Thumbnails

_LAST_CASE = "last case"


class Session:
    """slice_shown: the slice on screen, set by the window, where the network begins with a volume."""

    def __init__(self, opening: Opening, *, places: Places, jobs: Jobs, post: Post, settings: Settings) -> None:
        self._project = opening.project
        self._file = opening.project_file
        self._places = places
        self._jobs = JobGroup(jobs)
        self._worker = opening.worker
        self._predictions = opening.predictions
        self._listeners: list[Callable[[SessionChange], None]] = []
        self._loader = Loader(self._project, self._predictions, self._worker, lambda: self._library, self._file)
        self._networks = Networks(places.cache)
        self._predicting = Predicting(self, self._loader, self._jobs, post, self._networks)
        self._saving = Saving(post, lambda: self.tell(SessionChange(saved=True)))
        self._project.on_error = self._saving.trouble
        self._thumbnails = Thumbnails(self._predictions, self._loader.image, self._jobs,
                                      lambda case: self.tell(SessionChange(rows=(case,))))
        self._ready = ReadyImages()
        self._loaded: dict[int, Loaded] = {}  # neighbours, with the state they had when they were read
        self._loading: set[int] = set()
        self._refused: dict[int, Refusal] = {}
        self._refused_rows: tuple[CaseRow, ...] = ()
        self._reader = settings.reader_name
        self._start_with = opening.start_with
        self._is_closed = False
        self.slice_shown: int | None = None
        self.current: int | None = None
        self.opened: OpenCase | None = None
        self.is_indexing = True
        self.findings: tuple[Finding, ...] = opening.findings
        self.rows: tuple[CaseRow, ...] = ()
        self._make_rows()
        self._stop_watching = jobs.listen(self._job_changed)

    # ── opening and closing ──────────────────────────────────────────────────────────────────────────────────────────

    @staticmethod
    def open(target: Path, *, places: Places, jobs: Jobs, post: Post, settings: Settings,
             project_file: Path | None = None) -> "Session":
        """A folder, an image in it, or a project file. Raises Refusal.

        Rows of a known project are there at once; new files join as they are indexed.
        """
        opening = open_folder(target, places=places, run=jobs.start, project_file=project_file,
                              picture_bytes=settings.limits.picture_mib << 20)
        session = Session(opening, places=places, jobs=jobs, post=post, settings=settings)
        session._begin()
        return session

    @staticmethod
    def open_samples(*, places: Places, jobs: Jobs, post: Post, settings: Settings) -> "Session":
        """The person's own copy of the sample project. Raises Refusal."""
        return Session.open(sample_folder(places), places=places, jobs=jobs, post=post, settings=settings)

    def _begin(self) -> None:
        self._jobs.run(Message("Loading the models"), lambda control: self._library, done=self._library_ready)
        if self.rows:
            self._open_first()
        self._jobs.run(Message("Looking for images"), self._index, done=self._index_done, lane=DECODE_LANE)

    def close(self) -> bool:
        """Stops what runs and writes what waits; False where something could not be written."""
        if self._is_closed:
            return True
        self._is_closed = True
        self._stop_watching()
        self._predicting.close()
        if self.opened is not None:
            self._project.leave(self.opened.loaded.case)
        self._worker.close()
        self._jobs.close()
        is_whole = self._project.close()
        self._predictions.close()
        return is_whole

    def listen(self, callback: Callable[[SessionChange], None]) -> Callable[[], None]:
        """Returns how to stop listening."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def tell(self, change: SessionChange) -> None:
        if self._is_closed:
            return
        if change.rows:
            self._make_rows()
        for listener in tuple(self._listeners):
            listener(change)

    # ── what it is ───────────────────────────────────────────────────────────────────────────────────────────────────

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
    def is_read_only(self) -> bool:
        return self._project.is_read_only

    @property
    def read_only_reason(self) -> Message | None:
        return self._project.read_only_reason

    @property
    def labels(self) -> Labels:
        return self._project.labels()

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
        return None if self.opened is None else self.opened.document

    def row(self, case: int) -> CaseRow:
        return next(row for row in self.rows if row.id == case)

    def thumbnail(self, case: int) -> npt.NDArray[np.uint8] | None:
        """uint8 [h, w, 3], the longer side 96; None until it is made (the row changes then) or where it cannot be."""
        return None if case < 0 else self._thumbnails.get(self.row(case))

    @property
    def case_refusal(self) -> Refusal | None:
        """Why the current case cannot be shown."""
        return None if self.current is None or self.opened is not None else self._refused.get(self.current)

    @property
    def prediction_refusal(self) -> Refusal | None:
        """Why the network could not look at the current case."""
        return None if self.current is None else self._predicting.refusal(self.current)

    @property
    def unsuited(self) -> Message | None:
        """Why no network looked at the current case."""
        if self.current is None or self.opened is None or self.opened.document.history.groups:
            return None
        return self._predicting.unsuited(self.current)

    @property
    def model_name(self) -> str | None:
        """The model that looks at the current case; None where none does."""
        model = None if self.opened is None else self.opened.loaded.choice.model
        return None if model is None else model.name

    @property
    def model_note(self) -> Message | None:
        if self.opened is None or self.opened.loaded.choice.model is None:
            return None
        choice = self.opened.loaded.choice
        assert choice.model is not None
        return model_note(choice.model, choice.reason)

    @property
    def progress(self) -> Progress | None:
        return self._predicting.progress

    @property
    def saved(self) -> SavedState:
        return self._saving.state

    @property
    def is_acknowledged(self) -> bool:
        """Whether everything is on the disk; painting's next release waits for it."""
        return self._saving.is_acknowledged

    @property
    def is_slow(self) -> bool:
        """Whether an acknowledgement has been waited for so long that the dot should say so."""
        return self._saving.is_slow

    @property
    def engine_note(self) -> str:
        return self._networks.note

    # ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def open_case(self, case: int) -> None:
        if case == self.current and (self.opened is not None or case in self._loading):
            return
        self._leave()
        self.current, self.slice_shown = case, None
        ready = self._loaded.pop(case, None)
        if case in self._refused and case < 0:
            self.tell(SessionChange(document=True))
        elif ready is not None and ready.state.revision == self._project.row(case).revision:
            self._show(ready)
        else:
            self._refused.pop(case, None)
            self.tell(SessionChange(document=True))
            self.load(case, partial(self._arrived, case), urgent=True)
        if not self.is_read_only and case > 0:
            self._project.set_meta(_LAST_CASE, str(case))

    def next_case(self) -> None:
        self._step(1)

    def previous_case(self) -> None:
        self._step(-1)

    def load(self, case: int, done: Callable[[Loaded | Refusal | None], None], *, urgent: bool = False) -> None:
        """Reads a case in a job; None where that was given up."""
        row, image = self.row(case), self._ready.get(case)
        self._loading.add(case)

        def arrived(outcome: Outcome[Loaded]) -> None:
            self._loading.discard(case)
            if self._is_closed:
                return
            if outcome.value is not None:
                self._ready.put(case, outcome.value.image, keep=self.current)
                self._thumbnails.offer(case, outcome.value.image)
                if outcome.value.state.revision < self._project.row(case).revision:
                    self.load(case, done, urgent=urgent)  # a hand was at it while it was being read
                    return
            done(outcome.value or outcome.refusal)

        self._jobs.run(Message("Opening {title}", title=row.title), lambda control: self._loader.load(row, image),
                       done=arrived, lane=DECODE_LANE, urgent=urgent)

    def _step(self, step: int) -> None:
        case = neighbour(self.rows, self.current, step)
        if case is not None:
            self.open_case(case)

    def _leave(self) -> None:
        if self.opened is not None:
            self._project.leave(self.opened.loaded.case)
        self.opened = None

    def _arrived(self, case: int, loaded: Loaded | Refusal | None) -> None:
        if case != self.current or self.opened is not None:
            return
        if isinstance(loaded, Loaded):
            self._show(loaded)
        elif loaded is not None:
            self._refused[case] = loaded
            self.tell(SessionChange(document=True, rows=(case,)))
            self._predicting.go_on()

    def _show(self, loaded: Loaded) -> None:
        if not self.is_read_only:
            if loaded.choice.model is not None:
                self.labels_for(loaded.choice.model)
            elif not len(self.labels):
                self.edit_labels(with_first_label(self.labels))
        document = Document(loaded.case, loaded.image, loaded.state, labels=self.labels, reader=self.reader,
                            prediction=loaded.prediction, is_writable=not self.is_read_only,
                            emit=partial(self._write, loaded.case))
        self.opened = OpenCase(loaded, document)
        self._ready.put(loaded.case, loaded.image, keep=loaded.case)
        self._import(loaded, document)
        self.tell(SessionChange(document=True, rows=(loaded.case,)))
        self._predicting.case_shown(loaded.case)
        self._read_neighbours()

    def _import(self, loaded: Loaded, document: Document) -> None:
        """The mask beside the image takes the network's place, once."""
        if loaded.imported is None or self.is_read_only:
            return
        labels, voxels = imported_voxels(loaded.imported, self.labels)
        self.edit_labels(labels)
        document.labels = self.labels
        document.apply(import_edit(document.mask, voxels, group=document.begin_group(), reader=self.reader,
                                   source=Path(str(self.row(loaded.case).detail.get("mask_file", ""))).name))

    def _read_neighbours(self) -> None:
        """The next case and the one before are decoded while this one is looked at."""
        wanted = [neighbour(self.rows, self.current, step) for step in (1, -1)]
        self._loaded = {case: loaded for case, loaded in self._loaded.items() if case in wanted}
        for case in wanted:
            if case is None or case < 0 or case in self._loading or self._is_ready(case):
                continue
            self.load(case, partial(self._neighbour_arrived, case))

    def _is_ready(self, case: int) -> bool:
        loaded = self._loaded.get(case)
        return loaded is not None and loaded.state.revision == self._project.row(case).revision

    def _neighbour_arrived(self, case: int, loaded: Loaded | Refusal | None) -> None:
        if case == self.current:
            self._arrived(case, loaded)
        elif isinstance(loaded, Loaded) and 2 * loaded.image.pixels.nbytes <= READY_BYTES:
            self._loaded[case] = loaded
        elif isinstance(loaded, Refusal):
            self._refused[case] = loaded

    # ── models ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _library(self) -> ModelLibrary:
        return library_of(self._places)

    def model_names(self) -> tuple[str, ...]:
        """Models at hand, for *Predict anyway* and the inspector."""
        return tuple(model.name for model in self._library.models)

    def choose_model(self, name: str, *, for_kind: bool) -> None:
        """The person's word: for this case, or for every case of its kind. Answers that exist stay until R."""
        if self.opened is None or self.is_read_only:
            return
        if for_kind:
            self._project.set_model_for_kind(self.opened.loaded.kind, name)
        else:
            self._project.set_model_for_case(self.opened.loaded.case, name)
        self._loaded.clear()
        self.opened = with_choice(self.opened, self._choice())
        self._predicting.models_changed()
        self.tell(SessionChange(document=True, rows=(self.opened.loaded.case,)))

    def predict_anyway(self, model: str | None = None) -> None:
        """The person wants a mask although no model suits: the named one, else the one that comes nearest."""
        names = self.model_names()
        if self.opened is None or self.is_read_only or not names:
            return
        suiting = self._library.suiting(self.opened.loaded.image).models
        self.choose_model(model or (suiting[0].name if suiting else names[0]), for_kind=False)
        self.predict_again()

    def predict_again(self) -> None:
        if self.opened is not None:
            self._predicting.again(self.opened.loaded.choice)

    def _choice(self) -> Choice:
        assert self.opened is not None
        loaded = self.opened.loaded
        return choose_model(loaded.image, loaded.case, self.row(loaded.case).files[0], wishes=self._project,
                            project_file=self._file, library=self._library)

    def labels_for(self, model: Model) -> tuple[int, ...]:
        """The project's label of each channel; missing ones are made."""
        labels, ids = with_channels(self.labels, label_channels(model.card))
        self.edit_labels(labels)
        return ids

    def pause(self, hand: bool) -> None:
        """True while a stroke is made: the network waits."""
        self._predicting.pause(hand)

    def cancel_progress(self) -> None:
        self._predicting.cancel()

    # ── review ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def accept(self, *, then_next: bool) -> None:
        document = self.document
        if document is None or not document.is_writable:
            return
        if document.status is not Status.accepted:
            document.apply(StatusEdit(Status.accepted, reader=self.reader))
        case = next_open(self.rows, self.current) if then_next else None
        if case is not None:
            self.open_case(case)

    def flag(self, comment: str | None) -> None:
        """None takes the flag away."""
        self._mark(lambda flag: replace(flag, flagged=comment is not None, comment=comment or ""))

    def exclude(self, excluded: bool) -> None:
        self._mark(lambda flag: replace(flag, excluded=excluded))

    def reopen(self) -> None:
        document = self.document
        if document is not None and document.is_writable and document.status is Status.accepted:
            document.apply(StatusEdit(Status.edited, reader=self.reader))

    def edit_labels(self, labels: Labels) -> None:
        """The labels as the panel wants them: added, renamed, recoloured, locked, hidden, deleted."""
        edits = label_edits(self.labels, labels, self.reader)
        if not edits or self.is_read_only:
            return
        for edit in edits:
            self._saving.follow(self._project.append_label(edit))
        if self.document is not None:
            self.document.labels = self.labels
        self.tell(SessionChange(labels=True))

    def _mark(self, change: Callable[[Flag], Flag]) -> None:
        document = self.document
        if document is not None and document.is_writable and change(document.flag) != document.flag:
            document.apply(FlagEdit(change(document.flag), reader=self.reader))

    # ── writing down ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _write(self, case: int, event: Event) -> None:
        """The open document's events: they stand on its last revision."""
        assert self.opened is not None
        write = self._project.append(case, event, self.opened.document.revision - 1)
        self._saving.follow(write)
        self.tell(SessionChange(rows=(case,)))

    def append_all(self, case: int, events: Sequence[Event], base: int) -> None:
        """Events for a case that is not open; where it has moved on meanwhile they are dropped and looked for again."""
        for place, event in enumerate(events):
            self._saving.follow(self._project.append(case, event, base + place), failed=_is_late)
        self._loaded.pop(case, None)
        if case in (neighbour(self.rows, self.current, 1), neighbour(self.rows, self.current, -1)):
            self._read_neighbours()

    def keep(self, case: int, prediction: Prediction) -> None:
        self._predictions.put(case, prediction)

    def found(self, findings: tuple[Finding, ...]) -> None:
        new = tuple(finding for finding in findings if finding not in self.findings)
        if new:
            self.findings += new
            self.tell(SessionChange(findings=True))

    def export(self, out: Path, formats: Sequence[str], statuses: Sequence[Status], *,
               done: Callable[[ExportReport | Refusal], None]) -> Job:
        """Waits for the last acknowledgement, then reads the project at that moment. done: on the owner's thread."""
        wish = exporting.Wish(out, tuple(formats), tuple(statuses), exporting.key_of(self._places))

        def work(control: JobControl) -> ExportReport:
            return exporting.export_session(self._project, self._worker, self._file, wish, report=control.report,
                                            stop=control.stop)

        return self._jobs.run(Message("Exporting"), work, done=lambda outcome: done(exporting.result_of(outcome)))

    # ── the index ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _index(self, control: JobControl) -> Indexed:
        sources = self._worker.index(self.root, report=control.report, stop=control.stop)
        return indexed(sources, self._file, stated_groups(self.root))

    def _index_done(self, outcome: Outcome[Indexed]) -> None:
        self.is_indexing = False
        if self._is_closed:
            return
        if outcome.value is not None:
            self._refused_rows = outcome.value.refused
            self._refused.update(outcome.value.refusals)
            if not self.is_read_only:
                self._project.add_cases(outcome.value.cases)
        elif outcome.refusal is not None:
            self.findings += (Finding("folder.unreadable", Message("{cause} {cure}", cause=outcome.refusal.cause,
                                                                   cure=outcome.refusal.cure)),)
        self.tell(SessionChange(rows=Rows.all, findings=True))
        self._open_first()

    def _open_first(self) -> None:
        """Where the reader left off; else the first case that is still open."""
        if self.current is not None or not self.rows:
            return
        named = next((row.id for row in self.rows if self._start_with and self._start_with in row.files), None)
        last = self._project.meta(_LAST_CASE)
        left = next((row.id for row in self.rows if last is not None and str(row.id) == last), None)
        self.open_case(named or left or next_open(self.rows, None) or self.rows[0].id)

    def _make_rows(self) -> None:
        rows = [*self._project.cases(), *self._refused_rows]
        self.rows = tuple(sorted(rows, key=lambda row: self._file.place_of(row.files[0])))

    def _library_ready(self, outcome: Outcome[ModelLibrary]) -> None:
        if self._is_closed or outcome.value is None:
            return
        for name, refusal in outcome.value.refused:
            self.found((Finding("model.refused", Message("The model {name} is refused. {cause}", name=name,
                                                         cause=refusal.cause)),))
        wanted = next((kind.model for kind in self._file.kind if kind.model), None)
        model = next((model for model in outcome.value.models if wanted in (None, model.name)), None)
        if model is not None and not self.is_read_only:
            self._predicting.warm(model)

    def _job_changed(self, job: Job) -> None:
        if self._predicting.is_about(job):
            self.tell(SessionChange(progress=True))


def _is_late(error: BaseException) -> bool:
    return isinstance(error, StaleRevision)
