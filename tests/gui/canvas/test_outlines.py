"""Outlines under a real hand: they stay open, close, are taken back and given up; drawn crisply and nowhere else."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.canvas.hand import CTRL, LEFT, MIDDLE, NOTHING, document_of, drag, move, place, ramp, screen, wheel
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.tools import Brush, Lasso, LineCorrection, Livewire, Measure, Polygon, Preview
from urwkv_desktop.editing.tools.inside import bounds, inside
from urwkv_desktop.editing.tools.tool import NOTHING as NO_PREVIEW
from urwkv_desktop.editing.work import Work, never
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import Geometry, ImagePoint, SpacingKind

CORNERS = ((10.0, 10.0), (10.0, 50.0), (50.0, 50.0), (50.0, 10.0))


def shown(view: CanvasView, *, geometry: Geometry | None = None, mask: int = 0) -> Document:
    document = document_of(ramp(), geometry=geometry, mask=np.full((1, 64, 64), mask, np.uint8))
    view.show_document(document)
    return document


def click(view: CanvasView, *at: float, held: Qt.KeyboardModifier = NOTHING) -> None:
    move(view, place(view, *at), held=held)
    QTest.mouseClick(view, LEFT, held, place(view, *at))


def covered(view: CanvasView, corners: tuple[tuple[float, float], ...] = CORNERS) -> np.ndarray[tuple[int, int],
                                                                                                np.dtype[np.bool_]]:
    """What an outline through the widget's whole pixels covers."""
    spots = [view.transform.to_image(place(view, *at).x(), place(view, *at).y()) for at in corners]
    points = [(spot.row, spot.column) for spot in spots]
    found, rect = np.zeros((64, 64), bool), bounds(points, (64, 64))
    found[rect.index] = inside(points, rect)
    return found


def test_clicks_and_a_double_click_make_one_exact_edit_of_a_polygon(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Polygon)
    for corner in CORNERS:
        click(view, *corner)
        assert view.is_open
        assert not document.history.groups
    QTest.mouseDClick(view, LEFT, NOTHING, place(view, *CORNERS[-1]))
    assert not view.is_busy
    assert np.array_equal(document.mask.voxels[0] == 1, covered(view))
    assert len(document.history.groups) == 1


def test_enter_closes_an_open_polygon_and_has_nothing_to_close_otherwise(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Polygon)
    assert not view.take_gesture()
    for corner in CORNERS:
        click(view, *corner)
    assert view.take_gesture()
    assert np.array_equal(document.mask.voxels[0] == 1, covered(view))
    assert not view.take_gesture()


def test_a_click_on_the_first_point_closes(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Polygon)
    for corner in (*CORNERS, CORNERS[0]):
        click(view, *corner)
    assert not view.is_busy
    assert np.array_equal(document.mask.voxels[0] == 1, covered(view))


def test_escape_gives_an_open_polygon_up_and_leaves_no_line_on_the_screen(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Polygon)
    move(view, place(view, 30, 30))
    clean = screen(view)
    for corner in CORNERS:
        click(view, *corner)
    move(view, place(view, 30, 30))
    assert not np.array_equal(screen(view), clean)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.is_busy
    assert np.array_equal(screen(view), clean)
    assert not document.history.groups


def test_backspace_takes_points_back_one_by_one(view: CanvasView) -> None:
    shown(view)
    view.set_tool(Polygon)
    assert not view.step_back()
    for corner in CORNERS[:2]:
        click(view, *corner)
    assert view.step_back()
    assert view.is_open
    assert view.step_back()
    assert not view.is_busy


def test_the_view_may_be_zoomed_and_panned_while_a_polygon_is_open(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Polygon)
    wanted = covered(view)
    for corner in CORNERS[:2]:
        click(view, *corner)
    wheel(view, 1, place(view, 32, 32))
    drag(view, [place(view, 32, 32), place(view, 34, 30)], button=MIDDLE)
    assert view.is_open
    for corner in CORNERS[2:]:
        click(view, *corner)
    view.take_gesture()
    different = (document.mask.voxels[0] == 1) != wanted
    assert different.sum() <= 8  # the same but for the widget's whole pixels
    assert document.mask.voxels[0, 30, 30] == 1


