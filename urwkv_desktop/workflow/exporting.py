"""From a project at one moment to the cases that an exporter is given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from urwkv_desktop import __version__
from urwkv_desktop.editing.history import History
from urwkv_desktop.editing.measuring import measurement_text
from urwkv_desktop.editing.shares import shares, without_retired
from urwkv_desktop.formats.catalogue import FORMATS
from urwkv_desktop.formats.export import ExportReport, export
from urwkv_desktop.formats.fingerprint import image_sha256
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Image, Labels, Message, Refusal, Status
from urwkv_desktop.inference.library import Model
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.location import find_project
from urwkv_desktop.store.moment import Moment
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.decoding import decode_worker
from urwkv_desktop.workflow.indexing import BRIDGES, source_of, stem_of
from urwkv_desktop.workflow.jobs import Job, JobControl, JobGroup, Outcome
from urwkv_desktop.workflow.leaving import Leaving
from urwkv_desktop.workflow.logs import note
from urwkv_desktop.workflow.models import library_of
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.privacy import Hiding, hiding_of
from urwkv_desktop.workflow.samples import ProjectFile, read_project_file
from urwkv_desktop.workflow.split import fingerprint, group_code, read_split_key, split_key, split_of

Report = Callable[[int, int], None]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class ModelFacts:
    """What an export says of a model beside its name and hash. threshold: of its channels, as text."""

    version: str
    threshold: str

    @staticmethod
    def of(model: Model) -> "ModelFacts":
        thresholds = dict.fromkeys(f"{channel.threshold:g}" for channel in model.card.channels)
        return ModelFacts(model.card.version, "" if model.card.activation == "softmax" else " ".join(thresholds))


@dataclass(frozen=True)
class Wish:
    """What is to be exported, and where to. key: the split key. models: those at hand, by the hash of their weights.

    hiding: where the export is de-identified. answered_by: only cases that one of these models has answered last; None
    for all.
    """

    out: Path
    formats: tuple[str, ...]
    statuses: tuple[Status, ...]
    key: bytes
    models: Mapping[str, ModelFacts] = field(default_factory=dict)
    hiding: Hiding | None = None
    answered_by: frozenset[str] | None = None

    def takes(self, row: CaseRow) -> bool:
        """Whether the case leaves with this export."""
        asked = self.answered_by is None or row.answered_by in self.answered_by
        return asked and row.status in self.statuses and not row.flag.excluded


def models_of(places: Places) -> dict[str, ModelFacts]:
    return {model.weights_sha256: ModelFacts.of(model) for model in library_of(places).models}


def key_of(places: Places) -> bytes:
    """The installation's split key. Raises Refusal."""
    try:
        return split_key(places.data)
    except OSError as error:
        raise Refusal(tried=Message("Exporting."),
                      cause=Message("The split key cannot be kept in your data folder: {reason}.",
                                    reason=error.strerror or "error"),
                      cure=Message("Make the folder writable, or name a key with --split-key.")) from error


def wish_here(out: Path, formats: Sequence[str], statuses: Sequence[Status], places: Places,
              leaving: Leaving = Leaving.named) -> Wish:
    """What the window asks for, with this installation's key and models. Raises Refusal."""
    return Wish(out, tuple(formats), tuple(statuses), key_of(places), models_of(places), hiding_of(leaving, places))


def wish_of(out: Path, formats: Sequence[str], statuses: Sequence[str], places: Places,
            key_file: Path | None, leaving: Leaving = Leaving.named) -> Wish:
    """The shell's words. Raises Refusal for one that is none."""
    known = [status.value for status in Status if status is not Status.new]
    if Status.new.value in statuses:
        raise Refusal(tried=Message("Exporting."), cause=Message("A case that is new has no mask to export."),
                      cure=Message("There are: {names}.", names=", ".join(known)))
    for word in statuses:
        _among(word, known, Message("There is no status {word} to export.", word=word))
    for word in formats:
        _among(word, FORMATS, Message("There is no format {word}.", word=word))
    if not formats or not statuses:
        raise Refusal(tried=Message("Exporting."), cause=Message("No format or no status was named."),
                      cure=Message("There are the formats {formats}.", formats=", ".join(FORMATS)))
    key = read_split_key(key_file) if key_file is not None else key_of(places)
    return Wish(out, tuple(formats), tuple(Status(word) for word in statuses), key, models_of(places),
                hiding_of(leaving, places))


