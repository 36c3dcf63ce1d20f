"""Compiled graphs kept in the user's cache folder; an entry that cannot be read is deleted and made again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

_DIGEST = 32
_KEPT = 12  # entries; one of the base network is 13 MB, and each new model or OpenVINO leaves an old one behind


class CompiledCache:
    """One file a key, beginning with the SHA-256 of what follows: damage is seen before the runtime reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, *key: str) -> Path:
        """key: everything on which the compiled graph depends."""
        name = hashlib.sha256("\n".join(key).encode()).hexdigest()[:32]
        return self.folder / f"{name}.compiled"

    def read(self, path: Path) -> bytes | None:
        """The blob, or None where there is none; a damaged one is deleted."""
        try:
            stored = path.read_bytes()
        except OSError:
            return None
        blob = stored[_DIGEST:]
        if blob and hashlib.sha256(blob).digest() == stored[:_DIGEST]:
            return blob
        self.drop(path)
        return None

    def write(self, path: Path, blob: bytes) -> None:
        """Old or new, never half. A cache that cannot be written (full disk, no rights) is done without."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self.folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as opened:
                    opened.write(hashlib.sha256(blob).digest() + blob)
                Path(beside).replace(path)
                self._leave_newest()
            except OSError:
                Path(beside).unlink(missing_ok=True)
                raise

    def _leave_newest(self) -> None:
        entries = sorted(self.folder.glob("*.compiled"), key=lambda entry: entry.stat().st_mtime, reverse=True)
        for entry in entries[_KEPT:]:
            self.drop(entry)

    def drop(self, path: Path) -> None:
        with suppress(OSError):
            path.unlink(missing_ok=True)
