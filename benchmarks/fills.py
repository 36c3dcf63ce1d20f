"""What changes a whole region at once costs: flood fill, grow and shrink by 10 pixels; computing alone, and until it is
on the screen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.timing import EVENTS, Times, best_ms, joined
from benchmarks.window import TOOL_SIZES, Bench, drawn, flat_picture

DISTANCE = 10.0
REPEATS = min(EVENTS, 30)


def rows() -> list[dict[str, Any]]:
    bench, found = Bench(), []
    for side in TOOL_SIZES:
        found.append({"row": f"flood.ms.{side}", "figure": best_ms(partial(_flood, side), 5)})
        bench.show(flat_picture(side))
        found += _flooded(bench).rows(f"flood.p95.{side}")
        bench.show(_with_disc(side))
        for name in ("grow", "shrink"):
            change = _operation(bench, name)
            found.append({"row": f"{name}.ms.{side}", "figure": best_ms(change)})
            found += _changed(bench, change).rows(f"{name}.p95.{side}")
    bench.show(None)
    return found


def _flood(side: int) -> object:
    """Over all of a flat image: the most that a fill can cost."""
    import numpy as np

    from urwkv_desktop.editing.tools.connected import connected
    from urwkv_desktop.editing.tools.values import within
    from urwkv_desktop.imaging import Geometry, Image, ImagePoint, Plane, Rect

    image, plane = Image(np.full((1, side, side), 7, np.uint16), Geometry.picture()), Plane(0, 0)
    return connected(ImagePoint(side / 2, side / 2), Rect(0, 0, side, side),
                     lambda rect: within(image, plane, rect, 5, 9))


def _flooded(bench: Bench) -> Times:
    """A press and its release, until all of the image is filled on the screen."""
    from urwkv_desktop.editing.tools import FloodFill

    bench.view.fit()
    bench.view.set_tool(FloodFill, FloodFill.Options(tolerance=5.0))
    bench.settle()
    return _each(bench, lambda: bench.click(600, 450))


def _operation(bench: Bench, name: str) -> Callable[[], Any]:
    """Answers the edit, for the mask as it is."""
    from urwkv_desktop.editing import operations
    from urwkv_desktop.editing.work import Work

    def change() -> Any:
        scene = bench.view.scene()
        assert scene is not None
        made = getattr(operations, name)(scene, operations.GrowOptions(distance=DISTANCE))
        return made.run() if isinstance(made, Work) else made

    return change


def _changed(bench: Bench, change: Callable[[], Any]) -> Times:
    bench.view.fit()
    bench.settle()
    return _each(bench, lambda: bench.document.apply(change()))


def _each(bench: Bench, event: Callable[[], object]) -> Times:
    """Undone after each time, so that the same is to be done again."""
    parts = []
    for _ in range(REPEATS):
        parts.append(bench.timed([event]))
        assert bench.document.history.can_undo, "nothing was done"
        bench.document.undo()
        bench.settle(0.01)
    return joined(parts)


def _with_disc(side: int) -> Any:
    """A picture with a label that is round, and 0.6 of it wide."""
    import numpy as np

    from urwkv_desktop.imaging import Box

    away = (np.arange(side, dtype=np.float32) + 0.5 - side / 2) ** 2
    disc = np.add.outer(away, away) < (0.3 * side) ** 2
    return drawn(flat_picture(side), Box(0, 0, 0, 1, side, side), disc[None])
