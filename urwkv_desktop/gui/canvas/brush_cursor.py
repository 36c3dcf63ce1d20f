"""The brush as its own outline: white with a dark rim; from 4x on exactly the pixels it would take."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, floor

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from urwkv_desktop.editing.tools.capsule import swept
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import ImagePoint

_LIGHT, _DARK = QColor(255, 255, 255, 235), QColor(0, 0, 0, 170)
_KEPT = QColor(229, 72, 77, 245)  # where the hand is, what stands there would stay
_ARM = 5.0  # logical pixels of the cross in the middle
_NEAR, _AWAY = 3.0, 11.0  # logical pixels from a place to where the arms of its cross begin and end
_LARGEST_STAMP = 640  # device pixels: a larger outline is drawn anew instead of kept


@dataclass(frozen=True)
class BrushCursor:
    """at: where the hand is. diameter: image pixels. shape: "disc", "square" or "cross". size: of the plane.

    rows: its height, where that is another number than its width. is_kept: what stands there would not be changed, by
    its lock or the paint rule.
    """

    at: ImagePoint
    diameter: float
    shape: str
    size: tuple[int, int]
    rows: float | None = None
    is_kept: bool = False

    @property
    def height(self) -> float:
        """In image rows."""
        return self.diameter if self.rows is None else self.rows

    def extent(self, transform: ViewTransform, ratio: float) -> Extent:
        """Device pixels that the cursor's drawing touches."""
        x, y = transform.to_screen(self.at)
        reach = max(self.diameter, self.height, 1.0) / 2 + (1.5 if transform.is_magnified else 0)
        arm = (_AWAY if self.shape == "cross" else _ARM) * ratio
        across = max(reach * abs(transform.zoom_across), arm) + 4 * ratio
        down = max(reach * abs(transform.zoom_down), arm) + 4 * ratio
        return Extent(floor(x - across), floor(y - down), ceil(x + across) + 1, ceil(y + down) + 1)

    def form(self, transform: ViewTransform) -> "Form":
        across, down = self.diameter * abs(transform.zoom_columns), self.height * abs(transform.zoom_rows)
        if transform.swapped:
            across, down = down, across
        return Form(self.shape, round(across, 2), round(down, 2), self.is_kept)

    def pixels(self, transform: ViewTransform) -> QPolygonF:
        """The outline of what the brush would take, in device pixels, from corner to corner of its pixels.

        Every row that a disc or a square covers is one run, so its outline goes down the runs' right ends and up
        their left ones.
        """
        scale = (1.0, 1.0) if self.height == self.diameter else (self.diameter / self.height, 1.0)
        rect, covered = swept(self.at, self.at, self.diameter, self.shape, self.size, scale)
        rows = np.flatnonzero(covered.any(axis=1))
        if not rows.size:
            return QPolygonF()
        covered = covered[rows]
        left = rect.left + covered.argmax(axis=1)
        right = rect.left + covered.shape[1] - covered[:, ::-1].argmax(axis=1)
        tops = np.repeat(rect.top + rows[0] + np.arange(len(rows) + 1), 2)[1:-1]
        down = np.concatenate((tops, tops[::-1]))
        across = np.concatenate((np.repeat(right, 2), np.repeat(left, 2)[::-1]))
        if transform.swapped:
            across, down = down, across
        xs = np.rint(transform.left + across * transform.zoom_across).tolist()
        ys = np.rint(transform.top + down * transform.zoom_down).tolist()
        return QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)])


@dataclass(frozen=True)
class Form:
    """A brush's outline on the screen below 4x: width and height in device pixels."""

    shape: str
    width: float
    height: float
    is_kept: bool = False

    def path(self) -> QPainterPath:
        """Around (0, 0)."""
        box = QRectF(-self.width / 2, -self.height / 2, self.width, self.height)
        path = QPainterPath()
        if self.shape == "square":
            path.addRect(box)
        else:
            path.addEllipse(box)
        return path


