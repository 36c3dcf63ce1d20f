"""Keys from the first start on: asked for once, chosen in the settings, changed one by one."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from urwkv_desktop.gui.bands import Bands, Choice
from urwkv_desktop.gui.dialogs.key_editor import KeyEditor
from urwkv_desktop.gui.key_book import KeyBook
from urwkv_desktop.gui.key_table import MAPS, OwnKeys, title_of
from urwkv_desktop.gui.keymap import Keymap
from urwkv_desktop.gui.memory import Memory
from urwkv_desktop.workflow import Places


class KeyFlow(QObject):
    def __init__(self, places: Places, memory: Memory, window: QWidget) -> None:
        super().__init__()
        self._memory = memory
        self.book = KeyBook(places.resources / "keymaps", OwnKeys(places.own_keys_file), memory.settings.keys.map)
        self.keymap = Keymap(self.book.table, window)
        self.book.listen(self.keymap.take)

    def choose(self, name: str) -> None:
        self.book.choose(name)
        self._memory.keep("keys", map=name, asked=True)

    def ask(self, bands: Bands) -> None:
        """Once in the life of an installation, over the first project's canvas."""
        if self._memory.settings.keys.asked:
            return
        self._memory.keep("keys", asked=True)
        bands.ask(self.tr("Whose keys and mouse are you used to? Every key can be changed later, in the settings."),
                  [Choice(title_of(name), partial(self.choose, name)) for name in MAPS])

    def editor(self, parent: QWidget) -> KeyEditor:
        return KeyEditor(self.book, self.keymap, parent=parent)
