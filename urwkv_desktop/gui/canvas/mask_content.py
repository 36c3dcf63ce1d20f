"""Where in a volume there is any mask at all: what a plane need not be searched for, and the marks of the slice bar."""

import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from urwkv_desktop.gui.canvas.preview_layer import Ids
from urwkv_desktop.imaging import Box, Plane, Rect

Marks = npt.NDArray[np.bool_]


class MaskContent:
    """voxels: gives the mask, [Z, H, W], as it is now.

    Rows and columns that hold mask are known slice by slice. A changed slice counts as holding mask where it changed
    until it is looked at, so `bounds` never leaves a pixel out. `learn` looks, a little at a time.
    """

    def __init__(self, voxels: Callable[[], Ids]) -> None:
        self._voxels = voxels
        slices, rows, columns = voxels().shape
        self._rows: Marks = np.ones((slices, rows), bool)
        self._columns: Marks = np.ones((slices, columns), bool)
        self._known: Marks = np.zeros(slices, bool)

    @property
    def is_known(self) -> bool:
        return bool(self._known.all())

    def bounds(self, plane: Plane) -> Rect:
        """The rectangle of the plane outside of which there is background only."""
        k = plane.index
        if plane.axis == 0:
            return _rect(self._rows[k], self._columns[k])
        through, along = (self._rows, self._columns) if plane.axis == 1 else (self._columns, self._rows)
        slices = np.asarray(through[:, k])
        return _rect(slices, np.asarray(along[slices].any(axis=0)))

    def marks(self, axis: int) -> Marks:
        """Which planes along this axis hold mask, as far as is known."""
        if axis == 0:
            return np.asarray(self._rows.any(axis=1) & self._known)
        return np.asarray((self._rows if axis == 1 else self._columns)[self._known].any(axis=0))

    def touched(self, box: Box) -> None:
        """The mask changed inside the box."""
        if not box.is_empty:
            slices, rows, columns = box.index
            self._rows[slices, rows] = True
            self._columns[slices, columns] = True
            self._known[slices] = False

    def learn(self, seconds: float) -> bool:
        """Look at slices for about so long; answers whether more are left."""
        until, voxels = time.perf_counter() + seconds, self._voxels()
        for k in np.flatnonzero(~self._known).tolist():
            plane = voxels[k]
            self._rows[k] = plane.any(axis=1)
            # Rows without mask need not be looked at again.
            self._columns[k] = plane[self._rows[k]].any(axis=0) if self._rows[k].any() else False
            self._known[k] = True
            if time.perf_counter() > until:
                break
        return not self.is_known


def _rect(rows: Marks, columns: Marks) -> Rect:
    down, across = np.flatnonzero(rows), np.flatnonzero(columns)
    if not down.size or not across.size:
        return Rect(0, 0, 0, 0)
    return Rect(int(down[0]), int(across[0]), int(down[-1]) + 1, int(across[-1]) + 1)
