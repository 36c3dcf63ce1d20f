"""Open, predict, edit, close, again and again in one window; what the process holds after each time."""

import gc
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint

from tests.gui.live import Live
from urwkv_desktop.imaging import Status
from urwkv_desktop.workflow.memory import give_back

_REST = 0.05  # seconds: a thread that has just handed over its last answer still holds it
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Held:
    """memory: resident, in bytes. files: open descriptors but Qt's wakers. wakers: eventfds, one for each thread of Qt;
    its pool for large pictures has as many as there are cores, and none again after 30 seconds of rest. threads: but
    one of each lane of jobs, which begins when it is first needed, in whichever cycle, and stays with the program."""

    memory: int
    files: int
    threads: int
    wakers: int


def held() -> Held:
    """Without what is free already: cycles that nobody has collected yet, and the C library's heaps."""
    gc.collect()
    give_back()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    opened = [_target(one) for one in Path("/proc/self/fd").iterdir()]
    wakers = sum("eventfd" in one for one in opened)
    threads = [one.name for one in threading.enumerate()]
    lanes = {name for name in threads if name.startswith("lane ")}
    return Held(pages * _PAGE, len(opened) - wakers, len(threads) - len(lanes), wakers)


def _target(descriptor: Path) -> str:
    """Empty for the one that read the list, and is closed again."""
    try:
        return str(descriptor.readlink())
    except FileNotFoundError:
        return ""


def cycles(live: Live, folder: Path, count: int) -> list[Held]:
    """Each on a project that begins anew: so the network looks each time, and no history grows with the cycles."""
    program = live.program
    assert program is not None
    _settle_names()
    after = list[Held]()
    for number in range(count):
        program.open(folder)
        live.until(live.is_open)
        live.until(lambda: live.document is not None and live.document.status is not Status.new)
        _edit(live, number)
        program.close_project()
        live.until(lambda: program.window is None and not live.window.jobs.jobs)
        live.rest(_REST)
        after.append(held())
        for left in folder.glob("*.urwkv*"):
            left.unlink()
    return after


def _settle_names() -> None:
    """pathlib interns every part of every path. Once CPython's table of these is full of such as are gone, it
    is made anew, at most at twice its size: a step of 4 MB that comes once, in whichever cycle. So it comes here."""
    for number in range(200_000):
        sys.intern(f"a part of a path {number}")


def _edit(live: Live, number: int) -> None:
    """A stroke across the middle, which every other time takes away what the last one drew."""
    live.main.keymap["tool.eraser" if number % 2 else "tool.brush"].trigger()
    canvas = live.main.workspace.canvas
    middle = canvas.rect().center()
    live.drag([middle, middle + QPoint(40, 25), middle + QPoint(60, -20)])
    live.until(lambda: not canvas.is_busy and live.is_saved())


def growth(after: list[Held]) -> float:
    """Bytes per 100 cycles over the second half: the slope of a line through it."""
    half = [one.memory for one in after[len(after) // 2:]]
    middle, mean = (len(half) - 1) / 2, sum(half) / len(half)
    slope = sum((place - middle) * (value - mean) for place, value in enumerate(half))
    return 100 * slope / sum((place - middle) ** 2 for place in range(len(half)))
