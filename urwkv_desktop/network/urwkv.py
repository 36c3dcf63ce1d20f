"""U-RWKV, the whole graph (SPEC.md 1, 2)."""

from __future__ import annotations

from typing import Final, Literal, get_args

import torch
from torch import Tensor, nn

from urwkv_desktop.network.darm import DARM
from urwkv_desktop.network.decoder import Fusion, Up
from urwkv_desktop.network.sase import DeepStage, ShallowStage
from urwkv_desktop.network.scans import SHIFTS, Shift

Graph = Literal["with2x4", "simpchinchout", "decx2", "transposed-back"]
Variant = Literal["base", "small"]

GRAPHS: Final[tuple[Graph, ...]] = get_args(Graph)
DIMS: Final[dict[Variant, tuple[int, ...]]] = {"base": (16, 32, 128, 160, 256), "small": (8, 16, 32, 64, 128)}
STRIDE: Final = 16

# `transposed-back` is `with2x4` with the second pass of the DARM turned back; the others are published (SPEC.md 1).
_ENCODER_EXPANSION: Final[dict[Graph, int | None]] = {"simpchinchout": None, "decx2": 2}
_DECODER_EXPANSION: Final[dict[Graph, int]] = {"decx2": 2}
_EXPANSION: Final = 4


class URWKV(nn.Module):
    """Image [B,in_channels,H,W], H and W multiples of 16 -> raw logits [B,num_classes,H,W]. Names as published."""

    def __init__(self, graph: Graph, dims: tuple[int, ...], num_classes: int, in_channels: int, shift: Shift) -> None:
        super().__init__()
        d0, d1, d2, d3, d4 = dims
        wider, fuse = _ENCODER_EXPANSION.get(graph, _EXPANSION), _DECODER_EXPANSION.get(graph, _EXPANSION)
        self.graph, self.dims, self.shift = graph, dims, shift
        self.pool = nn.MaxPool2d(2)
        self.stem = nn.Sequential(nn.Conv2d(in_channels, d0, 3, padding=1), nn.BatchNorm2d(d0), nn.GELU())
        self.e1 = ShallowStage(d0, d0, wider)
        self.e2 = ShallowStage(d0, d1, wider)
        self.e3 = ShallowStage(d1, d2, wider)
        self.e4 = ShallowStage(d2, d3, wider)
        self.e5 = DeepStage(d3, d4)
        self.bx4rwkv = DARM(d4, shift, turns_back=graph == "transposed-back")
        self.Up5, self.Up_conv5 = Up(d4, d3), Fusion(d3, fuse)
        self.Up4, self.Up_conv4 = Up(d3, d2), Fusion(d2, fuse)
        self.Up3, self.Up_conv3 = Up(d2, d1), Fusion(d1, fuse)
        self.Up2, self.Up_conv2 = Up(d1, d0), Fusion(d0, fuse)
        self.Conv_1x1 = nn.Conv2d(d0, num_classes, 1)
        self.outconv = nn.Conv2d(d0, num_classes, 1)  # published, never used

    def forward(self, x: Tensor) -> Tensor:
        _refuse_odd_size(x)
        return self.logits(x)

    def logits(self, x: Tensor) -> Tensor:
        """The forward pass, the size unchecked."""
        x1 = self.e1(self.stem(x))
        x2 = self.e2(self.pool(x1))
        x3 = self.e3(self.pool(x2))
        x4 = self.e4(self.pool(x3))
        y = self.bx4rwkv(self.e5(self.pool(x4)))
        y = self.Up_conv5(torch.cat([x4, self.Up5(y)], dim=1))
        y = self.Up_conv4(torch.cat([x3, self.Up4(y)], dim=1))
        y = self.Up_conv3(torch.cat([x2, self.Up3(y)], dim=1))
        y = self.Up_conv2(torch.cat([x1, self.Up2(y)], dim=1))
        logits: Tensor = self.Conv_1x1(y)
        return logits


def _refuse_odd_size(x: Tensor) -> None:
    height, width = x.shape[-2:]
    if height % STRIDE or width % STRIDE or not height or not width:
        raise ValueError(f"U-RWKV needs a height and width that are multiples of {STRIDE}, got {height} x {width}.")


def build_network(
    graph: str = "with2x4",
    variant: str = "base",
    num_classes: int = 1,
    in_channels: int = 3,
    shift: str = "permute",
    *,
    dims: tuple[int, ...] | None = None,
) -> URWKV:
    """The network by its names (SPEC.md 1), freshly initialised (SPEC.md 8); `dims` overrules the variant's.

    Raises ValueError for a name that is not one, or for dims of which the last is no multiple of 16.
    """
    plan = dims or DIMS.get(variant)  # type: ignore[call-overload]  # any word may be asked for
    if graph not in GRAPHS or shift not in SHIFTS or plan is None:
        raise ValueError(f"No such network: graph {graph!r}, variant {variant!r}, shift {shift!r}.")
    if len(plan) != 5 or plan[4] % 16:
        raise ValueError(f"Five widths are needed, the last a multiple of 16, got {plan}.")
    return URWKV(graph, plan, num_classes, in_channels, shift)
