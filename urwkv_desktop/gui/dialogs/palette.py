"""The command palette: every action by its words, with its key beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from urwkv_desktop.gui.controls import TextField, label
from urwkv_desktop.gui.keymap import native

_WIDTH, _ROWS = 480, 10
KEY_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class CommandRow(QStyledItemDelegate):
    """The command's words, and its key at the right end."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex,
              ) -> None:
        super().paint(painter, option, index)
        key = index.data(KEY_ROLE)
        if key:
            painter.save()
            painter.setPen(option.palette.placeholderText().color())
            painter.setFont(option.font)
            painter.drawText(option.rect.adjusted(0, 0, -12, 0),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, key)
            painter.restore()


class PaletteField(TextField):
    """Up and Down move in the list below while the words are typed."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class CommandPalette(QFrame):
    """Enter does what is marked, after the palette is gone."""

    def __init__(self, actions: Sequence[QAction], *, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self._actions = actions
        self.field = PaletteField()
        self.field.setPlaceholderText(self.tr("What shall be done?"))
        self.field.setAccessibleName(self.tr("Command"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(CommandRow(self.list))
        self.list.setUniformItemSizes(True)
        self.nothing = label(self.tr("No command is called so."), "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self._do)
        self.field.escaped.connect(self.close)
        self.field.stepped.connect(self._step)
        self.list.itemClicked.connect(lambda _: self._do())
        self._show("")

    def open_over(self, window: QWidget) -> None:
        self.adjustSize()
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 80)))
        self.show()
        self.field.setFocus()

    def _show(self, text: str) -> None:
        """Actions whose words hold every word that was typed."""
        wanted = text.casefold().split()
        self.list.clear()
        for action in self._actions:
            words = action.text().casefold()
            if action.isEnabled() and all(word in words for word in wanted):
                item = QListWidgetItem(action.text())
                item.setData(Qt.ItemDataRole.UserRole, action.objectName())
                item.setData(KEY_ROLE, native(action.shortcut().toString()))
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(self.list.count() == 0)
        self.list.setVisible(self.list.count() > 0)
        self.list.setFixedHeight(min(self.list.count(), _ROWS) * max(self.list.sizeHintForRow(0), 1))
        self.adjustSize()

    def _step(self, step: int) -> None:
        self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))

    def _do(self) -> None:
        if not self.list.count():
            return
        item = self.list.currentItem()
        chosen = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        next(action for action in self._actions if action.objectName() == chosen).trigger()
