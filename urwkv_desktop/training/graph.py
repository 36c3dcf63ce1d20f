"""From torch weights to an OpenVINO graph that says the same, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine
from urwkv_desktop.inference.openvino_runtime import load_openvino
from urwkv_desktop.network import URWKV
from urwkv_desktop.network.tracing import can_be_traced, traced

LOGIT_BOUND = 1e-3
"""Largest difference of a logit between torch and graph; a mask's pixel may differ only where |logit| is below it."""


@dataclass(frozen=True)
class Agreement:
    """logit: the largest difference. pixels: of the masks that differ where |logit| is above the bound."""

    logit: float
    pixels: int


def write_graph(network: URWKV, channels: int, height: int, width: int, path: Path) -> None:
    """Writes `path` (.xml) and its .bin: float32 arithmetic on weights stored as float16, one picture at a time.

    Refuses decays for which the graph's form of biWKV is not exact.
    """
    if not can_be_traced(network):
        raise Refusal(
            tried=Message("Turn the network into a graph."),
            cause=Message("A decay of its attention is above 30, where the graph would lose small values."),
            cure=Message("Train with a lower rate."),
        )
    openvino = load_openvino()
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    example = torch.zeros(1, channels, height, width)
    graph = traced(network, example)
    frontend = FrontEndManager().load_by_framework("pytorch")
    decoder = TorchScriptPythonDecoder(graph, example_input=example)
    model = frontend.convert(frontend.load(decoder))
    model.reshape([1, channels, height, width])
    openvino.save_model(model, path, compress_to_fp16=True)


def agreement(network: URWKV, graph: Path, pictures: Sequence[NDArray[np.float32]]) -> Agreement:
    """How far the engine's logits are from torch's, both in float32, on prepared pictures [C,H,W]."""
    engine = OpenVinoEngine(graph, None)
    furthest, pixels = 0.0, 0
    network = network.float().eval()
    for picture in pictures:
        with torch.inference_mode():
            ours = network(torch.from_numpy(picture)[None]).numpy()
        theirs = engine.run(picture[None])
        furthest = max(furthest, float(np.abs(ours - theirs).max()))
        flipped = _cut(ours) != _cut(theirs)
        pixels += int(np.count_nonzero(flipped & (_margin(ours) > LOGIT_BOUND)))
    return Agreement(furthest, pixels)


def refuse_unless_agreed(found: Agreement) -> None:
    if found.logit <= LOGIT_BOUND and found.pixels == 0:
        return
    raise Refusal(
        tried=Message("Publish the model."),
        cause=Message(
            "The graph's logits differ from torch's by up to {logit}, and {pixels} pixels of the masks differ.",
            logit=f"{found.logit:.2g}", pixels=found.pixels,
        ),
        cure=Message("Keep the training run; its weights are good, and the fault is in the graph."),
    )


def _cut(logits: NDArray[np.float32]) -> NDArray[np.int64]:
    """Class of each pixel: of one channel above 0, of several the highest."""
    return np.asarray(logits > 0 if logits.shape[1] == 1 else logits.argmax(axis=1, keepdims=True), np.int64)


def _margin(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """How sure a pixel is: |logit|, or the distance of the highest from the next."""
    if logits.shape[1] == 1:
        return np.abs(logits)
    ordered = np.sort(logits, axis=1)
    return np.asarray(ordered[:, -1:] - ordered[:, -2:-1], np.float32)
