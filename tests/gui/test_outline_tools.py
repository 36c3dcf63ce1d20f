"""Outlines and measurements in the window: by their keys, with Enter, Backspace and undo, in strip and inspector."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.gui.canvas.hand import LEFT, NOTHING, drag, move, place
from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MeasureEdit
from urwkv_desktop.editing.tools import GROUPS, TOOLS
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import Geometry, Image

K = Qt.Key
CORNERS = ((10.0, 10.0), (10.0, 50.0), (50.0, 50.0), (50.0, 10.0))


@pytest.fixture
def case(opened: Opened) -> Document:
    opened.session.open_case(4)
    document = opened.session.document
    assert document is not None
    return document


def canvas_with(opened: Opened, key: Qt.Key) -> CanvasView:
    """The canvas after the tool's key."""
    canvas = opened.window.workspace.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, key)
    return canvas


def outline(canvas: CanvasView, corners: Any = CORNERS) -> None:
    for corner in corners:
        move(canvas, place(canvas, *corner))
        QTest.mouseClick(canvas, LEFT, NOTHING, place(canvas, *corner))


def test_enter_closes_an_open_polygon_first_and_accepts_only_then(opened: Opened, case: Document) -> None:
    canvas = canvas_with(opened, K.Key_P)
    outline(canvas)
    before = case.mask.voxels.copy()
    QTest.keyClick(canvas, K.Key_Return)
    assert (case.mask.voxels != before).sum() > 1000
    assert not opened.asked("accept")
    QTest.keyClick(canvas, K.Key_Return)
    assert opened.asked("accept")


