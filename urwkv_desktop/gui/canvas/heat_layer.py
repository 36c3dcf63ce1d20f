"""What the network thinks of each pixel, as colour over the image: how probable the label is there, or how doubtful.

The stored logits are brought onto the screen's grid, so it costs what the window's pixels cost.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QPainter

from urwkv_desktop.gui.canvas.heat_field import HeatField, HeatFields
from urwkv_desktop.gui.canvas.kept_picture import KeptPicture
from urwkv_desktop.gui.canvas.sampling import Grid
from urwkv_desktop.gui.canvas.screen_buffer import Words
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.imaging import Plane, Prediction, Rect
from urwkv_desktop.imaging.prediction import LOGIT_STEPS, own_cells

KINDS = ("", "probability", "doubt")
# From dark blue over grey to yellow: equally readable with every kind of colour vision, and rising in brightness.
_COLOURS = ((0, 32, 76), (66, 78, 108), (124, 123, 120), (188, 174, 108), (255, 233, 69))
_OPACITY = 0.62
_INVERSE = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
_NOWHERE = Extent(0, 0, 0, 0)


@dataclass(frozen=True)
class Look:
    """plane: that is looked at, in a volume of so many slices. label: whose channel is asked."""

    plane: Plane
    slices: int
    label: int


class HeatLayer:
    """kind: one of KINDS; "" draws nothing."""

    def __init__(self) -> None:
        self.kind = ""
        self._fields, self._picture = HeatFields(), KeptPicture()

    def paint(self, painter: QPainter, prediction: Prediction | None, look: Look, transform: ViewTransform,
              screen: Extent) -> bool:
        """painter: in device pixels. Answers whether there is something to see."""
        if not self.kind or prediction is None or look.label not in prediction.labels:
            return False
        field = self._fields.field(prediction, look.plane, look.slices)
        if field is None:
            return False
        area = transform.extent(Rect(0, 0, *field.size)).intersection(screen)
        channel = prediction.labels.index(look.label)

        def draw(extent: Extent) -> Words:
            return self._words(field, prediction.activation, channel, transform, extent)

        self._picture.show((self.kind, field.logits, field.doubt, look.label), transform, screen,
                           area if not area.is_empty else _NOWHERE, draw)
        self._picture.paint(painter)
        return True

    def _words(self, field: HeatField, activation: str, channel: int, transform: ViewTransform, extent: Extent,
               ) -> Words:
        codes, palette = self._coded(field, activation, channel, transform, extent)
        words: Words = palette.take(codes, mode="clip")
        if field.known is not None:
            straight = transform.straight if transform.swapped else transform
            grid = Grid(straight, 0)
            if transform.swapped:
                words[:, ~field.known[grid.columns(extent, len(field.known))]] = 0
            else:
                words[~field.known[grid.rows(extent, len(field.known))]] = 0
        return words

    def _coded(self, field: HeatField, activation: str, channel: int, transform: ViewTransform, extent: Extent,
               ) -> tuple[npt.NDArray[np.uint8], Words]:
        """(a code for each device pixel, the colour of each code)."""
        stored = field.logits
        if self.kind == "doubt" and field.doubt is not None:
            spread = _on_screen(field.doubt.spread, field.doubt.placement, field.size, transform, extent)
            return _codes(spread, 255.0, 0.0), _palette("probability")
        if activation == "sigmoid":
            logits = _on_screen(stored.logits[channel], stored.placement, field.size, transform, extent)
            return _codes(logits, 1.0, 128.0), _palette_of_logits(self.kind)
        layers = [_on_screen(layer, stored.placement, field.size, transform, extent) / np.float32(LOGIT_STEPS)
                  for layer in stored.logits]
        shares = _softmax(layers)
        if self.kind == "doubt":
            return _codes(_entropy(shares), 255.0, 0.0), _palette("probability")
        return _codes(shares[channel + 1], 255.0, 0.0), _palette("probability")


def _on_screen(grid: npt.NDArray[np.generic], placement: tuple[float, float, float, float], size: tuple[int, int],
               transform: ViewTransform, extent: Extent) -> npt.NDArray[np.float32]:
    """float32 [extent]: the grid's value at the centre of each device pixel, as Prediction resizes it."""
    top, left, bottom, right = placement
    if transform.swapped:
        grid, size, transform = grid.T, size[::-1], transform.straight
        top, left, bottom, right = left, top, right, bottom
    rows, columns = own_cells(top, bottom, grid.shape[0]), own_cells(left, right, grid.shape[1])
    own = np.ascontiguousarray(grid[rows, columns], np.float32)
    down = (bottom - top) / size[0] / transform.zoom_rows
    across = (right - left) / size[1] / transform.zoom_columns
    matrix = np.array([
        [across, 0.0, (extent.x0 + 0.5 - transform.left) * across + left - 0.5 - columns.start],
        [0.0, down, (extent.y0 + 0.5 - transform.top) * down + top - 0.5 - rows.start]])
    return np.asarray(cv2.warpAffine(own, matrix, (extent.width, extent.height), flags=_INVERSE,
                                     borderMode=cv2.BORDER_REPLICATE), np.float32)


def _softmax(layers: list[npt.NDArray[np.float32]]) -> list[npt.NDArray[np.float32]]:
    highest = np.maximum.reduce(layers)
    shares = [np.exp(layer - highest) for layer in layers]
    total = np.add.reduce(shares)
    return [np.asarray(share / total, np.float32) for share in shares]


def _entropy(shares: list[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """0 (sure) to 1 (all alike)."""
    kept = [np.maximum(share, np.float32(1e-7)) for share in shares]
    total = np.add.reduce([share * np.log(share) for share in kept])
    return np.asarray(-total / np.log(max(2, len(shares))), np.float32)


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
    heat = probability
    if kind == "doubt":
        share = np.clip(probability, 1e-7, 1 - 1e-7)
        heat = -(share * np.log2(share) + (1 - share) * np.log2(1 - share))
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
