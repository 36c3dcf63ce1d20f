"""Window and level are true values: stored x slope + intercept, by the standard's formula."""

import numpy as np
import numpy.typing as npt
import pytest

from urwkv_desktop.gui.canvas.captions import value_text
from urwkv_desktop.gui.canvas.tones import Tones, own_window, percentiles
from urwkv_desktop.imaging import Curve, Geometry, Image, ImagePoint, Padding, Plane, Window


def image_of(stored: object, dtype: npt.DTypeLike, **about: object) -> Image:
    pixels = np.asarray(stored, dtype).reshape(1, 1, -1)
    return Image(pixels, Geometry.picture(), **about)  # type: ignore[arg-type]


def greys(image: Image, window: Window, *, inverted: bool = False) -> list[int]:
    out = np.empty(image.pixels.shape[1:], np.uint8)
    Tones.of(image, 0, window, inverted=inverted).apply(image.pixels[0], out)
    return out.ravel().tolist()


def by_the_standard(value: float, centre: float, width: float) -> float:
    """DICOM PS3.3 C.11.2.1.2.1, written as it stands there."""
    if value <= centre - 0.5 - (width - 1) / 2:
        return 0
    if value > centre - 0.5 + (width - 1) / 2:
        return 255
    return ((value - (centre - 0.5)) / (width - 1) + 0.5) * 255


@pytest.mark.parametrize(("dtype", "low", "high"), [
    (np.uint8, 0, 255), (np.uint16, 0, 65535), (np.int16, -32768, 32767)])
@pytest.mark.parametrize("window", [Window(40, 400), Window(128, 256), Window(2048, 4096), Window(-600, 1500),
                                    Window(100, 2)])
def test_greys_are_those_of_the_standard(dtype: npt.DTypeLike, low: int, high: int, window: Window) -> None:
    stored = np.linspace(low, high, 4001).astype(dtype)
    wanted = [by_the_standard(float(value), window.centre, window.width) for value in stored]
    assert greys(image_of(stored, dtype), window) == pytest.approx(wanted, abs=0.51)


def test_slope_and_intercept_come_before_the_window() -> None:
    image = image_of([0, 1024, 2048], np.uint16, slope=(0.5,), intercept=(-512.0,), unit="HU")
    assert greys(image, Window(0.5, 1025)) == [0, 128, 255]


def test_a_falling_slope_turns_bright_into_dark() -> None:
    image = image_of([0, 50, 100], np.uint8, slope=(-1.0,), intercept=(100.0,))
    assert greys(image, Window(50.5, 101)) == [255, 128, 0]


def test_monochrome1_is_shown_inverted() -> None:
    image = image_of([0, 100, 255], np.uint8, inverted=True)
    assert greys(image, Window(128, 256), inverted=image.inverted) == [255, 155, 0]


def test_numbers_with_a_fraction_use_the_exact_formula() -> None:
    image = image_of([0.0, 0.5, 1.0, np.nan], np.float32)
    assert greys(image, Window(0.5, 1.0))[:3] == [0, 128, 255]


def test_a_picture_of_8_bit_is_shown_as_it_is() -> None:
    image = image_of(range(256), np.uint8)
    assert greys(image, own_window(image, 0)) == list(range(256))


def test_a_dim_scan_of_8_bit_is_shown_by_what_it_uses_and_a_dim_picture_as_it_is() -> None:
    stored = np.linspace(0, 100, 400).astype(np.uint8).reshape(1, 20, 20)
    scan = Image(stored, Geometry.from_affine(np.eye(4), 1))
    assert greys(scan, own_window(scan, 0))[-1] == 255
    assert own_window(Image(stored, Geometry.picture()), 0) == Window(128.0, 256.0)
    bright = Image(stored + np.uint8(100), Geometry.from_affine(np.eye(4), 1))
    assert own_window(bright, 0) == Window(128.0, 256.0)


def test_more_than_8_bit_is_shown_from_1st_to_99th_percentile() -> None:
    image = image_of(range(1001), np.uint16)
    window = own_window(image, 0)
    assert greys(image, window)[10] == 0
    assert greys(image, window)[990] == 255
    assert 0 < greys(image, window)[500] < 255


def test_the_first_window_that_the_file_names_wins() -> None:
    named = (Window(40, 400, "abdomen"), Window(-600, 1500, "lung"))
    assert own_window(image_of(range(100), np.int16, windows=named), 0).name == "abdomen"


def test_padding_and_what_is_no_number_do_not_count() -> None:
    stored = [-2000] * 500 + list(range(100))
    assert percentiles(image_of(stored, np.int16, padding=Padding.of(-2000)), 0, 0, 100) == (0.0, 99.0)
    broken = [np.nan, np.inf, 1.0, 3.0]
    assert percentiles(image_of(broken, np.float32), 0, 0, 100) == (1.0, 3.0)


def test_an_image_of_one_value_still_has_a_window() -> None:
    window = own_window(image_of([7, 7, 7], np.uint16), 0)
    assert window.width >= 1


def test_what_is_no_number_can_be_pointed_at() -> None:
    image = image_of([np.nan, np.inf, 2.5], np.float32)
    said = [value_text(image, Plane(0, 0), ImagePoint(0.5, column + 0.5)) for column in range(3)]
    assert said == ["nan", "inf", "2.5"]


def test_a_table_of_the_file_shades_each_value() -> None:
    image = image_of([-3, -2, -1, 0, 9], np.int16)
    table = Window(0, 4, table=bytes([10, 20, 30, 40]))  # of -2, -1, 0, 1
    assert greys(image, table) == [10, 10, 20, 30, 40]
    assert greys(image, table, inverted=True) == [245, 245, 235, 225, 215]


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.int32, np.float32])
def test_a_sigmoid_is_the_standard_s(dtype: npt.DTypeLike) -> None:
    stored = np.linspace(0, 250, 51).astype(dtype)
    wanted = 255 / (1 + np.exp(-4 * (stored.astype(float) * 2 - 10 - 200) / 100))
    image = image_of(stored, dtype, slope=(2.0,), intercept=(-10.0,))
    assert greys(image, Window(200, 100, curve=Curve.sigmoid)) == pytest.approx(wanted, abs=0.51)


def test_percentiles_leave_out_a_range_of_padding() -> None:
    stored = np.array([*range(100), 5000, 6000], np.int16)
    assert percentiles(image_of(stored, np.int16, padding=Padding(5000, 6000)), 0, 0, 100) == (0.0, 99.0)
