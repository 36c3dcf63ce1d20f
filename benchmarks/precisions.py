"""What faster precisions save: the same network in float32, bfloat16 and int8, in turns in one process.

One runtime, so that no two pools spin against each other; figures are ratios of the best of all rounds.
"""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.timing import EVENTS

MODEL = Path(__file__).parents[1] / "models" / "busi"
ROUNDS = min(EVENTS, 40)
THREADS = min(2, os.cpu_count() or 1)
_NAMES = ("bfloat16", "int8", "int8_tried")


def rows() -> list[dict[str, Any]]:
    """Time over float32's. int8: where the model has such a graph; int8_tried: as `models int8` would make it."""
    with tempfile.TemporaryDirectory() as folder:
        engines, why = _engines(Path(folder))
        best = _in_turns(engines)
    return [{"row": f"network.ratio.{name}", "why": why[name]} if name in why else
            {"row": f"network.ratio.{name}", "figure": round(best[name] / best["float32"], 3)} for name in _NAMES]


def _engines(folder: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """(by precision, why there is none of those that are missing)."""
    from urwkv_desktop.inference.openvino_engine import OpenVinoEngine, takes_bfloat16

    graphs, why = {"float32": (MODEL / "model.xml", "f32")}, {}
    if takes_bfloat16():
        graphs["bfloat16"] = (MODEL / "model.xml", "bf16")
    else:
        why["bfloat16"] = "this processor does not multiply in bfloat16"
    if (MODEL / "model.int8.xml").is_file():
        graphs["int8"] = (MODEL / "model.int8.xml", "int8")
    else:
        why["int8"] = "the card allows no int8 (docs/models.md)"
    tried = _made_int8(folder)
    if tried is not None:
        graphs["int8_tried"] = (tried, "int8")
    else:
        why["int8_tried"] = "needs nncf, which is not installed"
    engines = {name: OpenVinoEngine(xml, None, threads=THREADS, precision=word) for name, (xml, word) in graphs.items()}
    return engines, why


def _made_int8(folder: Path) -> Path | None:
    """Calibrated on noise: how long it takes does not depend on the pictures."""
    xml, rng = folder / "model.int8.xml", np.random.default_rng(0)
    try:
        from urwkv_desktop.training.int8 import write_int8

        write_int8(MODEL / "model.xml", [rng.standard_normal((3, 256, 256), np.float32) for _ in range(4)], xml)
    except ModuleNotFoundError:
        return None
    return xml


def _in_turns(engines: dict[str, Any]) -> dict[str, float]:
    picture = np.random.default_rng(0).standard_normal((1, 3, 256, 256), np.float32)
    best = dict.fromkeys(engines, float("inf"))
    for _ in range(ROUNDS):
        for name, engine in engines.items():
            start = time.perf_counter()
            engine.run(picture)
            best[name] = min(best[name], time.perf_counter() - start)
    return best
