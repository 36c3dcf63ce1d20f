"""The graph in int8: weights and activations, calibrated on training pictures, kept only where it costs no accuracy.

Convolutions alone are quantised. The DARM stays wide (its sums and LayerNorms need it), and so do the layers at the
picture's own size, which are few of the products and most of the loss.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Message
from urwkv_desktop.inference.card import ModelCard
from urwkv_desktop.inference.engine import Engine
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine, takes_bfloat16
from urwkv_desktop.inference.openvino_runtime import load_openvino
from urwkv_desktop.inference.predictor import BOUNDS, INT8_XML, Predictor
from urwkv_desktop.inference.prepare import prepare
from urwkv_desktop.inference.vetting import GRAPH_XML
from urwkv_desktop.training.cases import Case
from urwkv_desktop.training.differences import difference
from urwkv_desktop.training.evaluate import evaluate
from urwkv_desktop.training.reading import read_image

PICTURES: Final = 100
_WIDE = ("bx4rwkv", "stem", "e1", "Conv_1x1")
_ROUNDS = 20
Pictures = Sequence[NDArray[np.float32]]


@dataclass(frozen=True)
class Trial:
    """What int8 costs and gains. measured: by precision, as the card's `precisions`. is_kept: within its bound."""

    measured: dict[str, dict[str, object]]
    is_kept: bool


def try_int8(model: Model, train: Sequence[Case], validation: Sequence[Case], folder: Path,
             report: Callable[[Message], None] = lambda message: None) -> Trial:
    """Writes `folder`/model.int8.xml and .bin, and measures them; removes them where they are not worth keeping.

    Kept: the mean Dice of the cases that validate changes by at most 0.003, and it is faster than float32.
    Needs nncf, which not every installation has.
    """
    xml = folder / INT8_XML
    report(Message("Calibrate int8 on {count} training images.", count=min(PICTURES, len(train))))
    write_int8(model.folder / GRAPH_XML, calibration(model.card, train), xml)
    report(Message("Measure it on {count} images.", count=len(validation)))
    measured = _measured(model, xml, validation)
    cost, ratio = measured["int8"]["dice_mean"], measured["int8"]["ratio"]
    assert isinstance(cost, float)
    assert isinstance(ratio, float)
    is_kept = abs(cost) <= BOUNDS["int8"] and ratio < 1
    if not is_kept:
        for path in (xml, xml.with_suffix(".bin")):
            path.unlink(missing_ok=True)
    return Trial(measured, is_kept)


def calibration(card: ModelCard, cases: Sequence[Case]) -> list[NDArray[np.float32]]:
    """Prepared middle slices [C,H,W] of cases spread over the list."""
    step = max(1, len(cases) // PICTURES)
    images = (read_image(case) for case in cases[::step][:PICTURES])
    return [prepare(image, card.input, image.shape[0] // 2).array for image in images]


def write_int8(graph: Path, pictures: Pictures, target: Path) -> None:
    """Writes the graph in int8, rounded so that it answers best on these prepared pictures."""
    openvino = load_openvino()  # first, so that it comes without its own telemetry
    nncf = _nncf()
    ranges = nncf.quantization.range_estimator.RangeEstimatorParametersSet.HISTOGRAM
    patterns = [rf".*\.{name}[./].*" for name in _WIDE]
    quantised = nncf.quantize(
        openvino.Core().read_model(graph), nncf.Dataset([picture[None] for picture in pictures]),
        subset_size=len(pictures), preset=nncf.QuantizationPreset.MIXED,
        ignored_scope=nncf.IgnoredScope(patterns=patterns, types=["MatMul", "Gather"], validate=False),
        advanced_parameters=nncf.AdvancedQuantizationParameters(activations_range_estimator_params=ranges),
    )
    openvino.save_model(quantised, target, compress_to_fp16=True)


def _nncf() -> Any:
    """nncf without the telemetry that it would send at its import, and without its progress on the screen."""
    os.environ["NNCF_CI"] = "1"  # the package's own word for: no telemetry
    import nncf

    nncf.set_log_level(logging.ERROR)
    return nncf


def _measured(model: Model, xml: Path, cases: Sequence[Case]) -> dict[str, dict[str, object]]:
    graphs = {"float32": (model.folder / GRAPH_XML, "f32"), "int8": (xml, "int8")}
    if takes_bfloat16():
        graphs["bfloat16"] = (model.folder / GRAPH_XML, "bf16")
    engines: dict[str, Engine] = {name: OpenVinoEngine(path, None, precision=word)
                                  for name, (path, word) in graphs.items()}
    ratios = speed_ratios(engines, model.card)
    classes = len(model.card.channels)
    scores = {name: evaluate(Predictor(model, engine), cases, classes) for name, engine in engines.items()}
    return {name: {"ratio": ratios[name], **({} if name == "float32" else difference(scores["float32"], score))}
            for name, score in scores.items()}


def speed_ratios(engines: dict[str, Engine], card: ModelCard) -> dict[str, float]:
    """Time of each engine over float32's: best of twenty runs in turns, so that a busy machine changes it little."""
    size = (1, card.in_channels, card.input.height, card.input.width)
    picture = np.random.default_rng(0).standard_normal(size, np.float32)
    best = dict.fromkeys(engines, float("inf"))
    for _ in range(_ROUNDS):
        for name, engine in engines.items():
            start = time.perf_counter()
            engine.run(picture)
            best[name] = min(best[name], time.perf_counter() - start)
    return {name: round(seconds / best["float32"], 3) for name, seconds in best.items()}
