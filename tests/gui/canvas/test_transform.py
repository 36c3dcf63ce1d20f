"""The one place where a widget's x, y and an image's row, column meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from urwkv_desktop.gui.canvas.transform import MAX_ZOOM, Extent, Margins, Shape, ViewTransform, strips_around
from urwkv_desktop.imaging import ImagePoint, Rect

ZOOMS = st.one_of(st.floats(0.01, 64), st.floats(-64, -0.01))
PLACES = st.floats(-5000, 5000)


@given(ZOOMS, ZOOMS, PLACES, PLACES, PLACES, PLACES)
def test_a_place_goes_to_the_image_and_back(down: float, across: float, left: float, top: float, x: float, y: float,
                                            ) -> None:
    transform = ViewTransform(down, across, left, top)
    back = transform.to_screen(transform.to_image(x, y))
    assert back == pytest.approx((x, y), abs=1e-6)


def test_the_first_pixel_covers_zero_to_one() -> None:
    transform = ViewTransform(2.0, 4.0, 10.0, 20.0)
    assert transform.to_image(10.0, 20.0) == ImagePoint(0.0, 0.0)
    assert transform.to_image(14.0, 22.0) == ImagePoint(1.0, 1.0)


@given(ZOOMS, ZOOMS, PLACES, PLACES, st.floats(0.1, 10))
def test_zooming_keeps_what_is_under_the_pointer(down: float, across: float, x: float, y: float, factor: float) -> None:
    transform = ViewTransform(down, across, 3.0, 7.0)
    before, after = transform.to_image(x, y), transform.zoomed(factor, x, y).to_image(x, y)
    assert (after.row, after.column) == pytest.approx((before.row, before.column), abs=1e-6)


def test_pixels_that_are_not_square_keep_their_true_shape() -> None:
    shape = Shape(rows=100, columns=100, row_spacing=2.0, column_spacing=0.5)
    transform = shape.fitted(400, 400, Margins())
    assert transform.zoom_rows / transform.zoom_columns == pytest.approx(4.0)
    extent = transform.extent(shape.rect)
    assert (extent.width, extent.height) == (100, 400)


def test_a_fitted_image_lies_inside_its_margins() -> None:
    extent = Shape(300, 200).fitted(800, 600, Margins(10, 80, 10, 56)).extent(Rect(0, 0, 300, 200))
    assert extent.y0 >= 80
    assert extent.y1 <= 600 - 56 + 1
    assert extent.height == 464


def test_a_tiny_image_is_not_blown_up_beyond_the_largest_zoom() -> None:
    assert Shape(2, 2).fitted(1000, 1000, Margins()).zoom == MAX_ZOOM


@given(st.floats(0.05, 20), st.integers(-300, 300), st.booleans())
def test_neighbouring_pixels_share_no_device_pixel_and_leave_none_out(zoom: float, left: int, mirrored: bool) -> None:
    transform = ViewTransform(zoom, -zoom if mirrored else zoom, left + 0.3, 0.0)
    columns = [transform.extent(Rect(0, n, 1, n + 1)) for n in range(6)]
    together = transform.extent(Rect(0, 0, 1, 6))
    assert sum(column.width for column in columns) == together.width


def test_a_mirrored_view_counts_columns_from_the_right() -> None:
    transform = Shape(10, 10, mirror_columns=True).placed(4.0, 100, 100)
    assert transform.to_screen(ImagePoint(0, 0))[0] > transform.to_screen(ImagePoint(0, 9))[0]
    assert transform.zoom == 4.0


@given(st.tuples(*[st.integers(0, 20)] * 4), st.tuples(*[st.integers(0, 20)] * 4))
def test_strips_cover_what_is_left_once(inner: tuple[int, int, int, int], outer: tuple[int, int, int, int]) -> None:
    one, all_ = Extent(*inner), Extent(*outer)
    left = [(x, y) for strip in strips_around(one, all_) for x in range(strip.x0, strip.x1)
            for y in range(strip.y0, strip.y1)]
    wanted = {(x, y) for x in range(all_.x0, all_.x1) for y in range(all_.y0, all_.y1)
              if not (one.x0 <= x < one.x1 and one.y0 <= y < one.y1)}
    assert len(left) == len(set(left))
    assert set(left) == wanted


def test_an_image_pixel_takes_the_device_pixels_whose_centres_it_covers() -> None:
    transform = ViewTransform(1.0, 2.0, left=0.3, top=-0.6)
    assert transform.extent(Rect(0, 0, 1, 1)) == Extent(0, -1, 2, 0)
    assert transform.extent(Rect(1, 1, 2, 2)) == Extent(2, 0, 4, 1)
