"""The labels of a set against those of the recipe or the model: nothing is trained or measured as what it is not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.homes import make_folder, places, shell, tiny_models
from tests.training.small_sets import disc, write_recipe, write_set
from urwkv_desktop.imaging import Channel, Refusal
from urwkv_desktop.training.cases import DataPlace, keyed, read_cases
from urwkv_desktop.training.loop import run
from urwkv_desktop.training.reading import read_image, read_truth

__all__ = ["places", "shell", "tiny_models"]

LESION = {"id": 3, "name": "Lesion", "code": "SCT:52988006"}
NUCLEUS = {"id": 7, "name": "Nucleus", "code": ""}
DISC = {"id": 3, "name": "disc", "code": ""}
TWO = np.where(disc(40, 12, 12, 6), 3, 0) + np.where(disc(40, 28, 28, 6), 7, 0)


def write_labels(folder: Path, *labels: dict[str, object]) -> Path:
    (folder / "labels.json").write_text(json.dumps({"background": 0, "labels": labels}))
    return folder


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """Four cases; in the first one two things are marked, with 3 and 7, in the others one, with 3."""
    folder = write_set(tmp_path / "set", list("abcde"), [0, 0, 1, 1, 1])
    for number in range(5):
        mask = folder / "masks" / f"case_{number}.png"
        values = TWO if number == 0 else 3 * (np.asarray(Pillow.open(mask)) > 0)
        Pillow.fromarray(values.astype(np.uint8)).save(mask)
    return folder


def truth_of(folder: Path, *wanted: Channel, label: str = "", number: int = 0) -> np.ndarray:
    case = keyed(read_cases(DataPlace(folder=folder)), wanted, label)[number]
    return read_truth(case, read_image(case), len(wanted))[0]


def test_a_label_that_the_recipe_does_not_know_is_refused_and_both_are_named_before_anything_is_trained(
        tmp_path: Path, marked: Path) -> None:
    write_labels(marked, DISC, NUCLEUS)
    named = r"holds Nucleus \(7\), and the network tells apart Disc; the set has disc, Nucleus"
    with pytest.raises(Refusal, match=named):
        run(write_recipe(tmp_path), marked, tmp_path / "out", fold=0)
    assert not (tmp_path / "out" / "run.json").exists()


def test_the_label_that_was_chosen_is_the_one_that_counts(tmp_path: Path, marked: Path) -> None:
    write_labels(marked, LESION, NUCLEUS)
    for label, value in (("nucleus", 7), ("SCT:52988006", 3)):
        assert np.array_equal(truth_of(marked, Channel("Disc"), label=label), value == TWO)
    run(write_recipe(tmp_path), DataPlace(folder=marked, label="Lesion"), tmp_path / "out", fold=0, stop=lambda: True)
    assert (tmp_path / "out" / "run.json").exists()


def test_labels_meet_by_code_then_by_name_whatever_their_values(marked: Path) -> None:
    write_labels(marked, {**NUCLEUS, "code": "X:1"}, LESION)
    found = truth_of(marked, Channel("Zellkern", "X:1"), Channel("LESION"))
    assert np.array_equal(found, np.select([TWO == 7, TWO == 3], [1, 2], 0))


def test_a_set_that_names_more_labels_than_its_masks_hold_is_no_matter(marked: Path) -> None:
    write_labels(marked, LESION, NUCLEUS)
    assert truth_of(marked, Channel("Lesion"), number=1).any()


def test_the_only_label_of_a_set_may_be_marked_with_any_value_but_must_be_the_recipes(marked: Path) -> None:
    write_labels(marked, {**LESION, "id": 1})
    assert truth_of(marked, Channel("Lesion"), number=1).any()
    with pytest.raises(Refusal, match=r"holds Lesion \(1\), and the network tells apart Disc"):
        truth_of(marked, Channel("Disc"), number=1)
    assert truth_of(marked, Channel("Disc"), label="lesion", number=1).any()


def test_masks_in_folders_of_their_own_are_keyed_by_the_list_of_their_set(marked: Path) -> None:
    write_labels(marked, LESION, NUCLEUS)
    for kind in ("images", "masks"):
        ward = marked / kind / "ward" / "monday"
        ward.mkdir(parents=True)
        (marked / kind / "case_0.png").rename(ward / "case_0.png")
    (marked / "folds.csv").write_text("image,mask\nimages/ward/monday/case_0.png,masks/ward/monday/case_0.png\n")
    assert np.array_equal(truth_of(marked, Channel("Disc"), label="nucleus"), TWO == 7)


@pytest.mark.parametrize(
    ("label", "wanted", "cause"),
    [
        ("Cyst", ("Lesion",), "The set has no label Cyst; it has Lesion, Nucleus"),
        ("Lesion", ("Lesion", "Nucleus"), "One label was chosen, and the network tells 2 apart"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(marked: Path, label: str, wanted: tuple[str, ...], cause: str) -> None:
    write_labels(marked, LESION, NUCLEUS)
    with pytest.raises(Refusal, match=cause):
        truth_of(marked, *map(Channel, wanted), label=label)


def test_a_choice_without_a_list_of_labels_and_a_list_that_is_none_are_refused(marked: Path) -> None:
    with pytest.raises(Refusal, match=r"There is no labels\.json beside the masks, which would name the label Lesion"):
        truth_of(marked, Channel("Lesion"), label="Lesion")
    (marked / "labels.json").write_text("{")
    with pytest.raises(Refusal, match=r"labels\.json beside the masks says cannot be understood"):
        truth_of(marked, Channel("Lesion"))


def test_evaluate_measures_the_models_own_label_of_a_set_that_has_several(
        shell: Callable[..., Any], tmp_path: Path) -> None:
    """The model's own masks, marked with 5 beside a stripe of another label: right where the stripe is set aside."""
    images = make_folder(tmp_path / "set" / "images")
    shell("segment", images, "--model", "tiny", "--out", tmp_path / "set" / "masks")
    for mask in (tmp_path / "set" / "masks").glob("*.png"):
        values = 5 * (np.asarray(Pillow.open(mask)) > 0)
        values[:, :4] = np.where(values[:, :4], 5, 6)
        Pillow.fromarray(values.astype(np.uint8)).save(mask)
    write_labels(tmp_path / "set", {"id": 5, "name": "Lesion"}, {"id": 6, "name": "Stripe"})
    place = ("evaluate", "--model", "tiny", "--data", tmp_path / "set", "--json")
    found = json.loads(shell(*place, "--label", "lesion").out)
    assert (found["n"], found["dice_mean"]) == (3, 1.0)


def test_evaluate_takes_no_picture_for_a_mask(shell: Callable[..., Any], tmp_path: Path) -> None:
    images = make_folder(tmp_path / "images")
    shutil.copytree(images, tmp_path / "masks")
    said = shell("evaluate", "--model", "tiny", "--images", images, "--masks", tmp_path / "masks")
    assert said.code != 0
    assert "it is a picture, not a mask" in " ".join(said.lines)
