"""A lesson on volumes: two labels, slices seen between their neighbours."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.homes import Said, shell, working
from tests.training.small_sets import write_recipe
from tests.training.small_volumes import RECIPE, write_volumes
from tests.workflow.test_learning import home_of, put_right
from urwkv_desktop.inference.card import read_card
from urwkv_desktop.workflow.lessons import LessonData, train
from urwkv_desktop.workflow.places import Places, find_places

__all__ = ["shell"]

VOLUMES = 24


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A home whose only model, `pair`, has seen one volume."""
    recipe = write_recipe(tmp_path, RECIPE.replace("[input]", '[input]\norder = "slices"'))
    done = train(str(recipe), LessonData(write_volumes(tmp_path / "set", (0, 1)), fold=0), tmp_path / "run",
                 places=find_places(), report=lambda *words: None, stop=lambda: False)
    assert done.model is not None
    shutil.move(done.model, tmp_path / "models" / "pair")
    return home_of(tmp_path / "models", tmp_path, monkeypatch, steps=150)


@pytest.fixture
def project(places: Places, tmp_path: Path) -> Path:
    """Volumes put right by hand and accepted."""
    made = write_volumes(tmp_path / "made", (0,) * VOLUMES)
    folder = Path(shutil.move(made / "images", tmp_path / "images"))
    (folder / "project.toml").write_text('[[kind]]\nfiles = ["*.nii.gz"]\nmodel = "pair"\n')
    with working(folder, places) as work:
        work.settle()
        for number in range(VOLUMES):
            truth = np.asarray(nibabel.load(made / "labels" / f"v{number}.nii.gz").dataobj).transpose(2, 1, 0)
            put_right(work.show(f"v{number}"), truth)
            work.session.accept(then_next=False)
        work.settle()
    return folder


def test_accepted_volumes_teach_their_model_both_labels(
    shell: Callable[..., Said], places: Places, project: Path, tmp_path: Path
) -> None:
    lesson = tmp_path / "lesson"
    said = shell("learn", project, "--out", lesson)
    assert said.code == 0, said.lines
    found = json.loads((lesson / "comparison.json").read_text())
    with (lesson / "set" / "cases.csv").open() as file:
        assert found["n"] == sum(row["split"] == "test" for row in csv.DictReader(file)) > 0
    assert found["after"] > found["before"] + 0.1
    card, parent = (read_card(folder / "card.json") for folder in (lesson / "model", places.user_models / "pair"))
    assert card.input == parent.input
    assert (card.input.order, card.num_classes) == ("slices", 3)
    assert [label.name for label in card.channels] == ["Front", "Back"]
