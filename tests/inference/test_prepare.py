"""Preparation: any size, depth and direction, the same for training and use."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from urwkv_desktop.imaging import Geometry, Image, Padding, ThirdAxis
from urwkv_desktop.inference.card import InputSpec, Intensity
from urwkv_desktop.inference.prepare import limits_of, prepare, prepare_values
from urwkv_desktop.inference.resampling import resized
from urwkv_desktop.inference.turn import AS_STORED, Turn, turn_of

UNIT = InputSpec(width=32, height=32, mean=(0.0, 0.0, 0.0), sd=(1.0, 1.0, 1.0))


def picture(pixels: np.ndarray, **what: object) -> Image:
    return Image(pixels, Geometry.picture(slices=len(pixels)), **what)  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [(1, 1), (5, 300), (32, 32), (31, 33), (700, 41), (64, 64, 3), (9, 500, 3)])
@pytest.mark.parametrize("resize", ["stretch", "letterbox"])
def test_any_size_becomes_the_cards(shape: tuple[int, ...], resize: str) -> None:
    values = np.random.default_rng(0).random(shape, np.float32)
    prepared = prepare_values(values, InputSpec(width=48, height=32, resize=resize), (0, 1))  # type: ignore[arg-type]
    top, left, bottom, right = prepared.placement
    assert prepared.array.shape == (3, 32, 48)
    assert prepared.array.dtype == np.float32
    assert 0 <= top < bottom <= 32
    assert 0 <= left < right <= 48


@pytest.mark.parametrize(("rows", "columns"), [(20, 30), (7, 90), (100, 13), (41, 55)])
def test_resampling_is_opencvs_area_and_linear(rows: int, columns: int) -> None:
    values = np.random.default_rng(1).random((41, 55, 3), np.float32)
    smaller = cv2.resize(values, (min(55, columns), min(41, rows)), interpolation=cv2.INTER_AREA)
    expected = cv2.resize(smaller, (columns, rows), interpolation=cv2.INTER_LINEAR)
    np.testing.assert_allclose(resized(values, rows, columns), expected, atol=2e-6)


def test_a_letterboxed_picture_keeps_its_shape_and_leaves_the_border_black() -> None:
    spec = InputSpec(width=32, height=32, resize="letterbox", mean=(0.0,) * 3, sd=(1.0,) * 3)
    prepared = prepare_values(np.ones((10, 40), np.float32), spec, (0, 1))
    assert prepared.placement == (12.0, 0.0, 20.0, 32.0)
    assert prepared.array[:, 12:20].min() == 1
    assert prepared.array[:, :12].max() == prepared.array[:, 20:].max() == 0


def test_divisor_mean_and_sd_are_applied_after_0_to_1() -> None:
    spec = InputSpec(width=16, height=16, mean=(0.1, 0.2, 0.3), sd=(0.5, 0.5, 0.25), divisor=2.0)
    array = prepare_values(np.full((4, 4), 250.0, np.float32), spec, (50, 250)).array
    np.testing.assert_allclose(array[:, 0, 0], [0.8, 0.6, 0.8], atol=1e-6)


def test_channels_come_in_the_cards_order() -> None:
    colours = np.zeros((4, 4, 3), np.float32)
    colours[..., 0] = 1
    red_first = prepare_values(colours, UNIT, (0, 1)).array
    red_last = prepare_values(colours, InputSpec(order="BGR", mean=(0.0,) * 3, sd=(1.0,) * 3), (0, 1)).array
    grey = prepare_values(colours, InputSpec(order="grey", mean=(0.0,) * 3, sd=(1.0,) * 3), (0, 1)).array
    assert red_first[:, 0, 0].tolist() == [1, 0, 0]
    assert red_last[:, 0, 0].tolist() == [0, 0, 1]
    np.testing.assert_allclose(grey[:, 0, 0], 0.299, atol=1e-6)


@pytest.mark.parametrize(("dtype", "factor"), [(np.uint8, 1), (np.uint16, 257), (np.float32, 1 / 255)])
def test_the_same_picture_in_8_and_16_bits_and_in_fractions_looks_the_same(dtype: type, factor: float) -> None:
    grey = np.arange(256).reshape(1, 16, 16)
    image = picture((grey * factor).astype(dtype))
    expected = prepare_values(grey[0].astype(np.float32), UNIT, (0, 255)).array
    np.testing.assert_allclose(prepare(image, UNIT, 0).array, expected, atol=1e-6)


def test_a_12_bit_picture_is_not_taken_for_a_black_16_bit_one() -> None:
    assert limits_of(picture(np.full((1, 4, 4), 4095, np.uint16)), Intensity()) == (0.0, 4095.0)


def test_values_with_a_unit_keep_the_cards_range() -> None:
    image = picture(np.full((1, 4, 4), 1000, np.int16), unit="HU")
    assert limits_of(image, Intensity(low=-100, high=200)) == (-100.0, 200.0)


def test_a_window_is_a_centre_and_a_width() -> None:
    image = picture(np.zeros((1, 2, 2), np.int16), unit="HU")
    assert limits_of(image, Intensity("window", 40, 400)) == (-160.0, 240.0)


def test_percentiles_are_the_volumes_and_leave_padding_out() -> None:
    pixels = np.arange(1000, dtype=np.int16).reshape(10, 10, 10) + 1
    pixels[0] = -2000
    whole = picture(pixels, slope=(2.0,), intercept=(-7.0,), padding=Padding.of(-2000))
    floats = picture(pixels.astype(np.float32), slope=(2.0,), intercept=(-7.0,), padding=Padding.of(-2000))
    low, high = limits_of(whole, Intensity("percentiles", 1, 99))
    expected = np.percentile(np.arange(101, 1001) * 2.0 - 7, (1, 99), method="inverted_cdf")
    assert (low, high) == tuple(expected)
    assert limits_of(floats, Intensity("percentiles", 1, 99)) == (low, high)


def test_a_volume_of_padding_alone_and_nan_do_no_harm() -> None:
    empty = picture(np.full((2, 4, 4), -2000, np.int16), padding=Padding.of(-2000))
    holes = picture(np.full((1, 4, 4), np.nan, np.float32))
    spec = InputSpec(width=16, height=16, intensity=Intensity("percentiles", 1, 99))
    assert np.isfinite(prepare(empty, spec, 0).array).all()
    assert np.isfinite(prepare(holes, spec, 0).array).all()


# ── direction ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def volume(columns: tuple[float, ...], rows: tuple[float, ...]) -> Geometry:
    """Four slices; columns and rows as LPS directions."""
    affine = np.eye(4)
    affine[:3, 0], affine[:3, 1] = columns, rows
    affine[:3, 2] = np.cross(columns, rows)
    return Geometry.from_affine(affine, 4)


@pytest.mark.parametrize(
    ("columns", "rows", "turn"),
    [
        ((1, 0, 0), (0, 1, 0), AS_STORED),  # as DICOM stores it
        ((-1, 0, 0), (0, -1, 0), Turn(False, True, True)),  # as NIfTI's RAS stores it
        ((0, -1, 0), (-1, 0, 0), Turn(True, True, True, True)),
        ((0, 1, 0), (1, 0, 0), Turn(True, False, False, True)),
    ],
)
def test_axial_slices_are_laid_with_the_patients_left_right_his_back_down_and_his_feet_first(
    columns: tuple[int, ...], rows: tuple[int, ...], turn: Turn
) -> None:
    geometry = volume(columns, rows)
    assert turn_of(geometry, "axial") == turn
    assert turn_of(geometry, "stored") == AS_STORED
    assert geometry.third_axis is ThirdAxis.space


@pytest.mark.parametrize(("up", "expected"), [(1.0, [[1, 1, 2], [1, 2, 3], [2, 3, 3]]),
                                              (-1.0, [[2, 1, 1], [3, 2, 1], [3, 3, 2]])])
def test_a_slice_is_seen_between_its_neighbours_the_feet_first(up: float, expected: list[list[int]]) -> None:
    pixels = np.repeat(np.asarray([1, 2, 3], np.uint8), 16 * 16).reshape(3, 16, 16)
    image = Image(pixels, Geometry.from_affine(np.diag([1, 1, up, 1.0]), 3))
    spec = InputSpec(width=16, height=16, plane="axial", order="slices", mean=(0.0,) * 3, sd=(1.0,) * 3)
    seen = [prepare(image, spec, k, limits=(0, 10)).array[:, 8, 8] * 10 for k in range(3)]
    np.testing.assert_allclose(seen, expected, atol=1e-5)


def test_a_lone_picture_is_its_own_neighbour_and_a_film_in_colour_is_seen_grey() -> None:
    spec = InputSpec(width=16, height=16, order="slices", mean=(0.0,) * 3, sd=(1.0,) * 3)
    alone = prepare(picture(np.full((1, 16, 16), 7, np.uint8)), spec, 0, limits=(0, 10)).array
    np.testing.assert_allclose(alone, 0.7, atol=1e-6)
    film = np.zeros((2, 16, 16, 3), np.uint8)
    film[1] = 5
    np.testing.assert_allclose(prepare(picture(film), spec, 0, limits=(0, 10)).array[:, 8, 8], [0, 0, 0.5], atol=1e-6)


def test_slices_that_are_not_axial_stay_as_they_are() -> None:
    assert turn_of(volume((0, 1, 0), (0, 0, -1)), "axial") == AS_STORED


@pytest.mark.parametrize("turn", [Turn(s, r, c) for s in (False, True) for r in (False, True) for c in (False, True)])
def test_a_turn_is_undone_with_its_placement(turn: Turn) -> None:
    stored = np.arange(12).reshape(3, 4)
    laid = turn.apply(stored)
    framed = np.full((6, 8), -1)
    framed[1 : 1 + laid.shape[0], 2 : 2 + laid.shape[1]] = laid
    maps = turn.undo(framed[None])
    placement = turn.undo_placement((1, 2, 1 + laid.shape[0], 2 + laid.shape[1]), 6, 8)
    top, left, bottom, right = (int(edge) for edge in placement)
    np.testing.assert_array_equal(maps[0, top:bottom, left:right], stored)
