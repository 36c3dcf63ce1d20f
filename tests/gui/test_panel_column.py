"""The inspector on a low screen: what has room is closer together, and nothing moves sideways."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Opened, wait_until
from tests.gui.test_tool_options import answered
from urwkv_desktop.gui.controls import SliderRow
from urwkv_desktop.imaging import PALETTE, Label, Labels


def add_labels(opened: Opened, count: int) -> None:
    opened.session.edit_labels(Labels(tuple(
        Label(number, f"Label {number}", PALETTE[number % len(PALETTE)]) for number in range(1, count + 1))))
    panel = opened.window.workspace.inspector.labels
    wait_until(lambda: panel.height() == panel.minimumSizeHint().height() > count * 20)


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_T, Qt.Key.Key_Y, Qt.Key.Key_G, Qt.Key.Key_M])
def test_every_tool_has_room_beside_four_labels_on_a_screen_of_1366_by_768(opened: Opened, key: Qt.Key) -> None:
    opened.session.open_case(4)
    answered(opened)
    add_labels(opened, 4)
    QTest.keyClick(opened.window.workspace.canvas, key)
    QTest.qWait(400)  # shares and values have come
    inspector = opened.window.workspace.inspector
    wait_until(lambda: inspector.area.verticalScrollBar().maximum() == 0)
    assert inspector.area.needed <= inspector.area.viewport().height()


def test_what_must_be_scrolled_makes_nothing_narrower(opened: Opened) -> None:
    opened.session.open_case(4)
    inspector = opened.window.workspace.inspector
    before = inspector.display.width()
    slider = inspector.display.findChildren(SliderRow)[0].slider.width()
    add_labels(opened, 20)
    assert inspector.area.verticalScrollBar().maximum() > 0
    assert inspector.display.width() == before
    assert inspector.display.findChildren(SliderRow)[0].slider.width() == slider


def test_panels_stand_apart_again_where_there_is_room(opened: Opened) -> None:
    opened.session.open_case(4)
    inspector = opened.window.workspace.inspector

    def gap() -> int:
        return inspector.history.y() - inspector.display.geometry().bottom() - 1

    add_labels(opened, 9)
    close = gap()
    opened.shell.resize(1366, 1200)
    wait_until(lambda: gap() == 18)
    assert close < 18
