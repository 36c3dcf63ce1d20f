"""How far a lesson is, in a file of its folder: written by the process that learns, read by any window."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Literal

import msgspec

from urwkv_desktop.formats.process_memory import held_by
from urwkv_desktop.training.state_files import replace

STATE, STOP = "lesson.json", "stop"
_EVERY = 0.5  # seconds between two notes of one phase

Phase = Literal["preparing", "learning", "comparing", "finished", "stopped", "refused"]
_AT_WORK = ("preparing", "learning", "comparing")


class LessonState(msgspec.Struct, frozen=True):
    """model: the one that is taught; name: what it became. words: of the progress, or why it was refused."""

    phase: Phase
    model: str = ""
    name: str = ""
    pid: int = 0
    done: int = 0
    total: int = 0
    words: str = ""

    @property
    def is_at_work(self) -> bool:
        return self.phase in _AT_WORK


class LessonDiary:
    """Of the process that learns; the folder is made with it. A wish to stop holds until the lesson is over."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._state = LessonState("preparing", pid=os.getpid())
        self._noted = 0.0
        self._write()

    @property
    def is_asked_to_stop(self) -> bool:
        return (self._folder / STOP).is_file()

    def enter(self, phase: Phase, *, model: str = "", name: str = "", words: str = "") -> None:
        state = self._state
        self._state = LessonState(phase, model or state.model, name or state.name, state.pid, words=words)
        self._write()
        if not self._state.is_at_work:
            (self._folder / STOP).unlink(missing_ok=True)

    def note(self, done: int, total: int, words: str) -> None:
        now = time.monotonic()
        if now - self._noted >= _EVERY:
            self._noted = now
            self._state = msgspec.structs.replace(self._state, done=done, total=total, words=words)
            self._write()

    def _write(self) -> None:
        replace(self._folder / STATE, msgspec.json.encode(self._state))


def read_state(folder: Path) -> LessonState | None:
    """None where no lesson was begun. One whose process has gone without a word was stopped."""
    try:
        state = msgspec.json.decode((folder / STATE).read_bytes(), type=LessonState)
    except (OSError, msgspec.MsgspecError):
        return None
    if state.is_at_work and held_by(state.pid) is None:
        return msgspec.structs.replace(state, phase="stopped")
    return state


def ask_to_stop(folder: Path) -> None:
    """The process that learns stops at its next question."""
    (folder / STOP).touch()
