"""Where the corners of a volume lie in the patient: what tells that a mask, however its axes run, is of that volume."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading import metaimage, nifti, nrrd, volume
from urwkv_desktop.imaging import Geometry, Refusal, ThirdAxis

Corners = tuple[tuple[float, float, float], ...]
_NEAR = 0.2  # mm, as far as two corners may differ: twice the rounding of written positions


def corners(geometry: Geometry, height: int, width: int) -> Corners:
    """The centres of the eight voxels at the corners, LPS mm; empty for what is no volume in a patient."""
    if not geometry.oriented or geometry.third_axis is not ThirdAxis.space or geometry.slices < 2:
        return ()
    across = np.asarray(geometry.along_columns) * geometry.column_spacing * (width - 1)
    down = np.asarray(geometry.along_rows) * geometry.row_spacing * (height - 1)
    ends = geometry.positions[[0, -1]]
    found: npt.NDArray[np.float64] = np.concatenate([ends, ends + across, ends + down, ends + across + down])
    return tuple((float(x), float(y), float(z)) for x, y, z in found)


def is_same(one: Corners, other: Corners) -> bool:
    if len(one) != len(other) or not one:
        return False
    distances = np.linalg.norm(np.asarray(one)[:, None] - np.asarray(other)[None], axis=2)
    return bool(distances.min(axis=1).max() <= _NEAR and distances.min(axis=0).max() <= _NEAR)


def of_file(path: Path) -> Corners:
    """Of the first volume of a NIfTI, NRRD or MetaImage file; empty for any other, and for what can't be read."""
    try:
        with path.open("rb") as file:
            head = file.read(540)
        if head[:2] == nifti.GZIP or nifti.can_read(head):
            return of_nifti(nifti.header(path))
        if nrrd.can_read(head):
            return of_volume(nrrd.header(path))
        if metaimage.can_read(head):
            return of_volume(metaimage.header(path))
    except (Refusal, OSError, MemoryError):
        return ()
    return ()


def of_nifti(found: nifti.NiftiHeader) -> Corners:
    return corners(nifti.geometry_of(found)[0], found.shape[1], found.shape[0])


def of_volume(found: volume.VolumeHeader) -> Corners:
    return corners(volume.geometry_of(found)[0], found.shape[1], found.shape[0])
