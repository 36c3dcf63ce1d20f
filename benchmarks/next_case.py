"""From the key for the next case, whose prediction and image are at hand, until its image with its mask is painted.

The whole program on a folder of made ultrasound pictures, in a process of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

CASES = {512: 12, 4096: 6}
LIMIT_S = 240.0


def rows() -> list[dict[str, Any]]:
    """Medians over the cases of a folder, ms."""
    found = []
    for size in CASES:
        with tempfile.TemporaryDirectory() as folder:
            figure = _measured(Path(folder), size)
        found.append({"row": f"next_case.ms.{size}", **figure})
    return found


def _measured(folder: Path, size: int) -> dict[str, Any]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "URWKV_DESKTOP_HOME": str(folder / "home")}
    pictures = _pictures(folder, size)
    done = subprocess.run([sys.executable, "-m", "benchmarks.next_case", str(pictures)], capture_output=True, text=True,
                          check=False, env=environment, timeout=2 * LIMIT_S)
    if done.returncode:
        return {"figure": None, "why": f"the window ended with {done.returncode}"}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _pictures(folder: Path, size: int) -> Path:
    """One phantom, turned and enlarged, so that no two files are the same."""
    from PIL import Image, ImageOps

    target = folder / "pictures"
    target.mkdir()
    source = Path(__file__).parents[1] / "resources" / "samples" / "01-phantom-benign-1.png"
    names = [f"case-{n:02}.png" for n in range(CASES[size])]
    with Image.open(source) as picture:
        for n, name in enumerate(names):
            turned = ImageOps.expand(picture, border=n + 1).resize((size, size))
            turned.save(target / name, compress_level=1)
    listed = ", ".join(f'"{name}"' for name in names)
    (target / "project.toml").write_text(f'name = "bench"\n[[kind]]\nfiles = [{listed}]\nmodel = "busi"\n')
    return target


def child(target: Path) -> None:
    """Waits until everything is predicted, then goes from case to case as a hand would, half a second on each."""
    from PySide6.QtWidgets import QApplication

    from urwkv_desktop.gui.app import Window, make_application
    from urwkv_desktop.workflow import find_places
    from urwkv_desktop.workflow import settings as stored

    paths = find_places()
    application = make_application()
    settings, _ = stored.load(paths.settings_file)
    window = Window(application, paths, settings, target)
    until = time.monotonic() + LIMIT_S
    while not _is_ready(window):
        application.processEvents()
        time.sleep(0.002)
        if time.monotonic() > until:
            sys.exit("not everything was predicted in time")
    times = []
    for _ in range(len(list(target.glob("*.png"))) - 1):
        _rest(application, window)
        times.append(_step(window, QApplication.processEvents))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    window.shell.close()
    application.processEvents()
    window.end()
    times.sort()
    why = f"smallest {times[0]:.1f} ms" + (f"; busy machine, load {load:.1f}" if load > 1.5 else "")
    print(json.dumps({"figure": round(times[len(times) // 2], 2), "why": why}))


def _is_ready(window: Any) -> bool:
    main: Any = getattr(window.program, "window", None)
    rows = main.session.rows if main is not None else ()
    return bool(rows) and main.workspace.canvas.document is not None and all(row.has_prediction for row in rows)


def _rest(application: Any, window: Any) -> None:
    """Half a second at the case, and until its neighbours are read: that is what "at hand" means."""
    begun = time.monotonic()
    while time.monotonic() - begun < 20:
        application.processEvents()
        time.sleep(0.002)
        if time.monotonic() - begun > 0.5 and all(job.state.is_over for job in window.jobs.jobs):
            return


def _step(window: Any, turn: Any) -> float:
    """ms from the key's action until the new case is painted with its mask."""
    program = window.program
    canvas = program.window.workspace.canvas
    before = canvas.document.case
    start = time.perf_counter()
    program.keymap["case.next"].trigger()
    while canvas.document is None or canvas.document.case == before or not canvas.document.mask.voxels.any():
        turn()
        if time.perf_counter() - start > 20:
            sys.exit("the next case did not come")
    canvas.repaint()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    child(Path(sys.argv[1]))
