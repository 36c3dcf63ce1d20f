"""What the network said: quantised logits on its own grid, with the model's name and hash."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging.geometry import Rect

# int8 steps of the stored logits: 1/12, clipped to +-10.6 (STORE). float32 = stored / 12.
LOGIT_STEPS = 12.0
# Rows that a label map is made of at a time.
_BAND = 128


@dataclass(frozen=True)
class Channel:
    """One channel of a model's output. threshold: a probability, passed when strictly greater."""

    name: str
    code: str = ""
    colour: str = ""
    threshold: float = 0.5


@dataclass(frozen=True, eq=False)
class SliceLogits:
    """logits: int8 [K, h, w] on the network's grid, in steps of 1/12.

    placement: rows and columns of the network's grid that the image covers (top, left, bottom, right in grid pixels,
    float), so that letterboxed borders are left out; (0, 0, h, w) for a stretched image.
    """

    logits: npt.NDArray[np.int8]
    placement: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class SliceDoubt:
    """How far the network's answers to a picture and its mirror images differ, on its own grid.

    spread: float32 [h, w], 0 (agreed) to 1 (half say no, half say yes). placement: as in SliceLogits.
    """

    spread: npt.NDArray[np.float32]
    placement: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Prediction:
    """model: card's name; weights_sha256: of model.safetensors; activation: "sigmoid" or "softmax".

    slices: stored logits by slice index k. labels: project label id of each channel (softmax: of channels 1..).
    shape: (H, W) of the image's slices. *Probability* is always the activation of the resized logits.
    doubts: of slices that were looked at mirrored too; not kept in the store.
    """

    model: str
    weights_sha256: str
    activation: str
    channels: tuple[Channel, ...]
    labels: tuple[int, ...]
    shape: tuple[int, int]
    slices: Mapping[int, SliceLogits]
    doubts: Mapping[int, SliceDoubt] = field(default_factory=dict)

    def doubt(self, k: int, rect: Rect | None = None) -> npt.NDArray[np.float32]:
        """float32 [rows, columns], 0 (sure) to 1 (undecided), of slice k inside rect.

        The spread between mirror images where the slice has one; else the entropy of the probability.
        """
        rect = rect or Rect(0, 0, *self.shape)
        if k in self.doubts:
            found = self.doubts[k]
            spread: npt.NDArray[np.float32] = _resampled(found.spread[None], found.placement, self.shape, rect)[0]
            return spread
        return _entropy(self.probability(k, rect), is_one_of=self.activation == "softmax")

    def logits(self, k: int, rect: Rect | None = None) -> npt.NDArray[np.float32]:
        """float32 [K, rows, columns] of slice k inside rect (whole slice without one), bilinear.

        Sampling is at pixel centres (align_corners=False), clamped at the border, and separable, so that a rectangle
        equals the same rectangle of the whole slice, bit for bit.
        """
        stored = self.slices[k]
        return _resampled(stored.logits, stored.placement, self.shape, rect or Rect(0, 0, *self.shape), LOGIT_STEPS)

    def probability(self, k: int, rect: Rect | None = None) -> npt.NDArray[np.float32]:
        """float32 [K, rows, columns], 0..1: the card's activation of the resized logits."""
        logits = self.logits(k, rect)
        if self.activation == "sigmoid":
            return np.asarray(1 / (1 + np.exp(-logits)), np.float32)
        shifted = np.exp(logits - logits.max(axis=0, keepdims=True))
        total: npt.NDArray[np.float32] = shifted / shifted.sum(axis=0, keepdims=True)
        return total

    def label_map(self, k: int, rect: Rect | None = None) -> npt.NDArray[np.uint8]:
        """uint8 [rows, columns]: project label ids; strictly above the threshold, the highest channel wins.

        uint16 in a project that has given more than 255 ids, or taken 255 from a mask (its types do not say so).
        Decided on the logits, which rise with the probability, and band by band: a large image needs no large floats.
        """
        rect = rect or Rect(0, 0, *self.shape)
        ids: npt.NDArray[Any] = np.zeros((rect.height, rect.width), self._id_type)
        for top in range(0, rect.height, _BAND):
            band = Rect(rect.top + top, rect.left, min(rect.top + top + _BAND, rect.bottom), rect.right)
            ids[top:top + _BAND] = self._labels_of(self.logits(k, band))
        return ids

    @property
    def _id_type(self) -> type[np.uint8] | type[np.uint16]:
        return np.uint16 if max(self.labels, default=0) > 255 else np.uint8

    def _labels_of(self, logits: npt.NDArray[np.float32]) -> npt.NDArray[Any]:
        ids: npt.NDArray[Any] = np.asarray((0, *self.labels), self._id_type)
        if self.activation == "softmax":
            return np.asarray(ids[logits.argmax(axis=0)])
        passing = logits > np.asarray([_logit(channel.threshold) for channel in self.channels])[:, None, None]
        if len(logits) == 1:
            return np.asarray(passing[0].view(np.uint8) * ids[1])
        winner = np.where(passing, logits, -np.inf).argmax(axis=0)
        drawn: npt.NDArray[Any] = np.where(passing.any(axis=0), ids[1:][winner], ids[0])
        return drawn


