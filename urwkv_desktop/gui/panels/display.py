"""How the image and its mask are shown. Nothing here changes a pixel."""

from dataclasses import dataclass
from functools import partial
from math import isfinite

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import IconButton, MenuButton, Segments, SliderRow, label
from urwkv_desktop.gui.words import count
from urwkv_desktop.imaging import Curve, Image, Window

STYLES = ("fill", "outline", "both")
# Centre and width in HU, as they are usual in reading rooms.
CT_WINDOWS = (("Lung", -600.0, 1500.0), ("Bone", 300.0, 1500.0), ("Brain", 40.0, 80.0), ("Abdomen", 40.0, 400.0),
              ("Mediastinum", 50.0, 350.0))
_STEPS = 1000  # of a slider; values are fractions of the image's range


@dataclass(frozen=True)
class Range:
    """The values that window and level can take for one image, in its unit."""

    low: float
    high: float

    @property
    def extent(self) -> float:
        return max(self.high - self.low, 1e-6)


class DisplayPanel(QWidget):
    window_changed = Signal(object)  # imaging.Window
    opacity_changed = Signal(float)
    style_changed = Signal(str)
    inverted_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._range = Range(0, 255)
        self._curve = Curve.linear
        self.window_row = ValueRow(self.tr("Window"))
        self.level_row = ValueRow(self.tr("Level"))
        self.opacity = SliderRow(self.tr("Mask"), 0, 100, suffix=" %")
        self.style_row = Segments(self.tr("Mask"), (
            ("fill", self.tr("Fill")), ("outline", self.tr("Outline")), ("both", self.tr("Both"))))
        self._presets = MenuButton(self.tr("Presets"), "flat")
        self._presets.setAccessibleName(self.tr("Window presets"))
        self._presets.setToolTip(self.tr("Window presets"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._heading())
        for row in (self.window_row, self.level_row, self.opacity):
            column.addWidget(row)
        column.addSpacing(2)
        column.addWidget(self.style_row)
        self.window_row.moved.connect(self._window_moved)
        self.level_row.moved.connect(self._window_moved)
        self.opacity.moved.connect(lambda percent: self.opacity_changed.emit(percent / 100))
        self.style_row.chosen.connect(self.style_changed)
        self._presets.hide()

    def _heading(self) -> QHBoxLayout:
        self.invert = IconButton("invert-colors", self.tr("Invert the grey values"), size=16, box=24, quiet=True)
        self.invert.setCheckable(True)
        self.invert.clicked.connect(self.inverted_changed)
        line = QHBoxLayout()
        line.addWidget(label(self.tr("DISPLAY"), "heading"))
        line.addStretch(1)
        line.addWidget(self._presets)
        line.addWidget(self.invert)
        return line

    def show_inverted(self, inverted: bool) -> None:
        self.invert.setChecked(inverted)

    def show_image(self, image: Image | None, values: Range) -> None:
        """What windows there are to choose from: the file's own, and for CT the usual ones."""
        self._range = values
        shows = image is not None and not image.is_colour
        self.window_row.setEnabled(shows)
        self.level_row.setEnabled(shows)
        own = tuple(image.windows) if image is not None and shows else ()
        usual = _usual(image) if image is not None and shows else ()
        self._presets.menu().clear()
        for place, window in enumerate((*own, *usual), start=1):
            name = window.name or self.tr("From the file {number}").format(number=place)
            words = f"{name}  ·  " + (self.tr("curve") if window.table else f"{window.width:g} / {window.centre:g}")
            self._presets.menu().addAction(words, partial(self._take, window))
        self._presets.setVisible(bool(own or usual))

    def show_window(self, window: Window) -> None:
        self._curve = window.curve
        low, extent = self._range.low, self._range.extent
        self.window_row.show_value(window.width, _steps(window.width / extent))
        self.level_row.show_value(window.centre, _steps((window.centre - low) / extent))

    def show_mask(self, style: str, opacity: float) -> None:
        self.style_row.show_choice(style)
        self.opacity.show_value(round(opacity * 100))

    def _window_moved(self, _: int) -> None:
        low, extent = self._range.low, self._range.extent
        width = max(extent / _STEPS, self.window_row.slider.value() / _STEPS * extent)
        centre = low + self.level_row.slider.value() / _STEPS * extent
        window = Window(centre, width, curve=self._curve)
        self.show_window(window)
        self.window_changed.emit(window)

    def _take(self, window: Window) -> None:
        self.show_window(window)
        self.window_changed.emit(window)


class ValueRow(SliderRow):
    """A slider whose words are a value in the image's unit, not its steps."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 0, _STEPS)

    def show_value(self, value: float, steps: int = 0) -> None:
        super().show_value(max(0, min(_STEPS, steps)))
        self._value.setText(count(round(value)) if isfinite(value) and abs(value) >= 10 else f"{value:.3g}")

    def _say(self) -> None:
        """The value comes by show_value."""


def _steps(share: float) -> int:
    """The slider's place; at its left end where the file's window is no number."""
    return round(max(0.0, min(1.0, share)) * _STEPS) if isfinite(share) else 0


def _usual(image: Image) -> tuple[Window, ...]:
    if image.unit != "HU" and image.modality != "CT":
        return ()
    return tuple(Window(centre, width, QCoreApplication.translate("display", name))
                 for name, centre, width in CT_WINDOWS)