def _among(word: str, known: Sequence[str], cause: Message) -> None:
    if word not in known:
        raise Refusal(tried=Message("Exporting."), cause=cause,
                      cure=Message("There are: {names}.", names=", ".join(known)))


def export_session(project: Project, worker: DecodeWorker, project_file: ProjectFile, wish: Wish, *,
                   report: Report | None = None, stop: Stop | None = None) -> ExportReport:
    """After the last acknowledgement, at one moment. Raises Refusal."""
    if not project.flush():
        raise Refusal(tried=Message("Exporting."), cause=Message("The last strokes are not on the disk yet."),
                      cure=Message("Wait until the dot is solid, then export again."))
    with project.snapshot_reader() as moment:
        return _export(moment, project, worker, project_file, wish, report, stop)


def export_project(target: Path, wish: Wish, places: Places, *, report: Report | None = None,
                   stop: Stop | None = None) -> ExportReport:
    """PROJECT of the shell, opened for reading. Raises Refusal."""
    path = find_project(target, places.data)
    project = Project.open(path, lambda name, loop: None, read_only=True)
    worker = decode_worker(places)
    try:
        return export_session(project, worker, read_project_file(project.root)[0], wish, report=report, stop=stop)
    finally:
        worker.close()
        project.close()


def start(jobs: JobGroup, project: Project, worker: DecodeWorker, project_file: ProjectFile,
          wish: Callable[[], Wish], done: Callable[[ExportReport | Refusal], None]) -> Job:
    """`export_session` in a job; done: on the owner's thread."""

    def work(control: JobControl) -> ExportReport:
        return export_session(project, worker, project_file, wish(), report=control.report, stop=control.stop)

    return jobs.run(Message("Exporting"), work, done=lambda outcome: done(_result_of(outcome)))


def _result_of(outcome: Outcome[ExportReport]) -> ExportReport | Refusal:
    if outcome.value is not None:
        return outcome.value
    if outcome.refusal is not None:
        return outcome.refusal
    cause = Message("The export was stopped.") if outcome.is_cancelled else Message("The export failed.")
    return Refusal(tried=Message("Exporting."), cause=cause, cure=Message("What was written before is whole."))


def _export(moment: Moment, project: Project, worker: DecodeWorker, project_file: ProjectFile, wish: Wish,
            report: Report | None, stop: Stop | None) -> ExportReport:
    gathering = _Gathering(moment, project, worker, project_file, wish.key, wish.models)
    rows = [row for row in moment.cases() if wish.takes(row)]
    if not rows:
        raise _nothing(moment.cases(), wish.statuses)
    privacy = None if wish.hiding is None else wish.hiding.of(project)
    bridging = [stem_of(row) for row in rows if row.detail.get(BRIDGES)]
    program = {"name": "urwkv-desktop", "version": __version__, "project": project.project_id,
               "looks_like_several_groups": bridging if privacy is None else [privacy.name(one) for one in bridging],
               "split_key_fingerprint": fingerprint(wish.key), "statuses": [status.value for status in wish.statuses]}

    def told(done: int, total: int) -> None:
        if report is not None:
            report(done, len(rows))

    written = export(gathering.cases(rows), wish.out, wish.formats, program=program, report=told, stop=stop,
                     privacy=privacy)
    note("exported", cases=len(rows), files=len(written.written), refused=len(gathering.refused) + len(written.refused))
    return replace(written, refused=(*gathering.refused, *written.refused))


