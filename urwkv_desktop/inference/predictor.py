"""Image -> Prediction: prepared, run and quantised slice by slice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import Literal

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from urwkv_desktop.imaging import Channel, Finding, Image, Message, Prediction, Refusal, SliceDoubt, SliceLogits
from urwkv_desktop.imaging.prediction import LOGIT_STEPS
from urwkv_desktop.inference.card import InputSpec, ModelCard
from urwkv_desktop.inference.engine import Engine, EngineFailure, Logits
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine, give_way, takes_bfloat16
from urwkv_desktop.inference.prepare import Prepared, limits_of, prepare
from urwkv_desktop.inference.turn import turn_of
from urwkv_desktop.inference.vetting import GRAPH_XML
from urwkv_desktop.inference.views import blended, mirror_mean, spread

Device = Literal["auto", "cpu", "cuda", "mps", "intel-gpu", "npu"]

_OPENVINO_DEVICES = {"cpu": "CPU", "intel-gpu": "GPU", "npu": "NPU"}
_TORCH_BATCH = 8  # slices at once on a graphics card, where one alone leaves most of it idle
BOUNDS = {"int8": 0.003, "bfloat16": 0.001}  # mean Dice that a faster precision may cost
INT8_XML = "model.int8.xml"
_USUAL_RATIOS = {"float32": 1.0, "bfloat16": 0.55, "int8": 0.5}  # base network on a processor that has both


class Predictor:
    """A model on an engine. One prediction at a time; the thread that made the engine should run it.

    batch: slices given to the engine together. fallback: makes the engine (on the CPU) that goes on where the first one
    fails in the middle; `findings` says so afterwards. flips: mirror images are averaged in, whatever the card says.
    """

    def __init__(
        self, model: Model, engine: Engine, *, batch: int = 1, fallback: Callable[[], Engine] | None = None,
        flips: bool = False,
    ) -> None:
        self.model = model
        self.engine = engine
        self.findings: tuple[Finding, ...] = ()
        self.flips = flips or model.card.flips
        self._batch = batch
        self._fallback = fallback

    @property
    def channels(self) -> tuple[Channel, ...]:
        """One for each label."""
        return label_channels(self.model.card)

    def predict(
        self,
        image: Image,
        *,
        labels: tuple[int, ...],
        order: Sequence[int] | None = None,
        report: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] | None = None,
        doubt: bool = False,
    ) -> Prediction:
        """The image's prediction. labels: the project's label id of each of `channels`.

        order: the slices to predict, first one first; all without it. report(done, total) after each. Where `stop` says
        so, the slices so far come back. doubt: each slice is looked at mirrored too, at five times the time, for the
        same mask. Refuses where no engine can run the network.
        """
        if len(labels) != len(self.channels):
            raise ValueError(f"{len(labels)} labels for {len(self.channels)} channels")
        wanted = range(image.shape[0]) if order is None else order
        found: dict[int, SliceLogits] = {}
        doubts: dict[int, SliceDoubt] = {}
        for k, logits in self.slices(image, order=wanted, stop=stop):
            found[k] = logits
            if doubt:
                doubts[k] = self.doubt(image, k)
            if report:
                report(len(found), len(wanted))
        card = self.model.card
        return Prediction(card.name, self.model.weights_sha256, card.activation, self.channels, labels,
                          image.shape[1:], found, doubts)

    def slices(
        self, image: Image, *, order: Sequence[int] | None = None, stop: Callable[[], bool] | None = None
    ) -> Iterator[tuple[int, SliceLogits]]:
        """(k, logits) of each slice in the order asked for, as soon as it is there."""
        wanted = list(range(image.shape[0]) if order is None else order)
        spec = self._spec_for(image)
        limits = limits_of(image, spec.intensity)
        while wanted:
            if stop and stop():
                return
            together, wanted = wanted[: self._batch], wanted[self._batch :]
            prepared = [prepare(image, spec, k, limits=limits) for k in together]
            answers = self._answer(np.stack([each.array for each in prepared]))
            for k, each, logits in zip(together, prepared, answers, strict=True):
                yield k, slice_logits(logits, each, self.model.card.activation)

    def doubt(self, image: Image, k: int) -> SliceDoubt:
        """How far the answers to slice k and its mirror images differ. Refuses where no engine can run the network."""
        prepared = prepare(image, self._spec_for(image), k)
        found = spread(self._seen, prepared.array[None], self.model.card.activation)
        height, width = found.shape[1:]
        laid = np.ascontiguousarray(prepared.turn.undo(found)[0])
        return SliceDoubt(laid, prepared.turn.undo_placement(prepared.placement, height, width))

    def _spec_for(self, image: Image) -> InputSpec:
        """The card's preparation; where the card allows tiles, on a grid that is as much larger as the image is."""
        card = self.model.card
        turn = turn_of(image.geometry, card.input.plane)
        rows, columns = image.shape[:0:-1] if turn.swapped else image.shape[1:]
        down = min(card.tiles, max(1, ceil(rows / card.input.height)))
        across = min(card.tiles, max(1, ceil(columns / card.input.width)))
        return replace(card.input, height=card.input.height * down, width=card.input.width * across)

    def _answer(self, batch: NDArray[np.float32]) -> Logits:
        """Where it is asked for, the mean of the answers to the pictures and to their mirror images."""
        return mirror_mean(self._seen, batch) if self.flips else self._seen(batch)

    def _seen(self, batch: NDArray[np.float32]) -> Logits:
        """What is larger than the network's field is looked at in windows."""
        field = self.model.card.input
        if batch.shape[2:] == (field.height, field.width):
            return self._run(batch)
        return np.stack([blended(self._run, picture, field.height, field.width) for picture in batch])

    def _run(self, batch: NDArray[np.float32]) -> Logits:
        try:
            return _finite(self.engine.run(batch), self.engine)
        except EngineFailure as failure:
            if failure.is_out_of_memory and len(batch) > 1:
                self._batch = half = len(batch) // 2
                return np.concatenate([self._run(batch[:half]), self._run(batch[half:])])
            self._fall_back(failure)
            return self._run(batch)

    def _fall_back(self, failure: EngineFailure) -> None:
        if self._fallback is None:
            raise _gave_up(self.model, self.engine) from failure
        failed, self.engine, self._fallback = self.engine, self._fallback(), None
        self._batch = 1
        names = {"failed": failed.name, "name": self.engine.name}
        if failure.is_out_of_memory:
            message = Message("{failed} ran out of memory; {name} goes on.", **names)
        else:
            message = Message("{failed} stopped working; {name} goes on.", **names)
        self.findings += (Finding("inference.engine-failed", message),)


