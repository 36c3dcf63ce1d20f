"""The threshold brush: takes only pixels whose value lies inside a band."""

import math
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.capsule import Coverage, swept
from urwkv_desktop.editing.tools.choices import Limit
from urwkv_desktop.editing.tools.hints import band_hint
from urwkv_desktop.editing.tools.stroke import Stroke
from urwkv_desktop.editing.tools.tip import StrokeOptions, Tip, fitted, limits
from urwkv_desktop.editing.tools.values import luminance, span, stored_band, within
from urwkv_desktop.editing.tools.veil import Veil
from urwkv_desktop.imaging import ImagePoint, Message, Plane, Rect

_SAMPLED = 3.0  # pixels: what is looked at where the brush is smaller
_OF_VALUES = {"scale": "even", "tuned": True, "of_image": True}
_ENDS = (5.0, 95.0)  # percentiles of the values that the band is taken from


@dataclass(frozen=True)
class ThresholdOptions(StrokeOptions):
    """low, high: the band, in the image's unit; both ends count."""

    low: float = field(default=64.0, metadata={"label": Message("From"), **_OF_VALUES})
    high: float = field(default=192.0, metadata={"label": Message("To"), **_OF_VALUES})

    @property
    def band(self) -> tuple[float, float]:
        """The lower end first, whichever slider was drawn past the other."""
        return min(self.low, self.high), max(self.low, self.high)


class ThresholdBrush(Stroke):
    id: ClassVar[str] = "threshold"
    icon: ClassVar[str] = "mdi6.format-color-highlight"
    action: ClassVar[str] = "tool.threshold"
    name: ClassVar[Message] = Message("Threshold brush")
    inverted_name: ClassVar[Message] = Message("Threshold brush, removing")
    Options: ClassVar[type[Any]] = ThresholdOptions
    adds_by_itself: ClassVar[bool] = True
    chooses: ClassVar[bool] = True

    @staticmethod
    def hint(scene: Scene, options: ThresholdOptions, inverted: bool) -> Message:
        return band_hint(scene, options.band, inverted=inverted)

    @staticmethod
    def veil(options: ThresholdOptions, scene: Scene) -> Veil | None:
        band = stored_band(scene.image, scene.plane, *options.band)
        return None if band is None else Veil(*band, ("image", id(scene.image), scene.plane))

    @staticmethod
    def fitted(options: Any, scene: Scene, chosen: frozenset[str]) -> Any:
        """Where nobody has chosen a band: the middle half of what the window shows."""
        options = fitted(options, scene, chosen)
        if not chosen & {"low", "high"}:
            quarter = scene.window.width / 4
            low, high = span(scene.image)
            options = replace(options, low=min(max(_rounded(scene.window.centre - quarter), low), high),
                              high=min(max(_rounded(scene.window.centre + quarter), low), high))
        return options

    @staticmethod
    def limits(scene: Scene) -> dict[str, Limit]:
        low, high = span(scene.image)
        values = Limit(low, high, scene.image.unit)
        return {**limits(scene), "low": values, "high": values}

    @staticmethod
    def sampled(options: ThresholdOptions, scene: Scene, at: ImagePoint) -> ThresholdOptions:
        """The band from what lies under the brush: its 5th to 95th percentile."""
        tip = Tip.of(options, scene)
        share = max(1.0, _SAMPLED / max(min(tip.rows, tip.columns), 1e-6))
        rect, covered = swept(at, at, tip.diameter * share, tip.shape, scene.size, tip.scale)
        stored = luminance(scene.plane.cut(scene.image.pixels)[rect.index])
        row = min(max(math.floor(at.row), 0), scene.size[0] - 1)
        k = scene.plane.index if scene.plane.axis == 0 else row
        values = stored[covered].astype(np.float64)
        if scene.image.padding is not None and not scene.image.is_colour:
            values = values[~scene.image.padding.covers(values)]
        values = values[np.isfinite(values)] * scene.image.slope[k] + scene.image.intercept[k]
        if not values.size:
            return options
        low, high = np.percentile(values, _ENDS)
        return replace(options, low=_rounded(float(low)), high=_rounded(float(high)))

    def _admits(self, rect: Rect, plane: Plane) -> Coverage:
        return within(self._scene.image, plane, rect, *self._options.band)


def _rounded(value: float) -> float:
    """To three digits or a whole: a band is no measurement."""
    return float(round(value)) if abs(value) >= 20 else float(f"{value:.3g}")
