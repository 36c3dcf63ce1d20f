"""Small pictures of the mask at points of the history: pressed, the case goes there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from urwkv_desktop.gui.controls import Themed
from urwkv_desktop.gui.plain_text import plain_tip
from urwkv_desktop.gui.theme import Theme, text_font

SIDE, _CAPTION = 54, 15  # logical pixels


@dataclass(frozen=True, eq=False)
class Moment:
    """place: so many groups applied. name: what the last of them did."""

    place: int
    name: str
    picture: QPixmap


class HistoryPictures(QWidget, Themed):
    jumped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 4, 0, 2)
        self._line.setSpacing(6)
        self._line.addStretch(1)
        self.buttons: list[MomentButton] = []
        self.setFixedHeight(SIDE + _CAPTION + 6)
        self.hide()

    def wear(self, theme: Theme) -> None:
        self._theme = theme

    def show_moments(self, moments: Sequence[Moment], now: int) -> None:
        """now: the place where the history is."""
        for old in self.buttons:
            self._line.removeWidget(old)
            old.deleteLater()
        self.buttons = [MomentButton(moment, is_now=moment.place == now, theme=self._theme) for moment in moments]
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, to=button.moment.place: self.jumped.emit(to))
            self._line.insertWidget(place, button)


class MomentButton(QToolButton):
    def __init__(self, moment: Moment, *, is_now: bool, theme: Theme | None) -> None:
        super().__init__()
        self.moment, self._is_now, self._theme = moment, is_now, theme
        self.setFixedSize(QSize(SIDE, SIDE + _CAPTION))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(plain_tip(moment.name))
        self.setAccessibleName(moment.name)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        if theme is None:
            return
        painter = QPainter(self)
        frame = QRect(0, 0, SIDE, SIDE)
        painter.drawPixmap(frame, self.moment.picture)
        if self._is_now or self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(frame.adjusted(1, 1, -1, -1))
        painter.setFont(text_font(11))
        painter.setPen(QColor(theme.text if self._is_now else theme.quiet))
        words = painter.fontMetrics().elidedText(self.moment.name, Qt.TextElideMode.ElideRight, SIDE)
        painter.drawText(QRect(0, SIDE + 1, SIDE, _CAPTION), Qt.AlignmentFlag.AlignCenter, words)
