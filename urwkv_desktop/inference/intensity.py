"""Which values become 0 and 1: the card's rule, read against one image."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Image, Plane
from urwkv_desktop.inference.card import Intensity

_BIT_DEPTHS = (8, 10, 12, 14, 16)  # of detectors and files; a range is written for 8 bits


def limits_of(image: Image, intensity: Intensity) -> tuple[float, float]:
    """Values (stored x slope + intercept) that become 0 and 1. Percentiles are those of the whole image or volume.

    A range up to 255 speaks of 8-bit pictures: for a picture without a unit whose numbers are deeper (16-bit PNG or
    TIFF) it is stretched to the smallest of 10, 12, 14 and 16 bits that holds its largest value, and for one in
    fractions of 1 it is shrunk to 0..1.
    """
    if intensity.kind == "window":
        return intensity.low - intensity.high / 2, intensity.low + intensity.high / 2
    if intensity.kind == "percentiles":
        return _percentiles(image, intensity.low, intensity.high)
    factor = 1.0 if image.unit or intensity.high > 255 else _depth(image.pixels) / 255
    return intensity.low * factor, intensity.high * factor


def _depth(pixels: NDArray[np.generic]) -> float:
    """The largest value that pixels like these can have; 255 for 8 bits and where it cannot be told."""
    if pixels.dtype.itemsize == 1 or not pixels.size:
        return 255.0
    largest = float(np.max(pixels))
    if np.issubdtype(pixels.dtype, np.floating):
        return 1.0 if 0 < largest <= 1 else 255.0
    return float(next((2**bits - 1 for bits in _BIT_DEPTHS if largest <= 2**bits - 1), 255))


def _percentiles(image: Image, low: float, high: float) -> tuple[float, float]:
    """The values below which `low` and `high` per cent of the pixels lie, padding left out, by counting where one can.

    Whole numbers under one slope are counted slice by slice, so that a volume is never held as float32.
    """
    pixels = image.pixels
    even = len(set(image.slope)) == 1 and len(set(image.intercept)) == 1
    if even and np.issubdtype(pixels.dtype, np.integer) and pixels.dtype.itemsize <= 2 and image.slope[0] > 0:
        stored = _counted(pixels, image.padding, (low, high))
        return tuple(value * image.slope[0] + image.intercept[0] for value in stored)  # type: ignore[return-value]
    values = np.concatenate([*_measured(image)])
    if not values.size:
        return 0.0, 1.0
    smallest, largest = np.percentile(values, (low, high), method="inverted_cdf")
    return float(smallest), float(largest)


def _counted(pixels: NDArray[np.generic], padding: int | None, shares: tuple[float, float]) -> list[float]:
    """The same by a histogram of 8- or 16-bit numbers."""
    lowest = 0 if pixels.dtype.kind == "u" else -(2 ** (8 * pixels.dtype.itemsize - 1))
    counts = np.zeros(2 ** (8 * pixels.dtype.itemsize), np.int64)
    for plane in pixels:
        counts += np.bincount(plane.ravel().astype(np.int64) - lowest, minlength=len(counts))
    if padding is not None and 0 <= padding - lowest < len(counts) and counts[padding - lowest] < counts.sum():
        counts[padding - lowest] = 0
    total = np.cumsum(counts)
    wanted = [max(1, int(np.ceil(share / 100 * total[-1]))) for share in shares]
    return [float(np.searchsorted(total, count) + lowest) for count in wanted]


def _measured(image: Image) -> Iterator[NDArray[np.float32]]:
    """Values of each slice without its padding and without what is no number."""
    for k in range(image.shape[0]):
        values = image.values(Plane(0, k))
        kept = np.isfinite(values)
        if image.padding is not None:
            kept &= image.pixels[k] != image.padding
        yield values[kept]
