"""What faster precisions and a folder of 500 cost: rows `network.ratio.*` and `segment.*`.

Precisions run in turns in one process (one runtime, so that no two pools spin against each other), best of all rounds.
`segment` runs over 500 simulated pictures as a person starts it, and the bare engine over as many pictures that are
prepared already, right before and right after: the rate is taken against the faster of the two.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
MODEL = "busi"
ROUNDS = 40
FILES = 500
THREADS = min(2, os.cpu_count() or 1)
FEW = 50  # files of the short run, against whose memory and start the long one's are held


def rows() -> list[dict[str, Any]]:
    return [*precision_rows(), *segment_rows()]


def precision_rows() -> list[dict[str, Any]]:
    """Time in bfloat16 and int8 over float32's; int8 where the model has such a graph."""
    from urwkv_desktop.inference.openvino_engine import OpenVinoEngine, takes_bfloat16

    folder = ROOT / "models" / MODEL
    why = {"bfloat16": "" if takes_bfloat16() else "this processor does not multiply in bfloat16",
           "int8": "" if (folder / "model.int8.xml").is_file() else "the card allows no int8 (docs/models.md)"}
    engines = {"float32": OpenVinoEngine(folder / "model.xml", None, threads=THREADS)}
    if not why["bfloat16"]:
        engines["bfloat16"] = OpenVinoEngine(folder / "model.xml", None, threads=THREADS, precision="bf16")
    if not why["int8"]:
        engines["int8"] = OpenVinoEngine(folder / "model.int8.xml", None, threads=THREADS, precision="int8")
    best = _in_turns(engines)
    return [{"row": f"network.ratio.{name}", "why": reason} if reason else
            {"row": f"network.ratio.{name}", "figure": round(best[name] / best["float32"], 3)}
            for name, reason in why.items()]


def _in_turns(engines: dict[str, Any]) -> dict[str, float]:
    picture = np.random.default_rng(0).standard_normal((1, 3, 256, 256), np.float32)
    best = dict.fromkeys(engines, float("inf"))
    for _ in range(ROUNDS):
        for name, engine in engines.items():
            start = time.perf_counter()
            engine.run(picture)
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def segment_rows(files: int = FILES, short: int = FEW) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _pictures(place / "images", files)
        few = place / "few"
        few.mkdir()
        for path in sorted((place / "images").iterdir())[:short]:
            os.link(path, few / path.name)
        small = _segmented(few, place / "few-out")
        before = _bare(files // 4)
        found = _segmented(place / "images", place / "out")
        engine = max(before, _bare(files // 4))
    rate = (files - short) / (found["seconds"] - small["seconds"])  # without the start of the program
    print(f"  segment: {files} files in {found['seconds']:.1f} s, {rate:.1f} a second after the start; "
          f"bare engine {engine:.1f} a second")
    return [{"row": "segment.rate_to_engine", "figure": round(rate / engine, 3)},
            {"row": "segment.rate", "figure": round(rate, 2)},
            {"row": "segment.growth.mb", "figure": round(found["mb"] - small["mb"], 1)}]


def _pictures(folder: Path, count: int) -> None:
    """Ultrasound-like noise, 500 x 570, in PNG: what the decoder has to do is as with real ones."""
    from PIL import Image as Pillow

    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(count):
        coarse = rng.integers(0, 255, (50, 57), np.uint8)
        Pillow.fromarray(coarse).resize((570, 500), Pillow.Resampling.BICUBIC).save(folder / f"case_{number:04}.png")


def _segmented(images: Path, out: Path) -> dict[str, float]:
    """Seconds of the whole command and its largest memory, the decode worker's not counted."""
    command = [sys.executable, "-m", "urwkv_desktop", "segment", str(images), "--model", MODEL, "--out", str(out)]
    measure = ("import json,resource,subprocess,sys,time; start=time.perf_counter(); "
               "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
               "print(json.dumps({'seconds': time.perf_counter()-start, "
               "'mb': resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024}))")
    ran = subprocess.run([sys.executable, "-c", measure, *command], capture_output=True, text=True, check=True,
                         cwd=ROOT)
    answer: dict[str, float] = json.loads(ran.stdout)
    return answer


def _bare(count: int) -> float:
    """Pictures a second that the engine answers, as `segment` would load it, in a process of its own."""
    ran = subprocess.run([sys.executable, "-m", "benchmarks.folder", str(count)], capture_output=True, text=True,
                         check=True, cwd=ROOT)
    return float(ran.stdout)


def bare(count: int) -> float:
    from urwkv_desktop.inference.library import ModelLibrary
    from urwkv_desktop.inference.predictor import load_predictor

    model = ModelLibrary([ROOT / "models"]).get(MODEL)
    engine = load_predictor(model, cache=None, threads=os.cpu_count()).engine
    picture = np.random.default_rng(0).standard_normal((1, 3, 256, 256), np.float32)
    for _ in range(3):
        engine.run(picture)
    start = time.perf_counter()
    for _ in range(count):
        engine.run(picture)
    return count / (time.perf_counter() - start)


if __name__ == "__main__":
    print(bare(int(sys.argv[1])))
