"""A picture over the image that is kept between paints: shifted with the view, drawn anew only where it has to be."""

from collections.abc import Callable

from PySide6.QtGui import QImage, QPainter

from urwkv_desktop.gui.canvas.screen_buffer import ScreenBuffer, Words
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform, strips_around

# Premultiplied 0xAARRGGBB of a part of the screen.
Draw = Callable[[Extent], Words]
_NOWHERE = Extent(0, 0, 0, 0)


class KeptPicture:
    """area: what of the screen it takes now."""

    def __init__(self) -> None:
        self.area = _NOWHERE
        self._key: object = None
        self._transform: ViewTransform | None = None
        self._buffer = ScreenBuffer(1, 1, QImage.Format.Format_ARGB32_Premultiplied, 0)

    def forget(self) -> None:
        """All of it is drawn anew the next time."""
        self._transform = None

    def show(self, key: object, transform: ViewTransform, screen: Extent, area: Extent, draw: Draw) -> bool:
        """key: another one means another picture. area: what of the screen it takes, as seen from transform.

        Answers whether all of it was drawn anew.
        """
        before = self._transform if key == self._key and self._buffer.extent == screen else None
        self._key, self._transform = key, transform
        if before == transform and area == self.area:
            return False
        step = None if before is None else before.step_to(transform)
        if step is not None:
            self._shift(step, area, draw)
            return False
        if self._buffer.extent != screen:
            self._buffer = ScreenBuffer(screen.width, screen.height, QImage.Format.Format_ARGB32_Premultiplied, 0)
        self.area = area
        self._draw(area, draw)
        return True

    def mend(self, part: Extent, draw: Draw) -> None:
        """It changed there."""
        self._draw(part.intersection(self.area), draw)

    def paint(self, painter: QPainter) -> None:
        """painter: in device pixels, clipped to what is exposed."""
        at = self.area
        if not at.is_empty:
            painter.drawImage(at.x0, at.y0, self._buffer.image, at.x0, at.y0, at.width, at.height)

    def _shift(self, step: tuple[int, int], area: Extent, draw: Draw) -> None:
        dx, dy = step
        kept = self.area.moved(dx, dy).intersection(area)
        if not kept.is_empty:
            self._buffer.words[kept.index] = self._buffer.words[kept.moved(-dx, -dy).index]
        self.area = area
        for strip in strips_around(kept, area):
            self._draw(strip, draw)

    def _draw(self, part: Extent, draw: Draw) -> None:
        if not part.is_empty:
            self._buffer.words[part.index] = draw(part)
