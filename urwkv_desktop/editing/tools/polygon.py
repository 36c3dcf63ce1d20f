"""The polygon: one point a press; points can be moved until it is closed."""

from typing import ClassVar

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.outlining import OpenOutline, OutlineOptions, is_near, outline_hint, shapes
from urwkv_desktop.editing.tools.tool import Preview
from urwkv_desktop.editing.tools.trail import Place, pair
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import ImagePoint, Message


class Polygon(OpenOutline):
    """A press on a point takes hold of it; one on the first point, let go where it was pressed, closes."""

    id: ClassVar[str] = "polygon"
    icon: ClassVar[str] = "mdi6.vector-polygon"
    action: ClassVar[str] = "tool.polygon"
    name: ClassVar[Message] = Message("Polygon")
    inverted_name: ClassVar[Message] = Message("Polygon, removing")

    def __init__(self, scene: Scene, options: OutlineOptions, *, inverted: bool = False) -> None:
        super().__init__(scene, options, inverted=inverted)
        self._hand: Place | None = None
        self._held: int | None = None
        self._pressed = (0.0, 0.0)
        self._closes = False  # the press was on the first point, and has not moved it

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview:
        place, self._hand = pair(at), None
        self._pressed = place
        self._held = self._found(place)
        self._closes = self._held == 0 and len(self._points) > 2
        if self._held is None:
            self._points.append(place)
            self._held = len(self._points) - 1
        return self._preview()

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        if self._held is not None and (not self._closes or not is_near(pair(to), self._pressed, self._grip / 2)):
            self._points[self._held] = pair(to)
            self._closes = False
        return self._preview()

    def hover(self, to: ImagePoint) -> Preview:
        self._hand = pair(to)
        return self._preview()

    def release(self, at: ImagePoint) -> MaskEdit | Work | None:
        if self._held is None:
            return None
        if pair(at) != self._pressed:
            self.move(at)
        self._held, self._hand = None, pair(at)
        return self._closed() if self._closes else None

    def cancel(self) -> None:
        super().cancel()
        self._held, self._hand = None, None

    @staticmethod
    def hint(scene: Scene, options: OutlineOptions, inverted: bool) -> Message:
        return outline_hint(scene, options, inverted, Message("A press sets a point, Enter or a double click closes"))

    @property
    def _grip(self) -> float:
        return self._scene.grip()

    def _found(self, place: Place) -> int | None:
        """The point under the hand: the nearest within its grip."""
        near = [(index, point) for index, point in enumerate(self._points) if is_near(point, place, self._grip)]
        away = [((row - place[0]) ** 2 + (column - place[1]) ** 2, index) for index, (row, column) in near]
        return min(away)[1] if away else None

    def _step_back(self) -> None:
        self._points.pop()

    def _preview(self) -> Preview:
        hand = () if self._hand is None or not self._points else (self._points[-1], self._hand)
        return shapes(self._points, hand, self._points)