def draw_cursor(painter: QPainter, cursor: BrushCursor, transform: ViewTransform, ratio: float) -> None:
    """painter: in device pixels."""
    x, y = transform.to_screen(cursor.at)
    if cursor.shape == "cross":
        _draw_place(painter, floor(x) + 0.5, floor(y) + 0.5, ratio, is_kept=cursor.is_kept)
        return
    if transform.is_magnified:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in _pens(ratio, Qt.PenJoinStyle.MiterJoin, is_kept=cursor.is_kept):
            painter.setPen(pen)
            painter.drawPolygon(cursor.pixels(transform))
        _draw_cross(painter, round(x), round(y), cursor.form(transform), ratio)
        return
    form = cursor.form(transform)
    if max(form.width, form.height) > _LARGEST_STAMP:
        painter.translate(x, y)
        _draw_form(painter, form, ratio)
        painter.translate(-x, -y)
        return
    stamp = _stamp(form, ratio)
    # On whole pixels, at most half of one beside the hand: a kept picture costs a tenth of a drawn outline.
    painter.drawImage(round(x - stamp.width() / 2), round(y - stamp.height() / 2), stamp)


@lru_cache(maxsize=16)
def _stamp(form: Form, ratio: float) -> QImage:
    """The outline as a picture, its middle in the middle."""
    side = [2 * ceil(max(length / 2, _ARM * ratio) + 3 * ratio) for length in (form.width, form.height)]
    stamp = QImage(side[0], side[1], QImage.Format.Format_ARGB32_Premultiplied)
    stamp.fill(0)
    painter = QPainter(stamp)
    painter.translate(side[0] / 2, side[1] / 2)
    _draw_form(painter, form, ratio)
    painter.end()
    return stamp


def _draw_form(painter: QPainter, form: Form, ratio: float) -> None:
    # What is smaller than a few pixels would be a blot: it keeps a ring that can be seen.
    seen = replace(form, width=max(form.width, 3 * ratio), height=max(form.height, 3 * ratio))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in _pens(ratio, Qt.PenJoinStyle.RoundJoin, is_kept=form.is_kept):
        painter.setPen(pen)
        painter.drawPath(seen.path())
    _draw_cross(painter, 0, 0, form, ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _draw_cross(painter: QPainter, x: float, y: float, form: Form, ratio: float) -> None:
    """A small cross where the hand is, left out where the brush itself is as small."""
    arm = _ARM * ratio
    if min(form.width, form.height) < 4 * arm:
        return
    for pen in _pens(ratio, Qt.PenJoinStyle.RoundJoin, is_kept=form.is_kept):
        painter.setPen(pen)
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))


def _draw_place(painter: QPainter, x: float, y: float, ratio: float, *, is_kept: bool) -> None:
    """Four arms that leave the place itself free."""
    near, away = _NEAR * ratio, _AWAY * ratio
    for pen in _pens(ratio, Qt.PenJoinStyle.MiterJoin, is_kept=is_kept):
        painter.setPen(pen)
        for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QPointF(x + across * near, y + down * near), QPointF(x + across * away, y + down * away))


def _pens(ratio: float, join: Qt.PenJoinStyle, *, is_kept: bool) -> tuple[QPen, QPen]:
    """The dark rim, and the light line over it."""
    dark, light = QPen(_DARK, 3 * ratio), QPen(_KEPT if is_kept else _LIGHT, (1.8 if is_kept else 1.2) * ratio)
    for pen in (dark, light):
        pen.setJoinStyle(join)
    return dark, light


def to_logical(extent: Extent, ratio: float) -> QRect:
    """The widget's logical pixels that the device pixels touch."""
    left, top = floor(extent.x0 / ratio), floor(extent.y0 / ratio)
    return QRect(left, top, ceil(extent.x1 / ratio) - left, ceil(extent.y1 / ratio) - top)


def to_device(rect: QRect, ratio: float) -> Extent:
    """The device pixels that the widget's logical ones touch."""
    return Extent(floor(rect.left() * ratio), floor(rect.top() * ratio),
                  ceil((rect.left() + rect.width()) * ratio), ceil((rect.top() + rect.height()) * ratio))
