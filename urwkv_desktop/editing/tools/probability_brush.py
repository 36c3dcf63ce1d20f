"""The probability brush: takes pixels where the network's stored probability passes a threshold."""

from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, ClassVar

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.tools.capsule import Coverage
from urwkv_desktop.editing.tools.chances import channel_of, grid_of, log_odds, passes, threshold_of
from urwkv_desktop.editing.tools.fill import Fill, Inside
from urwkv_desktop.editing.tools.hints import chance_hint
from urwkv_desktop.editing.tools.stroke import Stroke
from urwkv_desktop.editing.tools.tip import StrokeOptions, fitted
from urwkv_desktop.editing.tools.tool import NOTHING, CursorShape, Preview
from urwkv_desktop.editing.tools.veil import Veil
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import ImagePoint, Message, Plane, Prediction, Rect

# A network is sure of nearly every pixel: its boundary moves with the odds, far beyond one per cent.
LOWEST, HIGHEST = 0.0005, 0.9995
_STEP = 0.4  # of the log odds, a notch
_TAKES = {"touched": Message("What is touched"), "region": Message("Whole region")}


@dataclass(frozen=True)
class ProbabilityOptions(StrokeOptions):
    """threshold: what the probability must be above, 0..1. takes: what the brush touches, or all that is joined."""

    takes: str = field(default="touched", metadata={"label": Message("Takes"), "choices": ("touched", "region"),
                                                    "words": _TAKES})
    threshold: float = field(default=0.5, metadata={
        "label": Message("Above"), "min": LOWEST, "max": HIGHEST, "scale": "odds", "unit": "%", "factor": 100,
        "step": _STEP, "tuned": True})

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 < self.threshold < 1:
            raise ValueError(f"a threshold of {self.threshold}")
        if self.takes not in ("touched", "region"):
            raise ValueError(f"taking {self.takes}")


class Wand(Fill):
    """The connected pixels above the threshold around the one that is pressed (below it, while Ctrl is held)."""

    id: ClassVar[str] = "probability"

    def __init__(self, scene: Scene, options: Any, edit_name: Message, *, adds: bool) -> None:
        super().__init__(scene, options, adds=adds)
        self._name, self._channel = edit_name, channel_of(scene)

    @property
    def edit_name(self) -> Message:
        return self._name

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        return self.press(to)

    def _grows_alike(self, to: ImagePoint) -> bool:
        return self._scene.rule is not PaintRule.label  # which depends on the very place

    def _inside(self, seed: ImagePoint) -> Inside:
        return partial(_chosen, self._scene.prediction, self._channel, self._options.threshold, self._adds,
                       self._scene.plane)


class ProbabilityBrush(Stroke):
    """Ctrl removes where the probability is not above the threshold: both ways mend the same boundary."""

    id: ClassVar[str] = "probability"
    icon: ClassVar[str] = "mdi6.water-percent"
    action: ClassVar[str] = "tool.probability"
    name: ClassVar[Message] = Message("Probability brush")
    inverted_name: ClassVar[Message] = Message("Probability brush, removing")
    Options: ClassVar[type[Any]] = ProbabilityOptions
    adds_by_itself: ClassVar[bool] = True
    hovers: ClassVar[bool] = True
    chooses: ClassVar[bool] = True

    def __init__(self, scene: Scene, options: ProbabilityOptions, *, inverted: bool = False) -> None:
        super().__init__(scene, options, inverted=inverted)
        self._channel = channel_of(scene)
        name = self.inverted_name if inverted else self.name
        self._wand = Wand(scene, options, name, adds=not inverted) if options.takes == "region" else None

    @property
    def pending(self) -> Preview | None:
        return super().pending if self._wand is None else self._wand.pending

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview:
        return super().press(at, pressure) if self._wand is None else self._wand.press(at)

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        return super().move(to, pressure) if self._wand is None else self._wand.move(to)

    def hover(self, to: ImagePoint) -> Preview:
        return NOTHING if self._wand is None else self._wand.hover(to)

    def tune(self, options: Any) -> Preview:
        return super().tune(options) if self._wand is None else self._wand.tune(options)

    def release(self, at: ImagePoint) -> MaskEdit | Work | None:
        return super().release(at) if self._wand is None else self._wand.release(at)

    def cancel(self) -> None:
        super().cancel()
        if self._wand is not None:
            self._wand.cancel()

    @staticmethod
    def hint(scene: Scene, options: ProbabilityOptions, inverted: bool) -> Message:
        channel = channel_of(scene)
        if isinstance(channel, Message):
            return channel
        return chance_hint(scene, options.threshold, inverted=inverted, region=options.takes == "region")

    @staticmethod
    def cursor(options: Any, scene: Scene) -> CursorShape:
        shape = Stroke.cursor(options, scene)
        if options.takes == "region":
            shape = replace(shape, kind="cross", diameter=1.0, rows=None)
        return replace(shape, is_refused=shape.is_refused or isinstance(channel_of(scene), Message))

    @staticmethod
    def veil(options: ProbabilityOptions, scene: Scene) -> Veil | None:
        channel, prediction, k = channel_of(scene), scene.prediction, scene.plane.index
        if prediction is None or isinstance(channel, Message):
            return None
        above = float(np.nextafter(np.float32(log_odds(options.threshold)), np.float32(np.inf)))
        return Veil(above, np.inf, ("probability", id(prediction.slices[k]), channel),
                    lambda: grid_of(prediction, channel, k))

    @staticmethod
    def fitted(options: Any, scene: Scene, chosen: frozenset[str]) -> Any:
        """Where nobody has chosen a threshold: the network's own."""
        options = fitted(options, scene, chosen)
        if "threshold" not in chosen:
            options = replace(options, threshold=min(max(threshold_of(scene), LOWEST), HIGHEST))
        return options

    def _admits(self, rect: Rect, plane: Plane) -> Coverage:
        return _chosen(self._scene.prediction, self._channel, self._options.threshold, self._adds, plane, rect)


def _chosen(prediction: Prediction | None, channel: int | Message, threshold: float, adds: bool, plane: Plane,
            rect: Rect, step: int = 1) -> Coverage:
    """bool [rect, about every step-th row and column]: above the threshold where something is added, not above it where
    something is removed."""
    if prediction is None or isinstance(channel, Message) or plane.index not in prediction.slices:
        return np.zeros((rect.height, rect.width), bool)
    above = passes(prediction, channel, plane, rect, threshold, step)
    return above if adds else ~above
