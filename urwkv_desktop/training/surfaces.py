"""How far two masks' outlines are apart, and how much of one has still to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.bool_]
Distances = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Apart:
    """Distances of every surface voxel of one mask to the other's surface, both ways, in pixels or in mm."""

    found: Distances
    truth: Distances

    @property
    def hd95(self) -> float:
        """The larger of the two 95th percentiles."""
        return max(float(np.percentile(self.found, 95)), float(np.percentile(self.truth, 95)))

    def surface_dice(self, tolerance: float) -> float:
        """Share of both surfaces that lies within `tolerance` of the other (Nikolov et al., arXiv:1809.04430).

        Counted by surface voxels, which is by area where voxels are even.
        """
        near = int((self.found <= tolerance).sum()) + int((self.truth <= tolerance).sum())
        return near / (len(self.found) + len(self.truth))


def surface(mask: Bits) -> Bits:
    """Voxels of the mask with a face outside of it; beyond the array's border is outside."""
    inside = mask.copy()
    for axis in range(mask.ndim):
        framed = np.pad(mask, [(1, 1) if other == axis else (0, 0) for other in range(mask.ndim)])
        inside &= np.take(framed, range(mask.shape[axis]), axis)
        inside &= np.take(framed, range(2, mask.shape[axis] + 2), axis)
    return mask & ~inside


def apart(found: Bits, truth: Bits, spacing: Sequence[float] | None = None) -> Apart | None:
    """Surface distances of two masks of one shape, 2D or 3D; None where one is empty.

    In pixels, or in the unit of `spacing` (one value an axis).
    """
    if found.shape != truth.shape:
        raise ValueError(f"Masks of one shape are needed, got {found.shape} and {truth.shape}.")
    if not found.any() or not truth.any():
        return None
    import edt

    box = _around(found | truth)
    surfaces = surface(found[box]), surface(truth[box])
    steps = tuple(spacing) if spacing is not None else (1.0,) * found.ndim
    away = [edt.edt(np.ascontiguousarray(~one), anisotropy=steps) for one in surfaces]
    return Apart(away[1][surfaces[0]], away[0][surfaces[1]])


def added_path(found: Bits, truth: Bits) -> int:
    """Pixels of the truth's outline that are not on the answer's, slice by slice: what a hand would have to draw.

    Added path length as in Vaassen et al. 2020 (doi:10.1016/j.phro.2019.12.001), without a tolerance. 2D or [Z,H,W].
    """
    pairs = [(found, truth)] if found.ndim == 2 else zip(found, truth, strict=True)
    return sum(int(np.count_nonzero(surface(wanted) & ~surface(drawn))) for drawn, wanted in pairs if wanted.any())


def _around(mask: Bits) -> tuple[slice, ...]:
    """The box of what is set: no surface lies outside, and distances are taken between surfaces."""
    box = []
    for axis in range(mask.ndim):
        hit = np.flatnonzero(mask.any(axis=tuple(other for other in range(mask.ndim) if other != axis)))
        box.append(slice(int(hit[0]), int(hit[-1]) + 1))
    return tuple(box)
