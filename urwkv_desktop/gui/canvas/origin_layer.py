"""Where each pixel comes from, in colours over the image: the network's that were kept, added and removed ones."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PySide6.QtGui import QColor, QImage, QPainter

from urwkv_desktop.editing.edits import Voxels
from urwkv_desktop.editing.shares import ADDED, KEPT, REMOVED, origins
from urwkv_desktop.gui.canvas.sampling import Grid, nearest
from urwkv_desktop.gui.canvas.screen_buffer import ScreenBuffer, Words
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import Rect

# By what they stand for. Light blue, green and red are told apart by their lightness, too, and removed is hatched.
COLOURS = {"kept": "#9cc9f5", "confirmed": "#b18cff", "added": "#4cc38a", "removed": "#e5484d", "drawn": "#4cc38a"}
_OPACITY = 0.55
_HATCH = 6  # device pixels from one stripe to the next
_SPARSE = 0.1  # made smaller than this, whole rows cost more than single pixels
_NOTHING = Rect(0, 0, 0, 0)


class OriginLayer:
    """Kept until the view or what the network said is another one; drawn where something was ever drawn, and anew where
    the mask was touched.

    network: N of the plane, [rows, columns]; None without one. reach: outside of it there is neither mask nor N.
    """

    def __init__(self) -> None:
        self.is_on = False
        self.is_confirmed = False
        self.network: Voxels | None = None
        self.reach = _NOTHING
        self.retired: tuple[int, ...] = ()
        self._stale = _NOTHING
        self._key: tuple[object, ...] = ()
        self._said: Voxels | None = None  # what the network said in what is kept
        self._buffer = ScreenBuffer(1, 1, QImage.Format.Format_ARGB32_Premultiplied, 0)

    def forget(self) -> None:
        """Another plane or image."""
        self._key = ()

    def touched(self, rect: Rect) -> None:
        """The plane's mask changed inside the rectangle."""
        self._stale = self._stale.union(rect)

    def paint(self, painter: QPainter, mask: Voxels | None, transform: ViewTransform, screen: Extent) -> None:
        """painter: in device pixels, clipped to what is exposed. mask: the plane's label ids."""
        if not self.is_on or mask is None or (self.network is not None and self.network.shape != mask.shape):
            return
        self._mend(mask, transform, screen)
        area = transform.extent(self.reach).intersection(screen)
        if not area.is_empty:
            painter.drawImage(area.x0, area.y0, self._buffer.image, area.x0, area.y0, area.width, area.height)

    def _mend(self, mask: Voxels, transform: ViewTransform, screen: Extent) -> None:
        """Draw what is stale: a part, or all that can be seen."""
        key = (transform, screen, self.is_confirmed, self.retired)
        stale, self._stale = self._stale, _NOTHING
        if key == self._key and self.network is self._said:
            if stale.is_empty:
                return
            part = transform.extent(stale).grown(1).intersection(screen)
        else:
            self._key, self._said = key, self.network
            if self._buffer.extent != screen:
                self._buffer = ScreenBuffer(screen.width, screen.height, QImage.Format.Format_ARGB32_Premultiplied, 0)
            part = transform.extent(self.reach).intersection(screen)
            self._buffer.clear_around(part)
        part = part.intersection(transform.extent(Rect(0, 0, *mask.shape)))
        if not part.is_empty:
            self._buffer.words[part.index] = self.words(mask, transform, part)

    def words(self, mask: Voxels, transform: ViewTransform, extent: Extent) -> Words:
        """Premultiplied 0xAARRGGBB of the extent."""
        grid = Grid(transform, 0)
        said = None if self.network is None else _sampled(self.network, grid, extent)
        codes = origins(_sampled(mask, grid, extent), said, self.retired)
        removed = codes == REMOVED
        if removed.any():
            line = (np.arange(extent.x0 + extent.y0, extent.x1 + extent.y1) % _HATCH) >= _HATCH // 2
            removed &= sliding_window_view(line, extent.width)[:extent.height]  # stripes: one line, shifted row by row
            codes *= ~removed
        return self._ink().take(codes, mode="clip")

    def _ink(self) -> Words:
        ink = np.zeros(4, np.uint32)
        ink[KEPT] = _premultiplied(COLOURS["confirmed" if self.is_confirmed else "kept"])
        ink[ADDED], ink[REMOVED] = _premultiplied(COLOURS["added"]), _premultiplied(COLOURS["removed"])
        return ink


def _sampled(ids: Voxels, grid: Grid, extent: Extent) -> Voxels:
    """The id under the centre of each device pixel. Made much smaller, only the pixels that are shown are read."""
    if grid.transform.zoom >= _SPARSE or grid.transform.swapped:
        return nearest(ids, grid, extent)
    return ids[np.ix_(grid.rows(extent, ids.shape[0]), grid.columns(extent, ids.shape[1]))]


def _premultiplied(colour: str) -> int:
    whole = QColor(colour)
    red, green, blue = (round(part * _OPACITY) for part in (whole.red(), whole.green(), whole.blue()))
    return round(255 * _OPACITY) << 24 | red << 16 | green << 8 | blue
