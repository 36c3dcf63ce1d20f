"""Doublings are joined with the convolution behind them, and nobody can tell from the answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from urwkv_desktop.inference.doubling import join_doublings
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine
from urwkv_desktop.inference.openvino_runtime import load_openvino

ov = load_openvino()
op = ov.opset13
ASYMMETRIC = {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}


def answer(graph: Any, picture: NDArray[np.float32]) -> NDArray[np.float32]:
    compiled = ov.Core().compile_model(graph, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return np.array(compiled(picture)[0])


def enlarged(
    shape: tuple[int, int, int, int] | list[int],
    *,
    times: float = 2.0,
    mode: str = "nearest",
    how: dict[str, str] | None = None,
    side: int = 3,
    stride: int = 1,
    dilation: int = 1,
    readers: int = 1,
    kernel_type: type[np.floating[Any]] = np.float32,
) -> Any:
    """A graph: input, enlarged, a convolution to 4 channels with a bias."""
    rng = np.random.default_rng(5)
    given = op.parameter(shape, np.float32)
    larger = op.interpolate(given, op.constant(np.array([times, times], np.float32)), mode, "scales",
                            axes=op.constant(np.array([2, 3])), **(how or ASYMMETRIC))
    kernel = op.constant(rng.standard_normal((4, 3, side, side)).astype(kernel_type))
    weights = kernel if kernel_type is np.float32 else op.convert(kernel, np.float32)
    border = [dilation * (side // 2)] * 2
    out = op.convolution(larger, weights, [stride] * 2, border, border, [dilation] * 2)
    out = op.add(out, op.constant(rng.standard_normal((1, 4, 1, 1)).astype(np.float32)))
    outputs = [out, *(op.relu(larger) for _ in range(readers - 1))]
    return ov.Model(outputs, [given], "enlarged")


@pytest.mark.parametrize("kernel_type", [np.float32, np.float16])
@pytest.mark.parametrize("shape", [(1, 3, 1, 1), (1, 3, 1, 7), (1, 3, 5, 3), (2, 3, 16, 16)])
def test_a_joined_doubling_answers_as_before_to_the_border(
    shape: tuple[int, int, int, int], kernel_type: type[np.floating[Any]]
) -> None:
    picture = np.random.default_rng(1).standard_normal(shape).astype(np.float32)
    graph = enlarged(shape, kernel_type=kernel_type)
    before = answer(graph, picture)
    assert join_doublings(ov, graph) == 1
    np.testing.assert_allclose(answer(graph, picture), before, atol=2e-5)


@pytest.mark.parametrize(
    "otherwise",
    [
        {"times": 3.0},
        {"mode": "linear_onnx", "how": {"coordinate_transformation_mode": "half_pixel"}},
        {"how": {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "ceil"}},
        {"side": 5},
        {"stride": 2},
        {"dilation": 2},
        {"readers": 2},
    ],
    ids=str,
)
def test_what_is_no_plain_doubling_stays_as_it_is(otherwise: dict[str, Any]) -> None:
    picture = np.random.default_rng(1).standard_normal((1, 3, 6, 8)).astype(np.float32)
    graph = enlarged((1, 3, 6, 8), **otherwise)
    before = answer(graph, picture)
    assert join_doublings(ov, graph) == 0
    np.testing.assert_array_equal(answer(graph, picture), before)


def test_a_map_of_a_size_that_is_not_fixed_stays_as_it_is() -> None:
    assert join_doublings(ov, enlarged([1, 3, -1, -1])) == 0


def test_all_four_doublings_of_the_network_are_joined(tiny: Model) -> None:
    graph = ov.Core().read_model(str(tiny.folder / "model.xml"))
    picture = np.random.default_rng(3).standard_normal((1, 3, 64, 64)).astype(np.float32)
    before = answer(graph, picture)
    assert join_doublings(ov, graph) == 4
    np.testing.assert_allclose(answer(graph, picture), before, atol=1e-4)
    np.testing.assert_array_equal(OpenVinoEngine(tiny.folder / "model.xml", None).run(picture), answer(graph, picture))
