"""What a brush event costs while the network predicts: the real engine, in a thread as the program runs it.

Two figures of each event: its handler alone, and from the moment at which the hand's event is due (125 a second) until
it is painted. In a process of its own.
"""

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.canvas import Times, made_document, measured_in_a_process

EVENTS = 375
EVERY_S = 1 / 125
ROWS = ("brush.handler_ratio.predicting", "brush.painted.p95.predicting")


def rows() -> list[dict[str, Any]]:
    """Handler p95 against 2 x idle + 1 ms (1 is the bound), and painted p95 in ms."""
    return measured_in_a_process("benchmarks.meanwhile", "1", ROWS)


def measure() -> list[dict[str, Any]]:
    from PySide6.QtWidgets import QApplication

    from benchmarks.canvas import Bench
    from urwkv_desktop.workflow.jobs import quicken_window_thread

    quicken_window_thread()
    bench = Bench(QApplication.instance() or QApplication([]))
    bench.view.show_document(made_document(1, 2048))
    bench.settle()
    idle, _ = _stroke(bench)
    stop, ready = threading.Event(), threading.Event()
    counted: list[int] = []
    thread = threading.Thread(target=_predict, args=(stop, ready, counted), name="network")
    thread.start()
    ready.wait(60)
    busy, painted = _stroke(bench)
    stop.set()
    thread.join(30)
    bound = 2 * idle.p95 + 1
    why = f"handler p95 idle {idle.p95:.2f} ms, meanwhile {busy.p95:.2f} ms, {len(counted)} predictions"
    load = painted.doubt().get("why", "")
    whole = "; ".join(part for part in (why, load) if part)
    return [{"row": ROWS[0], "figure": round(busy.p95 / bound, 3), "why": whole},
            {"row": ROWS[1], "figure": round(painted.p95, 3), **painted.doubt()}]


def _predict(stop: threading.Event, ready: threading.Event, counted: list[int]) -> None:
    """Pictures one after the other, until told to stop."""
    import numpy as np

    from urwkv_desktop.imaging import Geometry, Image
    from urwkv_desktop.inference.library import ModelLibrary
    from urwkv_desktop.inference.predictor import load_predictor

    model = ModelLibrary((Path(__file__).parents[1] / "models",)).get("busi")
    predictor = load_predictor(model, device="auto", cache=None, gently=True)
    pixels = np.random.default_rng(3).integers(0, 255, (1, 480, 640), np.uint8)
    image = Image(pixels, Geometry.picture())
    while not stop.is_set():
        predictor.predict(image, labels=(1,))
        counted.append(1)
        ready.set()


def _stroke(bench: Any) -> tuple[Times, Times]:
    """(handlers, painted) of one long stroke at the pace of a mouse."""
    bench.view.zoom = 1.0
    bench.settle()
    bench.mouse("Press", 400, 400)
    bench.settle()
    handler, painted, own = [], [], []
    begin = time.perf_counter() + EVERY_S
    for n in range(EVENTS):
        due = begin + n * EVERY_S
        while (left := due - time.perf_counter()) > 0:
            time.sleep(min(left, 0.001))
        computed, start = time.thread_time(), time.perf_counter()
        bench.mouse("Move", 300 + (n * 4) % 500, 300 + n % 297)
        handled = time.perf_counter()
        bench.app.processEvents()
        handler.append(1000 * (handled - start))
        painted.append(1000 * (time.perf_counter() - due))
        own.append(1000 * (time.thread_time() - computed))
    bench.mouse("Release", 500, 450)
    bench.settle()
    return Times(handler, own), Times(painted, own)


if __name__ == "__main__":
    print(json.dumps(measure()))
    sys.stdout.flush()
