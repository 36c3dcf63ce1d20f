"""The worklist: the project's cases and what could not be opened, in the order that the folder states."""

from collections.abc import Callable

from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Finding, Message, Refusal
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.indexing import Indexed, indexed
from urwkv_desktop.workflow.jobs import JobControl, JobGroup, Outcome
from urwkv_desktop.workflow.review import next_open
from urwkv_desktop.workflow.samples import ProjectFile
from urwkv_desktop.workflow.split import stated_groups

_LAST_CASE = "last case"


class Listing:
    """rows: of the project, and below id 0 those of this session that are refused."""

    def __init__(self, project: Project, project_file: ProjectFile, worker: DecodeWorker, jobs: JobGroup) -> None:
        self._project = project
        self._file = project_file
        self._worker = worker
        self._jobs = jobs
        self._refused: tuple[CaseRow, ...] = ()
        self.refusals: dict[int, Refusal] = {}
        self.is_indexing = True
        self.rows: tuple[CaseRow, ...] = ()
        self.remake()

    def row(self, case: int) -> CaseRow:
        return next(row for row in self.rows if row.id == case)

    def remake(self) -> None:
        rows = [*self._project.cases(), *self._refused]
        self.rows = tuple(sorted(rows, key=lambda row: self._file.place_of(row.files[0])))

    def index(self, lane: str, done: Callable[[tuple[Finding, ...]], None]) -> None:
        """Looks through the folder in a job; done(findings) when the rows are made anew."""

        def work(control: JobControl) -> Indexed:
            root = self._project.root
            sources = self._worker.index(root, report=control.report, stop=control.stop)
            return indexed(sources, self._file, stated_groups(root))

        def arrived(outcome: Outcome[Indexed]) -> None:
            self.is_indexing = False
            if not outcome.is_cancelled:
                done(self._take(outcome))

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

    def _take(self, outcome: Outcome[Indexed]) -> tuple[Finding, ...]:
        if outcome.value is not None:
            self._refused = outcome.value.refused
            self.refusals = dict(outcome.value.refusals)
            if not self._project.is_read_only:
                self._project.add_cases(outcome.value.cases)
            self.remake()
            return ()
        self.remake()
        if outcome.refusal is None:
            return ()
        sentence = Message("{cause} {cure}", cause=outcome.refusal.cause, cure=outcome.refusal.cure)
        return (Finding("folder.unreadable", sentence),)