def label_channels(card: ModelCard) -> tuple[Channel, ...]:
    """A card's channels that stand for a label (for softmax: without the background, the network's channel 0)."""
    named = card.channels[-(card.num_classes - 1):] if card.activation == "softmax" else card.channels
    return tuple(Channel(c.name, c.code, c.colour, c.threshold) for c in named)


def slice_logits(logits: Logits, prepared: Prepared, activation: str) -> SliceLogits:
    """float32 [K,h,w] on the network's grid -> int8 steps, in the order of the stored slice.

    Softmax asks only how far channels lie apart, so the highest is laid at the upper end of the steps: cut as they are,
    logits of 60 and 20 would become equal.
    """
    if activation == "softmax":
        logits = logits - logits.max(axis=0, keepdims=True) + np.float32(127 / LOGIT_STEPS)
    steps = np.clip(np.rint(logits * np.float32(LOGIT_STEPS)), -127, 127).astype(np.int8)
    height, width = steps.shape[1:]
    placement = prepared.turn.undo_placement(prepared.placement, height, width)
    return SliceLogits(np.ascontiguousarray(prepared.turn.undo(steps)), placement)


def outwards(current: int, count: int) -> list[int]:
    """0..count-1 from the current slice outwards: the reader sees his own slice first."""
    return sorted(range(count), key=lambda k: (abs(k - current), -k))