def test_a_slice_is_not_turned_under_an_open_polygon(view: CanvasView) -> None:
    view.show_document(document_of(ramp(5)))
    view.set_tool(Polygon)
    click(view, 10, 10)
    view.set_slice(4)
    assert view.plane.index == 2


def test_ctrl_at_the_first_point_removes(view: CanvasView) -> None:
    document = shown(view, mask=1)
    view.set_tool(Polygon)
    click(view, *CORNERS[0], held=CTRL)
    for corner in CORNERS[1:]:
        click(view, *corner)
    view.take_gesture()
    assert np.array_equal(document.mask.voxels[0] == 0, covered(view))


def test_a_drag_of_the_lasso_is_one_exact_edit(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Lasso)
    drag(view, [place(view, *corner) for corner in CORNERS])
    assert np.array_equal(document.mask.voxels[0] == 1, covered(view))
    document.undo()
    assert not document.mask.voxels.any()


@pytest.mark.parametrize("tool", [Lasso, LineCorrection, Polygon, Livewire])
def test_every_outline_can_be_drawn_with_arrow_keys_and_space(view: CanvasView, tool: type[Polygon]) -> None:
    band = np.zeros((1, 64, 64), np.uint8)
    band[:, 22:42, 24:] = 1
    document = document_of(ramp(), mask=band)
    view.show_document(document)
    view.set_tool(tool)
    keys, holds = Qt.Key, tool in (Lasso, LineCorrection)
    ten = Qt.KeyboardModifier.ShiftModifier
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    for _ in range(3):  # the first shows the cursor, in the middle
        QTest.keyClick(view, keys.Key_Up, ten)
    if holds:
        QTest.keyPress(view, keys.Key_Space)
    for key in (keys.Key_Down, keys.Key_Down, keys.Key_Down, keys.Key_Left, keys.Key_Up, keys.Key_Up, keys.Key_Up):
        if not holds:
            QTest.keyClick(view, keys.Key_Space)
        QTest.keyClick(view, key, ten)
    if holds:
        QTest.keyRelease(view, keys.Key_Space)
    else:
        view.take_gesture()
    assert not view.is_busy
    assert len(document.history.groups) == 1


def test_lines_are_painted_where_they_are_and_nowhere_else(view: CanvasView) -> None:
    shown(view)
    view.set_tool(Polygon)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    clean = screen(view)
    click(view, 10, 10)
    click(view, 10, 50)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    different = np.argwhere((screen(view) != clean).any(axis=2))
    low, high = different.min(axis=0), different.max(axis=0)
    first, last = place(view, 10, 10), place(view, 10, 50)
    assert first.y() - 20 <= low[0]
    assert high[0] <= last.y() + 20
    assert first.x() - 20 <= low[1]
    assert high[1] <= last.x() + 20


def test_what_was_drawn_is_the_same_whether_it_came_point_by_point_or_at_once(view: CanvasView) -> None:
    shown(view)
    view.set_tool(Lasso)
    path = [place(view, 32 + 20 * np.sin(t / 9), 32 + 25 * np.cos(t / 7)) for t in range(140)]
    drag(view, path, release=False)
    pieced = screen(view)
    view.update()
    assert np.array_equal(screen(view), pieced)


def test_a_wire_that_turns_with_the_hand_leaves_nothing_of_the_ways_it_had_before(view: CanvasView) -> None:
    grain = np.random.default_rng(1).integers(0, 200, (1, 200, 200)).astype(np.uint8)
    view.show_document(document_of(grain))
    view.set_tool(Livewire)
    click(view, 100, 20)
    for row, column in ((40, 120), (60, 190), (150, 180), (100, 60), (98, 64), (180, 100)):
        move(view, place(view, row, column))
        followed = screen(view)
        view.update()
        assert np.array_equal(screen(view), followed)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    given_up = screen(view)
    view.update()
    assert np.array_equal(screen(view), given_up)


def test_enter_is_held_until_the_last_edit_is_acknowledged(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Polygon)
    for corner in CORNERS:
        click(view, *corner)
    view.may_paint = lambda: False
    assert view.take_gesture()
    assert not document.history.groups
    view.may_paint = lambda: True
    view.try_release()
    assert np.array_equal(document.mask.voxels[0] == 1, covered(view))


