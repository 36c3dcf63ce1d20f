"""The case's measurements over the image, each with its figure beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from urwkv_desktop.editing.edits import MeasureEdit
from urwkv_desktop.editing.measuring import measured
from urwkv_desktop.editing.tools import Shape
from urwkv_desktop.gui.canvas.shapes_layer import ShapesLayer
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.gui.theme import text_font
from urwkv_desktop.gui.words import say
from urwkv_desktop.imaging import Geometry, ImagePoint, Plane

_INK, _GROUND = QColor("#ffffff"), QColor(8, 9, 11, 172)
_TEXT = 12  # logical pixels
_AWAY = 10.0  # logical pixels from a measurement to its figure
_PAD = 4.0


@dataclass(frozen=True)
class Figure:
    """place: (row, column), beside which the words stand."""

    words: str
    place: tuple[float, float]


class MeasureLayer:
    """Those of one plane."""

    def __init__(self) -> None:
        self._shown: tuple[MeasureEdit, ...] = ()
        self._shapes = ShapesLayer()
        self._figures: tuple[Figure, ...] = ()
        self._pending: tuple[Shape, ...] | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self._figures

    def show(self, measures: Sequence[MeasureEdit], plane: Plane, geometry: Geometry) -> bool:
        """Answers whether something else has to be painted now."""
        here = tuple(edit for edit in measures if (edit.axis, edit.index) == (plane.axis, plane.index))
        if here == self._shown:
            return False
        self._shown = here
        self._figures = tuple(Figure(say(measured(edit, geometry).words), _end(edit)) for edit in here)
        self._pending = tuple(shape for edit in here for shape in _shapes(edit))
        return True

    def draw(self, painter: QPainter, transform: ViewTransform, ratio: float, exposed: Extent) -> None:
        """painter: in device pixels."""
        if self._pending is not None:
            self._shapes.show(self._pending, transform, ratio)
            self._pending = None
        if self._shown:
            self._shapes.draw(painter, transform, ratio, exposed)
            for figure in self._figures:
                draw_figure(painter, figure, transform, ratio, exposed)


def draw_figure(painter: QPainter, figure: Figure, transform: ViewTransform, ratio: float, exposed: Extent) -> None:
    """Right of its place, in the middle of its height."""
    if figure_extent(figure, transform, ratio).intersection(exposed).is_empty:
        return
    box = figure_box(figure, transform, ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(box, 4 * ratio, 4 * ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(_INK)
    painter.setFont(text_font(round(_TEXT * ratio)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, figure.words)


def figure_box(figure: Figure, transform: ViewTransform, ratio: float) -> QRectF:
    """In device pixels."""
    metrics = QFontMetricsF(text_font(round(_TEXT * ratio)))
    x, y = transform.to_screen(ImagePoint(*figure.place))
    width, height = metrics.horizontalAdvance(figure.words) + 2 * _PAD * ratio, metrics.height() + _PAD * ratio
    return QRectF(round(x + _AWAY * ratio), round(y - height / 2), ceil(width), ceil(height))


def figure_extent(figure: Figure, transform: ViewTransform, ratio: float) -> Extent:
    box = figure_box(figure, transform, ratio)
    return Extent(floor(box.left()), floor(box.top()), ceil(box.right()) + 1, ceil(box.bottom()) + 1)


def _end(edit: MeasureEdit) -> tuple[float, float]:
    """A length's figure stands at its end, an area's at its rightmost point."""
    return edit.points[-1] if edit.kind == "length" else max(edit.points, key=lambda point: point[1])


def _shapes(edit: MeasureEdit) -> tuple[Shape, ...]:
    if edit.kind == "length":
        return Shape(edit.points), Shape(edit.points, kind="handles")
    return (Shape(edit.points, is_closed=True),)
