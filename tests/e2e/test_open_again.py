"""The folder that is on screen is asked for again, in the real window: it is not opened against our own lock."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from tests.e2e.driver import Hand, Steps, walk
from urwkv_desktop.gui import program as program_module


def make(folder: Path, names: tuple[str, ...], seed: int) -> Path:
    folder.mkdir()
    for place, name in enumerate(names):
        pixels = np.random.default_rng(seed + place).integers(0, 255, (60, 80), np.uint8)
        Picture.fromarray(pixels).save(folder / f"{name}.png")
    return folder


def test_asking_for_the_open_folder_keeps_it_writable_and_another_one_takes_its_place(
        program_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = make(tmp_path / "here", ("one", "two"), 0), make(tmp_path / "there", ("three",), 9)
    asked: list[Path] = []
    monkeypatch.setattr(program_module.QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(asked[-1])))
    walk(monkeypatch, [str(here)], again(Hand(), here, there, asked))


def until(milliseconds: int) -> Callable[[], bool]:
    """Long enough for a small folder to have been opened, had it been."""
    end = time.monotonic() + milliseconds / 1000
    return lambda: time.monotonic() > end


def again(hand: Hand, here: Path, there: Path, asked: list[Path]) -> Steps:
    yield lambda: hand.has_project and hand.shows("one")
    space = hand.space
    asked.append(here)
    hand.open_folder()
    yield until(300)
    assert hand.space is space
    assert not space.area.band.isVisible()
    asked.append(there)
    hand.open_folder()
    yield lambda: hand.has_project and hand.shows("three")
    asked.append(here)
    hand.open_folder()
    yield lambda: hand.has_project and hand.shows("one")
    hand.stroke(20, 20, 30, 30)
    yield lambda: hand.is_saved and bool(hand.document.mask.voxels.any())
