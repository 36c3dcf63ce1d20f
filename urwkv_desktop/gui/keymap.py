"""Which keys do what: read from resources/keymaps, made into the window's actions."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

# Held or tapped: the window listens for press and release itself.
HELD = frozenset({"mask.toggle"})


def read_keymap(folder: Path, name: str = "default") -> dict[str, tuple[str, ...]]:
    """Action id -> its keys. Another map than the default names only what differs."""
    keys: dict[str, tuple[str, ...]] = {}
    for stem in dict.fromkeys(("default", name)):
        stored = json.loads((folder / f"{stem}.json").read_text("utf-8"))
        keys.update({action: tuple(sequences) for action, sequences in stored.items()})
    return keys


def native(sequence: str) -> str:
    """"Ctrl+Shift+Z" as this system writes it."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)


class Keymap:
    """The window's actions by id, each with its keys, words and what it does."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]], window: QWidget) -> None:
        self._keys, self._window = keys, window
        self.actions: dict[str, QAction] = {}

    def add(self, action_id: str, words: str, does: Callable[[], object]) -> QAction:
        action = QAction(words, self._window)
        action.setObjectName(action_id)
        action.triggered.connect(lambda: does())
        # Keys of the window: a dialog or a popover that is open has them for itself.
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if action_id not in HELD:
            action.setShortcuts([QKeySequence(keys) for keys in self._keys.get(action_id, ())])
        self._window.addAction(action)
        self.actions[action_id] = action
        return action

    def __getitem__(self, action_id: str) -> QAction:
        return self.actions[action_id]

    def keys_of(self, action_id: str) -> tuple[str, ...]:
        return self._keys.get(action_id, ())

    def is_key_of(self, action_id: str, event: QKeyEvent) -> bool:
        """For a key that is held: without modifiers, as such keys are."""
        return any(QKeySequence(keys) == QKeySequence(event.key()) for keys in self.keys_of(action_id))

    def first_key(self, action_id: str) -> str:
        keys = self.keys_of(action_id)
        return native(keys[0]) if keys else ""

    def words_with_key(self, action_id: str, words: str = "") -> str:
        """"Brush  ·  B" for a tool tip. words: where they are not the action's own."""
        key = self.first_key(action_id)
        words = words or self.actions[action_id].text()
        return f"{words}  ·  {key}" if key else words
