"""Where each pixel comes from, in colours over the image: the network's that were kept, added and removed ones."""

from math import floor

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PySide6.QtGui import QColor, QPainter

from urwkv_desktop.editing.edits import Voxels
from urwkv_desktop.editing.shares import ADDED, KEPT, REMOVED, origins
from urwkv_desktop.gui.canvas.kept_picture import KeptPicture
from urwkv_desktop.gui.canvas.sampling import Grid, nearest
from urwkv_desktop.gui.canvas.screen_buffer import Words
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import Rect

# By what they stand for. Light blue, green and red are told apart by their lightness, too, and removed is hatched.
COLOURS = {"kept": "#9cc9f5", "confirmed": "#b18cff", "added": "#4cc38a", "removed": "#e5484d", "drawn": "#4cc38a"}
_OPACITY = 0.55
_HATCH = 6  # device pixels from one stripe to the next
_SPARSE = 0.1  # made smaller than this, whole rows cost more than single pixels
_NOTHING = Rect(0, 0, 0, 0)
_NOWHERE = Extent(0, 0, 0, 0)


class OriginLayer:
    """Drawn where something was ever drawn, and anew where the mask was touched or the network said something else.

    network: N of the plane, [rows, columns]; None without one. reach: outside of it there is neither mask nor N.
    """

    def __init__(self) -> None:
        self.is_on = False
        self.is_confirmed = False
        self.network: Voxels | None = None
        self.reach = _NOTHING
        self.retired: tuple[int, ...] = ()
        self._stale = _NOTHING
        self._said: Voxels | None = None  # what the network said in what is kept
        self._picture = KeptPicture()

    def forget(self) -> None:
        """Another plane or image."""
        self._picture.forget()

    def touched(self, rect: Rect) -> None:
        """The plane's mask changed inside the rectangle."""
        self._stale = self._stale.union(rect)

    def paint(self, painter: QPainter, mask: Voxels | None, transform: ViewTransform, screen: Extent) -> None:
        """painter: in device pixels, clipped to what is exposed. mask: the plane's label ids."""
        if not self.is_on or mask is None or (self.network is not None and self.network.shape != mask.shape):
            return
        if self.network is not self._said:
            self._said = self.network
            self._picture.forget()

        def draw(extent: Extent) -> Words:
            return self.words(mask, transform, extent)

        whole = self.reach.intersection(Rect(0, 0, *mask.shape))
        area = transform.extent(whole).intersection(screen) if not whole.is_empty else _NOWHERE
        stale, self._stale = self._stale, _NOTHING
        is_new = self._picture.show((self.is_confirmed, self.retired), transform, screen, area, draw)
        if not is_new and not stale.is_empty:
            self._picture.mend(transform.extent(stale).grown(1), draw)
        self._picture.paint(painter)

    def words(self, mask: Voxels, transform: ViewTransform, extent: Extent) -> Words:
        """Premultiplied 0xAARRGGBB of the extent."""
        grid = Grid(transform, 0)
        said = None if self.network is None else _sampled(self.network, grid, extent)
        codes = origins(_sampled(mask, grid, extent), said, self.retired)
        removed = codes == REMOVED
        if removed.any():
            # Stripes: one line, shifted row by row, at the same place of the image wherever that lies on the screen.
            first = extent.x0 + extent.y0 - floor(transform.left) - floor(transform.top)
            line = np.arange(first, first + extent.width + extent.height) % _HATCH >= _HATCH // 2
            removed &= sliding_window_view(line, extent.width)[:extent.height]
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
