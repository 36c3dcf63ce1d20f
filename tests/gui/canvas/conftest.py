"""A CanvasView on the screen, in the dark theme, 400 x 400 with nothing left free around a fitted image."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMargins
from pytestqt.qtbot import QtBot

from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.gui.theme import DARK


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[CanvasView]:
    canvas = CanvasView(DARK)
    qtbot.addWidget(canvas)
    canvas.resize(400, 400)
    canvas.set_fit_margins(QMargins(0, 0, 0, 0))
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.setFocus()
    yield canvas
    canvas.show_document(None)
