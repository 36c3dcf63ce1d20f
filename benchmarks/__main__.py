"""Measures, prints the budget table filled in with the best peers' figures beside it, and writes every row as JSON.

Each part can be measured alone: `python -m benchmarks --only canvas --only fills`. The parts:

{parts}
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import measured
from benchmarks.table import Row, Rules, judged, table

SOURCES = {
    "start": "process start to painted window and first mask, memory",
    "canvas": "full frame, pan, zoom, brush, undo; 512 to 16,384 pixels and a volume",
    "canvas_at_200": "full frame on a screen scaled to 200 %",
    "planes": "slice steps, three planes, comparing with the network",
    "meanwhile": "brush, pan, zoom, undo, slices while the network predicts",
    "session": "the whole window: next case, brush, undo, strokes until they are durable",
    "value_tools": "threshold and probability brush",
    "fills": "flood fill, grow, shrink",
    "outline_tools": "livewire, polygon, line correction",
    "strokes": "a stroke until it is durable, without a window",
    "network": "the network against its matrix products and eager torch",
    "precisions": "bfloat16 and int8 against float32",
    "folder": "segment on a folder of 500 against the bare engine",
    "operator": "biWKV against other ways to compute it",
    "formats": "series, index of 5,000 DICOM files, .nii.gz",
    "exports": "DICOM SEG, proven",
    "packaged": "size of the one-folder program, its self-test",
}
OUT = Path("out/bench.json")


def main() -> None:
    options = _arguments()
    rules, sources = Rules.read(), options.only or list(SOURCES)
    found = {row["row"]: row for row in _calibration("before")}
    failures, begun = [], time.monotonic()
    for source in sources:
        print(f"measuring: {source}", flush=True)
        since = time.monotonic()
        rows, failure = measured(source, quick=options.quick)
        found |= {row["row"]: row for row in rows}
        failures += [failure] if failure else []
        print(f"  {time.monotonic() - since:.0f} s{': ' + failure if failure else ''}", flush=True)
    found |= {row["row"]: row for row in _calibration("after")}
    asked = [rule for rule in rules.rows if not options.only or rule["row"] in found]
    made = [judged(rule, found.get(rule["row"]), "; ".join(failures)) for rule in asked]
    print("\n" + table(rules, made))
    _finish(made, options.out, time.monotonic() - begun, failures)


def _arguments() -> argparse.Namespace:
    parts = "\n".join(f"  {name:<14} {text}" for name, text in SOURCES.items())
    parser = argparse.ArgumentParser(prog="python -m benchmarks", formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description=(__doc__ or "").format(parts=parts))
    parser.add_argument("--only", choices=SOURCES, action="append", metavar="PART",
                        help="measure this part, and write and print its rows alone; may be given again")
    parser.add_argument("--quick", action="store_true", help="few events: whether every row comes; no figures to keep")
    parser.add_argument("--out", type=Path, default=OUT, help=f"the rows as JSON (default {OUT})")
    return parser.parse_args()


def _calibration(when: str) -> list[Row]:
    """A fixed copy and a fixed matrix product, ms (best of 15), to read a busy machine's figures against."""
    import numpy as np

    block, target = np.ones(16 << 20, np.uint8), np.empty(16 << 20, np.uint8)
    matrix = np.ones((512, 512), np.float32)

    def best(work: Callable[[], Any]) -> float:
        times = []
        for _ in range(15):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        return round(1000 * min(times), 3)

    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return [{"row": f"calibration.copy.{when}", "figure": best(lambda: np.copyto(target, block)), "why": load},
            {"row": f"calibration.product.{when}", "figure": best(lambda: matrix @ matrix)}]


def _finish(rows: list[Row], out: Path, seconds: float, failures: list[str]) -> None:
    """What stands in the file is one run; a summary last, where it is seen."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    judged_rows = [row for row in rows if row["met"] is not None]
    missed = [row["row"] for row in judged_rows if not row["met"]]
    print(f"\n{len(judged_rows) - len(missed)} of {len(judged_rows)} budgets met in {seconds / 60:.1f} minutes; "
          f"{len(rows)} rows in {out}")
    for line in [*(f"not met: {name}" for name in missed), *failures]:
        print(line)


if __name__ == "__main__":
    main()
