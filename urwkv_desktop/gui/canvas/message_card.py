"""An empty state over the canvas: what is the matter, and what can be done about it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import IconButton
from urwkv_desktop.gui.flow_row import FlowRow
from urwkv_desktop.gui.theme import DARK, Theme

_FOLDED = 32  # logical pixels of what is left of a folded card
_EDGE = 16
_MARGINS = (32, 14, 32, 14)
_WIDE, _WIDEST = 440, 640  # logical pixels


class MessageCard(QFrame):
    """Says one thing; the buttons' words are the caller's. It never takes the focus by itself, and gives it back to
    the canvas when one of its buttons has been pressed.

    What stands in an image's way can be folded into a small sign; other words unfold it again.
    """

    clicked = Signal(int)  # which of the buttons
    settled = Signal()  # folded or unfolded by the person

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvasMessage")
        self._is_folded = self._can_fold = False
        self._title, self._text = QLabel(), QLabel()
        self._said: tuple[tuple[str, ...], bool] = ((), False)
        for line in (self._title, self._text):
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._row = FlowRow((), line_gap=8, is_centred=True)
        self._fold = IconButton("chevron-down", self.tr("Fold this away"), size=16, box=24, quiet=True, parent=self)
        self._sign = IconButton("information-outline", "", size=20, box=_FOLDED, quiet=True, parent=self)
        self._fold.clicked.connect(lambda: self._turn(True))
        self._sign.clicked.connect(lambda: self._turn(False))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*_MARGINS)
        self._column.setSpacing(10)
        for part in (self._title, self._text, self._row):
            self._column.addWidget(part)
        self.wear(theme)
        self.hide()

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

    def say(self, title: str, text: str, buttons: Sequence[str] = (), *, is_urged: bool = False) -> None:
        """is_urged: the first of the buttons is what to do next."""
        words = " ".join(part for part in (title, text) if part)
        if words != self.accessibleName():
            self._is_folded = False
        self._title.setText(title)
        self._text.setText(text)
        if self._said != (said := (tuple(buttons), is_urged)):
            self._said = said
            self._row.hold([self._button(place, word, is_urged and not place) for place, word in enumerate(buttons)])
        self.setAccessibleName(words)
        self._sign.tell(words)
        self._show_parts()
        self.setVisible(bool(words))

    def _button(self, place: int, word: str, is_urged: bool) -> QPushButton:
        button = QPushButton(word)
        button.setProperty("role", "accent" if is_urged else "second")
        button.clicked.connect(partial(self._pressed, place))
        return button

    def _pressed(self, place: int) -> None:
        self._give_back_focus()
        self.clicked.emit(place)

    def _give_back_focus(self) -> None:
        if (canvas := self.parentWidget()) is not None:
            canvas.setFocus(Qt.FocusReason.OtherFocusReason)

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
        edges = _MARGINS[0] + _MARGINS[2]
        width = max(120, min(max(_WIDE, self._row.natural_width() + edges), _WIDEST, parent.width() - 32))
        self._row.resize(width - edges, self._row.height())
        height = self._column.totalHeightForWidth(width)
        self.setGeometry((parent.width() - width) // 2, max(8, parent.height() - height - bottom), width, height)
        self._fold.move(width - self._fold.width() - 6, 6)

    def _turn(self, folded: bool) -> None:
        self._is_folded = folded
        self._show_parts()
        self._give_back_focus()
        self.settled.emit()

    def _show_parts(self) -> None:
        folded = self._is_folded and self._can_fold
        for part in (self._title, self._text):
            part.setVisible(bool(part.text()) and not folded)
        self._row.setVisible(bool(self._said[0]) and not folded)
        self._column.setContentsMargins(*((0, 0, 0, 0) if folded else _MARGINS))
        self._fold.setVisible(self._can_fold and not folded)
        self._sign.setVisible(folded)
