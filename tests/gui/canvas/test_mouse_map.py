"""The canvas obeys the key map's mouse."""

import pytest
from PySide6.QtCore import QPoint

from tests.gui.canvas.hand import ALT, CTRL, LEFT, NOTHING, RIGHT, SHIFT, document_of, drag, place, ramp, wheel
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.gui.key_table import read_map
from urwkv_desktop.workflow import find_places

FOLDER = find_places().resources / "keymaps"


def ready(view: CanvasView, name: str, *, slices: int = 1, with_tool: bool = True) -> None:
    view.mouse = read_map(FOLDER, name).mouse
    view.show_document(document_of(ramp(slices)))
    view.set_tool(Brush if with_tool else None, Brush.Options(size=5.0) if with_tool else None)


def test_right_erases_like_itk_snap_and_the_next_stroke_adds_again(view: CanvasView) -> None:
    ready(view, "itk-snap")
    document = view.document
    assert document is not None
    drag(view, [place(view, 30, 20), place(view, 30, 40)])
    drawn = document.counts()[1]
    drag(view, [place(view, 30, 30), place(view, 30, 31)], button=RIGHT)
    assert document.counts()[1] < drawn
    drag(view, [place(view, 30, 30), place(view, 30, 31)])
    assert document.counts()[1] == drawn


def test_ctrl_and_the_erasing_button_together_add(view: CanvasView) -> None:
    ready(view, "itk-snap")
    document = view.document
    assert document is not None
    drag(view, [place(view, 30, 20), place(view, 30, 40)], button=RIGHT, held=CTRL)
    assert document.counts()[1] > 0


@pytest.mark.parametrize(("name", "button", "held", "with_tool"), [
    ("default", RIGHT, NOTHING, True), ("itk-snap", RIGHT, SHIFT, True), ("slicer", LEFT, NOTHING, False),
    ("radiology", LEFT, SHIFT, True), ("radiology", LEFT, NOTHING, False),
])
def test_window_and_level_are_where_the_map_says(view: CanvasView, name: str, button: object, held: object,
                                                 with_tool: bool) -> None:
    ready(view, name, with_tool=with_tool)
    before = view.window
    drag(view, [QPoint(100, 100), QPoint(160, 100)], button=button, held=held)  # type: ignore[arg-type]
    assert view.window.width > before.width


@pytest.mark.parametrize("name", ["slicer", "radiology"])
def test_right_drag_up_comes_nearer(view: CanvasView, name: str) -> None:
    ready(view, name)
    before = view.transform.zoom_rows
    drag(view, [QPoint(100, 150), QPoint(100, 50)], button=RIGHT)
    assert view.transform.zoom_rows == pytest.approx(2 * before, rel=0.05)


def test_alt_and_left_move_the_image_like_itk_snap(view: CanvasView) -> None:
    ready(view, "itk-snap")
    document = view.document
    assert document is not None
    before = place(view, 0, 0)
    drag(view, [QPoint(100, 100), QPoint(120, 100)], held=ALT)
    assert place(view, 0, 0).x() - before.x() == 20
    assert document.counts() == {}


def test_the_wheel_scrolls_a_picture_like_labelme_and_turns_slices(view: CanvasView) -> None:
    ready(view, "labelme")
    before, zoom = place(view, 0, 0), view.transform.zoom_rows
    wheel(view, -1)
    assert place(view, 0, 0).y() < before.y()
    assert view.transform.zoom_rows == zoom
    ready(view, "labelme", slices=5)
    start = view.plane.index
    wheel(view, -1)
    assert view.plane.index == start + 1


def test_a_second_button_does_not_end_the_stroke_of_the_first(view: CanvasView) -> None:
    ready(view, "default")
    document = view.document
    assert document is not None
    drag(view, [place(view, 30, 20), place(view, 30, 30)], release=False)
    drag(view, [place(view, 30, 30), place(view, 30, 30)], button=RIGHT)
    assert view.is_busy
    drag(view, [place(view, 30, 30), place(view, 30, 40)])
    assert document.counts()[1] > 0
