"""Pixels of a pyramid's level brought onto the screen's grid."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from urwkv_desktop.gui.canvas.pyramid import Pixels
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform

_INVERSE = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


@dataclass(frozen=True)
class Grid:
    """How the device pixels of a screen fall on level n of a pyramid (each of its pixels is 2^n image pixels wide)."""

    transform: ViewTransform
    n: int

    @property
    def row_step(self) -> float:
        """Level rows per device pixel; negative where mirrored."""
        return 1 / (self.transform.zoom_rows * (1 << self.n))

    @property
    def column_step(self) -> float:
        return 1 / (self.transform.zoom_columns * (1 << self.n))

    def rows(self, extent: Extent, size: int) -> npt.NDArray[np.intp]:
        """The level's row under the centre of each device row, clamped to its size."""
        return _nearest(extent.y0, extent.y1, self.transform.top, self.row_step, size)

    def columns(self, extent: Extent, size: int) -> npt.NDArray[np.intp]:
        return _nearest(extent.x0, extent.x1, self.transform.left, self.column_step, size)


def _nearest(start: int, stop: int, origin: float, step: float, size: int) -> npt.NDArray[np.intp]:
    places = np.floor((np.arange(start, stop) + (0.5 - origin)) * step)
    held: npt.NDArray[np.float64] = np.minimum(np.maximum(places, 0), size - 1)
    return held.astype(np.intp)


def nearest(level: Pixels, grid: Grid, extent: Extent) -> Pixels:
    """The level's pixel under the centre of each device pixel of the extent, exactly."""
    if grid.transform.swapped:
        level, grid = level.swapaxes(0, 1), Grid(grid.transform.straight, grid.n)
    rows, columns = grid.rows(extent, level.shape[0]), grid.columns(extent, level.shape[1])
    first, last = sorted((int(rows[0]), int(rows[-1])))
    if last - first + 1 <= len(rows):  # magnified: few source rows are widened once, then repeated
        return level[first:last + 1].take(columns, axis=1).take(rows - first, axis=0)
    left, right = sorted((int(columns[0]), int(columns[-1])))
    return level[:, left:right + 1].take(rows, axis=0).take(columns - left, axis=1)


def linear(level: Pixels, grid: Grid, extent: Extent) -> Pixels:
    """Bilinear between the centres of the level's pixels, held at its border."""
    if grid.transform.swapped:
        level, grid = level.swapaxes(0, 1), Grid(grid.transform.straight, grid.n)
    left, right = _window(extent.x0, extent.x1, grid.transform.left, grid.column_step, level.shape[1])
    top, bottom = _window(extent.y0, extent.y1, grid.transform.top, grid.row_step, level.shape[0])
    if (left, top) == (0, 0) and _begins_alike(grid.transform, extent):
        resized = _resized(level[:bottom, :right], grid, extent)
        if resized is not None:
            return resized
    crop = _in_rows(level[top:bottom, left:right])
    # OpenCV warps int16 five times slower than float32.
    crop = crop.astype(np.float32) if crop.dtype == np.int16 else crop
    across = (extent.x0 + 0.5 - grid.transform.left) * grid.column_step - 0.5 - left
    down = (extent.y0 + 0.5 - grid.transform.top) * grid.row_step - 0.5 - top
    matrix = np.array([[grid.column_step, 0.0, across], [0.0, grid.row_step, down]])
    size = (extent.width, extent.height)
    return np.asarray(cv2.warpAffine(crop, matrix, size, flags=_INVERSE, borderMode=cv2.BORDER_REPLICATE))


def _begins_alike(transform: ViewTransform, extent: Extent) -> bool:
    """The extent begins where row 0 and column 0 do, on whichever side that is."""
    return (extent.x1 if transform.zoom_columns < 0 else extent.x0) == transform.left \
        and (extent.y1 if transform.zoom_rows < 0 else extent.y0) == transform.top


def _resized(crop: Pixels, grid: Grid, extent: Extent) -> Pixels | None:
    """As `linear`, from row 0 and column 0 on: seven times faster than a warp, and truer, as that knows places to 1/32
    of a pixel only. None where rounding leaves the last row or column out."""
    out: Pixels = np.asarray(cv2.resize(_in_rows(crop), None, fx=abs(1 / grid.column_step),
                                        fy=abs(1 / grid.row_step), interpolation=cv2.INTER_LINEAR))
    if out.shape[0] < extent.height or out.shape[1] < extent.width:
        return None
    down, across = (-1 if step < 0 else 1 for step in (grid.row_step, grid.column_step))
    return out[:extent.height, :extent.width][::down, ::across]


def _in_rows(crop: Pixels) -> Pixels:
    """With its rows one after the other in memory; OpenCV turns columns into rows ten times faster than numpy."""
    if crop.ndim == 2 and crop.strides[0] == crop.itemsize and crop.shape[1] > 1:
        return np.asarray(cv2.transpose(crop.T))
    return np.ascontiguousarray(crop)


def _window(start: int, stop: int, origin: float, step: float, size: int) -> tuple[int, int]:
    """The level's pixels that bilinear sampling of device pixels start..stop reads, at least one."""
    low, high = sorted(((start - origin) * step, (stop - origin) * step))
    first = min(max(int(np.floor(low)) - 1, 0), size - 1)
    return first, max(min(int(np.ceil(high)) + 2, size), first + 1)
