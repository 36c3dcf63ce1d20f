"""The canvas with the case's measurements over the image."""

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from urwkv_desktop.editing.diameters import Diameters
from urwkv_desktop.editing.document import Change
from urwkv_desktop.editing.tools import Shape
from urwkv_desktop.gui.canvas.measure_layer import Figure, MeasureLayer, draw_figure, figure_extent
from urwkv_desktop.gui.canvas.shapes_layer import ShapesLayer
from urwkv_desktop.gui.canvas.surface import CanvasSurface
from urwkv_desktop.gui.canvas.transform import Extent
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.gui.words import say


class MeasuringSurface(CanvasSurface):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._measures = MeasureLayer()
        self._running: Figure | None = None  # of the gesture that measures now
        self._diameters: Diameters | None = None
        self._lines = ShapesLayer()  # of the diameters

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What the measurements of this plane say."""
        return self._measures.figures

    @property
    def diameters(self) -> Diameters | None:
        """Those of the active label that are drawn now."""
        return self._diameters

    def show_diameters(self, diameters: Diameters | None) -> None:
        """Of the active label in this plane, dashed; None takes them away."""
        if diameters != self._diameters:
            self._diameters = diameters
            shapes = () if diameters is None else (Shape(diameters.longest, kind="dashed"),
                                                   Shape(diameters.across, kind="dashed"))
            self._lines.show(shapes, self.transform, self.devicePixelRatioF())
            self.update()

    def show_running(self, figure: Figure | None) -> None:
        """Beside the line that the hand draws; None takes it away."""
        before, self._running = self._running, figure
        if figure != before:
            for one in (before, figure):
                if one is not None:
                    self.update_extent(figure_extent(one, self.transform, self.devicePixelRatioF()))

    def draw_hand(self, painter: QPainter, ratio: float, exposed: Extent) -> None:
        if self._diameters is not None:
            self._lines.draw(painter, self.transform, ratio, exposed)
            figure = Figure(say(self._diameters.words), self._diameters.longest[1])
            draw_figure(painter, figure, self.transform, ratio, exposed)
        self._measures.draw(painter, self.transform, ratio, exposed)
        if self._running is not None:
            draw_figure(painter, self._running, self.transform, ratio, exposed)

    def _show_plane(self) -> None:
        super()._show_plane()
        self._show_measures()

    def _on_change(self, change: Change) -> None:
        super()._on_change(change)
        if change.history:
            self._show_measures()

    def _show_measures(self) -> None:
        document = self._document
        if document is not None and self._measures.show(document.history.measures, self._plane,
                                                         document.image.geometry):
            self.update()
        elif document is None:
            self._measures = MeasureLayer()
