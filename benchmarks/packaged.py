"""The one-folder program that `make build` makes: what it takes on the disk, and how long it needs to check itself."""

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "dist" / "urwkv-desktop"
STARTS = 3


def rows() -> list[dict[str, Any]]:
    """MB of disk (10^6 bytes, a hard link counted once), and the median of some self-tests in a home of its own."""
    program = next((path for path in (FOLDER / "urwkv-desktop", FOLDER / "urwkv-desktop.exe") if path.is_file()), None)
    if program is None:
        return [{"row": name, "why": "not built here: make build"} for name in ("program.mb", "program.self_test.s")]
    files = {(found.st_dev, found.st_ino): found.st_size for path in FOLDER.rglob("*")
             if not path.is_symlink() and path.is_file() for found in (path.stat(),)}
    return [{"row": "program.mb", "figure": round(sum(files.values()) / 1e6, 1)}, _self_test(program)]


def _self_test(program: Path) -> dict[str, Any]:
    seconds = []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as home:
            start = time.perf_counter()
            done = subprocess.run([str(program), "--self-test"], capture_output=True, text=True, check=False,
                                  cwd=home, env={**os.environ, "URWKV_DESKTOP_HOME": home})
            seconds.append(time.perf_counter() - start)
        if done.returncode:
            said = done.stderr.strip()[-200:]
            return {"row": "program.self_test.s", "why": f"it ended with {done.returncode}: {said}"}
    return {"row": "program.self_test.s", "figure": round(sorted(seconds)[STARTS // 2], 2)}
