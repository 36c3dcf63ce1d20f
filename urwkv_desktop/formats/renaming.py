"""A written file takes its name."""

import os
import time
from pathlib import Path

_RETRIES, _PAUSE = 10, 0.2  # Windows: a virus scanner or a reader may hold the target for a moment


def into_place(temporary: Path, target: Path) -> None:
    """Renames over what stands there: the old file or the new one, never half. Raises OSError."""
    for attempt in range(_RETRIES):
        try:
            temporary.replace(target)
        except PermissionError:
            if os.name != "nt" or attempt == _RETRIES - 1:
                raise
            time.sleep(_PAUSE)
        else:
            return