def test_a_measurement_is_shown_while_it_is_drawn_and_stays_until_it_is_undone(view: CanvasView) -> None:
    geometry = Geometry.picture(row_spacing=0.5, column_spacing=0.5, kind=SpacingKind.calibrated)
    document = shown(view, geometry=geometry)
    view.set_tool(Measure)
    start, end = place(view, 20, 10), place(view, 20, 50)
    drag(view, [start, end], release=False)
    assert str(view.hint) == "20.0 mm"
    QTest.mouseRelease(view, LEFT, NOTHING, end)
    assert [figure.words for figure in view.figures] == ["20.0 mm"]
    assert not document.mask.voxels.any()
    document.undo()
    assert not view.figures
    document.redo()
    assert len(view.figures) == 1


def test_without_a_spacing_a_measurement_is_in_pixels_and_ctrl_measures_an_area(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Measure)
    drag(view, [place(view, *corner) for corner in CORNERS], held=CTRL)
    (edit,) = document.history.measures
    assert edit.kind == "area"
    assert view.figures[0].words.endswith("px²")


def test_a_measurement_needs_no_visible_mask(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Measure)
    view.mask_visible = False
    drag(view, [place(view, 20, 10), place(view, 20, 50)])
    assert len(document.history.measures) == 1
    assert not view.mask_visible


def test_a_measurement_is_shown_in_its_own_slice_only(view: CanvasView) -> None:
    view.show_document(document_of(ramp(5)))
    view.set_tool(Measure)
    drag(view, [place(view, 20, 10), place(view, 20, 50)])
    assert view.figures
    view.set_slice(3)
    assert not view.figures
    view.set_slice(2)
    assert view.figures


class Slow(Brush):
    """Hands its edit over as Work, as a tool does that takes long."""

    def release(self, at: ImagePoint) -> Work | None:
        edit = super().release(at)
        return None if edit is None else Work(self.name, lambda stop=never: edit)


class Guess(Brush):
    """Shows before a press what a press would do."""

    hovers = True

    def hover(self, to: ImagePoint) -> Preview:
        shown = self.press(to)
        return Preview(shown.rect, shown.labels, is_whole=True)


def test_what_takes_long_is_handed_over_and_the_gesture_is_at_its_end(view: CanvasView) -> None:
    document = shown(view)
    taken: list[Work] = []
    view.on_work = taken.append
    view.set_tool(Slow)
    drag(view, [place(view, 20, 20)])
    assert not view.is_busy
    assert not document.history.groups
    (work,) = taken
    edit = work.run()
    assert edit is not None


def test_a_hovering_tool_shows_what_a_press_would_do_here_and_nothing_of_before(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Guess)
    move(view, place(view, 50, 50))
    there = screen(view)
    move(view, place(view, 20, 20))
    assert not np.array_equal(screen(view), there)
    move(view, place(view, 50, 50))
    assert np.array_equal(screen(view), there)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    view.set_tool(None)
    assert not document.mask.voxels.any()
    assert NO_PREVIEW.rect.is_empty


def pen(view: CanvasView, kind: QEvent.Type, at: tuple[float, float], pressure: float) -> None:
    spot = QPointF(place(view, *at))
    device = QPointingDevice("pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
                             QInputDevice.Capability.Pressure, 1, 1)
    down = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletRelease else LEFT
    event = QTabletEvent(kind, device, spot, QPointF(view.mapToGlobal(spot.toPoint())), pressure, 0.0, 0.0, 0.0, 0.0,
                         0.0, NOTHING, LEFT, down)
    QApplication.sendEvent(view, event)


def test_a_pen_s_pressure_reaches_the_tool_and_a_mouse_presses_fully_afterwards(view: CanvasView) -> None:
    document = shown(view)
    view.set_tool(Brush, Brush.Options(size=20.0, by_pressure=True))
    sizes = []
    for pressure in (0.3, 0.9):
        pen(view, QEvent.Type.TabletPress, (30, 30), pressure)
        drag(view, [place(view, 30, 30)])
        pen(view, QEvent.Type.TabletRelease, (30, 30), 0.0)
        sizes.append(int(document.mask.voxels.sum()))
        document.undo()
    drag(view, [place(view, 30, 30)])
    sizes.append(int(document.mask.voxels.sum()))
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[1] < sizes[2]
