"""The score of a network on the cases that validate, while it trains: every image at its own size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from urwkv_desktop.inference.prepare import prepare
from urwkv_desktop.training.cases import Case
from urwkv_desktop.training.metrics import overlap
from urwkv_desktop.training.reading import read_image, read_truth
from urwkv_desktop.training.recipe import Recipe

FIRED_PIXELS = 50


@dataclass(frozen=True)
class Score:
    """iou, dice: means over slices that hold a label. fired: slices without one on which over 50 pixels were drawn."""

    iou: float
    dice: float
    fired: int
    empty: int


@dataclass(frozen=True, eq=False)
class Held:
    """One slice that validates: prepared float32 [C,H,W], its place on that grid, its truth at its own size, laid down
    as the network sees it."""

    array: NDArray[np.float32]
    placement: tuple[float, float, float, float]
    truth: NDArray[np.uint8]


def held(cases: Sequence[Case], recipe: Recipe) -> tuple[Held, ...]:
    """All slices of the cases, read and prepared once."""
    slices = []
    for case in cases:
        image = read_image(case)
        truth = read_truth(case, image, len(recipe.channels))
        for k in range(image.shape[0]):
            prepared = prepare(image, recipe.input, k)
            slices.append(Held(prepared.array, prepared.placement, prepared.turn.apply(truth[k])))
    return tuple(slices)


@torch.inference_mode()
def score(network: nn.Module, slices: Sequence[Held], recipe: Recipe) -> Score:
    """The network's score, its weights as they are."""
    network.eval()
    ious, dices, fired, empty = [], [], 0, 0
    for one in slices:
        with torch.autocast("cpu", torch.bfloat16, enabled=recipe.precision == "bfloat16"):
            logits = network(torch.from_numpy(one.array)[None]).float()[0].numpy()
        drawn = drawn_labels(logits, one, recipe)
        if not one.truth.any():
            empty += 1
            fired += int(np.count_nonzero(drawn) > FIRED_PIXELS)
            continue
        each = [overlap(drawn == label, one.truth == label) for label in np.unique(one.truth) if label]
        ious.append(float(np.mean([pair.iou for pair in each])))
        dices.append(float(np.mean([pair.dice for pair in each])))
    return Score(float(np.mean(ious)), float(np.mean(dices)), fired, empty)


def drawn_labels(logits: NDArray[np.float32], one: Held, recipe: Recipe) -> NDArray[np.uint8]:
    """Logits [K,h,w] -> label indices at the slice's own size: resized, activated, cut (MODELS.md)."""
    import cv2

    top, left, bottom, right = (round(edge) for edge in one.placement)
    height, width = one.truth.shape
    large = np.stack([cv2.resize(plane[top:bottom, left:right], (width, height)) for plane in logits])
    if recipe.activation == "softmax":
        return np.asarray(large.argmax(axis=0), np.uint8)
    thresholds = np.array([channel.threshold for channel in recipe.channels], np.float32)
    probability = 1 / (1 + np.exp(-large))
    passed = np.where(probability > thresholds[:, None, None], probability, 0)
    return np.asarray(np.where(passed.any(axis=0), passed.argmax(axis=0) + 1, 0), np.uint8)
