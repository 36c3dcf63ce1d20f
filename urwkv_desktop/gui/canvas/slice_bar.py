"""A thin bar under a canvas: where in the volume one is, and which slices hold mask."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from urwkv_desktop.gui.canvas.cine import Cine
from urwkv_desktop.gui.canvas.mask_content import Marks
from urwkv_desktop.gui.canvas.plane_view import PlaneView
from urwkv_desktop.gui.controls import IconButton, Themed, label
from urwkv_desktop.gui.theme import DARK, Theme
from urwkv_desktop.imaging import ThirdAxis

HEIGHT = 24
_EDGE = 16  # logical pixels left and right of the groove: as far as the corner texts keep from the border
_KNOB = 10


class Groove(QWidget):
    """The bar itself. It takes no focus: slices have keys of their own."""

    def __init__(self, view: PlaneView, cine: Cine) -> None:
        super().__init__()
        self._view, self._cine = view, cine
        self._marks: Marks = np.zeros(0, bool)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        view.placeChanged.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def show_marks(self, marks: Marks) -> None:
        if not np.array_equal(marks, self._marks):
            self._marks = marks
            self.update()

    def index_at(self, x: float) -> int:
        """The slice under the widget's x."""
        count = self._view.slice_count
        share = (x - _EDGE) / max(1.0, self.width() - 2.0 * _EDGE)
        return min(max(int(share * count // 1), 0), count - 1)

    def _place(self, index: float) -> float:
        return _EDGE + index / max(1, self._view.slice_count) * (self.width() - 2 * _EDGE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._cine.stop()
        self._view.activated.emit()
        self._view.set_slice(self.index_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            self._view.set_slice(self.index_at(event.position().x()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, index = self.height() / 2, self._view.plane.index
        painter.setBrush(QColor("#2b303a"))  # the canvas is dark in both themes
        painter.drawRoundedRect(QRectF(_EDGE, middle - 2, self.width() - 2 * _EDGE, 4), 2, 2)
        painter.setBrush(QColor("#ffb020"))
        for start, stop in _runs(self._marks):
            left = self._place(start)
            painter.drawRect(QRectF(left, middle - 2, max(2.0, self._place(stop) - left), 4))
        centre = self._place(index + 0.5)
        painter.setBrush(QColor("#e6e8ec"))
        painter.drawEllipse(QRectF(centre - _KNOB / 2, middle - _KNOB / 2, _KNOB, _KNOB))
        painter.end()


def _runs(marks: Marks) -> list[tuple[int, int]]:
    """Half-open runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marks, [False])).astype(np.int8)))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


class SliceBar(QWidget, Themed):
    """The groove; beside it, where the slices are frames in time or something plays, a button that plays them."""

    def __init__(self, view: PlaneView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sliceBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view = view
        self.cine = Cine(view)
        self.groove = Groove(view, self.cine)
        self.play = IconButton("play", self.tr("Play the frames"), size=16, box=HEIGHT, quiet=True)
        self.play.clicked.connect(self.cine.toggle)
        self.planes = IconButton("view-grid-outline", self.tr("Three planes of a volume, or one"), size=16, box=HEIGHT,
                                 quiet=True)
        self.planes.hide()  # only one bar offers it
        self.rate = label("", "faint")
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(0)
        line.addWidget(self.play)
        line.addWidget(self.groove, 1)
        line.addWidget(self.rate)
        line.addWidget(self.planes)
        self.cine.changed.connect(self._show_cine)
        self._show_cine()

    def wear(self, theme: Theme) -> None:
        self.setStyleSheet(f"#sliceBar {{ background: {theme.canvas}; }} QLabel {{ color: {theme.on_canvas}; }}")
        for button in (self.play, self.planes):
            button.wear(DARK)  # the canvas is dark in both themes

    def _show_cine(self) -> None:
        image = self._view.image
        in_time = image is not None and image.geometry.third_axis is ThirdAxis.time
        self.play.setVisible(in_time or self.cine.is_playing)
        self.rate.setVisible(in_time or self.cine.is_playing)
        self.rate.setText(self.tr("{rate} /s").format(rate=f"{self.cine.rate:.3g}"))
        self.play.take_icon("pause" if self.cine.is_playing else "play")
        self.play.tell(self.tr("Stop") if self.cine.is_playing else self.tr("Play the frames"))
        self.play.wear(DARK)
