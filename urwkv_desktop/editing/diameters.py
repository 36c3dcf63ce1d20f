"""The longest diameter of what a label covers in a plane, and the longest one across it: the two lengths of WHO's
criteria, of which RECIST sums the first.

Of a label that lies in several islands the one with the longest diameter counts. The outline runs through the middles
of the pixels' outer edges, so that one pixel is one pixel long; a hole is part of what lies around it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.distance import Bools
from urwkv_desktop.editing.edits import Voxels
from urwkv_desktop.editing.measuring import Measure, scale_of
from urwkv_desktop.editing.work import Stop
from urwkv_desktop.imaging import Box, Geometry, Message, Plane, Rect, SpacingKind

Place = tuple[float, float]  # (row, column) in the plane
Floats = npt.NDArray[np.float64]
_LINES = 4096  # across an outline of more corners than this: a chord is looked for at so many places


@dataclass(frozen=True)
class Diameters:
    """longest, across: the ends of two lines that are at right angles to each other. unit: "mm", or "px" where the
    image has none."""

    longest: tuple[Place, Place]
    across: tuple[Place, Place]
    amounts: tuple[float, float]
    unit: str

    @property
    def words(self) -> Message:
        longest, across = (Measure(amount, self.unit).figure for amount in self.amounts)
        return Message("{longest} × {across} {unit}", longest=longest, across=across, unit=self.unit)


def diameters_of(ids: Voxels, label: int, plane: Plane, geometry: Geometry, within: Rect) -> Diameters | None:
    """ids: the plane's [rows, columns]. within: beyond it the label is known not to be. None where it is nowhere."""
    import cv2

    inside = np.ascontiguousarray(ids[within.index] == label)
    _, parts, boxes, _ = cv2.connectedComponentsWithStats(inside.view(np.uint8), connectivity=8)
    best: Diameters | None = None
    reach = _reach(plane, geometry)
    sizes = [math.hypot(height * reach[0], width * reach[1]) for _, _, width, height, _ in boxes[1:].tolist()]
    for island in sorted(range(len(sizes)), key=lambda place: -sizes[place]):
        if best is not None and best.amounts[0] >= sizes[island]:
            break  # no smaller one can be longer
        left, top, width, height, _ = boxes[island + 1].tolist()
        own = np.asarray(parts[top:top + height, left:left + width] == island + 1)
        found = _of_island(own, (within.top + top, within.left + left), plane, geometry)
        if best is None or found.amounts[0] > best.amounts[0]:
            best = found
    return best


def diameters_in(voxels: Voxels, labels: Sequence[int], geometry: Geometry, slices: Sequence[int], within: Box,
                 stop: Stop) -> dict[int, dict[int, Diameters]]:
    """By stored slice and label; those that cover nothing are left out. Ends early where it is stopped.

    voxels: [Z, H, W] label ids. within: beyond it there is background only.
    """
    rect, found = Rect(within.j0, within.i0, within.j1, within.i1), dict[int, dict[int, Diameters]]()
    for k in slices:
        if stop():
            break
        here: dict[int, Diameters] = {}
        if within.k0 <= k < within.k1 and voxels[k][rect.index].any():
            for label in labels:
                one = diameters_of(voxels[k], label, Plane(0, k), geometry, rect)
                if one is not None:
                    here[label] = one
        found[k] = here
    return found


def _reach(plane: Plane, geometry: Geometry) -> tuple[float, float]:
    """At least what a row and a column measure, in whatever unit an island is measured by."""
    if geometry.kind is SpacingKind.region and plane.axis == 0:
        return (max([1.0, *(region.row_mm for region in geometry.regions)]),
                max([1.0, *(region.column_mm for region in geometry.regions)]))
    steps = geometry.steps(plane)
    return (1.0, 1.0) if isinstance(steps, Message) else steps


def _of_island(inside: Bools, corner: tuple[int, int], plane: Plane, geometry: Geometry) -> Diameters:
    """inside: [rows, columns], some True at each side of it. corner: of the array, in the plane."""
    hull = _hull(inside) + corner
    known = scale_of([(row, column) for row, column in hull.tolist()], plane, geometry)
    scale = np.asarray(known or (1.0, 1.0))
    one, other = _farthest(hull * scale)
    axis = one - other
    length = float(np.hypot(*axis))
    chord = _chord(_outline(inside) * scale, np.asarray(axis) / length) + np.asarray(corner) * scale
    ends = [tuple((place / scale).tolist()) for place in (one, other, *chord)]
    return Diameters((ends[0], ends[1]), (ends[2], ends[3]), (length, float(np.hypot(*(chord[0] - chord[1])))),
                     "mm" if known is not None else "px")


