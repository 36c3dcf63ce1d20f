"""The windows and tables that a file names are offered, each by its name."""

import numpy as np
from pytestqt.qtbot import QtBot

from urwkv_desktop.gui.panels.display import DisplayPanel, Range
from urwkv_desktop.imaging import Curve, Geometry, Image, Window


def test_a_file_s_windows_and_tables_are_offered_by_their_names(qtbot: QtBot) -> None:
    panel = DisplayPanel()
    qtbot.addWidget(panel)
    own = (Window(512, 1024, "HARD", table=bytes(1024)), Window(40, 400, "soft"), Window(90, 60, curve=Curve.sigmoid))
    panel.show_image(Image(np.zeros((1, 4, 4), np.uint16), Geometry.picture(), windows=own), Range(0, 1024))
    words = [action.text() for action in panel._presets.menu().actions()]
    assert words == ["HARD  ·  curve", "soft  ·  400 / 40", "From the file 3  ·  60 / 90"]
    taken: list[Window] = []
    panel.window_changed.connect(taken.append)
    panel._presets.menu().actions()[2].trigger()
    panel.window_row.slider.setValue(500)
    assert taken[0] == own[2]
    assert taken[-1].curve is Curve.sigmoid  # dragged, it stays what it is
