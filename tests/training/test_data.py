from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from PIL import Image as Pillow

from tests.training.small_sets import disc, write_recipe, write_set
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.inference.card import InputSpec
from urwkv_desktop.inference.prepare import prepare
from urwkv_desktop.training.augment import Augmentation, augmented
from urwkv_desktop.training.cases import DataPlace, read_cases
from urwkv_desktop.training.dataset import Batches, normal, samples
from urwkv_desktop.training.losses import LossWeights, segmentation_loss
from urwkv_desktop.training.reading import read_image, read_truth
from urwkv_desktop.training.recipe import read_recipe

SPEC = InputSpec(width=32, height=32)
STILL = Augmentation(0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0)
RECIPES = sorted((Path(__file__).parents[2] / "resources" / "recipes").glob("*.toml"))


def test_a_picture_that_is_not_augmented_is_what_inference_prepares(tmp_path: Path) -> None:
    case = read_cases(DataPlace(folder=write_set(tmp_path / "set", ["a"], [0])))[0]
    sample = next(samples([case], SPEC, 1))
    picture, _ = augmented(
        sample.picture.transpose(1, 2, 0).astype(np.float32), sample.labels, STILL, np.random.default_rng(0)
    )
    shown = prepare(read_image(case), SPEC, 0).array
    assert np.abs(normal(picture, SPEC) - shown).max() < 5e-3  # kept as float16


def test_a_mask_of_another_size_is_refused(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", ["a", "b"], [0, 1])
    Pillow.fromarray(np.zeros((20, 40), np.uint8)).save(folder / "masks" / "case_0.png")
    case = read_cases(DataPlace(folder=folder))[0]
    with pytest.raises(Refusal, match=r"1 x 20 x 40 pixels .* image 1 x 40 x 40"):
        read_truth(case, read_image(case), 1)


def test_a_folder_named_from_where_one_stands_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_set(tmp_path / "set", "ab", [0, 1])
    monkeypatch.chdir(tmp_path)
    for place in (DataPlace(folder=Path("set")), DataPlace(images=Path("set/images"), masks=Path("set/masks"))):
        case = read_cases(place)[0]
        image = read_image(case)
        assert read_truth(case, image, 1).shape == image.shape


def test_with_one_label_every_value_above_zero_is_it_and_with_several_the_value_is_the_index(tmp_path: Path) -> None:
    case = read_cases(DataPlace(folder=write_set(tmp_path / "set", ["a", "b"], [0, 1])))[0]
    image = read_image(case)
    assert set(np.unique(read_truth(case, image, 1))) == {0, 1}
    with pytest.raises(Refusal, match="holds 255, and there are 2 labels"):
        read_truth(case, image, 2)


def test_batches_are_the_same_for_the_same_seed_and_differ_between_epochs(tmp_path: Path) -> None:
    cases = read_cases(DataPlace(folder=write_set(tmp_path / "set", list("abcd"), [0, 0, 1, 1])))
    kept = list(samples(cases, SPEC, 1))
    first, again = (Batches(kept, SPEC, Augmentation(), size=2, seed=5) for _ in range(2))
    assert torch.equal(first.batch(3, 1).pictures, again.batch(3, 1).pictures)
    assert not torch.equal(first.batch(3, 1).pictures, first.batch(4, 1).pictures)


def test_a_mask_moves_with_its_picture() -> None:
    truth = disc(64, 28, 36, 12)
    picture = truth[:, :, None].astype(np.float32)
    for seed in range(5):
        how = Augmentation(gamma=1, contrast=0, brightness=0, noise=0, blur=0)
        moved, labels = augmented(picture, truth, how, np.random.default_rng(seed))
        assert np.mean((moved[:, :, 0] > 0.5) != (labels > 0)) < 0.01
        assert not np.array_equal(labels, truth)


def test_a_perfect_answer_costs_less_than_a_shifted_one_and_that_less_than_none() -> None:
    truth = torch.from_numpy(disc(32, 16, 16, 8)).long()[None]
    losses = [
        float(segmentation_loss(20 * (shape[:, None].float() - 0.5), truth, "sigmoid", LossWeights()))
        for shape in (truth, truth.roll(4, 1), torch.zeros_like(truth))
    ]
    assert losses[0] < 0.01 < losses[1] < losses[2]


def test_drawing_on_an_empty_picture_costs_by_its_area() -> None:
    empty = torch.zeros(1, 32, 32, dtype=torch.int64)
    weights = LossWeights(crossed=0, dice=1, empty=1)
    drawn = [torch.from_numpy(disc(32, 16, 16, radius)).float() for radius in (0, 2, 8)]
    costs = [float(segmentation_loss(40 * (one[None, None] - 0.5), empty, "sigmoid", weights)) for one in drawn]
    assert costs[0] < costs[1] < costs[2] < 1


def test_several_labels_are_learnt_with_softmax_too() -> None:
    truth = torch.zeros(1, 16, 16, dtype=torch.int64)
    truth[:, 2:6, 2:6], truth[:, 8:12, 8:12] = 1, 2
    right = 20 * torch.nn.functional.one_hot(truth, 3).permute(0, 3, 1, 2).float()
    assert float(segmentation_loss(right, truth, "softmax", LossWeights())) < 0.01
    assert float(segmentation_loss(right.roll(1, 1), truth, "softmax", LossWeights())) > 1


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_every_recipe_that_comes_with_the_program_is_valid(path: Path) -> None:
    recipe = read_recipe(path)
    assert path.stem.startswith(recipe.name)
    assert recipe.data.licence


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ('graph = "with2x4"', 'graph = "with9"', "no network with9 small"),
        ("width = 32", "width = 40", "40 pixels is no multiple of 16"),
        ("batch = 2", "batch = 0", "batch"),
        ("batch = 2", "bacth = 2", "bacth"),
        ('name = "Disc" }', 'name = "Disc" }, { name = "Ring" }', "2 channels are named for 1 outputs"),
    ],
)
def test_a_recipe_with_a_fault_is_refused_with_its_reason(tmp_path: Path, old: str, new: str, cause: str) -> None:
    path = write_recipe(tmp_path)
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(Refusal, match=cause):
        read_recipe(path)


