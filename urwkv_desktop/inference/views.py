"""One picture seen several ways: mirrored, to average and to doubt; in windows, where it is larger than the field."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import ceil

import numpy as np
from numpy.typing import NDArray

Pictures = NDArray[np.float32]
Run = Callable[[Pictures], Pictures]

MIRRORS: tuple[tuple[int, ...], ...] = ((), (-1,), (-2,), (-2, -1))
"""Axes that are reversed: as it is, left and right, above and below, both."""

OVERLAP = 0.25  # of a window with the next: a guess, wide enough that no lesion's edge is seen at a border alone
_LEAST = 0.02  # weight of a window's outermost pixel, so that the image's own border has one


def mirrored(pictures: Pictures, axes: tuple[int, ...]) -> Pictures:
    """[...,H,W] with the axes reversed; the same again undoes it."""
    return np.ascontiguousarray(np.flip(pictures, axes)) if axes else pictures


def mirror_mean(run: Run, pictures: Pictures) -> Pictures:
    """Logits of the pictures [N,C,H,W], averaged with those of their left-right mirror images."""
    return (run(pictures) + mirrored(run(mirrored(pictures, (-1,))), (-1,))) * np.float32(0.5)


def spread(run: Run, pictures: Pictures, activation: str) -> Pictures:
    """How far the answers to the four mirror images differ: [N,C,H,W] -> [N,H,W], 0 (agreed) to 1 (half say 0, half 1).

    Twice the standard deviation of the probability, of the channel in which it is largest.
    """
    answers = [_activated(mirrored(run(mirrored(pictures, axes)), axes), activation) for axes in MIRRORS]
    return np.asarray(2 * np.std(answers, axis=0).max(axis=1), np.float32)


def _activated(logits: Pictures, activation: str) -> Pictures:
    if activation == "sigmoid":
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def windows_along(size: int, field: int) -> list[int]:
    """Where windows of `field` begin so that they cover `size`, evenly, each overlapping the next by a quarter."""
    if size <= field:
        return [0]
    count = ceil((size - field) / (field * (1 - OVERLAP))) + 1
    return [round(step * (size - field) / (count - 1)) for step in range(count)]


def blended(run: Run, picture: Pictures, height: int, width: int) -> Pictures:
    """Logits [K,H,W] of a picture [C,H,W] that is larger than the network's field, out of overlapping windows.

    Each window counts most at its middle and fades linearly to its border, so that no seam is left. Windows go to the
    engine one at a time: memory stays that of one.
    """
    rows, columns = picture.shape[1:]
    places = list(product(windows_along(rows, height), windows_along(columns, width)))
    weight = _ramp(height)[:, None] * _ramp(width)
    total: Pictures | None = None
    weights = np.zeros((rows, columns), np.float32)
    for top, left in places:
        here = slice(top, top + height), slice(left, left + width)
        logits = run(np.ascontiguousarray(picture[None, :, here[0], here[1]]))[0]
        if total is None:
            total = np.zeros((len(logits), rows, columns), np.float32)
        total[:, here[0], here[1]] += logits * weight
        weights[here] += weight
    assert total is not None
    return total / weights


def _ramp(size: int) -> Pictures:
    """Rises from the border to the middle."""
    middle = (size - 1) / 2
    return np.asarray(np.maximum(1 - np.abs(np.arange(size) - middle) / (middle + 0.5), _LEAST), np.float32)
