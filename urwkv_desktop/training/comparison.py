"""What comparing two models on the same cases found, and whether the second may take the place of the first."""

from __future__ import annotations

import msgspec

FALL = 0.05
"""So much less Dice on one case is a fall."""

FALLS = 0.1
"""The share of cases that may fall."""

TELLING = 10
"""On fewer cases a mean tells little, whatever it is."""


class Fall(msgspec.Struct, frozen=True):
    """A case on which the second model is clearly worse: its Dice before and after."""

    id: str
    before: float
    after: float


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """n: cases with something to find that both models were measured on. before, after: mean Dice. lo, hi: 95 %
    bootstrap interval of the mean difference, case by case. better: on how many cases by over 0.05. fired_before,
    fired_after: of `empty` cases with nothing to find, on how many over 50 pixels were drawn. refused: cases that could
    not be measured. model, new_model: names, with the SHA-256 of their weights."""

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
    refused: int = 0
    model: str = ""
    sha256: str = ""
    new_model: str = ""
    new_sha256: str = ""

    @property
    def is_no_worse(self) -> bool:
        """Mean Dice does not fall, no more than a tenth of the cases do, and no more empty ones are drawn on."""
        return (self.n > 0 and self.after >= self.before and len(self.falls) <= FALLS * self.n
                and self.fired_after <= self.fired_before)

    @property
    def is_telling(self) -> bool:
        return self.n >= TELLING
