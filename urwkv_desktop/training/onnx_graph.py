"""A model as an ONNX file, and the proof that it says the same."""

from __future__ import annotations

import warnings
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.openvino_runtime import load_openvino
from urwkv_desktop.inference.torch_engine import load_network
from urwkv_desktop.network.tracing import can_be_traced, graph_form
from urwkv_desktop.training.graph import LOGIT_BOUND

OPSET: Final = 17
_PICTURES = 3


def export_onnx(model: Model, target: Path) -> str:
    """Writes `target`: input `image` float32 [1,C,H,W], prepared as the card in its metadata says, output `logits`.

    Answers by whom it was read back and compared: onnxruntime where it is installed, else OpenVINO's own ONNX reader.
    Refuses where the two differ from torch by more than 1e-3; nothing is then left, and what stood there stays.
    """
    beside = target.with_name(target.name + ".part")
    try:
        _write(model, beside)
        reader, difference = _compared(model, beside)
        if difference > LOGIT_BOUND:
            raise _refusal(target, Message("Read back, its logits differ from torch's by up to {difference}.",
                                           difference=f"{difference:.2g}"))
        beside.replace(target)
    except OSError as error:
        raise _refusal(target, Message("It cannot be written: {reason}.", reason=error.strerror or "error")) from error
    finally:
        beside.unlink(missing_ok=True)
    return reader


def _write(model: Model, path: Path) -> None:
    network = load_network(model.folder, model.card)
    if not can_be_traced(network):
        raise _refusal(path, Message("A decay of its attention is above 30, where the graph would lose small values."))
    spec = model.card.input
    example = torch.zeros(1, model.card.in_channels, spec.height, spec.width)
    with torch.inference_mode(False), torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the trace, whose sizes are meant to become constants
        torch.onnx.export(graph_form(network, example), (example,), path, input_names=["image"],
                          output_names=["logits"], opset_version=OPSET, dynamo=False)
    _describe(model, path)


def _describe(model: Model, path: Path) -> None:
    """The card travels inside, so that whoever runs the file knows how pixels are prepared."""
    import onnx

    graph = onnx.load(path)
    graph.producer_name, graph.doc_string = "urwkv-desktop", f"U-RWKV {model.card.graph}, {model.card.title}"
    for key, value in {"card": msgspec.json.encode(model.card).decode(), "weights_sha256": model.weights_sha256,
                       "licence": model.card.licence}.items():
        entry = graph.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(graph)
    onnx.save(graph, path)


def _compared(model: Model, path: Path) -> tuple[str, float]:
    spec, network = model.card.input, load_network(model.folder, model.card)
    size = (_PICTURES, 1, model.card.in_channels, spec.height, spec.width)
    pictures = np.random.default_rng(0).standard_normal(size, np.float32)
    reader, answers = _read_back(path, pictures)
    with torch.inference_mode():
        wanted = [network(torch.from_numpy(picture)).numpy() for picture in pictures]
    return reader, max(float(np.abs(one - other).max()) for one, other in zip(answers, wanted, strict=True))


def _read_back(path: Path, pictures: NDArray[np.float32]) -> tuple[str, list[Any]]:
    if find_spec("onnxruntime") is not None:
        onnxruntime = import_module("onnxruntime")
        session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
        return f"onnxruntime {onnxruntime.__version__}", [session.run(None, {"image": p})[0] for p in pictures]
    openvino = load_openvino()
    core = openvino.Core()
    compiled = core.compile_model(core.read_model(path.read_bytes()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return "OpenVINO's ONNX reader", [compiled(picture)[0].copy() for picture in pictures]


def _refusal(target: Path, cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Export {name}.", name=target.name),
        cause=cause,
        cure=Message("Name another file, or another model."),
    )
