"""From the process' first instruction to the painted window and the first mask on screen, and what memory that takes.

Each start is a process of its own with a home of its own; the program's own composition runs in it, on the sample
project or on a made picture of 512 or 4096 pixels.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

STARTS = 5
LIMIT_S = 60.0


def rows() -> list[dict[str, Any]]:
    """Medians over the starts; seconds and MB."""
    with tempfile.TemporaryDirectory() as folder:
        cold = [_start(Path(folder) / f"cold-{n}") for n in range(STARTS)]
        _start(Path(folder) / "warm")  # fills the cache
        warm = [_start(Path(folder) / "warm") for _ in range(STARTS)]
        small, large = (_start(Path(folder) / "warm", pixels) for pixels in (512, 4096))
    return [
        {"row": "start.painted.s", "figure": _median(warm, "painted_s")},
        {"row": "start.painted.mb", "figure": _median(warm, "painted_mb")},
        {"row": "start.mask.warm.s", "figure": _median(warm, "mask_s")},
        {"row": "start.mask.cold.s", "figure": _median(cold, "mask_s")},
        {"row": "memory.mb.512", "figure": small["mask_mb"]},
        {"row": "memory.mb.4096", "figure": large["mask_mb"]},
        {"row": "memory.together.mb.4096", "figure": large["together_mb"]},
    ]


def _start(home: Path, pixels: int | None = None) -> dict[str, float]:
    """One start; the child's own figures. pixels: a made ultrasound picture of that size instead of the samples."""
    arguments = [] if pixels is None else [str(_folder(home, pixels))]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "URWKV_DESKTOP_HOME": str(home),
                   "URWKV_BENCH_START": repr(time.time())}
    done = subprocess.run([sys.executable, "-m", "benchmarks.start", *arguments], capture_output=True, text=True,
                          check=False, env=environment, timeout=LIMIT_S * 2)
    if done.returncode:
        raise RuntimeError(f"the start ended with {done.returncode}: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _folder(home: Path, pixels: int) -> Path:
    """A folder with one phantom, enlarged, whose project names its model."""
    from PIL import Image

    folder = home / f"picture-{pixels}"
    folder.mkdir(parents=True, exist_ok=True)
    source = Path(__file__).parents[1] / "resources" / "samples" / "01-phantom-benign-1.png"
    with Image.open(source) as picture:
        picture.resize((pixels, pixels)).save(folder / "phantom.png")
    (folder / "project.toml").write_text('name = "bench"\n[[kind]]\nfiles = ["phantom.png"]\nmodel = "busi"\n')
    return folder


def _median(found: list[dict[str, float]], key: str) -> float:
    return round(sorted(one[key] for one in found)[len(found) // 2], 3)


def _window_mb() -> float:
    """Resident memory of the window's process."""
    return _sum_mb([str(os.getpid())], "Rss:")


def _together_mb() -> float:
    """Of the window and its decode worker; pages that both share count once, divided among those who share them."""
    return _sum_mb([str(os.getpid()), *_children(os.getpid())], "Pss:")


def _sum_mb(pids: list[str], word: str) -> float:
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(word):
                total += int(line.split()[1])
    return round(total / 1024, 1)


def _children(pid: int) -> list[str]:
    found: list[str] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [child, *_children(int(child))]
    return found


def child(target: Path | None) -> None:
    """The window's own composition, watched from outside; prints its figures and closes."""
    from PySide6.QtCore import QTimer

    from urwkv_desktop.gui import app
    from urwkv_desktop.workflow import find_places
    from urwkv_desktop.workflow import settings as stored

    begun = float(os.environ["URWKV_BENCH_START"])
    figures: dict[str, float] = {}
    paths = find_places()
    load = app.Window._load

    def painted(window: app.Window) -> None:
        figures["painted_s"], figures["painted_mb"] = round(time.time() - begun, 3), _window_mb()
        load(window)

    app.Window._load = painted  # type: ignore[method-assign, assignment]
    application = app.make_application()
    settings, _ = stored.load(paths.settings_file)
    window = app.Window(application, paths, settings, target or paths.samples)
    timer = QTimer(interval=2)

    def look() -> None:
        main: Any = getattr(window.program, "window", None)
        document = main.workspace.canvas.document if main is not None else None
        if document is not None and document.mask.voxels.any():
            timer.stop()
            main.workspace.canvas.repaint()
            figures["mask_s"] = round(time.time() - begun, 3)
            QTimer.singleShot(1500, finish)  # what is still read ahead belongs to the memory
        elif time.time() - begun > LIMIT_S:
            sys.exit(f"no mask within {LIMIT_S:.0f} s")

    def finish() -> None:
        figures["mask_mb"], figures["together_mb"] = _window_mb(), _together_mb()
        window.shell.close()

    timer.timeout.connect(look)
    timer.start()
    application.exec()
    window.end()
    print(json.dumps(figures))


if __name__ == "__main__":
    child(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
