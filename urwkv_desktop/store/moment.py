"""A project at one moment, over a connection of its own: what an export reads."""

import sqlite3
from dataclasses import replace
from types import TracebackType

from urwkv_desktop.editing.history import History
from urwkv_desktop.imaging import Labels, Message, Refusal
from urwkv_desktop.store.cases import CaseRow, LoadedCase, natural
from urwkv_desktop.store.reading import Reading, Shape


class Moment:
    """For one thread at a time. Nothing that is written later is seen."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._reading = Reading(connection)
        self._end = self._reading.moment()
        self._rows = folded(self._reading)

    def cases(self) -> list[CaseRow]:
        return sorted(self._rows.values(), key=lambda row: (natural(row.title), row.id))

    def load(self, case: int, shape: Shape | None = None) -> LoadedCase:
        """shape: needed where the case was never opened. Raises Refusal where the events cannot be read."""
        row = self._rows[case]
        shape = row.shape or shape
        if shape is None:
            raise ValueError(f"the shape of case {case} is not known yet")
        try:
            return LoadedCase(row, self._reading.state(case, shape))
        except (sqlite3.DatabaseError, ValueError) as error:
            raise unreadable(row, error) from error

    def labels(self) -> Labels:
        return self._reading.label_history().labels

    def meta(self, key: str) -> str | None:
        return self._reading.meta().get(key)

    def close(self) -> None:
        self._end()
        self._reading.close()

    def __enter__(self) -> "Moment":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


def unreadable(row: CaseRow, error: Exception) -> Refusal:
    return Refusal(tried=Message("Opening {case}.", case=row.title),
                   cause=Message("Its edits cannot be read ({reason}).", reason=str(error)),
                   cure=Message("Restore the project file from a backup."))


def folded(reading: Reading) -> dict[int, CaseRow]:
    """All rows with what is folded from their events."""
    rows = {row.id: row for row in reading.case_rows()}
    for case, history in reading.folds():
        if case in rows:
            rows[case] = summed(rows[case], history)
    return rows


def summed(row: CaseRow, history: History) -> CaseRow:
    return replace(row, status=history.status, flag=history.flag, has_prediction=history.has_answer,
                   answered_by=history.network_ids[0] if history.network_ids else "",
                   is_imported=history.is_imported, revision=history.revision,
                   edits=history.edits_by_hand, changed=history.changed)
