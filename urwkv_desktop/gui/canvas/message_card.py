"""An empty state over the image: what is the matter, one button, and at most another way beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.theme import Theme


class MessageCard(QFrame):
    """Says one thing; the buttons' words are the caller's. It never takes the focus by itself."""

    clicked = Signal()
    second_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvasMessage")
        self._title, self._text, self._button, self._second = QLabel(), QLabel(), QPushButton(), QPushButton()
        for line in (self._title, self._text):
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button.setProperty("role", "accent")
        self._second.setProperty("role", "second")
        self._button.clicked.connect(self.clicked)
        self._second.clicked.connect(self.second_clicked)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._text)
        for button in (self._button, self._second):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.wear(theme)
        self.hide()

    def wear(self, theme: Theme) -> None:
        # Over the image in both themes, so it is dressed for the canvas' dark ground and not for the panels.
        self.setStyleSheet(
            f"#canvasMessage {{ background: rgb(22, 24, 29); border-radius: 8px; }}"
            f"#canvasMessage QLabel {{ color: {theme.on_canvas}; background: transparent; }}"
            f"#canvasMessage QPushButton[role='second'] {{ background: #262a33; border-color: #262a33;"
            f" color: {theme.on_canvas}; }}"
            f"#canvasMessage QPushButton[role='second']:focus {{ border-color: {theme.accent}; }}")
        self._title.setStyleSheet("font-size: 15px; font-weight: 600; color: #e6e8ec;")

    def say(self, title: str, text: str, button: str | None, second: str | None = None) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(button or "")
        self._button.setVisible(button is not None)
        self._second.setText(second or "")
        self._second.setVisible(second is not None)
        self.setAccessibleName(" ".join(part for part in (title, text) if part))
        self.setVisible(bool(title or text))

    def settle(self, *, bottom: int) -> None:
        """In the middle of the canvas, its lower edge `bottom` above the canvas'."""
        parent = self.parentWidget()
        if parent is None or self.isHidden():
            return
        width = max(120, min(440, parent.width() - 32))
        height = self._column.totalHeightForWidth(width)
        self.setGeometry((parent.width() - width) // 2, max(8, parent.height() - height - bottom), width, height)
