"""The values that tools go by, in the image's unit, and where they lie within a band.

A colour picture is taken by its luminance (ITU-R BT.601). Padding and what is no number are never within a band.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.capsule import Coverage
from urwkv_desktop.imaging import Image, Padding, Plane, Rect

Stored = npt.NDArray[Any]
_SAMPLES = 200_000  # values looked at for the span of a large volume
_ROUNDING = 1e-6  # of a step: what a slope that is no binary fraction leaves behind


def span(image: Image) -> tuple[float, float]:
    """(lowest, highest) value that occurs, in the image's unit; the whole of 8 bit. highest > lowest."""
    if image.pixels.dtype == np.uint8:
        low, high = 0.0, 255.0
    else:
        flat = image.pixels.reshape(-1)
        sample = flat[:: max(1, flat.size // _SAMPLES)]
        if sample.dtype.kind == "f":
            sample = sample[np.isfinite(sample)]
        low, high = (float(sample.min()), float(sample.max())) if sample.size else (0.0, 1.0)
    slope, intercept = image.slope[0], image.intercept[0]
    ends = sorted((low * slope + intercept, high * slope + intercept))
    return ends[0], ends[1] if ends[1] > ends[0] else ends[0] + 1


def stored_band(image: Image, plane: Plane, low: float, high: float) -> tuple[float, float] | None:
    """The band in stored values; None where the plane's rows are scaled differently."""
    if plane.axis == 0:
        slope, intercept = image.slope[plane.index], image.intercept[plane.index]
    elif len(set(image.slope)) == 1 and len(set(image.intercept)) == 1:
        slope, intercept = image.slope[0], image.intercept[0]
    else:
        return None
    if slope == 0:
        return (-math.inf, math.inf) if low <= intercept <= high else (1.0, 0.0)
    first, last = sorted(((low - intercept) / slope, (high - intercept) / slope))
    return first - _ROUNDING, last + _ROUNDING


def within(image: Image, plane: Plane, rect: Rect, low: float, high: float, step: int = 1) -> Coverage:
    """bool [rect, every step-th row and column]: low <= value <= high."""
    band = stored_band(image, plane, low, high)
    if band is None:
        return _scaled_within(image, plane, rect, low, high)[::step, ::step]
    return stored_within(plane.cut(image.pixels)[rect.index][::step, ::step], band, image.padding)


def stored_within(stored: Stored, band: tuple[float, float], padding: Padding | None) -> Coverage:
    """stored: [rows, columns] or [rows, columns, 3]; band: both ends count."""
    import cv2

    if not stored.size or band[1] < band[0]:
        return np.zeros(stored.shape[:2], bool)
    grey = luminance(stored)
    low, high = band
    if np.issubdtype(grey.dtype, np.integer):
        limits = np.iinfo(grey.dtype)
        low, high = math.ceil(max(low, limits.min)), math.floor(min(high, limits.max))
        if low > high:
            return np.zeros(grey.shape, bool)
    if grey.dtype in (np.uint8, np.int8, np.uint16, np.int16, np.float32):
        inside: Coverage = cv2.inRange(np.ascontiguousarray(grey), low, high) != 0
    else:
        inside = (grey >= low) & (grey <= high)
    if padding is not None and stored.ndim == 2:
        inside &= ~padding.covers(stored)
    return inside


def luminance(stored: Stored) -> Stored:
    """A colour picture as grey; grey as it is."""
    if stored.ndim == 2:
        return stored
    import cv2

    kind = stored.dtype if stored.dtype in (np.uint8, np.uint16, np.float32) else np.dtype(np.float32)
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(stored, kind), cv2.COLOR_RGB2GRAY))


def value_at(scene: Scene, row: int, column: int) -> float:
    """In the image's unit; NaN for padding."""
    image, plane = scene.image, scene.plane
    stored = luminance(plane.cut(image.pixels)[row:row + 1, column:column + 1])[0, 0]
    if image.padding is not None and not image.is_colour and image.padding.covers(stored):
        return math.nan
    k = plane.index if plane.axis == 0 else row
    return float(stored) * image.slope[k] + image.intercept[k]


def _scaled_within(image: Image, plane: Plane, rect: Rect, low: float, high: float) -> Coverage:
    """Row k of a reformatted plane has slice k's scaling."""
    cut = luminance(plane.cut(image.pixels)[rect.index])
    rows = slice(rect.top, rect.bottom)
    slope, intercept = np.asarray(image.slope)[rows, None], np.asarray(image.intercept)[rows, None]
    values = cut.astype(np.float64) * slope + intercept
    inside: Coverage = (values >= low) & (values <= high)
    if image.padding is not None and not image.is_colour:
        inside &= ~image.padding.covers(cut)
    return inside
