from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx", reason="onnx comes with urwkv-desktop[train]")

import onnx

from tests.inference.tiny_model import make_tiny_model
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.inference.library import Model, ModelLibrary
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine
from urwkv_desktop.inference.openvino_runtime import load_openvino
from urwkv_desktop.training import onnx_graph
from urwkv_desktop.training.onnx_graph import export_onnx


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("models")
    make_tiny_model(folder / "tiny")
    return ModelLibrary([folder]).get("tiny")


def test_an_onnx_file_says_what_the_model_says_and_carries_its_card(tiny: Model, tmp_path: Path) -> None:
    target = tmp_path / "tiny.onnx"
    assert export_onnx(tiny, target)
    assert [entry.name for entry in tmp_path.iterdir()] == ["tiny.onnx"]
    picture = np.random.default_rng(1).standard_normal((1, 3, 64, 64), np.float32)
    wanted = OpenVinoEngine(tiny.folder / "model.xml", None).run(picture)
    found = load_openvino().Core().compile_model(target, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})(picture)[0]
    np.testing.assert_allclose(found, wanted, atol=1e-3)
    told = {entry.key: entry.value for entry in onnx.load(target).metadata_props}
    assert json.loads(told["card"])["name"] == "tiny"
    assert told["weights_sha256"] == tiny.weights_sha256


def test_a_file_that_says_something_else_when_read_back_is_not_left(
    tiny: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_graph, "LOGIT_BOUND", -1.0)
    (tmp_path / "tiny.onnx").write_text("older")
    with pytest.raises(Refusal, match="differ from torch's"):
        export_onnx(tiny, tmp_path / "tiny.onnx")
    assert (tmp_path / "tiny.onnx").read_text() == "older"
    assert len(list(tmp_path.iterdir())) == 1
