"""A project that another window writes to: who it is, and a way to write here instead."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import Closable, Opened, wait_until
from urwkv_desktop.gui import program as program_module
from urwkv_desktop.imaging import Message

HELD = Message("Another window writes to this project: process 7 of grace on lab-3. Here it is open for reading only.")


def test_the_band_says_who_writes_and_takes_over_when_asked(open_window: Callable[..., Opened],
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def prepare(*_: Any, **named: Any) -> Closable:
        asked.append(named)
        opening = Closable()
        opening.is_held = not named["take_over"]
        return opening

    opened = open_window()
    monkeypatch.setattr(program_module, "prepare", prepare)
    monkeypatch.setattr(program_module, "is_project_of", lambda *_, **__: False)
    opened.session.is_read_only, opened.session.read_only_reason = True, HELD
    first = opened.window
    opened.program.open(opened.session.root)
    wait_until(lambda: opened.program.window is not None and opened.window is not first)
    band = opened.window.workspace.area.band
    assert "grace" in band.text()
    assert "lab-3" in band.text()
    button = next(one for one in band.findChildren(QPushButton) if one.isVisible())
    opened.session.is_read_only, opened.session.read_only_reason = False, None
    second = opened.window
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until(lambda: opened.program.window is not None and opened.window is not second)
    assert [named["take_over"] for named in asked] == [False, True]
    assert asked[-1]["project_file"] == opened.session.project_path
    assert not opened.window.workspace.area.band.isVisible()
