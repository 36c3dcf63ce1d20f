"""One picture or volume, as stored, with what its numbers mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging.geometry import Geometry, Plane
from urwkv_desktop.imaging.messages import Finding


@dataclass(frozen=True)
class Window:
    """A window for display: centre (level) and width, in the image's unit (stored x slope + intercept)."""

    centre: float
    width: float
    name: str = ""


@dataclass(frozen=True, eq=False)
class Image:
    """pixels: [Z, H, W] or [Z, H, W, 3], indexed [k, j, i], the stored dtype, read-only; Z = 1 for a picture.

    slope, intercept: one a slice; values are stored x slope + intercept. unit: of the values ("HU" for CT, "" unknown).
    padding: stored value that is no measurement, or None. inverted: MONOCHROME1, a matter of display only.
    windows: those the file names, best first. identity: how the case is found again (formats.Source.identity).
    modality, body_part: DICOM's words or "". caption: patient's name, ID, study date, series description, laterality
    for DICOM (shown on the screen, never logged).
    """

    pixels: npt.NDArray[np.generic]
    geometry: Geometry
    slope: tuple[float, ...] = (1.0,)
    intercept: tuple[float, ...] = (0.0,)
    unit: str = ""
    padding: int | None = None
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
