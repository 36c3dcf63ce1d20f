"""Places and lengths: planes, points, boxes, and where a voxel lies in the patient.

Three spaces have three types: the widget's x, y (only in gui), the image plane (ImagePoint: float row and column;
pixel (r, c) covers [r, r+1) x [c, c+1)), the patient (PatientPoint, LPS millimetres). Geometry alone knows that an
affine names a voxel's centre by its whole index.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging.messages import Message

Array = npt.NDArray[np.generic]


@dataclass(frozen=True)
class ImagePoint:
    """A place in a plane, in pixels: row, column; pixel (0, 0) has its centre at (0.5, 0.5)."""

    row: float
    column: float


@dataclass(frozen=True)
class PatientPoint:
    """A place in the patient, LPS millimetres."""

    x: float
    y: float
    z: float


@dataclass(frozen=True)
class Rect:
    """Half-open range of rows and columns of a plane."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return max(0, self.bottom - self.top)

    @property
    def width(self) -> int:
        return max(0, self.right - self.left)

    @property
    def is_empty(self) -> bool:
        return self.bottom <= self.top or self.right <= self.left

    @property
    def index(self) -> tuple[slice, slice]:
        return slice(self.top, self.bottom), slice(self.left, self.right)

    @property
    def transposed(self) -> "Rect":
        """Rows and columns exchanged."""
        return Rect(self.left, self.top, self.right, self.bottom)

    def union(self, other: "Rect") -> "Rect":
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        return Rect(min(self.top, other.top), min(self.left, other.left),
                    max(self.bottom, other.bottom), max(self.right, other.right))

    def intersection(self, other: "Rect") -> "Rect":
        return Rect(max(self.top, other.top), max(self.left, other.left),
                    min(self.bottom, other.bottom), min(self.right, other.right))

    def grown(self, by: int) -> "Rect":
        return Rect(self.top - by, self.left - by, self.bottom + by, self.right + by)


@dataclass(frozen=True)
class Box:
    """Half-open range of voxels [k, j, i]: slices, rows, columns. The currency of "what has changed"."""

    k0: int
    j0: int
    i0: int
    k1: int
    j1: int
    i1: int

    @property
    def shape(self) -> tuple[int, int, int]:
        return max(0, self.k1 - self.k0), max(0, self.j1 - self.j0), max(0, self.i1 - self.i0)

    @property
    def is_empty(self) -> bool:
        return 0 in self.shape

    @property
    def index(self) -> tuple[slice, slice, slice]:
        return slice(self.k0, self.k1), slice(self.j0, self.j1), slice(self.i0, self.i1)

    def union(self, other: "Box") -> "Box":
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        return Box(min(self.k0, other.k0), min(self.j0, other.j0), min(self.i0, other.i0),
                   max(self.k1, other.k1), max(self.j1, other.j1), max(self.i1, other.i1))


