"""Which pixels lie inside a closed outline: those whose centre it surrounds an odd number of times."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.capsule import Coverage
from urwkv_desktop.editing.tools.paint import Paint
from urwkv_desktop.editing.tools.tool import NO_RECT
from urwkv_desktop.editing.work import Stop, Work, never
from urwkv_desktop.imaging import ImagePoint, Message, Rect

Points = Sequence[tuple[float, float]]
_AT_ONCE = 1 << 20  # pixels of an outline's rectangle that are filled without leaving the window's thread


def bounds(points: Points, size: tuple[int, int]) -> Rect:
    """The pixels of a plane of `size` (rows, columns) whose centres may lie inside."""
    if not points:
        return NO_RECT
    rows, columns = [row for row, _ in points], [column for _, column in points]
    rect = Rect(math.floor(min(rows)), math.floor(min(columns)), math.ceil(max(rows)), math.ceil(max(columns)))
    rect = rect.intersection(Rect(0, 0, *size))
    return NO_RECT if rect.is_empty else rect


def inside(points: Points, rect: Rect) -> Coverage:
    """points: (row, column), the last one joined to the first. bool [rect], by the even-odd rule.

    A centre on the upper or left edge counts as inside, one on the lower or right edge as outside, so that outlines
    that share an edge share no pixel.
    """
    rows, columns = crossings(np.asarray((*points, points[0]), np.float64), rect)
    turns = np.zeros((rect.height, rect.width + 1), np.uint8)
    np.bitwise_xor.at(turns, (rows, columns), 1)
    np.bitwise_xor.accumulate(turns, axis=1, out=turns)
    return turns[:, :-1].view(bool)


def crossings(line: npt.NDArray[np.float64], rect: Rect) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Where a line [points, (row, column)] passes through the middles of rect's rows.

    Answers the row and, for each passage, the first column whose centre is not left of it, both counted from rect's
    corner, columns held within 0..width.
    """
    start, end = line[:-1], line[1:]
    low, high = np.minimum(start[:, 0], end[:, 0]), np.maximum(start[:, 0], end[:, 0])
    # Row r has its middle at r + 0.5: those with low <= middle < high.
    first = np.clip(np.ceil(low - 0.5), rect.top, rect.bottom).astype(np.intp)
    last = np.clip(np.ceil(high - 0.5), rect.top, rect.bottom).astype(np.intp)
    counts = last - first
    edge = np.repeat(np.arange(len(start)), counts)
    rows = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + first[edge]
    down, across = (end - start)[edge].T
    # The product before the division: exact wherever the place itself is.
    place = start[edge, 1] + (rows + 0.5 - start[edge, 0]) * across / down
    columns = np.clip(np.ceil(place - 0.5), rect.left, rect.right).astype(np.intp)
    return rows - rect.top, columns - rect.left


def filled(scene: Scene, points: Points, *, adds: bool, name: Message, tool_id: str) -> MaskEdit | Work | None:
    """What the inside of an outline becomes; None where nothing would change."""
    rect = bounds(points, scene.size)
    if rect.is_empty or len(points) < 3:
        return None
    paint = Paint(scene, adds=adds, begun_on=ImagePoint(*points[0]))
    box = scene.plane.box(rect)
    before = scene.mask.voxels[box.index]

    def edit(stop: Stop = never) -> MaskEdit | None:
        return paint.edit(box, before, inside(points, rect).reshape(box.shape), name, tool_id)

    if rect.height * rect.width <= _AT_ONCE:
        return edit()
    before = before.copy()
    return Work(name, edit)
