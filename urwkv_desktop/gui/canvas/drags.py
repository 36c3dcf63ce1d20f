"""Drags that are no tool's: panning, window and level, zoom, and slices."""

from dataclasses import dataclass

from urwkv_desktop.imaging import Window

_PER_PIXEL = 1 / 400  # of the image's own width: dragging 400 pixels sideways doubles it


@dataclass
class PanDrag:
    """x, y: device pixels where the drag began; done: how far the view was moved since."""

    x: float
    y: float
    done: tuple[int, int] = (0, 0)

    def step(self, x: float, y: float) -> tuple[int, int]:
        """Whole device pixels still to move; what is lost in rounding is made good by the next step."""
        whole = round(x - self.x), round(y - self.y)
        step = whole[0] - self.done[0], whole[1] - self.done[1]
        self.done = whole
        return step


@dataclass(frozen=True)
class WindowDrag:
    """x, y: logical pixels where the drag began; window: as it was; own: the image's, which sets the pace.

    smallest: the narrowest width (1 for whole numbers).
    """

    x: float
    y: float
    window: Window
    own: Window
    smallest: float

    def at(self, x: float, y: float) -> Window:
        """Sideways the width, up and down the level (up is more)."""
        pace = max(self.own.width, self.smallest * 8) * _PER_PIXEL
        width = max(self.window.width + (x - self.x) * pace, self.smallest)
        centre = self.window.centre - (y - self.y) * pace
        if self.smallest >= 1:
            width, centre = float(round(width)), float(round(centre))
        return Window(centre, width, curve=self.window.curve)


@dataclass
class ZoomDrag:
    """x, y: logical pixels where the drag began, the place that stays; at: the last y."""

    x: float
    y: float
    at: float

    def step(self, y: float) -> float:
        """How much nearer since the last step: up is nearer, 100 pixels double it."""
        factor = float(2.0 ** ((self.at - y) / 100.0))
        self.at = y
        return factor


@dataclass
class SliceDrag:
    """y: logical pixels where the drag began; done: the slices turned since."""

    y: float
    done: int = 0

    def step(self, y: float) -> int:
        """Slices still to turn; down goes on, one every eight pixels."""
        whole = int((y - self.y) / 8.0)
        step, self.done = whole - self.done, whole
        return step
