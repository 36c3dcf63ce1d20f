"""One part of `benchmarks.network`, in a process of its own: answers each line on stdin with the ms of its pieces."""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

SIZE = 256
MODEL = Path(__file__).parents[1] / "models" / "busi" / "model.safetensors"
Run = Callable[[], object]


def eager(folder: Path, threads: int) -> tuple[Run, dict[str, Any]]:
    """The network in eager torch. Writes graph, picture, its logits and the list of products for the other parts."""
    import torch

    from urwkv_desktop.network import build_network
    from urwkv_desktop.training.graph import write_graph

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    network = build_network("with2x4", "base").eval()
    if MODEL.is_file():
        from safetensors.torch import load_file

        network.load_state_dict(load_file(MODEL))
    picture = np.random.default_rng(0).standard_normal((1, 3, SIZE, SIZE)).astype(np.float32)
    given = torch.from_numpy(picture)

    def run() -> torch.Tensor:
        with torch.inference_mode():
            logits: torch.Tensor = network(given)
            return logits

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        write_graph(network, 3, SIZE, SIZE, folder / "model.xml")
    products = _products(network, given)
    np.savez(folder / "answer.npz", picture=picture, logits=run().numpy())
    (folder / "products.json").write_text(json.dumps(products))
    return run, {"products": len(products), "mmac": sum(g * m * k * n for g, m, k, n in products) / 1e6}


def openvino(folder: Path, threads: int) -> tuple[Run, dict[str, Any]]:
    """The exported graph through the engine that the program uses."""
    from urwkv_desktop.inference.openvino_engine import OpenVinoEngine

    answer = np.load(folder / "answer.npz")
    engine = OpenVinoEngine(folder / "model.xml", None, threads=threads)
    picture = answer["picture"]
    difference = float(np.abs(engine.run(picture) - answer["logits"]).max())
    return lambda: engine.run(picture), {"difference": difference}


def gemm(folder: Path, threads: int) -> tuple[Run, dict[str, Any]]:
    """One MatMul of the same library for each product of the network, of the same sizes, each timed alone.

    Depthwise convolutions are no matrix products and are left out: the bound is the lower for it.
    """
    products = [tuple(each) for each in json.loads((folder / "products.json").read_text())]
    requests = [_product_request(product, threads) for product in products]

    def run() -> list[float]:
        return [_ms(request.infer) for request, _ in requests]

    return run, {}


def _product_request(product: tuple[int, ...], threads: int) -> tuple[Any, Any]:
    """The request, and the array that its input borrows and that has to outlive it."""
    from urwkv_desktop.inference.openvino_runtime import load_openvino

    ov = load_openvino()
    groups, m, k, n = product
    rng = np.random.default_rng(0)
    given = ov.opset13.parameter([groups, m, k], np.float32)
    weights = ov.opset13.constant(rng.standard_normal((groups, k, n)).astype(np.float32))
    graph = ov.Model([ov.opset13.matmul(given, weights, False, False)], [given], "product")
    config = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32"}
    request = ov.Core().compile_model(graph, "CPU", config).create_infer_request()
    array = rng.standard_normal((groups, m, k)).astype(np.float32)
    request.set_input_tensor(0, ov.Tensor(array, shared_memory=True))
    return request, array


def _products(network: Any, given: Any) -> list[tuple[int, int, int, int]]:
    """(groups, M, K, N) of every convolution and linear layer that one run makes, depthwise ones left out."""
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode

    found: list[tuple[int, int, int, int]] = []

    class Watch(TorchDispatchMode):
        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            answer = func(*args, **(kwargs or {}))
            name = func.overloadpacket.__name__
            if name == "convolution":
                weight, groups = args[1], args[8]
                outputs, inputs, rows, columns = weight.shape
                if inputs > 1 or groups == 1:
                    pixels = answer.shape[0] * answer.shape[2] * answer.shape[3]
                    found.append((groups, pixels, inputs * rows * columns, outputs // groups))
            elif name in ("mm", "addmm"):
                first, second = args[-2:]
                found.append((1, first.shape[0], first.shape[1], second.shape[1]))
            return answer

    with torch.no_grad(), Watch():  # type: ignore[no-untyped-call]
        network(given)  # in inference mode torch would not take layers apart into products
    return found


def _ms(run: Run) -> float:
    start = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    part, folder, threads = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    run, ready = {"eager": eager, "openvino": openvino, "gemm": gemm}[part](folder, threads)
    for _ in range(3):
        run()
    print(json.dumps(ready), flush=True)
    for _ in sys.stdin:
        print(json.dumps(run() if part == "gemm" else [_ms(run)]), flush=True)


if __name__ == "__main__":
    main()
