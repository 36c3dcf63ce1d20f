"""Predictors at hand: loaded where they run, which is the network lane's thread alone."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Finding, Image, Message, Prediction, Rect, Refusal, SliceDoubt, SliceLogits
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.predictor import Predictor, load_predictor
from urwkv_desktop.inference.speed import SpeedBook
from urwkv_desktop.workflow.memory import give_back
from urwkv_desktop.workflow.settings import Network

# A base network needs about 100 MB while it is loaded; a reader rarely goes back and forth between more than two.
_KEPT = 2


class Networks:
    """All methods but `choose` on one thread. cache: the program's cache folder. wish: device and mirror images."""

    def __init__(self, cache: Path, wish: Network = Network()) -> None:  # noqa: B008  a frozen value
        self._cache = cache
        self._wish = self._used = wish
        self._predictors: OrderedDict[str, Predictor] = OrderedDict()
        self._speeds = SpeedBook(cache)
        self._notes: dict[str, str] = {}  # by weights: "CPU · OpenVINO · 38 ms"
        self._last = ""  # the engine that came last, whatever looked through it

    def choose(self, wish: Network) -> None:
        """From any thread; it holds from the next look on."""
        self._wish = wish

    def note(self, weights_sha256: str | None) -> str:
        """For the status line: what looks with these weights and how long an image takes; of others the engine alone.
        From any thread."""
        return self._notes.get(weights_sha256 or "", self._last)

    @property
    def doubts(self) -> bool:
        """Whether the person wants to see how far the answers to mirror images differ."""
        return self._wish.mirror == "doubt"

    def predictor(self, model: Model) -> Predictor:
        """Loads and compiles what is not loaded yet. A device that cannot be had is replaced by the CPU, with a finding
        of the predictor. Raises Refusal."""
        wish = self._wish
        if wish != self._used:
            self._predictors.clear()
            self._used, self._notes, self._last = wish, {}, ""
        predictor = self._predictors.get(model.weights_sha256)
        if predictor is None:
            predictor = self._loaded(model, wish)
            self._predictors[model.weights_sha256] = predictor
            self._last = _name_of(predictor)
            self._notes.setdefault(model.weights_sha256, self._known_speed(predictor))
            give_back()  # reading and compiling a graph takes several times what it keeps
        self._predictors.move_to_end(model.weights_sha256)
        while len(self._predictors) > _KEPT:
            self._predictors.popitem(last=False)
        return predictor

    def _loaded(self, model: Model, wish: Network) -> Predictor:
        load = partial(load_predictor, model, cache=self._cache, gently=True, flips=wish.mirror == "average")
        try:
            return load(device=wish.device)
        except Refusal as refusal:
            if wish.device in ("auto", "cpu"):
                raise
            predictor = load(device="auto")
            message = Message("{cause} {name} goes on.", cause=refusal.cause, name=predictor.engine.name)
            predictor.findings += (Finding("inference.no-device", message),)
            return predictor

    def doubt(self, model: Model, image: Image, k: int) -> SliceDoubt:
        """How far the answers to slice k and its mirror images differ. Raises Refusal."""
        return self.predictor(model).doubt(image, k)

    def slices(self, model: Model, image: Image, *, order: Sequence[int],
               stop: Callable[[], bool]) -> Iterator[tuple[int, SliceLogits]]:
        """(k, logits) one by one, in the order asked for. Raises Refusal."""
        predictor = self.predictor(model)
        answers = predictor.slices(image, order=order, stop=stop)
        while True:
            before = time.perf_counter()
            answer = next(answers, None)
            if answer is None:
                return
            took = 1000 * (time.perf_counter() - before)
            name = _name_of(predictor)
            self._speeds.saw(model.weights_sha256, name, took)
            self._notes[model.weights_sha256] = f"{name} · {took:.0f} ms"
            yield answer

    def _known_speed(self, predictor: Predictor) -> str:
        """The engine, and from an earlier day how long an image takes on it."""
        name = _name_of(predictor)
        known = self._speeds.ms(predictor.model.weights_sha256, name)
        return name if known is None else f"{name} · {known:.0f} ms"


def _name_of(predictor: Predictor) -> str:
    """The engine; an image that is looked at twice takes it twice as long, which is remembered apart."""
    return predictor.engine.name + " ×2" * predictor.flips


@dataclass(frozen=True, eq=False)
class DrawnPrediction(Prediction):
    """A prediction that has drawn its label maps where it was made, so that the window's thread need not.

    maps: uint8 [H, W] by slice.
    """

    maps: Mapping[int, npt.NDArray[np.uint8]] = field(default_factory=dict)

    @staticmethod
    def begun(predictor: Predictor, image: Image, labels: tuple[int, ...],
              slices: Mapping[int, SliceLogits]) -> "DrawnPrediction":
        card = predictor.model.card
        return DrawnPrediction(card.name, predictor.model.weights_sha256, card.activation, predictor.channels, labels,
                               image.shape[1:], dict(slices))

    def with_slice(self, k: int, logits: SliceLogits, doubt: SliceDoubt | None = None) -> "DrawnPrediction":
        doubts = self.doubts if doubt is None else {**self.doubts, k: doubt}
        undrawn = replace(self, slices={**self.slices, k: logits}, doubts=doubts)
        return replace(undrawn, maps={**self.maps, k: Prediction.label_map(undrawn, k)})

    def label_map(self, k: int, rect: Rect | None = None) -> npt.NDArray[np.uint8]:
        drawn = self.maps.get(k)
        if drawn is None:
            return Prediction.label_map(self, k, rect)
        return drawn if rect is None else drawn[rect.index]
