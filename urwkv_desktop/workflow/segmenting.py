"""`segment`: images in, masks out. Decoding, the network and writing overlap; memory stays flat."""

import contextlib
import json
import os
import queue
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from urwkv_desktop import __version__
from urwkv_desktop.formats.catalogue import FORMATS as OUT_FORMATS
from urwkv_desktop.formats.export import EXPORTERS
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.formats.writing.dicom.client import DicomWriter
from urwkv_desktop.formats.writing.exporter import Exporter, Means
from urwkv_desktop.formats.writing.names import Names
from urwkv_desktop.formats.writing.proven import ExportStoppedError, Outlet
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.formats.writing.tables import write_json
from urwkv_desktop.imaging import Flag, Image, Labels, Message, Prediction, Refusal, Status
from urwkv_desktop.inference.intensity import scaling_findings
from urwkv_desktop.inference.library import Model, ModelLibrary
from urwkv_desktop.inference.predictor import Device, Predictor, label_channels, load_predictor
from urwkv_desktop.workflow.decoding import decode_worker
from urwkv_desktop.workflow.exporting import ModelFacts
from urwkv_desktop.workflow.inputs import Input, Inputs, gather
from urwkv_desktop.workflow.jobs import Job, JobControl, Jobs, Turns
from urwkv_desktop.workflow.labelling import with_channels
from urwkv_desktop.workflow.models import find_model, library_of
from urwkv_desktop.workflow.places import Places

# Sets to learn from are made of what a person has accepted: `export` writes those.
FORMATS = tuple(name for name in OUT_FORMATS if name not in ("nnunet", "training"))
MANIFEST = "manifest.json"
_KIND = "urwkv-desktop segment"
# Images that wait for each network and behind it, and masks that wait for the disk, at one time.
_WAITING, _FOR_DISK = 1, 2
# From so many images on two networks share the cores: apart they need not wait for each other within a layer.
_MANY = 8
_TURN_SECONDS = 0.2
Voxels = npt.NDArray[np.uint8]
_T = TypeVar("_T")
_Mask = tuple[Input, Image, Prediction, Model]
_Seen = tuple[Image, Prediction, Model] | Refusal


@dataclass(frozen=True)
class SegmentWish:
    """model: None leaves the choice to what the images say of themselves. flips: mirror images are averaged in."""

    paths: tuple[Path, ...]
    out: Path
    model: str | None = None
    formats: tuple[str, ...] = ("png",)
    device: Device = "auto"
    flips: bool = False


@dataclass
class Segmented:
    """files: what was written, relative to OUT. refused: (input, why)."""

    files: list[str] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)
    notes: tuple[Message, ...] = ()
    is_stopped: bool = False


def segment(wish: SegmentWish, places: Places, *, report: Callable[[int, int], None],
            stop: Callable[[], bool]) -> Segmented:
    """Raises Refusal where nothing can be begun: no images, no such model, a device or folder that cannot be used."""
    library, named = library_of(places), None
    if wish.model is not None:
        library, named = find_model(wish.model, places)
    _check_formats(wish.formats)
    _check_out(wish.out)
    crashes: list[BaseException] = []
    jobs, worker, dicom = Jobs(Turns().post, crashed=crashes.append), decode_worker(places), DicomWriter()
    try:
        means = _Means(places, library, named, jobs, worker, dicom, crashes)
        return _Line(wish, means, gather(wish.paths, worker), report, stop).run()
    finally:
        jobs.shutdown()
        worker.close()
        dicom.close()


@dataclass(frozen=True, eq=False)
class _Means:
    """named: the model that was named, which is obeyed."""

    places: Places
    library: ModelLibrary
    named: Model | None
    jobs: Jobs
    worker: DecodeWorker
    dicom: DicomWriter
    crashes: Sequence[BaseException]


