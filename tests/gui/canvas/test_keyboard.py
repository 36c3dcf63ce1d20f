"""Painting without a mouse."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.canvas.hand import CTRL, SHIFT, document_of, drag, move, place, ramp
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import Geometry


def ready(view: CanvasView) -> None:
    view.show_document(document_of(ramp()))
    view.set_tool(Brush, Brush.Options(size=1.0))


def test_the_first_arrow_shows_the_cursor_and_the_next_ones_move_it(view: CanvasView) -> None:
    ready(view)
    QTest.keyClick(view, Qt.Key.Key_Right)
    first = view.pointer
    assert first is not None
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    second = view.pointer
    assert second is not None
    assert (second.row, second.column) == (first.row + 10, first.column + 1)


def test_space_is_the_left_button_while_the_cursor_is_shown(view: CanvasView) -> None:
    ready(view)
    document = view.document
    assert document is not None
    QTest.keyClick(view, Qt.Key.Key_Right)
    start = view.pointer
    assert start is not None
    QTest.keyPress(view, Qt.Key.Key_Space)
    for _ in range(5):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert not document.mask.voxels.any()
    QTest.keyRelease(view, Qt.Key.Key_Space)
    painted = np.argwhere(document.mask.voxels[0])
    assert painted.tolist() == [[start.row, start.column + n] for n in range(6)]
    QTest.keyPress(view, Qt.Key.Key_Space, CTRL)
    QTest.keyRelease(view, Qt.Key.Key_Space, CTRL)
    assert document.mask.voxels.sum() == 5
    assert len(document.history.groups) == 2


def test_the_mouse_takes_over_again(view: CanvasView) -> None:
    ready(view)
    QTest.keyClick(view, Qt.Key.Key_Right)
    move(view, place(view, 5.5, 6.5))
    assert view.pointer is not None
    assert (view.pointer.row, view.pointer.column) == (5, 6)
    before = view.transform
    QTest.keyPress(view, Qt.Key.Key_Space)
    drag(view, [QPoint(100, 100), QPoint(120, 100)])
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.transform.left == before.left + 20


def test_the_cursor_stays_on_the_image_and_the_view_follows_it(view: CanvasView) -> None:
    ready(view)
    view.zoom = 20.0
    for _ in range(12):
        QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
        QTest.keyClick(view, Qt.Key.Key_Up, SHIFT)
    assert view.pointer is not None
    assert (view.pointer.row, view.pointer.column) == (0, 0)
    spot = place(view, 0.5, 0.5)
    assert view.rect().contains(spot)


def test_up_is_up_on_a_mirrored_view_too(view: CanvasView) -> None:
    nifti = Geometry.from_affine(np.diag([-1.0, -1.0, 1.0, 1.0]), 3)
    view.show_document(document_of(ramp(3), geometry=nifti))
    QTest.keyClick(view, Qt.Key.Key_Up)
    first = view.pointer
    QTest.keyClick(view, Qt.Key.Key_Up)
    second = view.pointer
    assert first is not None
    assert second is not None
    assert second.row == first.row + 1


def test_losing_the_focus_ends_what_space_began(view: CanvasView) -> None:
    ready(view)
    document = view.document
    assert document is not None
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyPress(view, Qt.Key.Key_Space)
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut))  # a screen without a window manager sends none
    assert not view.is_busy
    assert document.mask.voxels.sum() == 1


def test_a_mouse_that_moves_ends_what_space_began_and_loses_nothing(view: CanvasView) -> None:
    ready(view)
    document = view.document
    assert document is not None
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyPress(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Right)
    move(view, place(view, 5.5, 6.5))
    assert not view.is_busy
    assert document.mask.voxels.sum() == 2
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert len(document.history.groups) == 1
