"""What the screen shows of a case, kept between paints: image, mask and the transform between them and the screen.

Changes are noted at once and drawn when the frame is asked for, so that many requests between two paints cost one.
"""

from PySide6.QtGui import QPainter

from urwkv_desktop.gui.canvas.image_layer import ImageLayer
from urwkv_desktop.gui.canvas.mask_layer import MaskLayer
from urwkv_desktop.gui.canvas.preview_layer import Ids
from urwkv_desktop.gui.canvas.pyramid import Pixels
from urwkv_desktop.gui.canvas.screen_buffer import Words
from urwkv_desktop.gui.canvas.tones import Tones
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import Labels, Rect


class Frame:
    """transform: in device pixels; replaced by `show`, `look_from` or `move` only."""

    def __init__(self, ground: int) -> None:
        self.transform = ViewTransform(1.0, 1.0, 0.0, 0.0)
        self.mask = MaskLayer()
        self._image = ImageLayer(ground)
        self._scrolled = (0, 0)
        self._image_is_stale = self._tones_are_stale = self._mask_is_stale = True

    @property
    def extent(self) -> Extent:
        return self._image.buffer.extent

    @property
    def image_words(self) -> Words:
        """The image as it was drawn last, 0xFFRRGGBB, [rows, columns] of the screen."""
        return self._image.buffer.words

    @property
    def image(self) -> ImageLayer:
        """As it was drawn last."""
        return self._image

    def resize(self, width: int, height: int) -> None:
        """width, height: of the screen in device pixels."""
        if (width, height) != (self.extent.width, self.extent.height):
            self._image.resize(width, height)
            self.mask.resize(width, height)
            self._forget_all()

    def set_ground(self, ground: int) -> None:
        """The colour around the image, 0xFFRRGGBB."""
        self._image.set_ground(ground)
        self._forget_all()

    def show(self, pixels: Pixels | None, mask: Ids | None, content: Rect | None = None) -> None:
        """A plane of stored values and the view of its label ids; None for an empty screen. content: outside of it the
        mask is known to be empty."""
        self._image.show_plane(pixels)
        self.mask.show_plane(mask, content)
        self._forget_all()

    def look_from(self, transform: ViewTransform) -> None:
        if transform != self.transform:
            self.transform = transform
            self._forget_all()

    def move(self, dx: int, dy: int) -> None:
        """By whole device pixels; what is drawn is shifted, not drawn anew."""
        self.transform = self.transform.moved(dx, dy)
        self._scrolled = self._scrolled[0] + dx, self._scrolled[1] + dy

    def set_tones(self, tones: Tones) -> None:
        self._image.set_tones(tones)
        self._tones_are_stale = True

    def set_look(self, labels: Labels, *, opacity: float, style: str, ratio: float) -> None:
        self.mask.set_look(labels, opacity=opacity, style=style, ratio=ratio)
        self._mask_is_stale = True

    def redraw_mask(self) -> None:
        self._mask_is_stale = True

    def update_mask(self, rect: Rect) -> Extent:
        """The mask, the gesture or the suggestion changed inside rect; answers what must be painted."""
        if self._mask_is_stale or self._scrolled != (0, 0):
            self.mask.mend(rect)
            self._mask_is_stale = True
            return self.extent
        return self.mask.update(rect, self.transform)

    def prepare(self) -> None:
        """Draw what is stale, once."""
        dx, dy = self._scrolled
        if self._image_is_stale:
            self._image.compose(self.transform)
        else:
            if self._tones_are_stale:
                self._image.retone()
            if (dx, dy) != (0, 0):
                self._image.scroll(dx, dy, self.transform)
        if self._mask_is_stale:
            self.mask.compose(self.transform)
        elif (dx, dy) != (0, 0):
            self.mask.scroll(dx, dy, self.transform)
        self._scrolled = (0, 0)
        self._image_is_stale = self._tones_are_stale = self._mask_is_stale = False

    def paint_image(self, painter: QPainter) -> None:
        """painter: in device pixels, clipped to what is exposed."""
        painter.drawImage(0, 0, self._image.buffer.image)

    def paint_mask(self, painter: QPainter) -> None:
        drawn = self.mask.drawn
        if not drawn.is_empty:
            painter.drawImage(drawn.x0, drawn.y0, self.mask.buffer.image,
                              drawn.x0, drawn.y0, drawn.width, drawn.height)

    def _forget_all(self) -> None:
        self._scrolled = (0, 0)
        self._image_is_stale = self._mask_is_stale = True
