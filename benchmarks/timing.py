"""Milliseconds of events as they come, and the two rows that are made of them."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

EVENTS = int(os.environ.get("URWKV_BENCH_EVENTS", "300"))
_BUSY = 1.5  # load average from which others take the processor away in the middle of an event


@dataclass(frozen=True)
class Times:
    """Milliseconds of each event: by the clock, and of this process' own computing."""

    wall: list[float]
    own: list[float]

    @property
    def p95(self) -> float:
        return at(self.wall, 0.95)

    @property
    def quiet(self) -> float:
        """A quarter of the events were faster: what others' computing disturbs least."""
        return at(self.wall, 0.25)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """name: of the row of p95, in which "p95" stands; the median's is called the same with "p50"."""
        found = at_p95_and_p50(name, self.wall)
        found[0]["why"] = self.doubt
        return found

    @property
    def doubt(self) -> str:
        """What to read beside the clock's figure where others were computing too; otherwise nothing."""
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        return "" if load < _BUSY else f"load {load:.1f}, own computing {at(self.own, 0.95):.2f}"


def joined(parts: Iterable[Times]) -> Times:
    """As one, of events between which something was done that doesn't count."""
    wall, own = [], []
    for part in parts:
        wall += part.wall
        own += part.own
    return Times(wall, own)


def timed(app: Any, events: Iterable[Callable[[], object]]) -> Times:
    """Each event, from its arrival until it is painted. app: the QApplication."""
    wall, own = [], []
    for send in events:
        # In this order: where a process has threads, the first question alone may take a millisecond.
        computed, start = time.process_time(), time.perf_counter()
        send()
        app.processEvents()
        wall.append(1000 * (time.perf_counter() - start))
        own.append(1000 * (time.process_time() - computed))
    return Times(wall, own)


def at_p95_and_p50(name: str, times: list[float]) -> list[dict[str, Any]]:
    """As Times.rows, of milliseconds that other threads and the disk make too."""
    return [{"row": name, "figure": round(at(times, 0.95), 3)},
            {"row": name.replace("p95", "p50"), "figure": round(at(times, 0.5), 3)}]


def at(times: list[float], share: float) -> float:
    return sorted(times)[min(int(share * len(times)), len(times) - 1)]


def best_ms(work: Callable[[], object], rounds: int = 9) -> float:
    """Of what is computed at once: the fastest round, by the computing of all of this process' threads."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return round(1000 * min(times), 3)
