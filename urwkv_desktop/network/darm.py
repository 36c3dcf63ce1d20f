"""DARM, the bottleneck: Dual-RWKV over the QuadScan (SPEC.md 5)."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from urwkv_desktop.network.scans import (
    SCANS,
    Shift,
    map_shift_tables,
    second_reading_table,
    second_reading_undone,
    sequence_tables,
    shifted,
)
from urwkv_desktop.network.wkv import bi_wkv, cumulative_bi_wkv

LAYERS = 8  # the published initialisation is that of the first of eight layers (SPEC.md 8)


class QuadScanAttention(nn.Module):
    """Q(x): RWKV attention along four scans, of both passes at once (SPEC.md 5, 5.6, 10.2)."""

    def __init__(self, channels: int, shift: Shift) -> None:
        super().__init__()
        self.shift = shift
        self.traced = False  # set by `network.tracing`: the form for an exported graph
        ramp = torch.arange(channels) / channels
        rise = torch.arange(channels) / max(channels - 1, 1)
        zigzag = (torch.arange(channels) + 1) % 3 - 1
        self.spatial_decay = nn.Parameter(-5 + 8 * rise**0.7)
        self.spatial_first = nn.Parameter(math.log(0.3) + 0.5 * zigzag)
        self.spatial_mix_k = nn.Parameter(ramp.clone()[None, None])
        self.spatial_mix_v = nn.Parameter(ramp.clone()[None, None])
        self.spatial_mix_r = nn.Parameter(ramp[None, None] ** 0.5)
        self.gamma1 = nn.Parameter(torch.ones(channels))
        self.gamma2 = nn.Parameter(torch.ones(channels))  # published, never used
        self.key = nn.Linear(channels, channels, bias=False)
        self.value = nn.Linear(channels, channels, bias=False)
        self.receptance = nn.Linear(channels, channels, bias=False)
        self.key_norm = nn.LayerNorm(channels)
        self.output = nn.Linear(channels, channels, bias=False)
        self.ln1 = nn.LayerNorm(channels)
        self.ln2 = nn.LayerNorm(channels)  # published, never used

    def forward(self, x: Tensor, rows: int, columns: int) -> Tensor:
        """Tokens [B,T,C] of a map -> [B,2,T,C]: what each of the two passes adds to its own map."""
        batch, tokens, channels = (int(size) for size in x.shape)
        read, beside, back = (table.to(x.device) for table in sequence_tables(self.shift, rows, columns))
        k, v, r = self._projected(self.ln1(x), read, beside)
        y = self._wkv(_at_least_float32(k).flatten(0, 1), _at_least_float32(v).flatten(0, 1)).reshape(k.shape)
        gated = torch.sigmoid(r) * self.key_norm(y)
        cells = back + torch.arange(2 * len(SCANS), device=x.device).reshape(2, -1, 1) * tokens
        on_map = gated.reshape(batch, -1, channels)[:, cells].mean(dim=2)
        added: Tensor = self.gamma1 * self.output(on_map)  # linear: once for the mean, not for each scan
        return added

    def _projected(self, x: Tensor, read: Tensor, beside: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """k, v, r of the eight sequences, [B,8,T,C] each."""
        linears = (self.key, self.value, self.receptance)
        mixes = (self.spatial_mix_k, self.spatial_mix_v, self.spatial_mix_r)
        if len(beside) > 1:
            here, there = x[:, read], shifted(x, beside)
            k, v, r = (linear(here * m + there * (1 - m)) for linear, m in zip(linears, mixes, strict=True))
            return k, v, r
        # A permutation of tokens commutes with a product on channels: project each token once, then gather.
        weights = [linear.weight * m[0] for linear, m in zip(linears, mixes, strict=True)]
        others = [linear.weight * (1 - m[0]) for linear, m in zip(linears, mixes, strict=True)]
        here, there = nn.functional.linear(x, torch.cat(weights + others)).chunk(2, dim=-1)
        k, v, r = (here[:, read] + there[:, beside[0]]).chunk(3, dim=-1)
        return k, v, r

    def _wkv(self, k: Tensor, v: Tensor) -> Tensor:
        w, u = self.spatial_decay / k.shape[1], self.spatial_first / k.shape[1]
        if self.traced:
            return cumulative_bi_wkv(w, u, k, v, traced=True)
        return bi_wkv(w, u, k, v)


class ChannelMix(nn.Module):
    """F: the gated feed-forward of RWKV (SPEC.md 5.7)."""

    def __init__(self, channels: int, shift: Shift) -> None:
        super().__init__()
        self.shift = shift
        ramp = torch.arange(channels) / channels
        self.spatial_mix_k = nn.Parameter(ramp.clone()[None, None])
        self.spatial_mix_r = nn.Parameter(ramp.clone()[None, None])
        self.key = nn.Linear(channels, 4 * channels, bias=False)
        self.receptance = nn.Linear(channels, channels, bias=False)
        self.value = nn.Linear(4 * channels, channels, bias=False)
        self.key_norm = nn.LayerNorm(4 * channels)

    def forward(self, x: Tensor, rows: int, columns: int) -> Tensor:
        """[B,T,C] -> [B,T,C], the tokens being a map of `rows` x `columns`."""
        there = shifted(x, map_shift_tables(self.shift, rows, columns).to(x.device))
        k = self.key(x * self.spatial_mix_k + there * (1 - self.spatial_mix_k))
        k = self.key_norm(torch.relu(_at_least_float32(k)) ** 2)
        r = self.receptance(x * self.spatial_mix_r + there * (1 - self.spatial_mix_r))
        mixed: Tensor = torch.sigmoid(r) * self.value(k)
        return mixed


class DARM(nn.Module):
    """P(x) + P(x'), x' being x re-read by columns; the second answer is not turned back (SPEC.md 5, 5.2).

    turns_back: it is, so that both answers for one cell of the map are added (graph `transposed-back`, ours).
    """

    def __init__(self, channels: int, shift: Shift, *, turns_back: bool = False) -> None:
        super().__init__()
        self.turns_back = turns_back
        self.allinone_spa = QuadScanAttention(channels, shift)
        self.ffn = ChannelMix(channels, shift)
        self.ln2 = nn.LayerNorm(channels)
        self.gamma2 = nn.Parameter(torch.ones(channels))

    def forward(self, x: Tensor) -> Tensor:
        """[B,C,h,w] -> [B,C,h,w]."""
        batch, channels, rows, columns = (int(size) for size in x.shape)
        first, second = self.passes(x).unbind(dim=1)
        if self.turns_back:
            second = second[:, second_reading_undone(rows, columns).to(x.device)]
        answer: Tensor = (first + second).transpose(1, 2).reshape(batch, channels, rows, columns)
        return answer

    def passes(self, x: Tensor) -> Tensor:
        """P(x) and P(x'), each in the order of its own map: [B,C,h,w] -> [B,2,T,C]."""
        batch, channels, rows, columns = (int(size) for size in x.shape)
        tokens = _at_least_float32(x.flatten(2).transpose(1, 2))
        again = tokens[:, second_reading_table(rows, columns).to(x.device)]
        s = torch.stack([tokens, again], dim=1) + self.allinone_spa(tokens, rows, columns)
        s = s.flatten(0, 1)
        s = s + self.gamma2 * self.ffn(self.ln2(s), rows, columns)
        both: Tensor = s.reshape(batch, 2, rows * columns, channels)
        return both


def _at_least_float32(x: Tensor) -> Tensor:
    """biWKV, LayerNorm and the squared relu stay wide whatever else runs in 16 bits (SPEC.md 10.3)."""
    return x if x.dtype == torch.float64 else x.float()
