"""Reading a project over one connection: rows, cases folded from their events, labels. Writes nothing."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import cast

from urwkv_desktop.editing.events import Event, MaskEvent
from urwkv_desktop.editing.history import History, Loader
from urwkv_desktop.editing.label_history import LabelHistory
from urwkv_desktop.editing.packing import unpack_mask
from urwkv_desktop.editing.state import CaseState
from urwkv_desktop.imaging import Mask
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.encoding import Columns, decode, decode_findings, decode_label

Shape = tuple[int, int, int]
_HEADERS = 'kind, layer, "group", reader, time, origin, tool, box, detail'


class Reading:
    """Not safe for two threads at once: its owner sees to that."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def meta(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT key, value FROM meta"))

    def readers(self) -> dict[int, str]:
        return dict(self._connection.execute("SELECT id, name FROM reader ORDER BY id"))

    def case_rows(self) -> list[CaseRow]:
        """As they were added, without what is folded from their events."""
        cursor = self._connection.execute(
            'SELECT id, title, identity, files, kind, findings, part, image_sha256, group_key, model, shape, detail '
            'FROM "case" ORDER BY id')
        return [CaseRow(id, title, identity, tuple(json.loads(files)), kind, findings=decode_findings(findings),
                        part=part, image_sha256=image, group=group, model=model, shape=read_shape(shape),
                        detail=json.loads(detail))
                for id, title, identity, files, kind, findings, part, image, group, model, shape, detail in cursor]

    def folds(self) -> Iterator[tuple[int, History]]:
        """The history of every case that has one, without payloads."""
        names = self.readers()
        cursor = self._connection.execute(f'SELECT "case", {_HEADERS} FROM event ORDER BY "case", revision')
        for case, rows in groupby(cursor, key=lambda row: cast(int, row[0])):
            history = History()
            for row in rows:
                history.take(_event(row[1:], names))
            yield case, history

    def fold(self, case: int) -> History:
        history, names = History(), self.readers()
        for row in self._connection.execute(
                f'SELECT {_HEADERS} FROM event WHERE "case" = ? ORDER BY revision', (case,)):
            history.take(_event(row, names))
        return history

    def state(self, case: int, shape: Shape, loader: Loader | None = None, *, light: History | None = None,
              ) -> CaseState:
        """From the last snapshot and the events after it; `loader` reads older payloads when undo needs them.

        light: a second history that follows, without payloads.
        """
        since, mask = self._snapshot(case, shape)
        state = CaseState(mask, History(loader or self.loader(case)))
        names = self.readers()
        for row in self._connection.execute(
                f'SELECT {_HEADERS}, CASE WHEN revision > ? THEN payload END FROM event WHERE "case" = ? '
                'ORDER BY revision', (since, case)):
            event = decode((*row[:3], names.get(row[3], ""), *row[4:]))
            if light is not None:
                light.take(event.without_payload() if isinstance(event, MaskEvent) else event)
            if state.revision < since:
                state.history.take(event)
            else:
                state.take(event)
        return state

    def loader(self, case: int) -> Loader:
        return lambda revision: self.payload(case, revision)

    def payload(self, case: int, revision: int) -> bytes:
        found = self._connection.execute(
            'SELECT payload FROM event WHERE "case" = ? AND revision = ?', (case, revision)).fetchone()
        if found is None or found[0] is None:
            raise ValueError(f"no payload at revision {revision} of case {case}")
        return bytes(found[0])

    def label_history(self) -> LabelHistory:
        names, history = self.readers(), LabelHistory()
        for kind, reader, time, detail in self._connection.execute(
                "SELECT kind, reader, time, detail FROM label ORDER BY revision"):
            history.take(decode_label(kind, names.get(reader, ""), time, detail))
        return history

    def moment(self) -> Callable[[], None]:
        """Holds the file as it is now, until the function that is returned is called."""
        self._connection.execute("BEGIN")
        self._connection.execute("SELECT count(*) FROM meta").fetchone()

        def end() -> None:
            self._connection.execute("ROLLBACK")

        return end

    def close(self) -> None:
        self._connection.close()

    def _snapshot(self, case: int, shape: Shape) -> tuple[int, Mask]:
        found = self._connection.execute('SELECT revision, shape, mask FROM snapshot WHERE "case" = ?',
                                         (case,)).fetchone()
        if found is None or read_shape(found[1]) != shape:
            return 0, Mask.empty(shape)
        return int(found[0]), Mask(unpack_mask(found[2], shape))


def read_shape(text: str | None) -> Shape | None:
    if not text:
        return None
    slices, rows, columns = json.loads(text)
    return slices, rows, columns


def _event(row: tuple[object, ...], names: dict[int, str]) -> Event:
    """Of headers alone."""
    columns = (*row[:3], names.get(cast(int, row[3]), ""), *row[4:], None)
    return decode(cast(Columns, columns))
