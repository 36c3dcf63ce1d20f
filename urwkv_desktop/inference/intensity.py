"""Which values become 0 and 1: the card's rule, read against one image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Finding, Image, Message, Padding, Plane
from urwkv_desktop.inference.card import Intensity
from urwkv_desktop.inference.depth import has_others, reach

NO_NUMBERS, REACH_UNKNOWN = "values.no-numbers", "values.reach-unknown"


def limits_of(image: Image, intensity: Intensity) -> tuple[float, float]:
    """Values (stored x slope + intercept) that become 0 and 1. Percentiles are those of the whole image or volume.

    A range up to 255 speaks of 8-bit pictures: for a picture without a unit it is stretched to where that picture's
    black and white are (depth.py). What is no number (NaN, infinite) changes neither.
    """
    if intensity.kind == "window":
        return intensity.low - intensity.high / 2, intensity.low + intensity.high / 2
    if intensity.kind == "percentiles":
        return _percentiles(image, intensity.low, intensity.high)
    if not _is_of_8_bits(image, intensity):
        return intensity.low, intensity.high
    found = reach(image)
    across = found.white - found.black
    return found.black + intensity.low / 255 * across, found.black + intensity.high / 255 * across


def _is_of_8_bits(image: Image, intensity: Intensity) -> bool:
    return intensity.kind == "range" and not image.unit and intensity.high <= 255


def with_scaling_findings(image: Image, intensity: Intensity | None) -> Image:
    """The image with what `scaling_findings` says, in place of what an earlier look said."""
    found = scaling_findings(image, intensity)
    others = tuple(one for one in image.findings if one.code not in (NO_NUMBERS, REACH_UNKNOWN))
    return image if (*others, *found) == image.findings else replace(image, findings=(*others, *found))


def scaling_findings(image: Image, intensity: Intensity | None) -> tuple[Finding, ...]:
    """What a person should know of how an image's values become 0 and 1. intensity: of the model that looks at it."""
    found = []
    if has_others(image.pixels):
        count = int(image.pixels.size - np.count_nonzero(np.isfinite(image.pixels)))
        found.append(Finding(NO_NUMBERS, Message(
            "{count} values of this image are no numbers (NaN or infinite). They are passed over: the rest is scaled "
            "as if they were not there.", count=count)))
    if intensity is not None and _is_of_8_bits(image, intensity):
        ends = reach(image)
        if not ends.is_known:
            found.append(Finding(REACH_UNKNOWN, Message(
                "Nothing says which values of this image are black and white; {low} and {high} were taken. Look twice "
                "at what the network drew.", low=f"{ends.black:g}", high=f"{ends.white:g}")))
    return tuple(found)


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


def _counted(pixels: NDArray[np.generic], padding: Padding | None, shares: tuple[float, float]) -> list[float]:
    """The same by a histogram of 8- or 16-bit numbers."""
    lowest = 0 if pixels.dtype.kind == "u" else -(2 ** (8 * pixels.dtype.itemsize - 1))
    counts = np.zeros(2 ** (8 * pixels.dtype.itemsize), np.int64)
    for plane in pixels:
        counts += np.bincount(plane.ravel().astype(np.int64) - lowest, minlength=len(counts))
    if padding is not None:
        padded = padding.covers(np.arange(lowest, lowest + len(counts)))
        if counts[padded].sum() < counts.sum():
            counts[padded] = 0
    total = np.cumsum(counts)
    wanted = [max(1, int(np.ceil(share / 100 * total[-1]))) for share in shares]
    return [float(np.searchsorted(total, count) + lowest) for count in wanted]


def _measured(image: Image) -> Iterator[NDArray[np.float32]]:
    """Values of each slice without its padding and without what is no number."""
    for k in range(image.shape[0]):
        values = image.values(Plane(0, k))
        kept = np.isfinite(values)
        if image.padding is not None:
            kept &= ~image.padding.covers(image.pixels[k])
        yield values[kept]
