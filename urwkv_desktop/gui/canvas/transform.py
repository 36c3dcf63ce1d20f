"""The one place where a widget's x, y and an image's row, column meet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil, floor

from urwkv_desktop.imaging import ImagePoint, Rect

MIN_SIDE = 16.0  # device pixels: an image is never made smaller than this
MAX_ZOOM = 64.0  # device pixels per image pixel


@dataclass(frozen=True)
class Extent:
    """A size or place on the screen in whole device pixels, half-open: x0 <= x < x1."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return max(0, self.x1 - self.x0)

    @property
    def height(self) -> int:
        return max(0, self.y1 - self.y0)

    @property
    def is_empty(self) -> bool:
        return self.x1 <= self.x0 or self.y1 <= self.y0

    @property
    def index(self) -> tuple[slice, slice]:
        """For an array [rows, columns] of the whole screen."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)

    def intersection(self, other: "Extent") -> "Extent":
        return Extent(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))

    def union(self, other: "Extent") -> "Extent":
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        return Extent(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def grown(self, by: int) -> "Extent":
        return Extent(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def moved(self, dx: int, dy: int) -> "Extent":
        return Extent(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)


def strips_around(inner: Extent, outer: Extent) -> tuple[Extent, ...]:
    """What of outer is not inner, in rectangles that do not overlap; all of outer where they do not meet."""
    inner = inner.intersection(outer)
    if inner.is_empty:
        return () if outer.is_empty else (outer,)
    strips = (Extent(outer.x0, outer.y0, outer.x1, inner.y0), Extent(outer.x0, inner.y1, outer.x1, outer.y1),
              Extent(outer.x0, inner.y0, inner.x0, inner.y1), Extent(inner.x1, inner.y0, outer.x1, inner.y1))
    return tuple(strip for strip in strips if not strip.is_empty)


@dataclass(frozen=True)
class Margins:
    """Room left free around a fitted image, in device pixels."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True)
