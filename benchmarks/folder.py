"""`segment` on a folder of 500 simulated pictures, as a person starts it.

The bare engine runs over pictures that are prepared already, right before and right after; of both the faster counts:
one engine with all threads, as everything else is held against, and two that share them, as `segment` uses them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.timing import EVENTS

if TYPE_CHECKING:
    from urwkv_desktop.inference.engine import Engine

ROOT = Path(__file__).parents[1]
MODEL = "busi"
FILES = 500 if EVENTS >= 300 else 40
FEW = max(FILES // 10, 10)  # files of the short run, against whose memory and start the long one's are held


def rows() -> list[dict[str, Any]]:
    """Files a second after the start of the program, that rate over the engine's, and MB that 450 more files take."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _pictures(place / "images", FILES)
        few = place / "few"
        few.mkdir()
        for path in sorted((place / "images").iterdir())[:FEW]:
            os.link(path, few / path.name)
        small = _segmented(few, place / "few-out")
        before = [_bare(FILES // 4, engines) for engines in (1, 2)]
        found = _segmented(place / "images", place / "out")
        one, two = (max(rate, _bare(FILES // 4, engines)) for engines, rate in enumerate(before, start=1))
    rate = (FILES - FEW) / (found["seconds"] - small["seconds"])  # without the start of the program
    print(f"  segment: {FILES} files in {found['seconds']:.1f} s, {rate:.1f} a second after the start; "
          f"bare engine {one:.1f}, two that share the threads {two:.1f}")
    return [{"row": "segment.rate_to_engine", "figure": round(rate / one, 3)},
            {"row": "segment.rate_to_two_engines", "figure": round(rate / two, 3)},
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


def _bare(count: int, engines: int) -> float:
    """Pictures a second that bare engines answer, as `segment` would load them, in a process of their own."""
    ran = subprocess.run([sys.executable, "-m", "benchmarks.folder", str(count), str(engines)], capture_output=True,
                         text=True, check=True, cwd=ROOT)
    return float(ran.stdout)


def bare(count: int, engines: int) -> float:
    """count: pictures of all engines together, which share the cores."""
    from urwkv_desktop.inference.library import ModelLibrary
    from urwkv_desktop.inference.predictor import load_predictor

    model, cores = ModelLibrary([ROOT / "models"]).get(MODEL), os.cpu_count() or 1
    loaded = [load_predictor(model, cache=None, threads=max(1, cores // engines)).engine for _ in range(engines)]
    picture = np.random.default_rng(0).standard_normal((1, 3, 256, 256), np.float32)

    def run(engine: Engine, pictures: int) -> None:
        for _ in range(pictures):
            engine.run(picture)

    for engine in loaded:
        run(engine, 3)
    threads = [threading.Thread(target=run, args=(engine, count // engines)) for engine in loaded]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count // engines * engines / (time.perf_counter() - start)


if __name__ == "__main__":
    print(bare(int(sys.argv[1]), int(sys.argv[2])))
