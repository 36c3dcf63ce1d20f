"""Data that cannot teach is refused with its reason, before or while it is read, never trained on."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.training.small_sets import disc, write_recipe, write_set
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.training.cases import Case, DataPlace, read_cases
from urwkv_desktop.training.loop import run
from urwkv_desktop.training.reading import read_image, read_truth


@pytest.fixture
def discs(tmp_path: Path) -> Path:
    return write_set(tmp_path / "set", list("abcd"), [0, 0, 1, 1])


def _learn(tmp_path: Path, data: Path) -> None:
    run(write_recipe(tmp_path), data, tmp_path / "out", fold=0, stop=lambda: True)


def test_a_mask_saved_as_jpeg_is_refused_to_learn_from_and_still_counts_in_an_evaluation(discs: Path) -> None:
    mask = discs / "masks" / "case_0.jpg"
    Pillow.fromarray(disc(40, 12, 20, 8) * 255).save(mask, quality=60)
    case = Case("case_0", discs / "images" / "case_0.png", mask, "a")
    image = read_image(case)
    with pytest.raises(Refusal, match=r"JPEG file with \d+ values: its edges are smeared"):
        read_truth(case, image, 1, to_learn=True)
    assert read_truth(case, image, 1).any()
    Pillow.open(case.image).save(mask)
    with pytest.raises(Refusal, match="it is a picture, not a mask"):
        read_truth(case, image, 1)


def test_a_picture_in_the_place_of_a_mask_is_refused(tmp_path: Path, discs: Path) -> None:
    shutil.copy(discs / "images" / "case_2.png", discs / "masks" / "case_2.png")
    with pytest.raises(Refusal, match=r"case_2: .* it is a picture, not a mask"):
        _learn(tmp_path, discs)


def test_a_map_of_many_numbered_objects_is_a_mask(discs: Path) -> None:
    objects = np.kron(np.arange(100).reshape(10, 10), np.ones((4, 4))).astype(np.uint8)
    Pillow.fromarray(objects).save(discs / "masks" / "case_2.png")
    case = read_cases(DataPlace(folder=discs))[2]
    assert (read_truth(case, read_image(case), 1, to_learn=True) > 0).sum() == 99 * 16


def test_a_mask_of_another_size_is_refused(tmp_path: Path, discs: Path) -> None:
    Pillow.fromarray(disc(30, 12, 12, 8)).save(discs / "masks" / "case_2.png")
    with pytest.raises(Refusal, match=r"case_2: .*1 x 30 x 30 pixels"):
        _learn(tmp_path, discs)


def test_one_file_under_two_names_on_both_sides_is_a_leak(tmp_path: Path, discs: Path) -> None:
    shutil.copy(discs / "images" / "case_0.png", discs / "images" / "case_3.png")
    with pytest.raises(Refusal, match="case_3 trains and case_0 validates, and both are the same file"):
        _learn(tmp_path, discs)


def test_masks_without_anything_marked_are_refused(tmp_path: Path, discs: Path) -> None:
    for number in (2, 3):
        Pillow.fromarray(np.zeros((40, 40), np.uint8)).save(discs / "masks" / f"case_{number}.png")
    with pytest.raises(Refusal, match="None of the 2 pictures that would train has anything marked"):
        _learn(tmp_path, discs)


def test_a_file_that_is_listed_and_missing_is_named(tmp_path: Path, discs: Path) -> None:
    (discs / "masks" / "case_1.png").unlink()
    with pytest.raises(Refusal, match=r"case_1\.png is listed and is not there"):
        _learn(tmp_path, discs)


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        ("", "No image with a mask"),
        ("images/case_0.png,masks/case_0.png,x,a,first\n", "fold of case_0 is no number: first"),
        (",,x,a,1\n", "neither image nor id"),
        (2 * "images/case_0.png,masks/case_0.png,x,a,1\n", "case_0 is listed twice"),
        ("images/case_0.png,masks/case_0.png,x,a,1\n", "0 validate"),
    ],
)
def test_a_list_with_a_fault_is_refused(tmp_path: Path, discs: Path, rows: str, cause: str) -> None:
    (discs / "folds.csv").write_text("image,mask,class,group,fold\n" + rows)
    with pytest.raises(Refusal, match=cause):
        _learn(tmp_path, discs)
