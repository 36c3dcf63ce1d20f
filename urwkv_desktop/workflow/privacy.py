"""Before images or tags leave: what in them tells who the patient is, for the person to see and to decide upon."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from urwkv_desktop.formats.burned_in import suspected_text
from urwkv_desktop.formats.catalogue import OUT_FORMATS
from urwkv_desktop.formats.deidentify import Deidentification, Identifier, Profile, read_profile
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.formats.writing.dicom.asking import SourceFiles, TagsRequest
from urwkv_desktop.formats.writing.dicom.client import DicomWriter
from urwkv_desktop.formats.writing.private import Privacy
from urwkv_desktop.imaging import Message, Rect, Refusal, Status
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.indexing import source_of
from urwkv_desktop.workflow.jobs import Job, JobControl, JobGroup, Outcome
from urwkv_desktop.workflow.leaving import Leaving
from urwkv_desktop.workflow.places import Places

_LOOKED_AT = 200  # cases of one export; beyond them the first and last hundred speak for the rest


@dataclass(frozen=True)
class Hiding:
    """An export that is de-identified."""

    profile: Profile
    keep_suspected: bool = False

    def of(self, project: Project) -> Privacy:
        return Privacy(Deidentification(project.secret, self.profile), self.keep_suspected)


@dataclass(frozen=True)
class Told:
    """One attribute that tells of patients. values: the first few. cases: how many say something there."""

    where: str
    name: str
    values: tuple[str, ...]
    cases: int
    is_sure: bool


@dataclass(frozen=True)
class Suspect:
    """An image at whose border text is suspected. places: rows of letters in its own pixels."""

    case: int
    title: str
    places: tuple[Rect, ...]


@dataclass(frozen=True)
class Sight:
    """What was found, in how many cases of how many; unread: titles of cases that could not be looked at."""

    told: tuple[Told, ...]
    suspects: tuple[Suspect, ...]
    looked_at: int
    cases: int
    unread: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        return not (self.told or self.suspects or self.unread)


def hiding_of(leaving: Leaving, places: Places) -> Hiding | None:
    """None for `named`. Raises Refusal where the table of the standard is not there."""
    return None if leaving is Leaving.named else Hiding(_profile(places), leaving is Leaving.hidden_with_text)


def _profile(places: Places) -> Profile:
    try:
        return read_profile(places.resources / "deidentification" / "basic_profile.json")
    except (OSError, ValueError, KeyError) as error:
        raise Refusal(tried=Message("De-identifying."),
                      cause=Message("The program's table of what identifies a patient is missing or damaged."),
                      cure=Message("Install the program again.")) from error


def look(jobs: JobGroup, project: Project, worker: DecodeWorker, places: Places, formats: Sequence[str],
         statuses: Sequence[Status], done: Callable[[Sight | Refusal], None]) -> Job:
    """Reads tags and borders of the cases that would leave. done: on the owner's thread."""
    rows = [row for row in project.cases() if row.status in statuses and not row.flag.excluded]
    pixels = any(one.name in formats and one.images for one in OUT_FORMATS)

    def work(control: JobControl) -> Sight:
        return sight_of(rows, project, worker, _profile(places), pixels=pixels, control=control)

    return jobs.run(Message("Looking for what identifies patients"), work, done=lambda outcome: done(_result(outcome)))


def sight_of(rows: Sequence[CaseRow], project: Project, worker: DecodeWorker, profile: Profile, *, pixels: bool,
             control: JobControl) -> Sight:
    chosen = rows if len(rows) <= _LOOKED_AT else [*rows[:_LOOKED_AT // 2], *rows[-_LOOKED_AT // 2:]]
    found: dict[str, list[list[Identifier]]] = {}
    suspects, unread = [], []
    writer = DicomWriter()
    try:
        for done, row in enumerate(chosen):
            control.report(done, len(chosen))
            if control.stop():
                break
            source = source_of(row)
            try:
                if source.format == "dicom":
                    _gather(found, writer, project, row, profile)
                if pixels and (places := suspected_text(worker.read(project.root, source), source.format)):
                    suspects.append(Suspect(row.id, row.title, places))
            except Refusal:
                unread.append(row.title)
    finally:
        writer.close()
    told = [Told(where, many[0][0].name, _values(many), len(many), many[0][0].is_sure)
            for where, many in found.items()]
    return Sight(tuple(sorted(told, key=lambda one: (not one.is_sure, one.where))), tuple(suspects), len(chosen),
                 len(rows), tuple(unread))


def _gather(found: dict[str, list[list[Identifier]]], writer: DicomWriter, project: Project, row: CaseRow,
            profile: Profile) -> None:
    source = source_of(row)
    request = TagsRequest(SourceFiles(project.root, source.files, source.part), profile)
    by_place: dict[str, list[Identifier]] = {}
    for one in writer.tags(request).identifiers:
        if not one.is_uid:  # every file has them, and they say nothing to a person
            by_place.setdefault(one.where, []).append(one)
    for where, many in by_place.items():
        found.setdefault(where, []).append(many)


def _values(many: Sequence[Sequence[Identifier]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.value for listed in many for one in listed))[:3]


def _result(outcome: Outcome[Sight]) -> Sight | Refusal:
    if outcome.value is not None:
        return outcome.value
    if outcome.refusal is not None:
        return outcome.refusal
    return Refusal(tried=Message("Looking for what identifies patients."), cause=Message("It was stopped."),
                   cure=Message("Export again."))
