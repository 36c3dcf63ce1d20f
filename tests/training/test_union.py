from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.small_sets import RECIPE, write_recipe, write_set
from tests.training.small_volumes import RECIPE as TWO_LABELS
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.inference.card import InputSpec
from urwkv_desktop.training.cases import DataPlace, read_cases
from urwkv_desktop.training.loop import run
from urwkv_desktop.training.recipe import read_recipe
from urwkv_desktop.training.simulated import KINDS, simulated
from urwkv_desktop.training.split import split_by_fold


def test_two_sets_that_number_alike_are_trained_on_together(tmp_path: Path) -> None:
    first, second = (write_set(tmp_path / name, list("abc"), [0, 1, 1]) for name in ("one", "two"))
    cases = read_cases(DataPlace(folder=first, more=(second,)))
    assert [case.id for case in cases] == [f"{name}/case_{number}" for name in ("one", "two") for number in range(3)]
    assert {case.group for case in cases} == {f"{name}/{group}" for name in ("one", "two") for group in "abc"}
    split = split_by_fold(cases, 0)
    assert (len(split.train), len(split.validation)) == (4, 2)


def test_a_run_does_not_go_on_with_another_fold(tmp_path: Path) -> None:
    data = write_set(tmp_path / "set", list("abcd"), [0, 0, 1, 1])
    recipe = write_recipe(tmp_path)
    run(recipe, data, tmp_path / "out", fold=0, stop=lambda: True)
    with pytest.raises(Refusal, match="other cases, or on another fold"):
        run(recipe, data, tmp_path / "out", fold=1, resume=True)


def test_simulated_pictures_are_the_same_for_a_seed_and_some_hold_no_lesion() -> None:
    spec = InputSpec(width=32, height=32)
    made = simulated(2, spec, seed=1)
    assert KINDS[:2] == ("normal", "benign")
    assert [bool(one.labels.any()) for one in made] == [False, True]
    assert made[0].picture.shape == (3, 32, 32)
    assert 0.02 < float(made[1].picture.std()) < 0.5


@pytest.mark.parametrize(
    ("text", "cause"),
    [(RECIPE.replace("seed = 3", "seed = 3\nphantoms = 0.2"), "phantoms"),
     (TWO_LABELS.replace("seed = 3", "seed = 3\nphantoms = 0.1"), "know one label, and 2 are named")],
)
def test_too_many_simulated_pictures_or_ones_for_several_labels_are_refused(
    tmp_path: Path, text: str, cause: str
) -> None:
    with pytest.raises(Refusal, match=cause):
        read_recipe(write_recipe(tmp_path, text))
