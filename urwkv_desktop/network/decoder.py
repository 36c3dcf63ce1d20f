"""The decoder: double the map, join it with the encoder's, mix (SPEC.md 4)."""

from __future__ import annotations

from torch import Tensor, nn


class Up(nn.Module):
    """Nearest-neighbour doubling, then 3x3, BatchNorm, GELU."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__()
        self.up = nn.Sequential(
            nn.Upsample(scale_factor=2, mode="nearest"),
            nn.Conv2d(channels_in, channels_out, 3, padding=1),
            nn.BatchNorm2d(channels_out),
            nn.GELU(),
        )

    def forward(self, x: Tensor) -> Tensor:
        """[B,in,h,w] -> [B,out,2h,2w]."""
        answer: Tensor = self.up(x)
        return answer


class Fusion(nn.Module):
    """ChannelFusion: skip and doubled map each get a 3x3, then a 1x1 bottleneck; here GELU stands BEFORE BatchNorm."""

    def __init__(self, channels: int, expansion: int) -> None:
        super().__init__()
        both, wide = 2 * channels, expansion * channels
        self.conv = nn.Sequential(
            nn.Conv2d(both, both, 3, padding=1, groups=2),
            nn.GELU(),
            nn.BatchNorm2d(both),
            nn.Conv2d(both, wide, 1),
            nn.GELU(),
            nn.BatchNorm2d(wide),
            nn.Conv2d(wide, channels, 1),
            nn.GELU(),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        """[B,2c,H,W] (skip first) -> [B,c,H,W]."""
        answer: Tensor = self.conv(x)
        return answer
