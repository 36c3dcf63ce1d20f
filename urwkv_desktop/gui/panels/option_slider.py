"""A number between two bounds, as a slider with its value in words."""

import math
from dataclasses import dataclass

from PySide6.QtCore import Signal

from urwkv_desktop.gui.controls import SliderRow


@dataclass(frozen=True)
class Scale:
    """is_linear: equal steps; otherwise each step is a ratio, so that 2 px and 200 px are equally easy to hit.

    factor: of the number that is shown (100 for per cent).
    """

    low: float
    high: float
    unit: str = ""
    is_linear: bool = False
    factor: float = 1.0

    def share(self, number: float) -> float:
        """0..1: where the number stands."""
        number = min(max(number, self.low), self.high)
        if self.is_linear:
            return (number - self.low) / (self.high - self.low)
        low = max(self.low, 1e-3)
        return math.log(max(number, low) / low) / math.log(self.high / low)

    def number(self, share: float) -> float:
        """As fine as a person would say it."""
        if self.is_linear:
            exact, span = self.low + share * (self.high - self.low), (self.high - self.low) * self.factor
        else:
            low = max(self.low, 1e-3)
            exact = low * (self.high / low) ** share
            span = exact * 20
        places = 0 if span >= 100 else 1 if span >= 10 else 3
        rounded = round(exact * self.factor, places) / self.factor
        return min(max(rounded, self.low), self.high)

    def words(self, number: float) -> str:
        return f"{round(number * self.factor, 3):g} {self.unit}".strip()


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
