"""Gestures that draw a line of points, and the simplest of them: a drag whose line is where the hand went."""

from urwkv_desktop.editing.tools.tool import NOTHING, Gesture, Preview, Shape
from urwkv_desktop.imaging import ImagePoint

Place = tuple[float, float]  # (row, column) in the plane, as a Shape's points are


class Line(Gesture):
    """Points that a gesture has drawn so far, and nothing in the mask until it ends."""

    def __init__(self) -> None:
        self._points: list[Place] = []

    @property
    def pending(self) -> Preview | None:
        return self._preview() if self._points else None

    def cancel(self) -> None:
        self._points = []

    def _preview(self) -> Preview:
        return Preview(NOTHING.rect, NOTHING.labels, (Shape(tuple(self._points)),))


class Trail(Line):
    """The line follows the hand from the press on; how it ends is its heirs' matter."""

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview:
        self._points = [pair(at)]
        return self._preview()

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        if self._points and pair(to) != self._points[-1]:
            self._points.append(pair(to))
        return self._preview()

    def _ended(self, at: ImagePoint) -> tuple[Place, ...]:
        """The whole line; the gesture is over."""
        self.move(at)
        points = tuple(self._points)
        self.cancel()
        return points


def pair(at: ImagePoint) -> Place:
    """(row, column)."""
    return at.row, at.column
