"""`segment`: images in, masks out. Decoding, the network and writing overlap; memory stays flat."""

import contextlib
import json
import os
import queue
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
from urwkv_desktop.workflow.jobs import Job, Jobs, Turns
from urwkv_desktop.workflow.labelling import with_channels
from urwkv_desktop.workflow.models import find_model, library_of
from urwkv_desktop.workflow.places import Places

# Sets to learn from are made of what a person has accepted: `export` writes those.
FORMATS = tuple(name for name in OUT_FORMATS if name not in ("nnunet", "training"))
MANIFEST = "manifest.json"
_KIND = "urwkv-desktop segment"
# Images that are decoded, and masks that wait for the disk, at one time.
_WAITING = 2
_TURN_SECONDS = 0.2
Voxels = npt.NDArray[np.uint8]
_Mask = tuple[Input, Image, Prediction]


@dataclass(frozen=True)
class SegmentWish:
    """model: None leaves the choice to what the images say of themselves."""

    paths: tuple[Path, ...]
    out: Path
    model: str | None = None
    formats: tuple[str, ...] = ("png",)
    device: Device = "auto"


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
    """One thread decodes, this one drives the network, one writes; between them two short queues."""

    def __init__(self, wish: SegmentWish, means: _Means, inputs: Inputs, report: Callable[[int, int], None],
                 stop: Callable[[], bool]) -> None:
        self._wish, self._means, self._inputs = wish, means, inputs
        self._report, self._stop = report, stop
        self._decoded: queue.Queue[tuple[Input, Image | Refusal]] = queue.Queue(_WAITING)
        self._masks: queue.Queue[_Mask | None] = queue.Queue(_WAITING)
        self._names = Names()
        self._predictors: dict[str, Predictor] = {}
        self._found = Segmented(refused=list(inputs.refused), notes=inputs.notes)
        self._outlet = Outlet(wish.out, _ours(wish.out))
        shared = Means(self._outlet, wish.formats, {"version": __version__}, means.dicom)
        self._exporters: list[Exporter] = [EXPORTERS[name](shared) for name in wish.formats]
        self._trouble: Refusal | None = None
        self._ends = False

    def run(self) -> Segmented:
        images = self._inputs.images
        if self._means.named is not None and images:
            self._predictor(self._means.named)  # an unusable device is said before the first image
        decoding = self._means.jobs.run(Message("Decoding"), lambda control: self._decode())
        writing = self._means.jobs.run(Message("Writing"), lambda control: self._write())
        try:
            for done in range(len(images)):
                self._report(done, len(images))
                if self._stop() or self._trouble is not None:
                    break
                self._look(*self._take(decoding), writing)
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
        self._report(len(images), len(images))
        return self._found

    def _decode(self) -> None:
        for one in self._inputs.images:
            try:
                found: Image | Refusal = self._means.worker.read(one.root, one.source)
            except Refusal as refusal:
                found = refusal
            while not self._ends:
                with contextlib.suppress(queue.Full):
                    self._decoded.put((one, found), timeout=_TURN_SECONDS)
                    break
            if self._ends:
                return

    def _take(self, decoding: Job) -> tuple[Input, Image | Refusal]:
        while True:
            with contextlib.suppress(queue.Empty):
                return self._decoded.get(timeout=_TURN_SECONDS)
            if decoding.state.is_over and self._decoded.empty():
                self._check_health()

    def _put_when_free(self, mask: "_Mask | None", writing: Job) -> None:
        while not writing.state.is_over:
            with contextlib.suppress(queue.Full):
                self._masks.put(mask, timeout=_TURN_SECONDS)
                return

    def _check_health(self) -> None:
        """A mistake of ours on another thread ends this one too."""
        if self._means.crashes:
            raise self._means.crashes[0]

    def _look(self, one: Input, found: Image | Refusal, writing: Job) -> None:
        name = one.source.shown
        if isinstance(found, Refusal):
            self._found.refused.append((name, found))
            return
        try:
            predictor = self._predictor(self._model(found))
            _, ids = with_channels(Labels(), predictor.channels, is_drawn=lambda: False)
            prediction = predictor.predict(found, labels=ids, stop=self._stop)
        except Refusal as refusal:
            self._found.refused.append((name, refusal))
            return
        self._found.notes += tuple(Message("{name}: {finding}", name=name, finding=one.message) for one in
                                   scaling_findings(found, predictor.model.card.input.intensity))
        if len(prediction.slices) == found.shape[0]:
            self._put_when_free((one, found, prediction), writing)

    def _model(self, image: Image) -> Model:
        if self._means.named is not None:
            return self._means.named
        suiting = self._means.library.suiting(image)
        if len(suiting.models) == 1:
            return suiting.models[0]
        raise Refusal(tried=Message("Choosing a model."), cause=suiting.reason,
                      cure=Message("Name one with --model."))

    def _predictor(self, model: Model) -> Predictor:
        if model.name not in self._predictors:
            cache = self._means.places.cache
            self._predictors[model.name] = load_predictor(model, device=self._wish.device, cache=cache,
                                                          threads=_cores())
        return self._predictors[model.name]

    def _write(self) -> None:
        while (waiting := self._masks.get()) is not None:
            one, image, prediction = waiting
            if self._trouble is not None:
                continue
            try:
                self._put(one, image, prediction)
            except ExportStoppedError as trouble:
                self._trouble = trouble
        self._finish()

    def _put(self, one: Input, image: Image, prediction: Prediction) -> None:
        mask = np.stack([prediction.label_map(k) for k in range(image.shape[0])])
        name = self._names.give(one.stem)
        record = _record(one, image, mask, self._predictors[prediction.model].model)
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
        models = [{"name": one.model.name, "weights_sha256": one.model.weights_sha256, "engine": one.engine.name}
                  for one in self._predictors.values()]
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
