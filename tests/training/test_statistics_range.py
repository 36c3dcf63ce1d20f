"""Variances that float16 can't hold."""

import torch

from urwkv_desktop.network import build_network
from urwkv_desktop.training.statistics_range import within_float16


def test_a_variance_too_large_for_float16_is_brought_into_range_and_the_answer_stays() -> None:
    torch.manual_seed(3)
    network = build_network(variant="small").eval()
    state = network.state_dict()
    for part, times in (("weight", 600.0), ("bias", 600.0)):
        state[f"Up5.up.1.{part}"].mul_(times)
    state["Up5.up.2.running_mean"].mul_(600.0)
    state["Up5.up.2.running_var"].mul_(600.0**2)
    assert state["Up5.up.2.running_var"].max() > 65504
    picture = torch.rand(1, 3, 64, 64)
    with torch.inference_mode():
        before = network(picture)
    values = within_float16(state)
    assert all(bool(torch.isfinite(tensor.to(torch.float16)).all()) for tensor in values.values())
    network.load_state_dict(values)
    with torch.inference_mode():
        assert torch.allclose(network(picture), before, atol=1e-5)


def test_a_network_within_range_is_left_as_it_is() -> None:
    state = build_network(variant="small").state_dict()
    values = within_float16(state)
    assert all(torch.equal(values[name], tensor) for name, tensor in state.items())
