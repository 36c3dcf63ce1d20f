"""The canvas without a hand: shows a Document's plane, its mask and the corner texts."""

from math import ceil

from PySide6.QtCore import QEvent, QMargins, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from urwkv_desktop.editing.document import Change, Document
from urwkv_desktop.gui.canvas.brush_cursor import to_logical
from urwkv_desktop.gui.canvas.captions import captions
from urwkv_desktop.gui.canvas.frame import Frame
from urwkv_desktop.gui.canvas.message_card import MessageCard
from urwkv_desktop.gui.canvas.orientation import shape_of
from urwkv_desktop.gui.canvas.overlays import Corners, CornerTexts
from urwkv_desktop.gui.canvas.preview_layer import Ids
from urwkv_desktop.gui.canvas.tones import Tones, own_window
from urwkv_desktop.gui.canvas.transform import Extent, Margins, Shape, ViewTransform
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.imaging import Box, Image, Labels, Plane, Rect, Window

_NO_SHAPE = Shape(1, 1)


class CanvasSurface(QWidget):
    """A widget holds no truth: everything drawn is read from the Document when it says what has changed."""

    sliceChanged = Signal(int)  # noqa: N815 - Qt's own way of naming
    windowChanged = Signal()  # noqa: N815
    zoomChanged = Signal(float)  # noqa: N815
    messageButtonClicked = Signal()  # noqa: N815

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 160)
        self._document: Document | None = None
        self._stop_listening = _nothing
        self._plane = Plane(0, 0)
        self._shape = _NO_SHAPE
        self._window = Window(128.0, 256.0)
        self._inverted = False
        self._fitted = True
        self._fit_margins = QMargins(24, 24, 24, 56)
        self._mask_visible, self._mask_style, self._fill_opacity = True, "both", 0.18
        self._patient_visible = True
        self._frame = Frame(_word(theme.canvas))
        self._corners = Corners(theme)
        self._message = MessageCard(theme, self)
        self._message.clicked.connect(self.messageButtonClicked)

    # what is shown

    def show_document(self, document: Document | None) -> None:
        """The middle slice of a volume, fitted, in the image's own window; None empties the canvas."""
        self._stop_listening()
        self._document = document
        self._stop_listening = document.listen(self._on_change) if document is not None else _nothing
        self._plane = Plane(0, self.slice_count // 2)
        self._shape = shape_of(document.image, self._plane) if document is not None else _NO_SHAPE
        self._inverted = False
        self._fitted = True
        self._mask_visible = True  # nobody shall judge a case without seeing what is drawn in it
        self._show_plane()
        self.reset_window()
        self._place(self._fitted_transform())
        self.sliceChanged.emit(self._plane.index)

    @property
    def document(self) -> Document | None:
        return self._document

    @property
    def image(self) -> Image | None:
        return self._document.image if self._document is not None else None

    @property
    def plane(self) -> Plane:
        return self._plane

    @property
    def slice_count(self) -> int:
        return self._document.image.shape[0] if self._document is not None else 1

    def set_slice(self, k: int) -> None:
        """Held within the volume."""
        k = min(max(k, 0), self.slice_count - 1)
        if k == self._plane.index:
            return
        self._plane = Plane(0, k)
        self._show_plane()
        self._apply_tones()
        self.sliceChanged.emit(k)

    def reveal(self, box: Box) -> None:
        """Go to the slice that a change is in, where it is not on the screen already."""
        if self._plane.rect(box) is None:
            self.set_slice((box.k0 + box.k1 - 1) // 2)

    # window and level

    @property  # type: ignore[override]  # Qt's own window() is not asked of a canvas
    def window(self) -> Window:
        return self._window

    @window.setter
    def window(self, window: Window) -> None:
        self._window = window
        self._apply_tones()
        self.windowChanged.emit()

    @property
    def inverted(self) -> bool:
        """Dark is bright because the person wants it so (MONOCHROME1 is turned besides)."""
        return self._inverted

    @inverted.setter
    def inverted(self, inverted: bool) -> None:
        self._inverted = inverted
        self._apply_tones()
        self.windowChanged.emit()

    def reset_window(self) -> None:
        """The image's own window, or 1st to 99th percentile where it names none."""
        image = self.image
        self.window = own_window(image, self._plane.index) if image is not None else Window(128.0, 256.0)

    # zoom

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

    def zoom_at(self, factor: float, at: QPointF) -> None:
        """at: logical pixels; what lies there stays there."""
        if self._document is None:
            return
        ratio = self.devicePixelRatioF()
        factor = self._shape.bounded(self.transform, factor)
        self._fitted = False
        self._place(self.transform.zoomed(factor, at.x() * ratio, at.y() * ratio))

    def pan(self, dx: int, dy: int) -> None:
        """By whole device pixels."""
        if self._document is None or (dx, dy) == (0, 0):
            return
        self._fitted = False
        self._frame.move(dx, dy)
        self.update()

    def fit(self) -> None:
        self._fitted = True
        self._place(self._fitted_transform())

    def one_to_one(self) -> None:
        """One device pixel an image pixel, around what is in the middle now."""
        self.zoom = 1.0
        transform = self.transform
        # On whole pixels, so that nothing is interpolated.
        self._place(ViewTransform(transform.zoom_rows, transform.zoom_columns,
                                  float(round(transform.left)), float(round(transform.top))))

    def set_fit_margins(self, margins: QMargins) -> None:
        """Logical pixels that a fitted image leaves free, for what lies over the canvas."""
        self._fit_margins = margins
        if self._fitted:
            self.fit()

    # mask

    @property
    def mask_visible(self) -> bool:
        return self._mask_visible

    @mask_visible.setter
    def mask_visible(self, visible: bool) -> None:
        if visible != self._mask_visible:
            self._mask_visible = visible
            self._write_corners()
            self.update()

    @property
    def mask_style(self) -> str:
        """"fill", "outline" or "both"."""
        return self._mask_style

    @mask_style.setter
    def mask_style(self, style: str) -> None:
        if style not in ("fill", "outline", "both"):
            raise ValueError(f"no mask style is called {style}")
        self._mask_style = style
        self._apply_look()

    @property
    def fill_opacity(self) -> float:
        return self._fill_opacity

    @fill_opacity.setter
    def fill_opacity(self, opacity: float) -> None:
        self._fill_opacity = min(max(opacity, 0.0), 1.0)
        self._apply_look()

    # words

    @property
    def corner_texts(self) -> CornerTexts:
        """What stands in the corners now."""
        return self._corners.texts

    @property
    def patient_visible(self) -> bool:
        return self._patient_visible

    @patient_visible.setter
    def patient_visible(self, visible: bool) -> None:
        self._patient_visible = visible
        self._write_corners()

    def set_message(self, title: str, text: str = "", button: str | None = None) -> None:
        """An empty state over the image; empty words take it away."""
        self._message.say(title, text, button)
        self._settle_message()

    def wear(self, theme: Theme) -> None:
        self._corners.wear(theme)
        self._message.wear(theme)
        self._frame.set_ground(_word(theme.canvas))
        self.update()

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        self._frame.prepare()
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        # In device pixels, so that kept pictures are copied and never resampled.
        painter.scale(1 / ratio, 1 / ratio)
        self._frame.paint(painter, with_mask=self._mask_visible)
        self.draw_hand(painter, ratio)
        painter.resetTransform()
        self._corners.draw(painter, self.rect(), event.rect())
        painter.end()

    def draw_hand(self, painter: QPainter, ratio: float) -> None:
        """What follows the hand, in device pixels."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize_frame()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._resize_frame()
            self._apply_look()
        return super().event(event)

    # inside

    def update_extent(self, extent: Extent) -> None:
        """Paint these device pixels soon."""
        if not extent.is_empty:
            self.update(to_logical(extent, self.devicePixelRatioF()))

    def _resize_frame(self) -> None:
        ratio = self.devicePixelRatioF()
        self._frame.resize(ceil(self.width() * ratio), ceil(self.height() * ratio))
        if self._fitted:
            self._place(self._fitted_transform())
        self._settle_message()
        self._write_corners()

    def _settle_message(self) -> None:
        self._message.settle(bottom=72 if self._document is not None else max(24, self.height() // 2 - 80))

    def _fitted_transform(self) -> ViewTransform:
        ratio, margins = self.devicePixelRatioF(), self._fit_margins
        return self._shape.fitted(self.width() * ratio, self.height() * ratio,
                                  Margins(margins.left() * ratio, margins.top() * ratio,
                                          margins.right() * ratio, margins.bottom() * ratio))

    def _place(self, transform: ViewTransform) -> None:
        before = self.zoom
        self._frame.look_from(transform)
        self._write_corners()
        self.update()
        if self.zoom != before:
            self.zoomChanged.emit(self.zoom)

    def _show_plane(self) -> None:
        document = self._document
        if document is None:
            self._frame.show(None, None)
            self._corners.texts = CornerTexts()
        else:
            self._frame.show(self._plane.cut(document.image.pixels), self._mask_plane())
            self._frame.mask.offer(document.suggestion, self._plane)
        self._apply_look()

    def _mask_plane(self) -> Ids | None:
        if self._document is None:
            return None
        cut: Ids = self._plane.cut(self._document.mask.voxels)  # type: ignore[assignment]
        return cut

    def _apply_tones(self) -> None:
        if self._document is not None:
            image, k = self._document.image, self._plane.index
            self._frame.set_tones(Tones.of(image, k, self._window, inverted=image.inverted != self._inverted))
        self._write_corners()
        self.update()

    def _apply_look(self) -> None:
        labels = self._document.labels if self._document is not None else Labels()
        self._frame.set_look(labels, opacity=self._fill_opacity, style=self._mask_style,
                             ratio=self.devicePixelRatioF())
        self.update()

    def _write_corners(self) -> None:
        if self._document is None:
            return
        texts = captions(self._document.image, self._plane, self._shape, self._window, self.transform,
                         ratio=self.devicePixelRatioF(), patient=self._patient_visible,
                         caution="" if self._mask_visible else self.tr("Mask hidden"))
        if texts != self._corners.texts:
            area = self.rect()
            for box in self._corners.boxes(area):
                self.update(box)
            self._corners.texts = texts
            for box in self._corners.boxes(area):
                self.update(box)

    def _on_change(self, change: Change) -> None:
        if change.labels:
            self._apply_look()
        if change.box is not None:
            rect = self._plane.rect(change.box)
            if rect is not None:
                self._mask_changed(rect)
        if change.suggestion and self._document is not None:
            self._frame.mask.offer(self._document.suggestion, self._plane)
            self._frame.redraw_mask()
            self.update()

    def _mask_changed(self, rect: Rect) -> None:
        mask = self._mask_plane()
        if mask is not None:
            self._frame.mask.reread(mask)
            self.update_extent(self._frame.update_mask(rect))


def _nothing() -> None:
    """No document is listened to."""


def _word(colour: str) -> int:
    return 0xFF000000 | int(colour.lstrip("#"), 16)
