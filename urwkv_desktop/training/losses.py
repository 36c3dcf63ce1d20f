"""What the network is asked to make small."""

from __future__ import annotations

from typing import Literal

import msgspec
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, max_pool2d

Activation = Literal["sigmoid", "softmax"]


class LossWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """crossed: cross entropy of all pixels. dice: of the labels that an image holds. empty: area drawn without one.

    empty_share: share of the image at which a label drawn where there is none costs half of `empty`.
    presence: cross entropy of whether the label is there at all, asked of the `presence_share` of the pixels that are
    surest of it: it speaks to a few pixels of a normal picture where `crossed` drowns in the many that are right.
    edge: how many times more than others a pixel within two of a boundary weighs in `crossed` (with sigmoid).
    """

    crossed: float = 0.5
    dice: float = 1.0
    empty: float = 0.25
    empty_share: float = 0.01
    presence: float = 0.0
    presence_share: float = 0.005
    edge: float = 0.0


def segmentation_loss(logits: Tensor, labels: Tensor, activation: Activation, weights: LossWeights) -> Tensor:
    """`logits` [B,K,H,W], `labels` int64 [B,H,W] (0 background) -> scalar.

    Dice counts only where the label is there: on an empty mask it is 1 whatever the network draws less of, and it
    teaches to draw everywhere. There the area drawn is taken instead.
    """
    logits = logits.float()
    if activation == "sigmoid":
        truth = _one_hot(labels, logits.shape[1])
        crossed = binary_cross_entropy_with_logits(logits, truth, _weights(truth, weights.edge))
        says = logits
        drawn = logits.sigmoid()
    else:
        truth = _one_hot(labels, logits.shape[1] - 1)
        crossed = cross_entropy(logits, labels)
        says = logits[:, 1:] - logits[:, :1]
        drawn = logits.softmax(dim=1)[:, 1:]
    area, true_area = drawn.sum((2, 3)), truth.sum((2, 3))
    dice = 1 - (2 * (drawn * truth).sum((2, 3)) + 1) / (area + true_area + 1)
    there = (true_area > 0).float()
    share = weights.empty_share * labels[0].numel()
    dice_mean = (dice * there).sum() / there.sum().clamp_min(1)
    empty_mean = (area / (area + share) * (1 - there)).mean()
    total = weights.crossed * crossed + weights.dice * dice_mean + weights.empty * empty_mean
    if weights.presence:
        surest = says.flatten(2).topk(max(1, round(weights.presence_share * labels[0].numel()))).values.mean(2)
        total = total + weights.presence * binary_cross_entropy_with_logits(surest, there)
    return total


def _weights(truth: Tensor, edge: float) -> Tensor | None:
    """Of each pixel, with a mean of 1; None where all weigh the same."""
    if not edge:
        return None
    grown, shrunk = max_pool2d(truth, 5, 1, 2), -max_pool2d(-truth, 5, 1, 2)
    heavy = 1 + edge * (grown - shrunk)
    return heavy / heavy.mean()


def _one_hot(labels: Tensor, count: int) -> Tensor:
    """Labels 1..count as channels 0..count-1, float [B,count,H,W]."""
    return torch.stack([labels == label for label in range(1, count + 1)], dim=1).float()
