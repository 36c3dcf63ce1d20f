from __future__ import annotations

import csv
import itertools
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from PIL import Image as Pillow
from safetensors.torch import load_file

from tests.training.small_sets import RECIPE, write_recipe, write_set
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.training.loop import Progress, run


@pytest.fixture
def discs(tmp_path: Path) -> Path:
    return write_set(tmp_path / "set", list("abcdef"), [0, 0, 1, 1, 1, 1])


def test_a_run_that_was_stopped_goes_on_at_the_exact_step(tmp_path: Path, discs: Path) -> None:
    recipe = write_recipe(tmp_path)
    straight = run(recipe, discs, tmp_path / "straight", fold=0)
    steps = itertools.count()
    stopped = run(recipe, discs, tmp_path / "broken", fold=0, stop=lambda: next(steps) >= 3)
    assert (stopped.state, stopped.step) == ("stopped", 3)
    resumed = run(recipe, discs, tmp_path / "broken", fold=0, resume=True)
    assert (straight.state, resumed.state, straight.step) == ("finished", "finished", 6)
    ours, theirs = (load_file(tmp_path / name / "weights.safetensors") for name in ("straight", "broken"))
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_a_run_leaves_its_progress_its_curve_and_its_weights(tmp_path: Path, discs: Path) -> None:
    told: list[Progress] = []
    run(write_recipe(tmp_path), discs, tmp_path / "out", fold=0, report=told.append)
    kept = msgspec.json.decode((tmp_path / "out" / "run.json").read_bytes(), type=Progress)
    assert kept == told[-1]
    assert (kept.state, kept.step, kept.steps, kept.eta_s) == ("finished", 6, 6, 0)
    with (tmp_path / "out" / "curve.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    assert [row["size"] for row in rows] == ["16", "32", "32"]
    assert all(0 <= float(row["iou"]) <= 1 for row in rows)
    with Pillow.open(tmp_path / "out" / "curve.png") as picture:
        assert len(np.unique(np.asarray(picture.convert("RGB")).reshape(-1, 3), axis=0)) > 5


def test_a_new_run_may_start_from_the_weights_of_another(tmp_path: Path, discs: Path) -> None:
    recipe = write_recipe(tmp_path)
    run(recipe, discs, tmp_path / "first", fold=0)
    weights = tmp_path / "first" / "weights.safetensors"
    begun = run(recipe, discs, tmp_path / "second", fold=0, start_from=weights, stop=lambda: True)
    assert begun.step == 0


def test_going_on_without_a_checkpoint_or_with_another_recipe_is_refused(tmp_path: Path, discs: Path) -> None:
    recipe = write_recipe(tmp_path)
    with pytest.raises(Refusal, match="no checkpoint in out"):
        run(recipe, discs, tmp_path / "out", fold=0, resume=True)
    run(recipe, discs, tmp_path / "out", fold=0, stop=lambda: True)
    recipe.write_text(recipe.read_text().replace("seed = 3", "seed = 4"))
    with pytest.raises(Refusal, match="recipe that reads otherwise"):
        run(recipe, discs, tmp_path / "out", fold=0, resume=True)


def test_a_leaking_list_is_refused_before_anything_is_trained(tmp_path: Path) -> None:
    leaking = write_set(tmp_path / "set", ["a", "a", "b"], [0, 1, 1])
    with pytest.raises(Refusal, match="both sides"):
        run(write_recipe(tmp_path), leaking, tmp_path / "out", fold=0)
    assert not (tmp_path / "out").exists()


def test_a_run_without_progress_ends_when_its_patience_does(tmp_path: Path, discs: Path) -> None:
    text = RECIPE.replace("epochs = 2", "epochs = 40").replace("seed = 3", "seed = 3\npatience = 1")
    ended = run(write_recipe(tmp_path, text + "rate = 1e-12\n"), discs, tmp_path / "out", fold=0)
    assert ended.state == "finished"
    assert ended.step < ended.steps
    assert ended.eta_s == 0
    again = run(tmp_path / "discs.toml", discs, tmp_path / "out", fold=0, resume=True)
    assert again.step == ended.step


def test_one_tiny_picture_a_step_is_refused_before_the_network_fails_on_it(tmp_path: Path, discs: Path) -> None:
    with pytest.raises(Refusal, match="left 1 picture of 16 pixels"):
        run(write_recipe(tmp_path, RECIPE.replace("batch = 2", "batch = 1")), discs, tmp_path / "out", fold=0)
