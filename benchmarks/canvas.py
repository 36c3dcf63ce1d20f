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
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 1200, 900
EVENTS = 300
RADIUS = 20
BUSY = 1.5  # load average from which others take the processor away in the middle of an event
ROWS = ("frame.p95.512", "frame.p95.2048", "frame.p95.4096", "frame.p95.16384", "frame.ratio.16384", "pan.p95.4096",
        "zoom.p95.4096", "brush.p95.512", "brush.p95.4096", "brush.p95_zoomed_out.4096", "brush.p95.volume",
        "undo.p95.4096")
ROWS_AT_200 = ("frame.p95_at_200.4096",)


def rows() -> list[dict[str, Any]]:
    """row and figure (milliseconds, but for the ratio) of each, on Qt's offscreen platform unless told otherwise."""
    return measured_in_a_process("benchmarks.canvas", "1", ROWS) + \
        measured_in_a_process("benchmarks.canvas", "2", ROWS_AT_200)


def measured_in_a_process(module: str, scale: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """What the module prints as JSON; where it fails, so many rows without a figure. scale: 1 or 2, Qt's."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "QT_SCALE_FACTOR": scale}
    done = subprocess.run([sys.executable, "-m", module, scale], capture_output=True, text=True,
                          check=False, env=environment)
    if done.returncode:
        return [{"row": name, "figure": None, "why": f"{module} ended with {done.returncode}"} for name in names]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def measure(scale: str) -> list[dict[str, Any]]:
    from PySide6.QtWidgets import QApplication

    bench = Bench(QApplication.instance() or QApplication([]))
    found = _at_100(bench) if scale == "1" else _at_200(bench)
    made = [{"row": row, "figure": round(times.p95, 3), **times.doubt()} for row, times in found.items()]
    if scale == "1":
        large, small = found["frame.p95.16384"], found["frame.p95.512"]
        made.append({"row": "frame.ratio.16384", "figure": round(large.p95 / small.p95, 3), **large.doubt()})
    return made


@dataclass(frozen=True)
class Times:
    """Milliseconds of each event: by the clock, and of this process' own computing."""

    wall: list[float]
    own: list[float]

    @property
    def p95(self) -> float:
        return _at(self.wall, 0.95)

    @property
    def quiet(self) -> float:
        """A quarter of the events were faster: what others' computing disturbs least."""
        return _at(self.wall, 0.25)

    def doubt(self) -> dict[str, str]:
        """What to read beside the clock's figure where others were computing too."""
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        if load < BUSY:
            return {}
        return {"why": f"busy machine, load {load:.1f}: the clock's median {_at(self.wall, 0.5):.2f} ms, "
                       f"own computing p95 {_at(self.own, 0.95):.2f} ms"}


def timed(app: Any, events: Iterable[Callable[[], object]]) -> Times:
    """Each event, from its arrival until it is painted."""
    wall, own = [], []
    for send in events:
        # In this order: where a process has threads, the first question alone may take a millisecond.
        computed, start = time.process_time(), time.perf_counter()
        send()
        app.processEvents()
        wall.append(1000 * (time.perf_counter() - start))
        own.append(1000 * (time.process_time() - computed))
    return Times(wall, own)


def mouse_event(view: Any, kind: str, x: float, y: float, button: str = "LeftButton") -> Any:
    """kind: Press, Move or Release; x, y: logical pixels of the view."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent

    event_type = getattr(QEvent.Type, f"MouseButton{kind}" if kind != "Move" else "MouseMove")
    pressed, nothing = getattr(Qt.MouseButton, button), Qt.MouseButton.NoButton
    return QMouseEvent(event_type, QPointF(x, y), view.mapToGlobal(QPointF(x, y)),
                       nothing if kind == "Move" else pressed, nothing if kind == "Release" else pressed,
                       Qt.KeyboardModifier.NoModifier)


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(share * len(times))]


def _at_100(bench: "Bench") -> dict[str, Times]:
    found: dict[str, Times] = {}
    for size in (512, 2048, 4096, 16384):
        bench.show(1, size)
        found[f"frame.p95.{size}"] = bench.window_drag()
        if size == 512:
            found["brush.p95.512"] = bench.stroke()
        if size == 4096:
            found["brush.p95.4096"] = bench.stroke(zoom=1.0)
            found["brush.p95_zoomed_out.4096"] = bench.stroke()
            found["pan.p95.4096"] = bench.pan()
            found["zoom.p95.4096"] = bench.zoom()
            found["undo.p95.4096"] = bench.undo()
        bench.show(None, 0)
    bench.show(200, 512)
    found["brush.p95.volume"] = bench.stroke()
    return found


def _at_200(bench: "Bench") -> dict[str, Times]:
    bench.show(1, 4096)
    return {"frame.p95_at_200.4096": bench.window_drag()}


class Bench:
    def __init__(self, app: Any) -> None:
        from urwkv_desktop.editing.tools import Brush
        from urwkv_desktop.gui.canvas.view import CanvasView
        from urwkv_desktop.gui.theme import DARK

        self.app = app
        self.view = CanvasView(DARK)
        self.view.resize(WIDTH, HEIGHT)
        self.view.set_tool(Brush, Brush.Options(size=2.0 * RADIUS))
        self.view.show()
        self.settle()

    def show(self, slices: int | None, size: int) -> None:
        """A made-up 16 bit image with a mask on it; None lets go of it."""
        self.view.show_document(None if slices is None else made_document(slices, size))
        gc.collect()
        self.settle()

    def settle(self) -> None:
        for _ in range(5):
            self.app.processEvents()

    def timed(self, events: Iterable[Callable[[], object]]) -> Times:
        return timed(self.app, events)

    def mouse(self, kind: str, x: float, y: float, button: str = "LeftButton") -> None:
        self.app.sendEvent(self.view, mouse_event(self.view, kind, x, y, button))

    def moves(self, x: Callable[[int], float], y: Callable[[int], float], button: str = "LeftButton") -> Times:
        return self.timed((lambda n=n: self.mouse("Move", x(n), y(n), button))  # type: ignore[misc]
                          for n in range(1, EVENTS))

    def window_drag(self) -> Times:
        self.mouse("Press", 600, 450, "RightButton")
        self.settle()
        times = self.moves(lambda n: 600 + n % 200, lambda n: 450 - n % 150, "RightButton")
        self.mouse("Release", 600, 450, "RightButton")
        return times

    def stroke(self, zoom: float | None = None) -> Times:
        """Radius 20 in image pixels, at a zoom or (None) with the whole image on the screen."""
        from urwkv_desktop.editing.tools import Brush

        if zoom is None:
            self.view.fit()
        else:
            self.view.zoom = zoom
        self.view.set_tool(Brush, Brush.Options(size=2.0 * RADIUS))
        self.settle()
        self.mouse("Press", 400, 400)
        self.settle()
        times = self.moves(lambda n: 400 + (n * 4) % 400, lambda n: 400 + n % 97)
        self.mouse("Release", 500, 450)
        self.settle()
        self.view.document.undo()  # type: ignore[union-attr]
        return times

    def pan(self) -> Times:
        self.view.zoom = 1.0
        self.settle()
        self.mouse("Press", 600, 450, "MiddleButton")
        times = self.moves(lambda n: 600 + 10 * (n % 20), lambda n: 450 + 7 * (n % 20), "MiddleButton")
        self.mouse("Release", 600, 450, "MiddleButton")
        return times

    def zoom(self) -> Times:
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

        return self.timed((lambda n=n: turn(n)) for n in range(EVENTS))  # type: ignore[misc]

    def undo(self) -> Times:
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
        assert document is not None
        return self.timed((document.undo if n % 2 == 0 else document.redo) for n in range(EVENTS // 4))


def made_document(slices: int, size: int, geometry: Any = None) -> Any:
    """16 bit noise, a lesion in the middle of every slice."""
    import numpy as np

    from urwkv_desktop.editing.document import Document
    from urwkv_desktop.editing.state import CaseState
    from urwkv_desktop.imaging import PALETTE, Geometry, Image, Label, Labels

    noise = np.random.default_rng(7).integers(0, 3000, (256, 256), np.uint16)
    tile = np.tile(noise, (-(-size // 256), -(-size // 256)))[:size, :size]
    pixels = np.broadcast_to(tile, (slices, size, size)).copy() if slices > 1 else tile[None]
    image = Image(pixels, geometry or Geometry.picture(slices=slices))
    state = CaseState.empty(image.shape)
    low, high = size // 3, size // 2
    state.mask.voxels[:, low:high, low:high] = 1
    return Document(1, image, state, labels=Labels((Label(1, "Lesion", PALETTE[0]),)))


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1] if len(sys.argv) > 1 else "1")))
