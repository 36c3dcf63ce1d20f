"""Line correction: what a drawn line cuts off, pixel by pixel."""

from dataclasses import replace
from typing import Any

import numpy as np

from tests.editing.scenes import LABELS, at, blank_document, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.tools.line_correction import LineCorrection, LineCorrectionOptions
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Labels, Plane, Rect

SQUARE = Rect(5, 5, 15, 15)


def square(labels: Labels = LABELS, size: int = 20) -> Document:
    document = blank_document(size, size, labels=labels)
    document.mask.voxels[0][SQUARE.index] = 1
    return document


def corrected(document: Document, *line: tuple[float, float], inverted: bool = False, **scene: Any) -> MaskEdit | None:
    tool = LineCorrection(scene_of(document, **scene), LineCorrectionOptions(), inverted=inverted)
    tool.press(at(*line[0]))
    for point in line[1:]:
        tool.move(at(*point))
    edit = tool.release(at(*line[-1]))
    if isinstance(edit, Work):
        made = edit.run()
        assert made is None or isinstance(made, MaskEdit)
        return made
    assert edit is None or isinstance(edit, MaskEdit)
    return edit


def after(document: Document, *line: tuple[float, float], inverted: bool = False, **scene: Any) -> np.ndarray[Any, Any]:
    edit = corrected(document, *line, inverted=inverted, **scene)
    if edit is not None:
        document.apply(edit)
    return document.mask.voxels[0].copy()


def block(*rects: Rect, size: int = 20) -> np.ndarray[Any, Any]:
    plane = np.zeros((size, size), np.uint8)
    for rect in rects:
        plane[rect.index] = 1
    return plane


def test_a_line_through_a_label_cuts_its_smaller_part_off() -> None:
    assert np.array_equal(after(square(), (2.0, 8.0), (18.0, 8.0)), block(Rect(5, 8, 15, 15)))


def test_ctrl_keeps_the_smaller_part() -> None:
    assert np.array_equal(after(square(), (2.0, 8.0), (18.0, 8.0), inverted=True), block(Rect(5, 5, 15, 8)))


def test_a_line_outside_of_a_label_adds_the_bay_between_them() -> None:
    found = after(square(), (7.5, 13.0), (7.0, 18.0), (12.0, 18.0), (11.5, 13.0))
    # Rows whose middle lies between the line's upper and lower arm, up to column 18.
    assert np.array_equal(found, block(SQUARE, Rect(7, 15, 12, 18)))


def test_a_centre_on_the_line_belongs_to_one_side_only_and_the_cut_does_not_leak() -> None:
    for column in (8.5, 8.50001, 8.49999):
        found = after(square(), (2.5, column), (18.5, column))
        assert (found[:, 5:8] == 0).all()
        assert (found[5:15, 9:15] == 1).all()
        assert len(set(found[5:15, 8].tolist())) == 1
    diagonal = after(square(), (4.5, 6.5), (14.5, 16.5))  # through the centres of a whole diagonal
    assert diagonal[5, 14] == 0
    assert diagonal[14, 5] == 1


def test_a_line_that_winds_in_and_out_adds_and_removes() -> None:
    found = after(square(), (4.0, 13.0), (8.0, 13.0), (8.0, 18.0), (12.0, 18.0), (12.0, 14.0))
    assert np.array_equal(found, block(Rect(8, 5, 15, 15), Rect(5, 5, 8, 13), Rect(8, 15, 12, 18)))


def test_a_line_that_does_not_lead_from_outline_to_outline_does_nothing() -> None:
    for line in (((2.0, 2.0), (18.0, 2.0)), ((7.0, 7.0), (12.0, 12.0)), ((2.0, 8.0), (10.0, 8.0)),
                 ((10.0, 10.0), (10.0, 18.0), (12.0, 18.0))):
        assert corrected(square(), *line) is None