def _finite(logits: Logits, engine: Engine) -> Logits:
    if np.isfinite(logits).all():
        return logits
    raise EngineFailure(f"{engine.name} gave no finite logits")


def _gave_up(model: Model, engine: Engine) -> Refusal:
    return Refusal(
        tried=Message("Predict with {name}.", name=model.name),
        cause=Message("{engine} stopped working on this image.", engine=engine.name),
        cure=Message("Try again, or restart the program; the log says more."),
    )


def load_predictor(
    model: Model, *, device: Device = "auto", cache: Path | None, threads: int | None = None, gently: bool = False,
    flips: bool = False,
) -> Predictor:
    """A predictor for the model on a device. cache: the program's cache folder (None keeps no compiled graph).

    "auto" is the CPU in the fastest precision that the card lists within its bound (MODELS.md), "cpu" always float32.
    threads: of the CPU, all but one unless told. gently: the calling thread, which is to be the one that predicts, and
    the engine's threads give way to the hand. flips: as Predictor's. torch is loaded for "cuda" and "mps" alone.
    Refuses a device that this machine does not have.
    """
    if gently:
        give_way()
    make = partial(OpenVinoEngine, cache_dir=None if cache is None else cache / "openvino", threads=threads)
    on_cpu = partial(make, model.folder / GRAPH_XML)
    if device in ("cuda", "mps"):
        return Predictor(model, _torch_engine(model, device), batch=_TORCH_BATCH, fallback=on_cpu, flips=flips)
    if device == "auto":
        return _fastest(model, make, on_cpu, flips=flips)
    return Predictor(model, on_cpu(device=_OPENVINO_DEVICES[device]), fallback=None if device == "cpu" else on_cpu,
                     flips=flips)


def _fastest(model: Model, make: Callable[..., Engine], on_cpu: Callable[[], Engine], *, flips: bool) -> Predictor:
    """In the fastest precision; in float32, and it says so, where that cannot be loaded."""
    precision, graph = fastest_precision(model)
    if precision == "f32":
        return Predictor(model, on_cpu(), flips=flips)
    try:
        return Predictor(model, make(model.folder / graph, precision=precision), fallback=on_cpu, flips=flips)
    except Refusal:
        predictor = Predictor(model, on_cpu(), flips=flips)
        message = Message("The faster form ({precision}) of {model} cannot be used here; {name} goes on.",
                          precision=precision, model=model.name, name=predictor.engine.name)
        predictor.findings += (Finding("inference.engine-failed", message),)
        return predictor


def fastest_precision(model: Model) -> tuple[str, str]:
    """(precision, graph file): the fastest that the card lists with a mean Dice difference within its bound."""
    possible = {"float32": ("f32", GRAPH_XML)}
    if _is_within(model.card, "int8") and INT8_XML in model.card.files:
        possible["int8"] = ("int8", INT8_XML)
    if _is_within(model.card, "bfloat16") and takes_bfloat16():
        possible["bfloat16"] = ("bf16", GRAPH_XML)
    return possible[min(possible, key=lambda name: _ratio(model.card, name))]


def _is_within(card: ModelCard, precision: str) -> bool:
    measured = card.precisions.get(precision, {}).get("dice_mean")
    return isinstance(measured, (int, float)) and abs(measured) <= BOUNDS[precision]


def _ratio(card: ModelCard, precision: str) -> float:
    """Of float32's time, as the card measured it, or as it usually is."""
    measured = card.precisions.get(precision, {}).get("ratio")
    return float(measured) if isinstance(measured, (int, float)) else _USUAL_RATIOS[precision]


def _torch_engine(model: Model, device: str) -> Engine:
    if "torch" not in sys.modules and find_spec("torch") is None:
        raise Refusal(
            tried=Message("Load the network on {device}.", device=device),
            cause=Message("{device} needs the package torch, which is not installed.", device=device),
            cure=Message("Install urwkv-desktop[train], or choose the CPU."),
        )
    # Imported here alone: on the way to a mask torch is never loaded.
    from urwkv_desktop.inference.torch_engine import TorchEngine

    return TorchEngine(model.folder, model.card, device)
