"""Two models on the same cases, one after the other: whether the second may take the place of the first."""

from __future__ import annotations

import msgspec

from urwkv_desktop.training.metrics import mean_interval
from urwkv_desktop.training.scores import Evaluation

FALL = 0.05
"""So much less Dice on one case is a fall."""

FALLS = 0.1
"""The share of cases that may fall."""


class Fall(msgspec.Struct, frozen=True):
    """A case on which the second model is clearly worse."""

    id: str
    before: float
    after: float


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """n: cases with something to find. before, after: mean Dice. lo, hi: 95 % bootstrap interval of the mean
    difference, case by case. better: on how many cases by over 0.05. fired_before, fired_after: of `empty` cases with
    nothing to find, on how many over 50 pixels were drawn."""

    n: int
    before: float
    after: float
    lo: float
    hi: float
    better: int
    falls: tuple[Fall, ...] = ()
    empty: int = 0
    fired_before: int = 0
    fired_after: int = 0

    @property
    def is_no_worse(self) -> bool:
        """Mean Dice does not fall, no more than a tenth of the cases do, and no more empty ones are drawn on."""
        return (self.n > 0 and self.after >= self.before and len(self.falls) <= FALLS * self.n
                and self.fired_after <= self.fired_before)


def compared(before: Evaluation, after: Evaluation) -> Comparison:
    """Both evaluations are of the same cases; one that either refused counts for neither."""
    first, second = ({case.id: case.dice for case in one.cases} for one in (before, after))
    both = [name for name in first if name in second]
    differences = [second[name] - first[name] for name in both]
    low, high = mean_interval(differences) if both else (0.0, 0.0)
    falls = sorted((Fall(name, first[name], second[name]) for name in both if first[name] - second[name] > FALL),
                   key=lambda fall: fall.after - fall.before)
    return Comparison(
        n=len(both), before=_mean([first[name] for name in both]), after=_mean([second[name] for name in both]),
        lo=low, hi=high, better=sum(difference > FALL for difference in differences), falls=tuple(falls),
        empty=before.empty.n, fired_before=before.empty.fired_over_50px, fired_after=after.empty.fired_over_50px,
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
