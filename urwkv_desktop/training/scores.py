"""What an evaluation holds: a row for each case, and what they say together (ARCHITECTURE.md, evaluate --json)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np

from urwkv_desktop.training.lab_metric import LabMetric
from urwkv_desktop.training.metrics import mean_interval

FIRED_PIXELS = 50
TOLERANCE = {"mm": 1.0, "pixels": 2.0}


class LabelScore(msgspec.Struct, frozen=True):
    """One label that the truth of one case holds."""

    label: int
    dice: float
    iou: float


class CaseScore(msgspec.Struct, frozen=True):
    """One image whose truth is not empty; means over the labels that it holds.

    hd95 is null where a label was missed altogether, wherever else was drawn. surface_dice: within the tolerance that
    the evaluation names; 0 where a label was missed. added_path: pixels. truth_share: of the image, all labels.
    """

    id: str
    dice: float
    iou: float
    hd95: float | None
    surface_dice: float = 0.0
    added_path: float = 0.0
    truth_share: float = 0.0
    kind: str = ""
    group: str = ""
    flags: str = ""
    labels: tuple[LabelScore, ...] = ()


class EmptyCase(msgspec.Struct, frozen=True):
    """One image whose truth is empty. drawn: pixels that were drawn all the same."""

    id: str
    drawn: int
    kind: str = ""
    group: str = ""
    flags: str = ""


class RefusedCase(msgspec.Struct, frozen=True):
    """One case that could not be measured, and why; it is in no figure."""

    id: str
    reason: str


class EmptyScore(msgspec.Struct, frozen=True):
    """Images whose truth is empty, and on how many of them over 50 pixels were drawn all the same."""

    n: int
    fired_over_50px: int


class Part(msgspec.Struct, frozen=True):
    """The same over some of the cases: those of one class, or those without (or with) a flag in the data's list."""

    n: int
    dice_mean: float | None
    iou_mean: float | None
    iou_lo: float | None
    iou_hi: float | None
    missed: int
    empty: EmptyScore


class LabelMean(msgspec.Struct, frozen=True):
    """One label over the cases whose truth holds it."""

    label: int
    n: int
    dice_mean: float
    iou_mean: float


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What `evaluate --json` prints. n, means and intervals leave images of an empty truth out.

    _lo, _hi: 95 % bootstrap interval of the mean. _p5: the 5th percentile over images. missed: a lesion without one
    pixel in common. empty_fired, empty_drawn_mean: images of an empty truth with any pixel drawn, and their mean number
    of pixels drawn. hd95 means: over the images that have one.
    """

    n: int
    dice_mean: float | None
    dice_lo: float | None
    dice_hi: float | None
    dice_sd: float | None
    dice_median: float | None
    dice_p5: float | None
    iou_mean: float | None
    iou_lo: float | None
    iou_hi: float | None
    iou_sd: float | None
    iou_median: float | None
    iou_p5: float | None
    hd95_mean: float | None
    hd95_median: float | None
    hd95_unit: str
    hd95_missing: int
    surface_dice_mean: float | None
    surface_dice_tolerance: float
    surface_dice_unit: str
    added_path_mean: float | None
    added_path_unit: str = "pixels"
    missed: int
    empty: EmptyScore
    empty_fired: int
    empty_drawn_mean: float | None
    labels: tuple[LabelMean, ...]
    kinds: dict[str, Part]
    without_flagged: Part | None
    flagged: Part | None
    lab: LabMetric | None
    cases: tuple[CaseScore, ...]
    empty_cases: tuple[EmptyCase, ...]
    refused: tuple[RefusedCase, ...] = ()


def summary(
    scores: Sequence[CaseScore],
    empty: Sequence[EmptyCase] = (),
    *,
    unit: str = "pixels",
    tolerance: float | None = None,
    lab: LabMetric | None = None,
    refused: Sequence[RefusedCase] = (),
) -> Evaluation:
    """All cases together, by class, and without those that the data's list has flagged."""
    far = [score.hd95 for score in scores if score.hd95 is not None]
    every: list[CaseScore | EmptyCase] = [*scores, *empty]
    is_flagged = any(one.flags for one in every)
    kinds = sorted({one.kind for one in every if one.kind})
    return Evaluation(
        n=len(scores),
        **_described("dice", [score.dice for score in scores]),
        **_described("iou", [score.iou for score in scores]),
        hd95_mean=_mean(far),
        hd95_median=float(np.median(far)) if far else None,
        hd95_unit=unit,
        hd95_missing=len(scores) - len(far),
        surface_dice_mean=_mean([score.surface_dice for score in scores]),
        surface_dice_tolerance=TOLERANCE[unit] if tolerance is None else tolerance,
        surface_dice_unit=unit,
        added_path_mean=_mean([score.added_path for score in scores]),
        missed=_missed(scores),
        empty=_empty(empty),
        empty_fired=sum(case.drawn > 0 for case in empty),
        empty_drawn_mean=_mean([case.drawn for case in empty]),
        labels=_by_label(scores),
        kinds={kind: _part(one for one in every if one.kind == kind) for kind in kinds},
        without_flagged=_part(one for one in every if not one.flags) if is_flagged else None,
        flagged=_part(one for one in every if one.flags) if is_flagged else None,
        lab=lab,
        cases=tuple(scores),
        empty_cases=tuple(empty),
        refused=tuple(refused),
    )


def _described(name: str, values: list[float]) -> dict[str, Any]:
    names = [f"{name}_{part}" for part in ("mean", "lo", "hi", "sd", "median", "p5")]
    if not values:
        return dict.fromkeys(names)
    sd = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    figures = (_mean(values), *mean_interval(values), sd, float(np.median(values)), float(np.percentile(values, 5)))
    return dict(zip(names, figures, strict=True))


def _part(chosen: Iterable[CaseScore | EmptyCase]) -> Part:
    every = list(chosen)
    scores = [one for one in every if isinstance(one, CaseScore)]
    ious = [score.iou for score in scores]
    low, high = mean_interval(ious) if ious else (None, None)
    return Part(len(scores), _mean([score.dice for score in scores]), _mean(ious), low, high, _missed(scores),
                _empty([one for one in every if isinstance(one, EmptyCase)]))


def _by_label(scores: Sequence[CaseScore]) -> tuple[LabelMean, ...]:
    found: dict[int, list[LabelScore]] = {}
    for score in scores:
        for each in score.labels:
            found.setdefault(each.label, []).append(each)
    means = {label: np.mean([(one.dice, one.iou) for one in each], axis=0) for label, each in sorted(found.items())}
    return tuple(LabelMean(label, len(found[label]), float(dice), float(iou)) for label, (dice, iou) in means.items())


def _empty(cases: Sequence[EmptyCase]) -> EmptyScore:
    drawn = [case.drawn for case in cases]
    return EmptyScore(len(drawn), sum(count > FIRED_PIXELS for count in drawn))


def _missed(scores: Sequence[CaseScore]) -> int:
    return sum(score.dice == 0 for score in scores)


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if len(values) else None
