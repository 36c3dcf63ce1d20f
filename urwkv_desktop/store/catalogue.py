"""The cases in memory: their rows, and the histories of those that are being written to. Guarded by its owner."""

from collections import OrderedDict
from collections.abc import Callable, Container, Sequence
from dataclasses import replace

from urwkv_desktop.editing.events import Event, MaskEvent
from urwkv_desktop.editing.history import History
from urwkv_desktop.store.cases import CaseRow, NewCase, natural
from urwkv_desktop.store.moment import summed

# Histories (without payloads) that stay in memory.
_HISTORIES = 64


class Catalogue:
    """rows: by case id, with what is folded from their events. fold: reads a case's history from the file."""

    def __init__(self, rows: dict[int, CaseRow], fold: Callable[[int], History]) -> None:
        self._rows = rows
        self._fold = fold
        self._histories: OrderedDict[int, History] = OrderedDict()
        self._order: list[int] | None = None

    def rows(self) -> list[CaseRow]:
        """In natural order of their titles."""
        for case in self._histories:
            self._refresh(case)
        if self._order is None:
            self._order = sorted(self._rows, key=lambda case: (natural(self._rows[case].title), case))
        return [self._rows[case] for case in self._order]

    def row(self, case: int) -> CaseRow:
        self._refresh(case)
        return self._rows[case]

    def put(self, row: CaseRow) -> CaseRow:
        """What is known about the images becomes the row's; what is folded stays as it is."""
        now = self.row(row.id)
        self._order = self._order if now.title == row.title else None
        self._rows[row.id] = replace(row, status=now.status, flag=now.flag, has_prediction=now.has_prediction,
                                     answered_by=now.answered_by, is_imported=now.is_imported,
                                     revision=now.revision, edits=now.edits, changed=now.changed)
        return self._rows[row.id]

    def admit(self, cases: Sequence[NewCase]) -> tuple[list[int], list[CaseRow]]:
        """The ids in order, and the rows that are new or different. A known identity gives the case that has it; one
        that occurs twice in one call gets a number behind it."""
        known = {row.identity: row.id for row in self._rows.values()}
        given: set[str] = set()
        ids, changed = [], []
        for case in cases:
            case = replace(case, identity=_unused(case.identity, given))
            given.add(case.identity)
            row = self._row_of(case, known.get(case.identity))
            before = self._rows.get(row.id)
            if before != row or before.detail != row.detail:  # a row's equality leaves its detail out
                self._rows[row.id] = row
                self._order = None
                changed.append(row)
            ids.append(row.id)
        return ids, changed

    def history(self, case: int) -> History:
        history = self._histories.get(case)
        if history is None:
            history = History() if self._rows[case].revision == 0 else self._fold(case)
            self._histories[case] = history
        self._histories.move_to_end(case)
        return history

    def adopt(self, case: int, history: History) -> None:
        """A history that was read anyway, so that the first stroke finds it in memory."""
        if case not in self._histories and history.revision >= self._rows[case].revision:
            self._histories[case] = history

    def take(self, case: int, event: Event) -> int:
        """One more event; its revision."""
        history = self.history(case)
        history.take(event.without_payload() if isinstance(event, MaskEvent) else event)
        return history.revision

    def forget(self, *, but: Container[int]) -> None:
        """Lets go of the histories that were used longest ago, but never of those that the file does not have yet."""
        spare = [case for case in self._histories if case not in but]
        for case in spare[: max(0, len(self._histories) - _HISTORIES)]:
            self._refresh(case)
            del self._histories[case]

    def _refresh(self, case: int) -> None:
        history = self._histories.get(case)
        if history is not None and history.revision != self._rows[case].revision:
            self._rows[case] = summed(self._rows[case], history)

    def _row_of(self, case: NewCase, known: int | None) -> CaseRow:
        if known is None:
            return CaseRow(max(self._rows, default=0) + 1, case.title, case.identity, case.files, case.kind,
                           findings=case.findings, part=case.part, image_sha256=case.image_sha256, group=case.group,
                           detail=dict(case.detail))
        row = self.row(known)
        return replace(row, title=case.title, files=case.files, part=case.part, findings=case.findings,
                       kind=case.kind or row.kind, image_sha256=case.image_sha256 or row.image_sha256,
                       detail={**row.detail, **case.detail})


def _unused(identity: str, given: set[str]) -> str:
    name, copy = identity, 1
    while name in given:
        copy += 1
        name = f"{identity}#{copy}"
    return name
