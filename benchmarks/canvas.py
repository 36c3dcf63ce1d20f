"""What the canvas costs with pictures of 512 to 16,384 pixels and a volume: window, pan, zoom, brush, undo."""

from typing import Any

from benchmarks.timing import Times
from benchmarks.window import RADIUS, SIZES, Bench, picture, volume


def rows() -> list[dict[str, Any]]:
    """p95 and median of each, ms from the event's arrival until it is painted."""
    bench = Bench()
    found: dict[str, Times] = {}
    for size in SIZES:
        bench.show(picture(size))
        found |= _rows_of(bench, str(size))
        found |= _zoomed_out(bench, size)
    bench.show(volume())
    found |= _rows_of(bench, "volume")
    bench.show(None)
    made = [row for name, times in found.items() for row in times.rows(name)]
    large, small = found["frame.p95.16384"], found["frame.p95.512"]
    return [*made, {"row": "frame.ratio.16384", "figure": round(large.p95 / small.p95, 3), "why": large.doubt}]


def _rows_of(bench: Bench, what: str) -> dict[str, Times]:
    found = {f"frame.p95.{what}": bench.window_drag(), f"pan.p95.{what}": bench.pan(),
             f"zoom.p95.{what}": bench.zoom()}
    bench.at_work()
    found[f"brush.p95.{what}"] = bench.stroke()
    found[f"undo.p95.{what}"] = bench.undo()
    return found


def _zoomed_out(bench: Bench, size: int) -> dict[str, Times]:
    """The whole image on the screen, and a brush that is 20 pixels large there; where the screen is the smaller one."""
    zoom = bench.fitted_zoom()
    if zoom >= 1:
        return {}
    return {f"brush.p95_zoomed_out.{size}": bench.stroke(RADIUS / zoom)}
