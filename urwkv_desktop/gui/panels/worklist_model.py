"""The rows of the worklist: what is shown of each case, searched and filtered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

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
        Status.predicted: (_tr("predicted"), "circle-outline", "quiet"),
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


class WorklistModel(QAbstractListModel):
    """The cases that pass the filter and the search, in the project's order."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[CaseRow, ...] = ()
        self._shown: list[CaseRow] = []
        self._place: dict[int, int] = {}
        self.filter = "all"
        self.search = ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._shown):
            return None
        row = self._shown[index.row()]
        if role == CASE_ROLE:
            return row.id
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}: {look(row).word}"
        return None

    def row_at(self, place: int) -> CaseRow:
        return self._shown[place]

    def place_of(self, case: int) -> int | None:
        return self._place.get(case)

    def counts(self) -> dict[str, int]:
        return {name: sum(map(passes, self._rows)) for name, passes in FILTERS.items()}

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """The project's rows again; only what differs is told to the view where the list stays the same."""
        self._rows = tuple(rows)
        shown = self._passing()
        if [row.id for row in shown] != [row.id for row in self._shown]:
            self.beginResetModel()
            self._take(shown)
            self.endResetModel()
            return
        changed = [place for place, (old, new) in enumerate(zip(self._shown, shown, strict=True)) if old != new]
        self._take(shown)
        for place in changed:
            self.dataChanged.emit(self.index(place), self.index(place))

    def update_rows(self, rows: Sequence[CaseRow]) -> None:
        """These alone are different now."""
        changed = {row.id: row for row in rows}
        self._rows = tuple(changed.get(row.id, row) for row in self._rows)
        shown = [changed.get(row.id, row) for row in self._shown]
        if all(self._passes(row) == (row.id in self._place) for row in rows):
            self._take(shown)
            for case in changed:
                self.thumbnail_came(case)
        else:
            self.refilter()

    def refilter(self) -> None:
        self.show_rows(self._rows)

    def thumbnail_came(self, case: int) -> None:
        if (place := self._place.get(case)) is not None:
            self.dataChanged.emit(self.index(place), self.index(place))

    def _take(self, shown: list[CaseRow]) -> None:
        self._shown = shown
        self._place = {row.id: place for place, row in enumerate(shown)}

    def _passing(self) -> list[CaseRow]:
        return [row for row in self._rows if self._passes(row)]

    def _passes(self, row: CaseRow) -> bool:
        return FILTERS[self.filter](row) and self.search.casefold().strip() in row.title.casefold()

    @property
    def rows(self) -> tuple[CaseRow, ...]:
        return self._rows
