"""Brush and eraser against the words of PRODUCT's table, on 20 x 20."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editing.scenes import LABELS, at, blank_document, scene_of
from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.tools import Brush, Eraser
from urwkv_desktop.editing.tools.capsule import swept
from urwkv_desktop.editing.tools.stroke import StrokeOptions
from urwkv_desktop.imaging import ImagePoint, Label, Labels, Plane

SIZE = (20, 20)


def _covered(start: ImagePoint, end: ImagePoint, diameter: float, shape: str) -> np.ndarray:
    rect, inside = swept(start, end, diameter, shape, SIZE)
    whole = np.zeros(SIZE, bool)
    whole[rect.index] = inside
    return whole


def _disc_by_definition(start: ImagePoint, end: ImagePoint, radius: float) -> np.ndarray:
    """Centres within radius of the segment, pixel by pixel."""
    whole = np.zeros(SIZE, bool)
    a, b = np.array([start.row, start.column]), np.array([end.row, end.column])
    for row in range(SIZE[0]):
        for column in range(SIZE[1]):
            p = np.array([row + 0.5, column + 0.5])
            t = np.clip((p - a) @ (b - a) / max((b - a) @ (b - a), 1e-300), 0, 1) if (a != b).any() else 0.0
            whole[row, column] = ((p - a - t * (b - a)) ** 2).sum() <= radius**2 + 1e-12
    return whole


# Sixteenths of a pixel, as pointers have them: no centre lies on the edge by rounding alone.
places = st.integers(-80, 400).map(lambda sixteenths: sixteenths / 16)
points = st.builds(at, places, places)


@given(points, points, st.integers(2, 14))
@settings(max_examples=60, deadline=None)
def test_a_disc_covers_the_centres_within_its_capsule(start: ImagePoint, end: ImagePoint, size: int) -> None:
    covered, defined = _covered(start, end, size, "disc"), _disc_by_definition(start, end, size / 2)
    assert np.array_equal(covered, defined)


far = st.builds(at, st.integers(-1000, 6000).map(lambda sixteenths: sixteenths / 16), places)


@given(far, far, st.sampled_from(["askew", "along a row", "along a column", "not at all"]), st.integers(180, 500),
       st.sampled_from([(1.0, 1.0), (0.7, 1.9), (3.0, 0.5)]))
@settings(max_examples=80, deadline=None)
def test_a_large_disc_covers_the_centres_within_its_capsule_too(
    start: ImagePoint, end: ImagePoint, moved: str, size: int, scale: tuple[float, float]
) -> None:
    end = at(start.row if moved in ("along a row", "not at all") else end.row,
             start.column if moved in ("along a column", "not at all") else end.column)
    shape = (300, 420)
    rect, inside = swept(start, end, size, "disc", shape, scale)
    whole = np.zeros(shape, bool)
    whole[rect.index] = inside
    away = _away(start, end, scale, shape) - size / 2
    assert whole[away < -1e-6].all()
    assert not whole[away > 1e-6].any()


def test_a_large_disc_covers_a_centre_that_lies_exactly_on_its_edge() -> None:
    rect, inside = swept(at(150.5, 150.5), at(150.5, 150.5), 200, "disc", (300, 300))
    whole = np.zeros((300, 300), bool)
    whole[rect.index] = inside
    assert whole[[50, 250, 150, 150, 210, 90, 230], [150, 150, 50, 250, 230, 70, 90]].all()
    assert not whole[[49, 251, 150, 150, 211], [150, 150, 49, 251, 230]].any()


def _away(start: ImagePoint, end: ImagePoint, scale: tuple[float, float], shape: tuple[int, int]) -> np.ndarray:
    """float64 [shape]: how far each centre lies from the segment."""
    rows, columns = (np.arange(shape[0]) + 0.5) * scale[0], (np.arange(shape[1]) + 0.5) * scale[1]
    centres = np.stack(np.meshgrid(rows, columns, indexing="ij"), axis=-1)
    a, b = (np.array([point.row * scale[0], point.column * scale[1]]) for point in (start, end))
    t = np.clip((centres - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1) if (a != b).any() else np.zeros(shape)
    return np.linalg.norm(centres - a - t[..., None] * (b - a), axis=-1)


@given(points, points, st.integers(2, 9))
@settings(max_examples=60, deadline=None)
def test_a_square_covers_what_many_small_steps_of_it_cover(start: ImagePoint, end: ImagePoint, size: int) -> None:
    covered = _covered(start, end, size, "square")
    stepped = np.zeros(SIZE, bool)
    centre = np.arange(20) + 0.5
    for t in np.linspace(0, 1, 400):
        row, column = start.row + t * (end.row - start.row), start.column + t * (end.column - start.column)
        rows = (centre - row >= -size / 2 - 1e-7) & (centre - row < size / 2 - 1e-7)
        columns = (centre - column >= -size / 2 - 1e-7) & (centre - column < size / 2 - 1e-7)
        stepped |= np.outer(rows, columns)
    assert not (stepped & ~covered).any()
    # What 400 steps miss are corners that the path only grazes.
    grown = np.pad(stepped, 1)
    near = grown[:-2, 1:-1] | grown[2:, 1:-1] | grown[1:-1, :-2] | grown[1:-1, 2:] | stepped
    assert not (covered & ~near).any()


@pytest.mark.parametrize("size", [2, 3, 4, 7])
@pytest.mark.parametrize("offset", [0.0, 0.25, 0.5, 0.9375])
def test_a_square_of_n_is_n_by_n_pixels(size: int, offset: float) -> None:
    covered = _covered(at(10 + offset, 9 + offset), at(10 + offset, 9 + offset), size, "square")
    assert covered.sum() == size * size


@pytest.mark.parametrize("shape", ["disc", "square"])
@given(point=st.builds(at, st.floats(0, 19.999), st.floats(0, 19.999)))
def test_size_one_is_exactly_the_pixel_under_the_pointer(shape: str, point: ImagePoint) -> None:
    covered = _covered(point, point, 1.0, shape)
    assert covered.sum() == 1
    assert covered[int(point.row), int(point.column)]


@given(points, points)
@settings(deadline=None)
def test_size_one_leaves_no_gap_at_any_speed(start: ImagePoint, end: ImagePoint) -> None:
    steps = max(abs(np.floor(end.row) - np.floor(start.row)), abs(np.floor(end.column) - np.floor(start.column)))
    start, end = at(start.row + 40, start.column + 40), at(end.row + 40, end.column + 40)
    rect, inside = swept(start, end, 1.0, "disc", (99, 99))
    assert inside.sum() == steps + 1
    rows, columns = np.nonzero(inside)
    order = np.lexsort((columns, rows)) if rect.height >= rect.width else np.lexsort((rows, columns))
    assert (np.abs(np.diff(rows[order])) <= 1).all()
    assert (np.abs(np.diff(columns[order])) <= 1).all()


@pytest.mark.parametrize(("start", "end"), [(at(-30, -30), at(-8, -9)), (at(5, 60), at(9, 90)), (at(99, 3), at(30, 3))])
@pytest.mark.parametrize("size", [1.0, 6.0])
@pytest.mark.parametrize("shape", ["disc", "square"])
def test_a_stroke_beside_the_image_covers_nothing(start: ImagePoint, end: ImagePoint, size: float, shape: str) -> None:
    assert not _covered(start, end, size, shape).any()


def test_a_stroke_is_the_union_of_its_capsules_and_one_edit() -> None:
    document = blank_document()
    brush = Brush(scene_of(document), StrokeOptions(size=5))
    path = [at(4.5, 4.5), at(4.5, 14.5), at(12.25, 14.5), at(12.25, 3)]
    brush.press(path[0])
    for point in path[1:-1]:
        brush.move(point)
    assert not document.mask.voxels.any()
    edit = brush.release(path[-1])
    assert edit is not None
    document.apply(edit)
    expected = np.zeros(SIZE, bool)
    for start, end in itertools.pairwise(path):
        expected |= _disc_by_definition(start, end, 2.5)
    assert np.array_equal(document.mask.voxels[0] == 1, expected)
    assert len(document.history.groups) == 1


def test_previews_show_what_release_makes() -> None:
    document = blank_document()
    shown = document.mask.voxels[0].copy()
    brush = Brush(scene_of(document), StrokeOptions(size=6, shape="square"))
    for preview in (brush.press(at(3, 3)), brush.move(at(9, 12)), brush.move(at(15, 2.5))):
        shown[preview.rect.index] = preview.labels
    pending = brush.pending
    assert pending is not None
    assert np.array_equal(pending.labels, shown[pending.rect.index])
    edit = brush.release(at(15, 2.5))
    assert edit is not None
    assert brush.pending is None
    document.apply(edit)
    assert np.array_equal(document.mask.voxels[0], shown)


def test_cancelled_stroke_leaves_mask_and_history_untouched() -> None:
    document = blank_document()
    brush = Brush(scene_of(document), StrokeOptions(size=8))
    brush.press(at(10.5, 10.5))
    brush.cancel()
    assert brush.release(at(10.5, 10.5)) is None
    assert not document.mask.voxels.any()
    assert not document.history.can_undo


def test_a_stroke_that_changes_nothing_is_no_edit() -> None:
    document = blank_document()
    eraser = Eraser(scene_of(document), StrokeOptions(size=8))
    eraser.press(at(10, 10))
    assert eraser.release(at(12, 12)) is None


def test_before_is_read_at_release() -> None:
    document = blank_document()
    brush = Brush(scene_of(document), StrokeOptions(size=4))
    brush.press(at(5, 5))
    _stroke(document, Brush, 2)
    edit = brush.release(at(5, 5))
    assert edit is not None
    assert set(np.unique(edit.before)) <= {0, 2}
    assert 2 in edit.before


def test_ctrl_inverts_brush_and_eraser() -> None:
    document = blank_document()
    _stroke(document, Eraser, 1, inverted=True)
    assert (document.mask.voxels == 1).any()
    _stroke(document, Brush, 1, inverted=True)
    assert not document.mask.voxels.any()


def test_a_locked_label_is_never_overwritten() -> None:
    document = blank_document()
    _stroke(document, Brush, 2)
    held = document.mask.voxels.copy()
    document.labels = Labels((Label(1, "lesion", "#fff"), Label(2, "vessel", "#fff", locked=True)))
    _stroke(document, Brush, 1, size=12)
    _stroke(document, Eraser, 1, size=20)
    assert np.array_equal(document.mask.voxels, held)


def test_a_hidden_label_is_neither_painted_nor_overwritten() -> None:
    document = blank_document()
    _stroke(document, Brush, 2)
    held = document.mask.voxels.copy()
    document.labels = Labels((Label(1, "lesion", "#fff"), Label(2, "vessel", "#fff", visible=False)))
    _stroke(document, Eraser, 1, size=20)
    _stroke(document, Brush, 2, size=20)
    assert np.array_equal(document.mask.voxels, held)


def test_a_deleted_label_counts_as_background() -> None:
    document = blank_document()
    _stroke(document, Brush, 2)
    document.labels = LABELS.without(2)
    _stroke(document, Brush, 1, rule=PaintRule.background, size=20)
    assert not (document.mask.voxels == 2).any()


def test_background_only_leaves_other_labels() -> None:
    document = blank_document()
    _stroke(document, Brush, 2)
    vessel = document.mask.voxels == 2
    _stroke(document, Brush, 1, rule=PaintRule.background, size=14)
    assert np.array_equal(document.mask.voxels == 2, vessel)
    assert (document.mask.voxels == 1).any()
    _stroke(document, Eraser, 1, rule=PaintRule.background, size=20)
    assert np.array_equal(document.mask.voxels == 2, vessel)
    assert not (document.mask.voxels == 1).any()


def test_this_label_only_stays_on_what_the_stroke_began_on() -> None:
    document = blank_document()
    _stroke(document, Brush, 2)
    vessel = document.mask.voxels == 2
    _stroke(document, Brush, 1, rule=PaintRule.label, size=14)
    assert np.array_equal(document.mask.voxels == 1, vessel)
    _stroke(document, Brush, 2, size=3, row=15.5)
    _stroke(document, Eraser, 1, rule=PaintRule.label, size=20)
    assert not (document.mask.voxels == 1).any()
    assert (document.mask.voxels == 2).any()


def test_an_id_above_255_widens_the_mask_and_undo_brings_the_old_ids_back() -> None:
    labels = Labels((*LABELS.items, Label(300, "far", "#fff")))
    document = blank_document(labels=labels)
    _stroke(document, Brush, 1)
    before = document.mask.voxels.copy()
    _stroke(document, Brush, 300, size=9)
    assert document.mask.voxels.dtype == np.uint16
    assert (document.mask.voxels == 300).any()
    document.undo()
    assert np.array_equal(document.mask.voxels, before)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_stroke_in_any_plane_changes_that_plane_alone(axis: int) -> None:
    document = blank_document(12, 14, slices=10)
    plane = Plane(axis, 6)
    brush = Brush(scene_of(document, plane=plane), StrokeOptions(size=3, shape="square"))
    brush.press(at(4.5, 5.5))
    edit = brush.release(at(4.5, 5.5))
    assert edit is not None
    document.apply(edit)
    assert document.mask.voxels.sum() == 9
    assert plane.cut(document.mask.voxels)[3:6, 4:7].all()
    document.undo()
    assert not document.mask.voxels.any()


def _stroke(document, tool, active: int, *, inverted: bool = False, rule: PaintRule = PaintRule.all,  # type: ignore[no-untyped-def]
            size: float = 5, row: float = 5.5) -> None:
    stroke = tool(scene_of(document, rule=rule, active=active), StrokeOptions(size=size), inverted=inverted)
    stroke.press(at(row, 6.5))
    edit = stroke.release(at(row, 8.5))
    if edit is not None:
        document.apply(edit)
