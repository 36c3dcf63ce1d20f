"""Frames one after the other, and the bar under the canvas."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import LEFT, document_of, drag, ramp
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.gui.canvas.planes import Planes
from urwkv_desktop.gui.canvas.slice_bar import _runs
from urwkv_desktop.gui.panels.tool_strip import ToolStrip
from urwkv_desktop.gui.theme import DARK
from urwkv_desktop.gui.workspace import CanvasArea
from urwkv_desktop.imaging import Geometry, ThirdAxis


def area_of(qtbot: QtBot, frames: int = 12, rate: float | None = None) -> CanvasArea:
    made = CanvasArea(Planes(DARK), ToolStrip(()))
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.planes.show_document(document_of(ramp(frames), geometry=Geometry.picture(
        slices=frames, third_axis=ThirdAxis.time), frames_per_second=rate))
    return made


def test_frames_play_in_a_loop_at_the_files_own_rate(qtbot: QtBot) -> None:
    area = area_of(qtbot, rate=100.0)
    cine, view = area.bar.cine, area.planes.main
    assert cine.rate == 100.0
    assert not area.bar.play.isHidden()
    seen = set()
    view.sliceChanged.connect(seen.add)
    cine.toggle()
    qtbot.waitUntil(lambda: len(seen) == 12, timeout=5000)
    cine.toggle()
    assert not cine.is_playing
    area.planes.show_document(None)


def test_a_hand_that_paints_stops_the_frames(qtbot: QtBot) -> None:
    area = area_of(qtbot)
    cine, view = area.bar.cine, area.planes.main
    assert cine.rate == 15.0
    view.set_tool(Brush)
    cine.toggle()
    drag(view, [view.rect().center(), view.rect().center() + QPoint(9, 0)])
    assert not cine.is_playing
    assert view.document is not None
    assert view.document.mask.voxels.any()
    area.planes.show_document(None)


def test_another_case_stops_them_too_and_a_picture_has_no_bar(qtbot: QtBot) -> None:
    area = area_of(qtbot)
    area.bar.cine.toggle()
    area.planes.show_document(document_of(ramp(1)))
    assert not area.bar.cine.is_playing
    assert not area.bars[0].isVisible()
    area.bar.cine.toggle()
    assert not area.bar.cine.is_playing
    area.planes.show_document(None)


def test_the_rate_goes_up_and_down_in_usual_steps(qtbot: QtBot) -> None:
    area = area_of(qtbot)
    cine = area.bar.cine
    cine.faster()
    assert cine.rate == 20.0
    for _ in range(20):
        cine.faster(-1)
    assert cine.rate == 1.0


def test_the_bar_goes_to_the_slice_under_the_hand(qtbot: QtBot) -> None:
    area = area_of(qtbot, frames=10)
    groove = area.bar.groove
    for k in (0, 3, 9):
        x = 16 + (k + 0.5) / 10 * (groove.width() - 32)
        QTest.mouseClick(groove, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(round(x), 10))
        assert area.planes.main.plane.index == k
    area.planes.show_document(None)


def test_the_bar_marks_the_slices_that_hold_mask(qtbot: QtBot) -> None:
    area = area_of(qtbot, frames=10)
    mask = np.zeros((10, 64, 64), np.uint8)
    mask[2:5, 3, 3] = 1
    mask[8, 60, 1] = 2
    area.planes.show_document(document_of(ramp(10), mask=mask))
    qtbot.waitUntil(lambda: _runs(area.bar.groove._marks) == [(2, 5), (8, 9)], timeout=5000)
    area.planes.show_document(None)
