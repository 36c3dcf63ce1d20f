"""The window's actions with their keys, as the key table in use has them."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from urwkv_desktop.gui.key_places import sequences_of
from urwkv_desktop.gui.key_table import KeyTable

# Held or tapped: the window listens for press and release itself.
HELD = frozenset({"mask.toggle"})


def native(sequence: str) -> str:
    """"Ctrl+Shift+Z" as this system writes it. The two Enter keys have one name, which is on most keyboards."""
    if sys.platform != "darwin":
        sequence = sequence.replace("Return", "Enter")
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)


class Keymap(QObject):
    """The window's actions by id, each with its keys, words and what it does."""

    changed = Signal()  # other keys than before

    def __init__(self, table: KeyTable, window: QWidget) -> None:
        super().__init__()
        self.table, self._window = table, window
        self.actions: dict[str, QAction] = {}

    def take(self, table: KeyTable) -> None:
        """Other keys, from now on."""
        self.table = table
        for action_id, action in self.actions.items():
            action.setShortcuts(self._shortcuts(action_id))
        self.changed.emit()

    def add(self, action_id: str, words: str, does: Callable[[], object]) -> QAction:
        action = QAction(words, self._window)
        action.setObjectName(action_id)
        action.triggered.connect(lambda: does())
        # Keys of the window: a dialog or a popover that is open has them for itself.
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setShortcuts(self._shortcuts(action_id))
        self._window.addAction(action)
        self.actions[action_id] = action
        return action

    def _shortcuts(self, action_id: str) -> list[QKeySequence]:
        return [] if action_id in HELD else [QKeySequence(keys) for keys in self.keys_of(action_id)]

    def __getitem__(self, action_id: str) -> QAction:
        return self.actions[action_id]

    def keys_of(self, action_id: str) -> tuple[str, ...]:
        return self.table.keys.get(action_id, ())

    def is_key_of(self, action_id: str, event: QKeyEvent) -> bool:
        """For a key that is held: without modifiers, as such keys are."""
        wanted = [QKeySequence(keys) for keys in self.keys_of(action_id)]
        written, placed = sequences_of(event)
        return written in wanted or (placed in wanted and self._user_of(written) is None)

    def at_place(self, event: QKeyEvent) -> QAction | None:
        """The action of the key that stands there on a US keyboard, where the key's own character is nobody's: what a
        layout without Latin letters needs, and one that has no bracket without AltGr."""
        written, placed = sequences_of(event)
        return None if placed is None or self._user_of(written) is not None else self._user_of(placed)

    def _user_of(self, sequence: QKeySequence) -> QAction | None:
        return next((action for action in self.actions.values() if sequence in action.shortcuts()), None)

    def first_key(self, action_id: str) -> str:
        keys = self.keys_of(action_id)
        return native(keys[0]) if keys else ""

    def words_with_key(self, action_id: str, words: str = "") -> str:
        """"Brush  ·  B" for a tool tip. words: where they are not the action's own."""
        key = self.first_key(action_id)
        words = words or self.actions[action_id].text()
        return f"{words}  ·  {key}" if key else words
