"""What it costs until a stroke is durable: radius-20 strokes on a 2048 image, through Document and writer."""

import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.timing import EVENTS, at, at_p95_and_p50

STROKES = EVENTS


def rows() -> list[dict[str, Any]]:
    """Stroke to acknowledged and its share of the caller's thread, p95 in ms; the budget follows from this disk."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        fsync = fsync_ms(Path(folder))
        durable, caller = _strokes(Path(folder))
    found = [*at_p95_and_p50("stroke.acknowledged.p95", durable), *at_p95_and_p50("stroke.window.p95", caller)]
    found[0]["budget"] = allowed_ms(fsync)
    return found


def _strokes(folder: Path) -> tuple[list[float], list[float]]:
    """(from the edit to its acknowledgement, in the caller's thread), ms each; one at a time, as a hand makes them."""
    import numpy as np

    from urwkv_desktop.editing.document import Document
    from urwkv_desktop.editing.edits import MaskEdit
    from urwkv_desktop.editing.events import Event
    from urwkv_desktop.editing.tools.capsule import swept
    from urwkv_desktop.imaging import Geometry, Image, ImagePoint, Message, Plane
    from urwkv_desktop.store.cases import NewCase
    from urwkv_desktop.store.project import Project

    project = Project.create(folder / "bench.urwkv", folder, _start)
    [case] = project.add_cases([NewCase("bench", "bench", ("bench.png",))])
    acknowledged = threading.Event()
    project.on_acknowledged = lambda case, revision: acknowledged.set()
    image = Image(np.zeros((1, 2048, 2048), np.uint8), Geometry.picture())

    def emit(event: Event) -> None:
        project.append(case, event, document.revision - 1)

    document = Document(case, image, project.load(case, image.shape).state, emit=emit)
    random = np.random.default_rng(7)
    durable, caller = [], []
    for _ in range(STROKES):
        row, column = random.uniform(60, 1900, 2)
        rect, covered = swept(ImagePoint(row, column), ImagePoint(row + 40, column + 80), 40, "disc", (2048, 2048))
        box = Plane(0, 0).box(rect)
        before = document.mask.voxels[box.index].copy()
        after = np.where(covered[None], np.uint8(1) - before, before)
        edit = MaskEdit(Message("Brush"), "brush", document.begin_group(), 0, box, before, after, reader="bench")
        acknowledged.clear()
        start = time.perf_counter()
        document.apply(edit)
        given = time.perf_counter()
        if not acknowledged.wait(10):
            raise TimeoutError("a stroke was not acknowledged within 10 s")
        durable.append(1000 * (time.perf_counter() - start))
        caller.append(1000 * (given - start))
    project.close()
    return durable, caller


def allowed_ms(fsync: float) -> float:
    """Two of them, and 10 ms."""
    return round(2 * fsync + 10, 1)


def fsync_ms(folder: Path) -> float:
    """p95 of one fsync of 4 KiB in this folder."""
    times = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(100):
            file.write(bytes(4096))
            start = time.perf_counter()
            os.fsync(file.fileno())
            times.append(1000 * (time.perf_counter() - start))
    return at(times, 0.95)


def _start(name: str, loop: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=loop, name=name, daemon=True)
    thread.start()
    return thread

