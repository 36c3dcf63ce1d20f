"""The tools, floating over the top of the canvas: in groups, and where there is little room one button a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QIcon, QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from urwkv_desktop.gui.controls import IconButton
from urwkv_desktop.gui.theme import Theme

_BOX = 34
_GAP = 4
_CORNER = 5.0  # logical pixels: the mark of a button behind which there are more


@dataclass(frozen=True)
class ToolButton:
    """id: the tool's; icon: of the family; says: tool tip with its key; group: tools that belong together."""

    id: str
    icon: str
    says: str
    group: int = 0


class ToolStrip(QFrame):
    tool_chosen = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    operations_asked = Signal()

    def __init__(self, tools: Sequence[ToolButton], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self.tr("Tools"))
        self._keys = ("", "")
        self._undoes: tuple[str | None, str | None] = (None, None)
        self._tools: dict[str, GroupButton] = {}
        self._groups: dict[int, list[str]] = {}
        self._shown: dict[int, str] = {}  # of each group, the one that stands for it
        self._is_narrow = False
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(8, 6, 8, 6)
        self._line.setSpacing(_GAP)
        for tool in tools:
            if tool.group not in self._groups and self._groups:
                self._divide()
            self._groups.setdefault(tool.group, []).append(tool.id)
            self._shown.setdefault(tool.group, tool.id)
            self._add(tool)
        self._divide()
        self.operations = IconButton("vector-combine", self.tr("Operations on the label"), box=_BOX)
        self.operations.clicked.connect(self.operations_asked)
        self._line.addWidget(self.operations)
        self._divide()
        self.undo = IconButton("undo", self.tr("Undo"), box=_BOX)
        self.redo = IconButton("redo", self.tr("Redo"), box=_BOX)
        self.undo.clicked.connect(self.undo_asked)
        self.redo.clicked.connect(self.redo_asked)
        self._line.addWidget(self.undo)
        self._line.addWidget(self.redo)
        self.adjustSize()
        self._whole = self.width()

    def _add(self, tool: ToolButton) -> None:
        button = GroupButton(tool.icon, tool.says)
        button.setCheckable(True)
        button.clicked.connect(lambda: self._pressed(tool.id))
        button.more_asked.connect(lambda: self._show_group(tool.group))
        self._tools[tool.id] = button
        self._line.addWidget(button)

    def _divide(self) -> None:
        divider = QFrame()
        divider.setProperty("role", "divider")
        divider.setFixedSize(1, 20)
        self._line.addSpacing(_GAP)
        self._line.addWidget(divider)
        self._line.addSpacing(_GAP)

    # room

    def fit(self, room: int) -> None:
        """room: logical pixels that it may be wide."""
        if (room < self._whole) != self._is_narrow:
            self._is_narrow = room < self._whole
            self._arrange()
        self.adjustSize()

    @property
    def is_narrow(self) -> bool:
        return self._is_narrow

    def _arrange(self) -> None:
        for group, members in self._groups.items():
            for name in members:
                self._tools[name].setVisible(not self._is_narrow or name == self._shown[group])
                self._tools[name].has_more = self._is_narrow and len(members) > 1

    # tools

    def _pressed(self, tool_id: str) -> None:
        """The one in the hand, pressed again where it stands for its group, shows the group."""
        button = self._tools[tool_id]
        if button.has_more and not button.isChecked():
            button.setChecked(True)
            button.more_asked.emit()
        else:
            self._choose(tool_id)

    def _choose(self, tool_id: str) -> None:
        self.show_active(tool_id)
        self.tool_chosen.emit(tool_id)

    def _show_group(self, group: int) -> None:
        menu = self.menu_of(group)
        menu.popup(self._tools[self._shown[group]].mapToGlobal(QPoint(0, _BOX + 8)))

    def menu_of(self, group: int) -> QMenu:
        """The tools of a group, by name."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._groups[group]:
            button = self._tools[name]
            menu.addAction(button.plain_icon, button.toolTip(), partial(self._choose, name))
        return menu

    def tell(self, tool_id: str, says: str) -> None:
        """Its tool tip, when its keys are other ones."""
        if tool_id in self._tools:
            self._tools[tool_id].tell(says)

    def show_active(self, tool_id: str | None) -> None:
        for name, button in self._tools.items():
            button.setChecked(name == tool_id)
        for group, members in self._groups.items():
            if tool_id in members and self._shown[group] != tool_id:
                self._shown[group] = str(tool_id)
                self._arrange()

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """What would be undone and redone, in words; None where there is nothing."""
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self._undoes = (undo, redo)
        words = (self.tr("Undo {what}").format(what=undo) if undo else self.tr("Nothing to undo"),
                 self.tr("Redo {what}").format(what=redo) if redo else self.tr("Nothing to redo"))
        for button, word, key, is_there in zip((self.undo, self.redo), words, self._keys, (undo, redo), strict=True):
            button.tell(f"{word}  ·  {key}" if is_there and key else word)

    def show_keys(self, undo: str, redo: str) -> None:
        """The keys that go back and forth, for the tool tips."""
        self._keys = (undo, redo)
        self.show_undo(*self._undoes)


class GroupButton(IconButton):
    """A tool; where it stands for others too, a small corner says so."""

    more_asked = Signal()

    def __init__(self, name: str, says: str) -> None:
        super().__init__(name, says, box=_BOX)
        self._has_more = False
        self._mark = QColor()

    @property
    def has_more(self) -> bool:
        return self._has_more

    @has_more.setter
    def has_more(self, has_more: bool) -> None:
        self._has_more = has_more
        self.update()

    @property
    def plain_icon(self) -> QIcon:
        return self.icon()

    def wear(self, theme: Theme) -> None:
        super().wear(theme)
        self._mark = QColor(theme.quiet)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._has_more:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._mark)
            right, bottom = self.width() - 4.0, self.height() - 4.0
            painter.drawPolygon(QPolygonF([QPointF(right, bottom), QPointF(right - _CORNER, bottom),
                                           QPointF(right, bottom - _CORNER)]))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._has_more:
            self.more_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._has_more and event.key() == Qt.Key.Key_Down:
            self.more_asked.emit()
        else:
            super().keyPressEvent(event)
