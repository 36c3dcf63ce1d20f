"""One affine for a whole volume, as NIfTI and NRRD hold it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Geometry, Message, Refusal, ThirdAxis

Affine = npt.NDArray[np.float64]
_RAS = np.diag([-1.0, -1.0, 1.0, 1.0])
RIGID_MM = 0.1  # a stack whose written positions are rounded is off a rigid one by this much at most


@dataclass(frozen=True, eq=False)
class Grid:
    """affine: voxel (i, j, k) -> RAS mm, None where the image has no place; zooms: mm along i, j, k."""

    affine: Affine | None
    zooms: tuple[float, float, float]
    shape: tuple[int, int, int]

    @property
    def lps(self) -> Affine | None:
        return None if self.affine is None else _RAS @ self.affine

    @property
    def corners(self) -> Affine:
        """[4, 8]: the outermost voxels, i, j, k, 1."""
        depth, height, width = self.shape
        return np.array([[i, j, k, 1.0] for i in (0, width - 1) for j in (0, height - 1) for k in (0, depth - 1)]).T

    def off(self, other: Affine) -> float:
        """mm between where this grid and the other put the outermost voxels."""
        return 0.0 if self.affine is None else float(np.abs((other - self.affine) @ self.corners).max())

    @property
    def is_sheared(self) -> bool:
        """No rotation comes close to it, as of a CT with a tilted gantry."""
        if self.affine is None:
            return False
        lengths = np.linalg.norm(self.affine[:3, :3], axis=0)
        left, _, right = np.linalg.svd(self.affine[:3, :3] / lengths)
        rigid = self.affine.copy()
        rigid[:3, :3] = (left @ right) * lengths
        return self.off(rigid) > RIGID_MM


def grid_of(geometry: Geometry, shape: tuple[int, int, int], name: str) -> Grid:
    """name: of the format. Raises Refusal for slices at uneven distances: one affine would put them at wrong places."""
    affine = geometry.affine
    if geometry.third_axis is ThirdAxis.space and affine is None:
        raise Refusal(tried=Message("Writing {format}.", format=name),
                      cause=Message("The distances between the slices differ, or slices are missing."),
                      cure=Message("{format} can't hold that. Export this case as DICOM SEG or COCO.", format=name))
    depth = float(np.linalg.norm(geometry.step)) if geometry.third_axis is ThirdAxis.space else 1.0
    zooms = (geometry.column_spacing, geometry.row_spacing, depth or 1.0)
    return Grid(_RAS @ affine if geometry.oriented and affine is not None else None, zooms, shape)
