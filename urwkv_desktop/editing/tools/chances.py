"""The network's probability for the active label, as log odds: they rise with it and are what is stored."""

import math
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.veil import Grid
from urwkv_desktop.imaging import Message, Plane, Prediction, Rect
from urwkv_desktop.imaging.prediction import LOGIT_STEPS


def channel_of(scene: Scene) -> int | Message:
    """Which output of the network speaks of the active label, or why none does."""
    prediction, label = scene.prediction, scene.labels.get(scene.active)
    if prediction is None:
        return Message("The network has not looked at this image: there is no probability to paint by")
    if scene.plane.axis != 0:
        return Message("The network's probability lies in the slices as stored, not across them")
    if scene.plane.index not in prediction.slices:
        return Message("The network has not looked at this slice yet")
    if scene.active not in prediction.labels:
        return Message("{model} has no probability for {label}", model=prediction.model,
                       label=label.name if label is not None else scene.active)
    return prediction.labels.index(scene.active) + (1 if prediction.activation == "softmax" else 0)


def threshold_of(scene: Scene) -> float:
    """The probability above which the network itself draws the active label; 0.5 where it has no say."""
    prediction = scene.prediction
    if prediction is None or scene.active not in prediction.labels or prediction.activation == "softmax":
        return 0.5
    place = prediction.labels.index(scene.active)
    return prediction.channels[place].threshold if place < len(prediction.channels) else 0.5


def log_odds(probability: float) -> float:
    """Of 0..1; minus or plus infinity at the ends."""
    if not 0 < probability < 1:
        return math.inf if probability >= 1 else -math.inf
    return math.log(probability / (1 - probability))


def passes(prediction: Prediction, channel: int, plane: Plane, rect: Rect, threshold: float, step: int = 1,
           ) -> npt.NDArray[np.bool_]:
    """bool [rect]: the probability is above the threshold (strictly, as the network's own mask is made).

    step: about every so many rows and columns only, for a picture of it.
    """
    if step > 1:
        prediction = replace(prediction, shape=(-(-prediction.shape[0] // step), -(-prediction.shape[1] // step)))
        top, left = rect.top // step, rect.left // step
        rect = Rect(top, left, min(top - (rect.top - rect.bottom) // step, prediction.shape[0]),
                    min(left - (rect.left - rect.right) // step, prediction.shape[1]))
    if plane.index not in prediction.slices:
        return np.zeros((rect.height, rect.width), bool)
    odds = odds_of(prediction.logits(plane.index, rect), channel, prediction.activation)
    return np.asarray(odds > np.float32(log_odds(threshold)))


def odds_of(logits: npt.NDArray[np.float32], channel: int, activation: str) -> npt.NDArray[np.float32]:
    """logits: float32 [K, ...], already resized. float32 [...]: the log odds of the channel's probability."""
    if activation == "sigmoid":
        return np.asarray(logits[channel])
    others = np.delete(logits, channel, axis=0)
    top = others.max(axis=0)
    rest = top + np.log(np.exp(others - top).sum(axis=0))
    return np.asarray(logits[channel] - rest, np.float32)


def grid_of(prediction: Prediction, channel: int, k: int) -> Grid:
    """The log odds of a channel in slice k, on the network's own grid, for a veil."""
    stored = prediction.slices[k]
    source = stored.logits if prediction.activation == "softmax" else stored.logits[channel:channel + 1]
    place = channel if prediction.activation == "softmax" else 0
    return Grid(source.astype(np.float32) / np.float32(LOGIT_STEPS), stored.placement, prediction.shape,
                partial(odds_of, channel=place, activation=prediction.activation))
