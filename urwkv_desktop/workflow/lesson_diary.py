"""How far a lesson is, in a file of its folder: written by the process that learns, read by any window.

A lock of the system beside it says that this process is there; it goes with the process, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Literal

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.training.state_files import replace

STATE, STOP = "lesson.json", "stop"
_LOCK = "lesson.lock"
_EVERY = 0.5  # seconds between two notes of one phase
_PATIENCE = 2.0  # seconds for a window that is just asking whether the lock is held

Phase = Literal["preparing", "learning", "comparing", "finished", "stopped", "refused", "died"]
_AT_WORK = ("preparing", "learning", "comparing")


class Said(msgspec.Struct, frozen=True):
    """A Message as it can be written down, so that the window says it in its own language."""

    text: str
    values: dict[str, str | int | float] = {}

    @staticmethod
    def of(message: Message) -> Said:
        plain = {name: value if isinstance(value, (str, int, float)) else str(value)
                 for name, value in message.values.items()}
        return Said(message.text, plain)

    def message(self) -> Message:
        return Message(self.text, **self.values)


class LessonState(msgspec.Struct, frozen=True):
    """model: the one that is taught, with the SHA-256 of its weights. refused: tried, cause and cure. words: the last
    that a process said which ended without another."""

    phase: Phase
    model: str = ""
    sha256: str = ""
    done: int = 0
    total: int = 0
    refused: tuple[Said, ...] = ()
    words: str = ""

    @property
    def is_at_work(self) -> bool:
        return self.phase in _AT_WORK

    @property
    def refusal(self) -> Refusal | None:
        if len(self.refused) != 3:
            return None
        tried, cause, cure = (one.message() for one in self.refused)
        return Refusal(tried=tried, cause=cause, cure=cure)


class LessonDiary:
    """Of the process that learns, while it holds the lock. A wish to stop holds until the lesson is over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = LessonState("preparing")
        self._noted = 0.0
        self._write()

    @property
    def is_asked_to_stop(self) -> bool:
        return (self._folder / STOP).is_file()

    def teach(self, model: str, sha256: str) -> None:
        self._state = msgspec.structs.replace(self._state, model=model, sha256=sha256)
        self._write()

    def enter(self, phase: Phase, *, refusal: Refusal | None = None, words: str = "") -> None:
        state = self._state
        parts = () if refusal is None else (refusal.tried, refusal.cause, refusal.cure)
        self._state = LessonState(phase, state.model, state.sha256, words=words,
                                  refused=tuple(Said.of(one) for one in parts))
        self._write()
        if not self._state.is_at_work:
            (self._folder / STOP).unlink(missing_ok=True)

    def note(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._noted >= _EVERY:
            self._noted = now
            self._state = msgspec.structs.replace(self._state, done=done, total=total)
            self._write()

    def _write(self) -> None:
        replace(self._folder / STATE, msgspec.json.encode(self._state))


def read_state(folder: Path) -> LessonState | None:
    """None where no lesson was begun. One whose process has gone without a word has died."""
    try:
        state = msgspec.json.decode((folder / STATE).read_bytes(), type=LessonState)
    except (OSError, msgspec.MsgspecError):
        return None
    if state.is_at_work and not is_held(folder):
        return msgspec.structs.replace(state, phase="died")
    return state


def ask_to_stop(folder: Path) -> None:
    """The process that learns stops at its next question."""
    with contextlib.suppress(OSError):  # a folder that has gone has no lesson to stop
        (folder / STOP).touch()


def is_held(folder: Path) -> bool:
    """Whether a process learns there."""
    try:
        with (folder / _LOCK).open("r+b") as file:
            return not _take(file)
    except OSError:
        return False


@contextlib.contextmanager
def held(folder: Path) -> Iterator[bool]:
    """The lock, as long as this lasts; False where another process has it. Raises OSError where it can't be made."""
    with (folder / _LOCK).open("a+b") as file:
        until = time.monotonic() + _PATIENCE
        while not (is_ours := _take(file)) and time.monotonic() < until:
            time.sleep(0.05)
        yield is_ours


def _take(file: IO[bytes]) -> bool:
    """Given back when the file is closed, or its process has ended."""
    try:
        if os.name == "nt":
            msvcrt: Any = __import__("msvcrt")
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
