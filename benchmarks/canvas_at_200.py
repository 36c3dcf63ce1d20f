"""Full frames on a screen that is scaled to 200 %: four times the pixels."""

import os
from typing import Any

from benchmarks.window import SIZES, Bench, picture


def rows() -> list[dict[str, Any]]:
    """To be asked for before there is a QApplication: the scale is read when that is made."""
    os.environ["QT_SCALE_FACTOR"] = "2"
    bench = Bench()
    found = []
    for size in SIZES:
        bench.show(picture(size))
        found += bench.window_drag().rows(f"frame.p95_at_200.{size}")
    bench.show(None)
    return found