def _nothing(rows: Sequence[CaseRow], asked: Sequence[Status]) -> Refusal:
    """Why nothing can be exported, and which cases could be."""
    cause = Message("No case is {statuses}.", statuses=" or ".join(status.value for status in asked))
    left = [row.status for row in rows if not row.flag.excluded and row.status not in (*asked, Status.new)]
    if left:
        others = ", ".join(f"{left.count(status)} {status.value}" for status in Status if status in left)
        cure = Message("There are others: {others}. Export those too, or accept cases first.", others=others)
    elif any(row.flag.excluded for row in rows):
        cure = Message("Some cases are excluded: take them in again, or let the network look at others, or draw.")
    else:
        cause = Message("No case of this project has a mask yet.")
        cure = Message("Let the network look at them, or draw, then export.")
    return Refusal(tried=Message("Exporting."), cause=cause, cure=cure)


@dataclass
class _Gathering:
    """Reads one case after the other, as the exporter asks for it; one that cannot be read is refused, not the rest."""

    moment: Moment
    project: Project
    worker: DecodeWorker
    project_file: ProjectFile
    key: bytes
    models: Mapping[str, ModelFacts]
    refused: list[tuple[str, Refusal]] = field(default_factory=list)

    def cases(self, rows: Sequence[CaseRow]) -> Iterator[ExportCase]:
        labels = self.moment.labels()
        for row in rows:
            try:
                digest = self._digest(row)
                image = self.project_file.with_spacing(self.worker.read(self.project.root, source_of(row)),
                                                       row.files[0])
                case = self._case(row, image, labels, digest)
            except Refusal as refusal:
                self.refused.append((stem_of(row), refusal))
                continue
            yield case

    def _digest(self, row: CaseRow) -> str:
        """SHA-256 of the image as it lies there now, which must be the one that the mask was made on."""
        tried = Message("Exporting {title}.", title=row.title)
        try:
            digest = image_sha256(self.project.root, source_of(row))
        except OSError as error:
            raise Refusal(tried=tried, cause=Message("Its image can't be read: {reason}.",
                                                     reason=error.strerror or "error"),
                          cure=Message("Check that it is still there and that you may read it.")) from error
        if row.image_sha256 not in ("", digest):
            raise Refusal(tried=tried, cause=Message("Its image has changed since the mask was made."),
                          cure=Message("Put the image back that the mask was made on."))
        return digest

    def _case(self, row: CaseRow, image: Image, labels: Labels, digest: str) -> ExportCase:
        loaded = self.moment.load(row.id, image.shape)
        if loaded.mask.voxels.shape != image.shape:
            raise Refusal(tried=Message("Exporting {title}.", title=row.title),
                          cause=Message("The image has another size now than its mask."),
                          cure=Message("Put the image back that the mask was made on."))
        share = shares(loaded.state, labels)
        # A file that a mask came from is not named: its name may be a patient's.
        model, weights = ("", "") if loaded.history.is_imported else loaded.history.network_ids or ("", "")
        facts, source = self.models.get(weights, ModelFacts("", "")), source_of(row)
        return ExportCase(
            stem=stem_of(row), image=image, source_files=row.files, mask=without_retired(loaded.mask.voxels, labels),
            labels=labels, status=loaded.status, flag=loaded.flag, reader=_reader(loaded.history),
            group=group_code(self.key, row.group or row.identity), split=split_of(self.key, row.group or row.identity),
            changed=share.changed, algorithm_type=share.algorithm_type(loaded.status), model=model,
            measurements=measurement_text(loaded.history.measures, image.geometry),
            weights_sha256=weights, image_sha256=digest, project=self.project.project_id, root=self.project.root,
            part=source.part, format=source.format, model_version=facts.version, threshold=facts.threshold)


def _reader(history: History) -> str:
    """Who touched the case last; for an untouched answer of the network nobody."""
    for group in reversed(history.applied):
        for entry in reversed(group.edits):
            if group.is_answer:
                continue
            return entry.event.reader
    return ""


