from __future__ import annotations

import numpy as np
import pytest

from urwkv_desktop.training.metrics import hd95, mean_interval, overlap


def _square(top: int, left: int, side: int, size: int = 30) -> np.ndarray:
    mask = np.zeros((size, size), bool)
    mask[top : top + side, left : left + side] = True
    return mask


def test_overlap_of_two_half_covering_squares() -> None:
    pair = overlap(_square(0, 0, 10), _square(0, 5, 10))
    assert pair.iou == pytest.approx(50 / 150)
    assert pair.dice == pytest.approx(100 / 200)


def test_two_empty_masks_agree_and_a_missed_one_scores_nothing() -> None:
    nothing = np.zeros((30, 30), bool)
    assert overlap(nothing, nothing).dice == 1
    assert overlap(nothing, _square(3, 3, 4)).iou == 0


def test_hd95_of_a_shifted_square_is_its_shift() -> None:
    assert hd95(_square(5, 5, 10), _square(5, 5, 10)) == 0
    assert hd95(_square(5, 5, 10), _square(5, 8, 10)) == pytest.approx(3)
    assert hd95(_square(5, 5, 10), _square(5, 8, 10), (1.0, 0.5)) == pytest.approx(1.5)


def test_hd95_equals_the_percentile_of_all_surface_distances() -> None:
    rng = np.random.default_rng(0)
    found, truth = _square(4, 6, 9), _square(8, 9, 12)
    found[rng.integers(0, 30, 20), rng.integers(0, 30, 20)] = True
    edges = [np.argwhere(_edge(mask)).astype(float) for mask in (found, truth)]
    apart = np.linalg.norm(edges[0][:, None] - edges[1][None], axis=2)
    wanted = max(np.percentile(apart.min(axis=1), 95), np.percentile(apart.min(axis=0), 95))
    assert hd95(found, truth) == pytest.approx(wanted)


def _edge(mask: np.ndarray) -> np.ndarray:
    framed = np.pad(mask, 1)
    inside = framed[1:-1, 1:-1] & framed[:-2, 1:-1] & framed[2:, 1:-1] & framed[1:-1, :-2] & framed[1:-1, 2:]
    return mask & ~inside


def test_hd95_of_a_missed_lesion_is_unknown() -> None:
    assert hd95(np.zeros((30, 30), bool), _square(3, 3, 4)) is None


def test_masks_of_two_sizes_are_not_compared() -> None:
    with pytest.raises(ValueError, match="one shape"):
        overlap(_square(0, 0, 3), _square(0, 0, 3, size=20))


def test_the_interval_of_a_mean_is_repeatable_and_holds_the_mean() -> None:
    values = np.random.default_rng(1).random(60).tolist()
    low, high = mean_interval(values)
    assert (low, high) == mean_interval(values)
    assert low < np.mean(values) < high
    spread = 1.96 * np.std(values) / np.sqrt(len(values))
    assert high - low == pytest.approx(2 * spread, rel=0.1)
