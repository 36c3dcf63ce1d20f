"""Polygons on the grid: a pixel belongs to them where its centre lies inside, several outlines by even and odd."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Corners = npt.NDArray[np.float64]


def filled(outlines: Iterable[Corners], height: int, width: int) -> npt.NDArray[np.bool_]:
    """outlines: [N, 2] of (x, y) each, closed by themselves; pixel (row, column) has its centre at x = column,
    y = row. Holes, keyholes and parts need no care: what an odd number of outlines surrounds is inside.
    """
    crossings = np.zeros((height, width + 1), np.int32)
    for corners in outlines:
        if len(corners) >= 3 and np.isfinite(corners).all():
            _cross(crossings, corners, height, width)
    inside: npt.NDArray[np.bool_] = np.cumsum(crossings, axis=1)[:, :width] % 2 == 1
    return inside


def _cross(crossings: npt.NDArray[np.int32], corners: Corners, height: int, width: int) -> None:
    """Each edge, where it crosses the line of a row's centres, changes all pixels to its right."""
    following = np.roll(corners, -1, axis=0)
    for (x0, y0), (x1, y1) in zip(corners.tolist(), following.tolist(), strict=True):
        if y0 == y1:
            continue
        low, high = (y0, y1) if y0 < y1 else (y1, y0)
        rows = np.arange(max(0, int(np.ceil(low))), min(height, int(np.ceil(high))))  # low <= row < high
        if not rows.size:
            continue
        at = x0 + (rows - y0) * ((x1 - x0) / (y1 - y0))
        columns = np.clip(np.ceil(at), 0, width).astype(np.int64)
        np.add.at(crossings, (rows, columns), 1)
