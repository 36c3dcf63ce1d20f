"""What the tool in the hand would take of what is visible: a light hatch, and a line where it ends.

Drawn on the screen's grid: it costs what the window's pixels cost. Below 1:1 it goes by the values as they are shown.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QPainter

from urwkv_desktop.editing.tools.values import stored_within
from urwkv_desktop.editing.tools.veil import Grid, Veil
from urwkv_desktop.gui.canvas.outline import premultiplied
from urwkv_desktop.gui.canvas.pyramid import Pixels
from urwkv_desktop.gui.canvas.screen_buffer import ScreenBuffer
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import Padding
from urwkv_desktop.imaging.prediction import own_cells

_NOWHERE = Extent(0, 0, 0, 0)
_GAP = 6  # device pixels (times the ratio) from one line of the hatch to the next
_HATCH, _LINE, _RIM = 0.5, 1.0, 0.55  # opacities
_INVERSE = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Shown:
    """What of the image is on the screen: its values there [rows, columns] or [rows, columns, 3], and where."""

    values: Pixels
    extent: Extent
    padding: Padding | None = None


class VeilLayer:
    """Kept until the veil, the view or the colour is another one."""

    def __init__(self) -> None:
        self.veil: Veil | None = None
        self.colour = 0xFFFFFF
        self._grid: Grid | None = None
        self._odds: Floats = np.zeros((0, 0), np.float32)
        self._source: tuple[object, ...] = ()  # what the grid was made of
        self._view: tuple[object, ...] = ()  # where the odds were sampled
        self._key: tuple[object, ...] = ()
        self._pattern: npt.NDArray[np.uint32] = np.zeros((0, 0), np.uint32)
        self._pattern_key: tuple[object, ...] = ()
        self._extent = _NOWHERE
        self._buffer = ScreenBuffer(1, 1, QImage.Format.Format_ARGB32_Premultiplied, 0)

    def follow(self, veil: Veil | None, colour: str) -> bool:
        """colour: #rrggbb. Answers whether something else has to be painted now."""
        before, ink = self.veil, int(colour.lstrip("#"), 16)
        if (veil and veil.key, ink) == (before and before.key, self.colour):
            return False
        if veil is None:
            self.forget()
        self.veil, self.colour = veil, ink
        return veil is not None or before is not None

    def forget(self) -> None:
        """Another image or plane: what was made of the old one is given back."""
        self.veil = self._grid = None
        self._odds, self._source, self._view, self._key = np.zeros((0, 0), np.float32), (), (), ()

    def paint(self, painter: QPainter, shown: Shown, transform: ViewTransform, ratio: float) -> None:
        """painter: in device pixels, clipped to what is exposed."""
        if self.veil is None or shown.extent.is_empty:
            return
        key = (self.veil.key, transform, shown.extent, self.colour, ratio)
        if key != self._key:
            self._key = key
            self._compose(self.veil, shown, transform, ratio)
        at = self._extent
        painter.drawImage(at.x0, at.y0, self._buffer.image, 0, 0, at.width, at.height)

    def _compose(self, veil: Veil, shown: Shown, transform: ViewTransform, ratio: float) -> None:
        self._extent = shown.extent
        rows, columns = shown.extent.height, shown.extent.width
        if self._buffer.extent.height < rows or self._buffer.extent.width < columns:
            self._buffer = ScreenBuffer(columns, rows, QImage.Format.Format_ARGB32_Premultiplied, 0)
        if veil.grid is None:
            inside = stored_within(shown.values, (veil.low, veil.high), shown.padding).view(np.uint8)
        else:
            inside = self._within_grid(veil, shown.extent, transform)
        words = self._buffer.words[:rows, :columns]
        np.multiply(self._hatch(rows, columns, ratio), inside, out=words)
        if veil.grid is not None:
            near = np.ones((3, 3), np.uint8)
            words[(cv2.dilate(inside, near) != inside)] = premultiplied(0, _RIM)
            words[(cv2.erode(inside, near) != inside)] = premultiplied(_lighter(self.colour), _LINE)

    def _within_grid(self, veil: Veil, extent: Extent, transform: ViewTransform) -> npt.NDArray[np.uint8]:
        """uint8 [extent], 1 inside."""
        assert veil.grid is not None
        if veil.source != self._source or self._grid is None:
            self._source, self._view, self._grid = veil.source, (), veil.grid()
        grid = _transposed(self._grid) if transform.swapped else self._grid
        straight = transform.straight
        if (transform, extent) != self._view:
            self._view = (transform, extent)
            sample = _per_pixel if transform.is_magnified else _per_device_pixel
            self._odds = sample(grid, extent, straight)
        inside = (self._odds >= np.float32(veil.low)).view(np.uint8)
        if not transform.is_magnified:
            return inside
        rows = _pixels(extent.y0, extent.y1, straight.top, straight.zoom_rows, grid.size[0])
        columns = _pixels(extent.x0, extent.x1, straight.left, straight.zoom_columns, grid.size[1])
        blocks: npt.NDArray[np.uint8] = inside.take(rows - rows.min(), axis=0).take(columns - columns.min(), axis=1)
        return blocks

    def _hatch(self, rows: int, columns: int, ratio: float) -> npt.NDArray[np.uint32]:
        key = (self.colour, ratio)
        if key != self._pattern_key or self._pattern.shape[0] < rows or self._pattern.shape[1] < columns:
            self._pattern_key = key
            width = max(1, round(ratio))
            phase = np.add.outer(np.arange(rows), np.arange(columns)) // width % _GAP
            self._pattern = np.where(phase == 0, np.uint32(premultiplied(self.colour, _HATCH)), np.uint32(0))
        return self._pattern[:rows, :columns]


