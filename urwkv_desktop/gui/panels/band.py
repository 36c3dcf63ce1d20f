"""A band over the canvas: one thing that a person should know about the project or the case, in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import IconButton, Themed, label
from urwkv_desktop.gui.icons import pixmap
from urwkv_desktop.gui.theme import Theme


class Band(QFrame, Themed):
    """At most one button beside the words, or a few choices below them."""

    pressed = Signal()
    chosen = Signal(int)  # which of the choices
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._mark = label()
        self._words = label()
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.clicked.connect(self.pressed)
        self._close = IconButton("close", self.tr("Hide this"), size=16, box=24, quiet=True)
        self._close.clicked.connect(self._closed)
        self._choices: list[QPushButton] = []
        self._kind, self._marked = "warning", ("", "")
        self._theme: Theme | None = None
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._mark)
        line.addWidget(self._words, 1)
        line.addWidget(self._button)
        line.addWidget(self._close)
        self._answers = QHBoxLayout()
        self._answers.setContentsMargins(28, 0, 0, 0)
        self._answers.setSpacing(8)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(line)
        column.addLayout(self._answers)
        self.hide()

    def show_words(self, text: str, button: str = "", choices: Sequence[str] = (), *, can_close: bool = True,
                   is_news: bool = False) -> None:
        """"" hides the band. choices: what may be answered; a question warns of nothing, nor does news."""
        self._show_choices(choices)
        self._show_mark("question" if choices else "news" if is_news else "warning")
        self._words.setText(text)
        self.setAccessibleName(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._close.setVisible(can_close)
        self.setVisible(bool(text))

    def _show_choices(self, choices: Sequence[str]) -> None:
        if tuple(choices) == tuple(button.text() for button in self._choices):
            return
        while (item := self._answers.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._choices = [QPushButton(word) for word in choices]
        for place, button in enumerate(self._choices):
            button.setProperty("role", "choice")
            button.clicked.connect(lambda _=False, which=place: self.chosen.emit(which))
            self._answers.addWidget(button)
        if choices:
            self._answers.addStretch(1)

    def height_for(self, width: int) -> int:
        self._column.activate()  # what was added since the last layout counts too
        return max(self.heightForWidth(width), self.minimumSizeHint().height())

    def text(self) -> str:
        return self._words.text()

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self._show_mark(self._kind)

    def _show_mark(self, kind: str) -> None:
        self._kind = kind
        if (theme := self._theme) is None or self._marked == (theme.name, kind):
            return
        self._marked = (theme.name, kind)
        name, colour = {"question": ("help-circle-outline", theme.accent),
                        "news": ("information-outline", theme.accent)}.get(
            kind, ("alert-circle-outline", theme.flagged))
        self._mark.setPixmap(pixmap(name, colour, size=18, ratio=self.devicePixelRatioF()))

    def _closed(self) -> None:
        self.hide()
        self.closed.emit()
