"""The image on the screen: brought onto the screen's grid when the view moves, toned when the window does."""

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from urwkv_desktop.gui.canvas.pyramid import ImagePyramid, Pixels
from urwkv_desktop.gui.canvas.sampling import Grid, linear, nearest
from urwkv_desktop.gui.canvas.screen_buffer import ScreenBuffer
from urwkv_desktop.gui.canvas.tones import Tones
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform, strips_around
from urwkv_desktop.imaging import Rect


class ImageLayer:
    """buffer: what of the plane is visible, RGB32, on the canvas' own ground.

    The values of the visible part are kept, so that a change of window touches the window's pixels only.
    """

    def __init__(self, ground: int) -> None:
        self._ground = ground
        self._pyramid: ImagePyramid | None = None
        self._values: Pixels = np.zeros((0, 0), np.uint8)
        self._shown = Extent(0, 0, 0, 0)
        self._tones = Tones(1.0, 0.0)
        self.buffer = ScreenBuffer(1, 1, QImage.Format.Format_RGB32, ground)

    @property
    def values(self) -> Pixels:
        """The plane's values as they are sampled on the screen now, [rows, columns] of `shown`."""
        return self._values

    @property
    def shown(self) -> Extent:
        """What of the screen the image takes."""
        return self._shown

    def resize(self, width: int, height: int) -> None:
        self.buffer = ScreenBuffer(width, height, QImage.Format.Format_RGB32, self._ground)

    def set_ground(self, ground: int) -> None:
        self._ground = ground
        self.resize(self.buffer.extent.width, self.buffer.extent.height)

    def show_plane(self, plane: Pixels | None) -> None:
        """plane: stored values [rows, columns] or [rows, columns, 3]; None for nothing."""
        self._pyramid = None if plane is None else ImagePyramid(plane)

    def compose(self, transform: ViewTransform) -> None:
        """All of the screen anew, for a view that has moved or a plane that has changed."""
        before = self._shown
        if self._pyramid is None:
            self._shown = Extent(0, 0, 0, 0)
        else:
            self._shown = transform.extent(_rect(self._pyramid.base)).intersection(self.buffer.extent)
        if self._shown != before:  # around what was shown before there is nothing but ground
            self.buffer.clear_around(self._shown)
        if self._pyramid is not None and not self._shown.is_empty:
            self._values = self._sample(transform, self._shown)
            self._paint(self._values, self._shown)

    def set_tones(self, tones: Tones) -> None:
        self._tones = tones

    def retone(self) -> Extent:
        """Apply the window to the values at hand; answers what has changed on the screen."""
        if not self._shown.is_empty:
            self._paint(self._values, self._shown)
        return self._shown

    def scroll(self, dx: int, dy: int, transform: ViewTransform) -> None:
        """The view has moved by whole device pixels to `transform`: shift what is there, compose the strips."""
        if self._pyramid is None:
            return
        self.buffer.scroll(dx, dy)
        after = transform.extent(_rect(self._pyramid.base)).intersection(self.buffer.extent)
        before = self._shown.moved(dx, dy).intersection(after)  # a pixel less where an edge is rounded the other way
        self.buffer.clear_around(after)
        values = np.empty((after.height, after.width, *self._values.shape[2:]), self._values.dtype)
        if not before.is_empty:
            origin = before.moved(-dx - self._shown.x0, -dy - self._shown.y0)
            values[before.moved(-after.x0, -after.y0).index] = self._values[origin.index]
        for strip in strips_around(before, after):
            fresh = self._sample(transform, strip)
            values[strip.moved(-after.x0, -after.y0).index] = fresh
            self._paint(fresh, strip)
        self._values, self._shown = values, after

    def _sample(self, transform: ViewTransform, extent: Extent) -> Pixels:
        assert self._pyramid is not None
        n, level = self._pyramid.level(transform.zoom)
        if transform.is_magnified or transform.zoom * 2**n == 1:
            return nearest(level, Grid(transform, n), extent)
        return linear(level, Grid(transform, n), extent)

    def _paint(self, values: Pixels, extent: Extent) -> None:
        grey: npt.NDArray[np.uint8] = np.empty(values.shape, np.uint8)
        self._tones.apply(values, grey)
        code = cv2.COLOR_RGB2BGRA if grey.ndim == 3 else cv2.COLOR_GRAY2BGRA
        target = self.buffer.words.view(np.uint8).reshape(*self.buffer.words.shape, 4)[extent.index]
        cv2.cvtColor(grey, code, dst=target)


def _rect(plane: Pixels) -> Rect:
    return Rect(0, 0, plane.shape[0], plane.shape[1])
