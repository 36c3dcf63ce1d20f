"""How long an image takes on this machine: learnt once for each model, device and precision, and kept."""

from __future__ import annotations

import hashlib
import os
import platform
import tempfile
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Final

import msgspec

FILE: Final = "speed.json"
_ENOUGH = 5  # images, after the first, which wakes threads and memory
_KEPT = 64


class SpeedBook:
    """Milliseconds an image in the program's cache folder; a file that cannot be read or written is done without.

    Learnt from the answers that are asked for anyway, so that calibration delays no mask.
    """

    def __init__(self, cache: Path | None) -> None:
        self._path = None if cache is None else cache / FILE
        self._known = _read(self._path)
        self._seen: dict[str, list[float]] = {}

    def ms(self, weights_sha256: str, engine: str) -> float | None:
        """What an image took, or None before enough were seen. engine: its name, device and precision in it."""
        return self._known.get(_key(weights_sha256, engine))

    def saw(self, weights_sha256: str, engine: str, ms: float) -> None:
        """One image took this long. The sixth one settles the figure."""
        key = _key(weights_sha256, engine)
        if key in self._known:
            return
        seen = self._seen.setdefault(key, [])
        seen.append(ms)
        if len(seen) > _ENOUGH:
            self._known[key] = round(median(seen[1:]), 1)
            self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        newest = dict(list(self._known.items())[-_KEPT:])
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self._path.parent, suffix=".part")
            with os.fdopen(handle, "wb") as opened:
                opened.write(msgspec.json.encode(newest))
            Path(beside).replace(self._path)


def _read(path: Path | None) -> dict[str, float]:
    if path is None:
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, float])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def _key(weights_sha256: str, engine: str) -> str:
    """A home may be shared by machines, so the machine is part of it."""
    machine = f"{platform.node()} {platform.machine()} {os.cpu_count()}"
    return hashlib.sha256(f"{weights_sha256}\n{engine}\n{machine}".encode()).hexdigest()[:24]
