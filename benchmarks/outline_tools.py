"""What outlines cost: a livewire's movement and press, a polygon filled, a line that corrects."""

import math
from typing import Any

from benchmarks.timing import EVENTS, Times, best_ms, joined
from benchmarks.window import TOOL_SIZES, Bench, picture

CORNERS = 40
REPEATS = min(EVENTS, 20)


def rows() -> list[dict[str, Any]]:
    bench, found = Bench(), []
    for side in TOOL_SIZES:
        bench.show(picture(side))
        found += _livewire(bench).rows(f"livewire.p95.{side}")
        moved, closed = _polygon_drawn(bench)
        found += [*moved.rows(f"polygon.p95_moved.{side}"), *closed.rows(f"polygon.p95_closed.{side}")]
    found.append({"row": "livewire.press.4096", "figure": _press(bench)})
    bench.show(None)
    return [*found, *_polygon(), {"row": "line_correction.ms.512", "figure": _correction()}]


def _livewire(bench: Bench) -> Times:
    """The hand circles, with the whole image on the screen, and leaves the first window again and again."""
    from urwkv_desktop.editing.tools import Livewire

    bench.view.fit()
    bench.view.set_tool(Livewire)
    bench.settle()
    bench.click(500, 400)
    bench.settle()
    times = bench.timed(bench.moves(
        lambda n: (600 - 100 * math.cos(n / 60), 400 + 100 * math.sin(n / 60)), "NoButton"))
    bench.view.cancel_gesture()
    return times


def _press(bench: Bench) -> float:
    """One window searched for edges."""
    from urwkv_desktop.editing.tools.edges import EdgeWindow

    scene = bench.view.scene()
    assert scene is not None
    return best_ms(lambda: EdgeWindow.about(scene, (2000.0, 2000.0)))


def _polygon_drawn(bench: Bench) -> tuple[Times, Times]:
    """(a movement while 40 corners are open, Enter until the filled mask is painted); the image fitted."""
    from urwkv_desktop.editing.tools import Polygon

    bench.view.fit()
    bench.view.set_tool(Polygon)
    bench.settle()
    moved, closed = [], []
    for turn in range(REPEATS):
        for n in range(CORNERS):
            angle, reach = 2 * math.pi * n / CORNERS, 200 + 60 * (n % 2) + turn
            bench.click(600 + reach * math.cos(angle), 450 + reach * math.sin(angle))
        bench.settle()
        moved.append(bench.timed(bench.moves(lambda n: (700 + 3 * n, 300 + 2 * n), "NoButton", count=10)))
        closed.append(bench.timed([bench.view.take_gesture]))
        bench.document.undo()
        bench.settle(0.01)
    return joined(moved), joined(closed)


def _polygon() -> list[dict[str, Any]]:
    """40 corners at random, as in the research; wrong: pixels that are not what whole fractions say."""
    import numpy as np

    from urwkv_desktop.editing.tools.inside import bounds, inside

    corners = np.random.default_rng(3).integers(0, 2048, (CORNERS, 2)) / 4
    points = [(float(row), float(column)) for row, column in corners]
    rect = bounds(points, (512, 512))
    wrong = int((inside(points, rect) != _surrounded(points)[rect.index]).sum())
    return [{"row": "polygon.ms.512", "figure": best_ms(lambda: inside(points, rect))},
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


def _correction() -> float:
    """A line across a label of 200 x 200 pixels."""
    import numpy as np

    from urwkv_desktop.editing.tools.cutting import cut
    from urwkv_desktop.imaging import Rect

    label = np.zeros((216, 216), bool)
    label[8:208, 8:208] = True
    line = [(float(row), 150.0 + 10 * math.sin(row / 9)) for row in range(0, 217, 2)]
    return best_ms(lambda: cut(label, Rect(0, 0, 216, 216), line))
