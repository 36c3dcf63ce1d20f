"""biWKV against its formula written down plainly: every form, long sequences, 16 bits, gradients."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.network.golden_files import difference
from urwkv_desktop.network import bi_wkv, build_network, wkv
from urwkv_desktop.network.wkv import cumulative_bi_wkv, is_moderate, stepwise_bi_wkv


def plainly(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """SPEC.md 6 as it stands there: a softmax over all tokens, [B,T,T,C]."""
    tokens = k.shape[1]
    apart = (torch.arange(tokens)[:, None] - torch.arange(tokens)).abs()[..., None].to(k.dtype)
    exponents = k[:, None] - (apart - 1) * w
    exponents = torch.where(apart == 0, k[:, None] + u, exponents)
    return (exponents.softmax(dim=2) * v[:, None]).sum(dim=2)


def given(tokens: int, channels: int = 3, *, batch: int = 2, decay: float = 3.0, reach: float = 3.0,
          dtype: torch.dtype = torch.float64) -> list[Tensor]:
    """w, u, k, v; decays of both signs up to `decay` over the whole sequence."""
    torch.manual_seed(tokens)
    w = torch.linspace(-decay, decay, channels, dtype=dtype) / tokens
    u = torch.randn(channels, dtype=dtype) / tokens
    return [w, u, *(reach * torch.randn(2, batch, tokens, channels, dtype=dtype))]


@pytest.mark.parametrize("decay", [0.0, 3.0, 29.0, 300.0, 3000.0])
@pytest.mark.parametrize("tokens", [1, 2, 15, 16, 17, 33, 64, 100, 600])
def test_every_length_and_decay_answers_as_the_formula_says(tokens: int, decay: float) -> None:
    inputs = given(tokens, decay=decay)
    wanted = plainly(*inputs)
    assert difference(bi_wkv(*inputs), wanted) < 1e-11
    assert difference(stepwise_bi_wkv(*inputs), wanted) < 1e-11


@pytest.mark.parametrize("decay", [3.0, 29.0, 300.0])
def test_float32_is_as_good_as_float32_can_be(decay: float) -> None:
    exact = given(500, decay=decay, reach=20.0)
    single = [each.float() for each in exact]
    wanted = plainly(*(each.double() for each in single))
    assert difference(bi_wkv(*single), wanted) < 1e-5


def test_a_token_behind_a_dominating_one_is_not_lost() -> None:
    w, u, k, v = given(40, decay=0.0, dtype=torch.float32)
    k[:, 3] = 60
    k[:, 20] = 60
    v[:, 20] = 0
    assert difference(bi_wkv(w, u, k, v), plainly(w.double(), u.double(), k.double(), v.double())) < 1e-5


@pytest.mark.parametrize(("tokens", "decay"), [(1, 3.0), (2, 3.0), (16, 3.0), (21, 29.0), (5, 200.0)])
def test_gradients_are_those_of_the_formula(tokens: int, decay: float) -> None:
    inputs = [each.requires_grad_() for each in given(tokens, 2, decay=decay)]
    assert torch.autograd.gradcheck(bi_wkv, inputs, atol=1e-7, rtol=1e-5)


@pytest.mark.parametrize("decay", [3.0, 29.0, 300.0])
def test_gradients_over_several_chunks_are_those_of_the_formula(decay: float) -> None:
    inputs = [each.requires_grad_() for each in given(70, decay=decay)]
    pull = torch.randn(2, 70, 3, dtype=torch.float64)
    found = torch.autograd.grad(bi_wkv(*inputs), inputs, pull)
    wanted = torch.autograd.grad(plainly(*inputs), inputs, pull)
    for name, one, other in zip("wukv", found, wanted, strict=True):
        assert difference(one, other) < 1e-9, name


@pytest.mark.parametrize("decay", [2.0, 25.0, 200.0])
def test_gradients_in_float32_stay_near_those_in_float64(decay: float) -> None:
    exact = [each.requires_grad_() for each in given(3000, 4, decay=decay, batch=1)]
    single = [each.detach().float().requires_grad_() for each in exact]
    pull = torch.randn(1, 3000, 4, dtype=torch.float64)
    bi_wkv(*exact).backward(pull)  # type: ignore[no-untyped-call]
    bi_wkv(*single).backward(pull.float())  # type: ignore[no-untyped-call]
    for name, ours, theirs in zip("wukv", single, exact, strict=True):
        assert ours.grad is not None
        assert theirs.grad is not None
        assert difference(ours.grad, theirs.grad) < 2e-4, name


def test_65536_tokens_forward_and_backward_in_float32() -> None:
    w, u, k, v = given(65_536, 2, batch=1, dtype=torch.float32)
    inputs = [each.requires_grad_() for each in (w, u, k, v)]
    y = bi_wkv(*inputs)
    y.sum().backward()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        exact = cumulative_bi_wkv(*(each.double() for each in inputs))
    assert difference(y, exact) < 1e-5
    assert all(each.grad is not None and bool(torch.isfinite(each.grad).all()) for each in inputs)


@pytest.mark.parametrize("decay", [3.0, 100.0])
def test_work_in_slabs_of_channels_changes_nothing(decay: float, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = [each.requires_grad_() for each in given(50, 5, decay=decay)]
    assert is_moderate(inputs[0], inputs[1], 50) == (decay < 30)
    whole = bi_wkv(*inputs)
    wanted = torch.autograd.grad(whole.square().sum(), inputs)
    monkeypatch.setattr(wkv, "SLAB", 2 * 50 * 2)
    monkeypatch.setattr(wkv, "_LINE", 1)
    slabs = bi_wkv(*inputs)
    found = torch.autograd.grad(slabs.square().sum(), inputs)
    assert torch.allclose(slabs, whole, rtol=1e-12)
    assert all(torch.allclose(one, other, rtol=1e-10) for one, other in zip(found, wanted, strict=True))


def test_nothing_but_the_inputs_is_kept_for_the_gradients() -> None:
    inputs = [each.requires_grad_() for each in given(400)]
    kept: list[int] = []

    def keep(tensor: Tensor) -> Tensor:
        kept.append(tensor.numel())
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        bi_wkv(*inputs)
    assert sum(kept) == sum(each.numel() for each in inputs)


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16])
def test_16_bits_come_in_and_go_out_and_sums_are_wide(kind: torch.dtype) -> None:
    inputs = [each.to(kind) for each in given(2000, dtype=torch.float32)]
    y = bi_wkv(*inputs)
    assert y.dtype == kind
    assert torch.equal(y, bi_wkv(*(each.float() for each in inputs)).to(kind))


@pytest.mark.parametrize("decay", [3.0, 100.0])
def test_autocast_does_not_reach_into_the_sums(decay: float) -> None:
    inputs = [each.requires_grad_() for each in given(300, dtype=torch.float32, decay=decay)]
    outside = bi_wkv(*inputs)
    wanted = torch.autograd.grad(outside.sum(), inputs)
    with torch.autocast("cpu", torch.bfloat16):
        inside = bi_wkv(*inputs)
        found = torch.autograd.grad(inside.sum(), inputs)
    assert torch.equal(inside, outside)
    assert all(torch.equal(one, other) for one, other in zip(found, wanted, strict=True))


def test_the_eight_scans_of_a_forward_pass_are_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[torch.Size] = []

    def counted(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
        calls.append(k.shape)
        return bi_wkv(w, u, k, v)

    monkeypatch.setattr("urwkv_desktop.network.darm.bi_wkv", counted)
    with torch.inference_mode():
        build_network(variant="small").eval()(torch.zeros(3, 3, 64, 32))
    assert calls == [(3 * 8, 4 * 2, 128)]