class ViewTransform:
    """Where an image plane lies on the screen.

    All lengths are device pixels (a widget's logical pixels x its device pixel ratio), so that one to one is one to
    one on every screen. zoom_rows, zoom_columns: device pixels per image row and column, different where pixels are
    not square, negative where the view is mirrored. left, top: where column 0 and row 0 begin. swapped: rows run across
    the screen and columns down (then row 0 begins at left).
    """

    zoom_rows: float
    zoom_columns: float
    left: float
    top: float
    swapped: bool = False

    @property
    def zoom(self) -> float:
        """Device pixels per image pixel along the finer axis."""
        return min(abs(self.zoom_rows), abs(self.zoom_columns))

    @property
    def is_magnified(self) -> bool:
        """From here on every image pixel is drawn as a sharp block, and the mask exactly on its edges."""
        return self.zoom >= 4.0

    @property
    def zoom_across(self) -> float:
        """Device pixels per image pixel across the screen."""
        return self.zoom_rows if self.swapped else self.zoom_columns

    @property
    def zoom_down(self) -> float:
        return self.zoom_columns if self.swapped else self.zoom_rows

    @property
    def straight(self) -> "ViewTransform":
        """The same for the plane with its rows and columns exchanged, where that is how it is shown."""
        return ViewTransform(self.zoom_down, self.zoom_across, self.left, self.top)

    def to_image(self, x: float, y: float) -> ImagePoint:
        """Continuous image coordinates: pixel (0, 0) covers [0, 1) x [0, 1)."""
        if self.swapped:
            return ImagePoint(row=(x - self.left) / self.zoom_rows, column=(y - self.top) / self.zoom_columns)
        return ImagePoint(row=(y - self.top) / self.zoom_rows, column=(x - self.left) / self.zoom_columns)

    def to_screen(self, point: ImagePoint) -> tuple[float, float]:
        """(x, y) in device pixels."""
        across, down = (point.row, point.column) if self.swapped else (point.column, point.row)
        return self.left + across * self.zoom_across, self.top + down * self.zoom_down

    def places(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """(x, y) of each (row, column), as `to_screen` has them, for lines of many points."""
        left, top, down, across = self.left, self.top, self.zoom_rows, self.zoom_columns
        if self.swapped:
            return [(left + row * down, top + column * across) for row, column in points]
        return [(left + column * across, top + row * down) for row, column in points]

    def zoomed(self, factor: float, x: float, y: float) -> "ViewTransform":
        """The same with another zoom, the image's place under (x, y) kept."""
        return replace(self, zoom_rows=self.zoom_rows * factor, zoom_columns=self.zoom_columns * factor,
                       left=x - (x - self.left) * factor, top=y - (y - self.top) * factor)

    def moved(self, dx: int, dy: int) -> "ViewTransform":
        """By whole device pixels, so that a frame already composed can be shifted."""
        return replace(self, left=self.left + dx, top=self.top + dy)

    def step_to(self, other: "ViewTransform") -> tuple[int, int] | None:
        """(dx, dy) by which `moved` makes the other of this one; None where it is another view."""
        dx, dy = round(other.left - self.left), round(other.top - self.top)
        return (dx, dy) if self.moved(dx, dy) == other else None

    def extent(self, rect: Rect) -> Extent:
        """The device pixels whose centres the image's rectangle covers."""
        rect = rect.transposed if self.swapped else rect
        x0, x1 = _covered(self.left, self.zoom_across, rect.left, rect.right)
        y0, y1 = _covered(self.top, self.zoom_down, rect.top, rect.bottom)
        return Extent(x0, y0, x1, y1)

    def rect(self, extent: Extent) -> Rect:
        """The image pixels that the device pixels touch, not clipped to any image."""
        left, right = _touched(self.left, self.zoom_across, extent.x0, extent.x1)
        top, bottom = _touched(self.top, self.zoom_down, extent.y0, extent.y1)
        rect = Rect(top, left, bottom, right)
        return rect.transposed if self.swapped else rect


def _covered(origin: float, zoom: float, start: int, stop: int) -> tuple[int, int]:
    low, high = sorted((origin + start * zoom, origin + stop * zoom))
    return ceil(low - 0.5), ceil(high - 0.5)


def _touched(origin: float, zoom: float, start: int, stop: int) -> tuple[int, int]:
    low, high = sorted(((start - origin) / zoom, (stop - origin) / zoom))
    return floor(low), ceil(high)


@dataclass(frozen=True)
class Shape:
    """What gives a plane its form on the screen: size in pixels, spacing (its ratio counts), mirroring, and whether its
    rows run across the screen."""

    rows: int
    columns: int
    row_spacing: float = 1.0
    column_spacing: float = 1.0
    mirror_rows: bool = False
    mirror_columns: bool = False
    swapped: bool = False

    @property
    def rect(self) -> Rect:
        return Rect(0, 0, self.rows, self.columns)

    def placed(self, zoom: float, x: float, y: float) -> ViewTransform:
        """The plane with its middle at (x, y); zoom: device pixels per image pixel along the finer axis."""
        finer = min(self.row_spacing, self.column_spacing)
        down = zoom * self.row_spacing / finer * (-1 if self.mirror_rows else 1)
        across = zoom * self.column_spacing / finer * (-1 if self.mirror_columns else 1)
        wide, high = across * self.columns, down * self.rows
        if self.swapped:
            wide, high = high, wide
        return ViewTransform(down, across, float(round(x - wide / 2)), float(round(y - high / 2)), self.swapped)

    def fitted(self, width: float, height: float, margins: Margins) -> ViewTransform:
        """The whole plane, as large as a screen of width x height allows."""
        room_x = max(MIN_SIDE, width - margins.left - margins.right)
        room_y = max(MIN_SIDE, height - margins.top - margins.bottom)
        finer = min(self.row_spacing, self.column_spacing)
        wide, high = self.columns * self.column_spacing / finer, self.rows * self.row_spacing / finer
        if self.swapped:
            wide, high = high, wide
        zoom = min(room_x / wide, room_y / high, MAX_ZOOM)
        return self.placed(zoom, margins.left + room_x / 2, margins.top + room_y / 2)

    def bounded(self, transform: ViewTransform, factor: float) -> float:
        """The factor, made smaller where zooming by it would pass the smallest or largest zoom."""
        smallest = min(MIN_SIDE / max(self.rows, self.columns), 1.0)
        wanted = min(max(transform.zoom * factor, smallest), MAX_ZOOM)
        return wanted / transform.zoom
