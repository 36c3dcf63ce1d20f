"""biWKV, the attention of U-RWKV: every token sees every other one, at a cost linear in their number (SPEC.md 6)."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import pad

SAFE_EXPONENT = 30.0
"""Up to this |w| * T and |u| the cumulative form keeps float32 exact (SPEC.md 6.3)."""

CHUNK = 16


def bi_wkv(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """y_t = softmax over i of (k_i - (|t-i|-1) w; k_t + u at i = t) applied to v_i (SPEC.md 6).

    `w`, `u` are [C], already divided by T; `k`, `v` are [B,T,C]; answers [B,T,C]. Stable for k of any size; moderate
    decays take the cumulative form, others the step form.
    """
    tokens = k.shape[1]
    if is_moderate(w, u, tokens):
        return cumulative_bi_wkv(w, u, k, v)
    return stepwise_bi_wkv(w, u, k, v)


def is_moderate(w: Tensor, u: Tensor, tokens: int) -> bool:
    """Whether the cumulative form is exact for these decays over this many tokens."""
    return bool(w.abs().max() * tokens <= SAFE_EXPONENT and u.abs().max() <= SAFE_EXPONENT)


def cumulative_bi_wkv(w: Tensor, u: Tensor, k: Tensor, v: Tensor, *, traced: bool = False) -> Tensor:
    """The same by two exclusive running sums (SPEC.md 6.3); right only where `is_moderate`.

    One shift a channel suffices since every token sees the largest k. `traced` sums chunks by a triangular product in
    place of a running sum: the form in which OpenVINO is fastest (SPEC.md 10.5).
    """
    tokens, channels = int(k.shape[1]), int(k.shape[2])
    centred = torch.arange(tokens, dtype=k.dtype, device=k.device) - (tokens - 1) / 2
    growth = torch.exp(centred[:, None] * w)
    fading = torch.exp(-centred[:, None] * w)
    energy = torch.exp(k - k.amax(dim=1, keepdim=True).detach())
    terms = torch.cat([energy * v, energy], dim=2)
    before = _exclusive_sums(terms * torch.cat([growth, growth], dim=1), traced, backwards=False)
    after = _exclusive_sums(terms * torch.cat([fading, fading], dim=1), traced, backwards=True)
    step, bonus = torch.exp(w), torch.exp(u)
    total = (
        before * torch.cat([fading * step, fading * step], dim=1)
        + after * torch.cat([growth * step, growth * step], dim=1)
        + terms * torch.cat([bonus, bonus])
    )
    return total[..., :channels] / total[..., channels:]


def _exclusive_sums(terms: Tensor, traced: bool, *, backwards: bool) -> Tensor:
    """For each token the sum over all earlier (later) ones, [B,T,D] -> [B,T,D]; never a total minus a part."""
    batch, tokens, width = (int(size) for size in terms.shape)
    chunks = -(-tokens // CHUNK)
    padded = pad(terms, (0, 0, 0, chunks * CHUNK - tokens)) if tokens % CHUNK else terms
    parts = padded.reshape(batch, chunks, CHUNK, width)
    inside = torch.matmul(_strict_triangle(CHUNK, terms, backwards), parts)
    totals = parts.sum(dim=2)
    if traced:
        between = torch.matmul(_strict_triangle(chunks, terms, backwards), totals)
    else:
        between = _running_sums(totals, backwards)
    return (inside + between[:, :, None]).reshape(batch, chunks * CHUNK, width)[:, :tokens]


def _strict_triangle(size: int, like: Tensor, backwards: bool) -> Tensor:
    ones = torch.ones(size, size, dtype=like.dtype, device=like.device)
    return ones.triu(1) if backwards else ones.tril(-1)


def _running_sums(totals: Tensor, backwards: bool) -> Tensor:
    if backwards:
        return _running_sums(totals.flip(1), False).flip(1)
    return pad(totals.cumsum(dim=1)[:, :-1], (0, 0, 1, 0))


def stepwise_bi_wkv(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """The same by running triples (sum, weight, exponent) from both ends (SPEC.md 6.2); right for any w, u and k."""
    before = _walk(w, k, v)
    after = [triple.flip(1) for triple in _walk(w, k.flip(1), v.flip(1))]
    own = (v, torch.ones_like(v), k + u)
    peak = torch.maximum(torch.maximum(before[2], after[2]), own[2]).detach()
    scales = [torch.exp(triple[2] - peak) for triple in (before, after, own)]
    above = before[0] * scales[0] + after[0] * scales[1] + own[0] * scales[2]
    below = before[1] * scales[0] + after[1] * scales[1] + own[1] * scales[2]
    return above / below


def _walk(w: Tensor, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """What stands before each token: three [B,T,C] of (num, den, m), the true sums being num*e^m and den*e^m."""
    num, den = torch.zeros_like(k[:, 0]), torch.zeros_like(k[:, 0])
    peak = torch.full_like(num, -1e30)  # -inf minus -inf would be no number
    nums, dens, peaks = [], [], []
    for t in range(k.shape[1]):
        nums.append(num)
        dens.append(den)
        peaks.append(peak)
        highest = torch.maximum(peak - w, k[:, t])
        kept, taken = torch.exp(peak - w - highest), torch.exp(k[:, t] - highest)
        num, den, peak = num * kept + taken * v[:, t], den * kept + taken, highest
    return torch.stack(nums, 1), torch.stack(dens, 1), torch.stack(peaks, 1)