def _logit(probability: float) -> np.float32:
    """The logit that a probability stands for; beyond 0 and 1 none or all pass."""
    if not 0 < probability < 1:
        return np.float32(np.inf if probability >= 1 else -np.inf)
    return np.float32(np.log(probability / (1 - probability)))


def _entropy(probability: npt.NDArray[np.float32], *, is_one_of: bool) -> npt.NDArray[np.float32]:
    """[K, rows, columns] -> [rows, columns], 0..1: of one choice among K, or the largest of K choices of yes and no."""
    kept = np.clip(probability, 1e-7, 1)
    if is_one_of:
        return np.asarray(-(kept * np.log(kept)).sum(axis=0) / np.log(max(2, len(kept))), np.float32)
    other = np.clip(1 - probability, 1e-7, 1)
    undecided = -(kept * np.log2(kept) + other * np.log2(other))
    return np.asarray(undecided.max(axis=0), np.float32)


def own_cells(low: float, high: float, cells: int) -> slice:
    """Of a grid's rows or columns those that lie in the image's own part from low to high, at least one: cells beyond
    it are padding, of which the network's answer says nothing."""
    first = min(max(0, int(np.ceil(low))), cells - 1)
    return slice(first, max(first + 1, min(cells, int(np.floor(high)))))


def _resampled(grid: npt.NDArray[Any], placement: tuple[float, float, float, float], shape: tuple[int, int],
               rect: Rect, steps: float = 1.0) -> npt.NDArray[np.float32]:
    """A grid [K, h, w] in units of 1/steps, bilinear at the pixels of rect in an image of this shape."""
    top, left, bottom, right = placement
    upper, lower, down = _samples(rect.top, rect.bottom, shape[0], top, bottom, grid.shape[1])
    before, after, across = _samples(rect.left, rect.right, shape[1], left, right, grid.shape[2])
    if rect.is_empty:
        return np.zeros((len(grid), rect.height, rect.width), np.float32)
    first_row, first_column = int(upper[0]), int(before[0])
    cells = grid[:, first_row:int(lower[-1]) + 1, first_column:int(after[-1]) + 1]
    wanted = cells.astype(np.float32) / np.float32(steps)
    upper, lower, before, after = upper - first_row, lower - first_row, before - first_column, after - first_column
    tall = wanted[:, upper] * (1 - down)[None, :, None] + wanted[:, lower] * down[None, :, None]
    wide = tall.take(before, axis=2)
    wide += (tall.take(after, axis=2) - wide) * across
    return wide.astype(np.float32, copy=False)


def _samples(start: int, stop: int, size: int, low: float, high: float, cells: int,
             ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float32]]:
    """Grid cells on either side of the centres of pixels start..stop of size, and the weight of the second."""
    own = own_cells(low, high, cells)
    centre = np.clip((np.arange(start, stop) + 0.5) * ((high - low) / size) + low - 0.5, own.start, own.stop - 1)
    first = np.floor(centre).astype(np.intp)
    second = np.minimum(first + 1, cells - 1)
    return first, second, (centre - first).astype(np.float32)
