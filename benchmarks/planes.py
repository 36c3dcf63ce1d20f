"""What a step through a volume costs, along each of its axes, alone and with three planes on the screen.

As in `canvas`: real Qt events on the real widgets, each timed until it is painted, in a process of its own. The canvas
area is 1200 x 900; volumes are 16 bit, with a lesion in the middle third of their slices.
"""

import gc
import json
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.canvas import HEIGHT, WIDTH, Times, measured_in_a_process, timed

STEPS = 200
ROWS = ("slice.p95.k", "slice.p95.j", "slice.p95.i", "slice.p95.i.1000", "slice.p95.planes", "cross.p95.planes",
        "brush.p95.planes", "split.p95.4096", "heat.p95.4096")


def rows() -> list[dict[str, Any]]:
    """row and figure (milliseconds) of each, on Qt's offscreen platform unless told otherwise."""
    return measured_in_a_process("benchmarks.planes", "1", ROWS)


def measure() -> list[dict[str, Any]]:
    from PySide6.QtWidgets import QApplication

    bench = _Bench(QApplication.instance() or QApplication([]))
    found: dict[str, Times] = {}
    bench.show(200)
    for axis, name in enumerate("kji"):
        bench.main.set_axis(axis)
        bench.settle()
        found[f"slice.p95.{name}"] = bench.steps()
    bench.main.set_axis(0)
    bench.planes.toggle()
    bench.settle()
    found["slice.p95.planes"] = bench.steps()
    found["cross.p95.planes"] = bench.cross()
    found["brush.p95.planes"] = bench.stroke()
    bench.planes.toggle()
    bench.show(1000)
    bench.main.set_axis(2)
    bench.settle()
    found["slice.p95.i.1000"] = bench.steps()
    bench.show_picture()
    bench.planes.toggle_split()
    found["split.p95.4096"] = bench.window_drag()
    bench.planes.toggle_split()
    bench.planes.next_heat()
    found["heat.p95.4096"] = bench.window_drag()
    return [{"row": row, "figure": round(times.p95, 3), **times.doubt()} for row, times in found.items()]


class _Bench:
    def __init__(self, app: Any) -> None:
        from urwkv_desktop.editing.tools import Brush
        from urwkv_desktop.gui.canvas.planes import Planes
        from urwkv_desktop.gui.panels.tool_strip import ToolStrip
        from urwkv_desktop.gui.theme import DARK
        from urwkv_desktop.gui.workspace import CanvasArea

        self.app = app
        self.planes = Planes(DARK)
        self.main = self.planes.main
        self.area = CanvasArea(self.planes, ToolStrip(()))
        self.area.resize(WIDTH, HEIGHT)
        self.main.set_tool(Brush, Brush.Options(size=40.0))
        self.area.show()
        self.settle()

    def settle(self, seconds: float = 0.1) -> None:
        """Until nothing is left to be done; a volume's mask is looked at a little at a time."""
        import time

        until = time.perf_counter() + seconds
        while time.perf_counter() < until or not (self.planes.content is None or self.planes.content.is_known):
            self.app.processEvents()

    def show(self, slices: int) -> None:
        self.planes.show_document(None)
        gc.collect()
        self.planes.show_document(_volume(slices))
        self.settle(0.3)

    def show_picture(self) -> None:
        self.planes.show_document(None)
        gc.collect()
        self.planes.show_document(_picture(4096))
        self.settle(0.3)

    def steps(self) -> Times:
        view = self.main
        count = view.slice_count

        def step(n: int) -> Callable[[], None]:
            return lambda: view.set_slice(count // 4 + n % (count // 2))

        return timed(self.app, [step(n) for n in range(STEPS)])

    def cross(self) -> Times:
        """The cross-hair drawn across the large plane: the two others show another slice each time."""
        from urwkv_desktop.imaging import ImagePoint

        def to(n: int) -> Callable[[], None]:
            return lambda: self.main.set_cross(ImagePoint(150.5 + n % 200, 120.5 + n % 230))

        return timed(self.app, [to(n) for n in range(STEPS)])

    def stroke(self) -> Times:
        self._mouse("Press", 200, 300)
        self.settle()
        times = timed(self.app, [lambda n=n: self._mouse("Move", 200 + 2 * n % 400, 300 + n % 97)  # type: ignore[misc]
                                 for n in range(STEPS)])
        self._mouse("Release", 300, 350)
        self.settle()
        return times

    def window_drag(self) -> Times:
        self._mouse("Press", 600, 450, "RightButton")
        self.settle()
        times = timed(self.app, [lambda n=n: self._mouse("Move", 600 + n % 200, 450 - n % 150,  # type: ignore[misc]
                                                         "RightButton") for n in range(STEPS)])
        self._mouse("Release", 600, 450, "RightButton")
        return times

    def _mouse(self, kind: str, x: float, y: float, button: str = "LeftButton") -> None:
        from benchmarks.canvas import mouse_event

        self.app.sendEvent(self.main, mouse_event(self.main, kind, x, y, button))


def _volume(slices: int) -> Any:
    """512 x 512 x slices at 0.8 x 0.8 x 1.5 mm."""
    import numpy as np

    from benchmarks.canvas import made_document
    from urwkv_desktop.imaging import Geometry

    return made_document(slices, 512, Geometry.from_affine(np.diag([0.8, 0.8, 1.5, 1.0]), slices))


def _picture(size: int) -> Any:
    """With an answer of the network, of which a hand took a part away, and its logits."""
    import numpy as np

    from benchmarks.canvas import made_document
    from urwkv_desktop.editing.edits import Answer, MaskEdit
    from urwkv_desktop.imaging import Box, Channel, Message, Origin, Prediction, SliceLogits

    document = made_document(1, size)
    box = Box(0, size // 8, size // 8, 1, size // 3, size // 3)
    before = document.mask.voxels[box.index].copy()
    document.apply(MaskEdit(Message("Prediction"), "network", 0, 0, box, before, np.ones_like(before), Origin.network,
                            answer=Answer("busi", "0" * 64, (0,))))
    grid = np.random.default_rng(1).integers(-90, 90, (1, 256, 256)).astype(np.int8)
    document.prediction = Prediction("busi", "0" * 64, "sigmoid", (Channel("Lesion"),), (1,), (size, size),
                                     {0: SliceLogits(grid, (0.0, 0.0, 256.0, 256.0))})
    return document


if __name__ == "__main__":
    print(json.dumps(measure()))
    sys.stdout.flush()
