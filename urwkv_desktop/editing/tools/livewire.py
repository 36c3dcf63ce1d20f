"""The livewire: the line follows the edges from the last point to the hand."""

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.edges import EdgeWindow, Place
from urwkv_desktop.editing.tools.outlining import OpenOutline, OutlineOptions, is_near, outline_hint, shapes
from urwkv_desktop.editing.tools.tool import Preview
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import ImagePoint, Message

_AT_ONCE = 2  # windows that are searched for one movement; what lies further away is joined by a straight line
_KEPT = 0.6  # of a path to a window's edge: where the next window begins, as its end is no edge's


@dataclass
class _Wire:
    """The way from one place to the hand, through as many windows as it takes; those behind the hand are let go."""

    scene: Scene
    windows: list[EdgeWindow]

    @staticmethod
    def begun(scene: Scene, at: Place) -> "_Wire":
        return _Wire(scene, [EdgeWindow.about(scene, at)])

    def to(self, hand: Place) -> list[Place]:
        held = next((index for index, window in enumerate(self.windows) if window.holds(hand)), None)
        if held is not None:
            del self.windows[held + 1:]
        else:
            self._follow(hand)
        way: list[Place] = []
        for window, following in pairwise(self.windows):
            way += window.path(following.seed)[:-1]
        way += self.windows[-1].path(hand)
        return way if way[-1] == hand else [*way, hand]

    def _follow(self, hand: Place) -> None:
        for _ in range(_AT_ONCE):
            way = self.windows[-1].path(hand)
            turn = way[round((len(way) - 1) * _KEPT)]
            if turn == self.windows[-1].seed:
                return
            self.windows.append(EdgeWindow.about(self.scene, turn))
            if self.windows[-1].holds(hand):
                return


class Livewire(OpenOutline):
    """A press fixes the line so far; one on the first point closes it, as Enter does with a straight line."""

    id: ClassVar[str] = "livewire"
    icon: ClassVar[str] = "mdi6.magnet"
    action: ClassVar[str] = "tool.livewire"
    name: ClassVar[Message] = Message("Livewire")
    inverted_name: ClassVar[Message] = Message("Livewire, removing")

    def __init__(self, scene: Scene, options: OutlineOptions, *, inverted: bool = False) -> None:
        super().__init__(scene, options, inverted=inverted)  # points: the line that is fixed
        self._anchors: list[int] = []  # where in it a press was
        self._wire: _Wire | None = None
        self._hand: list[Place] = []
        self._closes = False

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview:
        place = self._within(at)
        self._closes = len(self._anchors) > 1 and is_near(place, self._points[0], self._scene.grip())
        self._fix(self._points[0] if self._closes else place)
        return self._preview()

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        return self.hover(to)

    def hover(self, to: ImagePoint) -> Preview:
        if self._wire is not None and not self._closes:
            self._hand = self._wire.to(self._within(to))
        return self._preview()

    def release(self, at: ImagePoint) -> MaskEdit | Work | None:
        if self._closes:
            return self._closed()
        place = self._within(at)
        if self._points and not is_near(place, self._points[-1], self._scene.grip()):
            self._fix(place)  # drawn with the button down
        return None

    def cancel(self) -> None:
        super().cancel()
        self._anchors, self._hand, self._wire, self._closes = [], [], None, False

    @staticmethod
    def hint(scene: Scene, options: OutlineOptions, inverted: bool) -> Message:
        return outline_hint(scene, options, inverted, Message("Follows edges, a press fixes the line, Enter closes"))

    def _within(self, at: ImagePoint) -> Place:
        """Outside of the image there is no edge to follow."""
        rows, columns = self._scene.size
        return min(max(at.row, 0.0), float(rows)), min(max(at.column, 0.0), float(columns))

    def _fix(self, place: Place) -> None:
        if self._wire is not None and place != self._points[-1]:
            self._points += self._wire.to(place)[1:]
        elif not self._points:
            self._points = [place]
        self._anchors.append(len(self._points) - 1)
        self._hand = []
        self._wire = None if self._closes else _Wire.begun(self._scene, place)

    def _step_back(self) -> None:
        self._anchors.pop()
        self._hand = []
        if not self._anchors:
            self.cancel()
            return
        del self._points[self._anchors[-1] + 1:]
        self._wire = _Wire.begun(self._scene, self._points[-1])

    def _preview(self) -> Preview:
        return shapes(self._points, self._hand, [self._points[index] for index in self._anchors])
