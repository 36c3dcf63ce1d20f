"""What operations on label 1 shall do, said in the plainest way (with scipy), for the test of any sequence."""

from collections.abc import Callable

import numpy as np
from scipy import ndimage

Mask = np.ndarray


def _labelled(mask: Mask, k: int, inside: Mask, *, over: tuple[int, ...] = (0, 1, 2)) -> Mask:
    """Slice k with label 1 exactly where inside says, as far as what stands there may be overwritten."""
    made = mask.copy()
    made[k][(mask[k] == 1) & ~inside] = 0
    made[k][inside & np.isin(mask[k], over)] = 1
    return made


def _grown(mask: Mask, k: int) -> Mask:
    one = mask[k] == 1
    return _labelled(mask, k, ndimage.distance_transform_edt(~one) <= 1.5) if one.any() else mask


def _shrunk(mask: Mask, k: int) -> Mask:
    """All three slices are one body; its outside is beyond no border."""
    one = mask == 1
    if one.all():
        return mask
    return np.where(one & (ndimage.distance_transform_edt(one) <= 1.0), 0, mask).astype(np.uint8)


def _filled(mask: Mask, k: int) -> Mask:
    return _labelled(mask, k, ndimage.binary_fill_holes(mask[k] == 1), over=(0, 1))


def _largest(mask: Mask, k: int) -> Mask:
    parts, count = ndimage.label(mask[k] == 1, structure=np.ones((3, 3)))
    if count < 2:
        return mask
    sizes = ndimage.sum_labels(parts > 0, parts, range(1, count + 1))
    return _labelled(mask, k, parts == 1 + int(np.argmax(sizes)))


def _between(mask: Mask, k: int) -> Mask:
    """Slice 1 from slices 0 and 2, where label 1 is in both and not in it."""
    first, middle, last = mask == 1
    if middle.any() or not first.any() or not last.any():
        return mask
    if not (first & last).any():  # laid upon each other, and back by half of the way
        way = np.rint(_middle(last) - _middle(first)).astype(int)
        half = np.rint(0.5 * way).astype(int)
        first, last = _moved(first, half), _moved(last, half - way)
    return _labelled(mask, 1, 0.5 * _signed(first) + 0.5 * _signed(last) > 0)


def _signed(inside: Mask) -> Mask:
    framed = np.pad(inside, 1)
    signed = np.where(framed, ndimage.distance_transform_edt(framed) - 0.5,
                      0.5 - ndimage.distance_transform_edt(~framed))
    return signed[1:-1, 1:-1]


def _middle(inside: Mask) -> Mask:
    return np.argwhere(inside).mean(axis=0)


def _moved(inside: Mask, by: Mask) -> Mask:
    moved = np.zeros_like(inside)
    for row, column in np.argwhere(inside) + by:
        if 0 <= row < 8 and 0 <= column < 8:
            moved[row, column] = True
    return moved


def _from(mask: Mask, k: int, there: int, *, all_labels: bool) -> Mask:
    if not 0 <= there < len(mask):
        return mask
    if all_labels:
        made = mask.copy()
        made[k] = mask[there]
        return made
    return _labelled(mask, k, mask[there] == 1)


def _emptied(mask: Mask, slices: slice) -> Mask:
    made = mask.copy()
    made[slices][mask[slices] == 1] = 0
    return made


WANTED: dict[str, Callable[[Mask, int], Mask]] = {
    "grow": _grown, "shrink": _shrunk, "fill_holes": _filled, "keep_largest": _largest, "interpolate": _between,
    "clear": lambda mask, k: _emptied(mask, slice(k, k + 1)),
    "clear_all": lambda mask, k: _emptied(mask, slice(None)),
    "copy_previous": lambda mask, k: _from(mask, k, k - 1, all_labels=True),
    "copy_next": lambda mask, k: _from(mask, k, k + 1, all_labels=False),
}
