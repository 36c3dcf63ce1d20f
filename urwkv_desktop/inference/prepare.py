"""Pixels as the network takes them: ONE function for training and use, so that the two cannot differ (MODELS.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Image, Plane
from urwkv_desktop.inference.card import InputSpec, Intensity

Values = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Prepared:
    """array: float32 [C,H,W], normalised. placement: top, left, bottom, right of the image on that grid, in its pixels."""

    array: Values
    placement: tuple[float, float, float, float]


def prepare(image: Image, spec: InputSpec, k: int) -> Prepared:
    """Slice k of an image, its stored values x slope + intercept, ready for the network."""
    return prepare_values(image.values(Plane(0, k)), spec, limits_of(image, spec.intensity))


def limits_of(image: Image, intensity: Intensity) -> tuple[float, float]:
    """Values that become 0 and 1. Percentiles are those of the whole image or volume, padding excluded."""
    if intensity.kind == "range":
        return intensity.low, intensity.high
    if intensity.kind == "window":
        return intensity.low - intensity.high / 2, intensity.low + intensity.high / 2
    values = np.stack([image.values(Plane(0, k)) for k in range(image.shape[0])])
    kept = values if image.padding is None else values[image.pixels != image.padding]
    if kept.size == 0:
        kept = values
    low, high = np.percentile(kept, (intensity.low, intensity.high))
    return float(low), float(high)


def prepare_values(values: Values, spec: InputSpec, limits: tuple[float, float]) -> Prepared:
    """float32 [H,W] or [H,W,3] -> 0..1 between the limits -> three channels -> the card's size -> mean, sd, divisor."""
    low, high = limits
    unit = np.clip((values - np.float32(low)) / np.float32(max(high - low, 1e-6)), 0, 1)
    sized, placement = _resized(unit, spec)
    if sized.ndim == 2:
        sized = np.repeat(sized[:, :, None], len(spec.mean), axis=2)
    elif spec.order == "BGR":
        sized = sized[:, :, ::-1]
    normal = (sized / np.float32(spec.divisor) - np.float32(spec.mean)) / np.float32(spec.sd)
    return Prepared(np.ascontiguousarray(normal.transpose(2, 0, 1), np.float32), placement)


def _resized(unit: Values, spec: InputSpec) -> tuple[Values, tuple[float, float, float, float]]:
    if spec.resize == "stretch":
        return _scaled(unit, spec.height, spec.width), (0.0, 0.0, float(spec.height), float(spec.width))
    height, width = unit.shape[:2]
    factor = min(spec.height / height, spec.width / width)
    rows, columns = max(1, round(height * factor)), max(1, round(width * factor))
    top, left = (spec.height - rows) // 2, (spec.width - columns) // 2
    framed = np.zeros((spec.height, spec.width, *unit.shape[2:]), np.float32)
    framed[top : top + rows, left : left + columns] = _scaled(unit, rows, columns)
    return framed, (float(top), float(left), float(top + rows), float(left + columns))


def _scaled(unit: Values, rows: int, columns: int) -> Values:
    """Means of areas along an axis that shrinks, linear along one that grows."""
    import cv2

    height, width = unit.shape[:2]
    smaller = cv2.resize(unit, (min(width, columns), min(height, rows)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(smaller, (columns, rows), interpolation=cv2.INTER_LINEAR), np.float32)
