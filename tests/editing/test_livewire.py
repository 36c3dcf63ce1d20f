"""Livewire: the line keeps to the edge between two presses, whatever the hand does in between."""

from dataclasses import replace
from typing import Any

import numpy as np

from tests.editing.scenes import at, blank_document, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.edges import EdgeWindow
from urwkv_desktop.editing.tools.livewire import Livewire
from urwkv_desktop.editing.tools.outlining import OutlineOptions
from urwkv_desktop.editing.tools.tool import BACK, TAKE
from urwkv_desktop.imaging import Geometry, Image, Window


def disc(size: int = 120, radius: float = 30.0) -> Document:
    rows, columns = np.mgrid[:size, :size] + 0.5
    inside = (rows - size / 2) ** 2 + (columns - size / 2) ** 2 <= radius**2
    pixels = np.where(inside, 180, 40).astype(np.uint8)[None]
    document = blank_document()
    return Document(1, Image(pixels, Geometry.picture()), labels=document.labels, reader="ada")


def seen(document: Document, **changes: Any) -> Scene:
    return replace(scene_of(document), window=Window(128.0, 256.0), **changes)


def around(scene: Scene, places: int = 8, *, radius: float = 30.0, middle: float = 60.0) -> Livewire:
    """Presses along the disc's edge, as near to it as a hand is."""
    tool = Livewire(scene, OutlineOptions())
    for turn in np.arange(places) * 2 * np.pi / places:
        place = at(middle + radius * np.sin(turn), middle + radius * np.cos(turn))
        tool.hover(place)
        tool.press(place)
        assert tool.release(place) is None
    return tool


def test_the_path_keeps_to_the_edge_where_a_straight_line_would_leave_it() -> None:
    window = EdgeWindow.about(seen(disc()), (60.0, 90.0))
    path = np.asarray(window.path((90.0, 60.0)))
    away = np.hypot(path[:, 0] - 60, path[:, 1] - 60) - 30
    assert np.abs(away).max() < 2.5  # the chord is 8.8 pixels off
    assert tuple(path[0]) == (60.0, 90.0)
    assert tuple(path[-1]) == (90.0, 60.0)


def test_an_outline_along_the_edge_takes_what_the_edge_encloses() -> None:
    document = disc()
    tool = around(seen(document))
    tool.press(at(60.0, 90.0))
    edit = tool.release(at(60.0, 90.0))
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    truth = document.image.pixels[0] > 100
    found = document.mask.voxels[0] == 1
    assert 2 * (found & truth).sum() / (found.sum() + truth.sum()) > 0.97
    document.undo()
    assert not document.mask.voxels.any()


def test_subtract_takes_away() -> None:
    document = disc()
    document.mask.voxels[:] = 1
    tool = Livewire(seen(document), OutlineOptions(), inverted=True)
    for place in ((50.0, 50.0), (50.0, 70.0), (70.0, 60.0)):
        tool.press(at(*place))
        tool.release(at(*place))
    edit = tool.key(TAKE)
    assert isinstance(edit, MaskEdit)
    assert not edit.after.all()


def test_backspace_takes_the_line_back_press_by_press() -> None:
    tool = around(seen(disc()), 4)
    lengths = []
    while tool.is_open:
        preview = tool.pending
        assert preview is not None
        lengths.append(sum(len(shape.points) for shape in preview.shapes if shape.kind == "line"))
        tool.key(BACK)
    assert len(lengths) == 4
    assert lengths == sorted(lengths, reverse=True)


def test_a_hand_that_strays_and_comes_back_has_the_same_line_as_before() -> None:
    document = disc(600)
    tool = Livewire(seen(document), OutlineOptions())
    tool.press(at(300.0, 330.0))
    tool.release(at(300.0, 330.0))
    before = tool.hover(at(330.0, 300.0)).shapes
    for step in range(0, 260, 20):
        assert tool.hover(at(330.0, 300.0 + step)).shapes
    back = tool.hover(at(330.0, 300.0)).shapes
    assert [shape.points for shape in back] == [shape.points for shape in before]


def test_the_line_ends_under_the_hand_however_far_it_has_gone() -> None:
    tool = Livewire(seen(disc(900)), OutlineOptions())
    tool.press(at(450.0, 480.0))
    tool.release(at(450.0, 480.0))
    shown = tool.hover(at(880.0, 20.0)).shapes
    assert shown[0].points[-1] == (880.0, 20.0)


def test_zoomed_out_a_window_spans_more_of_the_image_with_as_many_cells() -> None:
    near, far = (EdgeWindow.about(seen(disc(900), grip=lambda grip=grip: grip), (450.0, 480.0)) for grip in (7.0, 28.0))
    assert (near.step, far.step) == (1, 4)
    assert far.rect.height > 3.9 * near.rect.height
    path = np.asarray(far.path((480.0, 450.0)))
    assert np.abs(np.hypot(path[:, 0] - 450, path[:, 1] - 450) - 30).max() < 8


def test_a_hand_beside_the_image_stays_at_its_edge_and_giving_up_leaves_nothing() -> None:
    document = disc()
    tool = Livewire(seen(document), OutlineOptions())
    tool.press(at(-5.0, -8.0))
    tool.hover(at(500.0, 300.0))
    assert tool.hover(at(200.0, 500.0)).shapes[0].points[-1] == (120.0, 120.0)
    tool.cancel()
    assert not tool.is_open
    assert tool.pending is None
    assert not document.mask.voxels.any()
