"""The history of the case on screen: a slider from the network's answer to now."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from urwkv_desktop.gui.canvas.origin_layer import COLOURS
from urwkv_desktop.gui.controls import Themed, label
from urwkv_desktop.gui.flow_row import FlowRow
from urwkv_desktop.gui.panels.history_pictures import HistoryPictures
from urwkv_desktop.gui.plain_text import plain_tip
from urwkv_desktop.gui.theme import Theme

_MARGIN, _DOTS_AT_MOST = 8.0, 32


class Timeline(QWidget, Themed):
    """Places first..last, one of which is now. A place is the number of groups that are applied."""

    jumped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._first = self._last = self._now = 0
        self._names: Sequence[str] = ()
        self._theme: Theme | None = None
        self._is_held = False
        self.setFixedHeight(24)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("History"))

    def sizeHint(self) -> QSize:
        return QSize(200, 24)

    def show_places(self, first: int, last: int, now: int, names: Sequence[str]) -> None:
        """names[i]: what group i did, for the tool tip of place i + 1."""
        self._first, self._last, self._now, self._names = min(first, now), max(last, now), now, names
        self.setEnabled(self._last > self._first)
        self.setAccessibleDescription(f"{now} / {self._last}")
        self.update()

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def _x(self, place: int) -> float:
        span = self._last - self._first
        share = (place - self._first) / span if span else 1.0
        return _MARGIN + share * (self.width() - 2 * _MARGIN)

    def _place(self, x: float) -> int:
        share = (x - _MARGIN) / max(1.0, self.width() - 2 * _MARGIN)
        return self._first + round(max(0.0, min(1.0, share)) * (self._last - self._first))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, accent = self.height() / 2, QColor(self._theme.accent)
        done, rest = QPen(accent, 2), QPen(QColor(self._theme.hairline), 2)
        painter.setPen(rest)
        painter.drawLine(QPointF(_MARGIN, middle), QPointF(self.width() - _MARGIN, middle))
        if self._last > self._first:
            painter.setPen(done)
            painter.drawLine(QPointF(_MARGIN, middle), QPointF(self._x(self._now), middle))
        painter.setPen(Qt.PenStyle.NoPen)
        if self._last - self._first <= _DOTS_AT_MOST:
            for place in range(self._first, self._last + 1):
                painter.setBrush(accent if place <= self._now and self._last > self._first
                                 else QColor(self._theme.hairline))
                painter.drawEllipse(QPointF(self._x(place), middle), 3.5, 3.5)
        self._handle(painter, middle)

    def _handle(self, painter: QPainter, middle: float) -> None:
        theme = self._theme
        if theme is None or not self.isEnabled():
            return
        painter.setBrush(QColor(theme.text if theme.is_dark else theme.panel))
        rim = QPen(QColor(theme.quiet), 1) if not theme.is_dark else QPen(Qt.PenStyle.NoPen)
        painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else rim)
        x = self._x(self._now)
        painter.drawEllipse(QRectF(x - 6.5, middle - 6.5, 13, 13))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_held = True
            self._go(self._place(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().x())
        if self._is_held:
            self._go(place)
        self.setToolTip(plain_tip(self._names[place - 1]) if 0 < place <= len(self._names) else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_held = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self._go(max(self._first, min(self._last, self._now + step)))

    def _go(self, place: int) -> None:
        if place != self._now:
            self.jumped.emit(place)


class Share(QWidget, Themed):
    """A dot in its colour and a share of the mask: kept 93 %."""

    def __init__(self, word: str, colour: str) -> None:
        super().__init__()
        self._word, self._colour = word, colour
        self._theme: Theme | None = None
        self._text = label("", "small")
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 0, 0)
        line.addWidget(self._text)

    def show_share(self, share: float) -> None:
        self._text.setText(f"{self._word} {share * 100:.0f} %")

    def wear(self, theme: Theme) -> None:
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS[self._colour]))  # as on the image, where they are shown there
        painter.drawEllipse(QPointF(4, self.height() / 2), 3.5, 3.5)


class HistoryPanel(QWidget):
    jumped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.timeline = Timeline()
        self.timeline.jumped.connect(self.jumped)
        self.pictures = HistoryPictures()
        self.pictures.jumped.connect(self.jumped)
        self.edits = label("", "quiet")
        self._from = label("", "quiet")
        self._to = label(self.tr("now"), "quiet")
        self._shares = {name: Share(word, name) for name, word in (
            ("kept", self.tr("kept")), ("added", self.tr("added")), ("removed", self.tr("removed")))}
        head, ends = QHBoxLayout(), QHBoxLayout()
        head.addWidget(label(self.tr("HISTORY"), "heading"))
        head.addStretch(1)
        head.addWidget(self.edits)
        ends.addWidget(self._from)
        ends.addStretch(1)
        ends.addWidget(self._to)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.timeline)
        column.addLayout(ends)
        column.addWidget(self.pictures)
        column.addSpacing(4)
        column.addWidget(FlowRow(list(self._shares.values()), gap=10))
        self.show_history(start="", first=0, last=0, now=0, names=())
        self.show_shares(None)

    def show_history(self, *, start: str, first: int, last: int, now: int, names: Sequence[str], edits: int = 0,
                     ) -> None:
        """start: what stands at the left end ("network", "imported", "empty"). first: its place. edits: how many of the
        places since then changed the mask (accepting and flagging are places, too)."""
        self.edits.setText(self.tr("1 edit") if edits == 1 else self.tr("{n} edits").format(n=edits))
        self._from.setText(start)
        self.timeline.show_places(first, last, now, names)

    def show_shares(self, shares: dict[str, float] | None) -> None:
        """kept, added, removed: 0..1; None where the network gave no answer to compare with."""
        for name, widget in self._shares.items():
            widget.setVisible(shares is not None)
            if shares is not None:
                widget.show_share(shares[name])