def test_a_bent_mask_moves_with_its_picture_and_speckle_leaves_the_mask_alone() -> None:
    truth = disc(64, 28, 36, 12)
    how = Augmentation(0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, elastic=0.08)
    bent, labels = augmented(truth[:, :, None].astype(np.float32), truth, how, np.random.default_rng(1))
    assert np.mean((bent[:, :, 0] > 0.5) != (labels > 0)) < 0.01
    assert 0.02 < np.mean(labels != truth) < 0.3
    grey = np.full((64, 64, 1), 0.4, np.float32)
    grained, same = augmented(grey, truth, msgspec.structs.replace(STILL, speckle=0.3), np.random.default_rng(1))
    assert np.array_equal(same, truth)
    assert 0.001 < grained.std() < 0.4 * 0.3
    assert grained.mean() == pytest.approx(0.4, abs=0.02)


def test_the_presence_term_looks_at_the_surest_pixels_alone() -> None:
    truth = torch.from_numpy(disc(32, 16, 16, 8)).long()[None]
    alone = LossWeights(crossed=0, dice=0, empty=0, presence=1, presence_share=0.01)
    quiet = torch.full((1, 1, 32, 32), -6.0)
    spot = quiet.clone()
    spot[0, 0, :4, :4] = 6.0
    on_empty, on_disc = ([float(segmentation_loss(logits, labels, "sigmoid", alone)) for logits in (quiet, spot)]
                         for labels in (torch.zeros_like(truth), truth))
    assert on_empty[0] < 0.01 < 5 < on_empty[1]
    assert on_disc[1] < 0.01 < 5 < on_disc[0]


def test_a_mistake_at_a_boundary_costs_more_where_edges_are_asked_for() -> None:
    truth = torch.from_numpy(disc(32, 16, 16, 8)).long()[None]
    shifted = 8 * (truth.roll(1, 1)[:, None].float() - 0.5)
    plain, edged = (float(segmentation_loss(shifted, truth, "sigmoid", LossWeights(dice=0, empty=0, edge=edge)))
                    for edge in (0, 4))
    assert edged > 1.5 * plain
