"""A stroke: taken at the press, shown as it will be, one edit at the release, nothing where it was given up."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import CTRL, LABELS, LEFT, NOTHING, colour_at, document_of, drag, move, place, ramp, screen
from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.tools import Brush, Eraser
from urwkv_desktop.editing.tools.capsule import swept
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import Label, Labels


def test_a_drag_of_the_brush_is_one_exact_edit(view: CanvasView) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=5.0))
    points = [place(view, 20, 10), place(view, 30, 50), place(view, 40, 20)]
    drag(view, points)
    wanted = np.zeros((64, 64), bool)
    spots = [view.transform.to_image(point.x(), point.y()) for point in points]
    for start, end in itertools.pairwise(spots):
        rect, covered = swept(start, end, 5.0, "disc", (64, 64))
        wanted[rect.index] |= covered
    assert np.array_equal(document.mask.voxels[0] == 1, wanted)
    assert len(document.history.groups) == 1


def test_the_mask_is_untouched_until_the_release_and_shown_all_the_while(view: CanvasView) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=9.0))
    before = colour_at(view, 30, 25)
    drag(view, [place(view, 30, 20), place(view, 30, 40)], release=False)
    assert not document.mask.voxels.any()
    assert colour_at(view, 30, 25) != before
    assert view.is_busy
    shown = screen(view)
    QTest.mouseRelease(view, LEFT, NOTHING, place(view, 30, 40))
    assert not view.is_busy
    assert document.mask.voxels.any()
    assert np.array_equal(screen(view), shown)


def test_ctrl_turns_the_brush_into_an_eraser_and_the_eraser_into_a_brush(view: CanvasView) -> None:
    document = document_of(ramp(), mask=np.ones((1, 64, 64), np.uint8))
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=7.0))
    drag(view, [place(view, 30, 30)], held=CTRL)
    assert document.mask.voxels[0, 30, 30] == 0
    view.set_tool(Eraser, Eraser.Options(size=7.0))
    drag(view, [place(view, 30, 30)], held=CTRL)
    assert document.mask.voxels[0, 30, 30] == 1


def test_escape_gives_the_stroke_up(view: CanvasView, qtbot: QtBot) -> None:
    document = document_of(ramp())
    view.show_document(document)
    clean = screen(view)
    view.set_tool(Brush)
    drag(view, [place(view, 30, 30), place(view, 30, 40)], release=False)
    with qtbot.waitSignal(view.strokeEnded):
        QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, LEFT, NOTHING, place(view, 30, 40))
    assert not document.mask.voxels.any()
    assert not document.history.can_undo
    view.set_tool(None)
    assert np.array_equal(screen(view), clean)


def test_the_first_press_on_a_hidden_mask_shows_it_and_paints_nothing(view: CanvasView) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush)
    view.mask_visible = False
    drag(view, [place(view, 30, 30), place(view, 30, 40)])
    assert view.mask_visible
    assert not document.mask.voxels.any()
    drag(view, [place(view, 30, 30), place(view, 30, 40)])
    assert document.mask.voxels.any()


def test_a_hidden_label_and_a_read_only_case_are_refused_and_the_pointer_says_so(view: CanvasView) -> None:
    hidden = Labels((replace(LABELS.items[0], visible=False),))
    for document in (document_of(ramp(), labels=hidden), document_of(ramp())):
        document.is_writable = document.labels is hidden
        view.show_document(document)
        view.set_tool(Brush)
        drag(view, [place(view, 30, 30), place(view, 30, 40)])
        assert not document.mask.voxels.any()
        assert view.cursor().shape() == Qt.CursorShape.ForbiddenCursor


def test_a_release_is_held_until_the_last_edit_is_acknowledged(view: CanvasView, qtbot: QtBot) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=5.0))
    acknowledged = False
    view.may_paint = lambda: acknowledged
    drag(view, [place(view, 10, 10), place(view, 10, 20)])
    assert view.is_busy
    assert not document.mask.voxels.any()
    acknowledged = True
    qtbot.waitUntil(lambda: not view.is_busy)
    assert document.mask.voxels[0, 10, 15] == 1


def test_strokes_that_come_while_one_is_held_wait_in_order(view: CanvasView, qtbot: QtBot) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=5.0))
    acknowledged = 0
    view.may_paint = lambda: len(document.history.groups) < acknowledged
    for row in (10, 30, 50):
        drag(view, [place(view, row, 10), place(view, row, 20)])
    for done in (1, 2, 3):
        acknowledged = done
        qtbot.waitUntil(lambda done=done: len(document.history.groups) == done)  # type: ignore[misc]
        assert document.mask.voxels[0, :, 15].tolist().count(1) == 5 * done
    assert not view.is_busy


def test_a_held_stroke_is_kept_when_the_case_is_left_or_escape_is_pressed(view: CanvasView) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=5.0))
    view.may_paint = lambda: False
    drag(view, [place(view, 10, 10), place(view, 10, 20)])
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert document.mask.voxels[0, 10, 15] == 1
    drag(view, [place(view, 30, 10), place(view, 30, 20)])
    drag(view, [place(view, 50, 10), place(view, 50, 20)])
    view.show_document(document_of(ramp()))
    assert document.mask.voxels[0, :, 15].tolist().count(1) == 15
    assert len(document.history.groups) == 3


def test_started_and_ended_are_told_in_pairs(view: CanvasView, qtbot: QtBot) -> None:
    told: list[str] = []
    view.strokeStarted.connect(lambda: told.append("started"))
    view.strokeEnded.connect(lambda: told.append("ended"))
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush)
    may = False
    view.may_paint = lambda: may
    drag(view, [place(view, 10, 10)])
    drag(view, [place(view, 40, 40)])
    may = True
    qtbot.waitUntil(lambda: not view.is_busy)
    drag(view, [place(view, 40, 10)], release=False)
    view.cancel_gesture()
    assert told == ["started", "ended"] * 3


def test_another_case_gives_the_stroke_up(view: CanvasView) -> None:
    first, second = document_of(ramp()), document_of(ramp())
    view.show_document(first)
    view.set_tool(Brush)
    drag(view, [place(view, 30, 30), place(view, 30, 40)], release=False)
    view.show_document(second)
    QTest.mouseRelease(view, LEFT, NOTHING, place(view, 30, 40))
    assert not first.mask.voxels.any()
    assert not second.mask.voxels.any()


def test_painting_obeys_rule_and_active_label(view: CanvasView) -> None:
    mask = np.zeros((1, 64, 64), np.uint8)
    mask[:, :, :32] = 1
    document = document_of(ramp(), mask=mask)
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=9.0))
    view.set_active_label(2)
    view.set_rule(PaintRule.background)
    drag(view, [place(view, 30.5, 32.5)])
    row = document.mask.voxels[0, 30].tolist()
    assert row[:32] == [1] * 32
    assert 4 <= row.count(2) <= 5


def test_a_change_from_elsewhere_during_a_stroke_is_neither_hidden_nor_lost(view: CanvasView) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=5.0))
    drag(view, [place(view, 30, 30)])
    drag(view, [place(view, 30, 30), place(view, 30, 45)], release=False)
    document.undo()
    QTest.mouseRelease(view, LEFT, NOTHING, place(view, 30, 45))
    stroke = document.mask.voxels.copy()
    assert stroke[0, 30, 45] == 1
    view.set_tool(None)
    kept = screen(view)
    view.show_document(document)
    assert np.array_equal(screen(view), kept)


def test_undo_and_redo_are_painted_at_once(view: CanvasView) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=15.0))
    drag(view, [place(view, 30, 30)])
    view.set_tool(None)
    painted = screen(view)
    document.undo()
    clean = screen(view)
    document.redo()
    assert np.array_equal(screen(view), painted)
    assert not np.array_equal(clean, painted)


def test_two_quick_clicks_are_two_strokes(view: CanvasView) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=5.0))
    at = place(view, 30, 30)
    QTest.mouseClick(view, LEFT, NOTHING, at)
    QTest.mouseDClick(view, LEFT, NOTHING, place(view, 30, 50))
    QTest.mouseRelease(view, LEFT, NOTHING, place(view, 30, 50))
    assert document.mask.voxels[0, 30, 30] == 1
    assert document.mask.voxels[0, 30, 50] == 1


def test_a_stroke_beside_the_image_is_no_edit(view: CanvasView) -> None:
    document = document_of(ramp(columns=16))
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=3.0))
    drag(view, [QPoint(2, 200), QPoint(8, 260)])
    assert not document.history.can_undo


def test_the_hint_says_what_ctrl_does_while_it_is_held(view: CanvasView, qtbot: QtBot) -> None:
    view.show_document(document_of(ramp()))
    view.set_tool(Brush)
    free = view.hint
    with qtbot.waitSignal(view.hintChanged):
        QTest.keyPress(view, Qt.Key.Key_Control)
    assert view.hint != free
    with qtbot.waitSignal(view.hintChanged):
        QTest.keyRelease(view, Qt.Key.Key_Control)
    assert view.hint == free


@pytest.mark.parametrize("zoom", [8.0, 3.0, 0.5])
def test_the_brush_paints_where_its_outline_is(view: CanvasView, zoom: float) -> None:
    document = document_of(ramp(rows=256, columns=256))
    view.show_document(document)
    view.zoom = zoom
    view.set_tool(Brush, Brush.Options(size=11.0))
    at = place(view, 128, 128)
    move(view, at)
    drag(view, [at])
    spot = view.transform.to_image(at.x(), at.y())
    rect, covered = swept(spot, spot, 11.0, "disc", (256, 256))
    assert np.array_equal(document.mask.voxels[0][rect.index] == 1, covered)


def test_a_label_above_255_is_shown_and_painted(view: CanvasView) -> None:
    document = document_of(ramp(), labels=Labels((*LABELS.items, Label(300, "Late", "#ff0000"))))
    view.show_document(document)
    view.fill_opacity = 1.0
    view.set_active_label(300)
    view.set_tool(Brush, Brush.Options(size=21.0))
    drag(view, [place(view, 30, 30), place(view, 30, 31)])
    view.set_tool(None)
    assert document.mask.voxels[0, 30, 30] == 300
    assert colour_at(view, 30, 30) == (255, 0, 0)


def test_a_release_that_never_came_loses_no_stroke(view: CanvasView) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=5.0))
    drag(view, [place(view, 10, 10), place(view, 10, 20)], release=False)
    drag(view, [place(view, 40, 40)])
    assert document.mask.voxels[0, 10, 15]
    assert document.mask.voxels[0, 40, 40]
    assert len(document.history.groups) == 2
    assert not view.is_busy