def test_shift_enter_accepts_no_case_with_an_open_outline_either(opened: Opened, case: Document) -> None:
    canvas = canvas_with(opened, K.Key_W)
    outline(canvas)
    QTest.keyClick(canvas, K.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert not opened.asked("accept")
    assert not canvas.is_busy


def test_undo_takes_a_point_back_and_not_what_was_drawn_before(opened: Opened, case: Document) -> None:
    canvas = canvas_with(opened, K.Key_P)
    outline(canvas)
    canvas.take_gesture()
    groups, voxels = len(case.history.groups), case.mask.voxels.copy()
    outline(canvas, CORNERS[:2])
    for _ in range(2):
        assert canvas.is_open
        QTest.keyClick(canvas, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not canvas.is_busy
    assert len(case.history.groups) == groups
    assert np.array_equal(case.mask.voxels, voxels)


def test_backspace_and_escape_reach_an_open_outline(opened: Opened, case: Document) -> None:
    canvas = canvas_with(opened, K.Key_P)
    outline(canvas, CORNERS[:3])
    QTest.keyClick(canvas, K.Key_Backspace)
    assert canvas.is_open
    QTest.keyClick(canvas, K.Key_Escape)
    assert not canvas.is_busy
    assert not canvas.is_open


def test_another_case_gives_an_open_outline_up(opened: Opened, case: Document) -> None:
    canvas = canvas_with(opened, K.Key_P)
    outline(canvas, CORNERS[:3])
    QTest.keyClick(canvas, K.Key_D)
    assert not canvas.is_busy


@pytest.mark.parametrize(("key", "tool"), [(K.Key_P, "polygon"), (K.Key_L, "lasso"), (K.Key_W, "livewire"),
                                           (K.Key_C, "line_correction"), (K.Key_M, "measure")])
def test_each_tool_has_its_key_and_says_what_it_does(opened: Opened, case: Document, key: Qt.Key, tool: str) -> None:
    canvas = canvas_with(opened, key)
    assert canvas.tool_class is not None
    assert canvas.tool_class.id == tool
    assert "Ctrl" in str(canvas.hint)
    assert opened.window.workspace.strip._tools[tool].isChecked()


def test_one_line_corrects_the_network_s_answer(opened: Opened, case: Document) -> None:
    canvas = canvas_with(opened, K.Key_C)
    assert case.counts() == {1: 100}
    drag(canvas, [place(canvas, 15, 23), place(canvas, 35, 23)])
    assert case.counts() == {1: 70}


def test_a_line_that_cuts_nothing_off_says_what_it_needs(opened: Opened, case: Document) -> None:
    canvas = canvas_with(opened, K.Key_C)
    drag(canvas, [place(canvas, 24, 24), place(canvas, 26, 24)])
    assert case.counts() == {1: 100}
    assert "from outline to outline" in opened.window.workspace.status.hint.whole()


def test_a_measurement_stands_in_the_inspector_until_it_is_removed_and_undo_brings_it_back(
        opened: Opened, case: Document) -> None:
    canvas = canvas_with(opened, K.Key_M)
    panel = opened.window.workspace.inspector.measures
    drag(canvas, [place(canvas, 20, 10), place(canvas, 20, 50)])
    assert [row.words for row in panel.rows] == ["20.0 mm"]
    assert not opened.window.workspace.inspector.options.rule.isVisible()
    panel.removed.emit(panel.rows[0].group)
    assert not panel.rows
    assert QApplication.activeWindow() is opened.shell
    QTest.keyClick(canvas, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [row.words for row in panel.rows] == ["20.0 mm"]


def test_many_measurements_keep_the_inspector_calm_and_none_is_out_of_reach(opened: Opened, case: Document) -> None:
    for row in range(6):
        case.apply(MeasureEdit("length", ((row, 0.0), (row, 8.0)), 0, 0))
    panel = opened.window.workspace.inspector.measures
    assert panel.more.isVisible()
    assert panel.more.text() == "3 more"
    QTest.mouseClick(panel.more, LEFT)
    assert not panel.more.isVisible()
    assert len(panel.rows) == 6


def test_the_values_under_the_active_label_stand_below_the_labels(opened: Opened, case: Document) -> None:
    panel, found = opened.window.workspace.inspector.measures, case.image.pixels[case.mask.voxels == 1]
    QTest.qWait(250)
    assert f"{found.mean():.1f}" in panel.values.whole()
    assert f"{found.std():.1f}" in panel.values.whole()
    opened.window.desk.choose_label(2)
    QTest.qWait(250)
    assert not panel.values.isVisible()


def test_a_narrow_canvas_leaves_one_button_of_each_group_and_all_tools_within_reach(opened: Opened) -> None:
    strip = opened.window.workspace.strip
    assert not strip.is_narrow  # 1366 x 768
    strip.fit(300)
    assert strip.is_narrow
    assert strip.width() <= 300
    seen = [name for name, button in strip._tools.items() if not button.isHidden()]
    assert len(seen) == len(GROUPS)
    opened.window.tools.take_up("livewire")
    assert not strip._tools["livewire"].isHidden()
    assert strip._tools["polygon"].isHidden()
    chosen: list[str] = []
    strip.tool_chosen.connect(chosen.append)
    QTest.mouseClick(strip._tools["livewire"], LEFT)  # the one in the hand, again
    (menu,) = [menu for menu in strip.findChildren(QMenu) if menu.isVisible()]
    assert len(menu.actions()) == len(GROUPS[1])
    menu.actions()[1].trigger()
    menu.close()
    QApplication.processEvents()
    assert chosen == [GROUPS[1][1].id]
    strip.fit(2000)
    assert not any(strip._tools[tool.id].isHidden() for tool in TOOLS)


def test_the_livewire_follows_an_edge_while_a_job_looks_further_than_the_hand_is(opened: Opened) -> None:
    """A disc that is larger than what is searched at once, gone round by a hand that keeps near to its edge."""
    rows, columns = np.mgrid[:400, :400] + 0.5
    inside = (rows - 200) ** 2 + (columns - 200) ** 2 <= 150**2
    session = opened.session
    session.open_case(3)
    image = Image(np.where(inside, 190, 40).astype(np.uint8)[None], Geometry.picture())
    session.document = Document(3, image, labels=session.labels, reader="anna")
    session.tell(document=True)
    canvas = canvas_with(opened, K.Key_W)
    near = [place(canvas, 200 + 152 * np.sin(turn), 200 + 148 * np.cos(turn))
            for turn in np.linspace(0, 2 * np.pi, 90)]
    for number, at in enumerate(near):
        move(canvas, at)
        if number % 30 == 0:
            QTest.mouseClick(canvas, LEFT, NOTHING, at)
        wait_until(lambda: not opened.jobs.jobs)
    QTest.mouseClick(canvas, LEFT, NOTHING, near[0])  # on the first point: closed
    found = session.document.mask.voxels[0] == 1
    assert 2 * (found & inside).sum() / (found.sum() + inside.sum()) > 0.98
