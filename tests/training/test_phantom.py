"""The simulator: the same seed gives the same bytes, and the truth lies where the picture shows a lesion."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from urwkv_desktop.training.phantom import Kind, Phantom, make_phantom


@cache
def phantom(kind: Kind, seed: int = 7) -> Phantom:
    return make_phantom(kind, seed)


def test_same_seed_gives_the_same_bytes() -> None:
    again = make_phantom("malignant", 7)
    assert np.array_equal(again.pixels, phantom("malignant").pixels)
    assert np.array_equal(again.truth, phantom("malignant").truth)


def test_other_seed_gives_another_picture() -> None:
    assert not np.array_equal(make_phantom("benign", 8).truth, phantom("benign").truth)


def test_size_and_spacing_are_those_that_the_sample_project_states() -> None:
    made = phantom("cyst")
    assert made.pixels.shape == made.truth.shape == (448, 512)
    assert made.pixels.dtype == made.truth.dtype == np.uint8
    assert made.spacing_mm == (0.1, 0.1)


def test_a_picture_without_a_lesion_has_an_empty_truth() -> None:
    assert not phantom("normal").truth.any()


@pytest.mark.parametrize("kind", ["benign", "malignant", "cyst"])
def test_the_truth_is_one_dark_region_away_from_the_border(kind: Kind) -> None:
    import cv2

    made = phantom(kind)
    count, _ = cv2.connectedComponents(made.truth)
    assert count == 2
    assert 0.01 < made.truth.mean() < 0.25
    assert not made.truth[[0, -1]].any()
    assert not made.truth[:, [0, -1]].any()
    ring = cv2.dilate(made.truth, np.ones((41, 41), np.uint8)) > made.truth
    assert made.pixels[made.truth > 0].mean() < made.pixels[ring].mean() - 40


def test_a_cyst_is_blacker_than_a_solid_lesion() -> None:
    cyst, solid = phantom("cyst"), phantom("benign")
    assert cyst.pixels[cyst.truth > 0].mean() < solid.pixels[solid.truth > 0].mean() - 40


def test_a_malignant_lesion_throws_a_shadow_and_a_cyst_brightens_what_lies_below() -> None:
    def below_against_beside(made: Phantom) -> float:
        rows, columns = np.nonzero(made.truth)
        middle = round(float(columns.mean()))
        band = made.pixels[rows.max() + 15 : rows.max() + 90].astype(float)
        under = band[:, middle - 15 : middle + 15].mean()
        beside = np.delete(band, np.s_[columns.min() - 30 : columns.max() + 30], axis=1).mean()
        return float(under - beside)

    assert below_against_beside(phantom("malignant")) < -15
    # The tissue below varies by itself; three cysts together tell.
    assert sum(below_against_beside(phantom("cyst", seed)) for seed in (1, 2, 3)) / 3 > 5


def test_speckle_is_correlated_and_not_white_noise() -> None:
    patch = phantom("normal").pixels[200:260, 100:400].astype(float)
    patch -= patch.mean()
    beside = (patch[:, 1:] * patch[:, :-1]).mean() / (patch**2).mean()
    assert 0.6 < beside < 0.99


def test_an_unknown_kind_or_a_size_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="No phantom"):
        make_phantom("lipoma", 1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="No phantom"):
        make_phantom("benign", 1, rows=100)
