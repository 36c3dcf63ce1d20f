"""Files that are whole or not there."""

from __future__ import annotations

import os
import time
from pathlib import Path

CHECKPOINT = "checkpoint.pt"

_RETRIES, _PAUSE = 20, 0.05


def replace(path: Path, content: bytes) -> None:
    """Writes beside the target and renames: a kill leaves the old file or the new one."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    for attempt in range(_RETRIES):
        try:
            beside.replace(path)
        except PermissionError:
            if os.name != "nt" or attempt == _RETRIES - 1:
                raise
            time.sleep(_PAUSE)  # Windows renames onto no file that somebody is reading
        else:
            return
