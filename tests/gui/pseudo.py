"""Languages that nobody speaks: every sentence longer, or as wide as Chinese; and what of it would be cut off."""

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QTranslator
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from urwkv_desktop.gui.controls import ElidedLabel

_PARTS = re.compile(r"(\{[^}]*\})")
_ACCENTS = str.maketrans("aeiounscyAEIOUNSCY", "äéïöûñšçÿÄÉÏÖÛÑŠÇŸ")


def longer(text: str) -> str:
    """40 % more, with accents above and below: "Flag" -> "Fläg~~"."""
    said = "".join(part if part.startswith("{") else part.translate(_ACCENTS) for part in _PARTS.split(text))
    return said + "ğ" * max(1, round(0.4 * len(text)))


def wide(text: str) -> str:
    """One character of full width for two letters, as Chinese needs about."""
    parts = (part if part.startswith("{") else "国" * ((len(part) + 1) // 2) for part in _PARTS.split(text))
    return "".join(parts)


class Pseudo(QTranslator):
    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__()
        self._say = say

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's own name
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, number: int = -1) -> str:
        return self._say(source)


def cut_off(root: QWidget) -> Iterator[str]:
    """What does not fit where it stands. An elided line is told whole by its tool tip, and so it may not."""
    for _ in range(4):  # the layout of a row changes that of its column; an answer may have come a moment ago
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    root.grab()  # everything is laid out now
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, ElidedLabel):
            need = _needed(widget)
            if need is not None and (need.width() > widget.width() or need.height() > widget.height() + 1):
                yield (f"{type(widget).__name__} {_words(widget)!r}: {widget.width()} x {widget.height()}, needs "
                       f"{need.width()} x {need.height()}")
            room = widget.parentWidget()
            if need is not None and room is not None and widget.geometry().right() > room.width():
                yield f"{_words(widget)!r} ends at {widget.geometry().right()} of {room.width()}"


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.placeholderText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _needed(widget: QWidget) -> QSize | None:
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            return QSize(0, widget.heightForWidth(widget.width()))
        return QSize(widget.fontMetrics().horizontalAdvance(widget.text()) + 2 * widget.margin(),
                     widget.fontMetrics().height())
    if isinstance(widget, QPushButton) and widget.text():
        icon = widget.iconSize().width() + 4 if not widget.icon().isNull() else 0
        return QSize(widget.fontMetrics().horizontalAdvance(widget.text()) + icon + 8, widget.fontMetrics().height())
    if isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
        return QSize(widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + 16, 0)
    return None if not isinstance(widget, QComboBox) else QSize(
        widget.fontMetrics().horizontalAdvance(widget.currentText()) + 36, widget.fontMetrics().height())
