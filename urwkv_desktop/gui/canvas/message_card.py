"""An empty state over the canvas: what is the matter, one button, and at most another way beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import IconButton
from urwkv_desktop.gui.theme import DARK, Theme

_FOLDED = 32  # logical pixels of what is left of a folded card
_EDGE = 16


class MessageCard(QFrame):
    """Says one thing; the buttons' words are the caller's. It never takes the focus by itself.

    What stands in an image's way can be folded into a small sign; other words unfold it again.
    """

    clicked = Signal()
    second_clicked = Signal()
    settled = Signal()  # folded or unfolded by the person

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvasMessage")
        self._is_folded = self._can_fold = False
        self._title, self._text, self._button, self._second = QLabel(), QLabel(), QPushButton(), QPushButton()
        for line in (self._title, self._text):
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button.setProperty("role", "accent")
        self._second.setProperty("role", "second")
        self._button.clicked.connect(self.clicked)
        self._second.clicked.connect(self.second_clicked)
        self._fold = IconButton("chevron-down", self.tr("Fold this away"), size=16, box=24, quiet=True, parent=self)
        self._sign = IconButton("information-outline", "", size=20, box=_FOLDED, quiet=True, parent=self)
        self._fold.clicked.connect(lambda: self._turn(True))
        self._sign.clicked.connect(lambda: self._turn(False))
        self._column = self._lay_out()
        self.wear(theme)
        self.hide()

    def _lay_out(self) -> QVBoxLayout:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 12, 32, 14)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._text)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._button)
        buttons.addWidget(self._second)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return column

    @property
    def is_folded(self) -> bool:
        return self._is_folded

    def wear(self, theme: Theme) -> None:
        # Over the image in both themes, so it is dressed for the canvas' dark ground and not for the panels.
        self.setStyleSheet(
            f"#canvasMessage {{ background: rgb(22, 24, 29); border-radius: 8px; }}"
            f"#canvasMessage QLabel {{ color: {theme.on_canvas}; background: transparent; }}"
            f"#canvasMessage QPushButton[role='second'] {{ background: #262a33; border-color: #262a33;"
            f" color: {theme.on_canvas}; }}"
            f"#canvasMessage QPushButton[role='second']:focus {{ border-color: {theme.accent}; }}")
        self._title.setStyleSheet("font-size: 15px; font-weight: 600; color: #e6e8ec;")
        for sign in (self._fold, self._sign):
            sign.wear(DARK)

    def say(self, title: str, text: str, button: str | None, second: str | None = None) -> None:
        words = " ".join(part for part in (title, text) if part)
        if words != self.accessibleName():
            self._is_folded = False
        self._title.setText(title)
        self._text.setText(text)
        self._button.setText(button or "")
        self._second.setText(second or "")
        self.setAccessibleName(words)
        self._sign.tell(words)
        self._show_parts()
        self.setVisible(bool(words))

    def settle(self, *, bottom: int, can_fold: bool) -> None:
        """In the middle of the canvas, its lower edge `bottom` above the canvas'; folded, in the lower left corner.

        can_fold: it stands over an image.
        """
        parent = self.parentWidget()
        if parent is None or self.isHidden():
            return
        if can_fold != self._can_fold:
            self._can_fold = can_fold
            self._show_parts()
        if self._is_folded and can_fold:
            self.setGeometry(_EDGE, parent.height() - bottom - _FOLDED, _FOLDED, _FOLDED)
            return
        wide = self._button.sizeHint().width() + self._second.sizeHint().width() * (not self._second.isHidden()) + 80
        width = max(120, min(max(440, wide), parent.width() - 32))
        height = self._column.totalHeightForWidth(width)
        self.setGeometry((parent.width() - width) // 2, max(8, parent.height() - height - bottom), width, height)
        self._fold.move(width - self._fold.width() - 6, 6)

    def _turn(self, folded: bool) -> None:
        self._is_folded = folded
        self._show_parts()
        self.settled.emit()

    def _show_parts(self) -> None:
        folded = self._is_folded and self._can_fold
        for part in (self._title, self._text, self._button, self._second):
            part.setVisible(bool(part.text()) and not folded)
        self._column.setContentsMargins(*((0, 0, 0, 0) if folded else (32, 12, 32, 14)))
        self._fold.setVisible(self._can_fold and not folded)
        self._sign.setVisible(folded)
