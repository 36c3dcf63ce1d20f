"""The parts of the network against the authors' own code, evaluated in double precision."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from tests.network.golden_files import difference, golden, under
from urwkv_desktop.network import bi_wkv
from urwkv_desktop.network.darm import DARM
from urwkv_desktop.network.decoder import Fusion, Up
from urwkv_desktop.network.sase import DeepStage, ShallowStage
from urwkv_desktop.network.scans import SCANS, Shift, scan_tables, second_reading, shift_tables, shifted
from urwkv_desktop.network.wkv import cumulative_bi_wkv, is_moderate, stepwise_bi_wkv

WKV_CASES = sorted({key.split(".")[0] for key in golden("wkv")})
SHIFT_CASES = sorted({key.split(".")[0] for key in golden("shift")})
SCAN_GRIDS = sorted({key.split(".")[0] for key in golden("scans")})
DARM_GRIDS = ["4x4", "3x3", "1x1", "6x6", "2x4", "4x2", "3x5", "1x7", "2x8"]


def _grid(case: str) -> tuple[int, int]:
    rows, columns = case.split("_")[0].removeprefix("g").split("x")
    return int(rows), int(columns)


@pytest.mark.parametrize("case", WKV_CASES)
def test_bi_wkv_and_its_gradients_equal_the_published_formula(case: str) -> None:
    kept = under(golden("wkv"), f"{case}.")
    inputs = [kept[name].clone().requires_grad_() for name in ("w", "u", "k", "v")]
    y = bi_wkv(*inputs)
    assert difference(y, kept["y"]) < 2e-5
    y.backward(kept["gy"])  # type: ignore[no-untyped-call]
    for name, tensor in zip(("w", "u", "k", "v"), inputs, strict=True):
        _assert_gradient(tensor.grad, kept[f"g{name}"], 5e-5)


@pytest.mark.parametrize("case", WKV_CASES)
def test_every_form_of_bi_wkv_gives_the_same(case: str) -> None:
    kept = under(golden("wkv"), f"{case}.")
    inputs = kept["w"], kept["u"], kept["k"], kept["v"]
    assert difference(stepwise_bi_wkv(*inputs), kept["y"]) < 2e-5
    if is_moderate(kept["w"], kept["u"], kept["k"].shape[1]):
        assert difference(cumulative_bi_wkv(*inputs, traced=True), kept["y"]) < 2e-5


@pytest.mark.parametrize("case", SHIFT_CASES)
@pytest.mark.parametrize("shift", ["permute", "qshift"])
def test_a_shift_moves_tokens_exactly(case: str, shift: Shift) -> None:
    kept = under(golden("shift"), f"{case}.")
    if shift not in kept:
        pytest.skip("this grid has a golden tensor of the other shift only")
    assert torch.equal(shifted(kept["x"], shift_tables(shift, *_grid(case))), kept[shift])


@pytest.mark.parametrize("case", SCAN_GRIDS)
def test_scans_read_a_map_in_the_published_orders(case: str) -> None:
    kept = under(golden("scans"), f"{case}.")
    x, tables = kept["x"], scan_tables(*_grid(case))
    for name, table in zip(SCANS, tables, strict=True):
        assert torch.equal(table.int(), kept[f"{name}_index"])
        assert torch.equal(x.flatten(2).transpose(1, 2)[:, table], kept[name])
    again = x.flatten(2)[:, :, second_reading(*_grid(case))].reshape(x.shape)
    assert torch.equal(again, kept["second_pass_input"])


BLOCKS = {
    **{
        f"{graph}.{kind}": ("sase", lambda e=expansion, o=out: ShallowStage(8, o, e))
        for graph, expansion in (("with2x4", 4), ("simpchinchout", None), ("decx2", 2))
        for kind, out in (("shallow_same", 8), ("shallow_widen", 16))
    },
    "deep": ("sase", lambda: DeepStage(24, 32)),
    "stem": ("decoder", lambda: nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.GELU())),
    "up": ("decoder", lambda: Up(24, 16)),
    "fusion": ("decoder", lambda: Fusion(16, 4)),
    "fusion_decx2": ("decoder", lambda: Fusion(16, 2)),
}


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_answers_and_learns_as_published(block: str) -> None:
    file, make = BLOCKS[block]
    kept = under(golden(file), f"{block}.")
    module: nn.Module = make()
    missing = module.load_state_dict(under(kept, "param."), strict=False).missing_keys
    assert all(name.endswith("num_batches_tracked") for name in missing)
    module.eval()
    assert difference(module(kept["x"]), kept["eval_y"]) < 2e-6
    module.train()
    x = kept["x"].clone().requires_grad_()
    y = module(x)
    assert difference(y, kept["train_y"]) < 2e-6
    y.backward(kept["gy"])
    _assert_gradient(x.grad, kept["train_gx"], 1e-5)
    for name, parameter in module.named_parameters():
        _assert_gradient(parameter.grad, kept.get(f"train_grad.{name}"), 1e-5)
    state = module.state_dict()
    for name, wanted in under(kept, "after_train.").items():
        assert difference(state[name], wanted) < 2e-6


@pytest.mark.parametrize("grid", DARM_GRIDS)
@pytest.mark.parametrize("shift", ["permute", "qshift"])
def test_the_darm_answers_as_published_on_every_grid(grid: str, shift: Shift) -> None:
    kept = golden("darm")
    module = _darm(shift)
    assert difference(module(kept[f"g{grid}.x"]), kept[f"g{grid}.{shift}.y"]) < 2e-6


@pytest.mark.parametrize("shift", ["permute", "qshift"])
def test_the_darm_learns_as_published(shift: Shift) -> None:
    kept = golden("darm")
    module = _darm(shift)
    x = kept["g4x4.x"].clone().requires_grad_()
    module(x).backward(kept["grad.gy"])
    _assert_gradient(x.grad, kept[f"grad.{shift}.gx"], 5e-6)
    for name, parameter in module.named_parameters():
        _assert_gradient(parameter.grad, kept.get(f"grad.{shift}.{name}"), 5e-6)


def _darm(shift: Shift) -> DARM:
    module = DARM(32, shift)
    module.load_state_dict(under(golden("darm"), "darm.param."))
    return module


def _assert_gradient(got: Tensor | None, wanted: Tensor | None, tolerance: float) -> None:
    if wanted is None:
        assert got is None or not got.any()
    elif wanted.abs().max() < 1e-6:  # a bias in front of BatchNorm: zero but for rounding
        assert got is not None
        assert got.abs().max() < 1e-5
    else:
        assert got is not None
        assert difference(got, wanted) < tolerance
