"""Measure: a line for a length, an outline for an area. It changes no mask."""

import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

from urwkv_desktop.editing.edits import MeasureEdit
from urwkv_desktop.editing.measuring import area, length
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.outlining import shapes
from urwkv_desktop.editing.tools.tool import NOTHING, CursorShape, Preview, Shape
from urwkv_desktop.editing.tools.trail import Line, Place, pair
from urwkv_desktop.imaging import ImagePoint, Message

# The words of `kind` in the inspector.
KINDS = {"length": Message("Length"), "area": Message("Area")}
_SMALLEST = 0.5  # pixels: what is shorter was a press that went nowhere


@dataclass(frozen=True)
class MeasureOptions:
    """kind: "length" of a line or "area" of an outline."""

    kind: str = field(default="length", metadata={"choices": tuple(KINDS), "label": Message("What is measured")})

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a measurement called {self.kind}")


class Measure(Line):
    """Ctrl measures the other kind."""

    id: ClassVar[str] = "measure"
    icon: ClassVar[str] = "mdi6.ruler"
    action: ClassVar[str] = "tool.measure"
    name: ClassVar[Message] = Message("Measure")
    Options: ClassVar[type[Any]] = MeasureOptions
    changes_mask: ClassVar[bool] = False

    def __init__(self, scene: Scene, options: MeasureOptions, *, inverted: bool = False) -> None:
        super().__init__()
        self._scene = scene
        self._is_area = (options.kind == "area") != inverted

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview:
        self._points = [self._within(at)]
        return self._preview()

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        if not self._points:
            return NOTHING
        place = self._within(to)
        if not self._is_area:
            self._points = [self._points[0], place]
        elif place != self._points[-1]:
            self._points.append(place)
        return self._preview()

    def release(self, at: ImagePoint) -> MeasureEdit | None:
        self.move(at)
        points = tuple(self._points)
        self.cancel()
        if len(points) < (3 if self._is_area else 2) or _extent(points) < _SMALLEST:
            return None
        plane = self._scene.plane
        return MeasureEdit("area" if self._is_area else "length", points, plane.axis, plane.index,
                           reader=self._scene.reader)

    @staticmethod
    def hint(scene: Scene, options: MeasureOptions, inverted: bool) -> Message:
        if (options.kind == "area") != inverted:
            return Message("Draw around what is measured · Ctrl measures a length") if not inverted \
                else Message("Measures an area while Ctrl is held")
        return Message("Draw from one end to the other · Ctrl measures an area") if not inverted \
            else Message("Measures a length while Ctrl is held")

    @staticmethod
    def cursor(options: MeasureOptions, scene: Scene) -> CursorShape:
        return CursorShape("cross", 1.0)

    def _within(self, at: ImagePoint) -> Place:
        """Outside of the image there is nothing to measure."""
        rows, columns = self._scene.size
        row, column = pair(at)
        return min(max(row, 0.0), float(rows)), min(max(column, 0.0), float(columns))

    def _preview(self) -> Preview:
        drawn = shapes(self._points).shapes if self._is_area else (
            *((Shape(tuple(self._points)),) if len(self._points) > 1 else ()),
            Shape(tuple(self._points), kind="handles"))
        return Preview(NOTHING.rect, NOTHING.labels, drawn, self._figure())

    def _figure(self) -> Message | None:
        geometry, plane = self._scene.image.geometry, self._scene.plane
        if self._is_area:
            return area(self._points, plane, geometry).words if len(self._points) > 2 else None
        return length(self._points, plane, geometry).words if len(self._points) > 1 else None


def _extent(points: tuple[Place, ...]) -> float:
    rows, columns = [row for row, _ in points], [column for _, column in points]
    return math.hypot(max(rows) - min(rows), max(columns) - min(columns))
