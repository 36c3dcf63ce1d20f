"""Outlines along the edges of pixels: filled again they are the same pixels."""

import cv2
import numpy as np
import pytest

from urwkv_desktop.formats.writing.contours import fill, instances, keyholed, outlines

RING = np.zeros((7, 9), bool)
RING[1:6, 1:7] = True
RING[2:4, 2:4] = False
RING[4, 4] = False  # touches the hole by a corner: one hole of 8 neighbours
NESTED = np.zeros((11, 11), bool)
NESTED[0:11, 0:11] = True
NESTED[2:9, 2:9] = False
NESTED[4:7, 4:7] = True
NESTED[5, 5] = False


def random_mask(seed: int, density: float) -> np.ndarray:
    return np.random.default_rng(seed).random((17, 23)) < density


@pytest.mark.parametrize("filled", [RING, NESTED, np.zeros((3, 4), bool), np.ones((3, 4), bool), np.eye(5, dtype=bool),
                                    *(random_mask(seed, 0.1 + 0.1 * seed) for seed in range(9))])
def test_filled_again_they_are_the_same_pixels(filled: np.ndarray) -> None:
    assert np.array_equal(fill([one.corners for one in outlines(filled)], filled.shape), filled)
    assert np.array_equal(fill(keyholed(filled), filled.shape), filled)
    joined = keyholed(filled, by_corners=True)
    assert np.array_equal(fill(joined, filled.shape), filled)
    assert len(joined) == cv2.connectedComponents(filled.astype(np.uint8), connectivity=8)[0] - 1
    assert len(keyholed(filled)) == cv2.connectedComponents(filled.astype(np.uint8), connectivity=4)[0] - 1


@pytest.mark.parametrize("seed", range(8))
def test_a_keyhole_fills_right_by_winding_too(seed: int) -> None:
    filled = random_mask(seed, 0.75)
    twice = np.zeros((filled.shape[0] * 8, filled.shape[1] * 8), np.uint8)
    for line in keyholed(filled):
        # Every pixel's centre, by another library: its sign tells inside from outside.
        shape = line[:, ::-1].astype(np.float32).reshape(-1, 1, 2)
        for r, c in np.argwhere(np.ones_like(filled)):
            if cv2.pointPolygonTest(shape, (float(c) + 0.5, float(r) + 0.5), False) > 0:
                twice[r, c] += 1
    assert np.array_equal(twice[:filled.shape[0], :filled.shape[1]] > 0, filled)


def test_a_part_with_holes_is_one_line() -> None:
    assert len(keyholed(RING)) == 1
    assert [one.is_hole for one in outlines(RING)].count(True) == 1


def test_corners_alone_are_kept() -> None:
    one, = outlines(np.ones((30, 40), bool))
    assert sorted(map(tuple, one.corners.tolist())) == [(0, 0), (0, 40), (30, 0), (30, 40)]


def test_a_pixel_has_four_corners() -> None:
    one, = keyholed(np.pad(np.ones((1, 1), bool), 2))
    assert len(one) == 4


def test_instances_are_joined_by_corners() -> None:
    plane = np.eye(3, dtype=np.uint8)
    plane[0, 2] = 2
    assert [(label, box) for label, _, box in instances(plane)] == [(1, (0, 0, 3, 3)), (2, (2, 0, 1, 1))]
