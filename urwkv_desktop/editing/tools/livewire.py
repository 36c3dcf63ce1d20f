"""The livewire: the line follows the edges from the last point to the hand."""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.edges import FAR, EdgeWindow, Place, step_of
from urwkv_desktop.editing.tools.outlining import OpenOutline, OutlineOptions, is_near, outline_hint, shapes
from urwkv_desktop.editing.tools.tool import Preview
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import ImagePoint, Message

_AT_ONCE = 2  # windows that are searched for one movement; what lies further away is joined by a straight line
_SMOOTHED = 5  # places: a shorter way stays as it is
_KEPT = 0.6  # of a path to a window's edge: where the next window begins, as its end is no edge's


@dataclass
class _Link:
    """A window of the wire. way: to its seed, from where the wire begins; the seed itself is the window's.

    larger, following: what was searched on another thread: a far window about the same seed, and one about a place
    towards which the hand went, with the way to it. Empty until they have come.
    """

    window: EdgeWindow
    way: tuple[Place, ...]
    larger: list[EdgeWindow] = field(default_factory=list)
    following: "list[_Link]" = field(default_factory=list)
    is_followed: bool = False  # a following window was asked for


class _Wire:
    """The way from one place to the hand, through as many windows as it takes; those behind the hand are let go.

    While a hand waits, near windows are searched; far ones come from another thread, and with them no hand has to wait.
    """

    def __init__(self, scene: Scene, at: Place) -> None:
        self._scene = scene
        self._links: list[_Link] = []
        self._append(at, ())

    def to(self, hand: Place) -> list[Place]:
        self._take_what_came()
        held = next((index for index, link in enumerate(self._links) if link.window.holds(hand)), None)
        if held is not None:
            del self._links[held + 1:]
        else:
            self._follow(hand)
        link = self._links[-1]
        way = link.window.path(hand)
        if link.window.is_far(hand) and not link.is_followed:
            self._ask_for_following(link, way)
        whole = smoothed([*link.way, *way])
        return whole if whole[-1] == hand else [*whole, hand]

    def _take_what_came(self) -> None:
        for link in self._links:
            if link.larger:
                link.window = link.larger.pop()

    def _follow(self, hand: Place) -> None:
        last = self._links[-1]
        if last.following and last.following[0].window.holds(hand):
            self._links.append(last.following[0])
            return
        for _ in range(_AT_ONCE):
            last = self._links[-1]
            way = last.window.path(hand)
            turn = round((len(way) - 1) * _KEPT)
            if way[turn] == last.window.seed:
                return
            self._append(way[turn], (*last.way, *way[:turn]))
            if self._links[-1].window.holds(hand):
                return

    def _append(self, seed: Place, way: tuple[Place, ...]) -> None:
        """A near window now; the far one about the same place takes over when it comes."""
        scene, step = self._scene, step_of(self._scene)
        link = _Link(EdgeWindow.about(scene, seed, step=step), way)
        self._links.append(link)
        scene.beside(lambda: link.larger.append(EdgeWindow.about(scene, seed, FAR, step)))

    def _ask_for_following(self, link: _Link, way: list[Place]) -> None:
        link.is_followed = True
        scene, step, turn = self._scene, step_of(self._scene), round((len(way) - 1) * _KEPT)
        seed, before = way[turn], (*link.way, *way[:turn])
        scene.beside(lambda: link.following.append(_Link(EdgeWindow.about(scene, seed, FAR, step), before)))


def smoothed(way: list[Place]) -> list[Place]:
    """A way from cell to cell without its steps: each place the mean of its neighbours by the binomials 1 4 6 4 1, and
    every other one left out. The ends stay; a corner moves by half a cell at most."""
    if len(way) < _SMOOTHED:
        return way
    steps = np.asarray([way[0], way[0], *way, way[-1], way[-1]])
    near, far = steps[1:-3] + steps[3:-1], steps[:-4] + steps[4:]
    mean = (steps[2:-2] * 6 + near * 4 + far) / 16
    mean[0], mean[-1] = way[0], way[-1]
    kept = mean[::2].tolist() if len(mean) % 2 else [*mean[::2].tolist(), mean[-1].tolist()]
    return [(row, column) for row, column in kept]


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
        self._wire = None if self._closes else _Wire(self._scene, place)

    def _step_back(self) -> None:
        self._anchors.pop()
        self._hand = []
        if not self._anchors:
            self.cancel()
            return
        del self._points[self._anchors[-1] + 1:]
        self._wire = _Wire(self._scene, self._points[-1])

    def _preview(self) -> Preview:
        return shapes(self._points, self._hand, [self._points[index] for index in self._anchors])
