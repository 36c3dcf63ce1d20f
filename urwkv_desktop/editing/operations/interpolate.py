"""Slices between two drawn ones, by the distance from their outlines: offered, and made once they are confirmed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.answer import filled_box
from urwkv_desktop.editing.distance import Bools, signed_distance
from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.operations.region import may_change, reached, tight_edit, whole
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.work import Stop, Work, never
from urwkv_desktop.imaging import Box, Message, Plane, Rect, ThirdAxis

# More voxels than this between the first and the last drawn slice are looked at elsewhere.
_AT_ONCE = 100_000
Steps = tuple[float, float]


@dataclass(frozen=True)
class InterpolateOptions:
    """Every gap between two drawn slices of the active label, along the planes on the screen."""


def interpolate(scene: Scene, options: InterpolateOptions) -> Suggestion | Work | None:
    """None where the active label has no gap, or is locked or hidden. Other labels are kept as the paint rule says."""
    box = reached(scene, None)
    if not may_change(scene) or box.is_empty:
        return None
    ids, table = scene.mask.voxels[box.index].copy(), scene.writable(adds=True, begun_on=0)
    axis, label, reader = scene.plane.axis, scene.active, scene.reader
    places, steps = _places(scene), scene.image.geometry.spacing(scene.plane)

    def run(stop: Stop = never) -> Suggestion | None:
        inside = np.asarray(ids == label)
        first = (box.k0, box.j0, box.i0)[axis]
        edits = []
        for low, high in _gaps(inside, axis):
            if stop():
                return None
            edit = _between(inside, ids, low, high, axis=axis, steps=steps, label=label, table=table,
                            places=places[first + low:first + high + 1], corner=box, reader=reader)
            if edit is not None:
                edits.append(edit)
        count = sum(_drawn_slices(edit, axis) for edit in edits)
        words = Message("interpolated in {n} slices", n=count) if count != 1 else Message("interpolated in 1 slice")
        return Suggestion(words, tuple(edits)) if edits else None

    return run() if ids.size <= _AT_ONCE else Work(Message("Interpolate"), run)


def blended(one: Bools, other: Bools, shares: Sequence[float], steps: Steps) -> Iterator[Bools]:
    """The outlines that lie each share (0..1) of the way from one to the other; both of one shape [rows, columns].

    Where the two do not meet, they are laid upon each other first and moved back by their share of the way, so that
    something that wanders does not vanish on its way.
    """
    if (one & other).any():
        start, end = signed_distance(one, steps), signed_distance(other, steps)
        for share in shares:
            yield _mixed(start, end, share)
        return
    way = np.rint(_middle(other) - _middle(one)).astype(int)
    for share in shares:
        gone = np.rint(share * way).astype(int)
        yield _mixed(signed_distance(_shifted(one, gone), steps), signed_distance(_shifted(other, gone - way), steps),
                     share)


def _mixed(start: npt.NDArray[np.float32], end: npt.NDArray[np.float32], share: float) -> Bools:
    return np.asarray((1 - share) * start + share * end > 0)


def _middle(inside: Bools) -> npt.NDArray[np.float64]:
    return np.asarray([where.mean() for where in np.nonzero(inside)])


def _shifted(inside: Bools, by: npt.NDArray[np.int64]) -> Bools:
    """Moved by whole pixels; what leaves the array is gone."""
    moved = np.zeros_like(inside)
    rows, columns = inside.shape
    down, across = int(by[0]), int(by[1])
    target = Rect(down, across, rows + down, columns + across).intersection(Rect(0, 0, rows, columns))
    if not target.is_empty:
        source = Rect(target.top - down, target.left - across, target.bottom - down, target.right - across)
        moved[target.index] = inside[source.index]
    return moved


def _gaps(inside: Bools, axis: int) -> list[tuple[int, int]]:
    """Pairs of drawn slices with undrawn ones between them."""
    others = tuple(one for one in range(3) if one != axis)
    drawn = [int(place) for place in np.flatnonzero(inside.any(axis=others))]
    return [(low, high) for low, high in pairwise(drawn) if high - low > 1]


def _between(inside: Bools, ids: Voxels, low: int, high: int, *, axis: int, steps: Steps, label: int,
             table: Bools | None, places: npt.NDArray[np.float64], corner: Box, reader: str) -> MaskEdit | None:
    """One edit of the slices between low and high; None where it would draw nothing."""
    one, other = (_plane(inside, axis, index) for index in (low, high))
    rect = _around(one | other)
    one, other = one[rect.index], other[rect.index]
    box = Plane(axis, low + 1).box(rect).union(Plane(axis, high - 1).box(rect))
    before = ids[box.index]
    wanted = np.zeros(box.shape, bool)
    shares = [float(share) for share in (places[1:-1] - places[0]) / (places[-1] - places[0])]
    for number, outline in enumerate(blended(one, other, shares, steps)):
        Plane(axis, number).cut(wanted)[...] = outline
    if table is not None:
        wanted &= table[before]
    after = np.where(wanted, before.dtype.type(label) if label < 256 else np.uint16(label), before)
    return tight_edit(_moved(box, corner), before, after, Message("Interpolate"), "interpolate", reader)


def _places(scene: Scene) -> npt.NDArray[np.float64]:
    """Where each plane lies along the axis: in mm where slices are uneven in space, by number otherwise."""
    geometry, axis = scene.image.geometry, scene.plane.axis
    numbers = np.arange(whole(scene).shape[axis], dtype=np.float64)
    if axis != 0 or geometry.third_axis is not ThirdAxis.space or geometry.is_even:
        return numbers
    along = geometry.positions @ (geometry.step / np.linalg.norm(geometry.step))
    return along if (np.diff(along) > 0).all() else numbers


def _plane(inside: Bools, axis: int, index: int) -> Bools:
    return np.ascontiguousarray(Plane(axis, index).cut(inside)).astype(bool, copy=False)


def _around(drawn: Bools) -> Rect:
    box = filled_box(drawn[None])
    return Rect(box.j0, box.i0, box.j1, box.i1)


def _moved(box: Box, corner: Box) -> Box:
    return Box(box.k0 + corner.k0, box.j0 + corner.j0, box.i0 + corner.i0,
               box.k1 + corner.k0, box.j1 + corner.j0, box.i1 + corner.i0)


def _drawn_slices(edit: MaskEdit, axis: int) -> int:
    others = tuple(one for one in range(3) if one != axis)
    return int(np.count_nonzero((edit.before != edit.after).any(axis=others)))
