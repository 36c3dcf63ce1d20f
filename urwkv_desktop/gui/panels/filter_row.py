"""All, open, flagged: how many of each, and which of them are listed."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

_GAP = 4
_AROUND = 12  # a button's own padding and border


class FilterRow(QWidget):
    """Words give way where they have no room, numbers do not."""

    chosen = Signal(str)

    def __init__(self, words: Mapping[str, str], chosen: str) -> None:
        """words: by the filter's name."""
        super().__init__()
        self._words, self._counts = dict(words), dict.fromkeys(words, 0)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        line.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for name in words:
            button = QPushButton()
            button.setCheckable(True)
            button.setChecked(name == chosen)
            button.setProperty("role", "filter")
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, one=name: self.chosen.emit(one))
            self._group.addButton(button)
            self.buttons[name] = button
            line.addWidget(button)
        line.addStretch(1)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(counts)
        self._say()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._say()

    def _say(self) -> None:
        first = next(iter(self.buttons.values()))
        first.ensurePolished()  # in the style sheet's font, not the one before it
        metrics = first.fontMetrics()
        numbers = {name: f" · {self._counts[name]}" for name in self.buttons}
        fixed = sum(metrics.horizontalAdvance(number) + _AROUND + _GAP for number in numbers.values())
        whole = sum(metrics.horizontalAdvance(word) for word in self._words.values())
        room = max(0, self.width() - fixed)
        for name, button in self.buttons.items():
            word = self._words[name]
            share = room // len(self.buttons)
            shown = word if whole <= room else metrics.elidedText(word, Qt.TextElideMode.ElideRight, share)
            button.setText(shown + numbers[name])
            told = word + numbers[name]
            button.setAccessibleName(told)
            button.setToolTip(told if button.text() != told else "")
