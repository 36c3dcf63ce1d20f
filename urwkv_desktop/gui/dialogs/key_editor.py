"""Every action with its keys, which can be pressed anew; a key that is taken is given up by name before it moves."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from urwkv_desktop.gui.controls import TextField, Themed, label
from urwkv_desktop.gui.dialogs.key_field import KeyField
from urwkv_desktop.gui.key_book import KeyBook
from urwkv_desktop.gui.key_groups import grouped, title_of
from urwkv_desktop.gui.keymap import HELD, Keymap, native
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.gui.words import say_refusal
from urwkv_desktop.imaging import Refusal

_ID = Qt.ItemDataRole.UserRole


class KeyEditor(QDialog, Themed):
    """Holds at once: the window behind it has the new keys as soon as they stand here."""

    def __init__(self, book: KeyBook, keymap: Keymap, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Change keys"))
        self.resize(560, 620)
        self._book, self._keymap = book, keymap
        self._theme: Theme | None = None
        self._adds = False
        self._wanted = ""
        self._headings: list[QTreeWidgetItem] = []
        self._items: dict[str, QTreeWidgetItem] = {}
        self.search = TextField()
        self.search.setPlaceholderText(self.tr("Search by words or keys"))
        self.search.setAccessibleName(self.tr("Search the keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.search.escaped.connect(self.reject)
        self.list = self._make_list()
        self.field = KeyField()
        self.field.pressed.connect(self._pressed)
        self.field.given_up.connect(self._rest)
        self._make_buttons()
        self._lay_out()
        book.on_refusal = self._cannot_write
        keymap.changed.connect(self._show_keys)
        self._fill()
        self._rest()
        if book.refusal is not None:
            self.field.say(say_refusal(book.refusal))

    # ── its parts ────────────────────────────────────────────────────────────────────────────────────────────────

    def _make_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(0)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName(self.tr("Actions and their keys"))
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.currentItemChanged.connect(lambda: self._rest())
        tree.itemActivated.connect(lambda: self._wait(adds=False))
        return tree

    def _make_buttons(self) -> None:
        self.change = QPushButton(self.tr("New keys…"))
        self.change.clicked.connect(lambda: self._wait(adds=False))
        self.add = QPushButton(self.tr("Add keys…"))
        self.add.clicked.connect(lambda: self._wait(adds=True))
        self.remove = QPushButton(self.tr("No keys"))
        self.remove.clicked.connect(lambda: self._give(()))
        self.reset = QPushButton(self.tr("Reset"))
        self.reset.clicked.connect(self._reset)
        self.take = QPushButton(self.tr("Take it"))
        self.take.setProperty("role", "accent")
        self.take.clicked.connect(self._take)
        self.leave = QPushButton(self.tr("Leave it"))
        self.leave.clicked.connect(self._rest)
        self.reset_all = QPushButton(self.tr("Reset all"))
        self.reset_all.clicked.connect(self._book.reset_all)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        changes = QHBoxLayout()
        changes.setSpacing(8)
        for button in (self.take, self.leave, self.change, self.add, self.remove, self.reset):
            changes.addWidget(button)
        changes.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.reset_all)
        below.addStretch(1)
        below.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.field)
        column.addLayout(changes)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Changes hold at once; keys.json beside the settings keeps them."), "quiet"))
        column.addLayout(below)
        for button in (self.take, self.leave, self.change, self.add, self.remove, self.reset, self.reset_all,
                       self.close_button):
            button.setAutoDefault(False)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def _fill(self) -> None:
        for group in grouped(self._keymap.actions):
            heading = QTreeWidgetItem([title_of(group.name), ""])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)  # what is disabled disables its children
            self.list.addTopLevelItem(heading)
            self._headings.append(heading)
            for action in group.actions:
                item = QTreeWidgetItem([self._keymap[action].text(), ""])
                item.setData(0, _ID, action)
                heading.addChild(item)
                self._items[action] = item
        self.list.expandAll()
        self._show_keys()

    def _show_keys(self) -> None:
        for action, item in self._items.items():
            keys = ", ".join(dict.fromkeys(map(native, self._keymap.keys_of(action))))
            item.setText(1, keys)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(0)}: {keys or self.tr('no keys')}")
        self.reset_all.setEnabled(self._book.has_own)
        self._colour()
        self._rest()

    def _colour(self) -> None:
        if (theme := self._theme) is None:
            return
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        for heading in self._headings:
            heading.setFont(0, font)
            heading.setForeground(0, QBrush(QColor(theme.quiet)))
        for action, item in self._items.items():
            item.setForeground(1, QBrush(QColor(theme.accent if self._book.is_own(action) else theme.quiet)))
            item.setToolTip(1, self.tr("Changed by you") if self._book.is_own(action) else "")

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self._colour()

    def _search(self, text: str) -> None:
        wanted = text.casefold().split()
        for action, item in self._items.items():
            words = f"{item.text(0)} {item.text(1)} {action}".casefold()
            item.setHidden(not all(word in words for word in wanted))
        for heading in self._headings:
            children = (heading.child(row) for row in range(heading.childCount()))
            heading.setHidden(not any(child is not None and not child.isHidden() for child in children))
        first = next((item for item in self._items.values() if not item.isHidden()), None)
        if wanted and first is not None:
            self.list.setCurrentItem(first)

    # ── changing ─────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def action(self) -> str:
        """The one that is chosen; "" where none is."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(0, _ID) or "")

    def choose(self, action: str) -> None:
        self.list.setCurrentItem(self._items[action])

    def _rest(self) -> None:
        """Nothing is being asked."""
        action = self.action
        had_focus = self.field.hasFocus()
        self._wanted = ""
        for button in (self.take, self.leave):
            button.hide()
        for button in (self.change, self.add, self.remove, self.reset):
            button.show()
            button.setEnabled(bool(action))
        if action:
            self.add.setEnabled(action not in HELD and bool(self._keymap.keys_of(action)))
            self.remove.setEnabled(bool(self._keymap.keys_of(action)))
            self.reset.setEnabled(self._book.is_own(action))
        keys = ", ".join(dict.fromkeys(map(native, self._keymap.keys_of(action)))) if action else ""
        words = f"{self._keymap[action].text()}: {keys or self.tr('no keys')}" if action else \
            self.tr("Choose an action to change its keys.")
        self.field.say(words)
        if had_focus:
            self.list.setFocus()

    def _wait(self, *, adds: bool) -> None:
        if not self.action:
            return
        self._adds = adds
        self.field.wait(self.tr("Press the keys for “{action}”. Escape leaves them as they are.").format(
            action=self._keymap[self.action].text()))

    def _pressed(self, keys: str) -> None:
        action = self.action
        if action in HELD and "+" in keys[:-1]:
            self.field.wait(self.tr("This key is held down, so it is one without Ctrl, Shift or Alt."))
            return
        others = [one for one in self._book.table.users_of([keys], but=action) if one in self._keymap.actions]
        if not others:
            self._give(self._with(keys))
            return
        self._wanted = keys
        names = ", ".join(f"“{self._keymap[one].text()}”" for one in others)
        self.field.say(self.tr("{keys} belongs to {actions}. Take it from there?").format(keys=native(keys),
                                                                                         actions=names))
        for button in (self.change, self.add, self.remove, self.reset):
            button.hide()
        for button in (self.take, self.leave):
            button.show()
        self.leave.setFocus()

    def _with(self, keys: str) -> tuple[str, ...]:
        return (*self._keymap.keys_of(self.action), keys) if self._adds else (keys,)

    def _take(self) -> None:
        self._give(self._with(self._wanted))

    def _give(self, keys: tuple[str, ...]) -> None:
        self._book.give(self.action, tuple(dict.fromkeys(keys)))
        self.list.setFocus()

    def _reset(self) -> None:
        self._book.reset(self.action)

    def _cannot_write(self, refusal: Refusal) -> None:
        self.field.say(say_refusal(refusal))

    def done(self, result: int) -> None:
        self._keymap.changed.disconnect(self._show_keys)
        self._book.on_refusal = lambda refusal: None
        super().done(result)
