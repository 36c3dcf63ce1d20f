"""A band over the canvas: one thing that a person should know about the project or the case, in words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from urwkv_desktop.gui.controls import IconButton, Themed, label
from urwkv_desktop.gui.icons import pixmap
from urwkv_desktop.gui.theme import Theme


class Band(QFrame, Themed):
    pressed = Signal()
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
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(10)
        line.addWidget(self._mark)
        line.addWidget(self._words, 1)
        line.addWidget(self._button)
        line.addWidget(self._close)
        self.hide()

    def show_words(self, text: str, button: str = "", *, can_close: bool = True) -> None:
        """"" hides the band."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._close.setVisible(can_close)
        self.setVisible(bool(text))

    def height_for(self, width: int) -> int:
        return max(self.heightForWidth(width), self.minimumSizeHint().height())

    def text(self) -> str:
        return self._words.text()

    def wear(self, theme: Theme) -> None:
        self._mark.setPixmap(pixmap("alert-circle-outline", theme.flagged, size=18, ratio=self.devicePixelRatioF()))

    def _closed(self) -> None:
        self.hide()
        self.closed.emit()
