"""Which pixels the path of a disc or a square covers: those whose centre it covers, without gaps at any speed."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import ImagePoint, Rect

Coverage = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

# A disc or square that is smaller may miss every centre. It is a pen then: one pixel, and a line without gaps.
_PEN = math.sqrt(2)
# Centres on the right or lower edge of a square belong to the next one, so that a square of n covers n x n pixels.
_HALF_OPEN = 1e-7
# Up to so many centres all are looked at; of more the ends of each row alone, which costs as much for few as for many.
_SMALL = 1 << 15
# Of a length: what rounding may take.
_NEARLY = 1e-9


def swept(start: ImagePoint, end: ImagePoint, diameter: float, shape: str, size: tuple[int, int],
          scale: tuple[float, float] = (1.0, 1.0)) -> tuple[Rect, Coverage]:
    """The pixels of a plane of `size` (rows, columns) that the shape covers between two points: rect and what of it.

    shape: "disc" (closed: a centre on its edge is covered) or "square" (half open). scale: the length of a row's and of
    a column's step, in the unit of the diameter (pixels: 1 and 1).
    """
    down, across = diameter / scale[0], diameter / scale[1]
    if max(down, across) < _PEN:
        return _line(start, end, size)
    rect = Rect(math.floor(min(start.row, end.row) - down / 2), math.floor(min(start.column, end.column) - across / 2),
                math.ceil(max(start.row, end.row) + down / 2) + 1,
                math.ceil(max(start.column, end.column) + across / 2) + 1)
    rect = rect.intersection(Rect(0, 0, *size))
    if rect.is_empty:
        return _nothing()
    covered = _square(start, end, down / 2, across / 2, rect) if shape == "square" \
        else _disc(start, end, diameter / 2, rect, scale)
    if min(down, across) < _PEN:  # narrower than a pixel one way
        line, drawn = _line(start, end, size)
        covered[line.top - rect.top:line.bottom - rect.top, line.left - rect.left:line.right - rect.left] |= drawn
    return rect, covered


def reach(start: ImagePoint, end: ImagePoint, diameter: float, rect: Rect, scale: tuple[float, float],
          ) -> npt.NDArray[np.float64]:
    """float64 [rect]: the square of how far a ball reaches above and below each centre of its path's plane; 0 outside.

    In the unit of the diameter, squared; scale as in `swept`.
    """
    rows, columns = _scaled_centres(rect, start, scale)
    down, across = (end.row - start.row) * scale[0], (end.column - start.column) * scale[1]
    length = down * down + across * across
    along = np.add.outer(rows * down, columns * across)
    along = np.clip(along / length, 0, 1) if length > 0 else np.zeros_like(along)
    away = (rows[:, None] - along * down) ** 2 + (columns[None, :] - along * across) ** 2
    return np.asarray(np.maximum(diameter * diameter / 4 - away, 0))


def _disc(start: ImagePoint, end: ImagePoint, radius: float, rect: Rect, scale: tuple[float, float]) -> Coverage:
    rows, columns = _scaled_centres(rect, start, scale)
    path = _Path((end.row - start.row) * scale[0], (end.column - start.column) * scale[1], radius)
    if rect.height * rect.width <= _SMALL:
        return path.covers(rows[:, None], columns[None, :])
    return _filled(path, rows, columns)


@dataclass(frozen=True)
class _Path:
    """Of a disc's middle from (0, 0) to (down, across)."""

    down: float
    across: float
    radius: float

    def covers(self, rows: Floats, columns: Floats) -> Coverage:
        """Products and sums only, no division: exact for every pointer that is a fraction of a power of two."""
        down, across, reach = self.down, self.across, self.radius * self.radius
        covered: Coverage = rows * rows + columns * columns <= reach
        if down == 0 and across == 0:
            return covered
        covered |= (rows - down) ** 2 + (columns - across) ** 2 <= reach
        length = down * down + across * across
        along = rows * down + columns * across
        aside = rows * across - columns * down
        between = aside * aside <= reach * length
        between &= along >= 0
        between &= along <= length
        covered |= between
        return covered

    def spans(self, rows: Floats) -> tuple[Floats, Floats]:
        """About where each row enters what is covered and where it leaves it; both nan where it stays outside."""
        ends = [(middle - half, middle + half) for middle, half in
                ((0.0, self._half(rows)), (self.across, self._half(rows - self.down)))]
        ends.append(self._between(rows))
        return np.fmin.reduce([low for low, _ in ends]), np.fmax.reduce([high for _, high in ends])

    def _half(self, rows: Floats) -> Floats:
        """Half of what a disc around row 0 covers."""
        left = self.radius * self.radius - rows * rows
        return np.where(left < -_NEARLY * self.radius, np.nan, np.sqrt(np.maximum(left, 0)))

    def _between(self, rows: Floats) -> tuple[Floats, Floats]:
        """Where a row crosses the rectangle whose middle line the path is."""
        length = math.hypot(self.down, self.across)
        aside = self.radius * length
        low, high = np.full_like(rows, -np.inf), np.full_like(rows, np.inf)
        # Each pair of parallel sides: first <= offset + columns * slope <= last.
        for offset, slope, first, last in ((rows * self.down, self.across, 0.0, length * length),
                                           (rows * self.across, -self.down, -aside, aside)):
            if slope == 0:
                outside = (offset < first - _NEARLY * length) | (offset > last + _NEARLY * length)
                low[outside] = np.nan
            else:
                one, other = (first - offset) / slope, (last - offset) / slope
                low, high = np.maximum(low, np.minimum(one, other)), np.minimum(high, np.maximum(one, other))
        outside = ~(low <= high) | np.isinf(low)
        low[outside] = high[outside] = np.nan
        return low, high


