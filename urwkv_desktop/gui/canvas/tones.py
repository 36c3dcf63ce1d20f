"""Window and level: from a picture's values to the greys of the screen."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from urwkv_desktop.gui.canvas.pyramid import Pixels
from urwkv_desktop.imaging import Image, Plane, Window

_HALF_OF_8_BITS = 128
_SAMPLE = 1 << 17  # percentiles are taken of about so many pixels, evenly spread


@dataclass(frozen=True)
class Tones:
    """grey = stored x gain + offset, held within 0..255; or what a curve says, where the window is no line."""

    gain: float
    offset: float
    curved: "Curved | None" = None

    @staticmethod
    def of(image: Image, k: int, window: Window, *, inverted: bool = False, scaled: bool = False) -> "Tones":
        """For stored values of slice k. inverted: dark is bright (MONOCHROME1 and the person's wish, already combined).
        scaled: for values in the image's unit already.

        Source: DICOM PS3.3 C.11.2.1.2.1 (LINEAR) for whole numbers, C.11.2.1.3.2 (LINEAR_EXACT) for others or where
        the width is below 1.
        """
        centre, width = window.line(whole=np.issubdtype(image.pixels.dtype, np.integer))
        per_unit = 255.0 / max(width, 1e-9)
        slope, intercept = (1.0, 0.0) if scaled else (image.slope[k], image.intercept[k])
        if not window.is_line:
            return Tones(0.0, 0.0, Curved(window, slope, intercept, inverted))
        gain = per_unit * slope
        offset = per_unit * (intercept - centre) + 127.5
        return Tones(-gain, 255.0 - offset) if inverted else Tones(gain, offset)

    def apply(self, values: Pixels, out: npt.NDArray[np.uint8]) -> None:
        """values: uint8, uint16, int16 or float32; out: uint8 of the same shape."""
        if self.curved is not None:
            self.curved.apply(values, out)
            return
        # convertScaleAbs takes the absolute value, so what would fall below black is held there first.
        black = -self.offset / self.gain if self.gain else 0.0
        flat = values.reshape(values.shape[0], -1)  # channels beside each other: one bound for all
        if self.gain < 0:
            held = cv2.min(flat, _bound(np.floor(black), values.dtype))
        else:
            held = cv2.max(flat, _bound(np.ceil(black), values.dtype))
        cv2.convertScaleAbs(held, dst=out.reshape(flat.shape), alpha=self.gain, beta=self.offset)


@dataclass(frozen=True)
class Curved:
    """A window whose shades lie on a curve or in a table of the file."""

    window: Window
    slope: float
    intercept: float
    inverted: bool

    def apply(self, values: Pixels, out: npt.NDArray[np.uint8]) -> None:
        if np.issubdtype(values.dtype, np.integer) and values.dtype.itemsize <= 2:
            every = np.arange(np.iinfo(values.dtype).min, np.iinfo(values.dtype).max + 1)
            out[...] = self._greys(every)[values.astype(np.intp) - every[0]]
        else:
            out[...] = self._greys(values)

    def _greys(self, stored: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
        shades = self.window.shades(stored * self.slope + self.intercept, whole=False)
        return np.rint(255 * (1 - shades if self.inverted else shades)).astype(np.uint8)


def _bound(value: float, dtype: np.dtype[Any]) -> Any:
    """The value held within what an array's type can hold."""
    limits = np.iinfo(dtype) if np.issubdtype(dtype, np.integer) else np.finfo(dtype)
    return float(min(max(value, limits.min), limits.max))


def own_window(image: Image, k: int) -> Window:
    """What the image asks for: its first named window; 8 bit as it is, but for a scan that uses less than half of them;
    otherwise the 1st to 99th percentile of slice k.

    In the image's unit (stored x slope + intercept).
    """
    if image.windows:
        return image.windows[0]
    is_8_bit = image.pixels.dtype == np.uint8 and image.slope[k] == 1 and image.intercept[k] == 0
    if is_8_bit and (image.is_colour or not image.geometry.oriented):
        return Window(128.0, 256.0)
    low, high = percentiles(image, k)
    if is_8_bit and high >= _HALF_OF_8_BITS:
        return Window(128.0, 256.0)
    if np.issubdtype(image.pixels.dtype, np.integer):
        return Window((low + high) / 2 + 0.5, max(high - low, 1.0) + 1)
    return Window((low + high) / 2, max(high - low, 1e-6))


def percentiles(image: Image, k: int, low: float = 1.0, high: float = 99.0) -> tuple[float, float]:
    """Two percentiles of slice k in the image's unit, without its padding value and what is no number."""
    stored: Pixels = Plane(0, k).cut(image.pixels)
    step = max(1, int((stored.size / _SAMPLE) ** 0.5))
    sample = stored[::step, ::step].ravel()
    if image.padding is not None:
        sample = sample[~image.padding.covers(sample)]
    if np.issubdtype(sample.dtype, np.floating):
        sample = sample[np.isfinite(sample)]
    if not sample.size:
        return 0.0, 1.0
    values = np.percentile(sample, (low, high)) * image.slope[k] + image.intercept[k]
    return float(values.min()), float(values.max())
