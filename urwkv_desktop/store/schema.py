"""The project file's format: tables, versions, and how a connection is opened."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

APPLICATION_ID = 0x5552574B  # "URWK"
VERSION = 1
PREDICTIONS_SUFFIX = "-predictions"
# A writer on a network mount may have to wait for a reader of another machine.
BUSY_SECONDS = 5.0

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE reader (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE label (revision INTEGER PRIMARY KEY, kind TEXT NOT NULL, reader INTEGER NOT NULL, time INTEGER NOT NULL,
                    detail TEXT NOT NULL);
CREATE TABLE "case" (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL,
                     part TEXT NOT NULL, files TEXT NOT NULL, image_sha256 TEXT NOT NULL, group_key TEXT NOT NULL,
                     findings TEXT NOT NULL, model TEXT, shape TEXT, detail TEXT NOT NULL);
CREATE TABLE event ("case" INTEGER NOT NULL, revision INTEGER NOT NULL, kind TEXT NOT NULL, layer INTEGER NOT NULL,
                    "group" INTEGER NOT NULL, reader INTEGER NOT NULL, time INTEGER NOT NULL, origin TEXT, tool TEXT,
                    box BLOB, detail TEXT, payload BLOB, PRIMARY KEY ("case", revision));
CREATE TABLE snapshot ("case" INTEGER PRIMARY KEY, revision INTEGER NOT NULL, shape TEXT NOT NULL, mask BLOB NOT NULL);
"""


@dataclass(frozen=True)
class Header:
    """What the first hundred bytes of a file say."""

    is_sqlite: bool
    is_project: bool
    version: int


def read_header(path: Path) -> Header:
    """Without SQLite, so that nothing beside the file is touched. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(100)
    if len(start) < 100 or not start.startswith(b"SQLite format 3\0"):
        return Header(False, False, 0)
    version, application = (int.from_bytes(start[at: at + 4], "big") for at in (60, 68))
    return Header(True, application == APPLICATION_ID, version)


def connect(path: Path, *, network: bool = False) -> sqlite3.Connection:
    """For writing. On a local disk WAL, on a network mount DELETE (WAL may lose data there); FULL on both."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA journal_mode={'DELETE' if network else 'WAL'}")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def connect_read_only(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """immutable: for a folder that cannot be written, where SQLite could not even make its -shm."""
    uri = f"{_uri(path)}?mode=ro{'&immutable=1' if immutable else ''}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only=ON")
    return connection


def make_tables(connection: sqlite3.Connection) -> None:
    """In a rollback journal and in one transaction: a file is a whole project or an empty one."""
    connection.executescript(f"""BEGIN IMMEDIATE; {TABLES}
        PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={VERSION}; COMMIT;""")


def wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _uri(path: Path) -> str:
    posix = Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - resolve() would follow links away from the lock
    return "file://" + quote(os.fsencode(posix if posix.startswith("/") else "/" + posix))
