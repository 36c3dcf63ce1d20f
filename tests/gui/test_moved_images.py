"""A project whose images are not where they were: the person is asked for the folder, once."""

from pathlib import Path

import pytest

from tests.gui.conftest import Opened
from tests.gui.stand_in import BROKEN
from urwkv_desktop.gui import commands as commands_module
from urwkv_desktop.gui.panels.band import Band


def asking(opened: Opened) -> Band:
    opened.session.wants_root = True
    opened.session.tell(findings=True)
    return opened.window.workspace.area.band


def choose(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setattr(commands_module.QFileDialog, "getExistingDirectory", staticmethod(lambda *_: folder))


def test_the_band_asks_for_the_folder_and_goes_when_the_images_are_found(opened: Opened, tmp_path: Path,
                                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    band = asking(opened)
    assert band.isVisible()
    assert "not where they were" in band.text()
    choose(monkeypatch, str(tmp_path))
    band.pressed.emit()
    assert "Looking for the images" in band.text()
    ((root, done),) = opened.asked("take_root")
    assert root == tmp_path
    opened.session.wants_root = False
    opened.session.tell(findings=True)
    done(None)
    assert not band.isVisible()


def test_a_folder_without_the_images_is_said_and_another_one_offered(opened: Opened, tmp_path: Path,
                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    band = asking(opened)
    choose(monkeypatch, str(tmp_path))
    band.pressed.emit()
    opened.asked("take_root")[0][1](BROKEN)
    assert "The file is empty." in band.text()
    band.pressed.emit()
    assert len(opened.asked("take_root")) == 2


def test_no_folder_chosen_leaves_the_question_standing(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    band = asking(opened)
    choose(monkeypatch, "")
    band.pressed.emit()
    assert not opened.asked("take_root")
    assert "not where they were" in band.text()
