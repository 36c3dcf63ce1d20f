"""What the network thinks of each pixel, as colour over the image: how probable the label is there, or how doubtful.

The stored logits are brought onto the screen's grid, so it costs what the window's pixels cost.
"""

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QPainter

from urwkv_desktop.gui.canvas.screen_buffer import ScreenBuffer, Words
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import Prediction, Rect
from urwkv_desktop.imaging.prediction import LOGIT_STEPS, SliceLogits

KINDS = ("", "probability", "doubt")
# From dark blue over grey to yellow: equally readable with every kind of colour vision, and rising in brightness.
_COLOURS = ((0, 32, 76), (66, 78, 108), (124, 123, 120), (188, 174, 108), (255, 233, 69))
_OPACITY = 0.62
_INVERSE = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
_NOWHERE = Extent(0, 0, 0, 0)
Key = tuple[object, ...]


class HeatLayer:
    """kind: one of KINDS; "" draws nothing. Kept until the view, the slice, the label or the answer is another one."""

    def __init__(self) -> None:
        self.kind = ""
        self._buffer = ScreenBuffer(1, 1, QImage.Format.Format_ARGB32_Premultiplied, 0)
        self._drawn = _NOWHERE
        self._key: Key = ()

    def paint(self, painter: QPainter, prediction: Prediction | None, k: int, label: int, transform: ViewTransform,
              screen: Extent) -> bool:
        """painter: in device pixels. label: whose channel is asked. Answers whether there is something to see."""
        stored = prediction.slices.get(k) if prediction is not None else None
        if not self.kind or prediction is None or stored is None or label not in prediction.labels:
            return False
        key: Key = (self.kind, stored, label, transform, screen)
        if key != self._key:
            self._key = key
            self._compose(prediction, stored, label, transform, screen)
        area = self._drawn
        painter.drawImage(area.x0, area.y0, self._buffer.image, area.x0, area.y0, area.width, area.height)
        return True

    def _compose(self, prediction: Prediction, stored: SliceLogits, label: int, transform: ViewTransform,
                 screen: Extent) -> None:
        if self._buffer.extent != screen:
            self._buffer = ScreenBuffer(screen.width, screen.height, QImage.Format.Format_ARGB32_Premultiplied, 0)
        self._drawn = transform.extent(Rect(0, 0, *prediction.shape)).intersection(screen)
        if self._drawn.is_empty:
            return
        channel = prediction.labels.index(label)
        if prediction.activation == "sigmoid":
            logits = _on_screen(stored, channel, prediction.shape, transform, self._drawn)
            codes, palette = _codes(logits, LOGIT_STEPS, 128.0), _palette_of_logits(self.kind)
        else:
            layers = [_on_screen(stored, each, prediction.shape, transform, self._drawn)
                      for each in range(len(stored.logits))]
            codes, palette = _codes(_softmax(layers, channel + 1), 255.0, 0.0), _palette(self.kind)
        np.take(palette, codes, out=self._buffer.words[self._drawn.index], mode="clip")


def _on_screen(stored: SliceLogits, channel: int, size: tuple[int, int], transform: ViewTransform, extent: Extent,
               ) -> npt.NDArray[np.float32]:
    """float32 [extent]: the logit at the centre of each device pixel, as Prediction.logits resizes them."""
    grid = stored.logits[channel].astype(np.float32) / np.float32(LOGIT_STEPS)
    top, left, bottom, right = stored.placement
    if transform.swapped:
        grid, size, transform = np.ascontiguousarray(grid.T), size[::-1], transform.straight
        top, left, bottom, right = left, top, right, bottom
    down = (bottom - top) / size[0] / transform.zoom_rows
    across = (right - left) / size[1] / transform.zoom_columns
    matrix = np.array([[across, 0.0, (extent.x0 + 0.5 - transform.left) * across + left - 0.5],
                       [0.0, down, (extent.y0 + 0.5 - transform.top) * down + top - 0.5]])
    return np.asarray(cv2.warpAffine(grid, matrix, (extent.width, extent.height), flags=_INVERSE,
                                     borderMode=cv2.BORDER_REPLICATE), np.float32)


def _softmax(layers: list[npt.NDArray[np.float32]], channel: int) -> npt.NDArray[np.float32]:
    highest = np.maximum.reduce(layers)
    shares = [np.exp(layer - highest) for layer in layers]
    return np.asarray(shares[channel] / np.add.reduce(shares), np.float32)


def _codes(values: npt.NDArray[np.float32], gain: float, offset: float) -> npt.NDArray[np.uint8]:
    """value x gain + offset, held within 0..255."""
    held = np.maximum(values, np.float32(-offset / gain))  # convertScaleAbs takes the absolute value
    return np.asarray(cv2.convertScaleAbs(held, alpha=gain, beta=offset), np.uint8)


@lru_cache(maxsize=4)
def _palette_of_logits(kind: str) -> Words:
    """uint32 [256], premultiplied ARGB, for logits in steps of 1/12 around code 128."""
    return _coloured(kind, 1 / (1 + np.exp(-(np.arange(256) - 128.0) / LOGIT_STEPS)))


@lru_cache(maxsize=4)
def _palette(kind: str) -> Words:
    """The same for probabilities in 255ths."""
    return _coloured(kind, np.arange(256) / 255.0)


def _coloured(kind: str, probability: npt.NDArray[np.float64]) -> Words:
    heat = 1 - np.abs(2 * probability - 1) if kind == "doubt" else probability
    opacity = _OPACITY * np.clip(heat / 0.25, 0, 1)  # nothing is said where there is nothing to say
    places = np.linspace(0, 1, len(_COLOURS))
    red, green, blue = (np.interp(heat, places, [colour[part] for colour in _COLOURS]) * opacity for part in range(3))
    parts = [np.rint(part).astype(np.uint32) for part in (255 * opacity, red, green, blue)]
    return np.asarray(parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3], np.uint32)


def legend(width: int, height: int) -> QImage:
    """The colours from 0 to 1, left to right."""
    words = np.tile(_coloured("probability", np.linspace(0.0, 1.0, width)), (height, 1))
    image = QImage(words.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()
