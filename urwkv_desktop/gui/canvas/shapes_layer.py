"""What a gesture draws over the image: white lines with a dark rim, dashed ones, handles, hatched regions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from urwkv_desktop.editing.tools import Shape
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform

_LIGHT, _DARK, _HATCH = QColor(255, 255, 255, 240), QColor(0, 0, 0, 180), QColor(255, 255, 255, 70)
_HANDLE = 3.5  # logical pixels from a handle's middle to its side
_ROOM = 3.0  # logical pixels that a line's rim takes beside it
_RUN = 33  # points that are drawn together; the last one is the next run's first
_NOWHERE = Extent(0, 0, 0, 0)
_Points = tuple[tuple[float, float], ...]


@dataclass
class _Run:
    """A piece of a line, (x, y) in device pixels, its last point the next piece's first, and the pixels it touches."""

    places: list[tuple[float, float]]
    extent: Extent
    _line: QPolygonF | None = None

    @property
    def line(self) -> QPolygonF:
        """Kept until the run is longer."""
        if self._line is None or self._line.size() != len(self.places):
            self._line = QPolygonF([QPointF(x, y) for x, y in self.places])
        return self._line


@dataclass
class _Drawn:
    """A shape as it lies on the screen; a line that grows at its end keeps what it had."""

    shape: Shape
    transform: ViewTransform
    runs: list[_Run] = field(default_factory=list)

    @staticmethod
    def of(shape: Shape, transform: ViewTransform, ratio: float) -> "_Drawn":
        made = _Drawn(shape, transform)
        made._extend(shape.points, ratio)
        return made

    @property
    def is_apart(self) -> bool:
        """Whether it is drawn piece by piece; dashes and hatches are drawn in one."""
        return self.shape.kind in ("line", "handles") and not self.shape.is_closed

    @property
    def extent(self) -> Extent:
        return _union(run.extent for run in self.runs)

    def become(self, shape: Shape, ratio: float) -> Extent | None:
        """What has to be painted for a line that begins like this one; None where it is another line."""
        if not self.is_apart or shape.kind != self.shape.kind or shape.is_closed:
            return None
        same = _common(self.shape.points, shape.points)
        touched = _NOWHERE
        if same < len(self.shape.points):
            kept = max(0, (same - 1) // (_RUN - 1))  # every run but the first begins with the last point of another
            if not kept:
                return None
            touched = _union(run.extent for run in self.runs[kept:])
            del self.runs[kept:]
            same = kept * (_RUN - 1) + 1
        self.shape = shape
        return touched.union(self._extend(shape.points[same:], ratio))

    def _extend(self, points: _Points, ratio: float) -> Extent:
        room = (_HANDLE + _ROOM if self.shape.kind == "handles" else _ROOM) * ratio
        places = self.transform.places(points)
        touched, done = _NOWHERE, 0
        while done < len(places):
            run = self._open_run()
            count = _RUN - len(run.places) if self.is_apart else len(places)
            piece = places[done:done + count]
            step = _around([*run.places[-1:], *piece], room)
            run.places += piece
            run.extent = run.extent.union(step)
            touched, done = touched.union(step), done + count
        if self.shape.is_closed and len(points) > 1:
            touched = touched.union(_around([self.runs[0].places[0], self.runs[-1].places[-1]], room))
        return touched

    def _open_run(self) -> _Run:
        """The last run, or one that goes on from its end where it is full."""
        last = self.runs[-1].places if self.runs else None
        if last is None or (self.is_apart and len(last) >= _RUN):
            self.runs.append(_Run([] if last is None else last[-1:], _NOWHERE))
        return self.runs[-1]


class ShapesLayer:
    """show: what is drawn from now on; answers the device pixels that have to be painted anew."""

    def __init__(self) -> None:
        self._drawn: list[_Drawn] = []

    @property
    def is_shown(self) -> bool:
        return bool(self._drawn)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        return tuple(drawn.shape for drawn in self._drawn)

    def show(self, shapes: Sequence[Shape], transform: ViewTransform, ratio: float) -> Extent:
        touched, kept = _NOWHERE, list[_Drawn]()
        for place, shape in enumerate(shapes):
            old = self._drawn[place] if place < len(self._drawn) else None
            if old is not None and old.transform == transform:
                if old.shape is shape:
                    kept.append(old)
                    continue
                more = old.become(shape, ratio)
                if more is not None:
                    touched = touched.union(more)
                    kept.append(old)
                    continue
            new = _Drawn.of(shape, transform, ratio)
            touched = touched.union(new.extent).union(old.extent if old is not None else _NOWHERE)
            kept.append(new)
        touched = touched.union(_union(old.extent for old in self._drawn[len(kept):]))
        self._drawn = kept
        return touched

    def draw(self, painter: QPainter, transform: ViewTransform, ratio: float, exposed: Extent) -> None:
        """painter: in device pixels. Only what meets exposed."""
        if not self._drawn:
            return
        if self._drawn[0].transform != transform:
            self.show([Shape(old.points, old.is_closed, old.kind) for old in self.shapes], transform, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for drawn in self._drawn:
            runs = [run.line for run in drawn.runs if not run.extent.intersection(exposed).is_empty]
            if runs or drawn.shape.is_closed:
                _draw(painter, drawn.shape, runs if not drawn.shape.is_closed else [r.line for r in drawn.runs], ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _draw(painter: QPainter, shape: Shape, runs: list[QPolygonF], ratio: float) -> None:
    if shape.kind == "handles":
        _draw_handles(painter, runs, ratio)
        return
    if shape.kind == "region":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(_HATCH, Qt.BrushStyle.BDiagPattern))
        for line in runs:
            painter.drawPolygon(line)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in _pens(shape.kind, ratio):
        painter.setPen(pen)
        for line in runs:
            if shape.is_closed:
                painter.drawPolygon(line)
            else:
                painter.drawPolyline(line)


def _draw_handles(painter: QPainter, runs: list[QPolygonF], ratio: float) -> None:
    painter.setPen(QPen(_DARK, 1.2 * ratio))
    painter.setBrush(_LIGHT)
    side = _HANDLE * ratio
    for line in runs:
        for at in line.toList():
            # On the middle of a device pixel, so that the square's sides are sharp.
            x, y = floor(at.x()) + 0.5, floor(at.y()) + 0.5
            painter.drawRect(QRectF(x - side, y - side, 2 * side, 2 * side))


def _pens(kind: str, ratio: float) -> tuple[QPen, QPen]:
    """The dark rim, and the light line over it; a dashed line's rim runs through."""
    dark, light = QPen(_DARK, 3 * ratio), QPen(_LIGHT, 1.3 * ratio)
    for pen in (dark, light):
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)  # a line of many points has no corner to round
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if kind == "dashed":
        light.setDashPattern([4.0, 4.0])
    return dark, light


def _around(places: Sequence[tuple[float, float]], room: float) -> Extent:
    xs, ys = zip(*places, strict=True)
    return Extent(floor(min(xs) - room), floor(min(ys) - room), ceil(max(xs) + room) + 1, ceil(max(ys) + room) + 1)


def _common(one: _Points, other: _Points) -> int:
    """How many points both begin with."""
    if one == other[:len(one)]:
        return len(one)
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))


def _union(extents: Iterable[Extent]) -> Extent:
    whole = _NOWHERE
    for extent in extents:
        whole = whole.union(extent)
    return whole
