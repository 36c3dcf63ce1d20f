"""Keyboards that write no Latin letters, or hide the brackets: the place counts where the character says nothing."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodQueryEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QWidget

from tests.gui.conftest import Opened
from urwkv_desktop.gui import key_places
from urwkv_desktop.gui.key_places import key_at_place

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
# evdev's codes, which X11 and Wayland shift by 8
PLACES = {"B": 48, "E": 18, "V": 47, "Z": 44, "D": 32, "[": 26, "]": 27, "A": 30, "1": 2}


def stroke(widget: QWidget, text: str, place: str, held: Qt.KeyboardModifier = NONE, *,
           kind: QEvent.Type = QEvent.Type.KeyPress) -> None:
    """As the window system sends it: the layout's character, and the place of the key."""
    key = ord(text.upper())
    QApplication.sendEvent(widget, QKeyEvent(kind, key, held, PLACES[place] + 8, key, 0, text))


def test_a_russian_keyboard_takes_up_brush_and_eraser(opened: Opened) -> None:
    opened.session.open_case(4)
    canvas = opened.window.workspace.canvas
    stroke(canvas, "у", "E")
    assert canvas.tool_class is not None
    assert canvas.tool_class.id == "eraser"
    stroke(canvas, "и", "B")
    assert canvas.tool_class.id == "brush"


@pytest.mark.parametrize("text", ["я", "ζ", "ז"])
def test_undo_is_where_z_stands_whatever_is_written_there(opened: Opened, text: str) -> None:
    opened.session.open_case(4)
    document = opened.session.document
    assert document is not None
    stroke(opened.window.workspace.canvas, text, "Z", CTRL)
    assert document.counts() == {}


def test_the_masks_key_is_held_by_its_place_too(opened: Opened) -> None:
    opened.session.open_case(4)
    canvas = opened.window.workspace.canvas
    stroke(canvas, "м", "V")
    assert not canvas.mask_visible
    stroke(canvas, "м", "V", kind=QEvent.Type.KeyRelease)


def test_a_german_keyboard_has_its_brackets_where_they_stand(opened: Opened) -> None:
    opened.session.open_case(4)
    before = opened.window.tools.size
    stroke(opened.window.workspace.canvas, "ü", "[")
    assert opened.window.tools.size < before


def test_a_latin_letter_counts_as_it_is_written(opened: Opened) -> None:
    """On a French keyboard Q stands where A is on a US one: it is no A."""
    opened.session.open_case(4)
    stroke(opened.window.workspace.canvas, "q", "A")
    assert not opened.asked("previous_case")


def test_a_text_field_keeps_its_letters_in_any_script(opened: Opened) -> None:
    search = opened.window.workspace.worklist.search
    stroke(search, "в", "D")
    assert search.text() == "в"
    assert not opened.asked("next_case")


def test_no_input_method_composes_where_keys_are_commands(opened: Opened) -> None:
    """Only what takes text may ask for one: elsewhere it would eat the letters."""
    opened.session.open_case(4)
    writes = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
    for widget in opened.shell.findChildren(QWidget):
        if not isinstance(widget, writes):
            query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
            QApplication.sendEvent(widget, query)
            assert not query.value(Qt.InputMethodQuery.ImEnabled), type(widget).__name__


@pytest.mark.parametrize(("platform", "scan", "virtual", "key"), [
    ("xcb", 56, 0, "B"), ("wayland", 26, 0, "E"), ("windows", 48, 0x42, "B"), ("windows", 26, 0xDB, "["),
    ("cocoa", 1, 11, "B"), ("cocoa", 1, 0, "A"), ("cocoa", 1, 33, "["), ("cocoa", 1, 47, "."), ("xcb", 0, 0, None),
])
def test_places_are_known_on_every_system(monkeypatch: pytest.MonkeyPatch, platform: str, scan: int, virtual: int,
                                          key: str | None) -> None:
    monkeypatch.setattr(key_places.QGuiApplication, "platformName", staticmethod(lambda: platform))
    event = QKeyEvent(QEvent.Type.KeyPress, ord("И"), NONE, scan, virtual, 0, "и")
    found = key_at_place(event)
    assert (None if found is None else chr(found)) == key
