"""The score of a published model, through the same predictor that shows masks (ARCHITECTURE.md, evaluate --json)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Image, Prediction
from urwkv_desktop.training.cases import Case
from urwkv_desktop.training.metrics import Bits, hd95, mean_interval, overlap
from urwkv_desktop.training.reading import read_image, read_truth

FIRED_PIXELS = 50


class CaseScore(msgspec.Struct, frozen=True):
    """One image whose truth is not empty. hd95 is null where a label was missed altogether, wherever else was drawn."""

    id: str
    dice: float
    iou: float
    hd95: float | None


class EmptyScore(msgspec.Struct, frozen=True):
    """Images whose truth is empty, and on how many of them over 50 pixels were drawn all the same."""

    n: int
    fired_over_50px: int


class Evaluation(msgspec.Struct, frozen=True):
    """What `evaluate --json` prints. n, means and interval (95 %, of the IoU) leave images of an empty truth out."""

    n: int
    dice_mean: float | None
    iou_mean: float | None
    iou_lo: float | None
    iou_hi: float | None
    hd95_mean: float | None
    hd95_unit: str
    missed: int
    empty: EmptyScore
    cases: tuple[CaseScore, ...]


class Predicts(Protocol):
    """What is asked of `inference.Predictor`."""

    def predict(self, image: Image, *, labels: tuple[int, ...]) -> Prediction: ...


def evaluate(
    predictor: Predicts,
    cases: Sequence[Case],
    classes: int,
    *,
    report: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> Evaluation:
    """Predicts every case and compares. `classes`: labels of the card. Refuses masks of other sizes or values."""
    scores: list[CaseScore] = []
    empty = fired = 0
    in_mm = True
    for done, case in enumerate(cases):
        if stop():
            break
        image = read_image(case)
        truth = read_truth(case, image, classes)
        prediction = predictor.predict(image, labels=tuple(range(1, classes + 1)))
        drawn = np.stack([prediction.label_map(k) for k in range(image.shape[0])])
        if truth.any():
            in_mm &= image.geometry.has_lengths
            scores.append(case_score(case.id, drawn, truth, _spacing(image)))
        else:
            empty += 1
            fired += int(np.count_nonzero(drawn) > FIRED_PIXELS)
        report(done + 1, len(cases))
    return summary(scores, EmptyScore(empty, fired), "mm" if in_mm and scores else "pixels")


def case_score(
    name: str, drawn: NDArray[np.uint8], truth: NDArray[np.uint8], spacing: tuple[float, ...] | None
) -> CaseScore:
    """Means over the labels that the truth holds; `drawn` and `truth` [Z,H,W] of one shape, 2D where Z is 1."""
    dices, ious, distances = [], [], []
    for label in np.unique(truth[truth > 0]):
        found, wanted = drawn == label, truth == label
        pair = overlap(found, wanted)
        dices.append(pair.dice)
        ious.append(pair.iou)
        distances.append(_distance(found, wanted, spacing) if pair.iou else None)
    known = [distance for distance in distances if distance is not None]
    far = float(np.mean(known)) if len(known) == len(distances) else None
    return CaseScore(name, float(np.mean(dices)), float(np.mean(ious)), far)


def _distance(found: Bits, wanted: Bits, spacing: tuple[float, ...] | None) -> float | None:
    if len(found) == 1:
        return hd95(found[0], wanted[0], spacing and spacing[1:])
    return hd95(found, wanted, spacing)


def summary(scores: Sequence[CaseScore], empty: EmptyScore, unit: str) -> Evaluation:
    """Means over cases, with the bootstrap interval of the mean IoU."""
    far = [score.hd95 for score in scores if score.hd95 is not None]
    ious = [score.iou for score in scores]
    low, high = mean_interval(ious) if scores else (None, None)
    return Evaluation(
        n=len(scores),
        dice_mean=float(np.mean([score.dice for score in scores])) if scores else None,
        iou_mean=float(np.mean(ious)) if scores else None,
        iou_lo=low,
        iou_hi=high,
        hd95_mean=float(np.mean(far)) if far else None,
        hd95_unit=unit,
        missed=sum(score.dice == 0 for score in scores),
        empty=empty,
        cases=tuple(scores),
    )


def _spacing(image: Image) -> tuple[float, ...] | None:
    """mm between slices, rows, columns; None where the image knows none, so that distances are in pixels."""
    geometry = image.geometry
    if not geometry.has_lengths:
        return None
    return float(np.linalg.norm(geometry.step)), geometry.row_spacing, geometry.column_spacing
