"""Predictors at hand: loaded where they run, which is the network lane's thread alone."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Image, Prediction, Rect, SliceLogits
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.predictor import Predictor, load_predictor
from urwkv_desktop.inference.speed import SpeedBook
from urwkv_desktop.workflow.memory import give_back

# A base network needs about 100 MB while it is loaded; a reader rarely goes back and forth between more than two.
_KEPT = 2


class Networks:
    """All methods on one thread. cache: the program's cache folder."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._predictors: OrderedDict[str, Predictor] = OrderedDict()
        self._speeds = SpeedBook(cache)
        self.note = ""  # "CPU · OpenVINO · 38 ms", for the status line

    def predictor(self, model: Model) -> Predictor:
        """Loads and compiles what is not loaded yet. Raises Refusal."""
        predictor = self._predictors.get(model.weights_sha256)
        if predictor is None:
            predictor = load_predictor(model, device="auto", cache=self._cache, gently=True)
            self._predictors[model.weights_sha256] = predictor
            self.note = self.note or self._known_speed(predictor)
            give_back()  # reading and compiling a graph takes several times what it keeps
        self._predictors.move_to_end(model.weights_sha256)
        while len(self._predictors) > _KEPT:
            self._predictors.popitem(last=False)
        return predictor

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
            self._speeds.saw(model.weights_sha256, predictor.engine.name, took)
            self.note = f"{predictor.engine.name} · {took:.0f} ms"
            yield answer

    def _known_speed(self, predictor: Predictor) -> str:
        """The engine, and from an earlier day how long an image takes on it."""
        name = predictor.engine.name
        known = self._speeds.ms(predictor.model.weights_sha256, name)
        return name if known is None else f"{name} · {known:.0f} ms"


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

    def with_slice(self, k: int, logits: SliceLogits) -> "DrawnPrediction":
        undrawn = replace(self, slices={**self.slices, k: logits})
        return replace(undrawn, maps={**self.maps, k: Prediction.label_map(undrawn, k)})

    def label_map(self, k: int, rect: Rect | None = None) -> npt.NDArray[np.uint8]:
        drawn = self.maps.get(k)
        if drawn is None:
            return Prediction.label_map(self, k, rect)
        return drawn if rect is None else drawn[rect.index]
