"""biWKV in the forms that `benchmarks.operator` compares, and one point of a curve in a process of its own."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

import torch
from torch import Tensor

from urwkv_desktop.network import bi_wkv
from urwkv_desktop.training.memory import keep_freed_memory

SECONDS = 1.5  # for each point; at least one run
Form = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]


def ours(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """What the network uses: two exclusive running sums in chunks."""
    return bi_wkv(w, u, k, v)


def loop(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Token by token from both ends, as SPEC.md 6.2 writes it."""
    before, after = _walk(w, k, v), [part.flip(1) for part in _walk(w, k.flip(1), v.flip(1))]
    return _answer(before, (after[0], after[1], after[2]), u, k, v)


def doubling(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """log2(T) rounds, each adding what stands twice as far away: T log T."""
    before, after = _doubled(w, k, v), [part.flip(1) for part in _doubled(w, k.flip(1), v.flip(1))]
    return _answer(before, (after[0], after[1], after[2]), u, k, v)


def dense(w: Tensor, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Every token against every other one: a T x T table for each channel, one channel at a time."""
    tokens = k.shape[1]
    place = torch.arange(tokens, dtype=k.dtype)
    apart = (place[:, None] - place).abs() - 1
    energy = torch.exp(k - k.amax(dim=1, keepdim=True))
    answers = []
    for c in range(k.shape[2]):
        table = torch.exp(-apart * w[c]).fill_diagonal_(0) + torch.diag(torch.exp(u[c]).expand(tokens))
        sums = table @ torch.stack([energy[..., c] * v[..., c], energy[..., c]], dim=-1)
        answers.append(sums[..., 0] / sums[..., 1])
    return torch.stack(answers, dim=-1)


FORMS: dict[str, Form] = {"ours": ours, "loop": loop, "doubling": doubling, "dense": dense}
Triple = tuple[Tensor, Tensor, Tensor]


def _walk(w: Tensor, k: Tensor, v: Tensor) -> Triple:
    num, den = torch.zeros_like(k[:, 0]), torch.zeros_like(k[:, 0])
    peak = torch.full_like(num, -1e30)
    kept: tuple[list[Tensor], list[Tensor], list[Tensor]] = ([], [], [])
    for t in range(k.shape[1]):
        for one, part in zip(kept, (num, den, peak), strict=True):
            one.append(part)
        highest = torch.maximum(peak - w, k[:, t])
        old, new = torch.exp(peak - w - highest), torch.exp(k[:, t] - highest)
        num, den, peak = num * old + new * v[:, t], den * old + new, highest
    return torch.stack(kept[0], 1), torch.stack(kept[1], 1), torch.stack(kept[2], 1)


def _doubled(w: Tensor, k: Tensor, v: Tensor) -> Triple:
    """Exclusive: the sequence moved by one, then summed over 1, 2, 4 ... tokens back."""
    num, den, peak = _moved(v, 1, 0.0), _moved(torch.ones_like(v), 1, 0.0), _moved(k, 1, -1e30)
    step = 1
    while step < k.shape[1]:
        far = _moved(num, step, 0.0), _moved(den, step, 0.0), _moved(peak, step, -1e30) - step * w
        highest = torch.maximum(peak, far[2])
        old, new = torch.exp(peak - highest), torch.exp(far[2] - highest)
        num, den, peak = num * old + far[0] * new, den * old + far[1] * new, highest
        step *= 2
    return num, den, peak


def _moved(x: Tensor, by: int, empty: float) -> Tensor:
    return torch.cat([torch.full_like(x[:, :by], empty), x[:, : x.shape[1] - by]], dim=1)


def _answer(before: Triple, after: Triple, u: Tensor, k: Tensor, v: Tensor) -> Tensor:
    highest = torch.maximum(torch.maximum(before[2], after[2]), u + k)
    scales = [torch.exp(part - highest) for part in (before[2], after[2], u + k)]
    above = before[0] * scales[0] + after[0] * scales[1] + v * scales[2]
    return above / (before[1] * scales[0] + after[1] * scales[1] + scales[2])


def point(form: str, tokens: int, channels: int, learns: bool) -> dict[str, float]:
    """Best ms of one run (with `learns`: and of its gradients), and MB that it needed beside its inputs."""
    torch.manual_seed(0)
    w, u = torch.linspace(-5, 3, channels) / tokens, torch.randn(channels) / tokens
    k, v = torch.randn(1, tokens, channels), torch.randn(1, tokens, channels)
    inputs = [each.requires_grad_(learns) for each in (w, u, k, v)]
    FORMS[form](*(each[..., :16, :] if each.ndim == 3 else each for each in inputs))  # torch wakes its threads
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    best, until = float("inf"), time.perf_counter() + SECONDS
    while best == float("inf") or time.perf_counter() < until:
        start = time.perf_counter()
        y = FORMS[form](*inputs)
        if learns:
            y.sum().backward()
        best = min(best, 1000 * (time.perf_counter() - start))
    return {"ms": round(best, 3), "mb": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[4] == "learns":
        keep_freed_memory()  # as `urwkv-desktop train` does
    print(json.dumps(point(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "learns")))
