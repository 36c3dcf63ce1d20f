"""One picture or volume, as stored, with what its numbers mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging.geometry import Geometry, Plane
from urwkv_desktop.imaging.messages import Finding


class Curve(Enum):
    """How a window makes shades of values. Source: DICOM PS3.3 C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2."""

    linear = "LINEAR"
    exact = "LINEAR_EXACT"
    sigmoid = "SIGMOID"


@dataclass(frozen=True)
class Window:
    """A window for display: centre (level) and width, in the image's unit (stored x slope + intercept).

    table: shades (0..255) of the whole numbers from centre - width / 2 on, where the file holds a table of them; those
    below are shown as its first, those above as its last.
    """

    centre: float
    width: float
    name: str = ""
    curve: Curve = Curve.linear
    table: bytes = field(default=b"", repr=False)

    @property
    def is_line(self) -> bool:
        return not self.table and self.curve is not Curve.sigmoid

    def line(self, *, whole: bool) -> tuple[float, float]:
        """(centre, width) of the line from black to white. whole: the values are whole numbers."""
        if whole and self.width > 1 and self.curve is Curve.linear:
            return self.centre - 0.5, self.width - 1
        return self.centre, max(self.width, 1e-9)

    def shades(self, values: npt.NDArray[Any], *, whole: bool) -> npt.NDArray[np.float32]:
        """0 (black) to 1 for values of any shape, in the image's unit; what is no number is black."""
        largest = float(np.finfo(np.float32).max)
        numbers: npt.NDArray[Any] = np.nan_to_num(values, posinf=largest, neginf=-largest)
        if self.table:
            shades = np.frombuffer(self.table, np.uint8)
            places = np.rint(np.clip(numbers - (self.centre - self.width / 2), 0, len(shades) - 1)).astype(np.intp)
            found: npt.NDArray[Any] = shades[places] / np.float32(255)
        elif self.curve is Curve.sigmoid:
            found = 1.0 / (1.0 + np.exp(np.clip(-4.0 * (numbers - self.centre) / max(self.width, 1e-9), -80, 80)))
        else:
            centre, width = self.line(whole=whole)
            found = np.clip((numbers - centre) / width + 0.5, 0, 1)
        return found.astype(np.float32)


@dataclass(frozen=True)
class Padding:
    """Stored values that are no measurement: from low to high, both included."""

    low: float
    high: float

    @staticmethod
    def of(value: float) -> "Padding":
        return Padding(value, value)

    def covers(self, stored: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
        """Where, of an array of any shape."""
        found: npt.NDArray[np.bool_] = stored == self.low
        return found if self.low == self.high else (stored >= self.low) & (stored <= self.high)


@dataclass(frozen=True, eq=False)
class Image:
    """pixels: [Z, H, W] or [Z, H, W, 3], indexed [k, j, i], the stored dtype, read-only; Z = 1 for a picture.

    slope, intercept: one a slice; values are stored x slope + intercept. unit: of the values ("HU" for CT, "" unknown).
    padding: stored values that are no measurement, or None. inverted: MONOCHROME1, a matter of display only.
    windows: those the file names, best first. identity: how the case is found again (formats.Source.identity).
    modality, body_part: DICOM's words or "". caption: patient's name, ID, study date, series description, laterality
    for DICOM (shown on the screen, never logged).
    """

    pixels: npt.NDArray[np.generic]
    geometry: Geometry
    slope: tuple[float, ...] = (1.0,)
    intercept: tuple[float, ...] = (0.0,)
    unit: str = ""
    padding: Padding | None = None
    inverted: bool = False
    windows: tuple[Window, ...] = ()
    findings: tuple[Finding, ...] = ()
    identity: str = ""
    modality: str = ""
    body_part: str = ""
    caption: Mapping[str, str] = field(default_factory=dict)
    frames_per_second: float | None = None  # of frames in time, where the file names it
    lease: object = None  # keeps shared memory mapped for as long as the pixels are used

    def __post_init__(self) -> None:
        if self.pixels.ndim not in (3, 4) or (self.pixels.ndim == 4 and self.pixels.shape[3] != 3):
            raise ValueError(f"pixels must be [Z,H,W] or [Z,H,W,3], not {self.pixels.shape}")
        slices = self.pixels.shape[0]
        if self.geometry.slices != slices:
            raise ValueError(f"{slices} slices of pixels, {self.geometry.slices} of geometry")
        for name in ("slope", "intercept"):
            values = getattr(self, name)
            if len(values) == 1 and slices > 1:
                object.__setattr__(self, name, values * slices)
            elif len(values) != slices:
                raise ValueError(f"{name} has {len(values)} values for {slices} slices")
        self.pixels.flags.writeable = False

    @property
    def shape(self) -> tuple[int, int, int]:
        """(Z, H, W)."""
        z, h, w = self.pixels.shape[:3]
        return z, h, w

    @property
    def is_colour(self) -> bool:
        return self.pixels.ndim == 4

    def values(self, plane: Plane) -> npt.NDArray[np.float32]:
        """The plane's values in the image's unit: float32 [rows, columns] or [rows, columns, 3]."""
        cut = plane.cut(self.pixels).astype(np.float32)
        if plane.axis == 0:
            return cut * np.float32(self.slope[plane.index]) + np.float32(self.intercept[plane.index])
        shape = (-1,) + (1,) * (cut.ndim - 1)
        slope = np.asarray(self.slope, np.float32).reshape(shape)
        return cut * slope + np.asarray(self.intercept, np.float32).reshape(shape)
