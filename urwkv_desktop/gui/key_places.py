"""Which key stands at a place of the keyboard, whatever the layout writes there: B is B in Cyrillic too."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

# The rows of the main block by their first scan code (set 1, which Windows and Linux share), as a US keyboard has them.
_ROWS = {2: "1234567890-=", 16: "QWERTYUIOP[]", 30: "ASDFGHJKL;'`", 44: "ZXCVBNM,./"}
_BY_SCAN = {first + place: ord(key) for first, row in _ROWS.items() for place, key in enumerate(row)}
_X_OFFSET = 8  # X11 and Wayland count from 8
# macOS has virtual codes of places. Source: kVK_ANSI_* of Carbon's HIToolbox/Events.h.
_MAC = "ASDFHGZXCV\0BQWERYT123465=97-80]OU[IP\0LJ'K;\0,/NM."
_BY_MAC = {code: ord(key) for code, key in enumerate(_MAC) if key != "\0"}
_FIRST_SPECIAL = 0x01000000  # Qt's keys without a character: arrows, Enter, F1
_DEAD = range(0x01001250, 0x01001290)  # accents that wait for a letter: a place like any other
_HELD = (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
         | Qt.KeyboardModifier.MetaModifier)


def is_written(key: int) -> bool:
    """Whether the key stands for its character: a Latin letter does, on every layout."""
    return ord("A") <= key <= ord("Z") or (key >= _FIRST_SPECIAL and key not in _DEAD)


def key_at_place(event: QKeyEvent) -> Qt.Key | None:
    """What a US keyboard has where this key was pressed; None where its own character counts, or none is known."""
    if is_written(int(event.key())):
        return None
    platform = QGuiApplication.platformName()
    if platform == "cocoa":
        code = _BY_MAC.get(event.nativeVirtualKey())
    else:
        code = _BY_SCAN.get(event.nativeScanCode() - (0 if platform == "windows" else _X_OFFSET))
    return None if code is None else Qt.Key(code)


def sequences_of(event: QKeyEvent) -> tuple[QKeySequence, QKeySequence | None]:
    """(as it is written, as its place has it; None where that says nothing else)"""
    held = event.modifiers() & _HELD
    written = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
    place = key_at_place(event)
    return written, None if place is None or place == event.key() else QKeySequence(QKeyCombination(held, place))
