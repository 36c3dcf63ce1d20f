"""What outlines cost: a livewire's movement with its repaint, a press, a polygon filled, a line that corrects."""

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.canvas import Bench

SIZES = (512, 4096)
ROWS = (*(f"livewire.p95.{size}" for size in SIZES), "livewire.press.4096", "polygon.ms.512", "polygon.wrong",
        "line_correction.ms.512")
_ROUNDS = 9  # of what is computed at once: the best counts


def rows() -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, "-m", "benchmarks.outline_tools"], capture_output=True, text=True,
                          check=False, env={"QT_QPA_PLATFORM": "offscreen", **os.environ})
    if done.returncode:
        return [{"row": name, "figure": None, "why": f"the canvas ended with {done.returncode}"} for name in ROWS]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def measure() -> list[dict[str, Any]]:
    from PySide6.QtWidgets import QApplication

    bench = Bench(QApplication.instance() or QApplication([]))
    found = []
    for size in SIZES:
        bench.show(1, size)
        times = _livewire(bench)
        found.append({"row": f"livewire.p95.{size}", "figure": round(times.p95, 3), **times.doubt()})
    found.append({"row": "livewire.press.4096", "figure": round(_press(bench), 3)})
    bench.show(1, 512)
    found += _polygon(bench)
    found.append({"row": "line_correction.ms.512", "figure": round(_correction(bench), 3)})
    bench.show(None, 0)
    return found


def _livewire(bench: Bench) -> Any:
    """The hand circles, with the whole image on the screen, and leaves the first window again and again."""
    from urwkv_desktop.editing.tools import Livewire

    bench.view.fit()
    bench.view.set_tool(Livewire)
    bench.settle()
    bench.mouse("Press", 500, 400)
    bench.mouse("Release", 500, 400)
    bench.settle()
    times = bench.moves(lambda n: 600 - 100 * math.cos(n / 60), lambda n: 400 + 100 * math.sin(n / 60), "NoButton")
    bench.view.cancel_gesture()
    return times


def _press(bench: Bench) -> float:
    from urwkv_desktop.editing.tools.edges import EdgeWindow

    scene = bench.view.scene()
    return _best(lambda: EdgeWindow.about(scene, (2000.0, 2000.0)))  # type: ignore[arg-type]


def _polygon(bench: Bench) -> list[dict[str, Any]]:
    """40 corners at random, as in the research; wrong: pixels that are not what whole fractions say."""
    import numpy as np

    from urwkv_desktop.editing.tools.inside import bounds, inside

    points = [(float(row), float(column)) for row, column in np.random.default_rng(3).integers(0, 2048, (40, 2)) / 4]
    rect = bounds(points, (512, 512))
    wrong = int((inside(points, rect) != _surrounded(points)[rect.index]).sum())
    return [{"row": "polygon.ms.512", "figure": round(_best(lambda: inside(points, rect)), 3)},
            {"row": "polygon.wrong", "figure": wrong}]


def _surrounded(points: list[tuple[float, float]]) -> Any:
    """In whole numbers: corners are quarters, centres halves, so everything is counted in eighths."""
    import numpy as np

    corners = [(round(4 * row), round(4 * column)) for row, column in points]
    y, x = np.mgrid[:512, :512] * 4 + 2
    found = np.zeros((512, 512), bool)
    for (r0, c0), (r1, c1) in zip(corners, corners[1:] + corners[:1], strict=True):
        if r0 == r1:
            continue
        (r0, c0), (r1, c1) = sorted(((r0, c0), (r1, c1)))
        found ^= (r0 <= y) & (y < r1) & ((y - r0) * (c1 - c0) <= (x - c0) * (r1 - r0))
    return found


def _correction(bench: Bench) -> float:
    """A line across a label of 200 x 200 pixels."""
    import numpy as np

    from urwkv_desktop.editing.tools.cutting import cut
    from urwkv_desktop.imaging import Rect

    label = np.zeros((216, 216), bool)
    label[8:208, 8:208] = True
    line = [(float(row), 150.0 + 10 * math.sin(row / 9)) for row in range(0, 217, 2)]
    return _best(lambda: cut(label, Rect(0, 0, 216, 216), line))


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


if __name__ == "__main__":
    print(json.dumps(measure()))
