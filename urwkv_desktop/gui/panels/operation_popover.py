"""The options of an operation, asked before it is done, while the image shows what it would do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import label
from urwkv_desktop.gui.panels.options import OptionsPanel

if TYPE_CHECKING:
    from urwkv_desktop.editing.tools.choices import Limit

_WIDTH, _SOON_MS = 320, 60


class OperationPopover(QFrame):
    """Enter does it, Escape and a press elsewhere leave everything as it was.

    changed: other options, soon after the last change; taken: do it with these; gone: it is closed, whichever way.
    """

    changed = Signal(object)
    taken = Signal(object)
    gone = Signal()

    def __init__(self, title: str, says: str, options: Any, limits: "Mapping[str, Limit]", *, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.options = options
        self.panel = OptionsPanel()
        self.panel.rule.hide()
        self.panel.show_tool(title, options, limits)
        self.panel.options_changed.connect(self._changed)
        self._limits, self._title = limits, title
        self.note = label(says, "quiet")
        self.note.setWordWrap(True)
        self.take = QPushButton()
        self.take.setProperty("role", "accent")
        self.take.clicked.connect(self._take)
        self._due = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._due.timeout.connect(lambda: self.changed.emit(self.options))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.panel)
        column.addWidget(self.note)
        column.addLayout(buttons)
        self._name_button()

    def open_below(self, anchor: QWidget) -> None:
        """Its top edge stands 8 px below the anchor, its right edge at the anchor's, as far as the screen allows."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 8))
        room = anchor.screen().availableGeometry()
        corner.setX(max(room.left() + 8, min(corner.x(), room.right() - self.width() - 8)))
        self.move(corner)
        self.show()
        self.setFocus()
        self._due.start()

    def say(self, text: str) -> None:
        """What the options would do now."""
        self.note.setText(text)
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._due.stop()
        self.gone.emit()

    def _changed(self, options: Any) -> None:
        self.options = options
        self.panel.show_tool(self._title, options, self._limits)  # a number's bounds follow its unit
        self._name_button()
        self._due.start()

    def _take(self) -> None:
        self.close()
        self.taken.emit(self.options)

    def _name_button(self) -> None:
        needs_lasso = getattr(self.options, "where", "") == "lasso"
        self.take.setText(self.tr("Draw around it…") if needs_lasso else self.tr("Apply"))
