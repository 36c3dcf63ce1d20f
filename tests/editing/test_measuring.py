"""Lengths, areas and values: in millimetres only where those are true."""

import json

import numpy as np
import pytest

from tests.editing.scenes import at, blank_document, replayed, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MeasureEdit
from urwkv_desktop.editing.events import Event
from urwkv_desktop.editing.measuring import Values, area, length, measured, measurement_text, tallied, values_under
from urwkv_desktop.editing.tools.measure import Measure, MeasureOptions
from urwkv_desktop.imaging import (
    Geometry,
    Image,
    Padding,
    Plane,
    Rect,
    SpacingKind,
    UltrasoundRegion,
)

PLANE = Plane(0, 0)
TRUE = Geometry.picture(row_spacing=0.5, column_spacing=2.0, kind=SpacingKind.calibrated)
REGION = Geometry(np.zeros((1, 3)), kind=SpacingKind.region, regions=(UltrasoundRegion(Rect(0, 0, 10, 20), 0.1, 0.2),))
SQUARE = ((2.0, 2.0), (2.0, 6.0), (8.0, 6.0), (8.0, 2.0))


def drawn(document: Document, *points: tuple[float, float], kind: str = "length", inverted: bool = False,
          plane: Plane = PLANE) -> MeasureEdit | None:
    tool = Measure(scene_of(document, plane=plane), MeasureOptions(kind), inverted=inverted)
    tool.press(at(*points[0]))
    for point in points[1:]:
        tool.move(at(*point))
    return tool.release(at(*points[-1]))


@pytest.mark.parametrize(("geometry", "amount", "unit"), [
    (TRUE, 8.13941, "mm"), (Geometry.picture(), 5.0, "px"), (REGION, 0.85440, "mm"),
    (Geometry.picture(row_spacing=0.5, column_spacing=2.0, kind=SpacingKind.aspect), 5.0, "px"),
])
def test_a_length_is_in_mm_only_where_the_spacing_is_true(geometry: Geometry, amount: float, unit: str) -> None:
    found = length(((1.0, 1.0), (4.0, 5.0)), PLANE, geometry)
    assert (found.amount, found.unit) == (pytest.approx(amount), unit)


def test_a_line_that_leaves_the_region_which_alone_has_a_scale_is_in_pixels() -> None:
    assert length(((1.0, 1.0), (14.0, 1.0)), PLANE, REGION).unit == "px"
    assert area(((1.0, 1.0), (14.0, 1.0), (3.0, 9.0)), PLANE, REGION).unit == "px²"


@pytest.mark.parametrize(("geometry", "amount", "unit"), [
    (TRUE, 24.0, "mm²"), (Geometry.picture(), 24.0, "px²"), (REGION, 0.48, "mm²"),
])
def test_an_area_is_the_outline_s_own(geometry: Geometry, amount: float, unit: str) -> None:
    for points in (SQUARE, SQUARE[::-1], SQUARE[2:] + SQUARE[:2]):
        found = area(points, PLANE, geometry)
        assert (found.amount, found.unit) == (pytest.approx(amount), unit)


def test_a_length_across_slices_goes_by_their_distance() -> None:
    geometry = Geometry.from_affine(np.diag([0.5, 1.0, 4.0, 1.0]), 5)
    assert length(((0.5, 0.5), (2.5, 0.5)), Plane(1, 3), geometry).amount == pytest.approx(8.0)
    assert length(((0.5, 0.5), (0.5, 2.5)), Plane(1, 3), geometry).amount == pytest.approx(1.0)


def test_a_drag_is_a_measurement_that_undo_takes_back_and_that_changes_no_mask() -> None:
    events: list[Event] = []
    document = blank_document(emit=events.append)
    edit = drawn(document, (2.0, 2.0), (9.0, 3.0), (5.0, 6.0))
    assert edit is not None
    document.apply(edit)
    assert [one.points for one in document.history.measures] == [((2.0, 2.0), (5.0, 6.0))]
    assert measured(document.history.measures[0], document.image.geometry).amount == 5.0
    document.undo()
    assert not document.history.measures
    document.redo()
    made = document.history.measures[0]
    document.apply(MeasureEdit(made.kind, (), made.axis, made.index, removes=made.group))
    assert not document.history.measures
    document.undo()
    assert document.history.measures == (made,)
    assert not document.mask.voxels.any()
    assert replayed(document, events).history.measures == (made,)


