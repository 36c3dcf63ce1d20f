"""The canvas without a hand: shows a Document's plane, its mask and the corner texts."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from urwkv_desktop.editing.document import Change, Document
from urwkv_desktop.gui.canvas.brush_cursor import to_device, to_logical
from urwkv_desktop.gui.canvas.captions import captions
from urwkv_desktop.gui.canvas.message_card import MessageCard
from urwkv_desktop.gui.canvas.orientation import has_planes, shape_of
from urwkv_desktop.gui.canvas.overlays import Corners, CornerTexts
from urwkv_desktop.gui.canvas.plane_values import PlaneValues
from urwkv_desktop.gui.canvas.preview_layer import Ids
from urwkv_desktop.gui.canvas.tones import Tones, own_window
from urwkv_desktop.gui.canvas.transform import Extent
from urwkv_desktop.gui.canvas.zooming import NO_SHAPE, ZoomingSurface
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.imaging import Box, Image, Labels, Plane, Rect, Window

_MESSAGE = 72  # logical pixels between a message and the canvas' lower border: bar and texts stand there


class CanvasSurface(ZoomingSurface):
    """A widget holds no truth: everything drawn is read from the Document when it says what has changed.
    beside: does on another thread what will be needed soon."""

    sliceChanged = Signal(int)  # noqa: N815 - Qt's own way of naming; the stored slice
    placeChanged = Signal()  # noqa: N815
    lookChanged = Signal()  # noqa: N815
    messageChanged = Signal()  # noqa: N815
    windowChanged = Signal()  # noqa: N815
    messageButtonClicked = Signal(int)  # noqa: N815 - which of its buttons

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_word(theme.canvas), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 160)
        self._document: Document | None = None
        self._stop_listening: Callable[[], None] = lambda: None
        self._plane = Plane(0, 0)
        self._place_in_volume = (0, 0, 0)
        self._is_scaled = False
        self._window = Window(128.0, 256.0)
        self._inverted = False
        self._mask_visible, self._mask_style, self._fill_opacity = True, "both", 0.18
        self._patient_visible = True
        self._corners = Corners(theme)
        self._message = MessageCard(theme, self)
        self._message.clicked.connect(self.messageButtonClicked)
        self._message.settled.connect(self._settle_message)
        self._is_compact = False
        self.beside: Callable[[Callable[[], None]], object] = lambda task: None
        self._values = PlaneValues(lambda task: self.beside(task))

    # what is shown

    def show_document(self, document: Document | None) -> None:
        """The middle slice of a volume, fitted, in the image's own window; None empties the canvas."""
        self._stop_listening()
        self._document = document
        self._values.forget()
        self._stop_listening = document.listen(self._on_change) if document is not None else lambda: None
        self._place_in_volume = _middle(document.image.shape) if document is not None else (0, 0, 0)
        self._plane = Plane(self._plane.axis if document is not None and has_planes(document.image) else 0, 0)
        self._cut()
        self._inverted = False
        self._fitted = True
        self._mask_visible = True  # nobody shall judge a case without seeing what is drawn in it
        self._show_plane()
        self.reset_window()
        self._place(self._fitted_transform())
        self.sliceChanged.emit(self.stored_slice)
        self.placeChanged.emit()

    @property
    def is_empty(self) -> bool:
        return self._document is None

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
        return self._document.image.shape[self._plane.axis] if self._document is not None else 1

    @property
    def place_in_volume(self) -> tuple[int, int, int]:
        """The voxel (k, j, i) that the three planes have in common; this plane goes through it."""
        return self._place_in_volume

    @property
    def stored_slice(self) -> int:
        """The stored slice k of that voxel."""
        return self._place_in_volume[0]

    def set_place(self, place: tuple[int, int, int]) -> None:
        """Another common voxel, held within the volume."""
        if self._document is None:
            return
        shape, before = self._document.image.shape, self._place_in_volume
        k, j, i = (min(max(at, 0), size - 1) for at, size in zip(place, shape, strict=True))
        if (k, j, i) == before:
            return
        self._place_in_volume = k, j, i
        if self._place_in_volume[self._plane.axis] != self._plane.index:
            self._cut()
            self._show_plane()
            self._apply_tones()
        if k != before[0]:
            self.sliceChanged.emit(k)
        self.placeChanged.emit()

    def set_slice(self, index: int) -> None:
        """Along the axis of this plane, held within the volume."""
        k, j, i = self._place_in_volume
        self.set_place(((index, j, i), (k, index, i), (k, j, index))[self._plane.axis])

    def set_axis(self, axis: int) -> None:
        """0: the stored slices; 1 and 2: planes across them (along rows, along columns). Fitted anew."""
        if axis == self._plane.axis or self._document is None or not has_planes(self._document.image):
            return
        self._plane = Plane(axis, 0)
        self._cut()
        self._show_plane()
        self._apply_tones()
        self.fit()
        self.placeChanged.emit()

    def reveal(self, box: Box) -> None:
        """Go to the slice that a change is in, where it is not on the screen already."""
        if self._plane.rect(box) is None:
            middle = (box.k0 + box.k1 - 1) // 2, (box.j0 + box.j1 - 1) // 2, (box.i0 + box.i1 - 1) // 2
            self.set_slice(middle[self._plane.axis])

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
        self.window = own_window(image, self.stored_slice) if image is not None else Window(128.0, 256.0)

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
            self.lookChanged.emit()

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
        self.lookChanged.emit()

    @property
    def fill_opacity(self) -> float:
        return self._fill_opacity

    @fill_opacity.setter
    def fill_opacity(self, opacity: float) -> None:
        self._fill_opacity = min(max(opacity, 0.0), 1.0)
        self._apply_look()
        self.lookChanged.emit()

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
        self.lookChanged.emit()

    def set_message(self, title: str, text: str = "", *buttons: str, is_urged: bool = False) -> None:
        """An empty state over the image; empty words take it away. is_urged: the first button is what to do next."""
        self._message.say(title, text, buttons, is_urged=is_urged)
        self._settle_message()

    @property
    def message_room(self) -> int:
        """Logical pixels above the lower border that the message takes from a fitted image."""
        if self._document is None or self._message.isHidden() or self._message.is_folded:
            return 0
        return self.height() - self._message.y() + 10

    def give_way(self, to: QRect) -> None:
        """to: what lies over the canvas' top; the corner texts stand below it where it would hide them."""
        if self._corners.give_way(self.rect(), to):
            self.update()

    @property
    def is_compact(self) -> bool:
        """A small view beside a large one: what the large one says is not said again."""
        return self._is_compact

    @is_compact.setter
    def is_compact(self, compact: bool) -> None:
        self._is_compact = compact
        self._write_corners()

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
        self._frame.paint_image(painter)
        self.draw_under_mask(painter, ratio)
        if self._mask_visible:
            self.draw_mask(painter, ratio)
        self.draw_hand(painter, ratio, to_device(event.rect(), ratio))
        painter.resetTransform()
        self.draw_words(painter, event.rect())
        painter.end()

    def draw_under_mask(self, painter: QPainter, ratio: float) -> None:
        """What lies between the image and its mask, in device pixels."""

    def draw_mask(self, painter: QPainter, ratio: float) -> None:
        self._frame.paint_mask(painter)

    def draw_words(self, painter: QPainter, exposed: QRect) -> None:
        """In logical pixels."""
        self._corners.draw(painter, self.rect(), exposed)

    def draw_hand(self, painter: QPainter, ratio: float, exposed: Extent) -> None:
        """What follows the hand, in device pixels; exposed: what of it will be seen."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize_frame()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._resize_frame()
            self._apply_look()
        return super().event(event)

    # inside

    def _placed(self) -> None:
        self._write_corners()

    def update_extent(self, extent: Extent) -> None:
        """Paint these device pixels soon."""
        if not extent.is_empty:
            self.update(to_logical(extent, self.devicePixelRatioF()))

    def _resize_frame(self) -> None:
        super()._resize_frame()
        self._settle_message()
        self._write_corners()

    def _settle_message(self) -> None:
        bottom = _MESSAGE if self._document is not None else max(24, self.height() // 2 - 80)
        self._message.settle(bottom=bottom, can_fold=self._document is not None)
        self.messageChanged.emit()

    def _show_plane(self) -> None:
        document = self._document
        if document is None:
            self._frame.show(None, None)
            self._corners.texts = CornerTexts()
        else:
            values, self._is_scaled = self._values.of(document.image, self._plane)
            self._frame.show(values, self._mask_plane(), self.content_of(self._plane))
            self._frame.mask.offer(document.suggestion, self._plane)
        self._apply_look()

    def content_of(self, plane: Plane) -> Rect | None:
        """The rectangle outside of which the plane of the mask is known to be empty; None where nobody knows."""
        return None

    def _cut(self) -> None:
        """The plane through the common voxel."""
        self._plane = Plane(self._plane.axis, self._place_in_volume[self._plane.axis])
        self._shape = shape_of(self._document.image, self._plane) if self._document is not None else NO_SHAPE

    def _mask_plane(self) -> Ids | None:
        if self._document is None:
            return None
        cut: Ids = self._plane.cut(self._document.mask.voxels)  # type: ignore[assignment]
        return cut

    def _apply_tones(self) -> None:
        if self._document is not None:
            image = self._document.image
            self._frame.set_tones(Tones.of(image, self.stored_slice, self._window, scaled=self._is_scaled,
                                           inverted=image.inverted != self._inverted))
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
                         ratio=self.devicePixelRatioF(), patient=self._patient_visible, compact=self._is_compact,
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


def _middle(shape: tuple[int, int, int]) -> tuple[int, int, int]:
    return shape[0] // 2, shape[1] // 2, shape[2] // 2


def _word(colour: str) -> int:
    return 0xFF000000 | int(colour.lstrip("#"), 16)