@dataclass(frozen=True)
class Plane:
    """One slice of a volume: axis 0 (k: the slices as stored), 1 (j) or 2 (i), and its index along that axis.

    Rows and columns of the plane are the two remaining axes in their order: axis 0 -> (j, i), 1 -> (k, i), 2 -> (k, j).
    """

    axis: int
    index: int

    def cut(self, voxels: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
        """The plane of an array [Z, H, W, ...] as a view [rows, columns, ...]."""
        return voxels[(slice(None),) * self.axis + (self.index,)]

    def box(self, rect: Rect) -> Box:
        if self.axis == 0:
            return Box(self.index, rect.top, rect.left, self.index + 1, rect.bottom, rect.right)
        if self.axis == 1:
            return Box(rect.top, self.index, rect.left, rect.bottom, self.index + 1, rect.right)
        return Box(rect.top, rect.left, self.index, rect.bottom, rect.right, self.index + 1)

    def rect(self, box: Box) -> Rect | None:
        """The part of the box that lies in this plane; None where it does not meet it."""
        low, high = (box.k0, box.j0, box.i0), (box.k1, box.j1, box.i1)
        if not low[self.axis] <= self.index < high[self.axis]:
            return None
        rows, columns = (axis for axis in range(3) if axis != self.axis)
        return Rect(low[rows], low[columns], high[rows], high[columns])

    def size(self, shape: tuple[int, ...]) -> tuple[int, int]:
        """(rows, columns) of this plane in a volume of shape (Z, H, W, ...)."""
        rows, columns = (shape[axis] for axis in range(3) if axis != self.axis)
        return rows, columns


class SpacingKind(Enum):
    """Where a spacing comes from; only the first four may be shown as millimetres."""

    patient = "patient"
    calibrated = "calibrated"
    detector = "detector"
    region = "region"
    aspect = "aspect"
    unknown = "unknown"


class ThirdAxis(Enum):
    none = "none"
    space = "space"
    time = "time"


@dataclass(frozen=True)
class Length:
    """mm, or None with the reason why there is none."""

    mm: float | None
    reason: Message | None = None


@dataclass(frozen=True)
class UltrasoundRegion:
    """One region of an ultrasound picture and its scale in mm per pixel; other pixels of the picture have none."""

    rect: Rect
    row_mm: float
    column_mm: float


_NO_SCALE = Message("The image states no spacing, so lengths are given in pixels.")


@dataclass(frozen=True, eq=False)
class Geometry:
    """Where the voxels of one Image lie.

    positions: float64 [Z, 3], the centre of voxel (0, 0) of each slice, LPS mm.
    along_columns: unit vector of increasing column i; along_rows: of increasing row j (LPS).
    row_spacing: mm between rows; column_spacing: mm between columns (1.0 each where kind is unknown; then no length).
    third_axis: what the slices are. kind: where the spacing comes from.
    """

    positions: npt.NDArray[np.float64]
    along_columns: tuple[float, float, float] = (1.0, 0.0, 0.0)
    along_rows: tuple[float, float, float] = (0.0, 1.0, 0.0)
    row_spacing: float = 1.0
    column_spacing: float = 1.0
    kind: SpacingKind = SpacingKind.unknown
    third_axis: ThirdAxis = ThirdAxis.none
    regions: tuple[UltrasoundRegion, ...] = ()
    oriented: bool = False

    @staticmethod
    def picture(*, row_spacing: float = 1.0, column_spacing: float = 1.0,
                kind: SpacingKind = SpacingKind.unknown, slices: int = 1,
                third_axis: ThirdAxis = ThirdAxis.none) -> "Geometry":
        """A picture (or frames in time) without a place in a patient."""
        positions = np.zeros((slices, 3))
        positions[:, 2] = np.arange(slices)
        return Geometry(positions, row_spacing=row_spacing, column_spacing=column_spacing, kind=kind,
                        third_axis=third_axis)

    @staticmethod
    def from_affine(affine: npt.NDArray[np.float64], slices: int) -> "Geometry":
        """affine: 4x4, voxel (i, j, k) -> LPS mm, centre by whole index. In-plane shear raises ValueError."""
        columns, rows, step, origin = affine[:3, 0], affine[:3, 1], affine[:3, 2], affine[:3, 3]
        width, height = float(np.linalg.norm(columns)), float(np.linalg.norm(rows))
        if min(width, height) <= 0 or abs(float(columns @ rows)) > 1e-3 * width * height:
            raise ValueError("the in-plane directions of the affine are not perpendicular")
        positions = origin + np.arange(slices)[:, None] * step
        return Geometry(positions, _triple(columns / width), _triple(rows / height), height, width,
                        SpacingKind.patient, ThirdAxis.space, oriented=True)

    @property
    def slices(self) -> int:
        return len(self.positions)

    @property
    def step(self) -> npt.NDArray[np.float64]:
        """Mean vector from one slice to the next, LPS mm; along the normal by 1 mm for a single slice."""
        if self.slices < 2:
            return np.cross(self.along_columns, self.along_rows)
        mean: npt.NDArray[np.float64] = (self.positions[-1] - self.positions[0]) / (self.slices - 1)
        return mean

    @property
    def is_even(self) -> bool:
        """All slices at one distance along one line (1 % of the step or 0.1 mm, the rounding of written positions)."""
        if self.third_axis is ThirdAxis.time:
            return False
        if self.slices < 3:
            return True
        ideal = self.positions[0] + np.arange(self.slices)[:, None] * self.step
        allowed = max(0.01 * float(np.linalg.norm(self.step)), 0.1)
        return bool(np.abs(self.positions - ideal).max() <= allowed)

    @property
    def affine(self) -> npt.NDArray[np.float64] | None:
        """4x4, voxel (i, j, k) -> LPS mm; None where the slices are uneven or are frames in time."""
        if not self.is_even:
            return None
        affine = np.eye(4)
        affine[:3, 0] = np.asarray(self.along_columns) * self.column_spacing
        affine[:3, 1] = np.asarray(self.along_rows) * self.row_spacing
        affine[:3, 2] = self.step
        affine[:3, 3] = self.positions[0]
        return affine

    def spacing(self, plane: Plane) -> tuple[float, float]:
        """(between rows, between columns) of the plane, for its true shape on the screen; 1.0 where unknown."""
        depth = float(np.linalg.norm(self.step)) if self.third_axis is ThirdAxis.space else 1.0
        if plane.axis == 0:
            return self.row_spacing, self.column_spacing
        return depth, self.column_spacing if plane.axis == 1 else self.row_spacing

    def steps(self, plane: Plane) -> tuple[float, float] | Message:
        """mm of one pixel down and across the plane, the same all over it; or why there is no such number."""
        if self.kind is SpacingKind.region and plane.axis == 0 and self.regions:
            scales = {(region.row_mm, region.column_mm) for region in self.regions}
            return scales.pop() if len(scales) == 1 else Message("The parts of this picture have different scales.")
        if not self.has_lengths:
            return Message("The image states no spacing, so there are no millimetres.")
        if plane.axis != 0 and self.third_axis is not ThirdAxis.space:
            return Message("Time has no millimetres.")
        return self.spacing(plane)

    @property
    def has_lengths(self) -> bool:
        """Whether lengths are millimetres all over the image; in a picture of regions they are within one only."""
        return self.kind in (SpacingKind.patient, SpacingKind.calibrated, SpacingKind.detector)

    def length(self, start: ImagePoint, end: ImagePoint, plane: Plane) -> Length:
        """Millimetres between two points of a plane, or why not."""
        rows, columns = self.spacing(plane)
        if self.kind is SpacingKind.region and plane.axis == 0:
            region = self._region_of(start)
            if region is None or region != self._region_of(end):
                return Length(None, Message("The line leaves the ultrasound region, which alone has a scale."))
            rows, columns = region.row_mm, region.column_mm
        elif not self.has_lengths:
            return Length(None, _NO_SCALE)
        return Length(float(np.hypot((end.row - start.row) * rows, (end.column - start.column) * columns)))

    def _region_of(self, point: ImagePoint) -> UltrasoundRegion | None:
        for region in self.regions:
            area = region.rect
            if area.top <= point.row < area.bottom and area.left <= point.column < area.right:
                return region
        return None

    def pixel_area(self) -> float | None:
        """mm2 of one pixel of a stored slice; None where lengths mean nothing or only hold in a region."""
        return self.row_spacing * self.column_spacing if self.has_lengths else None

    def voxel_volume(self) -> float | None:
        """mm3 of one voxel; None unless the slices are even and in space."""
        if not (self.has_lengths and self.third_axis is ThirdAxis.space and self.is_even and self.slices > 1):
            return None
        affine = self.affine
        return None if affine is None else abs(float(np.linalg.det(affine[:3, :3])))

    def to_patient(self, point: ImagePoint, plane: Plane) -> PatientPoint:
        """LPS mm of a place in a plane. A voxel's centre, half a pixel further, is its whole index here."""
        rows, columns = (axis for axis in range(3) if axis != plane.axis)
        index = np.zeros(3)
        index[rows], index[columns], index[plane.axis] = point.row - 0.5, point.column - 0.5, plane.index
        k = int(np.clip(np.floor(index[0]), 0, self.slices - 1))
        following = self.positions[k + 1] if k + 1 < self.slices else self.positions[k] + self.step
        base = self.positions[k] + (index[0] - k) * (following - self.positions[k])
        place = (base + index[1] * self.row_spacing * np.asarray(self.along_rows)
                 + index[2] * self.column_spacing * np.asarray(self.along_columns))
        return PatientPoint(*_triple(place))


def _triple(vector: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in vector)
    return x, y, z