def test_ctrl_measures_the_other_kind() -> None:
    document = blank_document()
    for kind, inverted in (("area", False), ("length", True)):
        edit = drawn(document, *SQUARE, kind=kind, inverted=inverted)
        assert edit is not None
        assert (edit.kind, edit.points) == ("area", SQUARE)
    edit = drawn(document, *SQUARE, kind="area", inverted=True)
    assert edit is not None
    assert edit.kind == "length"


def test_a_press_that_goes_nowhere_measures_nothing_and_giving_up_leaves_nothing() -> None:
    document = blank_document()
    assert drawn(document, (2.0, 2.0)) is None
    assert drawn(document, (2.0, 2.0), (2.1, 2.1)) is None
    assert drawn(document, (2.0, 2.0), (9.0, 9.0), kind="area") is None
    tool = Measure(scene_of(document), MeasureOptions())
    tool.press(at(2, 2))
    tool.move(at(9, 9))
    tool.cancel()
    assert tool.pending is None


def test_the_figure_is_said_while_it_is_drawn_and_ends_at_the_image_s_edge() -> None:
    tool = Measure(scene_of(blank_document()), MeasureOptions())
    tool.press(at(10, 10))
    assert str(tool.move(at(10, 90)).note) == "10.0 px"


def test_values_under_a_mask_are_the_image_s_own_without_padding() -> None:
    pixels = np.arange(400, dtype=np.int16).reshape(1, 20, 20)
    image = Image(pixels, Geometry.picture(), slope=(2.0,), intercept=(-10.0,), unit="HU", padding=Padding.of(21))
    ids = np.zeros((20, 20), np.uint8)
    ids[1, 1:5] = 2  # stored 21 to 24
    found = values_under(image, ids, 2, PLANE)
    assert found == Values(3, pytest.approx(36.0), pytest.approx(np.std([34.0, 36.0, 38.0])))
    assert values_under(image, ids, 2, PLANE, Rect(1, 1, 2, 5)) == found
    assert values_under(image, ids, 1, PLANE) is None


def test_values_of_a_plane_across_slices_are_scaled_slice_by_slice_and_colour_is_averaged() -> None:
    image = Image(np.ones((3, 4, 4), np.uint8), Geometry.picture(slices=3), slope=(1.0, 2.0, 3.0))
    ids = np.ones((3, 4), np.uint8)
    assert values_under(image, ids, 1, Plane(1, 2)) == Values(12, 2.0, pytest.approx(np.std([1, 2, 3])))
    colour = Image(np.tile(np.array([0, 30, 60], np.uint8), (1, 4, 4, 1)), Geometry.picture())
    assert values_under(colour, np.ones((4, 4), np.uint8), 1, PLANE) == Values(16, 30.0, 0.0)


def test_values_are_counted_a_band_at_a_time_and_come_to_the_same() -> None:
    random = np.random.default_rng(3)
    ids = (random.random((1100, 1000)) < 0.4).astype(np.uint8)
    for dtype in (np.uint8, np.int16, np.uint16, np.int32, np.float32):
        values = random.integers(0, 120, (1, 1100, 1000)).astype(dtype)
        image = Image(values, Geometry.picture(), slope=(-2.0,), intercept=(7.0,))
        parts = list(tallied(image, ids, 1, PLANE))
        there = values[0][ids == 1] * -2.0 + 7.0
        assert len(parts) > 3
        assert parts[-1] == Values(there.size, pytest.approx(there.mean()), pytest.approx(there.std()))
        assert values_under(image, ids, 1, PLANE) == parts[-1]


def test_what_leaves_of_measurements_is_said_with_figure_and_unit() -> None:
    document = blank_document()
    assert measurement_text(document.history.measures, TRUE) == ""
    document.apply(MeasureEdit("length", ((1.0, 1.0), (1.0, 4.0)), 0, 0))
    assert json.loads(measurement_text(document.history.measures, TRUE)) == [
        {"kind": "length", "axis": 0, "index": 0, "points": [[1.0, 1.0], [1.0, 4.0]], "amount": 6.0, "unit": "mm"}]
