"""The score of a published model, through the same predictor that shows masks (ARCHITECTURE.md, evaluate --json)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Image, Prediction, Refusal
from urwkv_desktop.training.cases import Case
from urwkv_desktop.training.lab_metric import counts, lab_metric
from urwkv_desktop.training.metrics import overlap
from urwkv_desktop.training.reading import read_image, read_truth
from urwkv_desktop.training.scores import TOLERANCE, CaseScore, EmptyCase, Evaluation, LabelScore, RefusedCase, summary
from urwkv_desktop.training.surfaces import Apart, Bits, added_path, apart

LabelMap = NDArray[np.uint8]


class Predicts(Protocol):
    """What is asked of `inference.Predictor`."""

    def predict(self, image: Image, *, labels: tuple[int, ...]) -> Prediction: ...


@dataclass(frozen=True, eq=False)
class Seen:
    """A case as it was compared: drawn and truth [Z,H,W]; iou is 0 where the truth is empty and something was drawn."""

    case: Case
    image: Image
    drawn: LabelMap
    truth: LabelMap
    iou: float


@dataclass(frozen=True, eq=False)
class _Compared:
    """A case's score with its surface distances not yet in one unit: which one is known when all images were seen."""

    score: CaseScore
    in_pixels: tuple[Apart | None, ...]
    in_mm: tuple[Apart | None, ...] | None

    def said_in(self, unit: str, tolerance: float) -> CaseScore:
        found = self.in_mm if unit == "mm" and self.in_mm is not None else self.in_pixels
        known = [one for one in found if one is not None]
        is_missed = len(known) < len(found) or any(label.iou == 0 for label in self.score.labels)
        near = sum(one.surface_dice(tolerance) for one in known) / max(1, len(found))
        far = None if is_missed else float(np.mean([one.hd95 for one in known]))
        return msgspec.structs.replace(self.score, hd95=far, surface_dice=near)


def evaluate(
    predictor: Predicts,
    cases: Sequence[Case],
    classes: int,
    *,
    tolerance: float | None = None,
    goes_on: bool = False,
    watch: Callable[[Seen], None] = lambda seen: None,
    report: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> Evaluation:
    """Predicts every case and compares. `classes`: labels of the card. Refuses a case that cannot be read or whose mask
    has another size or other values; where it `goes_on`, the others are measured and that one stands in `refused`.

    Distances are in mm where every image with something to find knows its spacing, otherwise all in pixels.
    tolerance: of the surface Dice, in that unit; 1 mm or 2 pixels without it. `watch` is shown each case.
    """
    compared: list[_Compared] = []
    empty: list[EmptyCase] = []
    refused: list[RefusedCase] = []
    pictures = []
    for done, case in enumerate(cases):
        if stop():
            break
        try:
            image, drawn, truth = _looked_at(predictor, case, classes)
        except Refusal as refusal:
            if not goes_on:
                raise
            refused.append(RefusedCase(case.id, str(refusal)))
            report(done + 1, len(cases))
            continue
        if len(truth) == 1:
            pictures.append(counts(drawn[0], truth[0]))
        if truth.any():
            compared.append(_compare(case, drawn, truth, _spacing(image)))
            iou = compared[-1].score.iou
        else:
            empty.append(EmptyCase(case.id, int(np.count_nonzero(drawn)), case.kind, case.group, case.flags))
            iou = float(not drawn.any())
        watch(Seen(case, image, drawn, truth, iou))
        report(done + 1, len(cases))
    unit = "mm" if compared and all(one.in_mm is not None for one in compared) else "pixels"
    within = TOLERANCE[unit] if tolerance is None else tolerance
    scores = [one.said_in(unit, within) for one in compared]
    return summary(scores, empty, unit=unit, tolerance=within, lab=lab_metric(pictures), refused=refused)


def _looked_at(predictor: Predicts, case: Case, classes: int) -> tuple[Image, LabelMap, LabelMap]:
    """The image, what is drawn, the truth."""
    image = read_image(case)
    truth = read_truth(case, image, classes)
    prediction = predictor.predict(image, labels=tuple(range(1, classes + 1)))
    drawn = np.stack([prediction.label_map(k) for k in range(image.shape[0])]).astype(np.uint8)
    return image, drawn, truth


def _compare(case: Case, drawn: LabelMap, truth: LabelMap, spacing: tuple[float, ...] | None) -> _Compared:
    """Label by label of those that the truth holds; a 2D picture's surfaces are those of its plane."""
    if len(truth) == 1:
        drawn, truth, spacing = drawn[0], truth[0], spacing and spacing[1:]
    labels = [int(label) for label in np.unique(truth) if label]
    pairs: list[tuple[Bits, Bits]] = [(drawn == label, truth == label) for label in labels]
    each = [LabelScore(label, pair.dice, pair.iou)
            for label, pair in zip(labels, (overlap(*pair) for pair in pairs), strict=True)]
    score = CaseScore(
        case.id,
        dice=float(np.mean([one.dice for one in each])),
        iou=float(np.mean([one.iou for one in each])),
        hd95=None,
        added_path=float(np.mean([added_path(*pair) for pair in pairs])),
        truth_share=float(np.mean(truth > 0)),
        kind=case.kind,
        group=case.group,
        flags=case.flags,
        labels=tuple(each),
    )
    in_mm = None if spacing is None else tuple(apart(*pair, spacing) for pair in pairs)
    return _Compared(score, tuple(apart(*pair) for pair in pairs), in_mm)


def _spacing(image: Image) -> tuple[float, ...] | None:
    """mm between slices, rows, columns; None where the image knows none, so that distances are in pixels."""
    geometry = image.geometry
    if not geometry.has_lengths:
        return None
    return float(np.linalg.norm(geometry.step)), geometry.row_spacing, geometry.column_spacing
