"""What is measured in the case on screen: the values under the active label, and each length and area."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import ElidedButton, ElidedLabel, IconButton, Themed, dress, label
from urwkv_desktop.gui.icons import paint_icon
from urwkv_desktop.gui.plain_text import plain_tip
from urwkv_desktop.gui.theme import Theme

_AT_FIRST = 3  # rows; the others come when they are asked for
_ICONS = {"length": "ruler", "area": "vector-polygon"}


@dataclass(frozen=True)
class MeasureRow:
    """group: of the edit that made it. words: its figure; place: which slice, "" where there is one only."""

    group: int
    kind: str
    words: str
    place: str = ""


class MeasuresPanel(QWidget, Themed):
    """removed, chosen: carry the group of a row."""

    removed = Signal(int)
    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[MeasureRow, ...] = ()
        self._is_writable, self._is_whole = True, False
        self._theme: Theme | None = None
        self._shown: list[_Row] = []
        self.diameters = ElidedButton()
        self.diameters.setProperty("role", "flat")
        self.diameters.setProperty("bare", True)
        self.diameters.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.values = ElidedLabel("", "quiet")
        self._heading = label(self.tr("MEASUREMENTS"), "heading")
        self._heading.setContentsMargins(0, 10, 0, 0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.more = QPushButton()
        self.more.setProperty("role", "flat")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.clicked.connect(self._show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.diameters, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.values)
        column.addWidget(self._heading)
        column.addLayout(self._list)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._arrange()

    @property
    def rows(self) -> tuple[MeasureRow, ...]:
        return self._rows

    def show_diameters(self, words: str, of_what: str) -> None:
        """words: of the active label, "" where it is nowhere; of_what: the tool tip. Pressed, it asks to see them."""
        self.diameters.say(words)
        self.diameters.setToolTip(plain_tip(f"{words}\n{of_what}"))
        self.diameters.setAccessibleDescription(of_what)
        self._arrange()

    def show_values(self, words: str, of_what: str) -> None:
        """words: mean and deviation, "" where there is nothing; of_what: the tool tip."""
        self.values.setText(words)
        self.values.setAccessibleDescription(of_what)
        self.values.setToolTip(plain_tip(of_what))
        self._arrange()

    def show_rows(self, rows: Sequence[MeasureRow], *, is_writable: bool) -> None:
        """The newest first."""
        rows = tuple(rows)
        if (rows, is_writable) == (self._rows, self._is_writable):
            return
        self._rows, self._is_writable = rows, is_writable
        self._is_whole = self._is_whole and len(rows) > _AT_FIRST
        self._build()

    def wear(self, theme: Theme) -> None:
        self._theme = theme

    def _show_all(self) -> None:
        self._is_whole = True
        self._build()

    def _build(self) -> None:
        for old in self._shown:
            self._list.removeWidget(old)
            old.deleteLater()
        shown = self._rows if self._is_whole else self._rows[:_AT_FIRST]
        self._shown = [_Row(row, can_remove=self._is_writable) for row in shown]
        for made in self._shown:
            made.removed.connect(self.removed)
            made.chosen.connect(self.chosen)
            self._list.addWidget(made)
            if self._theme is not None:
                dress(made, self._theme)
        self._arrange()

    def _arrange(self) -> None:
        left = len(self._rows) - len(self._shown)
        self.diameters.setVisible(bool(self.diameters.whole()))
        self.values.setVisible(bool(self.values.whole()))
        self._heading.setVisible(bool(self._rows))
        self.more.setText(self.tr("{number} more").format(number=left))
        self.more.setVisible(left > 0)
        self.setVisible(bool(self._rows) or bool(self.values.whole()) or bool(self.diameters.whole()))


class _Row(QWidget, Themed):
    removed = Signal(int)
    chosen = Signal(int)

    def __init__(self, row: MeasureRow, *, can_remove: bool) -> None:
        super().__init__()
        self._row = row
        self._theme: Theme | None = None
        self.setFixedHeight(26)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{row.words} {row.place}".strip())
        self._remove = IconButton("close", self.tr("Remove this measurement"), size=14, box=22, quiet=True)
        self._remove.clicked.connect(lambda: self.removed.emit(row.group))
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 6, 0)
        line.setSpacing(8)
        line.addWidget(label(row.words))
        line.addStretch(1)
        line.addWidget(label(row.place, "quiet"))
        line.addWidget(self._remove)
        self._remove.setVisible(can_remove)  # only now: without a parent it would be a window of its own

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        paint_icon(painter, QRect(0, 5, 16, 16), _ICONS[self._row.kind], self._theme.quiet)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(self._theme.accent))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._row.group)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.chosen.emit(self._row.group)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._remove.isVisible():
            self.removed.emit(self._row.group)
        else:
            event.ignore()
