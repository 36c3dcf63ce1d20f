"""What is kept between two paints is what a fresh drawing would be."""

import numpy as np
import pytest

from tests.gui.canvas.hand import LABELS
from urwkv_desktop.gui.canvas.frame import Frame
from urwkv_desktop.gui.canvas.pyramid import CodePyramid, ImagePyramid, halved_codes
from urwkv_desktop.gui.canvas.sampling import Grid, linear
from urwkv_desktop.gui.canvas.tones import Tones
from urwkv_desktop.gui.canvas.transform import Extent, Margins, Shape, ViewTransform
from urwkv_desktop.imaging import Rect

SIZE = 200  # of the screen
ZOOMS = (0.11, 0.5, 0.83, 1.0, 1.7, 4.0, 9.3, -2.5)


def frame_of(pixels: np.ndarray, mask: np.ndarray, transform: ViewTransform) -> Frame:  # type: ignore[type-arg]
    frame = Frame(0xFF000000)
    frame.resize(SIZE, SIZE)
    frame.show(pixels, mask)
    frame.set_look(LABELS, opacity=0.2, style="both", ratio=1.0)
    frame.set_tones(Tones(1.0, 0.0))
    frame.look_from(transform)
    frame.prepare()
    return frame


def shown(frame: Frame) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    frame.prepare()
    return frame.image_words.copy(), frame.mask.buffer.words.copy()


