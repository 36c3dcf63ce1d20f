"""The rows of the worklist: what is shown of each case, searched and filtered."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QStringListModel, Qt

from urwkv_desktop.gui.plain_text import plain_tip
from urwkv_desktop.gui.words import say
from urwkv_desktop.imaging import Severity, Status
from urwkv_desktop.workflow import CaseRow
from urwkv_desktop.workflow.review import is_open

Index = QModelIndex | QPersistentModelIndex
CASE_ROLE = int(Qt.ItemDataRole.UserRole)


def _tr(word: str) -> str:
    return QCoreApplication.translate("worklist", word)


@dataclass(frozen=True)
class Look:
    """How a case's state is told: a word, an icon, and the theme's colour it is drawn in."""

    word: str
    icon: str
    colour: str


def look(row: CaseRow) -> Look:
    """The most important thing first: refused, excluded, flagged, then the status."""
    if (sentence := refusal_sentence(row)) is not None:
        return Look(sentence, "alert-circle-outline", "flagged")
    if row.flag.excluded:
        return Look(_tr("excluded"), "minus-circle-outline", "quiet")
    words = {
        Status.new: (_tr("new"), "circle-outline", "faint"),
        Status.predicted: (_tr("imported") if row.is_imported else _tr("predicted"), "circle-outline", "quiet"),
        Status.edited: (_tr("edited"), "pencil-circle", "accent"),
        Status.accepted: (_tr("accepted"), "check-circle", "accepted"),
    }
    word, icon, colour = words[row.status]
    if row.flag.flagged:
        comment = row.flag.comment.strip()
        return Look(f"{word} · {comment or _tr('flagged')}", "flag", "flagged")
    return Look(word, icon, colour)


def refusal_sentence(row: CaseRow) -> str | None:
    """The sentence of a case that can't be shown; None for the others."""
    return next((say(found.message) for found in row.findings if found.severity is Severity.refused), None)


FILTERS: dict[str, Callable[[CaseRow], bool]] = {
    "all": lambda row: True,
    "open": is_open,
    "flagged": lambda row: row.flag.flagged,
}


class WorklistModel(QStringListModel):
    """The cases that pass the filter and the search, in the project's order. One row that changes costs one row.

    The base holds the titles, so that a view laying out thousands of rows asks Qt's own code how many there are.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[CaseRow] = []
        self._places: dict[int, int] = {}  # of each case among all rows
        self._shown: list[CaseRow] = []
        self._shown_places: dict[int, int] = {}
        self._counts: Counter[str] = Counter()
        self.filter = "all"
        self.search = ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._shown):
            return None
        row = self._shown[index.row()]
        if role == CASE_ROLE:
            return row.id
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            told = f"{row.title}: {look(row).word}"
            return plain_tip(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None

    def row_at(self, place: int) -> CaseRow:
        return self._shown[place]

    def place_of(self, case: int) -> int | None:
        return self._shown_places.get(case)

    def counts(self) -> dict[str, int]:
        """How many cases each filter lets through."""
        return {name: self._counts[name] for name in FILTERS}

    @property
    def accepted(self) -> int:
        """How many cases are done."""
        return self._counts["accepted"]

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """The project's rows again; only what differs is told to the view where the list stays the same."""
        self._rows = list(rows)
        self._places = {row.id: place for place, row in enumerate(self._rows)}
        self._counts = Counter(name for row in self._rows for name in _counted(row))
        self.refilter()

    def update_rows(self, rows: Sequence[CaseRow]) -> None:
        """These alone are different now."""
        fits = True
        for row in rows:
            place = self._places.get(row.id)
            if place is None:
                continue
            self._counts.subtract(_counted(self._rows[place]))
            self._counts.update(_counted(row))
            self._rows[place] = row
            shown = self._shown_places.get(row.id)
            fits = fits and self._passes(row) == (shown is not None)
            if shown is not None:
                self._shown[shown] = row
                self._changed(shown)
        if not fits:
            self.refilter()

    def refilter(self) -> None:
        """Search, filter or rows are others now."""
        shown = [row for row in self._rows if self._passes(row)]
        before, self._shown = self._shown, shown
        if [row.id for row in shown] != [row.id for row in before]:
            self._shown_places = {row.id: place for place, row in enumerate(shown)}
            self.setStringList([row.title for row in shown])  # resets the model
            return
        for place, (old, new) in enumerate(zip(before, shown, strict=True)):
            if old is not new and old != new:
                self._changed(place)

    def thumbnail_came(self, case: int) -> None:
        if (place := self._shown_places.get(case)) is not None:
            self._changed(place)

    def _changed(self, place: int) -> None:
        index = self.index(place)
        self.dataChanged.emit(index, index)

    def _passes(self, row: CaseRow) -> bool:
        return FILTERS[self.filter](row) and self.search.casefold().strip() in row.title.casefold()

    @property
    def rows(self) -> Sequence[CaseRow]:
        return self._rows


def _counted(row: CaseRow) -> list[str]:
    names = [name for name, passes in FILTERS.items() if passes(row)]
    return [*names, "accepted"] if row.status is Status.accepted else names
