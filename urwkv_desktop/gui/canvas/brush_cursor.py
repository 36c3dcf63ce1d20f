"""The brush as its own outline: white with a dark rim; from 4x on exactly the pixels it would take."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from urwkv_desktop.editing.tools.capsule import swept
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import ImagePoint

_LIGHT, _DARK = QColor(255, 255, 255, 235), QColor(0, 0, 0, 170)
_ARM = 5.0  # logical pixels of the cross in the middle


@dataclass(frozen=True)
class BrushCursor:
    """at: where the hand is. diameter: image pixels. shape: "disc" or "square". size: (rows, columns) of the plane."""

    at: ImagePoint
    diameter: float
    shape: str
    size: tuple[int, int]

    def path(self, transform: ViewTransform) -> QPainterPath:
        """The outline in device pixels."""
        return self._pixels(transform) if transform.is_magnified else self._form(transform)

    def extent(self, transform: ViewTransform, ratio: float) -> Extent:
        """Device pixels that the cursor's drawing touches."""
        x, y = transform.to_screen(self.at)
        reach = max(self.diameter, 1.0) / 2 + (1.5 if transform.is_magnified else 0)
        across = max(reach * abs(transform.zoom_columns), _ARM * ratio) + 3 * ratio
        down = max(reach * abs(transform.zoom_rows), _ARM * ratio) + 3 * ratio
        return Extent(floor(x - across), floor(y - down), ceil(x + across) + 1, ceil(y + down) + 1)

    def _form(self, transform: ViewTransform) -> QPainterPath:
        x, y = transform.to_screen(self.at)
        across, down = (self.diameter / 2 * abs(zoom) for zoom in (transform.zoom_columns, transform.zoom_rows))
        path = QPainterPath()
        box = QRectF(x - across, y - down, 2 * across, 2 * down)
        if self.shape == "square":
            path.addRect(box)
        else:
            path.addEllipse(box)
        return path

    def _pixels(self, transform: ViewTransform) -> QPainterPath:
        """The edges between what the brush would take and what not, each from corner to corner of its pixel."""
        rect, covered = swept(self.at, self.at, self.diameter, self.shape, self.size)
        padded = np.pad(covered, 1)
        path = QPainterPath()
        rows, columns = np.nonzero(padded[1:, :] != padded[:-1, :])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            _edge(path, transform, rect.top + row, rect.left + column - 1, rect.top + row, rect.left + column)
        rows, columns = np.nonzero(padded[:, 1:] != padded[:, :-1])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            _edge(path, transform, rect.top + row - 1, rect.left + column, rect.top + row, rect.left + column)
        return path


def _edge(path: QPainterPath, transform: ViewTransform, row0: int, column0: int, row1: int, column1: int) -> None:
    x0, y0 = transform.to_screen(ImagePoint(row0, column0))
    x1, y1 = transform.to_screen(ImagePoint(row1, column1))
    path.moveTo(round(x0), round(y0))
    path.lineTo(round(x1), round(y1))


def draw_cursor(painter: QPainter, cursor: BrushCursor, transform: ViewTransform, ratio: float) -> None:
    """painter: in device pixels."""
    path = cursor.path(transform)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not transform.is_magnified)
    for colour, width in ((_DARK, 3 * ratio), (_LIGHT, 1.2 * ratio)):
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        painter.drawPath(path)
    _draw_cross(painter, cursor, transform, ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _draw_cross(painter: QPainter, cursor: BrushCursor, transform: ViewTransform, ratio: float) -> None:
    """A small cross where the hand is, left out where the brush itself is as small."""
    if cursor.diameter * transform.zoom < 4 * _ARM * ratio:
        return
    x, y = transform.to_screen(cursor.at)
    arm = _ARM * ratio
    for colour, width in ((_DARK, 3 * ratio), (_LIGHT, 1 * ratio)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))


def to_logical(extent: Extent, ratio: float) -> QRect:
    """The widget's logical pixels that the device pixels touch."""
    left, top = floor(extent.x0 / ratio), floor(extent.y0 / ratio)
    return QRect(left, top, ceil(extent.x1 / ratio) - left, ceil(extent.y1 / ratio) - top)
