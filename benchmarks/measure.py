"""One source of figures in a process of its own: `python -m benchmarks.measure SOURCE FILE` writes its rows to FILE.

So no source's threads or memory stand in another's way, and one that fails takes no other's figures with it.
"""

import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def measured(source: str, *, quick: bool) -> tuple[list[Row], str]:
    """Rows of a source, and why there are none where it failed. quick: with few events, to see that it works."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **({"URWKV_BENCH_EVENTS": "25"} if quick else {})}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a tester's wish; the program is measured as a person has it
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.json"
        done = subprocess.run([sys.executable, "-m", "benchmarks.measure", source, str(file)], check=False,
                              env=environment, stderr=subprocess.PIPE, text=True)
        if done.returncode == 0:
            rows: list[Row] = json.loads(file.read_text(encoding="utf-8"))
            return rows, ""
    sys.stderr.write(done.stderr)
    last = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
    return [], f"{source} failed: {last}"


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(import_module(f"benchmarks.{sys.argv[1]}").rows()), encoding="utf-8")
