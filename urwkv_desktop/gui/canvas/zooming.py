"""A screen on which a plane lies: fitted, zoomed, shifted. What the plane shows is its heirs' matter."""

from dataclasses import replace
from math import ceil

from PySide6.QtCore import QMargins, QPointF, Signal
from PySide6.QtWidgets import QWidget

from urwkv_desktop.gui.canvas.frame import Frame
from urwkv_desktop.gui.canvas.transform import Margins, Shape, ViewTransform

NO_SHAPE = Shape(1, 1)


class ZoomingSurface(QWidget):
    """viewMoved: the plane lies elsewhere on the screen, or has another size there."""

    zoomChanged = Signal(float)  # noqa: N815 - Qt's own way of naming
    viewMoved = Signal()  # noqa: N815

    def __init__(self, ground: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = NO_SHAPE
        self._fitted = True
        self._fit_margins = QMargins(24, 24, 24, 56)
        self._frame = Frame(ground)

    @property
    def is_empty(self) -> bool:
        return True

    @property
    def zoom(self) -> float:
        """Device pixels per image pixel along the finer axis."""
        return self._frame.transform.zoom

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        self.zoom_at(zoom / self.zoom, QPointF(self.width() / 2, self.height() / 2))

    @property
    def transform(self) -> ViewTransform:
        return self._frame.transform

    @property
    def shape_on_screen(self) -> Shape:
        """Size, spacing and mirroring of the plane that is shown."""
        return self._shape

    @property
    def is_fitted(self) -> bool:
        """The whole plane, as large as there is room: until a hand zooms or shifts it."""
        return self._fitted

    def zoom_at(self, factor: float, at: QPointF) -> None:
        """at: logical pixels; what lies there stays there."""
        if self.is_empty:
            return
        ratio = self.devicePixelRatioF()
        factor = self._shape.bounded(self.transform, factor)
        self._fitted = False
        self._place(self.transform.zoomed(factor, at.x() * ratio, at.y() * ratio))

    def pan(self, dx: int, dy: int) -> None:
        """By whole device pixels."""
        if self.is_empty or (dx, dy) == (0, 0):
            return
        self._fitted = False
        self._frame.move(dx, dy)
        self.update()
        self.viewMoved.emit()

    def fit(self) -> None:
        self._fitted = True
        self._place(self._fitted_transform())

    def one_to_one(self) -> None:
        """One device pixel an image pixel, around what is in the middle now."""
        self.zoom = 1.0
        transform = self.transform
        # On whole pixels, so that nothing is interpolated.
        self._place(replace(transform, left=float(round(transform.left)), top=float(round(transform.top))))

    def look_from(self, transform: ViewTransform, *, fitted: bool) -> None:
        """As another view of the same plane does, on a screen as large as its."""
        self._fitted = fitted
        if transform != self.transform:
            self._place(transform)

    def set_fit_margins(self, margins: QMargins) -> None:
        """Logical pixels that a fitted image leaves free, for what lies over the canvas."""
        if margins == self._fit_margins:
            return
        self._fit_margins = margins
        if self._fitted:
            self.fit()

    def _resize_frame(self) -> None:
        ratio = self.devicePixelRatioF()
        self._frame.resize(ceil(self.width() * ratio), ceil(self.height() * ratio))
        if self._fitted:
            self._place(self._fitted_transform())

    def _fitted_transform(self) -> ViewTransform:
        ratio, margins = self.devicePixelRatioF(), self._fit_margins
        return self._shape.fitted(self.width() * ratio, self.height() * ratio,
                                  Margins(margins.left() * ratio, margins.top() * ratio,
                                          margins.right() * ratio, margins.bottom() * ratio))

    def _place(self, transform: ViewTransform) -> None:
        before = self.zoom
        self._frame.look_from(transform)
        self._placed()
        self.update()
        if self.zoom != before:
            self.zoomChanged.emit(self.zoom)
        self.viewMoved.emit()

    def _placed(self) -> None:
        """The plane has another place or size on the screen."""
