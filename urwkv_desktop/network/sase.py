"""SASE, the stages of the encoder: shallow ones for detail, one deep one for meaning (SPEC.md 3)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

CHAIN = 7


class Depthwise(nn.Module):
    """3x3, one filter a channel."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.dwconv = nn.Conv2d(channels, channels, 3, padding=1, groups=channels)

    def forward(self, x: Tensor) -> Tensor:
        answer: Tensor = self.dwconv(x)
        return answer


class Pointwise(nn.Module):
    """1x1 convolution, BatchNorm and, where asked, GELU."""

    def __init__(self, channels_in: int, channels_out: int, *, activated: bool) -> None:
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(channels_in, channels_out, 1),
            nn.BatchNorm2d(channels_out),
            nn.GELU() if activated else nn.Identity(),
        )

    def forward(self, x: Tensor) -> Tensor:
        answer: Tensor = self.conv(x)
        return answer


class ShallowStage(nn.Module):
    """e1 to e4 (SPEC.md 3.1, 3.2). `expansion` None means the graph `simpchinchout`.

    Both ways from in to out exist in every published file, whichever the graph uses; the other one is dead weight that
    has to be read and written back.
    """

    def __init__(self, channels_in: int, channels_out: int, expansion: int | None) -> None:
        super().__init__()
        wide = channels_in * (expansion or 4)
        self.expands = expansion is not None
        self.bn_in_c = nn.BatchNorm2d(channels_in)
        self.dwconv = Depthwise(channels_in)
        self.pwconv = Pointwise(channels_in, channels_out, activated=False)
        self.pwconv_in_in4 = Pointwise(channels_in, wide, activated=True)
        self.pwconv_in4_out = Pointwise(wide, channels_out, activated=True)
        self.keeps_width = channels_in == channels_out

    def forward(self, x: Tensor) -> Tensor:
        """[B,in,H,W] -> [B,out,H,W], before pooling."""
        t = x + self.bn_in_c(nn.functional.gelu(self.dwconv(x)))
        y: Tensor = self.pwconv_in4_out(self.pwconv_in_in4(t)) if self.expands else self.pwconv(t)
        return y + x if self.keeps_width else y


class DeepStage(nn.Module):
    """e5: a chain of depthwise filters over half of the reduced channels (SPEC.md 3.3)."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__()
        self.pwconv1 = Pointwise(channels_in, channels_out // 8, activated=False)
        self.m = nn.ModuleList([Depthwise(channels_out // 16) for _ in range(CHAIN)])
        self.pwconv2 = Pointwise(channels_out // 2, channels_out, activated=False)
        self.keeps_width = channels_in == channels_out

    def forward(self, x: Tensor) -> Tensor:
        """[B,in,h,w] -> [B,out,h,w]."""
        p = self.pwconv1(x)
        even, odd = p[:, 0::2], p[:, 1::2]
        links = [even + odd]
        for filter_ in self.m:
            odd = filter_(odd)
            links.append(odd)
        y: Tensor = self.pwconv2(torch.cat(links, dim=1))
        return y + x if self.keeps_width else y
