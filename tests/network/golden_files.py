"""Reading the golden tensors, and the recipe that fills weights and inputs from a name alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

GOLDEN = Path(__file__).parent / "golden"


@lru_cache
def golden(name: str) -> dict[str, Tensor]:
    return load_file(GOLDEN / f"{name}.safetensors")


@lru_cache
def checks() -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((GOLDEN / "checks.json").read_text())
    return answer


def difference(got: Tensor, wanted: Tensor) -> float:
    """The largest difference relative to the largest wanted value."""
    assert got.shape == wanted.shape
    return float((got.detach().double() - wanted.double()).abs().max() / wanted.double().abs().max().clamp_min(1e-30))


def under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}


def fill(key: str, shape: Iterable[int], low: float, high: float) -> Tensor:
    """FNV-1a of the key, SplitMix64 from there on, scaled to [low, high]."""
    shape = tuple(shape)
    state = 0xCBF29CE484222325
    for byte in key.encode():
        state = ((state ^ byte) * 0x100000001B3) % 2**64
    count = int(np.prod(shape, dtype=np.int64))
    z = np.uint64(state) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    unit = (z >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return torch.from_numpy((low + (high - low) * unit).astype(np.float32).reshape(shape))


def fill_weights(network: nn.Module) -> None:
    state = network.state_dict()
    for name, tensor in state.items():
        if not name.endswith("num_batches_tracked"):
            state[name] = fill(name, tensor.shape, *_range(name, tensor.shape))
    network.load_state_dict(state)


def _range(name: str, shape: Iterable[int]) -> tuple[float, float]:
    last, shape = name.rsplit(".", 1)[-1], tuple(shape)
    fixed = {"running_var": (0.5, 1.5), "spatial_decay": (-5.0, 3.0), "spatial_first": (-2.0, 0.5)}
    if last in fixed:
        return fixed[last]
    if last.startswith("spatial_mix"):
        return 0.0, 1.0
    if last == "weight" and len(shape) > 1:
        bound = float(np.sqrt(4.5 / np.prod(shape[1:])))
        return -bound, bound
    if last == "weight" or last.startswith("gamma"):
        return 0.7, 1.3
    return -0.1, 0.1


def gradients(module: nn.Module, loss: Tensor) -> dict[str, Tensor | None]:
    module.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    return {name: parameter.grad for name, parameter in module.named_parameters()}


Maker = Callable[[], nn.Module]
