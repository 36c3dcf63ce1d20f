"""The tools, floating over the top of the canvas."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from urwkv_desktop.gui.controls import IconButton


@dataclass(frozen=True)
class ToolButton:
    """id: the tool's; icon: of the family; says: tool tip with its key."""

    id: str
    icon: str
    says: str


class ToolStrip(QFrame):
    tool_chosen = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, tools: Sequence[ToolButton], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self.tr("Tools"))
        self._tools: dict[str, IconButton] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(8, 6, 8, 6)
        self._line.setSpacing(6)
        for tool in tools:
            button = IconButton(tool.icon, tool.says, box=36)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, chosen=tool.id: self._choose(chosen))
            self._tools[tool.id] = button
            self._line.addWidget(button)
        self._divide()
        self.undo = IconButton("undo", self.tr("Undo"), box=36)
        self.redo = IconButton("redo", self.tr("Redo"), box=36)
        self.undo.clicked.connect(self.undo_asked)
        self.redo.clicked.connect(self.redo_asked)
        self._line.addWidget(self.undo)
        self._line.addWidget(self.redo)
        self.adjustSize()

    def _divide(self) -> None:
        divider = QFrame()
        divider.setProperty("role", "divider")
        divider.setFixedSize(1, 20)
        self._line.addSpacing(4)
        self._line.addWidget(divider)
        self._line.addSpacing(4)

    def _choose(self, tool_id: str) -> None:
        self.show_active(tool_id)
        self.tool_chosen.emit(tool_id)

    def tell(self, tool_id: str, says: str) -> None:
        """Its tool tip, when its keys are other ones."""
        if tool_id in self._tools:
            self._tools[tool_id].tell(says)

    def show_active(self, tool_id: str | None) -> None:
        for name, button in self._tools.items():
            button.setChecked(name == tool_id)

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """What would be undone and redone, in words; None where there is nothing."""
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self.undo.tell(self.tr("Undo {what}  ·  Ctrl+Z").format(what=undo) if undo else self.tr("Nothing to undo"))
        self.redo.tell(self.tr("Redo {what}  ·  Ctrl+Shift+Z").format(what=redo) if redo
                       else self.tr("Nothing to redo"))
