"""The overlay of where each pixel comes from: asked for by a key, kept up with the mask, explained by a legend."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from urwkv_desktop.editing.answer_plane import PlaneAnswer, UnpackedAnswers, answered_plane
from urwkv_desktop.editing.edits import Voxels
from urwkv_desktop.gui.canvas.origin_layer import COLOURS
from urwkv_desktop.gui.canvas.plane_view import PlaneView
from urwkv_desktop.gui.controls import label
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import Message, Origin, Rect, Status
from urwkv_desktop.workflow.jobs import JobControl, JobGroup, Outcome

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Change, Document
    from urwkv_desktop.workflow.session import Session

_EDGE, _ABOVE_TEXTS = 16, 44  # logical pixels


class OriginOverlay(QObject):
    """The network's answer is unpacked on a job, once, for every plane that goes through it; strokes cost what they
    cover."""

    def __init__(self, session: "Session", workspace: Workspace, jobs: JobGroup) -> None:
        super().__init__()
        self._session, self._space, self._jobs = session, workspace, jobs
        self._document: Document | None = None
        self._stop_listening = _nothing
        self._asked: dict[PlaneView, object] = {}
        self._known: dict[PlaneView, tuple[object, Voxels | None]] = {}
        self._unpacked = UnpackedAnswers()
        self.is_on = False
        self.legend = OriginLegend(workspace.planes.main)
        for view in workspace.planes.views:
            view.placeChanged.connect(self.refresh)
        workspace.planes.laidOut.connect(self.refresh)

    def toggle(self) -> None:
        self.is_on = not self.is_on
        self.refresh()

    def close(self) -> None:
        self.is_on = False
        self.refresh()
        for view in self._space.planes.views:
            view.placeChanged.disconnect(self.refresh)
        self._space.planes.laidOut.disconnect(self.refresh)
        self._stop_listening()
        self._stop_listening = _nothing

    def refresh(self) -> None:
        """Another case, plane or answer, or the overlay itself shown or not."""
        document = self._session.document
        if document is not self._document:
            self._stop_listening()
            self._document, self._asked, self._known = document, {}, {}
            self._unpacked = UnpackedAnswers()
            self._stop_listening = document.listen(self._changed) if document is not None else _nothing
        for view in self._space.planes.views:
            self._show(view)
        self._show_legend()

    def _changed(self, change: "Change") -> None:
        if self.is_on and (change.history or change.labels):
            self.refresh()

    def _show(self, view: PlaneView) -> None:
        layer, document = view.origins, self._document
        before = layer.is_on, layer.is_confirmed, layer.retired, layer.network
        layer.is_on = False
        if self.is_on and document is not None and view.document is document:
            answer = answered_plane(document.history, document.mask.voxels.shape, view.plane)
            if answer.is_unpacked(self._unpacked) and self._known.get(view, (None, None))[0] != answer.key:
                self._known[view] = answer.key, answer.unpacked(document.history.payload, self._unpacked)
            known_key, layer.network = self._known.get(view, (None, None))
            layer.is_on = known_key == answer.key  # before, it is not known what the network said here
            layer.is_confirmed, layer.retired = document.status is Status.accepted, document.labels.retired
            layer.reach = view.plane.rect(document.history.reach) or Rect(0, 0, 0, 0)
            if not layer.is_on and self._asked.get(view) != answer.key:
                self._asked[view] = answer.key
                self._unpack(view, answer, document)
        after = layer.is_on, layer.is_confirmed, layer.retired, layer.network
        if before[:3] != after[:3] or before[3] is not after[3]:
            view.update()

    def _unpack(self, view: PlaneView, answer: PlaneAnswer, document: "Document") -> None:
        read, kept = document.history.reader(), self._unpacked

        def unpacked(control: JobControl) -> Voxels | None:
            kept.fill(answer.parts, read)  # the next plane goes through the same ones
            return answer.unpacked(read, kept)

        self._jobs.run(Message("Comparing with the network"), unpacked, done=partial(self._arrived, view, answer.key))

    def _arrived(self, view: PlaneView, key: object, outcome: "Outcome[Voxels | None]") -> None:
        if self._asked.get(view) == key and outcome.crash is None and not outcome.is_cancelled:
            self._known[view] = key, outcome.value
            self._show(view)

    def _show_legend(self) -> None:
        document = self._document
        self.legend.setVisible(self.is_on and document is not None)
        if document is not None and self.is_on:
            origin = next((group.origin for group in reversed(document.history.applied) if group.is_answer), None)
            self.legend.explain(self._words(origin, document.status is Status.accepted))

    def _words(self, origin: Origin | None, is_accepted: bool) -> tuple[tuple[str, str], ...]:
        if origin is None:
            return (("drawn", self.tr("drawn by hand")),)
        kept = self.tr("imported, kept") if origin is Origin.imported else self.tr("network, kept")
        first = ("confirmed", self.tr("confirmed")) if is_accepted else ("kept", kept)
        return (first, ("added", self.tr("added")), ("removed", self.tr("removed")))


class OriginLegend(QFrame):
    """Stands in the lower left corner of the canvas, above what is written there."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setObjectName("toolStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(10, 6, 12, 6)
        self._line.setSpacing(6)
        self._said: tuple[tuple[str, str], ...] = ()
        canvas.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for _, word in self._said)

    def explain(self, words: tuple[tuple[str, str], ...]) -> None:
        """words: (what a colour stands for, how it is called)."""
        if words != self._said:
            self._said = words
            while (item := self._line.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.deleteLater()
            for place, (kind, word) in enumerate(words):
                if place:
                    self._line.addSpacing(8)
                for widget in (Swatch(COLOURS[kind], is_hatched=kind == "removed"), label(word, "small")):
                    self._line.addWidget(widget)
                    widget.show()  # a widget that comes later counts for nothing in the layout until it is shown
            self.setAccessibleName(", ".join(self.words))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self._line.activate()
        self.adjustSize()
        self.move(_EDGE, self._canvas.height() - _ABOVE_TEXTS - self.height())


class Swatch(QWidget):
    """A small square of a colour, hatched as on the image."""

    def __init__(self, colour: str, *, is_hatched: bool) -> None:
        super().__init__()
        self._colour, self._is_hatched = QColor(colour), is_hatched
        self.setFixedSize(QSize(12, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._colour)
        if not self._is_hatched:
            painter.fillRect(self.rect(), self._colour)
            return
        for start in range(-12, 12, 4):
            painter.drawLine(QPointF(start, 12), QPointF(start + 12, 0))
            painter.drawLine(QPointF(start + 1, 12), QPointF(start + 13, 0))


def _nothing() -> None:
    """No document is listened to."""
