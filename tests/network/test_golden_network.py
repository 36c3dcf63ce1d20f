"""The whole network, all graphs and both shifts, against the authors' own code."""

from __future__ import annotations

from functools import lru_cache

import pytest
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from tests.network.golden_files import checks, difference, fill, fill_weights, golden, gradients, under
from urwkv_desktop.network import URWKV, build_network

NETWORKS = ["with2x4_base", "with2x4_small", "simpchinchout_base", "simpchinchout_small", "decx2_small"]
SIZES = {"64x64": (2, 64, 64), "48x48": (1, 48, 48), "16x16": (1, 16, 16), "64x96": (1, 64, 96), "80x48": (1, 80, 48)}


@lru_cache
def _filled(name: str, shift: str) -> URWKV:
    network = build_network(*name.split("_"), shift=shift)
    fill_weights(network)
    return network.eval()


def _input(case: str, size: tuple[int, int, int]) -> Tensor:
    return fill(f"net.{case}", (size[0], 3, size[1], size[2]), -1, 1)


def test_the_recipe_that_fills_weights_is_the_published_one() -> None:
    assert fill("x", (4,), -1, 1).tolist() == pytest.approx([-0.5975834, 0.6170535, 0.2866473, 0.6562188], abs=1e-7)
    weight = _filled("with2x4_base", "permute").state_dict()["stem.0.weight"].flatten()[:4]
    assert weight.tolist() == pytest.approx([0.2369366, -0.1459289, 0.1621331, 0.3297311], abs=1e-7)


@pytest.mark.parametrize("shift", ["permute", "qshift"])
@pytest.mark.parametrize("name", NETWORKS)
def test_logits_equal_the_published_ones_at_every_size(name: str, shift: str) -> None:
    kept, network = golden(f"net_{name}"), _filled(name, shift)
    with torch.inference_mode():
        for case, size in SIZES.items():
            assert difference(network(_input(case, size)), kept[f"{case}.{shift}.logits"]) < 2e-5, case


@pytest.mark.parametrize("shift", ["permute", "qshift"])
@pytest.mark.parametrize("name", NETWORKS)
def test_logits_at_full_size_equal_the_published_ones(name: str, shift: str) -> None:
    kept = golden(f"net_{name}")
    with torch.inference_mode():
        logits = _filled(name, shift)(_input("256x256", (1, 256, 256)))
    assert difference(logits[..., 1::4, 1::4], kept[f"256x256.{shift}.logits_s4"]) < 2e-5
    flat = logits.double()
    stats = torch.stack([flat.mean(), flat.std(correction=0), flat.min(), flat.max(), (flat > 0).double().mean()])
    assert difference(stats, kept[f"256x256.{shift}.stats"]) < 2e-5


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 5e-4), (torch.float64, 1e-6)])
@pytest.mark.parametrize("shift", ["permute", "qshift"])
@pytest.mark.parametrize("name", [name for name in NETWORKS if name.endswith("small")])
def test_one_training_step_is_the_published_one(name: str, shift: str, dtype: torch.dtype, tolerance: float) -> None:
    kept, orders = under(golden(f"net_{name}"), f"train32.{shift}."), checks()[f"order:{name}"]
    network = build_network(*name.split("_"), shift=shift)
    fill_weights(network)
    logits = network.train().to(dtype)(fill("net.train", (2, 3, 32, 32), -1, 1).to(dtype))
    target = (fill("net.target", (2, 1, 32, 32), -1, 1) > 0.2).to(dtype)
    bce, dice = binary_cross_entropy_with_logits(logits, target), _published_dice(logits, target)
    losses = torch.stack([bce, dice, (bce + dice) / 2])
    assert difference(logits, kept["logits"]) < tolerance
    assert difference(losses, kept["losses_bce_dice_total"]) < min(1e-5, tolerance)
    found = gradients(network, losses[2])
    norms = torch.stack([_double(found[key]).norm() for key in orders["grad_order"]])
    assert difference(norms, kept["grad_l2"]) < tolerance
    sums = torch.stack([_double(found[key]).sum() for key in orders["grad_order"]])
    # Sums cancel: in float32 their last digits depend on the order of the additions.
    assert torch.allclose(sums, kept["grad_sum"].double(), rtol=10 * tolerance, atol=10 * tolerance)
    state = network.state_dict()
    running = torch.stack([state[key].double().sum() for key in orders["running_order"]])
    assert difference(running, kept["running_after_sum"]) < tolerance


def _published_dice(logits: Tensor, target: Tensor) -> Tensor:
    p, t = logits.sigmoid().flatten(1), target.flatten(1)
    return 1 - ((2 * (p * t).sum(1) + 1e-5) / (p.sum(1) + t.sum(1) + 1e-5)).mean()


def _double(gradient: Tensor | None) -> Tensor:
    assert gradient is not None
    return gradient.double()


def test_the_base_network_uses_2977313_parameters() -> None:
    network = build_network()
    found = gradients(network, network(torch.rand(2, 3, 32, 32)).sum())
    used = sum(parameter.numel() for name, parameter in network.named_parameters() if found[name] is not None)
    assert used == 2_977_313
    assert sum(parameter.numel() for parameter in network.parameters()) == 3_004_450
    assert len(network.state_dict()) == 290


def test_a_size_that_is_no_multiple_of_16_is_refused() -> None:
    with pytest.raises(ValueError, match="multiples of 16"):
        build_network(variant="small")(torch.zeros(1, 3, 40, 64))


def test_an_unknown_graph_is_refused() -> None:
    with pytest.raises(ValueError, match="No such network"):
        build_network("with3x3")
