"""Which weights a run began with: named so that the command means the same after that model has been replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import save_file

from tests.homes import places, shell, tiny_models
from tests.training.small_sets import RECIPE, write_recipe, write_set
from urwkv_desktop.inference.card import read_card
from urwkv_desktop.network import build_network
from urwkv_desktop.workflow.lessons import LessonData, pinned, train
from urwkv_desktop.workflow.places import Places

__all__ = ["places", "shell", "tiny_models"]

BUNDLED = sorted((Path(__file__).parents[2] / "models").glob("*/card.json"))
SHORT = RECIPE.replace("epochs = 2", "epochs = 1")


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_model_that_has_been_replaced_is_not_begun_with(shell: Callable[..., Any], places: Places,
                                                         tmp_path: Path) -> None:
    have = sha256(places.user_models / "tiny" / "model.safetensors")
    data = write_set(tmp_path / "set", "abcd", [0, 0, 1, 1])
    words = ("train", write_recipe(tmp_path), "--data", data, "--fold", 0, "--out", tmp_path / "out")
    said = shell(*words, "--from", "tiny@0123456789ab")
    assert said.code == 2
    assert f"The weights of tiny are {have[:12]}, and those of 0123456789ab were asked for" in said.lines[-1]
    said = shell(*words, "--from", f"tiny@{have[:12]}")
    assert said.code == 2
    assert "The weights of tiny are not those of the recipe's network" in said.lines[-1]


def test_the_command_names_the_weights_by_their_hash_once(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    have = sha256(tmp_path / "model.safetensors")[:12]
    for word in ("--from busi", f"--from busi@{have}", "--from=busi"):
        command = pinned(f"urwkv-desktop train polyp {word} --out 'a run'", tmp_path / "model.safetensors")
        assert command == f"urwkv-desktop train polyp {word.partition('@')[0]}@{have} --out 'a run'"


def test_a_model_that_began_with_another_names_it_in_its_card_and_its_command(places: Places, tmp_path: Path) -> None:
    weights = tmp_path / "weights.safetensors"
    save_file(build_network("with2x4", "small").state_dict(), weights)
    train(str(write_recipe(tmp_path, SHORT)), LessonData(write_set(tmp_path / "set", "abcd", [0, 0, 1, 1]), fold=0),
          tmp_path / "run", places=places, start_from=str(weights), report=lambda *words: None, stop=lambda: False,
          command=f"urwkv-desktop train discs.toml --from {weights.name}")
    card = read_card(tmp_path / "run" / "model" / "card.json")
    assert card.parent == sha256(weights)
    assert card.command == f"urwkv-desktop train discs.toml --from {weights.name}@{sha256(weights)[:12]}"


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.parent.name)
def test_the_command_of_every_bundled_model_names_the_weights_that_it_began_with(path: Path) -> None:
    card = read_card(path)
    assert card.command.startswith("urwkv-desktop train ")
    assert card.parent is None or f"@{card.parent[:12]}" in card.command
