"""Where a run stands, as others may watch it."""

from __future__ import annotations

import math
from collections.abc import Callable

import msgspec

LOWEST_RATE = 1e-6


class Progress(msgspec.Struct, frozen=True):
    """Where a run stands; `run.json` in its folder holds the same. state: running, finished, stopped, failed.

    A run that `patience` ended early is finished, with fewer steps than planned. split: which cases validate, in words.
    """

    state: str
    pid: int
    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    iou: float | None
    dice: float | None
    fired: int | None
    best: float | None
    elapsed_s: float
    eta_s: float
    split: str = ""

    @property
    def share(self) -> float:
        return self.step / max(1, self.steps)


def rate_at(step: int, steps: int, highest: float, warm: float) -> float:
    """One cycle: along a cosine up to `highest` during the `warm` share of all steps, then down to almost nothing."""
    warming = max(1.0, warm * steps)
    if step < warming:
        return highest / 25 + (highest - highest / 25) * (1 - math.cos(math.pi * step / warming)) / 2
    share = (step - warming) / max(1.0, steps - warming)
    return LOWEST_RATE + (highest - LOWEST_RATE) * (1 + math.cos(math.pi * min(1.0, share))) / 2


class Pace:
    """Seconds a step by picture size, recent steps counting most."""

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}

    def take(self, size: int, seconds: float) -> None:
        known = self._seconds.get(size)
        self._seconds[size] = seconds if known is None else 0.95 * known + 0.05 * seconds

    def seconds_left(self, step: int, per_epoch: int, epochs: int, size_at: Callable[[int], int]) -> float:
        """A size not met yet is taken in proportion to its pixels."""
        if not self._seconds:
            return 0.0
        known = max(self._seconds)
        per_pixel = self._seconds[known] / known**2
        left = 0.0
        for epoch in range(step // per_epoch, epochs):
            steps = per_epoch - (step % per_epoch if epoch == step // per_epoch else 0)
            size = size_at(epoch)
            left += steps * self._seconds.get(size, per_pixel * size**2)
        return left
