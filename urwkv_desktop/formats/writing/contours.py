"""Outlines of a label in a slice, along the edges of its pixels, and back again.

Pixel (r, c) covers [r, r+1) x [c, c+1): an outline's corners are whole numbers, so that filling it again by the centres
of pixels gives the same pixels, bit for bit. Outlines through the centres would lose a ring of half a pixel.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Filled = npt.NDArray[np.bool_]
Points = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Outline:
    """corners: float64 [N, 2] of (row, column), no three in a line. is_hole: it goes around what is not filled.

    An outer one turns the other way than a hole.
    """

    corners: Points
    is_hole: bool


def outlines(filled: Filled, *, by_corners: bool = False) -> list[Outline]:
    """Every closed edge of [H, W]. by_corners: parts that touch by a corner alone are one, otherwise they are apart."""
    box = _box(filled)
    if box is None:
        return []
    part = filled[box]
    nodes, across, along = _graph(part, by_corners)
    shift = np.asarray([box[0].start, box[1].start], np.float64)
    found = []
    for loop in _loops(across, along):
        corners = nodes[loop]
        top, left = min(map(tuple, corners.tolist()))
        is_hole = not part[top, left]  # the smallest corner is the upper left one of what the line goes around
        if (_signed_area(corners) < 0) != is_hole:
            corners = corners[::-1]
        found.append(Outline(corners + shift, is_hole))
    return found


def keyholed(filled: Filled, *, by_corners: bool = False) -> list[Points]:
    """One closed line, float64 [N, 2], for each part of [H, W]; its holes are joined to it by channels of no width.

    A channel runs along the edges of pixels, so that no pixel's centre lies on it: rules that fill by winding and rules
    that fill by parity both give the same pixels. by_corners: as in `outlines`.
    """
    found = outlines(filled, by_corners=by_corners)
    holes = [number for number, one in enumerate(found) if one.is_hole]
    lines = {number: one.corners for number, one in enumerate(found)}
    if not holes:
        return list(lines.values())
    owners = _owners(found, filled.shape)
    merged: dict[int, int] = {}
    for number in sorted(holes, key=lambda one: float(found[one].corners[:, 1].min())):
        hole = lines.pop(number)
        start = int(np.lexsort((hole[:, 0], hole[:, 1]))[0])  # its leftmost column, the topmost corner there
        row, column = (int(one) for one in hole[start])
        if owners[row - 1, column] >= 0:
            wall = column  # it touches another line by this very corner
        else:
            wall = int(np.flatnonzero((owners[row - 1:row + 1, :column] >= 0).any(axis=0))[-1])
        height = row - 1 if wall == column or owners[row, wall] < 0 else row
        owner = int(owners[height, wall])
        owner = merged.get(owner, owner)
        lines[owner] = _spliced(lines[owner], np.roll(hole, -start, axis=0), (row, wall), height)
        merged[number] = owner
    return list(lines.values())


def fill(loops: Iterable[Points], shape: tuple[int, int]) -> Filled:
    """The pixels whose centre lies inside an odd number of the loops' turns; any polygon, float64 [N, 2] each."""
    height, width = shape
    turns = np.zeros((height, width + 1), np.int64)
    for loop in loops:
        rows, columns = _crossings(loop, height)
        np.add.at(turns, (rows, np.clip(np.ceil(columns - 0.5), 0, width).astype(np.intp)), 1)
    inside: Filled = np.cumsum(turns, axis=1)[:, :width] % 2 == 1
    return inside


def instances(plane: npt.NDArray[np.generic]) -> Iterator[tuple[int, Filled, tuple[int, int, int, int]]]:
    """Connected parts (8 neighbours) of each label of [H, W]: label, [H, W], and (left, top, width, height)."""
    import cv2

    for label in np.flatnonzero(np.bincount(plane.ravel())):
        if label == 0:
            continue
        count, parts, stats, _ = cv2.connectedComponentsWithStats((plane == label).astype(np.uint8), connectivity=8)
        for part in range(1, count):
            left, top, width, height = (int(one) for one in stats[part][:4])
            yield int(label), parts == part, (left, top, width, height)


