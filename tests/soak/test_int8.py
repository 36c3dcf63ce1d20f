"""A model in int8: calibrated, measured, kept or not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("nncf", reason="nncf comes with urwkv-desktop[train]")

from tests.inference.tiny_model import make_tiny_model
from tests.training.small_sets import write_set
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.inference.predictor import fastest_precision, load_predictor
from urwkv_desktop.training import int8
from urwkv_desktop.training.cases import DataPlace, read_cases
from urwkv_desktop.training.reading import read_image
from urwkv_desktop.workflow.lessons import LessonData
from urwkv_desktop.workflow.places import find_places
from urwkv_desktop.workflow.quantising import quantise


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model `tiny`, and a folder of discs in two folds."""
    folder = tmp_path_factory.mktemp("int8")
    make_tiny_model(folder / "models" / "tiny")
    write_set(folder / "set", list("abcdef"), [0, 0, 0, 1, 1, 1])
    return folder


@pytest.mark.soak
@pytest.mark.filterwarnings("default")  # nncf's own
@pytest.mark.parametrize("bound", [1.0, -1.0])
def test_an_int8_graph_is_kept_where_it_costs_no_more_than_the_bound(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: float
) -> None:
    monkeypatch.setitem(int8.BOUNDS, "int8", bound)
    faster = {"int8": 0.4, "bfloat16": 1.0, "float32": 1.0}
    monkeypatch.setattr(int8, "speed_ratios", lambda engines, card: {name: faster[name] for name in engines})
    folder = Path(shutil.copytree(home / "models" / "tiny", tmp_path / "tiny"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    found = quantise(str(folder), LessonData(home / "set", fold=0), keep=True, places=find_places())
    assert {"dice_mean", "dice_worst", "worst", "ratio", "images"} <= set(found.measured["int8"])
    assert found.is_kept is (bound > 0)
    if not found.is_kept:
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
        return
    library = ModelLibrary([folder])
    assert library.refused == ()
    model = library.models[0]
    assert {"model.int8.xml", "model.int8.bin"} <= set(model.card.files)
    assert fastest_precision(model) == ("int8", "model.int8.xml")
    predictor = load_predictor(model, cache=None)
    assert predictor.engine.name == "CPU · OpenVINO int8"
    case = read_cases(DataPlace(folder=home / "set"))[0]
    assert predictor.predict(read_image(case), labels=(1,)).label_map(0).shape == (40, 40)
