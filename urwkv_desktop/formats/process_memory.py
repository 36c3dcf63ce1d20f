"""How much memory another process holds, and the watch over it where the system bounds none (macOS, Windows).

On Linux the kernel bounds the decode worker itself; there this is for tests.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_PROC = Path("/proc/self/statm")
_EVERY = 0.05  # seconds between two looks; a decoder fills some hundred megabytes meanwhile


def held_by(pid: int) -> int | None:
    """Resident bytes; None where the process has gone, or nothing here can tell."""
    if _PROC.exists():
        try:
            return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return None
    return _by_psutil(pid)


def _by_psutil(pid: int) -> int | None:
    return asked(pid, lambda process: int(process.memory_info().rss))


def asked(pid: int, question: Callable[[Any], T]) -> T | None:
    """What psutil's Process answers; None where it is not there, or the process is not."""
    try:
        import psutil
    except ImportError:  # then the deadline alone guards
        return None
    try:
        return question(psutil.Process(pid))
    except psutil.Error:
        return None


class MemoryWatch:
    """Over one process during one request. allowed: bytes beyond what it held when the request began."""

    def __init__(self, pid: int, allowed: int) -> None:
        self._pid, self.allowed = pid, allowed
        self._began = held_by(pid)
        self._looked = time.monotonic()

    @property
    def pause(self) -> float:
        """Seconds until the next look."""
        return _EVERY

    def is_exceeded(self) -> bool:
        now = time.monotonic()
        if self._began is None or now - self._looked < _EVERY:
            return False
        self._looked = now
        held = held_by(self._pid)
        return held is not None and held > self._began + self.allowed
