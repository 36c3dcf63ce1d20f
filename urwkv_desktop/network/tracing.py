"""The network in the form in which it leaves torch as a graph of fixed size (SPEC.md 10.2, 10.5)."""

from __future__ import annotations

import copy
import warnings

import torch
from torch import Tensor, nn
from torch.jit._trace import TracerWarning

from urwkv_desktop.network.darm import QuadScanAttention
from urwkv_desktop.network.urwkv import URWKV
from urwkv_desktop.network.wkv import SAFE_EXPONENT


def can_be_traced(network: URWKV) -> bool:
    """Whether the graph's form of biWKV is exact for these weights: decays of at most 30 (SPEC.md 6.3)."""
    attention = network.bx4rwkv.allinone_spa
    largest = torch.stack([attention.spatial_decay.abs().max(), attention.spatial_first.abs().max()]).max()
    return bool(largest <= SAFE_EXPONENT)


def traced(network: URWKV, example: Tensor) -> torch.jit.ScriptModule:
    """The network as a traced graph for inputs of the example's shape, biWKV in chunks.

    BatchNorm stays an operation of its own: its constants are the published ones, to the bit, and the runtime folds it
    into the convolutions when it compiles the graph. Raises ValueError where `can_be_traced` is false.
    """
    if not can_be_traced(network):
        raise ValueError(f"A decay above {SAFE_EXPONENT} has no exact form in a graph.")
    still = graph_form(network, example)
    with torch.inference_mode(False), torch.no_grad(), warnings.catch_warnings():
        # Every size is meant to become a constant, and so are the tables, which this call makes and keeps.
        warnings.simplefilter("ignore", TracerWarning)
        warnings.simplefilter("ignore", DeprecationWarning)  # of the trace itself: OpenVINO reads no other
        graph: torch.jit.ScriptModule = torch.jit.trace(still, example, check_trace=False)
    return graph


def graph_form(network: URWKV, example: Tensor) -> nn.Module:
    """A copy of the network for an exporter: biWKV in chunks, no check of sizes, its tables made for the example's."""
    still = copy.deepcopy(network).float().eval()
    for module in still.modules():
        if isinstance(module, QuadScanAttention):
            module.traced = True
    with torch.inference_mode(False), torch.no_grad():
        still.logits(example)
    return _Bare(still).eval()


class _Bare(nn.Module):
    """The network without the check of its input's size, which a trace would keep as a constant."""

    def __init__(self, network: URWKV) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        return self.network.logits(x)
