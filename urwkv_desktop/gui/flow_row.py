"""Widgets side by side like words on a line: what has no room any more begins the next line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """As high as its lines need. Hidden widgets take no room."""

    def __init__(self, widgets: Sequence[QWidget], *, gap: int = 8, line_gap: int = 2) -> None:
        super().__init__()
        self._widgets, self._gap, self._line_gap = tuple(widgets), gap, line_gap
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for widget in self._widgets:
            widget.setParent(self)

    def sizeHint(self) -> QSize:
        return QSize(self._place(self.width(), move=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._settle()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # one of them says something longer now, or hides
            self._settle()
        return super().event(event)

    def _settle(self) -> None:
        height = self._place(self.width(), move=True).height()
        if self.height() != height:
            self.updateGeometry()

    def _place(self, room: int, *, move: bool) -> QSize:
        """The size that the lines need; move: put the widgets there."""
        x = y = line = widest = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            wanted = widget.sizeHint()
            if x and x + wanted.width() > room:
                x, y, line = 0, y + line + self._line_gap, 0
            if move:
                widget.setGeometry(x, y, min(wanted.width(), room), wanted.height())
            x += wanted.width() + self._gap
            line, widest = max(line, wanted.height()), max(widest, x - self._gap)
        return QSize(widest, y + line)
