"""urwkv-desktop models: what it lists, imports and exports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from urwkv_desktop.network import build_network
from urwkv_desktop.workflow.places import Places

Shell = Callable[..., Any]
DIMS = (8, 8, 8, 16, 16)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    torch.save(build_network(num_classes=3, dims=DIMS).state_dict(), tmp_path / "elsewhere.pth")
    return tmp_path / "elsewhere.pth"


def test_a_checkpoint_is_imported_after_the_question_and_listed(shell: Shell, weights: Path, places: Places) -> None:
    options = ("--name", "mine", "--activation", "softmax", "--label", "Head", "--label", "Tail", "--modality", "MR",
               "--dimension", "slices", "--width", "32", "--height", "32")
    asked = shell("models", "import", str(weights), *options)
    assert asked.code == 2
    assert "Which graph" in "".join(asked.lines)
    assert "--graph" in "".join(asked.lines)
    said = shell("models", "import", str(weights), *options, "--graph", "with2x4")
    assert said.code == 0, said.lines
    assert "3 outputs" in said.out
    (card,) = [card for card in json.loads(shell("models", "--json").out) if card["name"] == "mine"]
    assert [channel["name"] for channel in card["channels"]] == ["Head", "Tail"]
    assert card["suits"] == {"modality": ["MR"], "body_part": [], "colour": "any", "dimension": "slices",
                             "plane": "stored"}
    assert (places.user_models / "mine" / "model.xml").is_file()
    again = shell("models", "import", str(weights), *options, "--graph", "with2x4")
    assert (again.code, "already" in "".join(again.lines)) == (2, True)


@pytest.mark.parametrize(("options", "why"), [
    (("--colour", "mauve"), "mauve"),
    (("--scaling", "best"), "no scaling best"),
    (("--resize", "crop"), "crop"),
    (("--width", "0"), "1"),
])
def test_words_that_no_card_knows_are_refused(shell: Shell, weights: Path, options: tuple[str, ...], why: str) -> None:
    said = shell("models", "import", str(weights), "--name", "mine", "--graph", "with2x4", *options)
    assert said.code == 2
    assert why in "".join(said.lines)


def test_a_model_is_exported_as_onnx(shell: Shell, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="onnx comes with urwkv-desktop[train]")
    said = shell("models", "export", "tiny", "--onnx", str(tmp_path / "tiny.onnx"))
    assert said.code == 0, said.lines
    assert (tmp_path / "tiny.onnx").stat().st_size > 10_000
    assert "read back by" in said.out


@pytest.mark.parametrize(("name", "target"), [("tiny", "no folder/x.onnx"), ("unknown", "x.onnx"), ("tiny", ".")])
def test_an_export_that_cannot_be_is_refused(shell: Shell, tmp_path: Path, name: str, target: str) -> None:
    assert shell("models", "export", name, "--onnx", str(tmp_path / target)).code == 2
