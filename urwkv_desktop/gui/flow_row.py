"""Widgets side by side like words on a line: what has no room any more begins the next line."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """As high as its lines need. Hidden widgets take no room."""

    def __init__(self, widgets: Sequence[QWidget], *, gap: int = 8, line_gap: int = 2,
                 is_centred: bool = False) -> None:
        super().__init__()
        self._widgets: tuple[QWidget, ...] = ()
        self._gap, self._line_gap, self._is_centred = gap, line_gap, is_centred
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hold(widgets)

    def hold(self, widgets: Sequence[QWidget]) -> None:
        """These from now on; those that it held before are gone."""
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()
        self._widgets = tuple(widgets)
        for widget in self._widgets:
            widget.setParent(self)
            widget.show()
        self._settle()

    def natural_width(self) -> int:
        """Of everything in one line."""
        return self._width_of([widget for widget in self._widgets if not widget.isHidden()])

    def sizeHint(self) -> QSize:
        lines = list(self._lines(self.width()))
        height = sum(map(_height_of, lines)) + self._line_gap * max(0, len(lines) - 1)
        return QSize(max(map(self._width_of, lines), default=0), height)

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
        y, room = 0, self.width()
        for line in self._lines(room):
            x = max(0, room - self._width_of(line)) // 2 if self._is_centred else 0
            for widget in line:
                wanted = widget.sizeHint()
                widget.setGeometry(x, y, min(wanted.width(), room), wanted.height())
                x += wanted.width() + self._gap
            y += _height_of(line) + self._line_gap
        if self.height() != self.sizeHint().height():
            self.updateGeometry()

    def _lines(self, room: int) -> Iterator[list[QWidget]]:
        line: list[QWidget] = []
        for widget in self._widgets:
            if widget.isHidden():
                continue
            if line and self._width_of([*line, widget]) > room:
                yield line
                line = []
            line.append(widget)
        if line:
            yield line

    def _width_of(self, line: Sequence[QWidget]) -> int:
        return sum(widget.sizeHint().width() for widget in line) + self._gap * max(0, len(line) - 1)


def _height_of(line: Sequence[QWidget]) -> int:
    return max((widget.sizeHint().height() for widget in line), default=0)
