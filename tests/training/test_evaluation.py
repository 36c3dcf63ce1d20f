from __future__ import annotations

import csv
import json
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image as Pillow

from tests.training.small_sets import disc, write_set
from tests.training.test_publish import Pencil
from urwkv_desktop.training.cases import DataPlace, read_cases
from urwkv_desktop.training.evaluate import evaluate
from urwkv_desktop.training.lab_metric import Counts, lab_metric
from urwkv_desktop.training.score_files import write_csv
from urwkv_desktop.training.scores import CaseScore, EmptyCase, LabelScore, summary
from urwkv_desktop.training.surfaces import added_path, apart, surface
from urwkv_desktop.training.worst import Worst


def _square(top: int, left: int, side: int, size: int = 30) -> np.ndarray:
    mask = np.zeros((size, size), bool)
    mask[top : top + side, left : left + side] = True
    return mask


def test_surface_distances_are_those_of_scipys_distance_transform() -> None:
    from scipy.ndimage import distance_transform_edt

    rng = np.random.default_rng(2)
    found, truth = (rng.random((6, 12, 14)) > 0.8 for _ in range(2))
    spacing = (3.0, 0.5, 0.7)
    ours = apart(found, truth, spacing)
    assert ours is not None
    away = distance_transform_edt(~surface(truth), sampling=spacing)
    assert np.allclose(np.sort(ours.found), np.sort(away[surface(found)]), atol=1e-4)


def test_surface_dice_counts_what_lies_within_the_tolerance() -> None:
    moved = apart(_square(5, 5, 10), _square(5, 7, 10))
    assert moved is not None
    assert moved.surface_dice(2) == 1
    assert 0 < moved.surface_dice(1) < 1
    far = apart(_square(0, 0, 5), _square(20, 20, 5))
    assert far is not None
    assert far.surface_dice(2) == 0


def test_the_added_path_is_the_outline_that_is_still_to_be_drawn() -> None:
    truth = _square(5, 5, 10)
    assert added_path(truth, truth) == 0
    assert added_path(np.zeros_like(truth), truth) == 36
    assert added_path(_square(5, 5, 10) | _square(20, 20, 5), truth) == 0  # what must go is no path to add
    assert added_path(np.stack([truth, truth & False]), np.stack([truth, truth])) == 36


def test_the_labs_metric_pools_a_batch_and_makes_dice_of_that_iou() -> None:
    found = lab_metric([Counts(90, 100, 100), Counts(0, 0, 10), Counts(0, 0, 0)])
    assert found is not None
    assert found.n == 2
    assert found.iou["1"] == pytest.approx((90 / 110 + 0) / 2, abs=1e-5)
    assert found.iou["4"] == pytest.approx(90 / 120, abs=1e-5)
    assert found.dice["4"] == pytest.approx(2 * 0.75 / 1.75, abs=1e-5)
    assert found.iou_with_empty == pytest.approx((90 / 110 + 0 + 1) / 3, abs=1e-5)
    assert lab_metric([Counts(0, 5, 0)]) is None


def test_flagged_rows_and_classes_stand_apart() -> None:
    scores = [CaseScore("a", 0.8, 0.7, 1.0, kind="benign"), CaseScore("b", 0.2, 0.1, 9.0, kind="benign", flags="twin"),
              CaseScore("c", 0.0, 0.0, None, kind="malignant")]
    found = summary(scores, [EmptyCase("d", 60, "normal"), EmptyCase("e", 7, "normal", flags="twin")])
    assert found.without_flagged is not None
    assert found.flagged is not None
    assert (found.n, found.without_flagged.n, found.flagged.n) == (3, 2, 1)
    assert found.without_flagged.iou_mean == pytest.approx(0.35)
    assert (found.missed, found.kinds["malignant"].missed, found.hd95_missing) == (1, 1, 1)
    assert (found.empty.n, found.empty.fired_over_50px, found.empty_fired, found.empty_drawn_mean) == (2, 1, 2, 33.5)
    assert found.without_flagged.empty.n == 1
    assert summary([scores[0]]).without_flagged is None


def test_the_spread_over_images_is_told() -> None:
    found = summary([CaseScore(str(n), n / 100, n / 200, 0.0) for n in range(101)])
    assert (found.dice_median, found.dice_p5) == (pytest.approx(0.5), pytest.approx(0.05))
    assert found.dice_sd == pytest.approx(0.293, abs=1e-3)
    assert found.dice_lo is not None
    assert found.dice_hi is not None
    assert found.dice_lo < 0.5 < found.dice_hi


def test_each_label_is_averaged_over_the_cases_that_hold_it() -> None:
    both = (LabelScore(1, 0.5, 0.4), LabelScore(2, 1.0, 1.0))
    found = summary([CaseScore("a", 0.75, 0.7, 0.0, labels=both), CaseScore("b", 0.7, 0.6, 0.0, labels=both[:1])])
    assert [(each.label, each.n, each.dice_mean) for each in found.labels] == [(1, 2, 0.5), (2, 1, 1.0)]


def test_the_keys_that_others_rely_on_are_there_and_everything_is_json(tmp_path: Path) -> None:
    cases = read_cases(DataPlace(folder=write_set(tmp_path / "set", list("abc"), [0, 0, 0])))
    found = json.loads(json.dumps(msgspec.to_builtins(evaluate(Pencil(disc(40, 12, 20, 8)), cases, 1))))
    assert {"n", "dice_mean", "iou_mean", "iou_lo", "iou_hi", "empty", "cases"} <= found.keys()
    assert found["empty"] == {"n": 1, "fired_over_50px": 1}
    assert {"id", "dice", "iou", "hd95"} <= found["cases"][0].keys()
    assert (found["surface_dice_unit"], found["surface_dice_tolerance"], found["lab"]["n"]) == ("pixels", 2.0, 2)


def test_every_case_is_a_line_of_the_table(tmp_path: Path) -> None:
    cases = read_cases(DataPlace(folder=write_set(tmp_path / "set", list("abc"), [0, 0, 0])))
    write_csv(evaluate(Pencil(disc(40, 12, 20, 8)), cases, 1), tmp_path / "cases.csv")
    with (tmp_path / "cases.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["id"], row["empty"], row["group"]) for row in rows] == [
        ("case_0", "0", "a"), ("case_1", "0", "b"), ("case_2", "1", "c")]
    assert (float(rows[0]["iou"]), rows[2]["iou"], int(rows[2]["drawn_pixels_of_empty"]) > 50) == (1, "", True)


def test_the_worst_cases_come_first_in_one_picture_and_what_is_empty_last(tmp_path: Path) -> None:
    cases = read_cases(DataPlace(folder=write_set(tmp_path / "set", list("abcdef"), [0] * 6)))
    worst = Worst(count=2)
    evaluate(Pencil(disc(40, 12, 20, 8)), cases, 1, watch=worst)
    assert worst.names == ("case_4", "case_3", "case_5")  # each disc lies one row lower than the one before
    worst.write(tmp_path / "worst.png")
    with Pillow.open(tmp_path / "worst.png") as picture:
        colours = np.asarray(picture.convert("RGB")).reshape(-1, 3).astype(int)
    assert all((np.abs(colours - colour).sum(axis=1) < 40).any() for colour in ((86, 180, 233), (255, 140, 0)))
