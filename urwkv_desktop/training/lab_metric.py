"""The metric of the laboratory that published U-RWKV, so that figures can stand beside theirs.

It differs from ours: intersection and union are pooled over the pictures of a batch, Dice is made of that IoU, all on
256 x 256 pixels, with pictures split one by one. Written from a description of their published scripts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

SIDE = 256
BATCHES = (1, 4, 8, 16)
_SMALL = 1e-5
_SMALLER = 1e-6


@dataclass(frozen=True)
class Counts:
    """Pixels of one picture at 256 x 256: common, found, wanted."""

    common: int
    found: int
    wanted: int


class LabMetric(msgspec.Struct, frozen=True):
    """Over single pictures whose truth is not empty (theirs leave normal ones out), in the order of the list.

    iou, dice: by their batch size ("1", "4", ...). iou_with_empty: batch size 1 over all pictures, an empty answer to
    an empty truth counting 1. sensitivity, precision, f1, accuracy: means over pictures.
    """

    side: int
    n: int
    iou: dict[str, float]
    dice: dict[str, float]
    iou_with_empty: float
    sensitivity: float
    precision: float
    f1: float
    accuracy: float


def counts(found: NDArray[np.uint8], truth: NDArray[np.uint8]) -> Counts:
    """One picture's label maps [H,W], all labels taken together."""
    import cv2

    drawn, wanted = (
        cv2.resize((array > 0).astype(np.uint8), (SIDE, SIDE), interpolation=cv2.INTER_NEAREST) > 0
        for array in (found, truth)
    )
    return Counts(int((drawn & wanted).sum()), int(drawn.sum()), int(wanted.sum()))


def lab_metric(pictures: Sequence[Counts]) -> LabMetric | None:
    """None where no picture holds anything."""
    holding = [one for one in pictures if one.wanted]
    if not holding:
        return None
    iou = {str(batch): _pooled(holding, batch) for batch in BATCHES}
    sensitive, precise = (np.array([one.common / (getattr(one, part) + _SMALLER) for one in holding])
                          for part in ("wanted", "found"))
    f1 = 2 * sensitive * precise / (sensitive + precise + _SMALLER)
    wrong = [(one.found + one.wanted - 2 * one.common) / SIDE**2 for one in holding]
    return LabMetric(
        side=SIDE,
        n=len(holding),
        iou=iou,
        dice={str(batch): _pooled(holding, batch, as_dice=True) for batch in BATCHES},
        iou_with_empty=_pooled(pictures, 1),
        sensitivity=float(sensitive.mean()),
        precision=float(precise.mean()),
        f1=float(f1.mean()),
        accuracy=1 - float(np.mean(wrong)),
    )


def _pooled(pictures: Sequence[Counts], batch: int, *, as_dice: bool = False) -> float:
    """Batches weigh with their number of pictures, as in their training script."""
    total = 0.0
    for start in range(0, len(pictures), batch):
        part = pictures[start : start + batch]
        common = sum(one.common for one in part)
        union = sum(one.found + one.wanted for one in part) - common
        iou = (common + _SMALL) / (union + _SMALL)
        total += len(part) * (2 * iou / (iou + 1) if as_dice else iou)
    return total / len(pictures)
