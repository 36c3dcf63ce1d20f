"""The line at the bottom: what the hand can do, what lies under it, what goes on, and whether all is safe."""

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QProgressBar, QPushButton, QWidget

from urwkv_desktop.gui.controls import ElidedLabel, IconButton, Themed, label
from urwkv_desktop.gui.icons import icon
from urwkv_desktop.gui.plain_text import plain_tip
from urwkv_desktop.gui.shell import STATUS_HEIGHT
from urwkv_desktop.gui.theme import Theme

_NEWS_MS = 8000
_STEP = 16  # pixels of room beyond what the words under the cursor need now


class StatusLine(QWidget, Themed):
    cancelled = Signal()
    reader_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(STATUS_HEIGHT)
        self.hint = ElidedLabel("", "quiet")
        self.pointer = PointerWords()
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self.cancelled)
        self.engine = label("", "quiet")
        self.saved = SavedDot()
        self.reader = QPushButton()
        self.reader.setProperty("role", "flat")
        self.reader.setIconSize(QSize(14, 14))
        self.reader.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reader.clicked.connect(self._ask_reader)
        self._hint, self._news = "", ""
        self._news_over = QTimer(self)
        self._news_over.setSingleShot(True)
        self._news_over.timeout.connect(self.forget_news)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 1, 16, 0)
        line.setSpacing(24)
        line.addWidget(self.hint, 1)
        for widget in (self.pointer, self.progress, self.engine, self.saved, self.reader):
            line.addWidget(widget)

    def show_hint(self, text: str) -> None:
        self._hint = text
        if not self._news:
            self.hint.setText(text)

    def show_news(self, text: str) -> None:
        """Something that has happened: stands for a while in the hint's place."""
        self._news = text
        self.hint.setText(text)
        self._news_over.start(_NEWS_MS)

    def forget_news(self) -> None:
        """What has happened is over: the hint stands there again."""
        self._news = ""
        self.hint.setText(self._hint)

    def show_pointer(self, text: str) -> None:
        self.pointer.setText(text)

    def show_engine(self, text: str) -> None:
        self.engine.setText(text)
        self.engine.setVisible(bool(text))

    def show_reader(self, name: str) -> None:
        self.reader.setText(name)
        self.reader.setToolTip(self.tr("The reader whose name stands beside each edit. Press to change it."))
        self.reader.setAccessibleName(self.tr("Reader: {name}").format(name=name))

    def wear(self, theme: Theme) -> None:
        self.reader.setIcon(icon("account-outline", theme.quiet, size=14))

    def _ask_reader(self) -> None:
        name, given = QInputDialog.getText(self, self.tr("Reader"), self.tr("Whose name shall stand beside the edits?"),
                                           text=self.reader.text())
        if given and name.strip():
            self.reader_changed.emit(name.strip()[:80])


class PointerWords(QWidget, Themed):
    """What lies under the cursor. It changes with each movement, so it is painted anew without laying the line out,
    unless it needs more room than ever before, and on a ground of its own, so that nothing behind it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # a QLabel's is taken back by the style sheet
        self._font = QFont("Inter")
        self._font.setPixelSize(12)
        self._metrics = QFontMetrics(self._font)
        self._words, self._room = "", 0
        self._ground, self._ink = QColor(), QColor()

    def text(self) -> str:
        return self._words

    def setText(self, text: str) -> None:
        if text == self._words:
            return
        self._words = text
        needed = self._metrics.horizontalAdvance(text)
        if needed > self._room:
            self._room = needed + _STEP
            self.updateGeometry()
        self.setAccessibleName(text)
        self.update()

    def wear(self, theme: Theme) -> None:
        self._ground, self._ink = QColor(theme.panel), QColor(theme.quiet)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._room, self._metrics.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._ground)
        painter.setFont(self._font)
        painter.setPen(self._ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._words)


class ProgressLine(QWidget):
    """Words, numbers and a thin bar; nothing at all while nothing goes on."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(88)
        self.stop = IconButton("close", self.tr("Stop"), size=14, box=20, quiet=True)
        self.stop.clicked.connect(self.cancelled)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        for widget in (self.words, self.bar, self.stop):
            line.addWidget(widget)
        self.hide()

    def show_progress(self, title: str, done: int, total: int) -> None:
        text = self.tr("{title}  {done} of {total}").format(title=title, done=done, total=total) if total else title
        self.words.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.show()


class SavedDot(QWidget, Themed):
    """Solid when the last stroke is acknowledged; otherwise it says what it waits for, or why painting has stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = "saved"
        self._theme: Theme | None = None
        self.words = label("", "quiet")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 0, 0)
        line.addWidget(self.words)
        self.show_state("saved", "")

    def show_state(self, kind: str, reason: str, *, is_slow: bool = False) -> None:
        """kind: saved, writing, failed, read only. The dot is hollow at once while something is being written; the
        word changes only when that takes long."""
        self.kind = kind
        words = {"saved": self.tr("saved"), "writing": self.tr("writing…") if is_slow else self.tr("saved"),
                 "failed": self.tr("stopped"), "read only": self.tr("read only")}
        self.words.setText(words[kind])
        self.setToolTip(plain_tip(reason) or self.tr("Every stroke is on the disk. There is nothing to save."))
        self.setAccessibleName(f"{words[kind]} {reason}".strip())
        self.update()

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = {"saved": self._theme.accepted, "writing": self._theme.accent, "failed": self._theme.flagged,
                   "read only": self._theme.quiet}
        colour = QColor(colours[self.kind])
        painter.setPen(colour)
        painter.setBrush(colour if self.kind in ("saved", "failed") else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(6, self.height() / 2), 3.5, 3.5)