def test_a_line_that_misses_the_outline_by_less_than_a_hand_s_grip_reaches_it() -> None:
    line = (6.5, 8.0), (13.5, 8.0)  # inside of it by 1.5 pixels at both ends
    assert corrected(square(), *line) is None
    document = square()
    tool = LineCorrection(replace(scene_of(document), grip=lambda: 2.0), LineCorrectionOptions())
    tool.press(at(*line[0]))
    edit = tool.release(at(*line[1]))
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert np.array_equal(document.mask.voxels[0], block(Rect(5, 8, 15, 15)))


def test_a_loop_in_the_middle_of_a_label_is_no_hole() -> None:
    assert corrected(square(), (8.0, 8.0), (8.0, 12.0), (12.0, 12.0), (12.0, 8.0), (7.0, 8.0)) is None


def test_a_hairpin_cuts_nothing() -> None:
    assert corrected(square(), (2.0, 8.2), (18.0, 8.2), (2.0, 8.3)) is None


def test_a_hole_that_a_line_crosses_loses_its_smaller_part() -> None:
    document = square()
    document.mask.voxels[0, 8:12, 7:13] = 0
    found = after(document, (7.2, 9.0), (12.8, 9.0))
    assert (found[8:12, 7:9] == 1).all()
    assert (found[8:12, 9:13] == 0).all()


def test_undo_restores_and_giving_up_leaves_nothing() -> None:
    document = square()
    before = document.mask.voxels.copy()
    after(document, (2.0, 8.0), (18.0, 8.0))
    document.undo()
    assert np.array_equal(document.mask.voxels, before)
    tool = LineCorrection(scene_of(document), LineCorrectionOptions())
    tool.press(at(2, 8))
    tool.move(at(18, 8))
    tool.cancel()
    assert tool.pending is None
    assert np.array_equal(document.mask.voxels, before)


def test_locks_and_paint_rules_hold() -> None:
    locked = Labels((replace(LABELS.items[0], locked=True), LABELS.items[1]))
    assert corrected(square(locked), (2.0, 8.0), (18.0, 8.0)) is None
    document = square()
    document.mask.voxels[0, 5:15, 15:17] = 2
    bay = (7.5, 13.0), (7.0, 18.0), (12.0, 18.0), (11.5, 13.0)
    found = after(document, *bay, rule=PaintRule.background)
    assert (found[5:15, 15:17] == 2).all()
    assert (found[7:12, 17] == 1).all()
    document.undo()
    assert (after(document, *bay)[7:12, 15:18] == 1).all()


def test_only_what_the_line_touches_changes() -> None:
    document = square()
    document.mask.voxels[0, 17:19, 17:19] = 1
    document.mask.voxels[0, 0:2, 0:2] = 2
    found = after(document, (2.0, 8.0), (18.0, 8.0))
    assert (found[17:19, 17:19] == 1).all()
    assert (found[0:2, 0:2] == 2).all()


def test_a_label_at_the_image_s_edge_is_cut_like_any_other() -> None:
    document = blank_document()
    document.mask.voxels[0, :, :10] = 1
    assert np.array_equal(after(document, (-3.0, 3.0), (23.0, 3.0)), block(Rect(0, 3, 20, 10)))


def test_a_large_label_is_corrected_as_work_to_the_same_pixels() -> None:
    document = blank_document(600, 600)
    document.mask.voxels[0, 50:550, 50:550] = 1
    tool = LineCorrection(scene_of(document), LineCorrectionOptions())
    tool.press(at(40.0, 500.0))
    work = tool.release(at(560.0, 500.0))
    assert isinstance(work, Work)
    edit = work.run()
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert np.array_equal(document.mask.voxels[0], block(Rect(50, 50, 550, 500), size=600))


def test_it_corrects_any_plane_of_a_volume() -> None:
    document = blank_document(12, 12, 12)
    document.mask.voxels[2:10, 5, 2:10] = 1
    edit = corrected(document, (0.0, 4.0), (12.0, 4.0), plane=Plane(1, 5))
    assert edit is not None
    document.apply(edit)
    assert (document.mask.voxels[2:10, 5, 4:10] == 1).all()
    assert document.counts() == {1: 48}
