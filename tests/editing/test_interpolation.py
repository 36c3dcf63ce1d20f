"""Slices between two drawn ones, and masks that come from a neighbour: offered, never made by themselves."""

import numpy as np
import pytest

from tests.editing.scenes import LABELS, blank_document, drawn, painted, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations import (
    CopyCaseOptions,
    CopyOptions,
    InterpolateOptions,
    copy_case,
    copy_next_slice,
    copy_previous_slice,
    interpolate,
)
from urwkv_desktop.editing.operations.operation import Answer
from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Box, Geometry, Image, Label, Labels, Message, Origin, Plane, ThirdAxis

LOCKED = Labels((Label(1, "lesion", "#ffb020"), Label(2, "vessel", "#56b4e9", locked=True)))


def offered(answered: Answer) -> Suggestion:
    suggestion = answered.run() if isinstance(answered, Work) else answered
    assert isinstance(suggestion, Suggestion)
    return suggestion


def taken(document: Document, answered: Answer) -> np.ndarray:
    """Nothing is in the mask before it is taken; one undo takes all of it back."""
    before = document.mask.voxels.copy()
    document.suggest(offered(answered))
    assert np.array_equal(document.mask.voxels, before)
    document.take_suggestion()
    after = document.mask.voxels.copy()
    document.undo()
    assert np.array_equal(document.mask.voxels, before)
    document.redo()
    return after


def disc(radius: float, *, size: int = 41, row: float = 20, column: float = 20) -> np.ndarray:
    rows, columns = np.ogrid[:size, :size]
    return ((rows - row) ** 2 + (columns - column) ** 2 <= radius**2).astype(np.uint8)


def test_between_a_small_disc_and_a_large_one_lie_discs_that_grow_evenly() -> None:
    empty = np.zeros((41, 41), np.uint8)
    document = painted(disc(4), empty, empty, empty, disc(16))
    after = taken(document, interpolate(scene_of(document), InterpolateOptions()))
    for k, radius in ((1, 7), (2, 10), (3, 13)):
        assert np.sqrt(after[k].sum() / np.pi) == pytest.approx(radius, abs=0.5)
        assert not np.any((after[k] == 1) & (disc(radius + 1) == 0))
        assert not np.any((disc(radius - 1) == 1) & (after[k] == 0))
    assert document.history.groups[-1].origin is Origin.suggestion


def test_the_same_outline_twice_stays_the_same_between() -> None:
    document = painted(disc(7), np.zeros((41, 41), np.uint8), disc(7))
    after = taken(document, interpolate(scene_of(document), InterpolateOptions()))
    assert np.array_equal(after[1], disc(7))


def test_every_gap_is_filled_and_counted_and_the_rest_is_left_alone() -> None:
    empty = np.zeros((41, 41), np.uint8)
    document = painted(empty, disc(5), empty, disc(5), disc(5), empty, empty, disc(5), empty)
    suggestion = offered(interpolate(scene_of(document), InterpolateOptions()))
    assert (suggestion.name.values, len(suggestion.edits)) == ({"n": 3}, 2)
    after = taken(document, suggestion)
    assert [int(after[k].any()) for k in range(9)] == [0, 1, 1, 1, 1, 1, 1, 1, 0]
    assert interpolate(scene_of(document), InterpolateOptions()) is None


def test_what_wanders_does_not_vanish_on_its_way() -> None:
    empty = np.zeros((41, 41), np.uint8)
    document = painted(disc(4, column=6), empty, disc(4, column=34))
    after = taken(document, interpolate(scene_of(document), InterpolateOptions()))
    assert np.array_equal(after[1], disc(4, column=20))


def test_uneven_slices_are_weighed_by_where_they_lie() -> None:
    positions = np.zeros((3, 3))
    positions[:, 2] = (0.0, 9.0, 12.0)
    image = Image(np.zeros((3, 41, 41), np.uint8), Geometry(positions, third_axis=ThirdAxis.space))
    document = Document(1, image, labels=LABELS)
    document.apply(drawn(document, np.stack((disc(4), np.zeros_like(disc(4)), disc(16)))))
    after = taken(document, interpolate(scene_of(document), InterpolateOptions()))
    assert np.sqrt(after[1].sum() / np.pi) == pytest.approx(13, abs=0.5)


