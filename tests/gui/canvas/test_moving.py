"""Window and level, pan, zoom, slices: what mouse and wheel do besides painting."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import (
    CTRL,
    LEFT,
    MIDDLE,
    NOTHING,
    RIGHT,
    SHIFT,
    colour_at,
    document_of,
    drag,
    move,
    place,
    ramp,
    screen,
    wheel,
)
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import Box, Geometry, Window


def test_dragging_right_widens_the_window_and_up_raises_the_level(view: CanvasView) -> None:
    view.show_document(document_of(ramp()))
    before = view.window
    drag(view, [QPoint(100, 100), QPoint(150, 100)], button=RIGHT)
    assert view.window.width > before.width
    assert view.window.centre == before.centre
    drag(view, [QPoint(100, 100), QPoint(100, 60)], button=RIGHT)
    assert view.window.centre > before.centre


def test_the_window_is_never_narrower_than_one(view: CanvasView) -> None:
    view.show_document(document_of(ramp()))
    drag(view, [QPoint(390, 100), QPoint(-4000, 100)], button=RIGHT)
    assert view.window.width == 1
    screen(view)


def test_a_window_shows_true_values(view: CanvasView) -> None:
    pixels = np.full((1, 40, 40), 1074, np.uint16)
    view.show_document(document_of(pixels, intercept=(-1024.0,), unit="HU"))
    view.window = Window(50.5, 101.0)
    assert colour_at(view, 20, 20) == (128, 128, 128)
    view.window = Window(100.5, 101.0)
    assert colour_at(view, 20, 20) == (0, 0, 0)


def test_a_double_click_right_brings_the_own_window_back(view: CanvasView) -> None:
    view.show_document(document_of(ramp().astype(np.int16), windows=(Window(40, 400),)))
    view.window = Window(1, 2)
    QTest.mouseDClick(view, RIGHT, NOTHING, QPoint(100, 100))
    assert view.window == Window(40, 400)


def test_monochrome1_and_inversion_turn_the_greys(view: CanvasView) -> None:
    view.show_document(document_of(ramp(), inverted=True))
    turned = colour_at(view, 30, 60)
    view.inverted = True
    straight = colour_at(view, 30, 60)
    assert [a + b for a, b in zip(turned, straight, strict=True)] == [255] * 3


def test_a_colour_picture_is_shown_as_it_is_and_a_window_applies_to_it(view: CanvasView) -> None:
    pixels = np.zeros((1, 40, 40, 3), np.uint8)
    pixels[...] = (200, 100, 50)
    view.show_document(document_of(pixels))
    assert colour_at(view, 20, 20) == (200, 100, 50)
    view.window = Window(100.5, 101)
    assert colour_at(view, 20, 20) == (255, 126, 0) or colour_at(view, 20, 20)[1] in (126, 127, 128)


@pytest.mark.parametrize(("slices", "held"), [(1, NOTHING), (1, CTRL), (5, CTRL)])
def test_the_wheel_zooms_to_the_pointer(view: CanvasView, slices: int, held: Qt.KeyboardModifier) -> None:
    view.show_document(document_of(ramp(slices)))
    at = QPoint(130, 260)
    before, zoom = view.transform.to_image(130, 260), view.zoom
    wheel(view, 3, at, held)
    after = view.transform.to_image(130, 260)
    assert view.zoom == pytest.approx(zoom * 1.2**3)
    assert (after.row, after.column) == pytest.approx((before.row, before.column))


def test_the_wheel_turns_the_slices_of_a_volume(view: CanvasView, qtbot: QtBot) -> None:
    view.show_document(document_of(ramp(9)))
    assert view.plane.index == 4
    with qtbot.waitSignal(view.sliceChanged):
        wheel(view, -1)
    assert view.plane.index == 5
    for _ in range(4):
        wheel(view, 0.25)
    assert view.plane.index == 4
    wheel(view, 40)
    assert view.plane.index == 0


def test_shift_and_wheel_ask_for_another_brush_size(view: CanvasView, qtbot: QtBot) -> None:
    view.show_document(document_of(ramp(5)))
    view.set_tool(Brush, Brush.Options(size=30.0))
    with qtbot.waitSignal(view.brushSizeRequested) as asked:
        wheel(view, 1, held=SHIFT)
    assert asked.args == [33.0]
    view.set_tool(Brush, Brush.Options(size=1.0))
    with qtbot.waitSignal(view.brushSizeRequested) as asked:
        wheel(view, -1, held=SHIFT)
    assert asked.args == [1.0]
    assert view.plane.index == 2


def test_the_middle_button_pans_by_whole_pixels(view: CanvasView) -> None:
    view.show_document(document_of(ramp()))
    before = view.transform
    drag(view, [QPoint(100, 100), QPoint(117, 91), QPoint(140, 80)], button=MIDDLE)
    assert (view.transform.left, view.transform.top) == (before.left + 40, before.top - 20)
    assert view.zoom == before.zoom


def test_space_and_left_drag_pan_and_paint_nothing(view: CanvasView) -> None:
    document = document_of(ramp())
    view.show_document(document)
    view.set_tool(Brush)
    before = view.transform
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert view.cursor().shape() == Qt.CursorShape.OpenHandCursor
    drag(view, [QPoint(100, 100), QPoint(130, 100)])
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.transform.left == before.left + 30
    assert not document.mask.voxels.any()
    drag(view, [QPoint(200, 200)])
    assert document.mask.voxels.any()


def test_a_fitted_image_stays_fitted_until_the_hand_zooms(view: CanvasView) -> None:
    view.show_document(document_of(ramp()))
    assert view.zoom == 400 / 64
    view.resize(300, 300)
    assert view.zoom == 300 / 64
    view.zoom_at(2.0, view.rect().center().toPointF())
    zoom = view.zoom
    view.resize(350, 350)
    assert view.zoom == zoom
    view.fit()
    assert view.zoom == 350 / 64


def test_one_to_one_shows_each_pixel_once(view: CanvasView) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (1, 200, 200), np.uint8)
    view.show_document(document_of(pixels))
    view.one_to_one()
    extent = view.transform.extent(view.shape_on_screen.rect)
    assert (extent.width, extent.height) == (200, 200)
    assert np.array_equal(screen(view)[110:290, 110:290, 0], pixels[0, 10:190, 10:190])


def test_pixels_that_are_not_square_have_their_true_shape(view: CanvasView) -> None:
    geometry = Geometry.picture(row_spacing=2.0, column_spacing=1.0)
    view.show_document(document_of(ramp(), geometry=geometry))
    assert view.transform.zoom_rows == 2 * view.transform.zoom_columns


def test_a_volume_without_modality_is_shown_radiologically(view: CanvasView) -> None:
    nifti = Geometry.from_affine(np.diag([-1.0, -1.0, 1.0, 1.0]), 3)  # columns run to the right, rows to the front
    pixels = np.zeros((3, 40, 40), np.uint8)
    pixels[:, :20, :20] = 200
    view.show_document(document_of(pixels, geometry=nifti))
    assert view.corner_texts.sides == ("R", "A", "L", "P")
    shown = screen(view)[..., 0]
    assert shown[300, 300] == 200
    assert shown[100, 100] == 0
    view.show_document(document_of(pixels, geometry=nifti, modality="MR"))
    assert view.corner_texts.sides == ("L", "P", "R", "A")
    assert screen(view)[100, 100, 0] == 200


def test_a_stroke_on_a_mirrored_view_lands_under_the_hand(view: CanvasView) -> None:
    nifti = Geometry.from_affine(np.diag([-1.0, -1.0, 1.0, 1.0]), 3)
    document = document_of(ramp(3, 40, 40), geometry=nifti)
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=3.0))
    drag(view, [QPoint(395, 395)])
    assert document.mask.voxels[1, 0, 0] == 1
    assert document.mask.voxels[1].sum() < 9


def test_a_change_on_another_slice_brings_the_view_there(view: CanvasView) -> None:
    view.show_document(document_of(ramp(9)))
    view.reveal(Box(4, 0, 0, 5, 9, 9))
    assert view.plane.index == 4
    view.reveal(Box(7, 0, 0, 8, 9, 9))
    assert view.plane.index == 7


def test_each_slice_shows_its_own_mask(view: CanvasView) -> None:
    mask = np.zeros((3, 64, 64), np.uint8)
    mask[2] = 1
    view.show_document(document_of(ramp(3), mask=mask))
    view.fill_opacity = 1.0
    plain = colour_at(view, 30, 30)
    view.set_slice(2)
    assert colour_at(view, 30, 30) != plain
    assert colour_at(view, 30, 30) == (255, 176, 32)


def test_a_slice_is_not_left_in_the_middle_of_a_stroke(view: CanvasView) -> None:
    view.show_document(document_of(ramp(5)))
    view.set_tool(Brush)
    drag(view, [QPoint(200, 200), QPoint(220, 220)], release=False)
    wheel(view, 1)
    assert view.plane.index == 2
    QTest.mouseRelease(view, LEFT, NOTHING, QPoint(220, 220))


def test_the_pointer_says_place_value_and_millimetres(view: CanvasView, qtbot: QtBot) -> None:
    geometry = Geometry.from_affine(np.diag([0.5, 0.5, 2.0, 1.0]), 1)
    pixels = np.full((1, 40, 40), 1100, np.int16)
    view.show_document(document_of(pixels, geometry=geometry, slope=(1.0,), intercept=(-1024.0,), unit="HU"))
    with qtbot.waitSignal(view.pointerMoved):
        move(view, place(view, 12.5, 30.5))
    pointer = view.pointer
    assert pointer is not None
    assert (pointer.row, pointer.column, pointer.value) == (12, 30, "76 HU")
    assert pointer.millimetres.endswith("mm")
    view.fit()
    view.zoom = 1.0
    move(view, QPoint(3, 3))
    assert view.pointer is None
