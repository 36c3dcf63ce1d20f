"""`make bench`: measures, prints the budget table filled in, writes the rows as JSON.

Every source of figures is a module with `rows() -> list[dict]`: row, and figure or why there is none. What each row is
allowed to be stands in rows.toml alone.
"""

import argparse
import json
import time
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

SOURCES = ("start", "canvas", "planes", "meanwhile", "next_case", "value_tools", "outline_tools", "strokes",
           "network", "folder", "operator", "exports")


def calibration() -> dict[str, float]:
    """A fixed copy and a fixed matrix product, ms (best of 15), to read a busy machine's figures against."""
    import numpy as np

    block, target = np.ones(16 << 20, np.uint8), np.empty(16 << 20, np.uint8)
    matrix = np.ones((512, 512), np.float32)

    def best(work: Any) -> float:
        times = []
        for _ in range(15):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        return 1000 * min(times)

    return {"copy_16_mib_ms": best(lambda: np.copyto(target, block)), "product_512_ms": best(lambda: matrix @ matrix)}


def judge(rule: dict[str, Any], found: dict[str, Any] | None) -> dict[str, Any]:
    """One row as bench.json holds it. met speaks of the budget: None where there is no figure or no budget."""
    found = found or {"why": "not measured by this version"}
    figure, why = found.get("figure"), found.get("why", "")
    budget = rule.get("budget", found.get("budget"))  # a row whose budget follows from this machine brings its own
    met = None
    if figure is not None and budget is not None:
        met = figure >= budget if rule.get("more_is_better") else figure <= budget
    return {"row": rule["row"], "budget": budget, "must": rule.get("must"), "figure": figure, "unit": rule["unit"],
            "peer": rule.get("peer"), "met": met, "why": why}


def table(rules: list[dict[str, Any]], rows: list[dict[str, Any]]) -> str:
    def number(value: float | None) -> str:
        return "" if value is None else f"{value:.3g}" if value < 100 else f"{value:.0f}"

    lines = [f"{'row':<30}{'figure':>9} {'unit':<4}{'budget':>8}{'must':>7}{'peer':>7}  met", "-" * 78]
    for rule, row in zip(rules, rows, strict=True):
        verdict = {True: "yes", False: "NO", None: "-"}[row["met"]]
        lines.append(f"{row['row']:<30}{number(row['figure']):>9} {row['unit']:<4}{number(row['budget']):>8}"
                     f"{number(row['must']):>7}{number(row['peer']):>7}  {verdict:<4}{row['why'] or rule['text']}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/bench.json"))
    parser.add_argument("--only", choices=SOURCES, action="append", help="measure these sources alone")
    options = parser.parse_args()
    rules = tomllib.loads((Path(__file__).parent / "rows.toml").read_text(encoding="utf-8"))["row"]
    before = calibration()
    found: dict[str, dict[str, Any]] = {}
    for source in options.only or SOURCES:
        print(f"measuring: {source}", flush=True)
        for row in import_module(f"benchmarks.{source}").rows():
            found[row["row"]] = row
    rows = [judge(rule, found.get(rule["row"])) for rule in rules]
    after = calibration()
    print("\n" + table(rules, rows))
    print("calibration before and after, ms: " + ", ".join(f"{k} {before[k]:.2f} / {after[k]:.2f}" for k in before))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
