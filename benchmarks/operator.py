"""`make operator`: biWKV against other ways to compute it, T = 64 to 65,536; out/operator.json and a picture.

Each point is the best of its runs in a process of its own, on one thread, one sequence of 64 channels, float32. Memory
is what the process grew by beside the inputs. Forms that would take minutes stop where `REACH` says.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TOKENS = (64, 256, 1024, 4096, 16_384, 65_536)
CHANNELS = 64
# Longest sequence of each form: alone, and with its gradients (0: not measured).
REACH = {"ours": (65_536, 65_536), "doubling": (65_536, 16_384), "loop": (65_536, 4096), "dense": (4096, 0)}
NAMES = {"ours": "ours (linear)", "doubling": "doubling scan (T log T)", "loop": "loop over tokens",
         "dense": "dense (T²)"}
COLOURS = {"ours": "#0072b2", "doubling": "#e69f00", "loop": "#009e73", "dense": "#cc79a7"}
PICTURE = Path(__file__).parents[1] / "docs" / "images" / "operator.png"


# A form at a length, alone or with its gradients.
Point = tuple[str, int, bool]


def all_points() -> list[Point]:
    """Those of the curves."""
    return [(form, tokens, gradients) for form, reaches in REACH.items()
            for gradients, reach in zip((False, True), reaches, strict=True) for tokens in TOKENS if tokens <= reach]


def measure(points: Sequence[Point]) -> list[dict[str, Any]]:
    measured = []
    for form, tokens, gradients in points:
        kind = "learns" if gradients else "alone"
        command = [sys.executable, "-m", "benchmarks.operator_forms", form, str(tokens), str(CHANNELS), kind]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        measured.append({"form": form, "tokens": tokens, "gradients": gradients, **found})
        print(f"  {form:<9} {kind:<7} T={tokens:<6} {found['ms']:>10.2f} ms {found['mb']:>8.1f} MB", flush=True)
    return measured


def rows() -> list[dict[str, Any]]:
    """How the time grows from T = 4,096 to 65,536, and against the other forms at the longest that they are run at."""
    wanted: list[Point] = [*(("ours", tokens, gradients) for tokens in (4096, 65_536) for gradients in (False, True)),
                           ("loop", 4096, False), ("doubling", 65_536, False), ("dense", 4096, False)]
    points = {(each["form"], each["tokens"], each["gradients"]): each for each in measure(wanted)}

    def ratio(one: Point, other: Point) -> float:
        return round(float(points[one]["ms"] / points[other]["ms"]), 2)

    return [
        {"row": "operator.growth.16x", "figure": ratio(("ours", 65_536, False), ("ours", 4096, False))},
        {"row": "operator.growth.16x.learning", "figure": ratio(("ours", 65_536, True), ("ours", 4096, True))},
        {"row": "operator.speedup_to_loop.4096", "figure": ratio(("loop", 4096, False), ("ours", 4096, False))},
        {"row": "operator.speedup_to_doubling.65536",
         "figure": ratio(("doubling", 65_536, False), ("ours", 65_536, False))},
        {"row": "operator.speedup_to_dense.4096", "figure": ratio(("dense", 4096, False), ("ours", 4096, False))},
        {"row": "operator.mb.65536", "figure": points["ours", 65_536, True]["mb"]},
    ]


def draw(points: list[dict[str, Any]], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, 2, figsize=(10, 4.6), layout="constrained")
    for panel, what, unit in zip(panels, ("ms", "mb"), ("milliseconds, one run", "MB beside the inputs"), strict=True):
        for form in REACH:
            for gradients, line in ((False, "-"), (True, "--")):
                found = [each for each in points if each["form"] == form and each["gradients"] is gradients]
                if found:
                    panel.plot([each["tokens"] for each in found], [max(each[what], 0.01) for each in found], line,
                               marker="o", markersize=4, color=COLOURS[form],
                               label=NAMES[form] if not gradients else f"{NAMES[form]}, with gradients")
        panel.set(xscale="log", yscale="log", xlabel="tokens T", ylabel=unit)
        panel.set_xticks(TOKENS, [f"{tokens:,}" for tokens in TOKENS])
        panel.minorticks_off()
        panel.grid(alpha=0.25)
        panel.spines[["top", "right"]].set_visible(False)
    if any(each["mb"] for each in points):
        panels[1].set_ylim(bottom=0.5)
    lines, names = panels[0].get_legend_handles_labels()
    figure.legend(lines, names, loc="outside lower center", ncols=4, fontsize=8, frameon=False)
    figure.suptitle("biWKV: one sequence of 64 channels, float32, one thread of the processor", fontsize=10)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.operator", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/operator.json"))
    parser.add_argument("--picture", type=Path, default=PICTURE)
    options = parser.parse_args()
    points = measure(all_points())
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(points, indent=1) + "\n", encoding="utf-8")
    draw(points, options.picture)


if __name__ == "__main__":
    main()
