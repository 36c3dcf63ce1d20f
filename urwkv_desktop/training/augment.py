"""Random changes that leave a picture's meaning as it is."""

from __future__ import annotations

from typing import Any

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
LabelMap = NDArray[np.uint8]

_BENDS = 5  # of the coarse field, each way


class Augmentation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a picture may be changed; 0 (or a scale of 1) leaves a thing alone.

    flip, flip_vertical: chance. rotation, shear: degrees. scale: largest factor up or down. stretch: largest factor
    between width and height. shift: share of the side. gamma: largest exponent or its inverse. contrast, brightness:
    of the range 0..1. noise: largest standard deviation. blur: largest sigma, pixels. cut: chance of a covered box.
    tint: largest factor up or down of one colour channel against the others, another camera's colours. elastic: largest
    displacement of a smooth field, share of the side. speckle: largest standard deviation of grain that is multiplied,
    as ultrasound's is. What is 0 (a tint of 1) draws no random number: an older recipe stays the run that it was.
    """

    flip: float = 0.5
    flip_vertical: float = 0.0
    rotation: float = 15.0
    shear: float = 5.0
    scale: float = 1.35
    stretch: float = 1.15
    shift: float = 0.08
    gamma: float = 1.5
    contrast: float = 0.2
    brightness: float = 0.1
    noise: float = 0.05
    blur: float = 1.0
    cut: float = 0.0
    tint: float = 1.0
    elastic: float = 0.0
    speckle: float = 0.0


def augmented(
    picture: Picture, labels: LabelMap, how: Augmentation, rng: np.random.Generator
) -> tuple[Picture, LabelMap]:
    """`picture` [H,W,C] in 0..1, `labels` [H,W] -> the same shapes. The generator alone decides what is done."""
    picture, labels = _moved(picture, labels, how, rng)
    return _lit(picture, how, rng), labels


def _moved(picture: Picture, labels: LabelMap, how: Augmentation, rng: np.random.Generator) -> tuple[Picture, LabelMap]:
    """One affine map for both, bent by a smooth field; what comes in from outside is the mirrored inside."""
    height, width = labels.shape
    turn, slant = np.deg2rad(rng.uniform(-1, 1, 2) * (how.rotation, how.shear))
    size, ratio = np.exp(rng.uniform(-1, 1, 2) * np.log((how.scale, how.stretch)))
    mirror = np.where(rng.random(2) < (how.flip, how.flip_vertical), -1.0, 1.0)
    moved = rng.uniform(-how.shift, how.shift, 2) * (width, height)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    linear = rotation @ np.array([[1.0, np.tan(slant)], [0.0, 1.0]]) @ np.diag(mirror * (size * ratio, size / ratio))
    centre = np.array([width - 1, height - 1]) / 2
    matrix = np.column_stack([linear, centre + moved - linear @ centre])
    if how.elastic > 0:
        where = _bent(matrix, height, width, how.elastic, rng)
        warped = cv2.remap(picture, *where, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        followed = cv2.remap(labels, *where, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT_101)
    else:
        warped = _warped(picture, matrix, cv2.INTER_LINEAR)
        followed = _warped(labels, matrix, cv2.INTER_NEAREST)
    return np.asarray(warped, np.float32).reshape(picture.shape), np.asarray(followed, np.uint8)


def _bent(
    matrix: NDArray[np.float64], height: int, width: int, elastic: float, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where each new pixel comes from, x and y: a coarse random field, smoothly enlarged, before the inverse map."""
    strength = elastic * rng.random()
    coarse = rng.uniform(-strength, strength, (_BENDS, _BENDS, 2)).astype(np.float32)
    field = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    x, y = columns + field[:, :, 0] * width, rows + field[:, :, 1] * height
    back = cv2.invertAffineTransform(matrix).astype(np.float32)
    return (back[0, 0] * x + back[0, 1] * y + back[0, 2], back[1, 0] * x + back[1, 1] * y + back[1, 2])


def _warped(array: NDArray[Any], matrix: NDArray[np.float64], way: int) -> NDArray[Any]:
    height, width = array.shape[:2]
    return cv2.warpAffine(array, matrix, (width, height), flags=way, borderMode=cv2.BORDER_REFLECT_101)


def _lit(picture: Picture, how: Augmentation, rng: np.random.Generator) -> Picture:
    """Light and grain: gamma, contrast about the mean, brightness, blur, noise, a covered box, tint."""
    exponent = np.exp(rng.uniform(-1, 1) * np.log(how.gamma))
    factor, added = 1 + rng.uniform(-1, 1) * how.contrast, rng.uniform(-1, 1) * how.brightness
    lit = np.clip(picture, 0, 1) ** np.float32(exponent)
    middle = lit.mean()
    lit = (lit - middle) * np.float32(factor) + np.float32(middle + added)
    sigma = how.blur * rng.random()
    if rng.random() < 0.3 and sigma > 0.2:
        lit = cv2.GaussianBlur(lit, (0, 0), sigma).reshape(picture.shape)
    if how.speckle > 0:
        lit = lit * _speckle(lit.shape[0], lit.shape[1], how.speckle * rng.random(), rng)
    grain = how.noise * rng.random() ** 2
    height, width = lit.shape[:2]
    lit = lit + np.float32(grain) * rng.standard_normal((height, width, 1), dtype=np.float32)
    if rng.random() < how.cut:
        lit[_box(height, width, rng)] = middle
    if how.tint > 1:
        lit = lit * np.exp(rng.uniform(-1, 1, lit.shape[2]) * np.log(how.tint)).astype(np.float32)
    return np.asarray(np.clip(lit, 0, 1), np.float32)


def _speckle(height: int, width: int, strength: float, rng: np.random.Generator) -> Picture:
    """Factors [H,W,1] about 1 with a standard deviation of `strength`, their grain a pixel or two wide."""
    grain = rng.standard_normal((height, width), dtype=np.float32)
    smooth = np.asarray(cv2.GaussianBlur(grain, (0, 0), float(rng.uniform(0.5, 1.2))), np.float32)
    scaled = smooth * np.float32(strength / max(float(smooth.std()), 1e-6))
    return np.asarray(1 + scaled[:, :, None], np.float32)


def _box(height: int, width: int, rng: np.random.Generator) -> tuple[slice, slice]:
    """A box of up to a quarter of each side."""
    tall, wide = (rng.uniform(0.05, 0.25, 2) * (height, width)).astype(int)
    top, left = int(rng.integers(0, height - tall)), int(rng.integers(0, width - wide))
    return slice(top, top + int(tall)), slice(left, left + int(wide))
