"""Small controls that the panels share, each with an accessible name."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from urwkv_desktop.gui.icons import icon, paint_icon
from urwkv_desktop.gui.plain_text import plain_tip
from urwkv_desktop.gui.theme import Theme

_GAP = 8  # between the choices of one question


class Themed:
    """A widget that draws with a theme's colours itself; `dress` tells it when they change."""

    def wear(self, theme: Theme) -> None:
        raise NotImplementedError


def dress(root: QWidget, theme: Theme) -> None:
    """Tells root and everything in it which theme to wear."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, Themed):
            widget.wear(theme)


def label(text: str = "", kind: str = "") -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("role", kind)
    return made


def wrapped(text: str = "", kind: str = "") -> QLabel:
    """A label that breaks its words into lines."""
    made = label(text, kind)
    made.setWordWrap(True)
    return made


class ElidedLabel(QLabel):
    """A line that gives way: what does not fit ends in an ellipsis and is told by the tool tip.

    is_name: it gives way before its last word, so that names that begin alike can still be told apart.
    """

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None, *, is_name: bool = False) -> None:
        super().__init__(parent)
        self._whole = text
        self._is_name = is_name
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if kind:
            self.setProperty("role", kind)

    def setText(self, text: str) -> None:
        if text != self._whole:
            self._whole = text
            self._elide()

    def whole(self) -> str:
        return self._whole

    def resizeEvent(self, event: QEvent) -> None:
        self._elide()

    def _elide(self) -> None:
        shown = self._shortened(max(0, self.width()))
        super().setText(shown)
        self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")
        self.setAccessibleName(self._whole)

    def _shortened(self, width: int) -> str:
        metrics = self.fontMetrics()
        head, gap, last = self._whole.rpartition(" ")
        room = width - metrics.horizontalAdvance(gap + last)
        if self._is_name and head and metrics.horizontalAdvance(self._whole) > width and room > width // 4:
            return metrics.elidedText(head, Qt.TextElideMode.ElideRight, room) + gap + last
        return metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, width)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())


class ElidedButton(QPushButton):
    """Words that can be pressed and give way: what does not fit ends in an ellipsis."""

    def __init__(self) -> None:
        super().__init__()
        self._whole, self._beside = "", 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        self._whole = words
        self.setAccessibleName(words)
        self.setText(words)
        self._beside = super().sizeHint().width() - self.fontMetrics().horizontalAdvance(words)
        self._elide()

    def whole(self) -> str:
        return self._whole

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._whole) + self._beside
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._elide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._elide()

    def _elide(self) -> None:
        if self.isVisible():
            room, metrics = max(0, self.width() - self._beside), self.fontMetrics()
            fits = metrics.horizontalAdvance(self._whole) <= room  # asked for itself: to the pixel, Qt would cut it
            self.setText(self._whole if fits else metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class TextField(QLineEdit):
    """Every key that writes goes here while it has the focus, Enter and Escape too; the window's keys wait."""

    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if not held:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class IconButton(QToolButton, Themed):
    """An icon of the family; quiet until it is pointed at, in the accent while checked."""

    def __init__(self, name: str, says: str, *, size: int = 20, box: int = 32, quiet: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size, self._quiet = name, size, quiet
        self.setIconSize(QSize(size, size))
        self.setFixedSize(box, box)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tell(says)

    def tell(self, says: str) -> None:
        self.setToolTip(says)
        self.setAccessibleName(says)

    def take_icon(self, name: str) -> None:
        """Another icon; seen with the next dressing."""
        self._name = name

    def wear(self, theme: Theme) -> None:
        colour = theme.quiet if self._quiet else theme.text
        self.setIcon(icon(self._name, colour, active=theme.accent, disabled=theme.faint, size=self._size))


class ButtonMenu(QMenu):
    """Begins where its button begins, as far as the screen has room: Qt itself would put it further to the left."""

    def __init__(self, button: QPushButton) -> None:
        super().__init__(button)
        self._button = button
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        room = self.screen().availableGeometry()
        left = self._button.mapToGlobal(QPoint(0, 0)).x()
        self.move(max(room.left(), min(left, room.right() + 1 - self.width())), self.y())


class MenuButton(QPushButton, Themed):
    """Words, an arrow behind them, and a menu."""

    def __init__(self, text: str, kind: str = "segment") -> None:
        super().__init__(text)
        self.setProperty("role", kind)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # An icon stands before the words; turned round it stands behind them. The menu is not turned.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setMenu(ButtonMenu(self))

    def wear(self, theme: Theme) -> None:
        self.setIcon(icon("chevron-down", theme.quiet, size=16))


class TickBox(QCheckBox, Themed):
    """A check box whose box is seen on every ground."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme: Theme | None = None

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 32, 26)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()  # its words are never cut

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        if (theme := self._theme) is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(1, (self.height() - 16) // 2, 16, 16)
        checked = self.isChecked()
        painter.setBrush(QColor(theme.accent if checked else theme.raised))
        painter.setPen(QColor(theme.accent if checked or self.hasFocus() else theme.faint))
        painter.drawRoundedRect(box, 4, 4)
        if checked:
            tick = theme.canvas if theme.is_dark else theme.panel
            paint_icon(painter, box.adjusted(1, 1, -1, -1), "check-bold", tick)
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.faint))
        words = self.rect().adjusted(26, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(theme.accent))
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)


class SliderRow(QWidget):
    """name, slider, value: one line of the inspector. Values are whole steps; `scale` turns them into words."""

    moved = Signal(int)

    def __init__(self, name: str, low: int, high: int, *, suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suffix = suffix
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(low, high)
        self.slider.setAccessibleName(name)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._value = label()
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setFixedWidth(56)
        caption = label(name)
        caption.setMinimumWidth(72)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(caption)
        line.addWidget(self.slider, 1)
        line.addWidget(self._value)
        self.slider.valueChanged.connect(self._changed)
        self._say()

    def value(self) -> int:
        return self.slider.value()

    def show_value(self, value: int) -> None:
        """Without telling anybody: the truth came from elsewhere."""
        self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(False)
        self._say()

    def _changed(self, value: int) -> None:
        self._say()
        self.moved.emit(value)

    def _say(self) -> None:
        self._value.setText(f"{self.slider.value()}{self._suffix}")


class Segments(QWidget):
    """A few choices of which one holds: side by side where their words have room, otherwise below each other."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], *, parent: QWidget | None = None) -> None:
        """choices: (id, word)."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._columns = 0
        for key, word in choices:
            button = QPushButton(word)
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, chosen=key: self.chosen.emit(chosen))
            self._group.addButton(button)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._buttons[key] = button
        self.say(name, choices)
        self._lay_out(len(choices))

    def say(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """The same choices in other words: (id, word)."""
        self.setAccessibleName(name)
        for key, word in choices:
            self._buttons[key].setText(word)
            self._buttons[key].setAccessibleName(f"{name}: {word}")

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in range(len(self._buttons)):
            self._grid.setColumnStretch(column, int(column < columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        count = len(self._buttons)
        widest = max((button.sizeHint().width() for button in self._buttons.values()), default=0)
        for columns in dict.fromkeys((count, (count + 1) // 2, 1)):
            if columns <= 1 or columns * (widest + _GAP) - _GAP <= event.size().width():
                self._lay_out(max(1, columns))
                break

    def sizeHint(self) -> QSize:
        """Side by side, with all their words."""
        wide = sum(button.sizeHint().width() + _GAP for button in self._buttons.values()) - _GAP
        return QSize(max(0, wide), super().sizeHint().height())

    def show_choice(self, key: str) -> None:
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def bar(self, reasons: Mapping[str, str]) -> None:
        """Choices that can't be made now, each with its reason; the others can."""
        for key, button in self._buttons.items():
            button.setEnabled(key not in reasons)
            button.setToolTip(reasons.get(key, ""))

    def choice(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")
