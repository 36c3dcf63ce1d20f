"""In which order pictures come: all of them once an epoch, or drawn on purpose where some are too few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

Share = Annotated[float, msgspec.Meta(ge=0, le=0.9)]


class Sampling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Left alone, every picture comes once an epoch, and those without a label as often as the data holds them.

    empty: the share of each batch without any label (normal images), None for their own share; 0 leaves them out. With
    few of them this repeats them; with many, such as the end slices of volumes, it thins them out.
    small: how many times as often as others a picture comes whose labels cover less than `small_share` of it.
    An epoch keeps its number of batches either way.
    """

    empty: Share | None = None
    small: Annotated[float, msgspec.Meta(ge=1)] = 1.0
    small_share: float = 0.02


def epoch_order(
    shares: Sequence[float], how: Sampling, batch: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Indices of an epoch's pictures, batch after batch; `shares`: of each picture, what its labels cover (0 to 1)."""
    if how == Sampling():
        return rng.permutation(len(shares))
    covered = np.asarray(shares)
    empty, held = np.flatnonzero(covered == 0), np.flatnonzero(covered > 0)
    each = _empty_a_batch(how, batch, len(empty), len(held))
    batches = len(shares) // batch
    weights = np.where(covered[held] < how.small_share, how.small, 1.0)
    normal = _cycled(empty, batches * each, rng)
    others = _drawn(held, weights, batches * (batch - each), rng)
    rows = np.concatenate([normal.reshape(batches, each), others.reshape(batches, batch - each)], axis=1)
    return np.asarray(rng.permuted(rows, axis=1).ravel(), np.int64)


def _empty_a_batch(how: Sampling, batch: int, empty: int, held: int) -> int:
    if not empty or not held:
        return batch if empty else 0
    share = empty / (empty + held) if how.empty is None else how.empty
    return min(batch - 1, round(share * batch))


def _cycled(pool: NDArray[np.int64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """All of the pool in a random order, and again, until there are enough."""
    rounds = -(-count // max(1, len(pool)))
    return np.concatenate([rng.permutation(pool) for _ in range(rounds)] or [pool[:0]])[:count]


def _drawn(
    pool: NDArray[np.int64], weights: NDArray[np.float64], count: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Where all weigh the same each comes equally often; otherwise by chance, as their weights say."""
    if not len(pool) or np.ptp(weights) == 0:
        return _cycled(pool, count, rng)
    return rng.choice(pool, count, p=weights / weights.sum())