def _filled(path: _Path, rows: Floats, columns: Floats) -> Coverage:
    """As `covers` of all centres: what a row meets of a path is one run, whose ends alone are looked at exactly."""
    held = len(columns) - 1
    step = float(columns[1] - columns[0]) if held else 1.0
    low, high = ((edge - columns[0]) / step for edge in path.spans(rows))
    is_met = ~np.isnan(low)
    first = np.clip(np.ceil(np.where(is_met, low, 0)), 0, held).astype(np.intp)
    last = np.clip(np.floor(np.where(is_met, high, 0)), 0, held).astype(np.intp)

    def covers(at: npt.NDArray[np.intp]) -> Coverage:
        """Of each row its centre at that column."""
        return (at >= 0) & (at <= held) & path.covers(rows, columns[np.clip(at, 0, held)])

    first = np.where(covers(first - 1), first - 1, np.where(covers(first), first, first + 1))
    last = np.where(covers(last + 1), last + 1, np.where(covers(last), last, last - 1))
    is_met &= covers(first)
    places = np.arange(held + 1, dtype=np.int32)
    covered: Coverage = np.less_equal.outer(np.where(is_met, first, held + 1).astype(np.int32), places)
    covered &= np.greater_equal.outer(last.astype(np.int32), places)
    return covered


def _square(start: ImagePoint, end: ImagePoint, tall: float, wide: float, rect: Rect) -> Coverage:
    """A centre is covered where one moment of the path has it within the square's rows and its columns.

    tall, wide: half of its sides, in rows and columns.
    """
    rows, columns = _centres(rect, start)
    first_row, last_row = _times(rows + _HALF_OPEN, end.row - start.row, tall)
    first_column, last_column = _times(columns + _HALF_OPEN, end.column - start.column, wide)
    covered: Coverage = np.maximum.outer(first_row, first_column) <= np.minimum.outer(last_row, last_column)
    return covered


def _times(offset: npt.NDArray[np.float64], way: float, half: float,
           ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """From when to when (0..1) |offset - t x way| <= half; an empty span where never."""
    if way == 0:
        inside = np.abs(offset) <= half
        return np.where(inside, 0.0, 2.0), np.where(inside, 1.0, -1.0)
    one, other = (offset - half) / way, (offset + half) / way
    return np.maximum(np.minimum(one, other), 0.0), np.minimum(np.maximum(one, other), 1.0)


def _line(start: ImagePoint, end: ImagePoint, size: tuple[int, int]) -> tuple[Rect, Coverage]:
    """One pixel a step of the longer side: connected by edges or corners, never two side by side."""
    top, left = math.floor(start.row), math.floor(start.column)
    bottom, right = math.floor(end.row), math.floor(end.column)
    steps = max(abs(bottom - top), abs(right - left))
    at = np.arange(steps + 1) / max(steps, 1)
    rows = np.floor(top + 0.5 + at * (bottom - top)).astype(np.intp)
    columns = np.floor(left + 0.5 + at * (right - left)).astype(np.intp)
    rect = Rect(min(top, bottom), min(left, right), max(top, bottom) + 1, max(left, right) + 1)
    rect = rect.intersection(Rect(0, 0, *size))
    if rect.is_empty:
        return _nothing()
    inside = (rows >= rect.top) & (rows < rect.bottom) & (columns >= rect.left) & (columns < rect.right)
    covered = np.zeros((rect.height, rect.width), bool)
    covered[rows[inside] - rect.top, columns[inside] - rect.left] = True
    return rect, covered


def _centres(rect: Rect, origin: ImagePoint) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    return (np.arange(rect.top, rect.bottom, dtype=np.float64) + (0.5 - origin.row),
            np.arange(rect.left, rect.right, dtype=np.float64) + (0.5 - origin.column))


def _scaled_centres(rect: Rect, origin: ImagePoint, scale: tuple[float, float],
                    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    rows, columns = _centres(rect, origin)
    return (rows, columns) if scale == (1.0, 1.0) else (rows * scale[0], columns * scale[1])


def _nothing() -> tuple[Rect, Coverage]:
    return Rect(0, 0, 0, 0), np.zeros((0, 0), bool)
