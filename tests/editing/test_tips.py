"""Brushes in millimetres, through slices and under a pen's pressure, against their definitions."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editing.scenes import LABELS, at, blank_document, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.tools import Brush, Eraser, ThresholdBrush
from urwkv_desktop.editing.tools.capsule import swept
from urwkv_desktop.editing.tools.stroke import StrokeOptions
from urwkv_desktop.editing.tools.threshold_brush import ThresholdOptions
from urwkv_desktop.editing.tools.tip import Tip, limits
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Geometry, Image, ImagePoint, Plane, SpacingKind, ThirdAxis

ROW_MM, COLUMN_MM, STEP_MM = 0.5, 1.25, 2.0
places = st.integers(-16, 336).map(lambda sixteenths: sixteenths / 16)
points = st.builds(at, places, places)


def volume(slices: int = 9, *, third: ThirdAxis = ThirdAxis.space, kind: SpacingKind = SpacingKind.patient) -> Document:
    positions = np.zeros((slices, 3))
    positions[:, 2] = np.arange(slices) * STEP_MM
    geometry = Geometry(positions, row_spacing=ROW_MM, column_spacing=COLUMN_MM, kind=kind, third_axis=third)
    pixels = np.arange(slices * 400).reshape(slices, 20, 20).astype(np.uint16)
    return Document(1, Image(pixels, geometry), labels=LABELS, reader="ada")


def drawn(document: Document, options: StrokeOptions, path: list[ImagePoint], *, plane: Plane | None = None,
          tool: type[Brush] = Brush) -> np.ndarray:
    brush = tool(scene_of(document, plane=plane or Plane(0, 4)), options)
    brush.press(path[0])
    for place in path[1:]:
        brush.move(place)
    edit = brush.release(path[-1])
    if edit is not None:
        assert isinstance(edit, MaskEdit)
        document.apply(edit)
    return document.mask.voxels == 1


def _away(start: ImagePoint, end: ImagePoint, plane: Plane, shape: tuple[int, int, int]) -> np.ndarray:
    """Millimetres from each voxel's centre to the path in the plane, voxel by voxel."""
    steps = np.array([STEP_MM, ROW_MM, COLUMN_MM])
    centres = np.stack(np.meshgrid(*(np.arange(n) + 0.5 for n in shape), indexing="ij"), axis=-1) * steps
    rows, columns = (axis for axis in range(3) if axis != plane.axis)
    a, b = np.zeros(3), np.zeros(3)
    for place, point in ((a, start), (b, end)):
        place[plane.axis], place[rows], place[columns] = plane.index + 0.5, point.row, point.column
    a, b = a * steps, b * steps
    length = (b - a) @ (b - a)
    t = np.clip((centres - a) @ (b - a) / length, 0, 1)[..., None] if length else 0.0
    away: np.ndarray = np.sqrt((((centres - a) - t * (b - a)) ** 2).sum(axis=-1))
    return away


@given(points, points, st.sampled_from([3.1, 6.3, 9.7]), st.sampled_from([Plane(0, 4), Plane(1, 9), Plane(2, 9)]))
@settings(max_examples=40, deadline=None)
def test_a_ball_takes_the_voxels_within_its_radius_in_millimetres(start: ImagePoint, end: ImagePoint, size: float,
                                                                  plane: Plane) -> None:
    document = volume()
    ball = drawn(document, StrokeOptions(size=size, unit="mm", is_ball=True), [start, end], plane=plane)
    away = _away(start, end, plane, ball.shape)
    assert not (ball & (away > size / 2 + 1e-6)).any()
    # A ball that is thinner than a voxel one way may still draw its line; elsewhere every centre within is taken.
    assert not (~ball & (away < size / 2 - 1e-6)).any()


def test_a_ball_is_one_edit_over_its_box_and_one_step_back() -> None:
    document = volume()
    ball = drawn(document, StrokeOptions(size=9.0, unit="mm", is_ball=True), [at(10.5, 10.5), at(10.5, 14)])
    assert [k for k in range(9) if ball[k].any()] == [2, 3, 4, 5, 6]
    assert len(document.history.groups) == 1
    document.undo()
    assert not document.mask.voxels.any()


def test_a_ball_shows_its_own_slice_while_it_is_drawn() -> None:
    document = volume()
    brush = Brush(scene_of(document, plane=Plane(0, 4)), StrokeOptions(size=9.0, unit="mm", is_ball=True))
    preview = brush.press(at(10.5, 10.5))
    edit = brush.release(at(10.5, 10.5))
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert np.array_equal(preview.labels, document.mask.voxels[4][preview.rect.index])


def test_a_square_ball_is_a_cuboid() -> None:
    document = volume()
    drawn(document, StrokeOptions(size=5.0, unit="mm", shape="square", is_ball=True), [at(10.0, 10.0)])
    assert {int(document.mask.voxels[k].sum()) for k in (3, 4, 5)} == {10 * 4}
    assert not document.mask.voxels[[0, 1, 2, 6, 7, 8]].any()


