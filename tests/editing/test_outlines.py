"""Polygon and lasso: exactly the pixels whose centre an outline surrounds, under locks and the paint rule."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tests.editing.scenes import LABELS, at, blank_document, paint, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.tools.inside import bounds, inside
from urwkv_desktop.editing.tools.lasso import Lasso
from urwkv_desktop.editing.tools.outlining import OutlineOptions
from urwkv_desktop.editing.tools.polygon import Polygon
from urwkv_desktop.editing.tools.tool import BACK, TAKE
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Label, Labels, Plane, Rect

SIZE = (20, 20)
DIAMOND = ((2.0, 10.0), (10.0, 18.0), (18.0, 10.0), (10.0, 2.0))


def surrounded(points: tuple[tuple[float, float], ...], size: tuple[int, int] = SIZE) -> np.ndarray[Any, Any]:
    """By the rule's own words, in whole fractions: how many edges lie at or left of each centre, odd or even."""
    found = np.zeros(size, bool)
    corners = [(Fraction(row), Fraction(column)) for row, column in points]
    for row, column in np.ndindex(*size):
        y, x = Fraction(2 * row + 1, 2), Fraction(2 * column + 1, 2)
        for (r0, c0), (r1, c1) in zip(corners, corners[1:] + corners[:1], strict=True):
            if min(r0, r1) <= y < max(r0, r1) and c0 + (y - r0) * (c1 - c0) / (r1 - r0) <= x:
                found[row, column] ^= True
    return found


def filled(points: tuple[tuple[float, float], ...]) -> np.ndarray[Any, Any]:
    rect, found = bounds(points, SIZE), np.zeros(SIZE, bool)
    if not rect.is_empty:
        found[rect.index] = inside(points, rect)
    return found


def plane(document: Document) -> np.ndarray[Any, Any]:
    return document.mask.voxels[0].copy()


def drawn(document: Document, points: Any = DIAMOND, *, tool: Any = Lasso, inverted: bool = False,
          options: OutlineOptions | None = None, **scene: Any) -> MaskEdit | None:
    """What the outline becomes; nothing is applied."""
    made = tool(scene_of(document, **scene), options or OutlineOptions(), inverted=inverted)
    made.press(at(*points[0]))
    if tool is Polygon:
        made.release(at(*points[0]))
    for point in points[1:]:
        if tool is Polygon:
            made.press(at(*point))
            assert made.release(at(*point)) is None
        else:
            made.move(at(*point))
    edit = made.key(TAKE) if tool is Polygon else made.release(at(*points[-1]))
    assert edit is None or isinstance(edit, MaskEdit)
    return edit


@pytest.mark.parametrize("seed", range(12))
def test_an_outline_takes_exactly_the_centres_that_it_surrounds_an_odd_number_of_times(seed: int) -> None:
    rng = np.random.default_rng(seed)
    step = (2, 4, 8)[seed % 3]  # halves fall on centres
    points = tuple((float(row), float(column)) for row, column in rng.integers(-4, 24 * step, (9, 2)) / step)
    assert np.array_equal(filled(points), surrounded(points))


def test_outlines_that_share_an_edge_share_no_pixel_and_leave_none_between() -> None:
    left, right = ((0.0, 0.0), (0.0, 7.5), (20.0, 12.5), (20.0, 0.0)), ((0.0, 7.5), (0.0, 20.0), (20.0, 20.0),
                                                                        (20.0, 12.5))
    assert np.array_equal(filled(left).astype(int) + filled(right), np.ones(SIZE, int))


def test_an_outline_beside_the_image_covers_nothing() -> None:
    document = blank_document()
    assert drawn(document, ((-9.0, -9.0), (-9.0, -2.0), (-2.0, -2.0))) is None
    assert drawn(document, ((30.0, 3.0), (40.0, 3.0), (40.0, 9.0))) is None


@pytest.mark.parametrize("tool", [Lasso, Polygon])
def test_what_is_inside_becomes_the_active_label_and_undo_takes_it_back(tool: Any) -> None:
    document = blank_document()
    edit = drawn(document, tool=tool)
    assert edit is not None
    document.apply(edit)
    assert np.array_equal(plane(document) == 1, surrounded(DIAMOND))
    document.undo()
    assert not plane(document).any()
    document.redo()
    assert np.array_equal(plane(document) == 1, surrounded(DIAMOND))


@pytest.mark.parametrize("tool", [Lasso, Polygon])
def test_subtract_and_ctrl_make_background_of_it_and_both_together_paint(tool: Any) -> None:
    document = blank_document()
    document.mask.voxels[:] = 1
    for options, inverted in ((OutlineOptions("subtract"), False), (OutlineOptions("add"), True)):
        edit = drawn(document, tool=tool, options=options, inverted=inverted)
        assert edit is not None
        document.apply(edit)
        assert np.array_equal(plane(document) == 0, surrounded(DIAMOND))
        document.undo()
    assert drawn(document, tool=tool, options=OutlineOptions("subtract"), inverted=True) is None


def test_a_locked_label_stays_as_it_is_inside_an_outline() -> None:
    document = blank_document(labels=Labels((LABELS.items[0], Label(2, "vessel", "#56b4e9", locked=True))))
    document.mask.voxels[0, 8:12, 8:12] = 2
    for inverted in (False, True):
        edit = drawn(document, inverted=inverted)
        if edit is not None:
            document.apply(edit)
        assert (plane(document)[8:12, 8:12] == 2).all()


