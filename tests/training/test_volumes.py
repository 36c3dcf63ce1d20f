from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from tests.training.small_sets import write_recipe
from tests.training.small_volumes import RECIPE, SHAPE, write_volumes
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine
from urwkv_desktop.inference.predictor import Predictor
from urwkv_desktop.network import build_network
from urwkv_desktop.training.cases import DataPlace, read_cases
from urwkv_desktop.training.dataset import samples
from urwkv_desktop.training.evaluate import evaluate
from urwkv_desktop.training.loop import run
from urwkv_desktop.training.publish import publish
from urwkv_desktop.training.recipe import read_recipe
from urwkv_desktop.training.validate import Held, held, score


def test_slices_are_laid_down_with_the_front_on_top_for_training(tmp_path: Path) -> None:
    cases = read_cases(DataPlace(folder=write_volumes(tmp_path / "set", (0,))))
    recipe = read_recipe(write_recipe(tmp_path, RECIPE))
    kept = list(samples(cases, recipe.input, 2))
    assert len(kept) == SHAPE[2]
    assert [bool(one.labels.any()) for one in kept] == [False, True, True, True, False]
    middle = kept[2]
    rows = [np.flatnonzero((middle.labels == label).any(axis=1)).mean() for label in (1, 2)]
    assert rows[0] < rows[1]  # the patient's front is label 1's side
    brightness = [float(middle.picture[0][middle.labels == label].mean()) for label in (0, 1, 2)]
    assert brightness == sorted(brightness)


def test_a_volume_counts_once_while_it_trains(tmp_path: Path) -> None:
    cases = read_cases(DataPlace(folder=write_volumes(tmp_path / "set", (0, 0))))
    recipe = read_recipe(write_recipe(tmp_path, RECIPE))
    slices = held(cases, recipe)
    assert len(slices) == 2 * SHAPE[2]
    found = score(build_network(variant="small", num_classes=3), slices, recipe)
    assert (found.empty, found.fired) == (0, 0)  # empty slices of a volume with labels are no empty case
    emptied = [emptied_copy(one) for one in slices]
    assert score(build_network(variant="small", num_classes=3), emptied, recipe).empty == 2


def emptied_copy(one: Held) -> Held:
    return Held(one.case, one.array, one.placement, np.zeros_like(one.truth))


def test_two_labels_in_volumes_go_from_training_to_a_measured_model(tmp_path: Path) -> None:
    data = write_volumes(tmp_path / "set", (0, 1))
    recipe = write_recipe(tmp_path, RECIPE)
    ended = run(recipe, data, tmp_path / "run", fold=0)
    assert ended.state == "finished"
    done = publish(tmp_path / "run" / "weights.safetensors", recipe, data, tmp_path / "models" / "pair", fold=0)
    assert done.card.num_classes == 3
    assert [channel.name for channel in done.card.channels] == ["Front", "Back"]
    model = ModelLibrary([tmp_path / "models"]).get("pair")
    predictor = Predictor(model, OpenVinoEngine(model.folder / "model.xml", None))
    again = evaluate(predictor, [case for case in read_cases(DataPlace(folder=data)) if case.fold == 0], 2)
    assert again.n == 1
    assert again.dice_mean == pytest.approx(done.score.dice_mean)
    assert msgspec.to_builtins(again.cases)[0]["id"] == "v0"


def test_a_very_sure_network_scores_as_a_model_what_its_curve_said(tmp_path: Path) -> None:
    """Logits in the hundreds outgrow what is stored of them; the labels drawn must not change for it."""
    data = write_volumes(tmp_path / "set", (0, 1))
    recipe = write_recipe(tmp_path, RECIPE)
    torch.manual_seed(5)
    network = build_network(variant="small", num_classes=3).eval()
    with torch.no_grad():
        network.Conv_1x1.weight.mul_(1000)
        network.Conv_1x1.bias.fill_(60)
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, tmp_path / "sure.safetensors")
    held_out = [case for case in read_cases(DataPlace(folder=data)) if case.fold == 0]
    on_the_curve = score(network, held(held_out, read_recipe(recipe)), read_recipe(recipe))
    done = publish(tmp_path / "sure.safetensors", recipe, data, tmp_path / "models" / "pair", fold=0)
    assert on_the_curve.dice > 0.05
    assert done.score.dice_mean == pytest.approx(on_the_curve.dice, abs=0.01)
