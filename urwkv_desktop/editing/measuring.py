"""What a measurement says: lengths and areas in millimetres where the spacing is true, in pixels where it is not; and
the values under a mask."""

import json
import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.edits import MeasureEdit, Voxels
from urwkv_desktop.imaging import Geometry, Image, ImagePoint, Message, Plane, Rect

Points = Sequence[tuple[float, float]]
_BAND = 1 << 18  # pixels that are looked at in one go: below a millisecond
_KNOWN = (np.uint8, np.uint16, np.int16, np.float32, np.float64)  # to OpenCV


@dataclass(frozen=True)
class Measure:
    """A figure and its unit: mm or px of a length, mm² or px² of an area."""

    amount: float
    unit: str

    @property
    def words(self) -> Message:
        return Message("{amount} {unit}", amount=self.figure, unit=self.unit)

    @property
    def figure(self) -> str:
        """Three digits at least, never more than a tenth: 1.24, 12.4, 1240.6."""
        return f"{self.amount:.2f}" if self.amount < 10 else f"{self.amount:.1f}"


@dataclass(frozen=True)
class Values:
    """Of the voxels of a label: how many, and mean and standard deviation (of all of them) in the image's unit."""

    count: int
    mean: float
    deviation: float


def measured(edit: MeasureEdit, geometry: Geometry) -> Measure:
    """The figure of a measurement, computed anew: it is never stored."""
    plane = Plane(edit.axis, edit.index)
    return length(edit.points, plane, geometry) if edit.kind == "length" else area(edit.points, plane, geometry)


def measurement_text(measures: Sequence[MeasureEdit], geometry: Geometry) -> str:
    """What leaves of a case's measurements, as JSON; "" where there are none.

    A list of {kind, axis, index, points, amount, unit}: points (row, column) in the plane that axis and index name.
    """
    if not measures:
        return ""
    figures = [(edit, measured(edit, geometry)) for edit in measures]
    return json.dumps([{"kind": edit.kind, "axis": edit.axis, "index": edit.index,
                        "points": [[round(row, 3), round(column, 3)] for row, column in edit.points],
                        "amount": round(figure.amount, 4), "unit": figure.unit} for edit, figure in figures],
                      ensure_ascii=False, separators=(",", ":"))


def length(points: Points, plane: Plane, geometry: Geometry) -> Measure:
    """Along a line of points (row, column)."""
    ends = [ImagePoint(*point) for point in points]
    steps = [geometry.length(start, end, plane).mm for start, end in pairwise(ends)]
    known = [step for step in steps if step is not None]
    if steps and len(known) == len(steps):
        return Measure(sum(known), "mm")
    return Measure(sum(math.hypot(end.row - start.row, end.column - start.column) for start, end in pairwise(ends)),
                   "px")


def area(points: Points, plane: Plane, geometry: Geometry) -> Measure:
    """Inside a closed outline that does not cross itself (Gauss's formula)."""
    rows, columns = np.asarray(points, np.float64).T
    doubled = float(rows @ np.roll(columns, -1) - columns @ np.roll(rows, -1))
    pixels = abs(doubled) / 2
    scale = scale_of(points, plane, geometry)
    return Measure(pixels, "px²") if scale is None else Measure(pixels * scale[0] * scale[1], "mm²")


def values_under(image: Image, ids: Voxels, label: int, plane: Plane, within: Rect | None = None) -> Values | None:
    """The values of a plane where its ids [rows, columns] are the label; None where no pixel has a value.

    within: outside of it the label is known not to be. A colour picture is taken by the mean of its channels; padding
    and what is no number are left out.
    """
    return next(iter(deque(tallied(image, ids, label, plane, within), maxlen=1)), None)


def tallied(image: Image, ids: Voxels, label: int, plane: Plane, within: Rect | None = None) -> Iterator[Values | None]:
    """As `values_under`, a band of rows at a time: after each what is known by then, so that whoever has no time may
    go on later."""
    rect = within if within is not None else Rect(0, 0, *ids.shape)
    cut, band = plane.cut(image.pixels), max(1, _BAND // max(1, rect.width))
    found: Values | None = None
    for top in range(rect.top, rect.bottom, band):
        part = Rect(top, rect.left, min(top + band, rect.bottom), rect.right)
        found = _joined(found, _of_band(image, cut[part.index], ids[part.index] == label, plane, top))
        yield found


def _of_band(image: Image, stored: npt.NDArray[Any], where: npt.NDArray[np.bool_], plane: Plane, top: int,
             ) -> Values | None:
    """Of rows of a plane; top: the first of them."""
    import cv2

    rows = slice(plane.index, plane.index + 1) if plane.axis == 0 else slice(top, top + len(stored))
    slope, intercept = np.asarray(image.slope[rows]), np.asarray(image.intercept[rows])
    if not where.any():
        return None
    if image.padding is not None and not image.is_colour:
        where = where & ~image.padding.covers(stored)
    if stored.dtype not in _KNOWN or image.is_colour or np.ptp(slope) or np.ptp(intercept):
        numbers = stored.astype(np.float64)
        numbers = numbers.mean(axis=2) if image.is_colour else numbers
        stored, slope, intercept = numbers * slope[:, None] + intercept[:, None], np.ones(1), np.zeros(1)
    if np.issubdtype(stored.dtype, np.floating):
        where = where & np.isfinite(stored)
    count = int(np.count_nonzero(where))
    if not count:
        return None
    mean, deviation = cv2.meanStdDev(np.ascontiguousarray(stored), mask=np.ascontiguousarray(where).view(np.uint8))
    return Values(count, float(mean[0, 0]) * float(slope[0]) + float(intercept[0]),
                  float(deviation[0, 0]) * abs(float(slope[0])))


def _joined(one: Values | None, other: Values | None) -> Values | None:
    """Of two parts together. Source: Chan, Golub and LeVeque, Updating Formulae, 1979."""
    if one is None or other is None:
        return one or other
    count, apart = one.count + other.count, other.mean - one.mean
    squares = one.count * one.deviation**2 + other.count * other.deviation**2 \
        + apart**2 * one.count * other.count / count
    return Values(count, one.mean + apart * other.count / count, math.sqrt(squares / count))


def scale_of(points: Points, plane: Plane, geometry: Geometry) -> tuple[float, float] | None:
    """mm of a row and of a column, where they hold for all of the points."""
    start = ImagePoint(*points[0])
    if any(geometry.length(start, ImagePoint(*point), plane).mm is None for point in points[1:]):
        return None
    row = max((row for row, _ in points), key=lambda row: abs(row - start.row))
    column = max((column for _, column in points), key=lambda column: abs(column - start.column))
    if row == start.row or column == start.column:
        return 1.0, 1.0  # no area
    # Between two places that the points themselves reach, so that a region which alone has a scale is not left.
    down = geometry.length(start, ImagePoint(row, start.column), plane).mm
    across = geometry.length(start, ImagePoint(start.row, column), plane).mm
    if down is None or across is None:
        return None
    return down / abs(row - start.row), across / abs(column - start.column)

