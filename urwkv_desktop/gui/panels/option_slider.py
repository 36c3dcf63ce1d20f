"""A number between two bounds, as a slider with its value in words."""

import math
from dataclasses import dataclass

from PySide6.QtCore import Signal

from urwkv_desktop.gui.controls import SliderRow


@dataclass(frozen=True)
class Scale:
    """kind: "even" steps; "ratio": each step multiplies, so that 2 px and 200 px are equally easy to hit; "odds": a
    probability whose steps multiply its odds.

    factor: of the number that is shown (100 for per cent).
    """

    low: float
    high: float
    unit: str = ""
    kind: str = "even"
    factor: float = 1.0

    def share(self, number: float) -> float:
        """0..1: where the number stands."""
        low, high, here = (self._along(one) for one in (self.low, self.high, number))
        return min(max((here - low) / (high - low), 0.0), 1.0)

    def number(self, share: float) -> float:
        """As fine as a person would say it."""
        low, high = self._along(self.low), self._along(self.high)
        return self._said(self._back(low + share * (high - low)))

    def stepped(self, number: float, way: float) -> float:
        """Moved by so much along the scale: a difference, a logarithm of a ratio or of the odds."""
        return min(max(float(f"{self._back(self._along(number) + way):.6g}"), self.low), self.high)

    def words(self, number: float) -> str:
        shown = number * self.factor
        if self.kind == "odds":
            return f"{shown:.{1 if number < 0.01 else 4 if number > 0.995 else 3}g} {self.unit}".strip()
        return f"{round(shown, 3):g} {self.unit}".strip()

    def _along(self, number: float) -> float:
        if self.kind == "even":
            return number
        number = max(number, 1e-3 if self.kind == "ratio" else 1e-9)
        return math.log(number) if self.kind == "ratio" else math.log(number / max(1 - number, 1e-9))

    def _back(self, place: float) -> float:
        if self.kind == "even":
            return place
        return math.exp(place) if self.kind == "ratio" else 1 / (1 + math.exp(-place))

    def _said(self, exact: float) -> float:
        if self.kind == "odds":
            rounded = float(f"{exact:.2g}") if exact < 0.5 else 1 - float(f"{1 - exact:.2g}")
        else:
            span = (self.high - self.low) * self.factor if self.kind == "even" else exact * 20
            rounded = round(exact * self.factor, 0 if span >= 100 else 1 if span >= 10 else 3) / self.factor
        return min(max(rounded, self.low), self.high)


class OptionSlider(SliderRow):
    STEPS = 240
    valued = Signal(float)

    def __init__(self, name: str, scale: Scale) -> None:
        self._scale, self._shown = scale, scale.low
        super().__init__(name, 0, self.STEPS)
        self.moved.connect(self._moved_to)

    def set_scale(self, scale: Scale) -> None:
        self._scale = scale

    def show_number(self, number: float) -> None:
        self._shown = number
        self.show_value(round(self._scale.share(number) * self.STEPS))

    def _moved_to(self, step: int) -> None:
        self._shown = self._scale.number(step / self.STEPS)
        self._say()
        self.valued.emit(self._shown)

    def _say(self) -> None:
        self._value.setText(self._scale.words(self._shown))
