"""The flood fill through the slices: exactly the voxels that are joined through faces, as an offer."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editing.scenes import at, scene_of
from tests.editing.value_scenes import document_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.tools import FloodFill
from urwkv_desktop.editing.tools.flood_fill import FloodOptions
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Geometry, Image, Label, Labels, Padding, Plane, Rect, ThirdAxis

SHAPE = (7, 9, 8)


def flooded(inside: np.ndarray, seed: tuple[int, int, int]) -> np.ndarray:
    """By the plainest rule: neighbours of neighbours, up, down and through."""
    found = np.zeros_like(inside)
    found[seed] = inside[seed]
    while True:
        grown = found.copy()
        for axis in range(3):
            one, other = np.moveaxis(grown, axis, 0), np.moveaxis(found, axis, 0)
            one[1:] |= other[:-1]
            one[:-1] |= other[1:]
        grown &= inside
        if np.array_equal(grown, found):
            return found
        found = grown


def offered(document: Document, seed: tuple[int, int, int], tolerance: float, *, axis: int = 0, inverted: bool = False,
            **scene: object) -> Suggestion | None:
    """What a press in the plane through the seed offers."""
    row, column = (place for n, place in enumerate(seed) if n != axis)
    fill = FloodFill(scene_of(document, plane=Plane(axis, seed[axis]), **scene), FloodOptions(tolerance, is_3d=True),
                     inverted=inverted)
    fill.press(at(row + 0.5, column + 0.5))
    made = fill.release(at(row + 0.5, column + 0.5))
    made = made.run() if isinstance(made, Work) else made
    assert made is None or isinstance(made, Suggestion)
    assert not document.history.can_undo or document.mask.voxels.any()
    return made


def taken(document: Document, made: Suggestion | None) -> np.ndarray:
    assert made is not None
    document.suggest(made)
    document.take_suggestion()
    return document.mask.voxels


@given(st.tuples(*(st.integers(0, size - 1) for size in SHAPE)), st.integers(0, 2), st.integers(0, 160),
       st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_a_fill_takes_what_is_joined_through_faces_in_whichever_plane_it_is_pressed(
        seed: tuple[int, int, int], axis: int, tolerance: int, noise: int) -> None:
    pixels = np.random.default_rng(noise).integers(0, 256, SHAPE).astype(np.uint8)
    document = document_of(pixels)
    made = offered(document, seed, float(tolerance), axis=axis)
    inside = np.abs(pixels.astype(int) - int(pixels[seed])) <= tolerance
    assert np.array_equal(taken(document, made) == 1, flooded(inside, seed))


def test_a_body_that_winds_up_and_down_is_followed_to_its_end() -> None:
    way = np.zeros((12, 3, 24), np.uint8)  # a battlement: up one column, along, down the next
    for column in range(0, 24, 2):
        way[:, 1, column] = 200
        way[0 if column % 4 else 11, 1, column:column + 3] = 200
    document = document_of(way)
    made = offered(document, (5, 1, 0), 10.0)
    assert np.array_equal(taken(document, made) == 1, way == 200)
    assert str(made.name) == "Flood fill in 12 slices"  # type: ignore[union-attr]


def test_an_offer_is_one_edit_that_one_undo_takes_back_and_redo_makes_again() -> None:
    document = document_of(np.zeros(SHAPE, np.uint8))
    taken(document, offered(document, (3, 4, 4), 5.0))
    assert document.mask.voxels.all()
    document.undo()
    assert not document.mask.voxels.any()
    document.redo()
    assert document.mask.voxels.all()


def test_a_fill_ends_where_the_screen_does_in_every_slice() -> None:
    document = document_of(np.zeros(SHAPE, np.uint8))
    scene = replace(scene_of(document, plane=Plane(1, 4)), visible=Rect(2, 3, 6, 20))
    fill = FloodFill(scene, FloodOptions(0.0, is_3d=True))
    fill.press(at(4.5, 4.5))
    made = fill.release(at(4.5, 4.5))
    assert isinstance(made, Suggestion)
    wanted = np.zeros(SHAPE, bool)
    wanted[2:6, :, 3:8] = True
    assert np.array_equal(taken(document, made) == 1, wanted)


def test_each_slice_is_judged_by_its_own_scale_and_padding_is_never_filled() -> None:
    pixels = np.full((3, 4, 4), 10, np.int16)
    pixels[1] = 20  # the same value, as its slope is half
    pixels[2] = 10
    pixels[0, 0, 0] = -99
    image = Image(pixels, Geometry.picture(slices=3, third_axis=ThirdAxis.space), slope=(1.0, 0.5, 4.0),
                  padding=Padding.of(-99))
    document = Document(1, image, labels=Labels((Label(1, "lesion", "#ffb020"),)), reader="ada")
    mask = taken(document, offered(document, (1, 2, 2), 1.0))
    assert np.array_equal(mask == 1, np.stack([pixels[0] == 10, np.ones((4, 4), bool), np.zeros((4, 4), bool)]))
    assert offered(document, (0, 0, 0), 5000.0) is None


def test_locked_labels_and_the_paint_rule_are_kept_through_the_slices() -> None:
    labels = Labels((Label(1, "lesion", "#ffb020"), Label(2, "vessel", "#56b4e9", locked=True)))
    document = document_of(np.zeros(SHAPE, np.uint8), labels=labels)
    document.state.mask.voxels[2, 3] = 2
    document.state.mask.voxels[4, 3] = 1
    mask = taken(document, offered(document, (0, 0, 0), 0.0)).copy()
    assert set(mask[2, 3]) == {2}
    assert np.count_nonzero(mask == 1) == mask.size - SHAPE[2]
    free = replace(labels.items[1], locked=False)
    document.labels = Labels((labels.items[0], free))
    document.state.mask.voxels[5] = 0
    mask = taken(document, offered(document, (5, 0, 0), 0.0, rule=PaintRule.background))
    assert set(mask[2, 3]) == {2}
    assert (mask[5] == 1).all()


def test_ctrl_removes_the_body_instead() -> None:
    pixels = np.zeros(SHAPE, np.uint8)
    pixels[:, :, 4:] = 90
    document = document_of(pixels)
    document.state.mask.voxels[:] = 1
    mask = taken(document, offered(document, (3, 4, 6), 5.0, inverted=True))
    assert np.array_equal(mask == 1, pixels == 0)


def test_a_large_volume_becomes_work_that_can_be_stopped() -> None:
    document = document_of(np.zeros((40, 100, 100), np.uint8))
    fill = FloodFill(scene_of(document, plane=Plane(0, 20)), FloodOptions(0.0, is_3d=True))
    assert fill.press(at(50, 50)).rect == Rect(0, 0, 100, 100)  # what is joined in this slice is shown at once
    work = fill.release(at(50, 50))
    assert isinstance(work, Work)
    assert work.is_offer
    asked = iter([False] * 5 + [True] * 100)
    assert work.run(lambda: next(asked)) is None
    assert next(asked)  # it has not gone on asking
    whole = work.run()
    assert isinstance(whole, Suggestion)
    assert whole.edits[0].box.shape == (40, 100, 100)


@pytest.mark.parametrize("third", [ThirdAxis.time, ThirdAxis.none])
def test_frames_in_time_are_filled_one_by_one_and_the_option_says_why(third: ThirdAxis) -> None:
    image = Image(np.zeros((3, 6, 6), np.uint8), Geometry.picture(slices=3, third_axis=third))
    document = Document(1, image, labels=Labels((Label(1, "lesion", "#ffb020"),)), reader="ada")
    scene = scene_of(document, plane=Plane(0, 1))
    assert "is_3d" in FloodFill.limits(scene)
    fill = FloodFill(scene, FloodOptions(0.0, is_3d=True))
    fill.press(at(2, 2))
    edit = fill.release(at(2, 2))
    assert not isinstance(edit, Suggestion | Work)
    assert edit is not None
    assert edit.box.shape == (1, 6, 6)