def test_interpolation_goes_along_the_planes_that_are_shown() -> None:
    volume = np.zeros((41, 5, 41), np.uint8)
    volume[:, 0], volume[:, 4] = disc(6), disc(6)
    document = painted(*volume)
    after = taken(document, interpolate(scene_of(document, plane=Plane(1, 2)), InterpolateOptions()))
    assert all(np.array_equal(after[:, j], disc(6)) for j in range(5))


@pytest.mark.parametrize(("labels", "rule"), [(LOCKED, PaintRule.all), (LABELS, PaintRule.background)])
def test_interpolation_keeps_what_is_locked_or_kept_by_the_rule(labels: Labels, rule: PaintRule) -> None:
    between = np.zeros((41, 41), np.uint8)
    between[:, 20] = 2
    document = painted(disc(5), between, disc(5), labels=labels)
    after = taken(document, interpolate(scene_of(document, rule=rule), InterpolateOptions()))
    assert (after[1, :, 20] == 2).all()
    assert np.array_equal(after[1] == 1, (disc(5) == 1) & (between == 0))


def test_nothing_is_offered_for_a_locked_label_or_without_a_gap() -> None:
    document = painted(disc(5), np.zeros((41, 41), np.uint8), disc(5) * 2, labels=LOCKED)
    assert interpolate(scene_of(document), InterpolateOptions()) is None
    assert interpolate(scene_of(document, active=2), InterpolateOptions()) is None
    assert interpolate(scene_of(blank_document(slices=3)), InterpolateOptions()) is None


def test_the_active_label_becomes_as_it_is_in_the_slice_before() -> None:
    document = painted("1 1 . 2", ". 1 1 2", ". . . .")
    after = taken(document, copy_previous_slice(scene_of(document, plane=Plane(0, 1)), CopyOptions()))
    assert after[1].tolist() == [[1, 1, 0, 2]]


def test_every_label_becomes_as_it_is_in_the_slice_after() -> None:
    document = painted("1 1 . .", ". 1 2 2")
    after = taken(document, copy_next_slice(scene_of(document), CopyOptions("all")))
    assert after[0].tolist() == [[0, 1, 2, 2]]


def test_a_copy_leaves_locked_labels_and_there_is_none_beyond_the_last_slice() -> None:
    document = painted("1 1 .", "2 . .", labels=LOCKED)
    assert copy_next_slice(scene_of(document, plane=Plane(0, 1)), CopyOptions()) is None
    assert copy_previous_slice(scene_of(document), CopyOptions()) is None
    after = taken(document, copy_previous_slice(scene_of(document, plane=Plane(0, 1)), CopyOptions("all")))
    assert after[1].tolist() == [[2, 1, 0]]


def test_another_case_is_copied_where_its_shape_is_the_same() -> None:
    document = painted("1 . .")
    other = np.asarray([[[0, 1, 1]]], np.uint8)
    after = taken(document, copy_case(scene_of(document), CopyCaseOptions(voxels=other)))
    assert after.tolist() == [[[0, 1, 1]]]
    assert copy_case(scene_of(document), CopyCaseOptions(voxels=other)) is None
    with pytest.raises(ValueError, match="mask of"):
        copy_case(scene_of(document), CopyCaseOptions(voxels=np.zeros((1, 2, 2), np.uint8)))


def test_a_stroke_beside_what_is_offered_stays_when_it_is_taken() -> None:
    document = painted("1 . . .")
    offer = MaskEdit(Message("Copy"), "copy", 0, 0, Box(0, 0, 0, 1, 1, 4), document.mask.voxels.copy(),
                     np.asarray([[[1, 1, 0, 0]]], np.uint8))
    document.suggest(Suggestion(Message("Copy"), (offer,)))
    document.apply(drawn(document, np.asarray([[[1, 0, 0, 2]]], np.uint8)))
    document.take_suggestion()
    assert document.mask.voxels.tolist() == [[[1, 1, 0, 2]]]
