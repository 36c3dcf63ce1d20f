"""Devices that fail in the middle, by real engines: another goes on, with a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tests.inference.tiny_model import make_tiny_model
from urwkv_desktop.imaging import Geometry, Image, Refusal, ThirdAxis
from urwkv_desktop.inference.card import InputSpec
from urwkv_desktop.inference.engine import said_out_of_memory
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine
from urwkv_desktop.inference.predictor import Predictor, load_predictor
from urwkv_desktop.inference.torch_engine import TorchEngine


class TooSmall(nn.Module):
    """A network on a card that holds `most` pictures at once."""

    def __init__(self, network: nn.Module, most: int) -> None:
        super().__init__()
        self.network, self.most, self.batches = network, most, list[int]()

    def forward(self, x: Tensor) -> Tensor:
        self.batches.append(len(x))
        if len(x) > self.most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        answer: Tensor = self.network(x)
        return answer


def volume(slices: int = 3) -> Image:
    pixels = np.random.default_rng(0).integers(0, 255, (slices, 60, 50), np.uint8)
    return Image(pixels, Geometry.picture(slices=slices, third_axis=ThirdAxis.space))


def on_cpu(model: Model) -> OpenVinoEngine:
    return OpenVinoEngine(model.folder / "model.xml", None)


def small_card(model: Model, most: int) -> tuple[TorchEngine, TooSmall]:
    engine = TorchEngine(model.folder, model.card, "cpu")
    network = TooSmall(engine._network, most)
    engine._network = network  # type: ignore[assignment]
    return engine, network


def test_a_request_of_openvino_that_fails_is_answered_by_another_engine(tiny: Model, tmp_path: Path) -> None:
    make_tiny_model(tmp_path / "other", spec=InputSpec(width=96, height=96))
    failing = OpenVinoEngine(tmp_path / "other" / "model.xml", None)  # its request takes no picture of this size
    predictor = Predictor(tiny, failing, fallback=lambda: on_cpu(tiny))
    found = predictor.predict(volume(), labels=(1,))
    wanted = Predictor(tiny, on_cpu(tiny)).predict(volume(), labels=(1,))
    assert all(np.array_equal(found.slices[k].logits, wanted.slices[k].logits) for k in range(3))
    assert [str(finding.message) for finding in predictor.findings] == [
        "CPU · OpenVINO stopped working; CPU · OpenVINO goes on."
    ]
    with pytest.raises(Refusal, match="stopped working on this image"):
        Predictor(tiny, failing).predict(volume(1), labels=(1,))


def test_a_card_out_of_memory_hands_over_to_the_cpu_and_says_why(tiny: Model) -> None:
    engine, _ = small_card(tiny, most=0)
    predictor = Predictor(tiny, engine, batch=8, fallback=lambda: on_cpu(tiny))
    assert sorted(predictor.predict(volume(), labels=(1,)).slices) == [0, 1, 2]
    assert predictor.engine.name == "CPU · OpenVINO"
    assert [str(finding.message) for finding in predictor.findings] == [
        "CPU · torch ran out of memory; CPU · OpenVINO goes on."
    ]


def test_a_card_too_small_for_a_batch_gets_smaller_ones(tiny: Model) -> None:
    engine, network = small_card(tiny, most=2)
    predictor = Predictor(tiny, engine, batch=8, fallback=lambda: on_cpu(tiny))
    found = predictor.predict(volume(10), labels=(1,))
    assert sorted(found.slices) == list(range(10))
    assert (predictor.findings, predictor.engine) == ((), engine)
    assert max(network.batches[5:]) <= 2


@pytest.mark.parametrize(("error", "is_memory"), [
    (torch.OutOfMemoryError("CUDA out of memory. Tried"), True),
    (RuntimeError("MPS backend out of memory (MPS allocated: 5 GB)"), True),
    (RuntimeError("[GPU] CL_OUT_OF_RESOURCES exception"), True),
    (RuntimeError("std::bad_alloc"), True),
    (MemoryError(), True),
    (RuntimeError("CUDA error: device-side assert triggered"), False),
])
def test_too_little_memory_is_known_in_the_words_of_each_library(error: Exception, is_memory: bool) -> None:
    assert said_out_of_memory(error) is is_memory


def test_a_faster_graph_that_cannot_be_loaded_leaves_float32(tiny: Model, tmp_path: Path) -> None:
    import msgspec

    (tmp_path / "model.int8.xml").write_text("no graph")
    for name in ("model.xml", "model.bin"):
        (tmp_path / name).write_bytes((tiny.folder / name).read_bytes())
    card = msgspec.structs.replace(tiny.card, precisions={"float32": {}, "int8": {"dice_mean": 0.0}},
                                   files={**tiny.card.files, "model.int8.xml": ""})
    predictor = load_predictor(Model(card, tmp_path, tiny.weights_sha256), cache=None)
    assert predictor.engine.name == "CPU · OpenVINO"
    assert [str(finding.message) for finding in predictor.findings] == [
        "The faster form (int8) of tiny cannot be used here; CPU · OpenVINO goes on."
    ]
