"""A comment for the next reader, asked beside the button that raises the flag."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import TextField, label


class FlagPopover(QFrame):
    """Enter flags, Escape leaves everything as it was."""

    flagged = Signal(str)
    unflagged = Signal()

    def __init__(self, *, comment: str, is_flagged: bool, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(280)
        self.field = TextField(comment)
        self.field.setPlaceholderText(self.tr("What should the next reader know?"))
        self.field.ensurePolished()
        self.field.setMinimumWidth(min(480, self.field.fontMetrics().horizontalAdvance(
            self.field.placeholderText()) + 32))
        self.field.setAccessibleName(self.tr("Comment"))
        self.field.returnPressed.connect(self._flag)
        self.field.escaped.connect(self.close)
        self._raise = QPushButton(self.tr("Flag"))
        self._raise.setProperty("role", "accent")
        self._raise.clicked.connect(self._flag)
        self._lower = QPushButton(self.tr("Remove flag"))
        self._lower.setVisible(is_flagged)
        self._lower.clicked.connect(self._unflag)
        buttons = QHBoxLayout()
        buttons.addWidget(self._lower)
        buttons.addStretch(1)
        buttons.addWidget(self._raise)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(label(self.tr("FLAG THIS CASE"), "heading"))
        column.addWidget(self.field)
        column.addLayout(buttons)

    def open_above(self, anchor: QWidget) -> None:
        """Its bottom edge stands 8 px over the anchor, its left edge over the anchor's."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, -self.height() - 8))
        screen = anchor.screen().availableGeometry()
        corner.setX(min(corner.x(), screen.right() - self.width() - 8))
        self.move(corner)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def _flag(self) -> None:
        self.flagged.emit(self.field.text().strip())
        self.close()

    def _unflag(self) -> None:
        self.unflagged.emit()
        self.close()
