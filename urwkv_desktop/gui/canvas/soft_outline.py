"""The mask's look below 4x: the same fill, line and rim, smooth, and never half a pixel off the mask's edge.

The edge of a blurred region says how far away it is: blurring a straight edge with a Gaussian gives the normal
distribution of the distance, so one table from blurred value to colour draws fill, line and rim at once.
"""

from functools import lru_cache
from statistics import NormalDist

import cv2
import numpy as np
import numpy.typing as npt

from urwkv_desktop.gui.canvas.outline import Ink
from urwkv_desktop.gui.canvas.pyramid import Codes
from urwkv_desktop.gui.canvas.screen_buffer import Words

_SIGMA = 1.0  # device pixels of blur at a ratio of 1: reaches the rim's outer edge, rounds corners by less than half
_RIM = 0.9  # width of the dark rim beside the line, in device pixels at a ratio of 1


def draw_soft(codes: Codes, ink: Ink, out: Words) -> None:
    """codes: uint8, larger than out by ink.margin on each side; out: the overlay's words, overwritten."""
    out[:] = 0
    for code in range(1, int(codes.max(initial=0)) + 1):
        region: Codes = cv2.compare(codes, code, cv2.CMP_EQ)  # type: ignore[call-overload]
        box = _bounds(region, ink.margin)
        if box is not None:
            _draw_label(region, box, ink, code, out)


def _draw_label(region: Codes, box: tuple[slice, slice], ink: Ink, code: int, out: Words) -> None:
    """region: 255 where the label is; box: the part of out that it colours."""
    margin = ink.margin
    rows, columns = box
    around = region[rows.start:rows.stop + 2 * margin, columns.start:columns.stop + 2 * margin]
    soft = np.asarray(cv2.GaussianBlur(around, (0, 0), _SIGMA * ink.width), np.uint8)
    blurred = soft[margin:-margin, margin:-margin]
    # What is too thin to be anywhere inside by the blur's measure is all line.
    np.maximum(blurred, around[margin:-margin, margin:-margin] // 2, out=blurred)
    words = _table(int(ink.fill[code]), int(ink.line[code]), ink.rim, ink.width).take(blurred)
    # The largest word is the most opaque one: a line goes over a neighbour's fill.
    np.maximum(out[box], words, out=out[box])


def _bounds(region: Codes, margin: int) -> tuple[slice, slice] | None:
    """The part of the inner array that the region and its margin reach; None where that is nothing."""
    x, y, width, height = cv2.boundingRect(region)
    # The region lies margin further in the outer array, and colours as far beyond itself.
    bottom = min(y + height, region.shape[0] - 2 * margin)
    right = min(x + width, region.shape[1] - 2 * margin)
    top, left = max(y - 2 * margin, 0), max(x - 2 * margin, 0)
    if not width or bottom <= top or right <= left:
        return None
    return slice(top, bottom), slice(left, right)


@lru_cache(maxsize=512)
def _table(fill: int, line: int, rim: int, width: int) -> Words:
    """uint32 [256]: the colour for each blurred value."""
    values = np.arange(256)
    inside = NormalDist(sigma=_SIGMA * width)
    distance = np.array([inside.inv_cdf(min(max(value / 255, 1e-3), 1 - 1e-3)) for value in values])
    aside = np.abs(distance)
    layers = ((fill, _coverage(distance)), (rim, _coverage((1 + _RIM) * width - aside)),
              (line, _coverage(width - aside)))
    colour = np.zeros((256, 4))
    for word, coverage in layers:
        parts = np.array([word >> shift & 255 for shift in (24, 16, 8, 0)]) * coverage[:, None]
        colour = parts + colour * (1 - parts[:, :1] / 255)
    alpha, red, green, blue = np.rint(colour).astype(np.uint32).T
    words: Words = alpha << 24 | red << 16 | green << 8 | blue
    words[0] = 0
    return words


def _coverage(inside_by: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How much of a pixel lies inside an edge that its centre is so far inside of."""
    return np.clip(inside_by + 0.5, 0.0, 1.0)
