"""What the canvas costs: real Qt events on the real CanvasView, each timed from its arrival until it is painted.

It is measured in a process of its own, so that no other source's threads stand in its way. Window 1200 x 900.
"""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

WIDTH, HEIGHT = 1200, 900
EVENTS = 300
RADIUS = 20


def rows() -> list[dict[str, Any]]:
    """row and figure (milliseconds, but for the ratio) of each, on Qt's offscreen platform unless told otherwise."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    done = subprocess.run([sys.executable, "-m", "benchmarks.canvas"], capture_output=True, text=True, check=False,
                          env=environment)
    if done.returncode:
        return [{"row": name, "figure": None, "why": f"the canvas ended with {done.returncode}"} for name in ROWS]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def measure() -> list[dict[str, Any]]:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    bench = _Bench(app)
    figures: dict[str, float] = {}
    for size in (512, 2048, 4096, 16384):
        bench.show(1, size)
        figures[f"frame.p95.{size}"] = p95(bench.window_drag())
        if size in (512, 4096):
            figures[f"brush.p95.{size}"] = p95(bench.stroke())
            figures[f"brush.p50.{size}"] = p50(bench.last)
        if size == 4096:
            figures["brush.p95.4096_at_100"] = p95(bench.stroke(zoom=1.0))
            figures["pan.p95.4096"] = p95(bench.pan())
            figures["zoom.p95.4096"] = p95(bench.zoom())
            figures["undo.p95.4096"] = p95(bench.undo())
        bench.show(None, 0)
    bench.show(200, 512)
    figures["brush.p95.volume"] = p95(bench.stroke())
    figures["brush.p50.volume"] = p50(bench.last)
    figures["frame.ratio.16384"] = figures["frame.p95.16384"] / figures["frame.p95.512"]
    return [{"row": row, "figure": round(figure, 3)} for row, figure in figures.items()]


ROWS = ("frame.p95.512", "frame.p95.2048", "frame.p95.4096", "frame.p95.16384", "frame.ratio.16384", "pan.p95.4096",
        "zoom.p95.4096", "brush.p95.512", "brush.p95.4096", "brush.p95.volume", "undo.p95.4096")


class _Bench:
    """last: milliseconds of each event of the newest run."""

    def __init__(self, app: Any) -> None:
        from urwkv_desktop.editing.tools import Brush
        from urwkv_desktop.gui.canvas.view import CanvasView
        from urwkv_desktop.gui.theme import DARK

        self.app = app
        self.last: list[float] = []
        self.view = CanvasView(DARK)
        self.view.resize(WIDTH, HEIGHT)
        self.view.set_tool(Brush, Brush.Options(size=2.0 * RADIUS))
        self.view.show()
        self.settle()

    def show(self, slices: int | None, size: int) -> None:
        """A made-up 16 bit image with a mask on it; None lets go of it."""
        self.view.show_document(None if slices is None else _document(slices, size))
        gc.collect()
        self.settle()

    def settle(self) -> None:
        for _ in range(5):
            self.app.processEvents()

    def timed(self, events: Iterable[Callable[[], None]]) -> list[float]:
        times = []
        for send in events:
            start = time.perf_counter()
            send()
            self.app.processEvents()
            times.append(1000 * (time.perf_counter() - start))
        self.last = times
        return times

    def mouse(self, kind: str, x: float, y: float, button: str = "LeftButton") -> None:
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent

        event_type = getattr(QEvent.Type, f"MouseButton{kind}" if kind != "Move" else "MouseMove")
        pressed = getattr(Qt.MouseButton, button)
        event = QMouseEvent(event_type, QPointF(x, y), self.view.mapToGlobal(QPointF(x, y)),
                            Qt.MouseButton.NoButton if kind == "Move" else pressed,
                            Qt.MouseButton.NoButton if kind == "Release" else pressed,
                            Qt.KeyboardModifier.NoModifier)
        self.app.sendEvent(self.view, event)

    def window_drag(self) -> list[float]:
        self.mouse("Press", 600, 450, "RightButton")
        self.settle()
        times = self.timed((lambda n=n: self.mouse("Move", 600 + n % 200, 450 - n % 150, "RightButton"))
                           for n in range(1, EVENTS))
        self.mouse("Release", 600, 450, "RightButton")
        return times

    def stroke(self, zoom: float | None = None) -> list[float]:
        """Radius 20 on the screen's scale where the whole image is shown; of image pixels at a given zoom."""
        from urwkv_desktop.editing.tools import Brush

        if zoom is None:
            self.view.fit()
        else:
            self.view.zoom = zoom
        self.view.set_tool(Brush, Brush.Options(size=2.0 * RADIUS))
        self.settle()
        self.mouse("Press", 400, 400)
        self.settle()
        times = self.timed((lambda n=n: self.mouse("Move", 400 + (n * 4) % 400, 400 + n % 97))
                           for n in range(1, EVENTS))
        self.mouse("Release", 500, 450)
        self.settle()
        self.view.document.undo()
        return times

    def pan(self) -> list[float]:
        self.view.zoom = 1.0
        self.settle()
        self.mouse("Press", 600, 450, "MiddleButton")
        times = self.timed((lambda n=n: self.mouse("Move", 600 + 10 * (n % 20), 450 + 7 * (n % 20), "MiddleButton"))
                           for n in range(1, EVENTS))
        self.mouse("Release", 600, 450, "MiddleButton")
        return times

    def zoom(self) -> list[float]:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        self.view.fit()
        self.settle()

        def turn(n: int) -> None:
            at = QPointF(500, 400)
            delta = QPoint(0, 120 if n // 8 % 2 == 0 else -120)
            self.app.sendEvent(self.view, QWheelEvent(at, self.view.mapToGlobal(at), QPoint(), delta,
                                                      Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                                                      Qt.ScrollPhase.NoScrollPhase, False))

        return self.timed((lambda n=n: turn(n)) for n in range(EVENTS))

    def undo(self) -> list[float]:
        """A stroke of radius 80 across the view at 100 %, undone and done again."""
        from urwkv_desktop.editing.tools import Brush

        self.view.zoom = 1.0
        self.view.set_tool(Brush, Brush.Options(size=160.0))
        self.settle()
        self.mouse("Press", 300, 300)
        for n in range(60):
            self.mouse("Move", 300 + 10 * n, 300 + 5 * n)
        self.mouse("Release", 900, 600)
        self.settle()
        document = self.view.document
        return self.timed((document.undo if n % 2 == 0 else document.redo) for n in range(EVENTS // 4))


def _document(slices: int, size: int) -> Any:
    """16 bit noise on a slope, a lesion in the middle of every slice."""
    import numpy as np

    from urwkv_desktop.editing.document import Document
    from urwkv_desktop.editing.state import CaseState
    from urwkv_desktop.imaging import PALETTE, Geometry, Image, Label, Labels

    noise = np.random.default_rng(7).integers(0, 3000, (256, 256), np.uint16)
    tile = np.tile(noise, (-(-size // 256), -(-size // 256)))[:size, :size]
    pixels = np.broadcast_to(tile, (slices, size, size)).copy() if slices > 1 else tile[None]
    image = Image(pixels, Geometry.picture(slices=slices))
    state = CaseState.empty(image.shape)
    low, high = size // 3, size // 2
    state.mask.voxels[:, low:high, low:high] = 1
    return Document(1, image, state, labels=Labels((Label(1, "Lesion", PALETTE[0]),)))


def p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def p50(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    print(json.dumps(measure()))
