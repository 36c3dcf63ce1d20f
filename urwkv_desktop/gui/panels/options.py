"""The active tool's options, built from the fields that the tool declares, and the paint rule."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QInputDevice
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import Segments, Themed, TickBox, dress, label
from urwkv_desktop.gui.panels.option_slider import OptionSlider, Scale
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.gui.words import say
from urwkv_desktop.imaging import Message

if TYPE_CHECKING:
    from urwkv_desktop.editing.tools.choices import Limit

__all__ = ["OptionSlider", "OptionsPanel"]

_AROUND = 6  # letters: what a button needs beside its word, where lines are shared out


class Declared(Protocol):
    """A frozen dataclass whose fields carry metadata: label (Message); of a number min and max, or `bounds` by the
    word of the field named by `unit_of`, unit, scale (`Scale.kind`), factor; of a choice its choices and, where
    they are not the words themselves, words; `needs` "pen" where it says nothing without one. Fields with the same
    `line` stand beside each other."""

    __dataclass_fields__: dict[str, Any]


class OptionsPanel(QWidget, Themed):
    """What a tool alone has stands first, then what it has like others."""

    options_changed = Signal(object)
    rule_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._options: Any = None
        self._theme: Theme | None = None
        self._limits: Mapping[str, Limit] = {}
        self._title = label("", "heading")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._built: list[QWidget] = []
        self._lines: list[QWidget] = []  # of those built, the ones that hold several controls
        self._controls: dict[str, OptionSlider | Segments | TickBox] = {}
        self.rule = Segments(*self._rule_words(removes=False))
        self.rule.chosen.connect(self.rule_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._rows)
        column.addSpacing(2)
        column.addWidget(self.rule)

    def wear(self, theme: Theme) -> None:
        self._theme = theme

    def show_tool(self, title: str, options: Declared, limits: "Mapping[str, Limit] | None" = None) -> None:
        """limits: what the image at hand decides and forbids, by field."""
        self._title.setText(title.upper())
        if type(options) is not type(self._options):
            self._options = options
            self._build()
        self._options, self._limits = options, limits or {}
        for field in fields(self._options):
            if field.name in self._controls:
                self._show(field.name, field.metadata, getattr(options, field.name))
        for line in self._lines:
            line.setVisible(any(not control.isHidden() for control in line.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)))

    def _rule_words(self, *, removes: bool) -> tuple[str, tuple[tuple[str, str], tuple[str, str]]]:
        if removes:
            return self.tr("Remove"), (("all", self.tr("Every label")), ("background", self.tr("This label only")))
        return self.tr("Paint over"), (("all", self.tr("Paint over all")), ("background", self.tr("Background only")))

    def say_rule(self, *, removes: bool) -> None:
        """The same rule, as the tool that takes away has it."""
        self.rule.say(*self._rule_words(removes=removes))

    def show_rule(self, rule: str) -> None:
        self.rule.show_choice(rule)

    def _show(self, name: str, declared: Any, value: Any) -> None:
        control, limit = self._controls[name], self._limits.get(name)
        is_absent = limit is not None and limit.is_absent
        control.setVisible(not is_absent and (declared.get("needs") != "pen" or bool(value) or has_pen()))
        barred = dict(limit.barred) if limit is not None else {}
        if isinstance(control, OptionSlider):
            control.set_scale(scale_of(declared, self._options, limit))
            control.show_number(float(value))
        elif isinstance(control, TickBox):
            control.blockSignals(True)
            control.setChecked(bool(value))
            control.blockSignals(False)
            control.setEnabled("" not in barred)
            control.setToolTip(say(barred[""]) if "" in barred else "")
        else:
            control.show_choice(str(getattr(value, "value", value)))
            control.bar({word: say(reason) for word, reason in barred.items()})

    def _build(self) -> None:
        for old in self._built:
            self._rows.removeWidget(old)
            old.deleteLater()
        self._controls, self._built, self._lines = {}, [], []
        lines: dict[str, QHBoxLayout] = {}
        for field in _own_first(self._options):
            control = _control(field.name, field.metadata, getattr(self._options, field.name))
            if control is None:
                continue
            self._controls[field.name] = control
            self._place(control, field.metadata.get("line", ""), lines)
            signal = control.valued if isinstance(control, OptionSlider) else (
                control.toggled if isinstance(control, TickBox) else control.chosen)
            signal.connect(lambda value, name=field.name: self._changed(name, value))
        if self._theme is not None:
            for built in self._built:
                dress(built, self._theme)

    def _place(self, control: QWidget, line: str, lines: dict[str, QHBoxLayout]) -> None:
        if not line:
            self._rows.addWidget(control)
            self._built.append(control)
            return
        if line not in lines:
            beside = QWidget()
            lines[line] = QHBoxLayout(beside)
            lines[line].setContentsMargins(0, 0, 0, 0)
            lines[line].setSpacing(8)
            self._rows.addWidget(beside)
            self._built.append(beside)
            self._lines.append(beside)
        words = [button.text() for button in control.findChildren(QPushButton)]
        lines[line].addWidget(control, len(words) * (max(map(len, words)) + _AROUND) if words else 1)

    def _changed(self, name: str, value: float | str | bool) -> None:
        kind = type(getattr(self._options, name))
        self._options = replace(self._options, **{name: kind(value)})
        self.options_changed.emit(self._options)


def has_pen() -> bool:
    """Whether the machine knows of a pen; some say so only when it has come near for the first time."""
    pens = (QInputDevice.DeviceType.Stylus, QInputDevice.DeviceType.Airbrush)
    return any(device.type() in pens for device in QInputDevice.devices())


def _own_first(options: Any) -> list[Any]:
    """The fields of the tool's own class before those of what it builds on."""
    shared = {field.name for kind in type(options).__mro__[1:] if is_dataclass(kind) for field in fields(kind)}
    return sorted(fields(options), key=lambda field: field.name in shared)


def _control(name: str, declared: Any, value: Any) -> "OptionSlider | Segments | TickBox | None":
    """A slider for a number, segments for choices, a tick for yes or no; None for what declares no label."""
    if "label" not in declared:
        return None
    title = declared["label"]
    word = say(title) if isinstance(title, Message) else str(title)
    if "choices" in declared:
        said = declared.get("words", {})
        words = [(one, say(said[one]) if one in said else QCoreApplication.translate("core", one.capitalize()))
                 for one in declared["choices"]]
        return Segments(word, words)
    if isinstance(value, bool):
        return TickBox(word)
    return OptionSlider(word, Scale(1.0, 2.0)) if isinstance(value, int | float) else None


def scale_of(declared: Any, options: Any, limit: "Limit | None") -> Scale:
    """How a number is shown: by what the image says, by its unit, or as it was declared."""
    unit = str(declared.get("unit", ""))
    low, high = declared.get("min", 0.0), declared.get("max", 1.0)
    if "bounds" in declared:
        unit = str(getattr(options, declared["unit_of"]))
        low, high = declared["bounds"][unit]
    if limit is not None:
        low = limit.low if limit.low is not None else low
        high = limit.high if limit.high is not None else high
        unit = limit.unit if limit.unit is not None else unit
    kind = declared.get("scale", "ratio" if low > 0 else "even")
    return Scale(low, max(high, low + 1e-6), unit, kind, float(declared.get("factor", 1.0)))
