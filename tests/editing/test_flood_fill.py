"""The flood fill against the words of PRODUCT's table, on 20 x 20 and larger."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editing.scenes import at, scene_of
from tests.editing.value_scenes import SIZE, document_of, random_pixels, stroked
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.tools import FloodFill
from urwkv_desktop.editing.tools.flood_fill import FloodOptions
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Padding, Rect, Window


def flooded(inside: np.ndarray, row: int, column: int) -> np.ndarray:
    """By the plainest rule: neighbours of neighbours."""
    found = np.zeros_like(inside)
    found[row, column] = inside[row, column]
    while True:
        grown = found.copy()
        grown[1:] |= found[:-1]
        grown[:-1] |= found[1:]
        grown[:, 1:] |= found[:, :-1]
        grown[:, :-1] |= found[:, 1:]
        grown &= inside
        if np.array_equal(grown, found):
            return found
        found = grown


@given(st.integers(0, 19), st.integers(0, 19), st.integers(0, 200), st.integers(0, 9))
@settings(max_examples=40, deadline=None)
def test_a_fill_is_what_is_joined_within_the_tolerance_of_the_seed(row: int, column: int, tolerance: int,
                                                                   seed: int) -> None:
    pixels = random_pixels(seed)
    document = document_of(pixels)
    stroked(document, FloodFill, FloodOptions(float(tolerance)), [at(row + 0.5, column + 0.5)])
    plane = pixels[0].astype(int)
    assert np.array_equal(document.mask.voxels[0] == 1,
                          flooded(np.abs(plane - plane[row, column]) <= tolerance, row, column))


def test_a_fill_is_the_same_in_windows_that_grow_and_at_once() -> None:
    spiral = np.zeros((1, 820, 820), np.uint8)
    for n in range(4, 400, 8):  # rings joined by a gap each: the way leads through every window
        spiral[0, n:820 - n, n] = spiral[0, n:820 - n, 819 - n] = spiral[0, n, n:820 - n] = 255
        spiral[0, 819 - n, n:820 - n] = 255
        spiral[0, n + 2, n] = 0
    document = document_of(spiral)
    stroked(document, FloodFill, FloodOptions(10.0), [at(410.5, 410.5)])
    import cv2

    whole = spiral[0].copy()
    cv2.floodFill(whole, None, (410, 410), (7,), (0,), (0,), 4)
    assert np.array_equal(document.mask.voxels[0] == 1, whole == 7)


def test_a_fill_ends_where_the_screen_does() -> None:
    document = document_of(np.zeros((1, *SIZE), np.uint8))
    scene = replace(scene_of(document), visible=Rect(-4, 3, 9, 12))
    fill = FloodFill(scene, FloodOptions(0.0))
    fill.press(at(4, 4))
    edit = fill.release(at(4, 4))
    assert isinstance(edit, MaskEdit)
    assert edit.box.index == (slice(0, 1), slice(0, 9), slice(3, 12))
    assert np.all(edit.after == 1)


def test_hovering_and_dragging_show_what_a_fill_would_take() -> None:
    pixels = np.repeat(np.arange(0, 200, 10, dtype=np.uint8)[None, :], 20, axis=0)[None]
    document = document_of(pixels)
    scene = replace(scene_of(document), window=Window(100.0, 100.0))
    fill = FloodFill(scene, FloodOptions(10.0))
    assert fill.hover(at(10, 10.5)).labels.shape == (20, 3)
    assert fill.pending is None
    fill.press(at(10, 10.5))
    assert fill.move(at(10, 11.4)).labels.shape == (20, 3)  # within the hand's grip
    wider = fill.move(at(10, 13.5))  # a tenth of the screen beyond it: a fifth of the window's width
    assert wider.labels.shape == (20, 7)
    assert wider.is_whole
    assert fill.move(at(10, 2.5)).labels.shape == (20, 1)
    assert document.mask.voxels.any() == np.False_
    assert not document.history.can_undo


def test_a_region_too_large_for_a_moment_becomes_work() -> None:
    document = document_of(np.zeros((1, 1400, 1400), np.uint8))
    fill = FloodFill(scene_of(document), FloodOptions(0.0))
    shown = fill.press(at(700, 700))
    assert shown.rect.is_empty
    points = np.asarray(shown.shapes[0].points)
    assert np.abs(points.min(axis=0)).max() < 8
    assert np.abs(points.max(axis=0) - 1400).max() < 8
    work = fill.release(at(700, 700))
    assert isinstance(work, Work)
    edit = work.run()
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert document.mask.voxels.all()


def test_padding_is_never_filled() -> None:
    pixels = np.zeros((1, *SIZE), np.int16)
    pixels[0, :, 10:] = -2000
    document = document_of(pixels, padding=Padding.of(-2000))
    assert stroked(document, FloodFill, FloodOptions(5000.0), [at(5, 15)]) is None
    stroked(document, FloodFill, FloodOptions(5000.0), [at(5, 5)])
    assert np.array_equal(document.mask.voxels[0] == 1, pixels[0] == 0)
