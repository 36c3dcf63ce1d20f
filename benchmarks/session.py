"""The whole program on a folder of made ultrasound pictures: the next case, strokes until they are durable, undo.

The next case is one whose prediction and image are at hand, as for a reader who stays half a second with each.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.strokes import allowed_ms, fsync_ms
from benchmarks.timing import EVENTS, Times, at, at_p95_and_p50, joined, timed
from benchmarks.window import RADIUS, mouse_event

CASES = {512: 20, 2048: 8, 4096: 6}
STROKES, MOVES = max(EVENTS // 10, 3), 10
LIMIT_S = 60.0
LOOKS_S = 0.5  # how long a reader stays with a case


def rows() -> list[dict[str, Any]]:
    """ms; a size after the other, each in a program of its own."""
    found = []
    for size, cases in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            found += _measured(Path(folder), size, min(cases, max(EVENTS // 15, 3)))
    return found


def _measured(folder: Path, size: int, cases: int) -> list[dict[str, Any]]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "URWKV_DESKTOP_HOME": str(folder / "home")}
    pictures, fsync = _pictures(folder, size, cases), fsync_ms(folder)
    done = subprocess.run([sys.executable, "-m", "benchmarks.session", str(pictures), str(size)], capture_output=True,
                          text=True, check=False, env=environment)
    if done.returncode:
        return [{"row": f"next_case.ms.{size}", "why": f"the window ended: {done.stderr.strip()[-200:]}"}]
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    for row in found:
        if row["row"].startswith("stroke.acknowledged.p95"):
            row["budget"] = allowed_ms(fsync)
    return found


def _pictures(folder: Path, size: int, cases: int) -> Path:
    """One phantom, framed and enlarged, so that no two files are the same."""
    from PIL import Image, ImageOps

    target = folder / "pictures"
    target.mkdir()
    source = Path(__file__).parents[1] / "resources" / "samples" / "01-phantom-benign-1.png"
    names = [f"case-{n:02}.png" for n in range(cases)]
    with Image.open(source) as picture:
        for n, name in enumerate(names):
            framed = ImageOps.expand(picture, border=n + 1).resize((size, size))
            framed.save(target / name, compress_level=1)
    listed = ", ".join(f'"{name}"' for name in names)
    (target / "project.toml").write_text(f'name = "bench"\n[[kind]]\nfiles = [{listed}]\nmodel = "busi"\n')
    return target


def child(target: Path, size: int) -> None:
    """Waits until everything is predicted, goes from case to case as a hand would, and paints in the last one."""
    from urwkv_desktop.gui.app import Window, make_application
    from urwkv_desktop.workflow import find_places
    from urwkv_desktop.workflow import settings as stored

    paths = find_places()
    application = make_application()
    settings, _ = stored.load(paths.settings_file)
    window = Window(application, paths, settings, target)
    window.shell.resize(1800, 1000)
    _until(application, lambda: _is_ready(window), 4 * LIMIT_S, "not everything was predicted in time")
    steps = []
    for _ in range(len(list(target.glob("*.png"))) - 1):
        _rest(application, window)
        steps.append(_step(application, window))
    _rest(application, window)
    strokes, acknowledged = _strokes(application, window)
    undone = _undone(application, window)
    window.shell.close()
    application.processEvents()
    window.end()
    print(json.dumps([
        {"row": f"next_case.ms.{size}", "figure": round(at(steps, 0.5), 2)},
        {"row": f"next_case.p95.{size}", "figure": round(at(steps, 0.95), 2), "why": f"{len(steps)} cases"},
        *strokes.rows(f"brush.p95_in_program.{size}"), *undone.rows(f"undo.p95_in_program.{size}"),
        *at_p95_and_p50(f"stroke.acknowledged.p95_in_program.{size}", acknowledged)]))


def _is_ready(window: Any) -> bool:
    main: Any = getattr(window.program, "window", None)
    rows = main.session.rows if main is not None else ()
    return bool(rows) and main.workspace.canvas.document is not None and all(row.has_prediction for row in rows)


def _is_saved(window: Any, revision: int) -> bool:
    """The dot in the status line is solid, and the document as far as that."""
    from urwkv_desktop.workflow.changes import SavedKind

    main = window.program.window
    return main.workspace.canvas.document.revision >= revision and main.session.saved.kind is SavedKind.saved


def _until(application: Any, is_so: Callable[[], bool], seconds: float, otherwise: str) -> None:
    begun = time.monotonic()
    while not is_so():
        application.processEvents()
        time.sleep(0.0005)
        if time.monotonic() - begun > seconds:
            sys.exit(otherwise)


def _rest(application: Any, window: Any) -> None:
    """Half a second at the case, and until its neighbours are read: that is what "at hand" means."""
    since = time.monotonic() + LOOKS_S

    def rests() -> bool:
        return time.monotonic() > since and all(job.state.is_over for job in window.jobs.jobs)

    _until(application, rests, LIMIT_S, "what runs beside the window came to no end")


def _step(application: Any, window: Any) -> float:
    """ms from the key's action until the new case is painted with its mask."""
    program = window.program
    canvas = program.window.workspace.canvas
    before = canvas.document.case
    start = time.perf_counter()
    program.keymap["case.next"].trigger()
    while canvas.document is None or canvas.document.case == before or not canvas.document.mask.voxels.any():
        application.processEvents()
        if time.perf_counter() - start > LIMIT_S:
            sys.exit("the next case did not come")
    canvas.repaint()
    return 1000 * (time.perf_counter() - start)


def _strokes(application: Any, window: Any) -> tuple[Times, list[float]]:
    """(each movement of a brush until it is painted, each release until its edit is durable: ms)."""
    from urwkv_desktop.editing.tools import Brush

    canvas = window.program.window.workspace.canvas
    canvas.fit()
    canvas.zoom = max(1.0, canvas.zoom)
    canvas.set_tool(Brush, Brush.Options(size=2.0 * RADIUS))

    def send(kind: str, x: float, y: float) -> None:
        application.sendEvent(canvas, mouse_event(canvas, kind, x, y))

    _rest(application, window)
    window.program.keymap["label.clear"].trigger()  # a stroke inside the mask would change nothing, and be no edit
    _rest(application, window)
    moves, durable = [], []
    for n in range(STROKES):
        x, y = 300 + 13 * n % 400, 250 + 29 * n % 300
        send("Press", x, y)
        application.processEvents()
        moves.append(timed(application, [partial(send, "Move", x + 4 * m, y + 3 * m) for m in range(1, MOVES + 1)]))
        start = time.perf_counter()
        revision = canvas.document.revision
        send("Release", x + 4 * MOVES, y + 3 * MOVES)
        _until(application, partial(_is_saved, window, revision + 1), LIMIT_S, "a stroke was not acknowledged")
        durable.append(1000 * (time.perf_counter() - start))
    return joined(moves), durable


def _undone(application: Any, window: Any) -> Times:
    """Each of these strokes undone by the key's action, and done again, until that is painted."""
    keymap, parts = window.program.keymap, []
    for name in ("edit.undo", "edit.redo"):
        for _ in range(STROKES):
            parts.append(timed(application, [keymap[name].trigger]))
            _until(application, partial(_is_saved, window, 0), LIMIT_S, "an undo was not acknowledged")
    return joined(parts)


if __name__ == "__main__":
    child(Path(sys.argv[1]), int(sys.argv[2]))
