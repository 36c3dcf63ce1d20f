"""Where each pixel comes from, in colours over the image: the network's that were kept, added and removed ones."""

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from urwkv_desktop.editing.edits import Voxels
from urwkv_desktop.editing.shares import ADDED, KEPT, REMOVED, origins
from urwkv_desktop.gui.canvas.sampling import Grid, nearest
from urwkv_desktop.gui.canvas.screen_buffer import Words
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import Rect

# By what they stand for. Light blue, green and red are told apart by their lightness, too, and removed is hatched.
COLOURS = {"kept": "#9cc9f5", "confirmed": "#b18cff", "added": "#4cc38a", "removed": "#e5484d", "drawn": "#4cc38a"}
_OPACITY = 0.55
_HATCH = 6  # device pixels from one stripe to the next


class OriginLayer:
    """Drawn anew with each paint, only what is exposed and only where something was ever drawn.

    network: N of the plane, [rows, columns]; None without one. reach: outside of it there is neither mask nor N.
    """

    def __init__(self) -> None:
        self.is_on = False
        self.is_confirmed = False
        self.network: Voxels | None = None
        self.reach = Rect(0, 0, 0, 0)
        self.retired: tuple[int, ...] = ()

    def paint(self, painter: QPainter, mask: Voxels | None, transform: ViewTransform, exposed: Extent) -> None:
        """painter: in device pixels. mask: the plane's label ids."""
        if not self.is_on or mask is None or (self.network is not None and self.network.shape != mask.shape):
            return
        extent = transform.extent(self.reach).intersection(exposed)
        if extent.is_empty:
            return
        words = self.words(mask, transform, extent)
        height, width = words.shape
        picture = QImage(words.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        painter.drawImage(extent.x0, extent.y0, picture)

    def words(self, mask: Voxels, transform: ViewTransform, extent: Extent) -> Words:
        """Premultiplied 0xAARRGGBB of the extent."""
        grid = Grid(transform, 0)
        said = None if self.network is None else _sampled(self.network, grid, extent)
        codes = origins(_sampled(mask, grid, extent), said, self.retired)
        removed = codes == REMOVED
        if removed.any():
            rows, columns = np.ogrid[extent.y0:extent.y1, extent.x0:extent.x1]
            codes[removed & ((rows + columns) % _HATCH >= _HATCH // 2)] = 0
        return self._ink().take(codes)

    def _ink(self) -> Words:
        ink = np.zeros(4, np.uint32)
        ink[KEPT] = _premultiplied(COLOURS["confirmed" if self.is_confirmed else "kept"])
        ink[ADDED], ink[REMOVED] = _premultiplied(COLOURS["added"]), _premultiplied(COLOURS["removed"])
        return ink


def _sampled(ids: Voxels, grid: Grid, extent: Extent) -> Voxels:
    """The id under the centre of each device pixel. Made smaller, only the pixels that are shown are read."""
    if grid.transform.zoom >= 1:
        return nearest(ids, grid, extent)
    return ids[np.ix_(grid.rows(extent, ids.shape[0]), grid.columns(extent, ids.shape[1]))]


def _premultiplied(colour: str) -> int:
    whole = QColor(colour)
    red, green, blue = (round(part * _OPACITY) for part in (whole.red(), whole.green(), whole.blue()))
    return round(255 * _OPACITY) << 24 | red << 16 | green << 8 | blue
