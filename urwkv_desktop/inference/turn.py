"""How a stored slice is laid down for a network that wants to see patients from one side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Geometry

Scalar = TypeVar("Scalar", bound=np.generic)

_NEARLY = 0.8  # cosine up to which a tilted gantry or an oblique slice still counts as axial


@dataclass(frozen=True)
class Turn:
    """Rows and columns swapped first, then rows and columns reversed.

    reversed_slices: the slice that is stored next lies before this one; said for those who look at several.
    """

    swapped: bool = False
    reversed_rows: bool = False
    reversed_columns: bool = False
    reversed_slices: bool = False

    def apply(self, plane: NDArray[Scalar]) -> NDArray[Scalar]:
        """A stored plane [H,W] or [H,W,C] as the network sees it (a view)."""
        laid = plane.swapaxes(0, 1) if self.swapped else plane
        return laid[self._steps]

    def undo(self, maps: NDArray[Scalar]) -> NDArray[Scalar]:
        """Maps [K,h,w] of the network in the order of the stored plane (a view)."""
        laid = maps[(slice(None), *self._steps)]
        return laid.swapaxes(1, 2) if self.swapped else laid

    def undo_placement(
        self, placement: tuple[float, float, float, float], height: int, width: int
    ) -> tuple[float, float, float, float]:
        """Where the image lies on a grid [height, width] of the network, said for the undone maps."""
        top, left, bottom, right = placement
        if self.reversed_rows:
            top, bottom = height - bottom, height - top
        if self.reversed_columns:
            left, right = width - right, width - left
        return (left, top, right, bottom) if self.swapped else (top, left, bottom, right)

    @property
    def _steps(self) -> tuple[slice, slice]:
        return slice(None, None, -1 if self.reversed_rows else 1), slice(None, None, -1 if self.reversed_columns else 1)


AS_STORED = Turn()


def is_axial(geometry: Geometry) -> bool:
    """Whether the stored slices are axial: their normal runs along the patient."""
    if not geometry.oriented:
        return False
    normal = np.cross(geometry.along_columns, geometry.along_rows)
    return bool(abs(normal[2]) >= _NEARLY)


def turn_of(geometry: Geometry, plane: str) -> Turn:
    """The turn after which columns run to the patient's left, rows to the back and slices to the head, for "axial".

    No turn for "stored", nor where the slices are not axial (then no model of axial slices suits, library.py).
    """
    if plane != "axial" or not is_axial(geometry):
        return AS_STORED
    columns, rows = np.asarray(geometry.along_columns), np.asarray(geometry.along_rows)
    swapped = bool(abs(columns[1]) > abs(columns[0]))
    across, down = (rows, columns) if swapped else (columns, rows)
    return Turn(swapped, reversed_rows=bool(down[1] < 0), reversed_columns=bool(across[0] < 0),
                reversed_slices=bool(geometry.step[2] < 0))
