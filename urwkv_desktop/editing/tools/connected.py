"""The connected pixels around a seed, found in a window that grows only as far as they reach."""

import math
from collections.abc import Callable

import numpy as np

from urwkv_desktop.editing.tools.capsule import Coverage
from urwkv_desktop.imaging import ImagePoint, Rect

# Pixels on each side of the seed in the windows that are tried before all of the bounds: most regions are small, and a
# pass over a large image costs more than two over a small part of it.
_WINDOWS = (96, 400)
_LINES = 24  # of an outline: what is shown at most
Outline = tuple[tuple[float, float], ...]


def connected(seed: ImagePoint, bounds: Rect, inside: Callable[[Rect], Coverage], most: float = math.inf,
              ) -> tuple[Rect, Coverage] | None:
    """(rect, which of its pixels): those of `inside` that are joined to the seed by edges, within bounds.

    inside: which pixels of a rectangle belong, bool [rect]. most: None is answered where a larger window, in pixels,
    would have to be looked at. Empty where the seed lies outside of bounds or does not belong itself.
    """
    row, column = math.floor(seed.row), math.floor(seed.column)
    if not (bounds.top <= row < bounds.bottom and bounds.left <= column < bounds.right):
        return Rect(0, 0, 0, 0), np.zeros((0, 0), bool)
    around = (Rect(row - reach, column - reach, row + reach + 1, column + reach + 1) for reach in _WINDOWS)
    for window in (*(rect.intersection(bounds) for rect in around), bounds):
        if window.height * window.width > most:
            return None
        rect, region = _filled(inside(window), row - window.top, column - window.left)
        place = Rect(rect.top + window.top, rect.left + window.left, rect.bottom + window.top, rect.right + window.left)
        if rect.is_empty or not _meets(place, window, bounds):
            return place, region
    raise AssertionError("nothing lies beyond the bounds")


def outlines(seed: ImagePoint, bounds: Rect, inside: Coverage, step: int) -> tuple[Outline, ...]:
    """About where the region around the seed ends, its outer lines only: closed lines of (row, column) in the plane.

    inside: which of every step-th pixel of bounds, in rows and columns, belongs.
    """
    import cv2

    row, column = (math.floor(seed.row) - bounds.top) // step, (math.floor(seed.column) - bounds.left) // step
    if not (0 <= row < inside.shape[0] and 0 <= column < inside.shape[1]):
        return ()
    rect, region = _filled(inside, row, column)
    if rect.is_empty:
        return ()
    lines, _ = cv2.findContours(region.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for line in sorted(lines, key=len, reverse=True)[:_LINES]:
        points = cv2.approxPolyDP(line, 0.5, True)[:, 0]
        found.append(tuple((bounds.top + (float(y) + rect.top + 0.5) * step,
                            bounds.left + (float(x) + rect.left + 0.5) * step) for x, y in points))
    return tuple(found)


def _filled(inside: Coverage, row: int, column: int) -> tuple[Rect, Coverage]:
    import cv2

    ground = np.ascontiguousarray(inside).view(np.uint8)
    if not ground[row, column]:
        return Rect(0, 0, 0, 0), np.zeros((0, 0), bool)
    _, _, _, (left, top, width, height) = cv2.floodFill(ground, None, (column, row), (2,), (0,), (0,), 4)
    rect = Rect(top, left, top + height, left + width)
    return rect, ground[rect.index] == 2


def _meets(rect: Rect, window: Rect, bounds: Rect) -> bool:
    """Whether the region reaches an edge of the window beyond which there is more."""
    return ((rect.top == window.top > bounds.top) or (rect.left == window.left > bounds.left)
            or (rect.bottom == window.bottom < bounds.bottom) or (rect.right == window.right < bounds.right))
