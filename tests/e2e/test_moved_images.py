"""The folder of the images was moved: the window asks for it, and the work goes on where it was left."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from tests.e2e.driver import Hand, Steps, walk
from urwkv_desktop.gui import commands as commands_module
from urwkv_desktop.imaging import Status


def test_moved_images_are_found_again_and_keep_their_masks(program_home: Path, tmp_path: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    folder, moved, project = tmp_path / "images", tmp_path / "archive", tmp_path / "kept.urwkv"
    folder.mkdir()
    pixels = np.random.default_rng(0).integers(0, 255, (120, 160), np.uint8)
    Picture.fromarray(pixels).save(folder / "one.png")
    walk(monkeypatch, [str(folder), "--project", str(project)], paint(Hand()))
    folder.rename(moved)
    monkeypatch.setattr(commands_module.QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(moved)))
    walk(monkeypatch, [str(project)], find(Hand()))


def paint(hand: Hand) -> Steps:
    yield lambda: hand.has_project and hand.shows("one")
    hand.stroke(40, 40, 60, 60)
    yield lambda: hand.document.status is Status.edited and hand.is_saved


def find(hand: Hand) -> Steps:
    yield lambda: hand.has_project and hand.space.area.band.isVisible()
    assert "not where they were" in hand.space.area.band.text()
    hand.click("Find them…", hand.space.area.band)
    yield lambda: hand.shows("one")
    yield lambda: not hand.space.area.band.isVisible()
    assert hand.document.mask.voxels.any()