def _hull(inside: Bools) -> Floats:
    """Corners of the convex hull of the outline, [n, (row, column)]. Exact: found on whole numbers, twice the size."""
    import cv2

    rows, columns = np.arange(inside.shape[0]), np.arange(inside.shape[1])
    points = []
    for lines, (along, across), turned in ((inside, (rows, columns), False), (inside.T, (columns, rows), True)):
        some = lines.any(axis=1)
        first, last = lines.argmax(axis=1), len(across) - lines[:, ::-1].argmax(axis=1)
        for ends in (first, last):
            pair = np.stack([2 * along[some] + 1, 2 * ends[some]], axis=1)
            points.append(pair[:, ::-1] if turned else pair)
    hull = cv2.convexHull(np.concatenate(points).astype(np.int32)[:, None])
    return np.asarray(hull, np.float64).reshape(-1, 2) / 2


def _farthest(points: Floats) -> tuple[Floats, Floats]:
    """The two of them that lie farthest apart."""
    apart = (points[:, None, 0] - points[None, :, 0]) ** 2 + (points[:, None, 1] - points[None, :, 1]) ** 2
    one, other = np.unravel_index(int(apart.argmax()), apart.shape)
    return points[one], points[other]


def _outline(inside: Bools) -> Floats:
    """The outer outline in straight pieces, in no order: float64 [n, 2 ends, (row, column)], by marching squares."""
    import cv2

    around = np.pad(inside, 1).astype(np.uint8)
    cv2.floodFill(around, None, (0, 0), (2,), (0,), (0,), 4)
    solid = around != 2  # holes are filled
    upper_left, upper_right, lower_left, lower_right = solid[:-1, :-1], solid[:-1, 1:], solid[1:, :-1], solid[1:, 1:]
    # Between the centres of each two by two pixels: where the outline passes, and by which two of the four sides.
    top, left = upper_left != upper_right, upper_left != lower_left
    right, bottom = upper_right != lower_right, lower_left != lower_right
    saddle = top & left & right & bottom
    joins = saddle & upper_left  # the diagonal is joined, as islands are
    sides = {"top": (-0.5, 0.0), "left": (0.0, -0.5), "right": (0.0, 0.5), "bottom": (0.5, 0.0)}
    pieces = ((top & left & ~right & ~bottom | saddle & ~joins, "top", "left"),
              (right & bottom & ~top & ~left | saddle & ~joins, "right", "bottom"),
              (top & right & ~left & ~bottom | joins, "top", "right"),
              (left & bottom & ~top & ~right | joins, "left", "bottom"),
              (top & bottom & ~left & ~right, "top", "bottom"), (left & right & ~top & ~bottom, "left", "right"))
    found = [np.stack([np.argwhere(where) + sides[one], np.argwhere(where) + sides[other]], axis=1)
             for where, one, other in pieces]
    return np.concatenate(found)


def _chord(pieces: Floats, axis: Floats) -> Floats:
    """The longest straight line at right angles to the axis that lies inside the outline: its ends, [2, (row, column)].

    As the line moves along the axis its length changes evenly from corner to corner of the outline: it is longest at
    one of them, as seen from this side or from that.
    """
    along, across = pieces @ axis, pieces @ np.asarray([-axis[1], axis[0]])  # [n, 2 ends]
    places = np.unique(along)
    if len(places) > _LINES:
        places = np.linspace(places[0], places[-1], _LINES)
    best, at, span = -1.0, 0.0, (0.0, 0.0)
    for side in ("left", "right"):
        line, place = _crossings(along, across, places, side)
        lengths = place[1::2] - place[::2]
        if lengths.size and lengths.max() > best:
            longest = int(lengths.argmax())
            best, at = float(lengths[longest]), float(places[line[2 * longest]])
            span = float(place[2 * longest]), float(place[2 * longest + 1])
    return np.asarray([(axis[0] * at - axis[1] * end, axis[1] * at + axis[0] * end) for end in span])


def _crossings(along: Floats, across: Floats, places: Floats, side: str) -> tuple[npt.NDArray[np.intp], Floats]:
    """Where the pieces cross the lines, in the order of the lines and then along each: in, out, in, out.

    side: "left" counts a piece's beginning and not its end, "right" the other way round, so that a corner that lies on
    a line is crossed once.
    """
    low, high = along.min(axis=1), along.max(axis=1)
    first, last = np.searchsorted(places, low, side), np.searchsorted(places, high, side)  # type: ignore[call-overload]
    counts = last - first
    piece = np.repeat(np.arange(len(along)), counts)
    line = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + first[piece]
    start, end = along[piece].T
    share = (places[line] - start) / (end - start)
    place = across[piece, 0] + share * (across[piece, 1] - across[piece, 0])
    order = np.lexsort((place, line))
    return line[order], place[order]
