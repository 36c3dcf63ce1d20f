"""Panels below each other: closer where the screen is low, and none of them narrower when there is more to scroll."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_EDGE, _BAR = 16, 8  # logical pixels beside the panels; what the style sheet gives a scroll bar
_LOOSE, _CLOSE = 18, 10  # between panels


class PanelColumn(QScrollArea):
    """Nothing is squeezed where many labels and a low screen come together: what then has no room is scrolled to."""

    def __init__(self, panels: Sequence[QWidget]) -> None:
        super().__init__()
        self._panels = tuple(panels)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(_EDGE, 12, _EDGE, 8)
        self._column.setSpacing(_LOOSE)
        for panel in self._panels:
            panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            self._column.addWidget(panel)
        self._column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(inner)
        inner.installEventFilter(self)

    @property
    def needed(self) -> int:
        """Logical pixels that everything shown takes at least."""
        return self._height_at(_CLOSE)

    def _height_at(self, spacing: int) -> int:
        gaps = max(0, sum(not panel.isHidden() for panel in self._panels) - 1)
        return self._column.minimumSize().height() + (spacing - self._column.spacing()) * gaps

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self.viewport().height()
        is_close = self._height_at(_LOOSE) > room
        scrolls = self._height_at(_CLOSE) > room
        spacing = _CLOSE if is_close else _LOOSE
        if spacing != self._column.spacing():  # setting it asks for a layout anew, which would come back here for ever
            self._column.setSpacing(spacing)
        self._column.setContentsMargins(_EDGE, 12, _EDGE - _BAR * scrolls, 8)
