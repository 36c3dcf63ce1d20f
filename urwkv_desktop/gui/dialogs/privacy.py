"""The gate: what in these images tells who the patient is, shown before it leaves; the person decides."""

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from urwkv_desktop.gui.controls import TickBox, wrapped
from urwkv_desktop.workflow import Leaving

if TYPE_CHECKING:
    from urwkv_desktop.workflow.privacy import Sight, Suspect, Told


class PrivacyDialog(QDialog):
    """decided: with a `Leaving`. Closing it, or Escape, exports nothing."""

    decided = Signal(object)

    def __init__(self, sight: "Sight", *, may_stay_named: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Before it leaves"))
        self.table = _table(sight.told, self.tr("1 case"), self.tr("{n} cases"))
        self.table.setAccessibleName(self.tr("What identifies patients"))
        self.suspects = QPlainTextEdit("\n".join(_line(one) for one in sight.suspects))
        self.suspects.setReadOnly(True)
        self.suspects.setMaximumHeight(88)
        self.suspects.setAccessibleName(self.tr("Images with suspected text"))
        self.keep = TickBox(self.tr("I have looked at them: export them too"))
        self.hide_names = QPushButton(self.tr("De-identify and export"))
        self.hide_names.setProperty("role", "accent")
        self.hide_names.setDefault(True)
        self.hide_names.clicked.connect(self._hide)
        self.named = QPushButton(self.tr("Export as they are"))
        self.named.setAutoDefault(False)
        self.named.clicked.connect(lambda: self._decide(Leaving.named))
        self.named.setEnabled(may_stay_named)
        self.named.setToolTip("" if may_stay_named else self.tr("Copies of DICOM images leave de-identified only."))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self._lay_out(sight)
        self.resize(720, 560)

    def _lay_out(self, sight: "Sight") -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(wrapped(self._found(sight)))
        if sight.told:
            column.addWidget(self.table, 1)
        if sight.suspects:
            column.addWidget(wrapped(self.tr(
                "Text is suspected at the border of these images. De-identifying does not change pixels:")))
            column.addWidget(self.suspects)
            column.addWidget(self.keep)
        if sight.unread:
            column.addWidget(wrapped(self.tr("These could not be looked at: {titles}").format(
                titles=", ".join(sight.unread[:10]))))
        column.addWidget(wrapped(self.tr(
            "De-identifying gives patients, cases and files other names and new identifiers, and removes what the "
            "standard's table lists, private tags and overlays. Each file is searched before it gets its name. "
            "It can't be promised to be complete."), "quiet"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.cancel, self.named, self.hide_names):
            buttons.addWidget(button)
        column.addLayout(buttons)

    def _found(self, sight: "Sight") -> str:
        if not sight.told:
            return self.tr("No tag was found that identifies a patient ({n} of {all} cases looked at).").format(
                n=sight.looked_at, all=sight.cases)
        return self.tr("These images tell who the patient is ({n} of {all} cases looked at):").format(
            n=sight.looked_at, all=sight.cases)

    def _hide(self) -> None:
        self._decide(Leaving.hidden_with_text if self.keep.isChecked() else Leaving.hidden)

    def _decide(self, leaving: Leaving) -> None:
        self.decided.emit(leaving)
        self.accept()


def _table(told: "Sequence[Told]", once: str, counted: str) -> QTableWidget:
    table = QTableWidget(len(told), 3)
    table.horizontalHeader().hide()
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    for row, one in enumerate(told):
        values = _plain(" · ".join(one.values))
        number = once if one.cases == 1 else counted.format(n=one.cases)
        for column, text in enumerate((f"{one.name}  ({one.where})", values, number)):
            table.setItem(row, column, QTableWidgetItem(text))  # without a tool tip, which would take it for markup
    table.setColumnWidth(0, 300)
    table.setColumnWidth(2, 80)
    return table


def _plain(text: str) -> str:
    """Signs that turn the direction of a text, or can't be seen, as one that can."""
    return "".join("\ufffd" if unicodedata.category(one) in ("Cf", "Cc") else one for one in text)


def _line(one: "Suspect") -> str:
    places = ", ".join(f"y {rect.top}–{rect.bottom}, x {rect.left}–{rect.right}" for rect in one.places[:3])
    return f"{_plain(one.title)}: {places}"
