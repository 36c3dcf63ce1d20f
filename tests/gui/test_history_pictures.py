"""The history as small pictures: where they stand, what they show, and that a press goes there."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.editing.scenes import blank_document, paint
from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.editing.edits import StatusEdit
from urwkv_desktop.gui.history_moments import moments_of, shown_rect
from urwkv_desktop.gui.panels.history_pictures import SIDE
from urwkv_desktop.imaging import Plane, Rect, Status


def test_a_few_places_are_pictured_evenly_from_the_first_to_the_newest() -> None:
    document = blank_document(40, 40)
    assert moments_of(document) == (0,)
    for row in range(4, 36, 4):
        paint(document, row + 0.5)
    document.apply(StatusEdit(Status.accepted))
    assert moments_of(document) == (0, 3, 5, 8)


def test_the_picture_shows_what_was_drawn_and_something_around_it() -> None:
    document = blank_document(100, 100)
    assert shown_rect(document, Plane(0, 0)) == Rect(0, 0, 100, 100)
    paint(document, 50.5)
    rect = shown_rect(document, Plane(0, 0))
    assert rect.height == rect.width < 30
    reach = document.history.reach
    assert (rect.top < reach.j0, rect.bottom > reach.j1, rect.left < reach.i0, rect.right > reach.i1) == (True,) * 4


def test_pictures_stand_under_the_slider_and_a_press_goes_there(open_window: Callable[..., Opened]) -> None:
    opened = open_window()
    opened.session.open_case(4)
    document = opened.session.document
    assert document is not None
    pictures = opened.window.workspace.inspector.history.pictures
    assert not pictures.isVisible()
    for row in (40, 50):
        paint(document, row)
    wait_until(lambda: len(pictures.buttons) == 3)
    assert pictures.isVisible()
    assert [button.accessibleName() for button in pictures.buttons] == ["Prediction", "Brush", "Brush"]
    first = pictures.buttons[0].moment.picture.toImage()
    colours = {first.pixelColor(x, y).getRgb()[:3] for x in range(0, 2 * SIDE, 3) for y in range(0, 2 * SIDE, 3)}
    assert any(red > green > blue for red, green, blue in colours)  # the label's orange
    QTest.mouseClick(pictures.buttons[0], Qt.MouseButton.LeftButton)
    assert document.history.position == 1
    assert np.count_nonzero(document.mask.voxels) == 100
    wait_until(lambda: pictures.buttons[0]._is_now)


def test_pictures_give_way_where_there_is_no_room(open_window: Callable[..., Opened]) -> None:
    opened = open_window()
    opened.session.open_case(4)
    document = opened.session.document
    assert document is not None
    paint(document, 40)
    moments = opened.window.moments
    assert moments._has_room()
    inspector = opened.window.workspace.inspector
    inspector.labels.setMinimumHeight(inspector.height())
    assert not moments._has_room()
