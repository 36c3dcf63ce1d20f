"""The worklist: the project's cases and what could not be opened, in the order that the folder states."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from urwkv_desktop.formats.known import KnownFile, Learned
from urwkv_desktop.formats.source import Source
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Finding, Message, Refusal
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.predictions import FileHeader, PredictionStore
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.indexing import (
    BRIDGES,
    LOOK,
    Indexed,
    as_before,
    by_uid,
    indexed,
    is_changed,
    marked,
    without_changed,
)
from urwkv_desktop.workflow.jobs import JobControl, JobGroup, Outcome
from urwkv_desktop.workflow.logs import note
from urwkv_desktop.workflow.review import next_open
from urwkv_desktop.workflow.samples import ProjectFile
from urwkv_desktop.workflow.split import Kin, kin_of, stated_groups
from urwkv_desktop.workflow.titles import whose

_LAST_CASE = "last case"
UNREADABLE = "folder.unreadable"  # the code of the finding that the project's folder cannot be looked through


class Listing:
    """rows: of the project, and below id 0 those of this session that are refused."""

    def __init__(self, project: Project, predictions: PredictionStore, project_file: ProjectFile, worker: DecodeWorker,
                 jobs: JobGroup) -> None:
        self._project = project
        self._headers = predictions
        self._file = project_file
        self._worker = worker
        self._jobs = jobs
        self._refused: tuple[CaseRow, ...] = ()
        self.refusals: dict[int, Refusal] = {}
        self._captions: Mapping[str, Mapping[str, str]] = {}
        self.is_indexing = True
        self._is_gone = False
        self.rows: tuple[CaseRow, ...] = ()
        self._places: dict[int, int] = {}
        self.remake()

    def row(self, case: int) -> CaseRow:
        return self.rows[self._places[case]]

    def has(self, case: int) -> bool:
        """Rows of refused files get new numbers when the folder is looked through again."""
        return case in self._places

    def whose(self, case: int) -> str:
        """Patient's name · ID · study date, where the file names them; known once the folder was looked through."""
        return whose(self._captions.get(self.row(case).identity.partition("#")[0], {}))

    def remake(self) -> None:
        """The list itself may be another one."""
        rows = [*self._project.cases(), *self._refused]
        if self._file.case:  # thousands of rows without a stated order are in theirs already
            rows.sort(key=lambda row: self._file.place_of(row.files[0]))
        self.rows = tuple(rows)
        self._places = {row.id: place for place, row in enumerate(self.rows)}

    def refresh(self, cases: Iterable[int]) -> None:
        """These rows may say something else now; cheap, since every stroke asks for it."""
        rows = list(self.rows)
        for case in cases:
            if case > 0 and case in self._places:
                rows[self._places[case]] = self._project.row(case)
        self.rows = tuple(rows)

    def index(self, lane: str, done: Callable[[tuple[Finding, ...]], None]) -> None:
        """Looks through the folder in a job; done(findings) when the rows are made anew."""

        def work(control: JobControl) -> Indexed:
            root = self._project.root
            self._is_gone = not root.is_dir()
            found = indexed(self._looked_through(root, control), self._file, stated_groups(root))
            self._admit(found)
            return found

        def arrived(outcome: Outcome[Indexed]) -> None:
            self.is_indexing = False
            if not outcome.is_cancelled:
                done(self._take(outcome))

        self._jobs.run(Message("Looking for images"), work, done=arrived, lane=lane)

    def _looked_through(self, root: Path, control: JobControl) -> list[Source]:
        """What an earlier index found in files that have not changed is not read again."""
        known = [KnownFile(one.file, one.size, one.time, one.detail) for one in self._headers.headers().values()]
        found = self._worker.index(root, report=control.report, stop=control.stop, known=known, keep=self._remember)
        return as_before(found, self._project.cases())

    def _remember(self, learned: Learned) -> None:
        if learned.files:
            self._headers.put_headers(FileHeader(one.file, one.size, one.time, one.words) for one in learned.files)
        if learned.gone:
            self._headers.forget_headers(learned.gone)

    @property
    def wants_root(self) -> bool:
        """Whether the folder of the images is gone: the person is asked for it once."""
        return bool(self.rows) and self._is_gone

    def take_root(self, root: Path, lane: str, done: Callable[[Refusal | None], None]) -> None:
        """The images lie there now, if at least one of the project's cases does; they are found by content."""

        def work(control: JobControl) -> Indexed:
            found = indexed(self._looked_through(root, control), self._file, stated_groups(root))
            if not {case.identity for case in found.cases} & {row.identity for row in self._project.cases()}:
                raise Refusal(tried=Message("Looking for the project's images."),
                              cause=Message("In {name} there is none of this project's images.", name=root.name),
                              cure=Message("Choose the folder to which they were moved."))
            self._project.set_root(root)
            self._is_gone = False
            self._admit(found)
            return found

        def arrived(outcome: Outcome[Indexed]) -> None:
            if outcome.value is not None:
                self._take(outcome)
            if not outcome.is_cancelled:
                done(outcome.refusal)

        self._jobs.run(Message("Looking for images"), work, done=arrived, lane=lane)

    def first(self, start_with: str) -> int | None:
        """The case to begin with: the file that was named, where the reader left off, or the first that is open."""
        if not self.rows:
            return None
        named = next((row.id for row in self.rows if start_with and start_with in row.files), None)
        last = self._project.meta(_LAST_CASE)
        left = next((row.id for row in self.rows if last is not None and str(row.id) == last), None)
        return named or left or next_open(self.rows, None) or self.rows[0].id

    def left_off(self, case: int) -> None:
        if case > 0 and not self._project.is_read_only:
            self._project.set_meta(_LAST_CASE, str(case))

    def _admit(self, found: Indexed) -> None:
        """On the job's thread: thousands of cases take time."""
        if self._project.is_read_only:
            return
        before = self._project.cases()
        added, changed = without_changed(found.cases, before)
        self._project.add_cases(added)
        # DICOM is known by its UID: the index cannot see that the pixels are others, `recognise` has.
        seen = [row for row in before if is_changed(row) and by_uid(row)]
        for row in (*changed, *seen):
            self.mark(self._project.row(row.id), changed=True)

    def mark(self, row: CaseRow, *, changed: bool) -> None:
        """Whether the row's image is another one now than its mask was made on."""
        if is_changed(row) != changed:
            self._project.update_case(marked(row, changed=changed))

    def settle_group(self, case: int, look: int) -> None:
        """Once a case: a picture that nearly equals another one joins its group, unless a patient or a table named it.

        look: 64 bits of how it looks.
        """
        row = self._project.row(case)
        if self._project.is_read_only or LOOK in row.detail:
            return
        detail = {**row.detail, LOOK: look}
        seen = [other for other in self.rows if LOOK in other.detail]
        others = [(int(str(other.detail[LOOK])), other.group) for other in seen]
        kin = kin_of(look, others) if row.group == row.identity else Kin(None)
        if kin.bridges:
            detail[BRIDGES] = True
        self._project.update_case(replace(row, group=kin.group or row.group, detail=detail))
        self.refresh([case])

    def recognise(self, case: int, digest: str) -> bool:
        """digest: SHA-256 of the case's image now. True where the row says something else since."""
        row = self._project.row(case)
        if not row.image_sha256:
            self._project.update_case(replace(row, image_sha256=digest))
            self.refresh([case])
            return False
        is_other = row.image_sha256 != digest
        if is_changed(row) == is_other:
            return False
        self.mark(row, changed=is_other)
        return True

    def _take(self, outcome: Outcome[Indexed]) -> tuple[Finding, ...]:
        if outcome.value is not None:
            self._refused = outcome.value.refused
            self.refusals = dict(outcome.value.refusals)
            self._captions = outcome.value.captions
            self.remake()
            note("folder indexed", cases=len(outcome.value.cases), refused=len(outcome.value.refused))
            return outcome.value.findings
        self.remake()
        if outcome.refusal is None:
            return ()
        sentence = Message("{cause} {cure}", cause=outcome.refusal.cause, cure=outcome.refusal.cure)
        return (Finding(UNREADABLE, sentence),)
