"""What the brushes that go by values cost: their strokes beside the plain brush's in the same run, and a notch of the
wheel that moves their boundary."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benchmarks.timing import Times
from benchmarks.window import RADIUS, TOOL_SIZES, Bench, add_prediction, picture

NOTCHES = 100


def rows() -> list[dict[str, Any]]:
    from urwkv_desktop.editing.tools import Brush, ProbabilityBrush, ThresholdBrush

    bench, found = Bench(), []
    size = 2.0 * RADIUS
    for side in TOOL_SIZES:
        bench.show(picture(side))
        add_prediction(bench.document)
        plain = _stroke(bench, Brush, Brush.Options(size=size))
        for tool, options in ((ThresholdBrush, ThresholdBrush.Options(size=size, low=1000.0, high=2000.0)),
                              (ProbabilityBrush, ProbabilityBrush.Options(size=size))):
            times = _stroke(bench, tool, options)
            found += times.rows(f"{tool.id}.p95.{side}")
            found.append({"row": f"{tool.id}.ratio.{side}", "figure": round(times.quiet / plain.quiet, 3)})
            found += _tuned(bench, tool, options).rows(f"{tool.id}.p95_tuned.{side}")
    bench.show(None)
    return found


def _stroke(bench: Bench, tool: Any, options: Any) -> Times:
    """At 100 %, so that a radius is as large on the screen at every size."""
    bench.view.zoom = 1.0
    times = bench.timed(bench.stroke_events(tool, options))
    bench.end_stroke()
    return times


def _tuned(bench: Bench, tool: Any, options: Any) -> Times:
    """The boundary moves: the whole image on the screen, other options each time."""
    bench.view.fit()
    bench.settle()

    def turned(n: int) -> Callable[[], None]:
        moved = {"low": 900.0 + n} if hasattr(options, "low") else {"threshold": 0.3 + n / 999}
        other = replace(options, **moved)
        return lambda: bench.view.set_tool(tool, other)

    return bench.timed(turned(n) for n in range(1, NOTCHES))
