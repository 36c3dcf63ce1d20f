"""A canvas on which the network's answer can be seen beside the mask as it is now, and how sure the network was."""

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from urwkv_desktop.editing.document import Change, Document
from urwkv_desktop.gui.canvas.answer_layer import AnswerLayer
from urwkv_desktop.gui.canvas.heat_layer import KINDS, HeatLayer, Look, legend
from urwkv_desktop.gui.canvas.overlays import EDGE, stamp
from urwkv_desktop.gui.canvas.transform import Extent
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.gui.theme import Theme

_REACH = 6.0  # logical pixels beside the divider in which it can be taken
_LEGEND = (72, 6)  # logical pixels
_WORDS_TOP = 92  # logical pixels from the top: below what floats there


class ComparingView(CanvasView):
    """split: where, as a share of the width, the network's answer ends and the mask as it is now begins; None: neither.
    shows_answer: the answer alone. Nothing can be painted on an answer, since it has been given."""

    compared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._split: float | None = None
        self._shows_answer = self._moves_divider = False
        self._answer, self._heat = AnswerLayer(), HeatLayer()
        self._has_heat = False
        self._colour, self._ground = QColor(theme.on_canvas), QColor(theme.canvas)
        self._ground.setAlpha(172)
        self.hintChanged.connect(self._heat_may_change)

    @property
    def split(self) -> float | None:
        return self._split

    @split.setter
    def split(self, share: float | None) -> None:
        self._split = None if share is None else min(max(share, 0.02), 0.98)
        self.update()
        self.compared.emit()

    @property
    def shows_answer(self) -> bool:
        return self._shows_answer

    @shows_answer.setter
    def shows_answer(self, shows: bool) -> None:
        self._shows_answer = shows
        self.update()

    @property
    def heat(self) -> str:
        """"", "probability" or "doubt", of the active label."""
        return self._heat.kind

    @heat.setter
    def heat(self, kind: str) -> None:
        if kind not in KINDS:
            raise ValueError(f"no heat is called {kind}")
        self._heat.kind = kind
        self.update()
        self.compared.emit()

    @property
    def has_heat(self) -> bool:
        """Whether the network's answer for this slice and label is at hand, so that heat is seen."""
        return self._has_heat

    def show_document(self, document: Document | None) -> None:
        self._split, self._moves_divider = None, False
        super().show_document(document)

    # the divider

    @property
    def _divider(self) -> float | None:
        """Logical x."""
        return None if self._split is None else self._split * self.width()

    def _is_on_divider(self, at: QPointF) -> bool:
        return self._divider is not None and not self.is_busy and abs(at.x() - self._divider) <= _REACH

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_divider(event.position()):
            self._moves_divider = True
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._moves_divider:
            self.split = event.position().x() / max(1, self.width())
            return
        super().mouseMoveEvent(event)
        if self._is_on_divider(event.position()):
            self.setCursor(Qt.CursorShape.SplitHCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._moves_divider and event.button() == Qt.MouseButton.LeftButton:
            self._moves_divider = False
        else:
            super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._moves_divider = False
        super().leaveEvent(event)

    # drawing

    def draw_under_mask(self, painter: QPainter, ratio: float) -> None:
        document = self._document
        self._has_heat = document is not None and self._heat.paint(
            painter, document.prediction, Look(self._plane, document.image.shape[0], self._active), self.transform,
            self._frame.extent)

    def draw_mask(self, painter: QPainter, ratio: float) -> None:
        divider = None if self._divider is None else round(self._divider * ratio)
        if self._shows_answer:
            self._draw_answer(painter, ratio)
        elif divider is None:
            super().draw_mask(painter, ratio)
        else:
            screen = self._frame.extent
            painter.save()
            painter.setClipRect(divider, 0, screen.width - divider, screen.height)
            super().draw_mask(painter, ratio)
            painter.setClipRect(0, 0, divider, screen.height)
            self._draw_answer(painter, ratio)
            painter.restore()

    def _draw_answer(self, painter: QPainter, ratio: float) -> None:
        if self._document is not None:
            self._answer.paint(painter, self._document, self._plane, self.transform, self._frame.extent,
                               (self._fill_opacity, self._mask_style, ratio))

    def draw_hand(self, painter: QPainter, ratio: float, exposed: Extent) -> None:
        if self._divider is not None:
            x = round(self._divider * ratio)
            for pen in (QPen(QColor(0, 0, 0, 170), 3 * ratio), QPen(self._colour, max(1.0, ratio))):
                painter.setPen(pen)
                painter.drawLine(x, 0, x, self._frame.extent.y1)
        super().draw_hand(painter, ratio, exposed)

    def draw_words(self, painter: QPainter, exposed: QRect) -> None:
        super().draw_words(painter, exposed)
        answer, now = self.tr("Network's answer"), self.tr("Now")
        image = self.transform.extent(self._shape.rect).y0 / self.devicePixelRatioF()
        top = image + 8 if abs(image - _WORDS_TOP) < 24 else _WORDS_TOP  # never across the image's edge
        if self._shows_answer:
            self._write(painter, answer, self.width() / 2, top, 0.5)
        elif self._divider is not None:
            self._write(painter, answer, self._divider - 10, top, 1.0)
            self._write(painter, now, self._divider + 10, top, 0.0)
        if self._has_heat:
            self._draw_legend(painter)

    def _draw_legend(self, painter: QPainter) -> None:
        words = self.tr("Probability") if self._heat.kind == "probability" else self.tr("Doubt")
        y = self.height() - EDGE - 44
        self._write(painter, f"{words}  0", EDGE, y, 0.0)
        left = EDGE + stamp(f"{words}  0", 0, 0, 1.0).width()
        painter.drawImage(QRect(left, y + 6, *_LEGEND), legend(*_LEGEND))
        self._write(painter, "1", left + _LEGEND[0] + 8, y, 0.0)

    def _write(self, painter: QPainter, words: str, x: float, y: float, share: float) -> None:
        """share: of the words' width that lies left of x."""
        picture = stamp(words, self._colour.rgba(), self._ground.rgba(), self.devicePixelRatioF())
        width = picture.width() / self.devicePixelRatioF()
        painter.drawImage(QPointF(round(x - share * width), y), picture)

    def _heat_may_change(self) -> None:
        if self._heat.kind:
            self.update()

    def _on_change(self, change: Change) -> None:
        super()._on_change(change)
        compares = self._shows_answer or self._split is not None
        if (change.prediction and self._heat.kind) or (change.history and compares):
            self.update()
