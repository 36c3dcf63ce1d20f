"""Keys reach what they are for, whatever has the focus; a text field keeps what is typed into it."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gui.conftest import Opened
from urwkv_desktop.workflow import find_places

K, NONE, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, \
    Qt.KeyboardModifier.ShiftModifier


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key, held)


def test_the_default_map_and_the_window_name_the_same_actions(opened: Opened) -> None:
    stored = json.loads((find_places().resources / "keymaps" / "default.json").read_text("utf-8"))
    assert set(opened.program.keymap.actions) == set(stored) - {"mouse"}


def test_no_key_stands_for_two_actions(opened: Opened) -> None:
    keys = [keys.toString() for action in opened.program.keymap.actions.values() for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("place", ["worklist", "canvas", "slider"])
@pytest.mark.parametrize(("key", "held", "asked"), [
    (K.Key_D, NONE, ("next_case",)), (K.Key_A, NONE, ("previous_case",)), (K.Key_Return, NONE, ("accept", True)),
    (K.Key_Return, SHIFT, ("accept", False)), (K.Key_Enter, NONE, ("accept", True)),
    (K.Key_R, NONE, ("predict_again",)),
])
def test_keys_of_the_case_work_wherever_the_focus_is(opened: Opened, place: str, key: Qt.Key,
                                                     held: Qt.KeyboardModifier, asked: tuple[object, ...]) -> None:
    opened.session.open_case(4)
    space = opened.window.workspace
    press({"worklist": space.worklist.view, "canvas": space.canvas,
           "slider": space.inspector.display.opacity.slider}[place], key, held)
    assert opened.session.asked[-1] == asked


def test_the_search_field_keeps_letters_and_enter(opened: Opened) -> None:
    opened.session.open_case(4)
    search = opened.window.workspace.worklist.search
    press(search, K.Key_D)
    QTest.keyClicks(search, "a1")
    assert search.text() == "da1"
    assert not opened.asked("next_case")
    search.setText("case-2")
    press(search, K.Key_Return)
    assert not opened.asked("accept")
    assert opened.session.current == 2


def test_enter_takes_a_suggestion_before_it_accepts(opened: Opened) -> None:
    from tests.gui.stand_in import answer
    from urwkv_desktop.editing.suggestion import Suggestion
    from urwkv_desktop.imaging import Message

    opened.session.open_case(3)
    document = opened.session.document
    assert document is not None
    document.suggest(Suggestion(Message("A copy"), (answer(document.image.shape),)))
    press(opened.window.workspace.canvas, K.Key_Return)
    assert document.counts() == {1: 100}
    assert not opened.asked("accept")
    press(opened.window.workspace.canvas, K.Key_Return)
    assert opened.asked("accept") == [(True,)]


def test_undo_goes_back_through_the_networks_answer_and_redo_comes_again(opened: Opened) -> None:
    opened.session.open_case(4)
    canvas, document = opened.window.workspace.canvas, opened.session.document
    assert document is not None
    press(canvas, K.Key_Z, CTRL)
    assert document.counts() == {}
    press(canvas, K.Key_Y, CTRL)
    assert document.counts() == {1: 100}


def test_del_empties_the_active_label_and_can_be_undone(opened: Opened) -> None:
    opened.session.open_case(4)
    canvas, document = opened.window.workspace.canvas, opened.session.document
    assert document is not None
    press(canvas, K.Key_Delete)
    assert document.counts() == {}
    press(canvas, K.Key_Z, CTRL)
    assert document.counts() == {1: 100}


def test_space_moves_the_picture_while_the_worklist_has_the_focus(opened: Opened) -> None:
    opened.session.open_case(4)
    space, canvas = opened.window.workspace, opened.window.workspace.canvas
    canvas.zoom *= 2
    canvas.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    middle, document = canvas.rect().center(), canvas.document
    assert document is not None
    before, revision = canvas.transform.left, document.revision
    space.worklist.view.setFocus()
    QTest.keyPress(space.worklist.view, K.Key_Space)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NONE, middle)
    QTest.mouseMove(canvas, middle + QPoint(30, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, middle + QPoint(30, 0))
    QTest.keyRelease(canvas, K.Key_Space)
    assert canvas.transform.left == pytest.approx(before + 30, abs=1)
    assert document.revision == revision
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, NONE, middle)
    assert document.revision > revision


@pytest.mark.parametrize("place", ["worklist", "canvas"])
def test_the_masks_key_toggles_when_tapped(opened: Opened, place: str) -> None:
    opened.session.open_case(4)
    space = opened.window.workspace
    widget = space.worklist.view if place == "worklist" else space.canvas
    press(widget, K.Key_V)
    assert not space.canvas.mask_visible
    press(widget, K.Key_V)
    assert space.canvas.mask_visible


def test_why_there_is_no_probability_to_see_is_said(opened: Opened) -> None:
    opened.session.open_case(4)
    press(opened.window.workspace.canvas, K.Key_H)
    assert "The network has not looked at this image" in opened.window.workspace.status.hint.text()


def test_digits_choose_the_label_that_is_painted(opened: Opened) -> None:
    opened.session.open_case(4)
    press(opened.window.workspace.canvas, K.Key_2)
    assert opened.window.desk.active_label == 2
    press(opened.window.workspace.canvas, K.Key_9)
    assert opened.window.desk.active_label == 2


def test_brackets_change_the_brush_and_it_is_remembered(opened: Opened) -> None:
    opened.session.open_case(4)
    before = opened.window.tools.size
    press(opened.window.workspace.canvas, K.Key_BracketRight)
    assert opened.window.tools.size > before
    opened.memory.write_now()
    assert opened.written[-1].brush.size == opened.window.tools.size


def test_slice_keys_move_through_a_volume(open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=5)
    opened.session.open_case(4)
    canvas = opened.window.workspace.canvas
    press(canvas, K.Key_Home)
    assert canvas.plane.index == 0
    press(canvas, K.Key_PageDown)
    assert canvas.plane.index == 1
    press(canvas, K.Key_End)
    assert canvas.plane.index == 4
    press(canvas, K.Key_PageUp)
    assert canvas.plane.index == 3


def test_undo_is_the_labels_while_their_panel_has_the_keys(opened: Opened) -> None:
    opened.session.open_case(4)
    document, panel = opened.session.document, opened.window.workspace.inspector.labels
    assert document is not None
    panel.take_focus()
    opened.program.keymap["edit.undo"].trigger()
    opened.program.keymap["edit.redo"].trigger()
    assert opened.asked("move_labels") == [(True,), (False,)]
    assert document.counts() == {1: 100}
    opened.window.workspace.canvas.setFocus()
    opened.program.keymap["edit.undo"].trigger()
    assert document.counts() == {}
