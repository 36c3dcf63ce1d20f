"""Where a volume's voxels lie, as NIfTI, NRRD and MetaImage say it: by an affine, or by a spacing alone."""

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Geometry, Message, SpacingKind, ThirdAxis

SHEARED = Message("The rows and columns of this volume are not perpendicular; its place in space is not used.")


def placed(affine: npt.NDArray[np.float64] | None, spacing: tuple[float, float, float], slices: int, *,
           has_spacing: bool = True) -> Geometry:
    """affine: voxel (i, j, k) -> LPS mm. spacing: across, down, deep in mm, which counts alone where there is no affine
    or a sheared one; the geometry is not oriented then."""
    if affine is not None:
        try:
            return Geometry.from_affine(affine, slices)
        except ValueError:
            pass
    across, down, deep = spacing
    positions = np.zeros((slices, 3))
    positions[:, 2] = np.arange(slices) * deep
    return Geometry(positions, row_spacing=down, column_spacing=across,
                    kind=SpacingKind.patient if has_spacing else SpacingKind.unknown,
                    third_axis=ThirdAxis.space if slices > 1 else ThirdAxis.none)
