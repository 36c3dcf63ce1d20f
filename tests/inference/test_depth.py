"""The mask on a picture and on the same picture stored in other numbers is the same."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from urwkv_desktop.imaging import Geometry, Image, Padding
from urwkv_desktop.inference.card import InputSpec, Intensity
from urwkv_desktop.inference.depth import reach
from urwkv_desktop.inference.intensity import limits_of, scaling_findings
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine
from urwkv_desktop.inference.predictor import Predictor
from urwkv_desktop.inference.prepare import prepare

UNIT = InputSpec(width=64, height=64, mean=(0.0,) * 3, sd=(1.0,) * 3)
Stored = Callable[[np.ndarray], np.ndarray]

STORAGES: dict[str, Stored] = {
    "8 bits in 16": lambda grey: grey.astype(np.uint16),
    "8 bits in 32": lambda grey: grey.astype(np.int32),
    "8 bits as floats": lambda grey: grey.astype(np.float64),
    "10 bits": lambda grey: (grey * 4).astype(np.uint16),
    "12 bits": lambda grey: (grey * 16).astype(np.int16),
    "16 bits": lambda grey: (grey * 257).astype(np.uint16),
    "16 bits, shifted": lambda grey: (grey * 256).astype(np.uint16),
    "24 bits": lambda grey: (grey * 65793).astype(np.uint32),
    "32 bits": lambda grey: (grey * 16843009).astype(np.uint32),
    "some number times": lambda grey: (grey * 100_000).astype(np.uint32),
    "12 bits as floats": lambda grey: (grey * 16).astype(np.float32),
    "fractions of 1": lambda grey: (grey / 255).astype(np.float32),
    "-1 to 1": lambda grey: (grey / 127.5 - 1).astype(np.float32),
    "-0.5 to 0.5": lambda grey: (grey / 255 - 0.5).astype(np.float32),
    "signed bytes": lambda grey: (grey - 128).astype(np.int8),
    "signed 16 bits": lambda grey: (grey * 257 - 32768).astype(np.int16),
}


def scene(darkest: int, brightest: int) -> np.ndarray:
    """A grey picture [1, 90, 70] with all values between the two."""
    rng = np.random.default_rng(4)
    grey = rng.integers(darkest, brightest + 1, (1, 90, 70)).astype(np.int64)
    grey[0, :30] = darkest + (grey[0, :30] - darkest) // 3
    grey[0, 0, :2] = darkest, brightest
    return grey


def image_of(pixels: np.ndarray, **what: object) -> Image:
    return Image(pixels, Geometry.picture(slices=len(pixels)), **what)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def predictor(tiny: Model) -> Predictor:
    return Predictor(tiny, OpenVinoEngine(tiny.folder / "model.xml", None))


@pytest.mark.parametrize("name", STORAGES)
def test_the_mask_does_not_change_with_the_numbers_that_a_picture_is_stored_in(name: str, predictor: Predictor) -> None:
    grey = scene(12, 240)
    in_bytes, stored = (predictor.predict(image_of(pixels), labels=(1,)).label_map(0)
                        for pixels in (grey.astype(np.uint8), STORAGES[name](grey)))
    assert 0.05 < in_bytes.mean() < 0.95
    assert np.mean(stored != in_bytes) < 0.005


@pytest.mark.parametrize("name", ["8 bits in 16", "12 bits", "16 bits", "32 bits", "12 bits as floats"])
def test_a_dark_picture_stays_dark_at_every_depth(name: str) -> None:
    grey = scene(3, 60)
    in_bytes = prepare(image_of(grey.astype(np.uint8)), UNIT, 0).array
    np.testing.assert_allclose(prepare(image_of(STORAGES[name](grey)), UNIT, 0).array, in_bytes, atol=1e-5)


def test_a_picture_of_even_values_alone_is_no_darker_than_in_8_bits() -> None:
    even = scene(4, 126) * 2
    assert limits_of(image_of((even * 257).astype(np.uint16)), Intensity()) == (0, 65535)


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("kind", ["range", "percentiles"])
def test_what_is_no_number_changes_nothing_elsewhere(odd: float, kind: str) -> None:
    whole = (scene(0, 255) / 255).astype(np.float32)
    holed = whole.copy()
    holed[0, 10:30, 10:30] = odd
    intensity = Intensity() if kind == "range" else Intensity("percentiles", 0, 100)
    spec = InputSpec(width=70, height=90, mean=(0.0,) * 3, sd=(1.0,) * 3, intensity=intensity)
    before, after = (prepare(image_of(pixels), spec, 0).array[0] for pixels in (whole, holed))
    elsewhere = np.ones((90, 70), bool)
    elsewhere[10:30, 10:30] = False
    assert np.array_equal(before[elsewhere], after[elsewhere])
    said = scaling_findings(image_of(holed), intensity)
    assert "400 values of this image are no numbers" in str(said[0].message)
    assert not scaling_findings(image_of(whole), intensity)


def test_edges_that_resampling_has_raised_beyond_full_scale_do_not_turn_the_picture_black() -> None:
    ringing = (scene(0, 255) / 255 * 1.06 - 0.03).astype(np.float32)
    assert limits_of(image_of(ringing), Intensity()) == (0, 1)
    assert limits_of(image_of(ringing * 255), Intensity()) == (0, 255)


def test_values_below_zero_of_no_known_kind_are_shown_from_darkest_to_brightest_and_it_is_said() -> None:
    odd = image_of((scene(34, 255) * 16 - 1000).astype(np.int16))
    assert limits_of(odd, Intensity()) == (-456, 3080)
    assert "-456 and 3080 were taken" in str(scaling_findings(odd, Intensity())[0].message)
    assert not scaling_findings(odd, Intensity("percentiles", 1, 99))
    assert not scaling_findings(image_of(odd.pixels, unit="HU"), Intensity())


def test_a_slope_and_intercept_without_a_unit_are_one_more_way_to_store_the_same_picture() -> None:
    grey = scene(5, 250)
    plain = prepare(image_of(grey.astype(np.uint8)), UNIT, 0).array
    sloped = image_of(grey.astype(np.uint8), slope=(1 / 255,), intercept=(-3.0,))
    np.testing.assert_allclose(prepare(sloped, UNIT, 0).array, plain, atol=1e-4)


def test_padding_says_nothing_about_the_depth() -> None:
    padded = scene(0, 255).astype(np.uint16)
    padded[0, :5] = 65535
    assert limits_of(image_of(padded, padding=Padding.of(65535)), Intensity()) == (0, 255)


def test_a_picture_of_nothing_or_of_few_values_has_a_sensible_white() -> None:
    whites = {
        name: reach(image_of(np.asarray(values).reshape(1, 1, -1))).white
        for name, values in {
            "black": np.zeros(4, np.float32),
            "nothing but NaN": np.full(4, np.nan, np.float32),
            "12 bits, one value": np.full(4, 4095, np.uint16),
            "three values": np.uint16([0, 1000, 2000]),
            "yes and no": np.float32([0, 1]),
            "one negative value": np.full(4, -7, np.int16),
        }.items()
    }
    assert whites == {
        "black": 255,
        "nothing but NaN": 255,
        "12 bits, one value": 4095,
        "three values": 4095,
        "yes and no": 1,
        "one negative value": 255,
    }
