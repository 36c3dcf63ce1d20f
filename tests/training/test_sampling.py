from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.training.small_sets import write_set
from urwkv_desktop.inference.card import InputSpec
from urwkv_desktop.training.augment import Augmentation
from urwkv_desktop.training.cases import DataPlace, read_cases
from urwkv_desktop.training.dataset import Batches, samples
from urwkv_desktop.training.sampling import Sampling, epoch_order

SHARES = [0.0, 0.0, *[0.1] * 6, *[0.005] * 4]


def _order(how: Sampling, seed: int = 0, batch: int = 4) -> np.ndarray:
    return epoch_order(SHARES, how, batch, np.random.default_rng(seed))


def test_left_alone_every_picture_comes_once() -> None:
    assert sorted(_order(Sampling())) == list(range(len(SHARES)))


def test_each_batch_holds_the_share_of_empty_pictures_that_was_asked_for() -> None:
    batches = _order(Sampling(empty=0.5)).reshape(-1, 4)
    assert [(batch < 2).sum() for batch in batches] == [2, 2, 2]
    assert (_order(Sampling(empty=0)) >= 2).all()


def test_small_ones_come_more_often_and_the_order_is_that_of_its_seed() -> None:
    drawn = np.concatenate([_order(Sampling(small=5.0), seed) for seed in range(60)])
    held = drawn[drawn >= 2]
    assert (held >= 8).mean() == pytest.approx(4 * 5 / (4 * 5 + 6), abs=0.06)
    assert np.array_equal(_order(Sampling(small=5.0), 3), _order(Sampling(small=5.0), 3))


@pytest.mark.parametrize("shares", [[0.0] * 8, [0.2] * 8])
def test_a_set_of_one_kind_alone_is_no_mistake(shares: list[float]) -> None:
    order = epoch_order(shares, Sampling(empty=0.25), 4, np.random.default_rng(0))
    assert sorted(order) == list(range(8))


def test_a_picture_that_comes_twice_in_an_epoch_is_changed_in_another_way(tmp_path: Path) -> None:
    cases = read_cases(DataPlace(folder=write_set(tmp_path / "set", list("abcdef"), [0] * 6)))
    spec = InputSpec(width=32, height=32)
    kept = list(samples(cases, spec, 1))
    batches = Batches(kept, spec, Augmentation(), size=3, seed=1, sampling=Sampling(empty=0.34))
    drawn = [batches.batch(0, place) for place in range(2)]
    empty = [batch.pictures[(batch.labels.flatten(1).sum(1) == 0).nonzero()[0, 0]] for batch in drawn]
    assert not torch.equal(empty[0], empty[1])
    assert torch.equal(drawn[1].pictures, batches.batch(0, 1).pictures)
