from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from tests.training.small_sets import disc, write_recipe, write_set
from urwkv_desktop.imaging import Channel, Image, Prediction, Refusal, SliceLogits
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.network import build_network
from urwkv_desktop.network.tracing import can_be_traced
from urwkv_desktop.training.cases import DataPlace, read_cases
from urwkv_desktop.training.evaluate import evaluate
from urwkv_desktop.training.graph import Agreement, refuse_unless_agreed
from urwkv_desktop.training.publish import publish


class Pencil:
    """Draws the same shape on every image."""

    def __init__(self, shape: np.ndarray) -> None:
        self.shape = shape

    def predict(self, image: Image, *, labels: tuple[int, ...]) -> Prediction:
        height, width = self.shape.shape
        steps = np.where(self.shape, 60, -60).astype(np.int8)[None]
        logits = SliceLogits(steps, (0.0, 0.0, float(height), float(width)))
        return Prediction("pencil", "", "sigmoid", (Channel("Disc"),), labels, (height, width), {0: logits})


def test_a_score_counts_empty_images_apart_and_a_missed_lesion_as_nothing(tmp_path: Path) -> None:
    cases = read_cases(DataPlace(folder=write_set(tmp_path / "set", list("abc"), [0, 0, 0])))
    score = evaluate(Pencil(disc(40, 12, 20, 8)), cases, 1)
    assert (score.n, score.empty.n, score.empty.fired_over_50px) == (2, 1, 1)
    assert score.cases[0].iou == 1
    assert score.cases[0].hd95 == 0
    assert score.iou_mean == pytest.approx((1 + score.cases[1].iou) / 2)
    missed = evaluate(Pencil(disc(40, 35, 3, 3)), cases, 1)
    assert (missed.missed, missed.cases[0].hd95, missed.iou_mean, missed.empty.fired_over_50px) == (2, None, 0, 0)


def test_a_published_model_is_one_the_library_takes_with_the_card_it_measured(tmp_path: Path) -> None:
    data = write_set(tmp_path / "set", list("abcd"), [0, 0, 1, 1])
    torch.manual_seed(0)
    weights = tmp_path / "weights.safetensors"
    save_file(build_network(variant="small").state_dict(), weights)
    done = publish(weights, write_recipe(tmp_path), data, tmp_path / "models" / "discs", fold=0, command="train it")
    assert done.agreed.logit <= 1e-3
    library = ModelLibrary([tmp_path / "models"])
    assert (library.refused, library.get("discs").card) == ((), done.card)
    assert done.card.metrics["n"] == done.score.n == 2
    split = {"kept": "fold 0", "train": 2, "validation": 2, "weights": "of the last step", "groups": 4}
    assert done.card.split == split
    kept = load_file(tmp_path / "models" / "discs" / "model.safetensors")
    assert {tensor.dtype for tensor in kept.values()} == {torch.float16, torch.int64}


def test_weights_of_another_network_are_refused_and_the_old_model_stays(tmp_path: Path) -> None:
    data = write_set(tmp_path / "set", list("abcd"), [0, 0, 1, 1])
    old = tmp_path / "models" / "discs"
    old.mkdir(parents=True)
    (old / "card.json").write_text("old")
    weights = tmp_path / "weights.safetensors"
    save_file(build_network(graph="decx2", variant="small").state_dict(), weights)
    with pytest.raises(Refusal, match="another network"):
        publish(weights, write_recipe(tmp_path), data, old, fold=0)
    assert (old / "card.json").read_text() == "old"
    assert [path.name for path in old.parent.iterdir()] == ["discs"]


@pytest.mark.parametrize("found", [Agreement(2e-3, 0), Agreement(1e-6, 1)])
def test_a_graph_that_says_something_else_is_refused(found: Agreement) -> None:
    with pytest.raises(Refusal, match="differ from torch's"):
        refuse_unless_agreed(found)


def test_a_decay_for_which_the_graph_would_not_be_exact_is_noticed() -> None:
    network = build_network(variant="small")
    assert can_be_traced(network)
    with torch.no_grad():
        network.bx4rwkv.allinone_spa.spatial_decay[0] = -31
    assert not can_be_traced(network)