def test_the_paint_rules_hold_inside_an_outline() -> None:
    document = blank_document()
    paint(document, row=10.5, label=2)
    vessel = plane(document) == 2
    edit = drawn(document, rule=PaintRule.background)
    assert edit is not None
    document.apply(edit)
    assert np.array_equal(plane(document) == 2, vessel)
    assert np.array_equal(plane(document) == 1, surrounded(DIAMOND) & ~vessel)
    edit = drawn(document, rule=PaintRule.background, inverted=True)  # takes only its own label away
    assert edit is not None
    document.apply(edit)
    assert np.array_equal(plane(document) == 2, vessel)
    assert not (plane(document) == 1).any()


def test_an_outline_stays_in_its_plane() -> None:
    document = blank_document(slices=5)
    for where in (Plane(0, 3), Plane(1, 7), Plane(2, 11)):
        edit = drawn(document, ((0.5, 0.5), (0.5, 4.5), (4.5, 4.5), (4.5, 0.5)), plane=where)
        assert edit is not None
        document.apply(edit)
        touched = np.flatnonzero(document.mask.voxels.any(axis=tuple(one for one in range(3) if one != where.axis)))
        assert touched.tolist() == [where.index]
        document.undo()


@pytest.mark.parametrize("tool", [Lasso, Polygon])
def test_a_gesture_that_is_given_up_leaves_nothing(tool: Any) -> None:
    document = blank_document()
    made = tool(scene_of(document), OutlineOptions())
    for point in DIAMOND:
        made.press(at(*point))
        made.move(at(*point))
    made.cancel()
    assert made.pending is None
    assert not made.is_open
    assert not plane(document).any()
    assert not document.history.groups


def test_a_press_without_a_drag_encloses_nothing() -> None:
    document = blank_document()
    assert drawn(document, ((5.0, 5.0),)) is None
    assert drawn(document, ((5.0, 5.0), (9.0, 9.0))) is None


# ── the polygon's points ─────────────────────────────────────────────────────────────────────────────────────────────


def polygon(document: Document, *points: tuple[float, float]) -> Polygon:
    made = Polygon(scene_of(document), OutlineOptions())
    for point in points:
        made.press(at(*point))
        assert made.release(at(*point)) is None
    return made


def test_a_polygon_stays_open_when_the_button_is_up_and_closes_on_its_first_point() -> None:
    document = blank_document()
    made = polygon(document, *DIAMOND)
    assert made.is_open
    made.press(at(2.2, 10.3))  # as near as the hand has to be
    edit = made.release(at(2.2, 10.3))
    assert isinstance(edit, MaskEdit)
    assert not made.is_open
    document.apply(edit)
    assert np.array_equal(plane(document) == 1, surrounded(DIAMOND))


def test_a_point_that_is_dragged_is_moved_and_not_set_twice() -> None:
    document = blank_document()
    made = polygon(document, *DIAMOND[:3], (4.0, 4.0))
    made.press(at(4.1, 4.1))
    made.move(at(8.0, 3.0))
    assert made.release(at(10.0, 2.0)) is None
    made.press(at(*DIAMOND[0]))  # the first one too, and that closes nothing
    made.move(at(0.0, 10.0))
    assert made.release(at(0.0, 10.0)) is None
    edit = made.key(TAKE)
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert np.array_equal(plane(document) == 1, surrounded(((0.0, 10.0), *DIAMOND[1:])))


def test_backspace_takes_the_last_point_back_until_none_is_left() -> None:
    made = polygon(blank_document(), *DIAMOND)
    for left in (3, 2, 1):
        preview = made.key(BACK)
        assert preview is not None
        handles = next(shape for shape in preview.shapes if shape.kind == "handles")  # type: ignore[union-attr]
        assert len(handles.points) == left
    assert made.key(BACK) is None
    assert not made.is_open


def test_two_points_enclose_nothing_so_that_enter_waits_for_a_third() -> None:
    made = polygon(blank_document(), *DIAMOND[:2])
    assert made.key(TAKE) is not None
    assert made.is_open


def test_an_open_polygon_shows_where_the_next_line_would_run() -> None:
    made = polygon(blank_document(), *DIAMOND[:2])
    shown = made.hover(at(12.0, 9.0)).shapes
    assert any(shape.points == (DIAMOND[1], (12.0, 9.0)) for shape in shown)
    assert any(shape.kind == "dashed" and shape.points == ((12.0, 9.0), DIAMOND[0]) for shape in shown)


def test_a_very_large_outline_is_filled_as_work_on_what_the_mask_was() -> None:
    document = blank_document(1200, 1200)
    made = Lasso(scene_of(document), OutlineOptions())
    made.press(at(1.0, 1.0))
    for point in ((1.0, 1199.0), (1199.0, 1199.0), (1199.0, 1.0)):
        made.move(at(*point))
    work = made.release(at(1199.0, 1.0))
    assert isinstance(work, Work)
    edit = work.run()
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert document.counts() == {1: 1198 * 1198}


def test_the_hint_says_what_ctrl_would_do() -> None:
    scene = scene_of(blank_document())
    for tool in (Lasso, Polygon):
        assert "Ctrl removes" in str(tool.hint(scene, OutlineOptions(), False))
        assert "while Ctrl is held" in str(tool.hint(scene, OutlineOptions(), True))
        assert tool.cursor(OutlineOptions(), scene).kind == "cross"


def test_an_outline_on_a_large_plane_costs_what_it_surrounds() -> None:
    assert bounds(((5.2, 6.1), (9.9, 6.1), (9.9, 8.0)), (16384, 16384)) == Rect(5, 6, 10, 8)
