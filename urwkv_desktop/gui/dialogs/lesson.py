"""Teach the network: which model, how far its lesson is, what came of it; the person decides whether it is adopted."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from urwkv_desktop.gui.controls import Segments, label, wrapped

if TYPE_CHECKING:
    from urwkv_desktop.workflow.teaching import Comparison, Offer

_WIDE = 520


class LessonDialog(QDialog):
    """begun, gone_on, stopped, adopted: what the person wants. chosen: another model. watched: whether it is shown."""

    begun = Signal()
    gone_on = Signal()
    stopped = Signal()
    adopted = Signal()
    chosen = Signal(str)
    watched = Signal(bool)

    def __init__(self, offers: "Sequence[Offer]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Teach the network"))
        self.models = Segments(self.tr("Model"), [(offer.model, self._offered(offer)) for offer in offers])
        self.models.chosen.connect(self.chosen)
        if offers:
            self.models.show_choice(offers[0].model)
        self.place = wrapped("", "quiet")
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.sentence = wrapped()
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures = QWidget()
        self._grid = QGridLayout(self.figures)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(1, 1)
        self.falls = QPlainTextEdit()
        self.falls.setReadOnly(True)
        self.falls.setMaximumHeight(88)
        self.falls.setAccessibleName(self.tr("Cases on which the new model is worse"))
        self.limits = wrapped(self.tr(
            "It has learnt, and was compared, on this project's images alone. How to find things in images of another "
            "kind it may have forgotten: where you have such images, go on with the old model for them."), "quiet")
        self.start = self._button(self.tr("Begin"), self.begun.emit)
        self.on = self._button(self.tr("Go on"), self.gone_on.emit)
        self.stop = self._button(self.tr("Stop"), self.stopped.emit)
        self.adopt = self._button("", self.adopted.emit)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self._lay_out(bool(offers))
        self.resize(_WIDE, 360)

    def _button(self, words: str, tells: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: tells())
        return button

    def _offered(self, offer: "Offer") -> str:
        return self.tr("{model} · {n} accepted").format(model=offer.model, n=offer.cases)

    def _lay_out(self, has_offers: bool) -> None:
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(wrapped(self.tr(
            "The cases that you have accepted teach the model that looked at them. One in ten is kept aside; on those "
            "the new model is compared with the old one, which goes on looking until you adopt the new one.")))
        self.heading = label(self.tr("MODEL"), "heading")
        column.addWidget(self.heading)
        column.addWidget(self.models)
        self.heading.setVisible(has_offers)
        self.models.setVisible(has_offers)
        for widget in (self.bar, self.sentence, self.figures, self.falls, self.limits):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.place)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.close_button, self.stop, self.on, self.start, self.adopt):
            buttons.addWidget(button)
        column.addLayout(buttons)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def show_lesson(self, sentence: str, *, may_begin: bool, may_go_on: bool = False) -> None:
        """No lesson is at work."""
        self._show(sentence, at_work=False)
        self.start.setVisible(True)
        self.start.setEnabled(may_begin)
        self.start.setText(self.tr("Begin anew") if may_go_on else self.tr("Begin"))
        self.on.setVisible(may_go_on)
        self._lead(self.on if may_go_on else self.start)

    def show_progress(self, sentence: str, done: int, total: int) -> None:
        self._show(sentence, at_work=True)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_comparison(self, found: "Comparison", adopted_as: str | None) -> None:
        self._show(self._judged(found, adopted_as), at_work=False)
        self._fill(found)
        self.figures.setVisible(found.n > 0 or found.empty > 0)
        self.falls.setPlainText("\n".join(f"{fall.id}: {_number(fall.before)} → {_number(fall.after)}"
                                          for fall in found.falls))
        self.falls.setVisible(bool(found.falls))
        self.limits.show()
        self.adopt.setText(self.tr("Adopt {name}").format(name=found.new_model))
        self.adopt.setVisible(adopted_as is None)
        self.start.setVisible(True)
        self.start.setText(self.tr("Begin anew"))
        leads = adopted_as is None and found.is_no_worse and found.is_telling
        self._lead(self.adopt if leads else self.close_button)

    def show_place(self, folder: Path) -> None:
        words = self.tr("Copies of the accepted images, and all that the lesson writes, lie in {folder}")
        self.place.setText(words.format(folder=folder))

    def _show(self, sentence: str, *, at_work: bool) -> None:
        self.sentence.setText(sentence)
        self.bar.setVisible(at_work)
        self.stop.setVisible(at_work)
        if not at_work:
            self.stop.setEnabled(True)
        self.models.setEnabled(not at_work)
        for widget in (self.figures, self.falls, self.limits, self.on, self.start, self.adopt):
            widget.hide()

    def _lead(self, button: QPushButton) -> None:
        """Enter presses it, and it stands out where it begins something."""
        for one in (self.start, self.on, self.adopt, self.close_button):
            one.setDefault(one is button)
            one.setProperty("role", "accent" if one is button and one is not self.close_button else "")
            one.style().unpolish(one)
            one.style().polish(one)

    def _judged(self, found: "Comparison", adopted_as: str | None) -> str:
        name = found.new_model
        if adopted_as is not None:
            return self.tr("{name} is adopted: it looks from now on, in all your projects. Masks that exist stay until "
                           "the network is run again.").format(name=adopted_as)
        if not found.n:
            return self.tr("{name} could not be compared: no case with something to find was kept aside.").format(
                name=name)
        if not found.is_no_worse:
            return self.tr("{name} is worse on the cases that were kept aside: it is better not adopted.").format(
                name=name)
        if not found.is_telling:
            return self.tr("{name} is no worse, but so few cases were kept aside that this tells little.").format(
                name=name)
        return self.tr("{name} is no worse on the cases that were kept aside.").format(name=name)

    def _fill(self, found: "Comparison") -> None:
        rows = []
        if found.n:
            rows = [(self.tr("kept aside, with something to find"), f"{found.n}"),
                    (self.tr("mean Dice"), f"{_number(found.before)} → {_number(found.after)}"),
                    (self.tr("better by over 0.05"), f"{found.better}"),
                    (self.tr("worse by over 0.05"), f"{len(found.falls)}")]
        if found.is_telling:
            rows.insert(2, (self.tr("difference, 95 %"), self.tr("{lo} to {hi}").format(
                lo=_number(found.lo, signed=True), hi=_number(found.hi, signed=True))))
        if found.empty:
            rows.append((self.tr("nothing to find, drawn on"), self.tr("{before} → {after} of {n}").format(
                before=found.fired_before, after=found.fired_after, n=found.empty)))
        if found.refused:
            rows.append((self.tr("could not be measured"), f"{found.refused}"))
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        for row, (name, figure) in enumerate(rows):
            self._grid.addWidget(label(name, "quiet"), row, 0)
            self._grid.addWidget(label(figure), row, 1)

    # ── whether anyone looks ─────────────────────────────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.watched.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.watched.emit(False)


def _number(value: float, *, signed: bool = False) -> str:
    text = QLocale().toString(abs(value), "f", 3)
    if signed:
        return ("−" if value < 0 else "+") + text
    return text
