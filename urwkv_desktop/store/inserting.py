"""The statements that write. Each runs inside the writer's transaction."""

import json
import sqlite3
from collections.abc import Sequence

from urwkv_desktop.editing.events import Event
from urwkv_desktop.editing.label_history import LabelEvent
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.encoding import encode, encode_findings, encode_label


def event(connection: sqlite3.Connection, *, case: int, revision: int, event: Event, readers: dict[str, int]) -> int:
    kind, layer, group, name, time, origin, tool, box, detail, payload = encode(event)
    connection.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       (case, revision, kind, layer, group, _reader(connection, name, readers), time, origin, tool, box,
                        detail, payload))
    return revision


def label(connection: sqlite3.Connection, *, revision: int, event: LabelEvent, readers: dict[str, int]) -> int:
    kind, name, time, detail = encode_label(event)
    connection.execute("INSERT INTO label VALUES (?, ?, ?, ?, ?)",
                       (revision, kind, _reader(connection, name, readers), time, detail))
    return revision


def cases(connection: sqlite3.Connection, *, rows: Sequence[CaseRow]) -> None:
    connection.executemany(
        'INSERT INTO "case" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET '
        "title = excluded.title, kind = excluded.kind, part = excluded.part, files = excluded.files, "
        "image_sha256 = excluded.image_sha256, group_key = excluded.group_key, findings = excluded.findings, "
        "model = excluded.model, shape = excluded.shape, detail = excluded.detail",
        [(row.id, row.identity, row.title, row.kind, row.part, json.dumps(row.files), row.image_sha256, row.group,
          encode_findings(row.findings), row.model, None if row.shape is None else json.dumps(row.shape),
          json.dumps(dict(row.detail))) for row in rows])


def meta(connection: sqlite3.Connection, *, key: str, value: str | None) -> None:
    if value is None:
        connection.execute("DELETE FROM meta WHERE key = ?", (key,))
    else:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _reader(connection: sqlite3.Connection, name: str, readers: dict[str, int]) -> int:
    """The reader's number. The row is looked up again, since a transaction that made it may have been rolled back."""
    found = connection.execute("SELECT id FROM reader WHERE name = ?", (name,)).fetchone()
    if found is None:
        cursor = connection.execute("INSERT INTO reader (name) VALUES (?)", (name,))
        readers[name] = int(cursor.lastrowid or 0)
        return readers[name]
    readers[name] = int(found[0])
    return readers[name]
