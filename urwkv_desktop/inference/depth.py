"""Which values are black and white in a picture whose file names no unit, whatever numbers it is stored in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Image, Padding, Plane

Numbers = NDArray[np.generic]

# Detectors and files have these depths up to 16 bits; beyond them whatever a sum or a scaling needs.
_BIT_DEPTHS = (8, 10, 12, 14, *range(16, 65))
# By these 8 bits are brought to 10, 12, 14, 16 (two ways), 24 and 32; the largest that fits is the one that was used.
_FACTORS = (16843009, 65793, 257, 256, 64, 16, 4)
_LEVELS = 32  # a picture of fewer different values says nothing by their common step
_LOOKED_AT = 1 << 16  # pixels, spread over the image
_OVERSHOOT = 1.2  # of full scale: what a resampled picture's edges reach beyond it
_DIM = 16  # of 255: below it a picture in fractions would be black to any eye


@dataclass(frozen=True)
class Reach:
    """black, white: values (stored x slope + intercept).

    is_known: False where nothing says which values these are, and 0 or the picture's darkest and its brightest were
    taken.
    """

    black: float
    white: float
    is_known: bool = True


_EIGHT_BITS = Reach(0.0, 255.0)


def reach(image: Image) -> Reach:
    """A linear change of all numbers (another depth, fractions of 1, a slope and intercept) changes them alike.

    That holds for every change that keeps 0, except that a picture darker than a quarter of its depth is taken for one
    of a smaller depth; values below 0 are told by their symmetry, and where they have none they are not known.
    """
    slope, intercept = image.slope[0], image.intercept[0]
    if len(set(image.slope)) > 1 or len(set(image.intercept)) > 1 or slope <= 0:
        planes = [finite(image.values(Plane(0, k))) for k in range(image.shape[0])]
        ends = np.asarray([(plane.min(), plane.max()) for plane in planes if plane.size], np.float64)
        return _reach(float(ends.min()), float(ends.max()), ends) if ends.size else _EIGHT_BITS
    stored = _stored(image.pixels, image.padding)
    return Reach(stored.black * slope + intercept, stored.white * slope + intercept, stored.is_known)


def finite(values: Numbers) -> NDArray[Any]:
    """The values without NaN and infinite ones; the array itself where there are none."""
    return values[np.isfinite(values)] if has_others(values) else values


def has_others(values: Numbers) -> bool:
    """Whether there are NaN or infinite values; one look at the smallest and largest is enough for that."""
    if values.dtype.kind != "f" or not values.size:
        return False
    with np.errstate(invalid="ignore"):
        return not (np.isfinite(np.min(values)) and np.isfinite(np.max(values)))


def _stored(pixels: Numbers, padding: Padding | None) -> Reach:
    if pixels.dtype.itemsize == 1 and pixels.dtype.kind in "ub":
        return _EIGHT_BITS
    kept = finite(pixels if padding is None else pixels[~padding.covers(pixels)])
    if not kept.size:
        return _EIGHT_BITS
    flat = kept.reshape(-1)
    return _reach(float(flat.min()), float(flat.max()), flat[:: max(1, flat.size // _LOOKED_AT) | 1])


def _reach(smallest: float, largest: float, some: Numbers) -> Reach:
    """some: values from all over the picture, which tell whether they are whole numbers and of what step."""
    is_whole = some.dtype.kind != "f" or bool(np.all(np.asarray(some, np.float64) % 1 == 0))
    if smallest < -largest / 10:
        return _around_zero(smallest, largest, is_whole=is_whole)
    if largest <= 0:
        return _EIGHT_BITS
    if some.dtype.kind == "f" and largest <= (1 if is_whole else _OVERSHOOT):
        return Reach(0.0, 1.0)
    room = 1.0 if is_whole else _OVERSHOOT
    if not is_whole and largest < _DIM:
        return Reach(0.0, largest, is_known=False)
    full = next((2.0**bits - 1 for bits in _BIT_DEPTHS if largest <= room * (2.0**bits - 1)), None)
    if full is None:
        return Reach(0.0, largest, is_known=False)
    return Reach(0.0, _of_eight_bits(some, largest, full) if is_whole and largest > 255 else full)


def _of_eight_bits(some: Numbers, largest: float, full: float) -> float:
    """White of a picture whose values are all multiples of one number, at most 255 of it: an 8-bit picture, scaled."""
    levels: NDArray[Any] = np.unique(some)
    if len(levels) <= _LEVELS or largest >= 2.0**53:
        return full
    step = int(np.gcd.reduce(levels.astype(np.int64)))
    if step == 1 or largest > 255 * step:
        return full
    factor = next((factor for factor in _FACTORS if step % factor == 0 and largest <= 255 * factor), None)
    return 255.0 * factor if factor is not None else min(full, 255.0 * step)


def _around_zero(smallest: float, largest: float, *, is_whole: bool) -> Reach:
    """Signed numbers: those of -0.5..0.5, -1..1, -128..127 and so on, where they use the range on its dark side."""
    for half in (0.5, 1.0, *(2.0 ** (bits - 1) for bits in _BIT_DEPTHS)):
        if -half <= smallest and largest <= half:
            if smallest >= -half / 2:
                break
            return Reach(-half, half - 1 if is_whole and half > 1 else half)
    return Reach(smallest, largest, is_known=False) if smallest < largest else _EIGHT_BITS
