"""Which precision is taken, and what an int8 graph asks for; that one is made is tested in tests/soak."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.inference.tiny_model import make_tiny_model
from tests.training.small_sets import write_set
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.inference.library import Model, ModelLibrary
from urwkv_desktop.inference.predictor import fastest_precision
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


def test_the_faster_of_two_allowed_precisions_is_taken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urwkv_desktop.inference.predictor.takes_bfloat16", lambda: True)
    model = ModelLibrary([home / "models"]).get("tiny")

    def taken(int8_ratio: float, bfloat16_ratio: float, int8_cost: float = 0.0) -> str:
        card = msgspec.structs.replace(
            model.card, files={**model.card.files, "model.int8.xml": ""},
            precisions={"int8": {"dice_mean": int8_cost, "ratio": int8_ratio},
                        "bfloat16": {"dice_mean": 0.0, "ratio": bfloat16_ratio}})
        return fastest_precision(Model(card, model.folder, ""))[0]

    assert (taken(0.4, 0.5), taken(0.7, 0.5), taken(0.4, 0.5, int8_cost=-0.004)) == ("int8", "bf16", "bf16")
    assert taken(1.2, 1.1) == "f32"


def test_cases_to_calibrate_on_and_others_to_measure_on_are_needed(home: Path) -> None:
    pytest.importorskip("nncf", reason="nncf comes with urwkv-desktop[train]")
    for fold in (None, 7):
        with pytest.raises(Refusal, match="cases to calibrate on"):
            quantise(str(home / "models" / "tiny"), LessonData(home / "set", fold=fold), keep=False,
                     places=find_places())
