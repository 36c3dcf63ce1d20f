"""The active tool's options, built from the fields that the tool declares, and the paint rule."""

import math
from dataclasses import fields, replace
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import Segments, SliderRow, label
from urwkv_desktop.gui.words import say
from urwkv_desktop.imaging import Message


class Declared(Protocol):
    """A frozen dataclass whose fields carry metadata: label (Message), unit, min, max, or choices."""

    __dataclass_fields__: dict[str, Any]


class OptionsPanel(QWidget):
    options_changed = Signal(object)
    rule_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._options: Any = None
        self._title = label("", "heading")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._controls: dict[str, OptionSlider | Segments] = {}
        self.rule = Segments(self.tr("Paint over"), (
            ("all", self.tr("Paint over all")), ("background", self.tr("Background only"))))
        self.rule.chosen.connect(self.rule_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._rows)
        column.addSpacing(2)
        column.addWidget(self.rule)

    def show_tool(self, title: str, options: Declared) -> None:
        self._title.setText(title.upper())
        if type(options) is not type(self._options):
            self._options = options
            self._build()
        self._options = options
        for name, control in self._controls.items():
            value = getattr(options, name)
            if isinstance(control, OptionSlider):
                control.show_number(float(value))
            else:
                control.show_choice(str(getattr(value, "value", value)))

    def show_rule(self, rule: str) -> None:
        self.rule.show_choice(rule)

    def _build(self) -> None:
        for old in self._controls.values():
            self._rows.removeWidget(old)
            old.deleteLater()
        self._controls = {}
        for field in fields(self._options):
            control = _control(field.name, field.metadata)
            if control is None:
                continue
            self._controls[field.name] = control
            self._rows.addWidget(control)
            signal = control.valued if isinstance(control, OptionSlider) else control.chosen
            signal.connect(lambda value, name=field.name: self._changed(name, value))

    def _changed(self, name: str, value: float | str) -> None:
        kind = type(getattr(self._options, name))
        self._options = replace(self._options, **{name: kind(value)})
        self.options_changed.emit(self._options)


class OptionSlider(SliderRow):
    """A number between two bounds. Its steps are a ratio each, so that 2 px and 200 px are equally easy to hit."""

    STEPS = 240
    valued = Signal(float)

    def __init__(self, name: str, low: float, high: float, unit: str) -> None:
        self._low, self._high, self._unit = max(low, 1e-3), high, unit
        self._shown = low
        super().__init__(name, 0, self.STEPS)
        self.moved.connect(self._moved_to)

    def show_number(self, number: float) -> None:
        self._shown = number
        share = math.log(max(number, self._low) / self._low) / math.log(self._high / self._low)
        self.show_value(round(share * self.STEPS))

    def _moved_to(self, step: int) -> None:
        number = self._low * (self._high / self._low) ** (step / self.STEPS)
        self._shown = float(round(number)) if self._high > 20 else round(number, 2)
        self._say()
        self.valued.emit(self._shown)

    def _say(self) -> None:
        self._value.setText(f"{self._shown:g} {self._unit}".strip())


def _control(name: str, declared: Any) -> OptionSlider | Segments | None:
    """A slider for a number with bounds, segments for choices; None for a field that declares neither."""
    title = declared.get("label", name)
    word = say(title) if isinstance(title, Message) else str(title)
    if "choices" in declared:
        words = [(one, QCoreApplication.translate("core", one.capitalize())) for one in declared["choices"]]
        return Segments(word, words)
    low, high = declared.get("min"), declared.get("max")
    return None if low is None or high is None else OptionSlider(word, low, high, str(declared.get("unit", "")))
