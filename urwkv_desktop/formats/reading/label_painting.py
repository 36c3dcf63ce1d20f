"""Labels brought together on an image's grid: those that overlap, and those that lie on another grid."""


import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.label_set import IN_ORDER, RESAMPLE, LabelTarget, LabelWish
from urwkv_desktop.formats.refusals import EXPORT_AGAIN
from urwkv_desktop.imaging import Finding, Geometry, Message, Refusal

Filled = npt.NDArray[np.bool_]
Voxels = npt.NDArray[np.uint8]
IMPORTING = Message("Importing this mask.")
RESAMPLED = Finding("mask.resampled", Message("The mask was brought to the image's grid by its nearest voxels."))
REORDERED = Finding("mask.reordered", Message("The mask's rows, columns and slices were put into the image's order."))
MOST = 255
_OFF = 0.05  # of a voxel, as far as two grids may differ and still be one


def refused(cause: Message, cure: Message = EXPORT_AGAIN) -> Refusal:
    return Refusal(tried=IMPORTING, cause=cause, cure=cure)


class Canvas:
    """Takes the voxels of one label after the other."""

    def __init__(self, target: LabelTarget, wish: LabelWish) -> None:
        self.voxels: Voxels = np.zeros(target.shape, np.uint8)
        self._wish = wish

    def paint(self, k: int, filled: Filled, value: int, *, names: dict[int, str]) -> None:
        """filled: [H, W] of slice k. Raises Refusal where another label lies there and no order is given."""
        if not 0 < value <= MOST:
            raise refused(Message("The mask has more than {count} labels.", count=MOST))
        if not self._wish.in_order:
            self._check(k, filled, value, names)
        self.voxels[k][filled] = value

    def _check(self, k: int, filled: Filled, value: int, names: dict[int, str]) -> None:
        there = self.voxels[k][filled]
        others = np.unique(there[(there != 0) & (there != value)])
        if not others.size:
            return
        other = int(others[0])
        raise refused(Message("{one} and {other} overlap on slice {slice}, and a voxel has one label here.",
                              one=names.get(value) or str(value), other=names.get(other) or str(other), slice=k + 1),
                      IN_ORDER)


def on_grid(stored: npt.NDArray[np.generic], place: Geometry | None, target: LabelTarget, wish: LabelWish,
            ) -> tuple[npt.NDArray[np.generic], tuple[Finding, ...]]:
    """stored: [Z, H, W] at its own place (None: the file states none). Raises Refusal rather than resample unasked."""
    here, there = target.geometry.affine, None if place is None or not place.oriented else place.affine
    placed = target.geometry.oriented and there is not None
    if stored.shape == target.shape and (not placed or same_place(place, target.geometry)):
        return stored, ()
    if there is None or not target.geometry.oriented:
        raise refused(Message("The mask is {mask}, the image {image} (slices, rows, columns).",
                              mask=size(stored.shape), image=size(target.shape)))
    if here is not None:
        moved = np.linalg.inv(there) @ here
        if _is_exact(moved, target.shape):
            found = gathered(stored, moved, target.shape)
            if np.count_nonzero(found) == np.count_nonzero(stored):  # nothing of it lies outside the image
                return found, (REORDERED,)
    if not wish.resample:
        raise refused(Message("The mask lies on another grid than the image: {mask} there, {image} here (slices, rows, "
                              "columns), or at another place in the patient.", mask=size(stored.shape),
                              image=size(target.shape)),
                      RESAMPLE)
    if here is None:
        return _slice_by_slice(stored, there, target), (RESAMPLED,)
    return gathered(stored, np.linalg.inv(there) @ here, target.shape), (RESAMPLED,)


def same_place(mask: Geometry | None, image: Geometry) -> bool:
    """Within a twentieth of a voxel at every corner."""
    if mask is None:
        return True
    here, there = image.affine, mask.affine
    if here is None or there is None:
        return mask.slices == image.slices and bool(np.abs(mask.positions - image.positions).max() < 0.1)
    shape = (image.slices, 2, 2)
    return bool(np.abs(_corners(np.linalg.inv(there) @ here - np.eye(4), shape)[:3]).max() < _OFF) and bool(
        np.abs(here - there).max() < 0.1)


def _corners(moved: npt.NDArray[np.float64], shape: tuple[int, int, int]) -> npt.NDArray[np.float64]:
    z, h, w = (max(1, length - 1) for length in shape)
    corners = np.array([(i, j, k, 1) for i in (0, w) for j in (0, h) for k in (0, z)], np.float64).T
    found: npt.NDArray[np.float64] = moved @ corners
    return found


def _is_exact(moved: npt.NDArray[np.float64], shape: tuple[int, int, int]) -> bool:
    """Whether whole voxels of one grid are whole voxels of the other: axes exchanged, turned round, moved by wholes."""
    whole = np.rint(moved)
    turned = np.abs(whole[:3, :3])
    if not ((turned.sum(axis=0) == 1).all() and (turned.sum(axis=1) == 1).all()):
        return False
    return bool(np.abs(_corners(moved - whole, shape)[:3]).max() < _OFF)


def gathered(stored: npt.NDArray[np.generic], moved: npt.NDArray[np.float64], shape: tuple[int, int, int],
             ) -> npt.NDArray[np.generic]:
    """Each voxel of the image takes the mask's nearest. moved: image index (i, j, k) -> mask index; outside is 0."""
    made = np.zeros(shape, stored.dtype)
    for k in range(shape[0]):
        made[k] = _plane(stored, moved[:3, :3], np.asarray(moved[:3, 2] * k + moved[:3, 3], np.float64), shape[1:])
    return made


def _plane(stored: npt.NDArray[np.generic], turn: npt.NDArray[np.floating], start: npt.NDArray[np.floating],
           size_: tuple[int, int]) -> npt.NDArray[np.generic]:
    rows, columns = np.arange(size_[0])[:, None], np.arange(size_[1])[None, :]
    inside = np.ones(size_, np.bool_)
    index = []
    for axis in (2, 1, 0):  # k, j, i of the mask
        found = np.rint(turn[axis, 0] * columns + turn[axis, 1] * rows + start[axis]).astype(np.int64)
        limit = stored.shape[2 - axis]
        inside &= (found >= 0) & (found < limit)
        index.append(np.clip(found, 0, limit - 1))
    taken: npt.NDArray[np.generic] = np.where(inside, stored[tuple(index)], stored.dtype.type(0))
    return taken


def _slice_by_slice(stored: npt.NDArray[np.generic], there: npt.NDArray[np.float64], target: LabelTarget,
                    ) -> npt.NDArray[np.generic]:
    """For slices at uneven distances, which have no affine."""
    geometry, back = target.geometry, np.linalg.inv(there)
    turn = back[:3, :3] @ np.stack([np.asarray(geometry.along_columns) * geometry.column_spacing,
                                    np.asarray(geometry.along_rows) * geometry.row_spacing, np.zeros(3)], axis=1)
    made = np.zeros(target.shape, stored.dtype)
    for k, position in enumerate(geometry.positions):
        made[k] = _plane(stored, turn, back[:3, :3] @ position + back[:3, 3], target.shape[1:])
    return made


def size(shape: tuple[int, ...]) -> str:
    return " x ".join(str(length) for length in shape)
