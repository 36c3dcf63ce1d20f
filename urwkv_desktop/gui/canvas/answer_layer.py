"""The network's answer as a mask of its own, to be seen beside the mask as it is now."""

from PySide6.QtGui import QPainter

from urwkv_desktop.editing.answer_plane import UnpackedAnswers, answered_plane
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.history import History
from urwkv_desktop.gui.canvas.mask_layer import MaskLayer
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import Plane

Look = tuple[float, str, float]


class AnswerLayer:
    """Read and drawn when it is painted, and only where something is another one than at the last time."""

    def __init__(self) -> None:
        self._layer = MaskLayer()
        self._history: History | None = None
        self._kept = UnpackedAnswers()  # of that history
        self._source: tuple[object, ...] = ()
        self._view: tuple[object, ...] = ()
        self._transform: ViewTransform | None = None  # from where it is drawn

    def paint(self, painter: QPainter, document: Document, plane: Plane, transform: ViewTransform, screen: Extent,
              look: Look) -> None:
        """painter: in device pixels. look: opacity, style, ratio as of the mask."""
        history = document.history
        if history is not self._history:
            self._history, self._kept, self._source = history, UnpackedAnswers(), ()
        answer = answered_plane(history, document.image.shape, plane)
        if answer.key != self._source:
            self._source, self._view = answer.key, ()
            self._layer.show_plane(answer.unpacked(history.payload, self._kept))
        view, before = (screen, look, document.labels), self._transform
        self._transform = transform
        step = before.step_to(transform) if before is not None and view == self._view else None
        if step is not None and step != (0, 0):
            self._layer.scroll(*step, transform)
        elif step is None:
            self._view = view
            if self._layer.buffer.extent != screen:
                self._layer.resize(screen.width, screen.height)
            self._layer.set_look(document.labels, opacity=look[0], style=look[1], ratio=look[2])
            self._layer.compose(transform)
        drawn = self._layer.drawn
        if not drawn.is_empty:
            painter.drawImage(drawn.x0, drawn.y0, self._layer.buffer.image,
                              drawn.x0, drawn.y0, drawn.width, drawn.height)
