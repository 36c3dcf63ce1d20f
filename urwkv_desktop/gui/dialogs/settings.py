"""Settings, built from what the settings declare themselves: titles, bounds, choices."""

from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from urwkv_desktop.gui.choice_box import ChoiceBox
from urwkv_desktop.gui.controls import Segments, TextField, label
from urwkv_desktop.gui.key_table import MAPS, title_of
from urwkv_desktop.workflow import Settings
from urwkv_desktop.workflow.settings import word_of

# What has no place of its own in the window: the brush and the mask's look stand in the inspector.
GROUPS = ("appearance", "reader", "network", "limits")
_SIDE_BY_SIDE = 4  # choices; more are folded away


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)


def _caption(text: str) -> QLabel:
    """As high as the control beside it, so that both stand on one line."""
    made = label(text)
    made.setMinimumHeight(32)
    return made


class SettingsDialog(QDialog):
    """changed: group, field, value; it holds at once."""

    changed = Signal(str, str, object)
    keys_asked = Signal()  # the person wants to change single keys

    def __init__(self, settings: Settings, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.controls: dict[tuple[str, str], QWidget] = {}
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(24)
        for group in GROUPS:
            values = getattr(settings, group)
            hints = get_type_hints(type(values), include_extras=True)
            for field in msgspec.structs.fields(type(values)):
                title, control = self._control(group, field.name, hints[field.name], getattr(values, field.name))
                self.controls[group, field.name] = control
                form.addRow(_caption(title), control)
        form.addRow(_caption(self.tr("Keys and mouse like")), self._keys(settings))
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(24)
        column.addStrut(372)
        column.addLayout(form)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _keys(self, settings: Settings) -> QWidget:
        """Whose habits; and a way to change single keys."""
        maps = ChoiceBox(self.tr("Keys and mouse like"))
        for name in MAPS:
            maps.addItem(title_of(name), name)
        maps.setCurrentIndex(MAPS.index(settings.keys.map))
        maps.activated.connect(lambda place: self.changed.emit("keys", "map", maps.itemData(place)))
        self.controls["keys", "map"] = maps
        change = QPushButton(self.tr("Change keys…"))
        change.clicked.connect(self.keys_asked)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(maps, 1)
        line.addWidget(change)
        return both

    def _control(self, group: str, name: str, hint: Any, value: Any) -> tuple[str, QWidget]:
        kind, metas = (hint, ()) if get_origin(hint) is not Annotated else (get_args(hint)[0], get_args(hint)[1:])
        meta = next((one for one in metas if isinstance(one, msgspec.Meta)), msgspec.Meta())
        title = _tr(meta.title or name)

        def tell(new: object) -> None:
            self.changed.emit(group, name, new)

        if get_origin(kind) is Literal and len(get_args(kind)) > _SIDE_BY_SIDE:
            box = ChoiceBox(title)
            for choice in get_args(kind):
                box.addItem(_tr(word_of(meta, choice)), choice)
            box.setCurrentIndex(box.findData(value))
            box.activated.connect(lambda place: tell(box.itemData(place)))
            return title, box
        if get_origin(kind) is Literal:
            choices = Segments(title, [(choice, _tr(word_of(meta, choice))) for choice in get_args(kind)])
            for button in choices.findChildren(QPushButton):
                button.setProperty("tall", True)
            choices.show_choice(value)
            choices.chosen.connect(tell)
            return title, choices
        if kind in (int, float):
            number = QSpinBox() if kind is int else QDoubleSpinBox()
            number.setRange(int(meta.ge or 0), int(meta.le or 1_000_000))
            number.setSuffix(f" {(meta.extra or {}).get('unit', '')}".rstrip())
            number.setValue(value)
            number.lineEdit().setTextMargins(8, 0, 0, 0)  # the style sheet's padding does not reach it
            for part in (number, number.lineEdit()):
                part.setAccessibleName(title)
            number.editingFinished.connect(lambda: tell(number.value()))
            return title, number
        text = TextField(value)
        text.setAccessibleName(title)
        text.setMaxLength(meta.max_length or 80)
        text.setPlaceholderText(_tr("the login name"))
        text.editingFinished.connect(lambda: tell(text.text().strip()))
        text.escaped.connect(self.reject)
        return title, text
