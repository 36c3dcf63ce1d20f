"""The flood fill: connected pixels whose value lies within a tolerance of the one that was pressed."""

import math
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.tools.body import connected_body
from urwkv_desktop.editing.tools.capsule import Coverage
from urwkv_desktop.editing.tools.choices import Limit, depth_barred, depth_limit
from urwkv_desktop.editing.tools.fill import Fill, Inside
from urwkv_desktop.editing.tools.hints import flood_hint
from urwkv_desktop.editing.tools.outlining import cross
from urwkv_desktop.editing.tools.paint import Paint
from urwkv_desktop.editing.tools.tool import CursorShape, Preview
from urwkv_desktop.editing.tools.values import span, value_at, within
from urwkv_desktop.editing.work import Run, Stop, Work, never
from urwkv_desktop.imaging import Box, ImagePoint, Message, Plane, Rect

_SHARE = 0.05  # of the window's width: a tolerance that nobody has chosen
_DRAG = 0.5  # of the visible width, dragged: the tolerance changes by the whole of the window's
_AT_ONCE = 1 << 18  # voxels that are looked at without leaving the window's thread


@dataclass(frozen=True)
class FloodOptions:
    """tolerance: in the image's unit; a pixel belongs if it differs from the seed by no more.

    is_3d: what is joined through the slices, too; offered, so that it can be looked at before it is made.
    """

    tolerance: float = field(default=20.0, metadata={"label": Message("Tolerance"), "tuned": True,
                                                       "of_image": True})
    is_3d: bool = field(default=False, metadata={"label": Message("3D, through the slices")})

    def __post_init__(self) -> None:
        if self.tolerance < 0:
            raise ValueError(f"a tolerance of {self.tolerance}")


class FloodFill(Fill):
    """A drag to the right takes more, to the left less; Ctrl removes."""

    id: ClassVar[str] = "flood"
    icon: ClassVar[str] = "mdi6.format-color-fill"
    action: ClassVar[str] = "tool.flood"
    name: ClassVar[Message] = Message("Flood fill")
    Options: ClassVar[type[Any]] = FloodOptions

    def __init__(self, scene: Scene, options: FloodOptions, *, inverted: bool = False) -> None:
        super().__init__(scene, options, adds=not inverted)
        self._dragged, self._grown_from = 0.0, math.nan
        self._is_3d = bool(options.is_3d) and depth_barred(scene) is None

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        """To the right and the tolerance grows, to the left it shrinks; a hand that only trembles changes nothing."""
        if self._seed is None:
            return self._shown
        way = to.column - self._seed.column
        beyond = math.copysign(max(0.0, abs(way) - self._scene.grip()), way)
        dragged = beyond / max(self._scene.visible.width, 1) / _DRAG * self._scene.window.width
        if dragged == self._dragged:
            return self._shown
        self._dragged = dragged
        return self._show(self._seed)

    @property
    def edit_name(self) -> Message:
        return self.name if self._adds else Message("Flood fill, removing")

    @property
    def tolerance(self) -> float:
        return max(0.0, float(self._options.tolerance) + self._dragged)

    def note(self) -> Message | None:
        if self._seed is None:
            return None
        unit = self._scene.image.unit
        amount = f"{self.tolerance:.0f} {unit}" if self.tolerance >= 10 else f"{self.tolerance:.3g} {unit}"
        if self._is_3d:
            return Message("Within {amount} of the value pressed, through the slices", amount=amount.strip())
        return Message("Within {amount} of the value pressed", amount=amount.strip())

    def release(self, at: ImagePoint) -> MaskEdit | Suggestion | Work | None:  # type: ignore[override]
        """In 3D a Suggestion: of the other slices nothing was shown while the button was down."""
        seed = self._seed
        if seed is None or not self._is_3d:
            return super().release(at)
        box, value = _through(self._scene, self._bounds), self._value(seed)
        run = _offer(self._scene, self._paint, seed, box, (value - self.tolerance, value + self.tolerance),
                     self.edit_name)
        name = self.edit_name
        self.cancel()
        return run() if math.prod(box.shape) <= _AT_ONCE else Work(name, run, is_offer=True)

    def cancel(self) -> None:
        super().cancel()
        self._dragged = 0.0

    @staticmethod
    def hint(scene: Scene, options: FloodOptions, inverted: bool) -> Message:
        return flood_hint(scene, options.tolerance, inverted=inverted,
                          in_3d=options.is_3d and depth_barred(scene) is None)

    @staticmethod
    def cursor(options: Any, scene: Scene) -> CursorShape:
        return cross(scene)

    @staticmethod
    def fitted(options: Any, scene: Scene, chosen: frozenset[str]) -> Any:
        """Where nobody has chosen: a share of what the window shows."""
        if "tolerance" in chosen:
            return options
        return replace(options, tolerance=float(f"{_SHARE * scene.window.width:.2g}"))

    @staticmethod
    def limits(scene: Scene) -> dict[str, Limit]:
        (low, high), flat = span(scene.image), depth_limit(scene)
        tolerance = Limit(max((high - low) / 1000, 1.0 if high - low > 20 else 0.0), (high - low) / 2, scene.image.unit)
        return {"tolerance": tolerance, **({"is_3d": flat} if flat is not None else {})}

    def _grows_alike(self, to: ImagePoint) -> bool:
        return self._scene.rule is not PaintRule.label and self._value(to) == self._grown_from

    def _value(self, at: ImagePoint) -> float:
        """NaN outside of the image and for padding."""
        rows, columns = self._scene.size
        row, column = math.floor(at.row), math.floor(at.column)
        return value_at(self._scene, row, column) if 0 <= row < rows and 0 <= column < columns else math.nan

    def _inside(self, seed: ImagePoint) -> Inside:
        image, plane, tolerance = self._scene.image, self._scene.plane, self.tolerance
        self._grown_from = value = self._value(seed)
        if math.isnan(value):
            return _none
        return lambda rect, step=1: within(image, plane, rect, value - tolerance, value + tolerance, step)


def _none(rect: Rect, step: int = 1) -> Coverage:
    return np.zeros((rect.height, rect.width), bool)[::step, ::step]


def _through(scene: Scene, rect: Rect) -> Box:
    """All voxels that lie behind or before a rectangle of the plane."""
    last = scene.mask.voxels.shape[scene.plane.axis] - 1
    return Plane(scene.plane.axis, 0).box(rect).union(Plane(scene.plane.axis, last).box(rect))


def _offer(scene: Scene, paint: Paint, seed: ImagePoint, bounds: Box, band: tuple[float, float], name: Message) -> Run:
    """band: values that belong, both ends count; NaN for none."""
    image, axis, voxels = scene.image, scene.plane.axis, scene.mask.voxels
    row, column = math.floor(seed.row), math.floor(seed.column)
    place = scene.plane.box(Rect(row, column, row + 1, column + 1))

    def inside(k: int, rect: Rect) -> Coverage:
        return within(image, Plane(0, k), rect, *band)

    def run(stop: Stop = never) -> Suggestion | None:
        found = None if math.isnan(band[0]) else connected_body((place.k0, place.j0, place.i0), bounds, inside, stop)
        if found is None or found[0].is_empty:
            return None
        box, where = found
        edit = paint.edit(box, voxels[box.index], where, name, FloodFill.id)
        if edit is None:
            return None
        slices = edit.box.shape[axis]
        return Suggestion(Message("{fill} in {n} slices", fill=name, n=slices) if slices != 1
                          else Message("{fill} in 1 slice", fill=name), (edit,))

    return run
