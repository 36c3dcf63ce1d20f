"""Keys that are changed hold at once, are remembered as differences, and warn before they are taken from elsewhere."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from tests.gui.conftest import Opened
from tests.gui.test_dialogs import open_one
from urwkv_desktop.gui.dialogs.cheat_sheet import CheatSheet, Line, Section, in_columns
from urwkv_desktop.gui.dialogs.key_editor import KeyEditor
from urwkv_desktop.gui.dialogs.key_field import pressed_keys
from urwkv_desktop.gui.key_book import KeyBook
from urwkv_desktop.gui.key_groups import NAMES, grouped, title_of
from urwkv_desktop.gui.key_table import OwnKeys
from urwkv_desktop.gui.mouse_map import Drag
from urwkv_desktop.workflow import find_places

K, NONE, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, \
    Qt.KeyboardModifier.ShiftModifier
FOLDER = find_places().resources / "keymaps"


@pytest.fixture
def editor(opened: Opened) -> KeyEditor:
    opened.program.keymap["keys.edit"].trigger()
    return open_one(KeyEditor)


def press(editor: KeyEditor, button: QPushButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_new_keys_hold_at_once_in_the_window_behind(opened: Opened, editor: KeyEditor) -> None:
    editor.choose("case.next")
    press(editor, editor.change)
    QTest.keyClick(editor.field, K.Key_N)
    assert opened.program.keymap.keys_of("case.next") == ("N",)
    editor.close()
    opened.shell.activateWindow()
    opened.session.open_case(4)
    opened.window.workspace.canvas.setFocus()
    QApplication.processEvents()
    QTest.keyClick(opened.window.workspace.canvas, K.Key_N)
    assert opened.asked("next_case")
    QTest.keyClick(opened.window.workspace.canvas, K.Key_D)
    assert len(opened.asked("next_case")) == 1


def test_a_key_that_is_taken_is_named_and_nothing_changes_until_it_is_taken(opened: Opened, editor: KeyEditor) -> None:
    keymap = opened.program.keymap
    editor.choose("case.next")
    press(editor, editor.change)
    QTest.keyClick(editor.field, K.Key_B)
    assert keymap["tool.brush"].text() in editor.field.text()
    assert keymap.keys_of("case.next") == ("D",)
    press(editor, editor.leave)
    assert keymap.keys_of("tool.brush") == ("B",)
    press(editor, editor.change)
    QTest.keyClick(editor.field, K.Key_B)
    press(editor, editor.take)
    assert keymap.keys_of("case.next") == ("B",)
    assert keymap.keys_of("tool.brush") == ()
    press(editor, editor.reset)
    assert keymap.keys_of("tool.brush") == ("B",)
    assert keymap.keys_of("case.next") == ("D",)
    editor.close()


def test_keys_are_added_and_all_of_them_reset(opened: Opened, editor: KeyEditor) -> None:
    keymap = opened.program.keymap
    editor.choose("case.next")
    press(editor, editor.add)
    QTest.keyClick(editor.field, K.Key_F7, CTRL)
    assert keymap.keys_of("case.next") == ("D", "Ctrl+F7")
    editor.choose("case.flag")
    press(editor, editor.remove)
    assert keymap.keys_of("case.flag") == ()
    press(editor, editor.reset_all)
    assert keymap.keys_of("case.next") == ("D",)
    assert keymap.keys_of("case.flag") == ("F",)
    assert not editor.reset_all.isEnabled()
    editor.close()


def test_escape_leaves_the_keys_as_they_are_and_the_dialog_open(opened: Opened, editor: KeyEditor) -> None:
    editor.choose("case.next")
    press(editor, editor.change)
    assert editor.field.waits
    QTest.keyClick(editor.field, K.Key_Escape)
    assert not editor.field.waits
    assert editor.isVisible()
    assert opened.program.keymap.keys_of("case.next") == ("D",)
    editor.close()


def test_a_key_that_is_held_down_gets_no_modifier(opened: Opened, editor: KeyEditor) -> None:
    editor.choose("mask.toggle")
    press(editor, editor.change)
    QTest.keyClick(editor.field, K.Key_F8, CTRL)
    assert opened.program.keymap.keys_of("mask.toggle") == ("V",)
    assert editor.field.waits
    QTest.keyClick(editor.field, K.Key_F8)
    assert opened.program.keymap.keys_of("mask.toggle") == ("F8",)
    editor.close()


def test_the_search_finds_by_words_and_by_keys(editor: KeyEditor) -> None:
    editor.search.setText("previous case")
    assert editor.action == "case.previous"
    editor.search.setText("ctrl+k")
    assert editor.action == "palette.open"
    editor.close()


def test_only_differences_are_written_and_found_again(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    book = KeyBook(FOLDER, OwnKeys(file))
    book.give("case.next", ("B",))
    assert json.loads(file.read_text("utf-8")) == {"case.next": ["B"]}
    again = KeyBook(FOLDER, OwnKeys(file), "labelme")
    assert again.table.keys["case.next"] == ("B",)
    assert again.table.keys["tool.brush"] == ()
    again.give("case.next", again._map.keys["case.next"])
    assert json.loads(file.read_text("utf-8")) == {}


def test_another_map_changes_keys_tool_tips_and_the_mouse_at_once(opened: Opened) -> None:
    opened.program._set("keys", "map", "itk-snap")
    assert opened.program.keymap["mask.stronger"].shortcut().toString() == "D"
    canvas = opened.window.workspace.canvas
    assert canvas.mouse.drag(Qt.MouseButton.RightButton, NONE, has_tool=True) is Drag.inverse
    brush = opened.window.workspace.strip._tools["brush"]
    assert brush.toolTip().endswith("5")
    opened.memory.write_now()
    assert opened.written[-1].keys.map == "itk-snap"
    opened.program._set("keys", "map", "default")
    assert brush.toolTip().endswith("B")


def test_the_first_start_asks_once_whose_keys_the_hands_know(open_window: Callable[..., Opened]) -> None:
    opened = open_window(is_first=True)
    band = opened.window.workspace.area.band
    assert band.isVisible()
    words = [button.text() for button in band.findChildren(QPushButton) if button.isVisible()]
    assert words == ["Default", "ITK-SNAP", "3D Slicer", "labelme", "Radiology"]
    answer = next(button for button in band.findChildren(QPushButton) if button.text() == "3D Slicer")
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton)
    assert not band.isVisible()
    assert opened.memory.settings.keys.map == "slicer"
    assert opened.memory.settings.keys.asked
    opened.program._set("keys", "map", "default")


def test_the_question_may_stay_unanswered_and_goes_when_work_begins(open_window: Callable[..., Opened]) -> None:
    opened = open_window(is_first=True)
    band = opened.window.workspace.area.band
    opened.window.commands.next_case()
    assert not band.isVisible()
    assert opened.memory.settings.keys.asked
    assert opened.memory.settings.keys.map == "default"


def test_a_warning_goes_before_the_question_and_the_question_comes_again(open_window: Callable[..., Opened]) -> None:
    opened = open_window(is_first=True)
    band = opened.window.workspace.area.band
    opened.window.bands.tell("Something was said.")
    assert band.text() == "Something was said."
    close = band.findChildren(QAbstractButton)
    QTest.mouseClick(next(one for one in close if one.accessibleName() == "Hide this"), Qt.MouseButton.LeftButton)
    assert band.text().startswith("Whose keys")
    QTest.mouseClick(next(one for one in close if one.accessibleName() == "Hide this"), Qt.MouseButton.LeftButton)
    assert not band.isVisible()


def test_who_was_asked_before_is_not_asked_again(opened: Opened) -> None:
    assert not opened.window.workspace.area.band.isVisible()


@pytest.mark.parametrize(("key", "held", "written"), [
    (K.Key_B, NONE, "B"), (K.Key_B, SHIFT, "Shift+B"), (K.Key_Question, SHIFT, "?"), (K.Key_Plus, CTRL, "Ctrl++"),
    (K.Key_Return, SHIFT, "Shift+Return"), (K.Key_Control, CTRL, ""), (K.Key_Space, SHIFT, "Shift+Space"),
])
def test_pressed_keys_are_written_as_the_maps_write_them(key: Qt.Key, held: Qt.KeyboardModifier, written: str) -> None:
    assert pressed_keys(QKeyEvent(QEvent.Type.KeyPress, key, held)) == written


def test_the_sheet_and_the_groups_leave_no_action_out(opened: Opened) -> None:
    actions = set(opened.program.keymap.actions)
    assert {one for group in grouped(actions) for one in group.actions} == actions
    assert all(title_of(name) for name in NAMES)
    opened.program.keymap["help.keys"].trigger()
    sheet = open_one(CheatSheet)
    room = QApplication.primaryScreen().availableGeometry()
    assert sheet.width() <= room.width()
    assert sheet.height() <= room.height()
    sheet.close()


def test_sections_stand_in_columns_that_are_about_even() -> None:
    line = Line(("A",), "does")
    sections = [Section(str(number), (line,) * count) for number, count in enumerate((9, 7, 17, 13, 21, 6))]
    columns = in_columns(sections)
    assert sorted(int(section.title) for column in columns for section in column) == [0, 1, 2, 3, 4, 5]
    heights = [sum(section.height for section in column) for column in columns]
    assert len(columns) == 3
    assert max(heights) - min(heights) <= sections[-1].height
    assert all(column == sorted(column, key=sections.index) for column in columns)


def test_arrows_turn_slices_as_in_a_reading_room_and_stay_the_keyboard_cursors_while_it_is_shown(
        open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=5)
    opened.program._set("keys", "map", "radiology")
    opened.session.open_case(4)
    canvas = opened.window.workspace.canvas
    canvas.setFocus()
    canvas.set_slice(0)
    QTest.keyClick(canvas, K.Key_Down)
    assert canvas.plane.index == 1
    QTest.mouseMove(canvas, canvas.rect().center())  # the cursor begins where the mouse rests, wherever that was left
    QTest.keyClick(canvas, K.Key_Right)
    before = canvas.pointer
    QTest.keyClick(canvas, K.Key_Down)
    assert canvas.plane.index == 1
    assert before is not None
    assert canvas.pointer is not None
    assert canvas.pointer.row == before.row + 1
    opened.window.workspace.worklist.view.setFocus()
    QTest.keyClick(opened.window.workspace.worklist.view, K.Key_Up)
    assert opened.session.current == 3
