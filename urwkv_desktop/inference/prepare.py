"""Pixels as the network takes them: ONE function for training and use, so that the two cannot differ (MODELS.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Image, Plane
from urwkv_desktop.inference.card import InputSpec
from urwkv_desktop.inference.intensity import limits_of
from urwkv_desktop.inference.resampling import resized
from urwkv_desktop.inference.turn import AS_STORED, Turn, turn_of

__all__ = ["Prepared", "limits_of", "prepare", "prepare_values"]

Values = NDArray[np.float32]

_LUMINANCE = np.asarray((0.299, 0.587, 0.114), np.float32)  # ITU-R BT.601


@dataclass(frozen=True, eq=False)
class Prepared:
    """array: float32 [C,H,W], normalised. placement: top, left, bottom, right of the image on that grid, in its pixels.

    turn: how the stored slice was laid down before; placement speaks of the slice as it was laid down.
    """

    array: Values
    placement: tuple[float, float, float, float]
    turn: Turn = AS_STORED


def prepare(image: Image, spec: InputSpec, k: int, *, limits: tuple[float, float] | None = None) -> Prepared:
    """Slice k of an image, its stored values x slope + intercept, ready for the network.

    limits: `limits_of(image, spec.intensity)` where the caller has it already; it looks at every slice.
    """
    turn = turn_of(image.geometry, spec.plane)
    values = turn.apply(_around(image, k, turn) if spec.order == "slices" else image.values(Plane(0, k)))
    laid = prepare_values(values, spec, limits or limits_of(image, spec.intensity))
    return Prepared(laid.array, laid.placement, turn)


def prepare_values(values: Values, spec: InputSpec, limits: tuple[float, float]) -> Prepared:
    """float32 [H,W] or [H,W,3] -> 0..1 between the limits -> the card's channels and size -> divisor, mean, sd.

    What is no number (NaN in a float volume) counts as the lower limit.
    """
    low, high = limits
    unit: Values = np.clip((values - np.float32(low)) / np.float32(max(high - low, 1e-6)), 0, 1)
    if np.isnan(unit).any():
        unit = np.nan_to_num(unit, nan=0.0)
    sized, placement = _laid(_in_order(unit, spec), spec)
    if sized.ndim == 2:
        sized = np.repeat(sized[:, :, None], len(spec.mean), axis=2)
    mean, sd = np.asarray(spec.mean, np.float32), np.asarray(spec.sd, np.float32)
    normal = (sized / np.float32(spec.divisor) - mean) / sd
    return Prepared(np.ascontiguousarray(normal.transpose(2, 0, 1), np.float32), placement)


def _around(image: Image, k: int, turn: Turn) -> Values:
    """float32 [H,W,3]: the slice before, slice k, the slice behind; slice k again where the volume ends."""
    places = (k + 1, k, k - 1) if turn.reversed_slices else (k - 1, k, k + 1)
    planes = (image.values(Plane(0, place if 0 <= place < image.shape[0] else k)) for place in places)
    return np.stack([plane @ _LUMINANCE if plane.ndim == 3 else plane for plane in planes], axis=-1)


def _in_order(unit: Values, spec: InputSpec) -> Values:
    """Colours in the card's order; one plane where the card wants grey or one channel."""
    if unit.ndim == 2:
        return unit
    if spec.order == "grey" or len(spec.mean) == 1:
        return np.asarray(unit @ _LUMINANCE, np.float32)
    return unit[:, :, ::-1] if spec.order == "BGR" else unit


def _laid(unit: Values, spec: InputSpec) -> tuple[Values, tuple[float, float, float, float]]:
    if spec.resize == "stretch":
        return resized(unit, spec.height, spec.width), (0.0, 0.0, float(spec.height), float(spec.width))
    height, width = unit.shape[:2]
    factor = min(spec.height / height, spec.width / width)
    rows, columns = max(1, round(height * factor)), max(1, round(width * factor))
    top, left = (spec.height - rows) // 2, (spec.width - columns) // 2
    framed = np.zeros((spec.height, spec.width, *unit.shape[2:]), np.float32)
    framed[top : top + rows, left : left + columns] = resized(unit, rows, columns)
    return framed, (float(top), float(left), float(top + rows), float(left + columns))
