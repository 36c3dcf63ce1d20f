"""A plane in halves: what is shown small is read small, so a frame costs the window's pixels and not the image's."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Rect

Pixels = npt.NDArray[Any]  # any stored type
Codes = npt.NDArray[np.uint8]

_SMALLEST = 64  # a level shorter than this saves nothing


class ImagePyramid:
    """levels: the plane [rows, columns] or [rows, columns, 3] and its halves (area means), made when first asked for.

    dtype of the levels: uint8, uint16, int16 or float32; other types are widened without loss of what is shown.
    """

    def __init__(self, plane: Pixels) -> None:
        self._levels = [displayable(plane)]

    @property
    def base(self) -> Pixels:
        return self._levels[0]

    def level(self, zoom: float) -> tuple[int, Pixels]:
        """(n, array) for a zoom in device pixels per image pixel: the smallest level with a pixel for each."""
        wanted = 0
        while zoom * 2 ** (wanted + 1) <= 1 and min(self.base.shape[:2]) >> (wanted + 1) >= _SMALLEST:
            wanted += 1
        while len(self._levels) <= wanted:
            self._levels.append(_half(self._levels[-1]))
        return wanted, self._levels[wanted]


def displayable(plane: Pixels) -> Pixels:
    """The plane in a type that the display's passes know; a view where it already is."""
    if plane.dtype in (np.uint8, np.uint16, np.int16, np.float32) and plane.dtype.isnative:
        return plane
    if plane.dtype == np.bool_:
        return plane.astype(np.uint8)
    if plane.dtype == np.int8:
        return plane.astype(np.int16)
    return plane.astype(np.float32)


def _half(level: Pixels) -> Pixels:
    rows, columns = level.shape[0] // 2, level.shape[1] // 2
    # An odd last row or column is left out, so that a level's pixel is exactly two of the one below.
    even = level[:2 * rows, :2 * columns]
    return np.asarray(cv2.resize(even, (columns, rows), interpolation=cv2.INTER_AREA))


class CodePyramid:
    """Label codes of a plane in halves, where a half keeps the largest of four, so that nothing vanishes.

    size: (rows, columns) of the plane. read: its codes inside a rectangle, uint8, as they are shown now. content: the
    rectangle outside of which there is background only. Levels (from 1 up; level 0 is the plane itself) exist once they
    were asked for, and are mended by rectangle.
    """

    def __init__(self, size: tuple[int, int], read: Callable[[Rect], Codes], content: Callable[[], Rect]) -> None:
        self._size = size
        self._read = read
        self._content = content
        self._levels: list[Codes] = []

    def level(self, n: int) -> Codes:
        """n: 1 or more."""
        while len(self._levels) < n:
            rows, columns = self._size_of(len(self._levels))
            # Pages of zeros are given when they are first touched, and background need not be.
            self._levels.append(np.zeros((-(-rows // 2), -(-columns // 2)), np.uint8))
            self._mend(len(self._levels), self._content())
        return self._levels[n - 1]

    def refresh(self, rect: Rect) -> None:
        """Mend what lies above a changed rectangle of the plane."""
        for n in range(1, len(self._levels) + 1):
            self._mend(n, rect)

    def _mend(self, n: int, rect: Rect) -> None:
        """Level n anew where the plane's rectangle lies."""
        level, width = self._levels[n - 1], 1 << n
        here = Rect(rect.top // width, rect.left // width, -(-rect.bottom // width), -(-rect.right // width))
        here = here.intersection(Rect(0, 0, *level.shape))
        if here.is_empty:
            return
        rows, columns = self._size_of(n - 1)
        below = Rect(2 * here.top, 2 * here.left, min(2 * here.bottom, rows), min(2 * here.right, columns))
        source = self._levels[n - 2][below.index] if n > 1 else self._read(below)
        level[here.index] = halved_codes(source)

    def _size_of(self, n: int) -> tuple[int, int]:
        if n == 0:
            return self._size
        rows, columns = self._levels[n - 1].shape
        return rows, columns

    def forget(self) -> None:
        self._levels.clear()


def halved_codes(codes: Codes) -> Codes:
    """uint8 [ceil(rows / 2), ceil(columns / 2)]: the largest code of each two by two."""
    rows, columns = codes.shape
    if rows % 2 or columns % 2:
        codes = np.pad(codes, ((0, rows % 2), (0, columns % 2)))
    tall = np.maximum(codes[0::2], codes[1::2])
    return np.asarray(np.maximum(tall[:, 0::2], tall[:, 1::2]))
