"""Older files become files of today: on a copy, which takes the original's place once it is whole."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from urwkv_desktop.store import schema

# STEPS[n] turns format n into n + 1, inside one transaction. Format 1 is the first that was ever written.
STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {}


def migrate(path: Path, version: int, *, to: int = schema.VERSION,
            steps: dict[int, Callable[[sqlite3.Connection], None]] | None = None) -> Path:
    """Returns where the old file is kept: NAME.urwkv.vN.bak. Raises sqlite3.Error, and then nothing has changed."""
    steps = STEPS if steps is None else steps
    missing = [number for number in range(version, to) if number not in steps]
    if missing:
        raise sqlite3.DatabaseError(f"no way from format {missing[0]} to {missing[0] + 1}")
    fresh = path.with_name(f"{path.name}.v{to}.new")
    fresh.unlink(missing_ok=True)
    _copy(path, fresh)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        for number in range(version, to):
            connection.execute("BEGIN IMMEDIATE")
            steps[number](connection)
            connection.execute(f"PRAGMA user_version={number + 1}")
            connection.execute("COMMIT")
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the migrated copy is damaged")
    kept = path.with_name(f"{path.name}.v{version}.bak")
    _copy(path, kept)
    fresh.replace(path)
    return kept


def _copy(source: Path, target: Path) -> None:
    """By SQLite's backup interface: a file without its WAL is not the project."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