class _Line:
    """One thread decodes, one drives each network, this one brings what they saw into order, one writes; between them
    short queues. Network n looks at every image whose number leaves n, divided by how many networks there are."""

    def __init__(self, wish: SegmentWish, means: _Means, inputs: Inputs, report: Callable[[int, int], None],
                 stop: Callable[[], bool]) -> None:
        self._wish, self._means, self._inputs = wish, means, inputs
        self._report, self._stop = report, stop
        on_cores = wish.device in ("auto", "cpu") and _cores() > 1
        self._networks = range(2 if on_cores and len(inputs.images) >= _MANY else 1)
        self._decoded: list[queue.Queue[Image | Refusal]] = [queue.Queue(_WAITING) for _ in self._networks]
        self._seen: list[queue.Queue[_Seen]] = [queue.Queue(_WAITING) for _ in self._networks]
        self._masks: queue.Queue[_Mask | None] = queue.Queue(_FOR_DISK)
        self._names = Names()
        self._loading = Lock()
        self._predictors: dict[tuple[int, str], Predictor] = {}
        self._found = Segmented(refused=list(inputs.refused), notes=inputs.notes)
        self._outlet = Outlet(wish.out, _ours(wish.out))
        shared = Means(self._outlet, wish.formats, {"version": __version__}, means.dicom)
        self._exporters: list[Exporter] = [EXPORTERS[name](shared) for name in wish.formats]
        self._trouble: Refusal | None = None
        self._ends = False

    def run(self) -> Segmented:
        images = self._inputs.images
        if self._means.named is not None and images:
            self._predictor(0, self._means.named)  # an unusable device is said before the first image
        jobs = self._means.jobs
        jobs.run(Message("Decoding"), lambda control: self._decode())
        for network in self._networks:
            jobs.run(Message("Predicting"), partial(self._predict, network))
        writing = jobs.run(Message("Writing"), lambda control: self._write())
        try:
            for done, one in enumerate(images):
                self._report(done, len(images))
                if self._stop() or self._trouble is not None:
                    break
                seen = self._take(self._seen[done % len(self._networks)])
                if seen is not None:
                    self._keep(one, seen, writing)
        finally:
            self._ends = True
            self._put_when_free(None, writing)
        writing.wait()
        self._check_health()
        self._found.is_stopped = self._stop()
        self._found.files = [one.path for one in self._outlet.written if one.path != MANIFEST]
        if self._trouble is not None:
            if not self._outlet.written:
                raise self._trouble
            self._found.refused.append(("", self._trouble))
        said = (finding.message for predictor in self._predictors.values() for finding in predictor.findings)
        self._found.notes += tuple(dict.fromkeys(said))
        self._report(len(images), len(images))
        return self._found

    def _decode(self) -> None:
        for number, one in enumerate(self._inputs.images):
            try:
                found: Image | Refusal = self._means.worker.read(one.root, one.source)
            except Refusal as refusal:
                found = refusal
            if not self._give(self._decoded[number % len(self._networks)], found):
                return

    def _predict(self, network: int, _: JobControl) -> None:
        for _one in self._inputs.images[network::len(self._networks)]:
            found = self._take(self._decoded[network])
            if found is None or not self._give(self._seen[network], self._look(network, found)):
                return

    def _give(self, to: "queue.Queue[_T]", what: _T) -> bool:
        """Answers whether it was taken before the end came."""
        while not self._ends:
            with contextlib.suppress(queue.Full):
                to.put(what, timeout=_TURN_SECONDS)
                return True
        return False

    def _take(self, of: "queue.Queue[_T]") -> _T | None:
        """None where the end came first. A mistake of ours on the thread that fills it is raised here."""
        while not self._ends:
            with contextlib.suppress(queue.Empty):
                return of.get(timeout=_TURN_SECONDS)
            self._check_health()
        return None

    def _put_when_free(self, mask: "_Mask | None", writing: Job) -> None:
        while not writing.state.is_over:
            with contextlib.suppress(queue.Full):
                self._masks.put(mask, timeout=_TURN_SECONDS)
                return

    def _check_health(self) -> None:
        """A mistake of ours on another thread ends this one too."""
        if self._means.crashes:
            raise self._means.crashes[0]

    def _look(self, network: int, found: Image | Refusal) -> _Seen:
        if isinstance(found, Refusal):
            return found
        try:
            predictor = self._predictor(network, self._model(found))
            _, ids = with_channels(Labels(), predictor.channels, is_drawn=lambda: False)
            return found, predictor.predict(found, labels=ids, stop=self._is_stopped), predictor.model
        except Refusal as refusal:
            return refusal

    def _is_stopped(self) -> bool:
        return self._ends or self._stop()

    def _keep(self, one: Input, seen: _Seen, writing: Job) -> None:
        name = one.source.shown
        if isinstance(seen, Refusal):
            self._found.refused.append((name, seen))
            return
        image, prediction, model = seen
        self._found.notes += tuple(Message("{name}: {finding}", name=name, finding=one.message) for one in
                                   scaling_findings(image, model.card.input.intensity))
        if len(prediction.slices) == image.shape[0]:
            self._put_when_free((one, image, prediction, model), writing)

    def _model(self, image: Image) -> Model:
        if self._means.named is not None:
            return self._means.named
        suiting = self._means.library.suiting(image)
        if len(suiting.models) == 1:
            return suiting.models[0]
        raise Refusal(tried=Message("Choosing a model."), cause=suiting.reason,
                      cure=Message("Name one with --model."))

    def _predictor(self, network: int, model: Model) -> Predictor:
        with self._loading:
            if (network, model.name) not in self._predictors:
                self._predictors[network, model.name] = load_predictor(
                    model, device=self._wish.device, cache=self._means.places.cache,
                    threads=_cores() // len(self._networks), flips=self._wish.flips)
            return self._predictors[network, model.name]

    def _write(self) -> None:
        while (waiting := self._masks.get()) is not None:
            one, image, prediction, model = waiting
            if self._trouble is not None:
                continue
            try:
                self._put(one, image, prediction, model)
            except ExportStoppedError as trouble:
                self._trouble = trouble
        self._finish()

    def _put(self, one: Input, image: Image, prediction: Prediction, model: Model) -> None:
        mask = np.stack([prediction.label_map(k) for k in range(image.shape[0])])
        name = self._names.give(one.stem)
        record = _record(one, image, mask, model)
        for exporter in self._exporters:
            try:
                exporter.add(name, record)
            except ExportStoppedError:
                raise
            except Refusal as refusal:
                self._found.refused.append((one.source.shown, refusal))

    def _finish(self) -> None:
        """The list of what stands comes last, and of an interrupted run too."""
        if self._trouble is not None:
            return
        try:
            for exporter in self._exporters if not self._stop() else ():
                exporter.finish()
            if self._outlet.written:
                self._write_manifest()
        except (ExportStoppedError, Refusal) as trouble:
            self._trouble = trouble

    def _write_manifest(self) -> None:
        used = {(one.model.name, one.engine.name): one.model for one in self._predictors.values()}
        models = [{"name": name, "weights_sha256": model.weights_sha256, "engine": engine,
                   "flips": self._wish.flips or model.card.flips}
                  for (name, engine), model in used.items()]
        files = [{"path": one.path, "sha256": one.sha256, "bytes": one.size} for one in self._outlet.written]
        write_json(self._outlet, MANIFEST, {
            "kind": _KIND, "version": 1, "program": {"name": "urwkv-desktop", "version": __version__}, "models": models,
            "notice": "Not a medical device; for review by a qualified reader.", "complete": not self._stop(),
            "files": files, "refused": [{"input": name, "reason": str(why)} for name, why in self._found.refused]})


def _ours(out: Path) -> list[str]:
    """What an earlier run wrote to this folder, by its manifest; nothing else there is ever replaced."""
    try:
        found = json.loads((out / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    if not isinstance(found, dict) or found.get("kind") != _KIND:
        return []
    return [MANIFEST, *(str(one.get("path")) for one in found.get("files", []) if isinstance(one, dict))]


def _record(one: Input, image: Image, mask: Voxels, model: Model) -> ExportCase:
    labels, _ = with_channels(Labels(), label_channels(model.card), is_drawn=lambda: False)
    facts = ModelFacts.of(model)
    return ExportCase(stem=one.stem, image=image, source_files=one.source.files, mask=mask, labels=labels,
                      status=Status.predicted, flag=Flag(), reader="", group="", split="", changed=0.0,
                      algorithm_type="AUTOMATIC", model=model.name, weights_sha256=model.weights_sha256,
                      image_sha256="", project="", root=one.root, part=one.source.part, format=one.source.format,
                      model_version=facts.version, threshold=facts.threshold)


def _cores() -> int:
    """All of them: no hand waits here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check_formats(formats: Sequence[str]) -> None:
    for name in formats:
        if name not in FORMATS:
            raise Refusal(tried=Message("Segmenting."), cause=Message("There is no format {name}.", name=name),
                          cure=Message("There are: {names}.", names=", ".join(FORMATS)))


def _check_out(out: Path) -> None:
    """Before the network is loaded."""
    tried = Message("Segmenting.")
    cure = Message("Name another folder with --out.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(tried=tried, cause=Message("The folder {out} cannot be made: {reason}.", out=out.name,
                                                 reason=error.strerror or "error"), cure=cure) from error
    if not os.access(out, os.W_OK | os.X_OK):
        raise Refusal(tried=tried, cause=Message("The folder {out} cannot be written to.", out=out.name), cure=cure)
