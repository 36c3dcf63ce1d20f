"""What the hand's events cost while the network predicts: the real engine, in a thread as the program runs it.

Events come at the pace of a mouse, 125 a second. *Painted* is from the moment at which one is due until it is painted;
events that came meanwhile are handed over before the next paint, as Qt hands over what its platform holds. A brush's
handler alone is held against twice what it takes while nothing predicts, and 1 ms.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.timing import EVENTS, Times
from benchmarks.window import RADIUS, SIZES, Bench, Event, picture, volume

EVERY_S = 1 / 125
PACED = min(EVENTS, 200)


def rows() -> list[dict[str, Any]]:
    from urwkv_desktop.workflow.jobs import quicken_window_thread

    quicken_window_thread()
    bench, network = Bench(), Network()
    found: list[dict[str, Any]] = []
    try:
        for size in SIZES:
            bench.show(picture(size))
            found += _rows_of(bench, network, str(size))
        bench.show(volume())
        found += _rows_of(bench, network, "volume")
        for axis, name in enumerate("kji"):
            bench.view.set_axis(axis)
            found += _painted(bench, network, f"slice.p95_predicting.{name}", bench.slice_events)
    finally:
        network.close()
    bench.show(None)
    return found


class Network:
    """A thread that predicts pictures, one after the other, while it is asked to."""

    def __init__(self) -> None:
        self._wanted, self._at_work, self._ends = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="network")
        self._thread.start()

    @contextmanager
    def predicting(self) -> Iterator[None]:
        """The first picture is done when this begins, the last one when it has ended."""
        self._at_work.clear()
        self._wanted.set()
        if not self._at_work.wait(60):
            raise TimeoutError("the network did not predict within 60 s")
        try:
            yield
        finally:
            self._wanted.clear()
            while self._at_work.is_set() and self._thread.is_alive():
                time.sleep(0.001)

    def close(self) -> None:
        self._ends.set()
        self._wanted.set()
        self._thread.join(30)

    def _run(self) -> None:
        import numpy as np

        from urwkv_desktop.imaging import Geometry, Image
        from urwkv_desktop.inference.library import ModelLibrary
        from urwkv_desktop.inference.predictor import load_predictor

        model = ModelLibrary((Path(__file__).parents[1] / "models",)).get("busi")
        predictor = load_predictor(model, device="auto", cache=None, gently=True)
        image = Image(np.random.default_rng(3).integers(0, 255, (1, 480, 640), np.uint8), Geometry.picture())
        while not self._ends.is_set():
            if not self._wanted.is_set():
                self._at_work.clear()
                self._wanted.wait()
                continue
            predictor.predict(image, labels=(1,))
            self._at_work.set()


def _rows_of(bench: Bench, network: Network, what: str) -> list[dict[str, Any]]:
    from urwkv_desktop.editing.tools import Brush

    brush = Brush.Options(size=2.0 * RADIUS)
    bench.at_work()
    idle, _ = _paced(bench, bench.stroke_events(Brush, brush))
    bench.end_stroke()
    with network.predicting():
        busy, painted = _paced(bench, bench.stroke_events(Brush, brush))
    bench.end_stroke()
    found = [*painted.rows(f"brush.p95_predicting.{what}"),
             {"row": f"brush.handler_predicting.{what}", "figure": round(busy.p95 / (2 * idle.p95 + 1), 3),
              "why": f"p95 {busy.p95:.2f} ms, idle {idle.p95:.2f} ms"}]
    found += _painted(bench, network, f"pan.p95_predicting.{what}", bench.pan_events)
    bench.mouse("Release", 600, 450, "MiddleButton")
    found += _painted(bench, network, f"zoom.p95_predicting.{what}", bench.zoom_events)
    return found + _painted(bench, network, f"undo.p95_predicting.{what}", lambda: bench.undo_events(PACED))


def _painted(bench: Bench, network: Network, name: str, make: Callable[[], list[Event]]) -> list[dict[str, Any]]:
    events = make()
    bench.settle()
    with network.predicting():
        _, painted = _paced(bench, events)
    return painted.rows(name)


def _paced(bench: Bench, events: list[Event]) -> tuple[Times, Times]:
    """(handlers, painted), each event when it is due. What is due by then comes before the next paint, as Qt has it."""
    handler, painted, own = list[float](), list[float](), list[float]()
    begin = time.perf_counter() + EVERY_S
    due = [begin + n * EVERY_S for n in range(len(events[:PACED]))]
    while len(painted) < len(due):
        while (left := due[len(painted)] - time.perf_counter()) > 0:
            time.sleep(min(left, 0.001))
        computed, first = time.thread_time(), len(painted)
        while len(handler) < len(due) and due[len(handler)] <= time.perf_counter():
            start = time.perf_counter()
            events[len(handler)]()
            handler.append(1000 * (time.perf_counter() - start))
        bench.app.processEvents()
        ended, spent = time.perf_counter(), 1000 * (time.thread_time() - computed)
        painted += [1000 * (ended - one) for one in due[first:len(handler)]]
        own += [spent] * (len(handler) - first)
    return Times(handler, own), Times(painted, own)
