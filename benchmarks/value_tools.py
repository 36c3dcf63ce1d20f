"""What the tools that go by values cost: their strokes beside the plain brush's in the same run, and a flood fill."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benchmarks.canvas import RADIUS, Bench, Times

TOOLS = ("threshold", "probability")
SIZES = (512, 4096)
ROWS = (*(f"{tool}.{what}.{size}" for tool in TOOLS for size in SIZES for what in ("p95", "ratio", "tune")),
        *(f"flood.ms.{size}" for size in SIZES))
_ROUNDS = 5  # of a fill: the best counts


def rows() -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, "-m", "benchmarks.value_tools"], capture_output=True, text=True, check=False,
                          env={"QT_QPA_PLATFORM": "offscreen", **os.environ})
    if done.returncode:
        return [{"row": name, "figure": None, "why": f"the canvas ended with {done.returncode}"} for name in ROWS]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def measure() -> list[dict[str, Any]]:
    from PySide6.QtWidgets import QApplication

    from urwkv_desktop.editing.tools import Brush, ProbabilityBrush, ThresholdBrush

    bench, found = Bench(QApplication.instance() or QApplication([])), []
    for size in SIZES:
        bench.show(1, size)
        bench.view.document.prediction = _answer(size)  # type: ignore[union-attr]
        plain = _stroke(bench, Brush, Brush.Options(size=2.0 * RADIUS))
        for tool, options in ((ThresholdBrush, ThresholdBrush.Options(size=2.0 * RADIUS, low=1000.0, high=2000.0)),
                              (ProbabilityBrush, ProbabilityBrush.Options(size=2.0 * RADIUS))):
            times = _stroke(bench, tool, options)
            tuned = _tune(bench, tool, options)
            found += [{"row": f"{tool.id}.p95.{size}", "figure": round(times.p95, 3), **times.doubt()},
                      {"row": f"{tool.id}.ratio.{size}", "figure": round(times.quiet / plain.quiet, 3)},
                      {"row": f"{tool.id}.tune.{size}", "figure": round(tuned.p95, 3), **tuned.doubt()}]
        found.append({"row": f"flood.ms.{size}", "figure": round(_flood(bench, size), 3)})
        bench.show(None, 0)
    return found


def _stroke(bench: Bench, tool: Any, options: Any) -> Times:
    """At 100 %, so that a radius is as large on the screen at every size."""
    bench.view.zoom = 1.0
    bench.view.set_tool(tool, options)
    bench.settle()
    bench.mouse("Press", 400, 400)
    bench.settle()
    times = bench.moves(lambda n: 400 + (n * 4) % 400, lambda n: 400 + n % 97)
    bench.mouse("Release", 500, 450)
    bench.settle()
    bench.view.document.undo()  # type: ignore[union-attr]
    return times


def _tune(bench: Bench, tool: Any, options: Any) -> Times:
    """The boundary moves: the whole image on the screen, other options each time."""
    bench.view.fit()
    bench.settle()

    def turned(n: int) -> Callable[[], None]:
        moved = {"low": 900.0 + n} if hasattr(options, "low") else {"threshold": 0.3 + n / 999}
        other = replace(options, **moved)
        return lambda: bench.view.set_tool(tool, other)

    return bench.timed(turned(n) for n in range(1, 100))


def _flood(bench: Bench, size: int) -> float:
    """ms of computing for the fill alone, over all of a flat image: the most that one can cost."""
    import numpy as np

    from urwkv_desktop.editing.tools.connected import connected
    from urwkv_desktop.editing.tools.values import within
    from urwkv_desktop.imaging import Geometry, Image, ImagePoint, Plane, Rect

    image, plane = Image(np.full((1, size, size), 7, np.uint16), Geometry.picture()), Plane(0, 0)
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        connected(ImagePoint(size / 2, size / 2), Rect(0, 0, size, size), lambda rect: within(image, plane, rect, 5, 9))
        best = min(best, 1000 * (time.process_time() - start))
    return best


def _answer(size: int) -> Any:
    import numpy as np

    from urwkv_desktop.imaging import Channel, Prediction, SliceLogits

    cells = np.add.outer(np.arange(-128, 128) ** 2, np.arange(-128, 128) ** 2)
    logits = np.clip(60 - cells / 80, -127, 127).astype(np.int8)[None]
    whole = SliceLogits(logits, (0.0, 0.0, 256.0, 256.0))
    return Prediction("made up", "0" * 64, "sigmoid", (Channel("lesion"),), (1,), (size, size), {0: whole})


if __name__ == "__main__":
    print(json.dumps(measure()))