def picture(size: int = 300) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    random = np.random.default_rng(3)
    mask = np.zeros((size, size), np.uint8)
    mask[size // 3:size // 2, size // 4:size // 2] = 1
    mask[size // 2:size // 2 + 9, size // 3:size // 3 + 40] = 2
    return random.integers(0, 255, (size, size), np.uint8), mask


@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_shifted_frame_equals_one_drawn_anew(zoom: float) -> None:
    pixels, mask = picture()
    transform = ViewTransform(abs(zoom), zoom, 30.0 + (300 * 2.5 if zoom < 0 else 0), -20.0)
    moved = frame_of(pixels, mask, transform)
    for dx, dy in ((7, -3), (-25, 40), (3, 0), (0, -170), (400, 0), (-390, 100)):
        moved.move(dx, dy)
        moved.prepare()
    fresh = frame_of(pixels, mask, moved.transform)
    for one, other in zip(shown(moved), shown(fresh), strict=True):
        assert np.array_equal(one, other)


def test_an_edge_that_a_shift_rounds_the_other_way_is_drawn_where_it_is_now() -> None:
    """Where an edge lies half a pixel beside the screen's grid, moved by whole pixels it may cover one more or less."""
    pixels, mask = picture()
    tried = [(ViewTransform(zoom, zoom, float(np.nextafter(150.5 - 300 * zoom, 1000)), 3.0), dx)
             for zoom in np.random.default_rng(9).uniform(0.11, 0.5, 1000).tolist() for dx in (-101, -70, -33, 7, 31)]
    drawn = 0
    for transform, dx in tried:
        before, after = (one.extent(Rect(0, 0, 300, 300)).width for one in (transform, transform.moved(dx, 0)))
        if before <= after:
            continue
        drawn += 1
        moved = frame_of(pixels, mask, transform)
        moved.move(dx, 0)
        fresh = frame_of(pixels, mask, moved.transform)
        assert np.array_equal(shown(moved)[0], shown(fresh)[0])
    assert drawn


@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_changed_rectangle_is_mended_as_if_all_were_drawn_anew(zoom: float) -> None:
    pixels, mask = picture()
    transform = ViewTransform(abs(zoom), zoom, 10.0 + (300 * 2.5 if zoom < 0 else 0), -40.0)
    frame = frame_of(pixels, mask, transform)
    random = np.random.default_rng(5)
    for _ in range(12):
        top, left = random.integers(0, 270, 2).tolist()
        rect = Rect(top, left, top + int(random.integers(1, 30)), left + int(random.integers(1, 30)))
        mask[rect.index] = random.integers(0, 3)
        frame.update_mask(rect)
    fresh = frame_of(pixels, mask, transform)
    assert np.array_equal(shown(frame)[1], shown(fresh)[1])


@pytest.mark.parametrize("zoom", [0.11, 0.5, 1.7, 9.3])
def test_a_gesture_shows_what_its_edit_will_be(zoom: float) -> None:
    pixels, mask = picture()
    transform = ViewTransform(zoom, zoom, 10.0, -40.0)
    frame = frame_of(pixels, mask, transform)
    for n in range(8):
        rect = Rect(100 + 5 * n, 60 + 11 * n, 120 + 5 * n, 80 + 11 * n)
        frame.mask.preview.paste(rect, np.full((20, 20), 2, np.uint8), mask)
        frame.update_mask(rect)
    wanted = mask.copy()
    for n in range(8):
        wanted[100 + 5 * n:120 + 5 * n, 60 + 11 * n:80 + 11 * n] = 2
    before = mask.copy()
    fresh = frame_of(pixels, wanted, transform)
    assert np.array_equal(shown(frame)[1], shown(fresh)[1])
    frame.update_mask(frame.mask.preview.clear())
    assert np.array_equal(mask, before)
    assert np.array_equal(shown(frame)[1], shown(frame_of(pixels, mask, transform))[1])


def test_from_four_times_on_each_image_pixel_is_a_sharp_block() -> None:
    pixels = np.arange(64, dtype=np.uint8).reshape(8, 8) * 3
    frame = frame_of(pixels, np.zeros((8, 8), np.uint8), ViewTransform(5.0, 5.0, 0.0, 0.0))
    grey = (shown(frame)[0][:40, :40] & 255).astype(np.uint8)
    assert np.array_equal(grey, pixels.repeat(5, axis=0).repeat(5, axis=1))


def test_at_one_to_one_nothing_is_interpolated() -> None:
    pixels, mask = picture()
    grey = (shown(frame_of(pixels, mask, ViewTransform(1.0, 1.0, 0.0, 0.0)))[0] & 255).astype(np.uint8)
    assert np.array_equal(grey, pixels[:SIZE, :SIZE])


def test_colour_keeps_its_channels() -> None:
    pixels = np.zeros((4, 4, 3), np.uint8)
    pixels[..., 0], pixels[..., 2] = 200, 30
    frame = frame_of(pixels, np.zeros((4, 4), np.uint8), Shape(4, 4).fitted(SIZE, SIZE, Margins()))
    assert int(shown(frame)[0][SIZE // 2, SIZE // 2]) == 0xFFC8001E


def test_an_image_of_any_stored_type_is_shown() -> None:
    for dtype in (np.bool_, np.int8, np.uint32, np.int32, np.float64, ">u2"):
        pixels = np.zeros((90, 90), dtype)
        pixels[:, 45:] = 1
        frame = frame_of(pixels, np.zeros((90, 90), np.uint8), ViewTransform(2.0, 2.0, 0.0, 0.0))
        frame.set_tones(Tones(200.0, 0.0))
        words = shown(frame)[0]
        assert (int(words[50, 20]), int(words[50, 150])) == (0xFF000000, 0xFFC8C8C8), dtype


def test_the_pyramid_keeps_a_single_pixel_of_the_mask() -> None:
    codes = np.zeros((101, 77), np.uint8)
    codes[100, 76] = 3
    pyramid = CodePyramid(codes.shape, lambda rect: codes[rect.index], lambda: Rect(90, 60, 101, 77))
    assert [int(pyramid.level(n).max()) for n in (1, 2, 3, 4)] == [3, 3, 3, 3]
    assert halved_codes(codes).shape == (51, 39)


def test_a_level_has_at_least_a_pixel_for_each_of_the_screen() -> None:
    pyramid = ImagePyramid(np.zeros((4096, 4096), np.uint8))
    for zoom in (2.0, 1.0, 0.7, 0.5, 0.26, 0.25, 0.22, 0.03):
        n, level = pyramid.level(zoom)
        assert level.shape == (4096 >> n, 4096 >> n)
        assert zoom * 2**n <= 1 or n == 0
        assert 4096 >> n >= 4096 * zoom or n == 0


def test_a_fitted_plane_is_the_same_as_one_of_which_a_part_is_sampled() -> None:
    """Where row 0 and column 0 are on the screen a faster way is taken: turned or mirrored, it must agree."""
    rows, columns = np.mgrid[:60, :90]
    for dtype in (np.uint8, np.uint16, np.int16, np.float32):
        level = (100 + 40 * np.sin(rows / 9) + 50 * np.cos(columns / 7)).astype(dtype)
        for turns in range(8):
            shape = Shape(60, 90, 1.0, 1.3, bool(turns & 1), bool(turns & 2), bool(turns & 4))
            view = shape.fitted(233, 187, Margins(3, 4, 5, 6))
            whole = view.extent(shape.rect)
            part = Extent(whole.x0 + 7, whole.y0 + 5, whole.x1 - 7, whole.y1 - 5)
            fast, slow = (linear(level, Grid(view, 0), extent).astype(float) for extent in (whole, part))
            assert fast.shape == (whole.height, whole.width)
            assert np.abs(fast[5:-5, 7:-7] - slow).max() < 1.6
