"""Cases that come without folds are divided all the same, by their groups, and the same way every time."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.homes import places, shell, tiny_models
from tests.training.small_sets import RECIPE, write_recipe, write_set
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.training.cases import Case, DataPlace, read_cases
from urwkv_desktop.training.folding import folded, write_folds
from urwkv_desktop.training.split import chosen_split

__all__ = ["places", "shell", "tiny_models"]

SHORT = RECIPE.replace("epochs = 2", "epochs = 1")


def bare(folder: Path, groups: str) -> tuple[Case, ...]:
    """Cases of these groups, one picture each, without a fold."""
    write_set(folder, groups, [0] * len(groups))
    listed = (folder / "folds.csv").read_text()
    (folder / "folds.csv").write_text("".join(line.rpartition(",")[0] + "\n" for line in listed.splitlines()))
    return read_cases(DataPlace(folder=folder))


def test_no_group_stands_on_both_sides_and_each_fold_has_its_share(tmp_path: Path) -> None:
    made = folded(bare(tmp_path / "set", "aabbccddeeffgghhiijj"), seed=1)
    folds = {case.group: case.fold for case in made}
    assert all(case.fold == folds[case.group] for case in made)
    assert sorted(case.fold for case in made if case.fold is not None) == sorted([0, 1, 2, 3, 4] * 4)


def test_the_same_seed_divides_alike_whatever_the_order_and_another_seed_differently(tmp_path: Path) -> None:
    cases = bare(tmp_path / "set", "abcdefghijkl")
    ways = ((cases, 1), (cases[::-1], 1), (cases, 2))
    first, turned, other = ({case.id: case.fold for case in folded(which, seed)} for which, seed in ways)
    assert first == turned
    assert first != other


def test_classes_are_spread_over_the_folds(tmp_path: Path) -> None:
    names = [f"{kind}{number}" for kind in "bm" for number in range(5)]
    for name in names:
        (tmp_path / name).write_text(name)
    made = folded([Case(name, tmp_path / name, tmp_path / name, name, kind=name[0]) for name in names], seed=3)
    assert all({case.kind for case in made if case.fold == fold} == {"b", "m"} for fold in range(5))


def test_one_picture_under_two_names_stays_on_one_side(tmp_path: Path) -> None:
    bare(tmp_path / "set", "abcdef")
    images = tmp_path / "set" / "images"
    for twin in (3, 5):
        shutil.copy(images / "case_0.png", images / f"case_{twin}.png")
    made = {case.id: case for case in folded(read_cases(DataPlace(folder=tmp_path / "set")), seed=1)}
    assert len({made[f"case_{number}"].group for number in (0, 3, 5)}) == 1
    assert len({case.group for case in made.values()}) == 4


def test_one_group_alone_cannot_be_divided(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="3 cases, all of one group"):
        folded(bare(tmp_path / "set", "aaa"), seed=1)


def test_what_is_listed_rules_before_anything_is_made(tmp_path: Path) -> None:
    listed = read_cases(DataPlace(folder=write_set(tmp_path / "listed", "abcd", [1, 2, 2, 3])))
    words = [Case(word, Path(word), Path(word), word, split=word) for word in ("train", "validation", "test")]
    said = [str(split.said) for split in (chosen_split(listed, 2, 1), chosen_split(listed, None, 1),
                                          chosen_split(words, None, 1))]
    assert said == ["fold 2", "fold 1", "by the column split"]


def test_where_the_list_keeps_nobody_to_validate_the_training_cases_are_divided_and_the_test_cases_stay_out(
        tmp_path: Path) -> None:
    cases = bare(tmp_path / "set", "abcdefg")
    sides = [Case(case.id, case.image, case.mask, case.group, split="test" if case.group == "g" else "train")
             for case in cases]
    split = chosen_split(sides, None, seed=1)
    assert {case.group for case in (*split.train, *split.validation)} == set("abcdef")
    assert split.validation
    assert "made of whole groups" in str(split.said)


def test_images_and_masks_alone_can_be_trained_on_and_the_same_cases_evaluated_again(
        shell: Callable[..., Any], tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", "abcdef", [0] * 6)
    (folder / "folds.csv").unlink()
    out, where = tmp_path / "run", ("--images", folder / "images", "--masks", folder / "masks")
    said = shell("train", write_recipe(tmp_path, SHORT), *where, "--out", out)
    assert said.code == 0, said.lines
    assert said.lines[0].startswith("4 cases train and 2 validate: fold 0 of 5 that were made of whole groups by seed")
    with (out / "folds.csv").open(newline="") as lines:
        rows = {Path(row["image"]).stem: row for row in csv.DictReader(lines)}
    validating = {name for name, row in rows.items() if row["fold"] == "0"}
    assert len(validating) == 2
    assert str(tmp_path) not in (out / "folds.csv").read_text()
    assert "fold 0 of 5" in json.loads((out / "run.json").read_text())["split"]
    assert "fold 0 of 5" in json.loads((out / "model" / "card.json").read_text())["split"]["kept"]
    again = ("--folds", out / "folds.csv", "--fold", 0)
    found = json.loads(shell("evaluate", "--model", out / "model", *where, *again, "--json").out)
    assert {case["id"] for case in (*found["cases"], *found["empty_cases"])} == validating


def test_the_list_of_folds_names_files_as_they_lie_below_the_set(tmp_path: Path) -> None:
    cases = folded(bare(tmp_path / "set", "ab"), seed=1)
    write_folds(cases, DataPlace(folder=tmp_path / "set"), tmp_path / "folds.csv")
    again = read_cases(DataPlace(folder=tmp_path / "set", folds=tmp_path / "folds.csv"))
    assert again == cases
