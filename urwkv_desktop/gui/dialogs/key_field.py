"""Where new keys are pressed."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel

from urwkv_desktop.gui.key_places import key_at_place

_ONLY_HELD = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
                        Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown})
_HELD = (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
         | Qt.KeyboardModifier.MetaModifier)


def pressed_keys(event: QKeyEvent) -> str:
    """The keys of a press, written portably; "" while only a modifier is held."""
    if event.key() in _ONLY_HELD:
        return ""
    key = key_at_place(event) if event.key() > 0xFF else None
    key, held = Qt.Key(event.key()) if key is None else key, event.modifiers() & _HELD
    is_letter = Qt.Key.Key_A <= key <= Qt.Key.Key_Z
    if key < 0x01000000 and not is_letter and key != Qt.Key.Key_Space:
        held &= ~Qt.KeyboardModifier.ShiftModifier  # "?" is written with Shift on some layouts and without on others
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    return QKeySequence(held.value | int(key)).toString(QKeySequence.SequenceFormat.PortableText)


class KeyField(QLabel):
    """Has every key for itself while it waits; Escape alone gives up."""

    pressed = Signal(str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keyField")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.setWordWrap(True)
        self._waits = False

    @property
    def waits(self) -> bool:
        return self._waits

    def wait(self, words: str) -> None:
        """words: what is asked for."""
        self._waits = True
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def say(self, words: str) -> None:
        self._waits = False
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def event(self, event: QEvent) -> bool:
        if self._waits and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        return not self._waits and super().focusNextPrevChild(following)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._waits:
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.given_up.emit()
        elif keys := pressed_keys(event):
            self.pressed.emit(keys)