def _per_device_pixel(grid: Grid, extent: Extent, transform: ViewTransform) -> Floats:
    """float32 [extent]: the value at each device pixel's centre, to 1/64 of a cell."""
    top, left, bottom, right = grid.placement
    own = own_cells(top, bottom, grid.layers.shape[1]), own_cells(left, right, grid.layers.shape[2])
    down, across = (bottom - top) / grid.size[0] / transform.zoom_rows, \
        (right - left) / grid.size[1] / transform.zoom_columns
    map_ = np.array([[across, 0, (extent.x0 + 0.5 - transform.left) * across + left - 0.5 - own[1].start],
                     [0, down, (extent.y0 + 0.5 - transform.top) * down + top - 0.5 - own[0].start]])
    size = (extent.width, extent.height)
    layers = np.empty((len(grid.layers), extent.height, extent.width), np.float32)
    for layer, out in zip(np.ascontiguousarray(grid.layers[:, *own]), layers, strict=True):
        cv2.warpAffine(layer, map_, size, dst=out, flags=_INVERSE, borderMode=cv2.BORDER_REPLICATE)
    return grid.reduce(layers)


def _per_pixel(grid: Grid, extent: Extent, transform: ViewTransform) -> Floats:
    """float32 [image pixels that the extent touches]: the value at each image pixel's centre."""
    rows = _pixels(extent.y0, extent.y1, transform.top, transform.zoom_rows, grid.size[0])
    columns = _pixels(extent.x0, extent.x1, transform.left, transform.zoom_columns, grid.size[1])
    top, left, bottom, right = grid.placement
    upper, lower, down = _cells(rows, grid.size[0], top, bottom, grid.layers.shape[1])
    before, after, across = _cells(columns, grid.size[1], left, right, grid.layers.shape[2])
    tall = grid.layers[:, upper] * (1 - down)[None, :, None] + grid.layers[:, lower] * down[None, :, None]
    wide = tall.take(before, axis=2)
    wide += (tall.take(after, axis=2) - wide) * across
    return grid.reduce(wide)


def _pixels(start: int, stop: int, origin: float, zoom: float, size: int) -> npt.NDArray[np.intp]:
    """The image row or column under each device pixel's centre."""
    under = np.floor((np.arange(start, stop) + 0.5 - origin) / zoom).astype(np.intp)
    clipped: npt.NDArray[np.intp] = np.clip(under, 0, size - 1)
    return clipped


def _cells(pixels: npt.NDArray[np.intp], size: int, low: float, high: float, cells: int,
           ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats]:
    """As `Prediction.logits` samples, for the span of pixels from the first to the last."""
    span, own = np.arange(pixels.min(), pixels.max() + 1), own_cells(low, high, cells)
    centre = np.clip((span + 0.5) * ((high - low) / size) + low - 0.5, own.start, own.stop - 1)
    first = np.floor(centre).astype(np.intp)
    return first, np.minimum(first + 1, cells - 1), (centre - first).astype(np.float32)


def _transposed(grid: Grid) -> Grid:
    top, left, bottom, right = grid.placement
    return Grid(grid.layers.transpose(0, 2, 1), (left, top, right, bottom), grid.size[::-1], grid.reduce)


def _lighter(rgb: int) -> int:
    """Half way to white, so that it is not taken for the mask's own outline. 0xRRGGBB."""
    return sum((((rgb >> shift & 255) + 255) // 2) << shift for shift in (16, 8, 0))
