"""One of several, folded away: an arrow of the icon family behind the words."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from urwkv_desktop.gui.controls import Themed
from urwkv_desktop.gui.icons import paint_icon
from urwkv_desktop.gui.theme import Theme


class ChoiceBox(QComboBox, Themed):
    def __init__(self, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self._theme: Theme | None = None

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, 32))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._theme is not None:
            box = QRect(self.width() - 26, (self.height() - 16) // 2, 16, 16)
            paint_icon(QPainter(self), box, "chevron-down", self._theme.quiet)
