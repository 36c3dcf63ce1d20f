"""biWKV, the attention of U-RWKV: every token sees every other one, at a cost linear in their number (SPEC.md 6).

Three forms of one formula. `bi_wkv` is what the network uses: two running sums for moderate decays, with gradients of
its own that keep nothing but the inputs; the running triples of `stepwise_bi_wkv` for all others. The graph that leaves
torch holds `cumulative_bi_wkv(traced=True)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn.functional import pad
from torch.utils.checkpoint import checkpoint

SAFE_EXPONENT = 30.0
"""Up to this |w| * T and |u| the cumulative form keeps float32 exact (SPEC.md 6.3)."""

CHUNK = 16
SLAB = 1 << 18
"""Numbers of k that a processor works on together: of long sequences some channels at a time, so that memory stays flat
and what is worked on stays in its cache (2^18 was the best of 2^15 to 2^21)."""

DEVICE_SLAB = 1 << 25
"""The same on a graphics card, which wants much work at once. A guess: none was at hand to measure it."""

_LINE = 16  # channels that lie in one line of the cache: fewer at a time would read each line several times

Form = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]
Gradients = tuple[Tensor, Tensor, Tensor, Tensor]


def bi_wkv(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """y_t = softmax over i of (k_i - (|t-i|-1) w; k_t + u at i = t) applied to v_i (SPEC.md 6).

    `w`, `u` are [C], already divided by T; `k`, `v` are [B,T,C]; answers [B,T,C] of k's type. Stable for k of any size.
    Sums are float32 (float64 for float64), whatever type comes in and whatever autocast would choose.
    """
    with torch.autocast(k.device.type, enabled=False):
        wide = [_at_least_float32(each) for each in (w, u, k, v)]
        if is_moderate(wide[0], wide[1], k.shape[1]):
            y: Tensor = _BiWKV.apply(*wide)  # type: ignore[no-untyped-call]
        else:
            y = _by_slabs(stepwise_bi_wkv, *wide)
    return y.to(k.dtype)


def is_moderate(w: Tensor, u: Tensor, tokens: int) -> bool:
    """Whether the cumulative form is exact for these decays over this many tokens."""
    return bool(w.detach().abs().max() * tokens <= SAFE_EXPONENT and u.detach().abs().max() <= SAFE_EXPONENT)


def cumulative_bi_wkv(w: Tensor, u: Tensor, k: Tensor, v: Tensor, *, traced: bool = False) -> Tensor:
    """The same by two exclusive running sums (SPEC.md 6.3); right only where `is_moderate`.

    One shift a channel suffices since every token sees the largest k. `traced` sums chunks by a triangular product in
    place of a running sum: the form in which OpenVINO is fastest (SPEC.md 10.5).
    """
    sums = _Sums(w, u, int(k.shape[1]), traced)
    energy = torch.exp(k - k.amax(dim=1, keepdim=True).detach())
    return _answered(sums(torch.cat([energy * v, energy], dim=2)).total)


def stepwise_bi_wkv(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """The same by running triples (sum, weight, exponent) from both ends (SPEC.md 6.2); right for any w, u and k."""
    each = (v, torch.ones_like(v), k)
    before = _walk(w, each)
    after = [part.flip(1) for part in _walk(w, _flipped(each))]
    own = (v, torch.ones_like(v), k + u)
    peak = torch.maximum(torch.maximum(before[2], after[2]), own[2]).detach()
    scales = [torch.exp(triple[2] - peak) for triple in (before, after, own)]
    above = before[0] * scales[0] + after[0] * scales[1] + own[0] * scales[2]
    below = before[1] * scales[0] + after[1] * scales[1] + own[1] * scales[2]
    return above / below


# ── two running sums ─────────────────────────────────────────────────────────────────────────────────────────────────


class _Answer:
    """What `_Sums` gives for terms [B,T,2C]: for each token the sums over all before it, all after it, and all."""

    def __init__(self, before: Tensor, after: Tensor, own: Tensor) -> None:
        self.before, self.after, self.own = before, after, own

    @property
    def total(self) -> Tensor:
        return self.before + self.after + self.own


class _Sums:
    """S(x)_t = sum over i of exp(-(|t-i|-1) w) x_i, and exp(u) x_t at i = t. S is its own transpose."""

    def __init__(self, w: Tensor, u: Tensor, tokens: int, traced: bool = False, at: slice = slice(None)) -> None:
        """at: those of the tokens whose terms will be given."""
        places = torch.arange(*at.indices(tokens), dtype=w.dtype, device=w.device)
        self.centred = (places - (tokens - 1) / 2)[:, None]
        growth, fading = torch.exp(self.centred * w), torch.exp(-self.centred * w)
        step, bonus = torch.exp(w), torch.exp(u)
        self._growth, self._fading = torch.cat([growth, growth], dim=1), torch.cat([fading, fading], dim=1)
        self._step, self._bonus = torch.cat([step, step]), torch.cat([bonus, bonus])
        self._traced = traced

    def carried(self, terms: Tensor) -> tuple[Tensor, Tensor]:
        """What these tokens add to the sums of all later ones, and of all earlier ones, [B,1,2C]."""
        return (terms * self._growth).sum(1, keepdim=True), (terms * self._fading).sum(1, keepdim=True)

    def __call__(self, terms: Tensor, carried: Carried = None) -> _Answer:
        before = _exclusive_sums(terms * self._growth, self._traced, backwards=False)
        after = _exclusive_sums(terms * self._fading, self._traced, backwards=True)
        if carried is not None:
            before, after = before + carried[0], after + carried[1]
        return _Answer(before * (self._fading * self._step), after * (self._growth * self._step), terms * self._bonus)


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


class _BiWKV(torch.autograd.Function):
    """The cumulative form with the gradients of SPEC.md 6.1: inputs are kept, sums are made again, slab by slab."""

    @staticmethod
    def forward(ctx: Any, w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
        ctx.save_for_backward(w, u, k, v)
        y = torch.empty_like(k)
        for at in _slabs(k):
            slab = _Slab(w[at], u[at], k[..., at], v[..., at])
            for number, block in enumerate(slab.blocks):
                y[:, block, at] = _answered(slab.seen(number).total)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gy: Tensor) -> Gradients:
        w, u, k, v = ctx.saved_tensors
        with torch.autocast(k.device.type, enabled=False):
            answers = tuple(torch.empty_like(each) for each in (w, u, k, v))
            for at in _slabs(k):
                parts = _gradients(_Slab(w[at], u[at], k[..., at], v[..., at]), gy[..., at])
                for answer, part in zip(answers, parts, strict=True):
                    answer[..., at] = part
        return answers[0], answers[1], answers[2], answers[3]


Carried = tuple[Tensor, Tensor] | None
"""What the tokens before a block and those after it add to its sums, [B,1,2C] each; None where there are no others."""


class _Slab:
    """Some channels, [C] and [B,T,C]; where tokens are many too, they are worked on block by block, each made anew at
    every use, so that what is worked on stays in the processor's cache."""

    def __init__(self, w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> None:
        self.w, self.u, self.k, self.v = w, u, k, v
        self.blocks = _blocks(k)
        self._peak = k.amax(dim=1, keepdim=True)
        self.carried = self.carry(self.given)

    def sums(self, number: int) -> _Sums:
        return _Sums(self.w, self.u, int(self.k.shape[1]), at=self.blocks[number])

    def given(self, number: int) -> Tensor:
        """The terms of a block, E v and E, [B,t,2C]."""
        at = self.blocks[number]
        energy = torch.exp(self.k[:, at] - self._peak)
        return torch.cat([energy * self.v[:, at], energy], dim=2)

    def seen(self, number: int) -> _Answer:
        return self.sums(number)(self.given(number), self.carried[number])

    def carry(self, terms: Callable[[int], Tensor]) -> list[Carried]:
        """For each block what all others add to its sums of these terms."""
        if len(self.blocks) == 1:
            return [None]
        shares = [self.sums(number).carried(terms(number)) for number in range(len(self.blocks))]
        early = _running_sums(torch.cat([share[0] for share in shares], dim=1), backwards=False)
        late = _running_sums(torch.cat([share[1] for share in shares], dim=1), backwards=True)
        return [(early[:, number, None], late[:, number, None]) for number in range(len(self.blocks))]


def _answered(total: Tensor) -> Tensor:
    channels = total.shape[2] // 2
    return total[..., :channels] / total[..., channels:]


def _asked(total: Tensor, gy: Tensor) -> Tensor:
    """What the answers ask of the sums: q and -q y with q = gy / D, [B,t,2C]."""
    q = gy / total[..., gy.shape[2]:]
    return torch.cat([q, -q * _answered(total)], dim=2)


def _gradients(slab: _Slab, gy: Tensor) -> Gradients:
    """SPEC.md 6.1 by the same two sums, run once on what the tokens give and once on what the answers ask of them.

    With E = exp(k - max k), D the denominator and q = gy / D: gv = E S(q), gk = E (v S(q) - S(q y)). A distance |t-i|-1
    is taken apart into t and i, so that dS/dw needs no sum of its own.
    """
    channels = int(slab.k.shape[2])
    carried = slab.carry(lambda number: _asked(slab.seen(number).total, gy[:, slab.blocks[number]]))
    gw, gu, gk, gv = (torch.zeros_like(each) for each in (slab.w, slab.u, slab.k, slab.v))
    for number, at in enumerate(slab.blocks):
        sums, given = slab.sums(number), slab.given(number)
        seen = sums(given, slab.carried[number])
        asked = _asked(seen.total, gy[:, at])
        wanted = sums(asked, carried[number])
        energy, for_value = given[..., channels:], wanted.total[..., :channels]
        gw += _decay_gradient(sums.centred, seen, wanted, given, asked)
        gu += _halves((wanted.own * given).sum(dim=(0, 1)))
        gv[:, at] = energy * for_value
        gk[:, at] = gv[:, at] * slab.v[:, at] + energy * wanted.total[..., channels:]
    return gw, gu, gk, gv


def _decay_gradient(centred: Tensor, seen: _Answer, wanted: _Answer, given: Tensor, asked: Tensor) -> Tensor:
    """-sum over t and i != t of (|t-i|-1) exp(-(|t-i|-1) w) asked_t given_i, [C].

    Tokens i before t: (t-1) asked_t seen.before_t - i given_i wanted.after_i; those after t likewise.
    """
    early = (centred - 1) * asked * seen.before - centred * given * wanted.after
    late = centred * given * wanted.before - (centred + 1) * asked * seen.after
    return -_halves((early + late).sum(dim=(0, 1)))


def _halves(both: Tensor) -> Tensor:
    return both[: len(both) // 2] + both[len(both) // 2 :]


# ── running triples ──────────────────────────────────────────────────────────────────────────────────────────────────

Triple = tuple[Tensor, Tensor, Tensor]
"""(num, den, m), [...,T,C] each: the true sums are num * e^m and den * e^m."""

_NOTHING = -1e30  # -inf minus -inf would be no number


def _walk(w: Tensor, tokens: Triple) -> Triple:
    """What stands before each token. Chunks are walked side by side, then their sums by the same walk, one level up."""
    length, width = int(tokens[2].shape[1]), int(tokens[2].shape[2])
    if length <= 2 * CHUNK:
        return _walk_all(w, tokens)[0]
    chunks = -(-length // CHUNK)
    split = [_in_chunks(part, chunks, empty) for part, empty in zip(tokens, (0.0, 0.0, _NOTHING), strict=True)]
    inside, ends = _walk_all(w, (split[0], split[1], split[2]))
    batch = tokens[2].shape[0]
    carried = _walk(w * CHUNK, (_of_chunks(ends[0], batch), _of_chunks(ends[1], batch), _of_chunks(ends[2], batch)))
    steps = torch.arange(CHUNK, dtype=w.dtype, device=w.device)[:, None] * w
    num, den, peak = (part.reshape(batch * chunks, 1, width) for part in carried)
    joined = _joined((num, den, peak - steps), inside)
    whole = [part.reshape(batch, chunks * CHUNK, width)[:, :length] for part in joined]
    return whole[0], whole[1], whole[2]


def _in_chunks(part: Tensor, chunks: int, empty: float) -> Tensor:
    """[B,T,C] -> [B*chunks,CHUNK,C], filled up with what adds nothing."""
    batch, length, width = (int(size) for size in part.shape)
    filled = pad(part, (0, 0, 0, chunks * CHUNK - length), value=empty)
    return filled.reshape(batch * chunks, CHUNK, width)


def _of_chunks(ends: Tensor, batch: int) -> Tensor:
    """[B*chunks,C] -> [B,chunks,C]."""
    return ends.reshape(batch, -1, ends.shape[-1])


def _walk_all(w: Tensor, tokens: Triple) -> tuple[Triple, Triple]:
    """Token by token: what stands before each, [B,T,C], and what stands before one that would come next, [B,C]."""
    state: Triple = (torch.zeros_like(tokens[0][:, 0]), torch.zeros_like(tokens[0][:, 0]),
                     torch.full_like(tokens[0][:, 0], _NOTHING))
    seen: list[Triple] = []
    for t in range(tokens[0].shape[1]):
        seen.append(state)
        state = _joined((state[0], state[1], state[2] - w), (tokens[0][:, t], tokens[1][:, t], tokens[2][:, t]))
    stacked = [torch.stack(parts, dim=1) for parts in zip(*seen, strict=True)]
    return (stacked[0], stacked[1], stacked[2]), state


def _joined(one: Triple, other: Triple) -> Triple:
    highest = torch.maximum(one[2], other[2])
    kept, taken = torch.exp(one[2] - highest), torch.exp(other[2] - highest)
    return one[0] * kept + other[0] * taken, one[1] * kept + other[1] * taken, highest


def _flipped(triple: Triple) -> Triple:
    return triple[0].flip(1), triple[1].flip(1), triple[2].flip(1)


# ── long sequences ───────────────────────────────────────────────────────────────────────────────────────────────────


def _slabs(k: Tensor) -> Iterator[slice]:
    """Channels that are worked on together."""
    batch, tokens, channels = (int(size) for size in k.shape)
    together = min(channels, max(_LINE, _limit(k) // max(1, batch * tokens)))
    for start in range(0, channels, together):
        yield slice(start, start + together)


def _limit(k: Tensor) -> int:
    """Numbers of k that are worked on together."""
    return SLAB if k.device.type == "cpu" else DEVICE_SLAB


def _blocks(k: Tensor) -> list[slice]:
    """Tokens of a slab that are worked on together."""
    batch, tokens, channels = (int(size) for size in k.shape)
    together = max(CHUNK, _limit(k) // max(1, batch * channels) // CHUNK * CHUNK)
    return [slice(start, min(tokens, start + together)) for start in range(0, tokens, together)]


def _by_slabs(form: Form, w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """A form slab by slab; of several slabs nothing is kept for the gradients but the inputs."""
    slabs = list(_slabs(k))
    if len(slabs) == 1:
        return form(w, u, k, v)
    parts = [checkpoint(form, w[at], u[at], k[..., at], v[..., at], use_reentrant=False) for at in slabs]
    return torch.cat(parts, dim=2)


def _at_least_float32(x: Tensor) -> Tensor:
    return x if x.dtype == torch.float64 else x.float()