def test_a_ball_in_pixels_counts_the_finer_spacing_of_the_plane() -> None:
    document = volume()
    ball = drawn(document, StrokeOptions(size=18.0, is_ball=True), [at(10.5, 10.5)])
    assert np.array_equal(ball, _away(at(10.5, 10.5), at(10.5, 10.5), Plane(0, 4), ball.shape) <= 4.5 + 1e-9)


def test_a_large_ball_becomes_work() -> None:
    document = blank_document(220, 220, 60)
    brush = Brush(scene_of(document, plane=Plane(0, 30)), StrokeOptions(size=200, is_ball=True))
    brush.press(at(110, 110))
    work = brush.release(at(110, 110))
    assert isinstance(work, Work)
    edit = work.run()
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert (document.mask.voxels == 1).all(axis=(1, 2)).sum() == 0
    assert document.mask.voxels[0, 110, 110] == document.mask.voxels[59, 110, 110] == 1


def test_a_threshold_brush_chooses_in_each_slice_of_its_ball() -> None:
    document = volume()
    options = ThresholdOptions(size=9.0, unit="mm", is_ball=True, low=1300, high=2000)
    drawn(document, options, [at(10.5, 10.5)], tool=ThresholdBrush)  # type: ignore[arg-type]
    values = document.image.pixels
    ball = _away(at(10.5, 10.5), at(10.5, 10.5), Plane(0, 4), values.shape) <= 4.5
    assert np.array_equal(document.mask.voxels == 1, ball & (values >= 1300) & (values <= 2000))


@given(points, points, st.sampled_from([2.2, 4.0, 7.5]))
@settings(max_examples=40, deadline=None)
def test_millimetres_are_those_of_the_plane(start: ImagePoint, end: ImagePoint, size: float) -> None:
    disc = drawn(volume(), StrokeOptions(size=size, unit="mm"), [start, end])
    away = _away(start, end, Plane(0, 4), disc.shape)[4]
    assert not (~disc[4] & (away < size / 2 - 1e-6)).any()
    assert not (disc[4] & (away > max(size / 2, COLUMN_MM) + 1e-6)).any()
    assert not np.delete(disc, 4, axis=0).any()


def test_a_brush_narrower_than_a_pixel_one_way_leaves_no_gap() -> None:
    rect, covered = swept(at(10.9, 0.1), at(10.9, 19.9), 1.5, "disc", (20, 20), (ROW_MM, 9.0))
    assert covered.any(axis=0).sum() == 20
    assert rect.width == 20


@pytest.mark.parametrize("document", [blank_document(), volume(kind=SpacingKind.aspect)])
def test_without_true_spacing_there_are_no_millimetres(document: Document) -> None:
    scene = scene_of(document)
    assert "spacing" in str(limits(scene)["unit"].barred["mm"])
    assert Tip.of(StrokeOptions(size=8, unit="mm"), scene).scale == (1.0, 1.0)
    fitted = Brush.fitted(StrokeOptions(size=4, unit="mm"), scene, frozenset({"size", "unit"}))
    assert fitted.unit == "px"


@pytest.mark.parametrize("document", [blank_document(), volume(third=ThirdAxis.time)])
def test_without_slices_in_space_there_is_no_ball(document: Document) -> None:
    assert limits(scene_of(document))["is_ball"].barred
    ball = StrokeOptions(is_ball=True)
    assert not Tip.of(ball, scene_of(document)).depths(ball, scene_of(document))


@pytest.mark.parametrize(("rows", "size"), [(20, 3.0), (64, 3.0), (512, 26.0), (4096, 60.0)])
def test_a_size_that_nobody_has_chosen_is_a_share_of_the_image(rows: int, size: float) -> None:
    scene = scene_of(blank_document(rows, rows))
    assert Brush.fitted(StrokeOptions(), scene, frozenset()).size == size
    assert Eraser.fitted(StrokeOptions(size=9), scene, frozenset({"size"})).size == 9


def test_pressure_scales_the_radius_where_that_is_wanted() -> None:
    document = blank_document()
    for wanted in (True, False):
        brush = Brush(scene_of(document), StrokeOptions(size=10, by_pressure=wanted))
        light = int((brush.press(at(10, 10), 0.1).labels == 1).sum())
        heavy = int((brush.move(at(10, 10), 1.0).labels == 1).sum())
        assert (light < heavy) == wanted
        brush.cancel()


def test_pressure_leaves_no_gap() -> None:
    document = blank_document()
    brush = Brush(scene_of(document), StrokeOptions(size=6, by_pressure=True))
    brush.press(at(10.5, 1.5), 0.9)
    for step, place in enumerate(itertools.product([10.5], range(4, 19, 3))):
        brush.move(at(*place), 0.05 * step)
    edit = brush.release(at(10.5, 17))
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert document.mask.voxels[0].any(axis=0)[1:17].all()
