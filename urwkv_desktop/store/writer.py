"""The one thread that writes a SQLite file. What waits is committed together; only then is it acknowledged."""

import contextlib
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from urwkv_desktop.imaging import Message, Refusal

Starter = Callable[[str, Callable[[], None]], object]
# How long a full or silent disk is left alone before the same writes are tried again.
_AGAIN_SECONDS = 0.5
_TURN_SECONDS = 0.25
# What SQLite says of a statement that is wrong in itself: no disk will ever take it.
_OUR_MISTAKES = (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError, sqlite3.NotSupportedError)


@dataclass(eq=False)
class Write:
    """work: what is done inside the transaction; its result is the future's. after: told once it is committed."""

    work: Callable[[sqlite3.Connection], Any]
    after: Callable[[], None] | None = None
    done: "Future[Any]" = field(default_factory=Future)


class Writer:
    """connect: called on the writer's thread. guard: raises Refusal where we may no longer write (another window took
    over). idle: called about four times a second while nothing is written. beat: called at every turn, also in trouble.
    on_error: told once for each spell of trouble. is_cache: what the disk does not take is dropped, not tried again.

    A mistake of ours (any error but the disk's) ends it: nothing of the transaction is written, on_error hears of it,
    and whatever waits or comes later is answered with a Refusal. The error itself goes to the thread's starter.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], run: Starter, *, name: str,
                 guard: Callable[[sqlite3.Connection], None] | None = None,
                 idle: Callable[[sqlite3.Connection], None] | None = None,
                 beat: Callable[[], None] | None = None,
                 on_error: Callable[[Refusal], None] | None = None, is_cache: bool = False) -> None:
        self._connect = connect
        self._is_cache = is_cache
        self._guard = guard or (lambda connection: None)
        self._idle = idle or (lambda connection: None)
        self._beat = beat or (lambda: None)
        self._on_error = on_error or (lambda refusal: None)
        self._queue: queue.SimpleQueue[Write | None] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._lost: Refusal | None = None
        self._is_closing = False
        self._hand: list[Write] = []  # what is being written
        self.is_failing = False
        run(name, self._loop)

    def put(self, write: Write) -> "Future[Any]":
        """Never waits. The future's result comes after the commit; its error is a Refusal where we may not write."""
        if self._is_closing:
            write.done.set_exception(RuntimeError("the writer was closed"))
        else:
            self._queue.put(write)
            if self._ended.is_set():
                self._answer_rest()
        return write.done

    def close(self, seconds: float = 10.0) -> bool:
        """Writes what waits; False where that did not end in time (a disk that does not answer)."""
        self._is_closing = True
        self._queue.put(None)
        return self._ended.wait(seconds)

    def _loop(self) -> None:
        try:
            self._work()
        finally:
            self._ended.set()
            self._answer_rest()

    def _work(self) -> None:
        connection, is_whole = self._connect(), False
        try:
            while self._turn(connection):
                pass
            is_whole = True
        finally:
            connection.close()
            if not is_whole:
                self._lose(_mistaken(), [write for write in self._hand if not write.done.done()])

    def _answer_rest(self) -> None:
        """Nobody else would answer what came after the end."""
        with contextlib.suppress(queue.Empty):
            while True:
                write = self._queue.get_nowait()
                if write is not None:
                    write.done.set_exception(self._lost or RuntimeError("the writer was closed"))

    def _turn(self, connection: sqlite3.Connection) -> bool:
        """False when the writer was closed and has written everything."""
        batch = self._next()
        self._beat()
        self._hand = writes = [write for write in batch if write is not None]
        if writes:
            self._write(connection, writes)
        self._hand = []
        if not writes and not self._lost:
            self._idle(connection)
        return None not in batch

    def _next(self) -> list[Write | None]:
        batch: list[Write | None] = []
        with contextlib.suppress(queue.Empty):
            batch.append(self._queue.get(timeout=_TURN_SECONDS))
            while True:
                batch.append(self._queue.get_nowait())
        return batch

    def _write(self, connection: sqlite3.Connection, writes: list[Write]) -> None:
        tries = 0
        while not self._try(connection, writes):
            tries += 1
            if self._is_cache or (self._is_closing and tries > 1):
                refusal = _failed(Message("The disk did not take it."))
                for write in writes:
                    write.done.set_exception(refusal)
                return
            self._beat()
            time.sleep(_AGAIN_SECONDS)

    def _try(self, connection: sqlite3.Connection, writes: list[Write]) -> bool:
        """True when every write has had its answer."""
        results: list[tuple[Write, Any, Exception | None]] = []
        try:
            if self._lost is not None:
                raise self._lost
            connection.execute("BEGIN IMMEDIATE")
            self._guard(connection)
            for write in writes:
                try:
                    results.append((write, write.work(connection), None))
                except sqlite3.IntegrityError as error:
                    results.append((write, None, error))
            connection.execute("COMMIT")
        except Refusal as refusal:
            self._roll_back(connection)
            self._lose(refusal, writes)
            return True
        except _OUR_MISTAKES:
            raise
        except sqlite3.Error as error:
            self._roll_back(connection)
            self._fail(error)
            return False
        self.is_failing = False
        for write, result, failure in results:
            if failure is not None:
                write.done.set_exception(failure)
                continue
            write.done.set_result(result)
            if write.after is not None:
                write.after()
        return True

    def _lose(self, refusal: Refusal, writes: list[Write]) -> None:
        is_news, self._lost = self._lost is None, self._lost or refusal
        for write in writes:
            write.done.set_exception(refusal)
        if is_news:
            self._on_error(refusal)

    def _fail(self, error: sqlite3.Error) -> None:
        if not self.is_failing:
            self.is_failing = True
            self._on_error(_failed(cause_of(error)))

    @staticmethod
    def _roll_back(connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def cause_of(error: sqlite3.Error) -> Message:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
        return Message("The disk is full.")
    return Message("The disk did not take it ({reason}).", reason=str(error))


def _failed(cause: Message) -> Refusal:
    return Refusal(tried=Message("Saving to the project file."), cause=cause,
                   cure=Message("What was saved before is safe. Make room on the disk or bring it back; "
                                "then it goes on by itself."))


def _mistaken() -> Refusal:
    return Refusal(tried=Message("Saving to the project file."),
                   cause=Message("The program made a mistake while it saved, and saves nothing more into this "
                                 "project."),
                   cure=Message("What was saved before is safe. Close the project and open it again."))