def _box(filled: Filled) -> tuple[slice, slice] | None:
    rows, columns = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))
    if not rows.size:
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _graph(part: Filled, by_corners: bool) -> tuple[Index, Index, Index]:
    """Corners [N, 2], and for each the corner at the other end of its edge along the row and along the column.

    A crossing, where two filled pixels touch by a corner, is two corners: each joins the two edges of one filled pixel,
    or, by_corners, those of one empty pixel.
    """
    grid = np.pad(part, 1)
    ul, ur, dl, dr = grid[:-1, :-1], grid[:-1, 1:], grid[1:, :-1], grid[1:, 1:]
    up, down, left, right = ul != ur, dl != dr, ul != dl, ur != dr
    places = np.argwhere((up | down) & (left | right))
    at = (places[:, 0], places[:, 1])
    crossing = (up & down & left & right)[at]
    nodes = np.concatenate([places, places[crossing]])
    # -1: the edge goes to smaller rows or columns. Of a crossing the first corner has the edge to the left.
    sideways = np.where(right[at] & ~crossing, 1, -1)
    upright = np.where(down[at] & ~crossing, 1, -1)
    upper_left = ul[at][crossing] != by_corners
    upright[crossing] = np.where(upper_left, -1, 1)
    sideways = np.concatenate([sideways, np.ones(int(crossing.sum()), np.int64)])
    upright = np.concatenate([upright, np.where(upper_left, 1, -1)])
    return nodes, _paired(nodes[:, 0], nodes[:, 1], sideways), _paired(nodes[:, 1], nodes[:, 0], upright)


def _paired(line: Index, place: Index, side: Index) -> Index:
    """On each line of the lattice corners in turn begin and end an edge."""
    order = np.lexsort((2 * place + side, line))
    other = np.empty(len(order), np.intp)
    other[order[::2]], other[order[1::2]] = order[1::2], order[::2]
    return other


def _loops(across: Index, along: Index) -> Iterator[list[int]]:
    rows, columns = across.tolist(), along.tolist()
    seen = [False] * len(rows)
    for start in range(len(rows)):
        if seen[start]:
            continue
        loop, at = [], start
        while not seen[at]:
            beyond = rows[at]
            seen[at] = seen[beyond] = True
            loop += [at, beyond]
            at = columns[beyond]
        yield loop


def _signed_area(corners: Index) -> float:
    rows, columns = corners[:, 0].astype(np.float64), corners[:, 1].astype(np.float64)
    return float((columns * np.roll(rows, -1) - np.roll(columns, -1) * rows).sum() / 2)


def _owners(found: list[Outline], shape: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """[H, W + 1]: whose upright edge lies left of pixel (r, c), -1 where there is none."""
    owners = np.full((shape[0], shape[1] + 1), -1, np.int64)
    for number, one in enumerate(found):
        for (top, column), (bottom, other) in zip(one.corners.tolist(), np.roll(one.corners, -1, 0).tolist(),
                                                  strict=True):
            if column == other:
                owners[int(min(top, bottom)):int(max(top, bottom)), int(column)] = number
    return owners


def _spliced(line: Points, hole: Points, at: tuple[int, int], height: int) -> Points:
    """The line with a channel from its upright edge at pixel row `height` to the hole and back."""
    following = np.roll(line, -1, axis=0)
    low, high = np.minimum(line[:, 0], following[:, 0]), np.maximum(line[:, 0], following[:, 0])
    upright = (line[:, 1] == at[1]) & (following[:, 1] == at[1]) & (low <= height) & (height < high)
    place = int(np.flatnonzero(upright)[0]) + 1
    door = np.asarray([at], np.float64)
    whole = np.concatenate([line[:place], door, hole, hole[:1], door, line[place:]])
    return whole[np.any(whole != np.roll(whole, 1, axis=0), axis=1)]


def _crossings(loop: Points, height: int) -> tuple[Index, Points]:
    """Where the loop's edges cross the centre lines of the rows: row, and column (a float)."""
    start, end = loop, np.roll(loop, -1, axis=0)
    first = np.clip(np.ceil(np.minimum(start[:, 0], end[:, 0]) - 0.5), 0, height).astype(np.intp)
    last = np.clip(np.ceil(np.maximum(start[:, 0], end[:, 0]) - 0.5), 0, height).astype(np.intp)
    counts = last - first
    edge = np.repeat(np.arange(len(loop)), counts)
    rows = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts) + first[edge]
    steep = end[edge, 0] - start[edge, 0]
    share = (rows + 0.5 - start[edge, 0]) / steep
    return rows, start[edge, 1] + share * (end[edge, 1] - start[edge, 1])
