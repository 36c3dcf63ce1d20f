"""How well one mask agrees with another, and how sure a mean is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.training.surfaces import apart

Bits = NDArray[np.bool_]

RESAMPLES = 2000
INTERVAL = (2.5, 97.5)


@dataclass(frozen=True)
class Overlap:
    """dice, iou: 0 to 1."""

    dice: float
    iou: float


def overlap(found: Bits, truth: Bits) -> Overlap:
    """Dice and IoU of two masks of one shape; two empty ones agree (1), an empty and a full one do not (0)."""
    _same_shape(found, truth)
    common, both = int(np.count_nonzero(found & truth)), int(np.count_nonzero(found)) + int(np.count_nonzero(truth))
    if both == 0:
        return Overlap(1.0, 1.0)
    return Overlap(2 * common / both, common / (both - common))


def hd95(found: Bits, truth: Bits, spacing: Sequence[float] | None = None) -> float | None:
    """The larger of the two 95th percentiles of distances between the masks' surfaces; None where one is empty.

    In pixels, or in the unit of `spacing` (one value an axis). Surface: voxels of the mask with a face outside of it.
    """
    distances = apart(found, truth, spacing)
    return None if distances is None else distances.hd95


def mean_interval(values: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval of the mean (percentile method); the same seed gives the same interval."""
    if not values:
        return float("nan"), float("nan")
    sample = np.asarray(values, np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(sample), (RESAMPLES, len(sample)))
    low, high = np.percentile(sample[drawn].mean(axis=1), INTERVAL)
    return float(low), float(high)


def _same_shape(found: Bits, truth: Bits) -> None:
    if found.shape != truth.shape:
        raise ValueError(f"Masks of one shape are needed, got {found.shape} and {truth.shape}.")
