"""How a project file is made and opened: whether we may write, and if not, why."""

import json
import secrets
import sqlite3
import uuid
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.store import schema
from urwkv_desktop.store.location import is_network
from urwkv_desktop.store.lock import Holder, Lock
from urwkv_desktop.store.migration import migrate
from urwkv_desktop.store.writer import cause_of

_OPENING = Message("Opening the project.")


@dataclass(frozen=True, eq=False)
class Opened:
    """reading: a connection that only reads. writing: None where we may not, and then `reason` says why (None where
    reading only was asked for). is_held: because another window writes; it is taken over if the person wants that."""

    reading: sqlite3.Connection
    writing: sqlite3.Connection | None = None
    lock: Lock | None = None
    reason: Message | None = None
    is_immutable: bool = False
    is_held: bool = False

    def close(self) -> None:
        self.reading.close()
        if self.writing is not None:
            self.writing.close()
        if self.lock is not None:
            self.lock.release()


def create_file(path: Path, root: Path, *, program: str) -> None:
    """A new project. Raises Refusal where there is one already, or where the folder or the disk does not take it."""
    if path.exists() and path.stat().st_size:
        raise Refusal(tried=Message("Making a project."), cause=Message("{file} is there already.", file=path.name),
                      cure=Message("Open it, or choose another name."))
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        _fill(fresh, {"project": uuid.uuid4().hex, "secret": secrets.token_hex(32), "program": program,
                      "root": root_text(path, root)})
        fresh.replace(path)
    except (OSError, sqlite3.Error) as error:
        for left in (fresh, fresh.with_name(fresh.name + "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise _not_made(path, error) from error


def open_file(path: Path, *, read_only: bool, take_over: bool) -> Opened:
    """Raises Refusal where the file is no project or cannot even be read."""
    _check_kind(path)
    version = schema.read_header(path).version
    if version > schema.VERSION:
        return _read_only(path, Message("This project was made by a newer version of the program (format {have}, this "
                                        "one knows {known}). Here it is open for reading only.",
                                        have=version, known=schema.VERSION))
    if read_only:
        return _read_only(path, None)
    lock = Lock(path)
    was_unclean = lock.path.exists() or _has_wal(path)
    try:
        holder = lock.take(over=take_over)
    except OSError as error:
        return _read_only(path, _unwritable(error))
    if holder is not None:
        return replace(_read_only(path, _held(holder)), is_held=True)
    return _for_writing(path, lock, version, was_unclean=was_unclean)


def root_text(path: Path, root: Path) -> str:
    """Relative to the project file where the images lie at or below it, so that both can move together."""
    try:
        return json.dumps([True, root.resolve().relative_to(path.resolve().parent).as_posix()])
    except ValueError:
        return json.dumps([False, str(root.resolve())])


def read_root(path: Path, text: str) -> Path:
    is_relative, place = json.loads(text)
    return path.parent / place if is_relative else Path(place)


def _fill(path: Path, meta: dict[str, str]) -> None:
    """Whole before it has its name: a kill in between leaves no half project."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        schema.make_tables(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        connection.execute("COMMIT")


def _for_writing(path: Path, lock: Lock, version: int, *, was_unclean: bool) -> Opened:
    try:
        if version < schema.VERSION:
            migrate(path, version)
        connection = schema.connect(path, network=is_network(path))
        try:
            damage = _damage(connection) if was_unclean else None
            if damage is not None:
                raise _DamageError(damage)
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('writer', ?)", (lock.mine.token,))
        except BaseException:
            connection.close()
            raise
    except _DamageError as damaged:
        lock.release()
        return _read_only(path, Message("The project file is damaged ({damage}). Here it is open for reading only; "
                                        "restore it from a backup.", damage=str(damaged)))
    except sqlite3.Error as error:
        lock.release()
        return _read_only(path, Message("The project file cannot be written ({reason}). Here it is open for reading "
                                        "only.", reason=str(error)))
    try:
        return Opened(_reading(path)[0], connection, lock)
    except Refusal:
        connection.close()
        lock.release()
        raise


class _DamageError(Exception):
    pass


def _damage(connection: sqlite3.Connection) -> str | None:
    try:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == ("ok",) else str(found[0])


def _read_only(path: Path, reason: Message | None) -> Opened:
    connection, is_immutable = _reading(path)
    return Opened(connection, reason=reason, is_immutable=is_immutable)


def _reading(path: Path) -> tuple[sqlite3.Connection, bool]:
    """And whether it had to be opened as immutable: in a folder that cannot be written, without a -wal.

    Raises Refusal where not even the tables can be read.
    """
    attempts = (False,) if _has_wal(path) else (False, True)
    for immutable in attempts:
        connection = schema.connect_read_only(path, immutable=immutable)
        try:
            connection.execute("SELECT count(*) FROM meta").fetchone()
        except sqlite3.Error as error:
            connection.close()
            if immutable or len(attempts) == 1:
                raise Refusal(tried=_OPENING, cause=Message("The project file cannot be read ({reason}).",
                                                            reason=str(error)),
                              cure=Message("Restore it from a backup, or copy it to a folder that can be "
                                           "written.")) from error
            continue
        return connection, immutable
    raise AssertionError("unreachable")


def _has_wal(path: Path) -> bool:
    wal = schema.wal_of(path)
    return wal.exists() and wal.stat().st_size > 0


def _check_kind(path: Path) -> None:
    try:
        header = schema.read_header(path)
    except OSError as error:
        raise Refusal(tried=_OPENING, cause=Message("{file} cannot be read ({reason}).", file=path.name,
                                                    reason=error.strerror or ""),
                      cure=Message("Choose a .urwkv file that you may read.")) from error
    if not header.is_project:
        raise Refusal(tried=_OPENING, cause=Message("{file} is not a project of this program.", file=path.name),
                      cure=Message("Choose a .urwkv file, or open the folder of images."))


def _held(holder: Holder) -> Message:
    return Message("Another window writes to this project: process {pid} of {user} on {host}. Here it is open for "
                   "reading only.", pid=holder.pid, user=holder.user or "?", host=holder.host or "?")


def _unwritable(error: OSError) -> Message:
    return Message("The folder of the project cannot be written ({reason}). Here it is open for reading only.",
                   reason=error.strerror or str(error))


def _not_made(path: Path, error: Exception) -> Refusal:
    cause = cause_of(error) if isinstance(error, sqlite3.Error) else Message("{reason}.", reason=str(
        getattr(error, "strerror", None) or error))
    return Refusal(tried=Message("Making the project {file}.", file=path.name), cause=cause,
                   cure=Message("Make room, or open the folder with a project file elsewhere (--project FILE)."))
