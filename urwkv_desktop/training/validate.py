"""The score of a network on the cases that validate, while it trains: every image at its own size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from urwkv_desktop.inference.prepare import limits_of, prepare
from urwkv_desktop.training.cases import Case
from urwkv_desktop.training.metrics import overlap
from urwkv_desktop.training.reading import named, read_image, read_truth
from urwkv_desktop.training.recipe import Recipe

FIRED_PIXELS = 50
TOGETHER = 32  # slices of volumes in one pass


@dataclass(frozen=True)
class Score:
    """iou, dice: means over cases that hold a label. fired: cases without one on which over 50 pixels were drawn."""

    iou: float
    dice: float
    fired: int
    empty: int


@dataclass(frozen=True, eq=False)
class Held:
    """One slice that validates: prepared float32 [C,H,W], its place on that grid, its truth at its own size, laid down
    as the network sees it."""

    case: str
    array: NDArray[np.float32]
    placement: tuple[float, float, float, float]
    truth: NDArray[np.uint8]


def held(cases: Sequence[Case], recipe: Recipe) -> tuple[Held, ...]:
    """All slices of the cases, read and prepared once."""
    slices = []
    for case in cases:
        with named(case):
            image = read_image(case)
            truth = read_truth(case, image, len(recipe.channels), to_learn=True)
        limits = limits_of(image, recipe.input.intensity)
        for k in range(image.shape[0]):
            prepared = prepare(image, recipe.input, k, limits=limits)
            slices.append(Held(case.id, prepared.array, prepared.placement, prepared.turn.apply(truth[k])))
    return tuple(slices)


def score(network: nn.Module, slices: Sequence[Held], recipe: Recipe) -> Score:
    """The network's score, its weights as they are. A volume counts once: its slices are put together first."""
    network.eval()
    drawn: dict[str, list[NDArray[np.uint8]]] = {}
    truth: dict[str, list[NDArray[np.uint8]]] = {}
    for one, labels in zip(slices, _drawn(network, slices, recipe), strict=True):
        drawn.setdefault(one.case, []).append(labels)
        truth.setdefault(one.case, []).append(one.truth)
    pairs, fired, empty = [], 0, 0
    for case, wanted in truth.items():
        there, found = np.stack(wanted), np.stack(drawn[case])
        if there.any():
            each = [overlap(found == label, there == label) for label in np.unique(there) if label]
            pairs.append((np.mean([pair.iou for pair in each]), np.mean([pair.dice for pair in each])))
        else:
            empty += 1
            fired += int(np.count_nonzero(found) > FIRED_PIXELS)
    iou, dice = np.mean(pairs, axis=0) if pairs else (0.0, 0.0)
    return Score(float(iou), float(dice), fired, empty)


@torch.inference_mode()
def _drawn(network: nn.Module, slices: Sequence[Held], recipe: Recipe) -> Iterator[NDArray[np.uint8]]:
    """Single pictures one by one, the small slices of volumes many together."""
    device = next(network.parameters()).device
    together = TOGETHER if len({one.case for one in slices}) < len(slices) else 1
    for start in range(0, len(slices), together):
        part = slices[start : start + together]
        pictures = torch.from_numpy(np.stack([one.array for one in part])).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=recipe.precision == "bfloat16"):
            logits = network(pictures).float().cpu().numpy()
        yield from (drawn_labels(each, one, recipe) for each, one in zip(logits, part, strict=True))


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
