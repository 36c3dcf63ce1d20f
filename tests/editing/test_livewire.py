"""Livewire: the line keeps to the edge between two presses, whatever the hand does in between."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editing.scenes import at, blank_document, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.edges import FAR, NEAR, EdgeWindow
from urwkv_desktop.editing.tools.livewire import Livewire, smoothed
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


# ── searched beside ──────────────────────────────────────────────────────────────────────────────────────────────────


class Beside:
    """Another thread's stand-in: does what it was given when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def work(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


def searched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by the reach, in cells, of every window that is searched from now on."""
    found: list[int] = []
    real = EdgeWindow.about

    def about(scene: Scene, seed: tuple[float, float], cells: int = NEAR, step: int = 0) -> EdgeWindow:
        found.append(cells)
        return real(scene, seed, cells, step)

    monkeypatch.setattr(EdgeWindow, "about", staticmethod(about))
    return found


def test_no_movement_searches_once_what_lies_around_was_searched_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hand follows the edge of a disc that is ten near windows wide."""
    beside, found = Beside(), searched(monkeypatch)
    tool = Livewire(seen(disc(900, 400), beside=beside.waiting.append), OutlineOptions())
    tool.press(at(450.0, 850.0))
    tool.release(at(450.0, 850.0))
    assert found == [NEAR]
    beside.work()
    assert found == [NEAR, FAR]
    for turn in np.linspace(0, 2.5, 160):
        before = len(found)
        hand = at(450 + 400 * np.sin(turn), 450 + 400 * np.cos(turn))
        points = np.asarray([point for shape in tool.hover(hand).shapes if shape.kind == "line"
                             for point in shape.points])
        assert len(found) == before
        assert np.abs(np.hypot(points[:, 0] - 450, points[:, 1] - 450) - 400).max() < 3
        assert tuple(points[-1]) == (hand.row, hand.column)
        beside.work()
    assert len(found) > 6


def test_a_line_is_there_before_anything_was_searched_beside_and_the_same_edge_afterwards() -> None:
    beside = Beside()
    tool = Livewire(seen(disc(), beside=beside.waiting.append), OutlineOptions())
    tool.press(at(60.0, 90.0))
    tool.release(at(60.0, 90.0))
    before = np.asarray(tool.hover(at(88.0, 50.0)).shapes[0].points)
    beside.work()
    after = np.asarray(tool.hover(at(88.0, 50.0)).shapes[0].points)
    for points in (before, after):
        assert np.abs(np.hypot(points[:, 0] - 60, points[:, 1] - 60) - 30).max() < 2.5


def test_what_comes_after_the_gesture_is_given_up_changes_nothing() -> None:
    beside = Beside()
    tool = Livewire(seen(disc(), beside=beside.waiting.append), OutlineOptions())
    tool.press(at(60.0, 90.0))
    tool.cancel()
    beside.work()
    assert tool.pending is None


# ── smooth ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.sampled_from([(0, 1), (1, 0), (1, 1), (-1, 1)]), min_size=4, max_size=60))
@settings(deadline=None)
def test_a_smoothed_way_keeps_its_ends_and_stays_within_a_cell_of_its_steps(steps: list[tuple[int, int]]) -> None:
    way = [(0.5, 0.5)]
    for down, across in steps:
        way.append((way[-1][0] + down, way[-1][1] + across))
    line = np.asarray(smoothed(way))
    assert (tuple(line[0]), tuple(line[-1])) == (way[0], way[-1])
    apart = np.abs(line[:, None] - np.asarray(way)[None]).max(axis=2).min(axis=1)
    assert apart.max() <= 0.75


def test_a_straight_way_stays_straight_and_a_staircase_becomes_a_slope() -> None:
    straight = [(3.5, 0.5 + column) for column in range(21)]
    assert np.allclose(np.asarray(smoothed(straight))[:, 0], 3.5)
    stairs = [(0.5 + step // 2, 0.5 + (step + 1) // 2) for step in range(41)]
    line = np.asarray(smoothed(stairs))[3:-3]
    assert np.abs(line[:, 1] - line[:, 0] - 0.5).max() < 0.05


def test_the_outline_of_a_disc_is_smoother_than_the_cells_that_it_goes_through() -> None:
    window = EdgeWindow.about(seen(disc()), (60.0, 90.0))
    way = window.path((90.0, 60.0))
    assert turned(smoothed(way)) < 0.5 * turned(way)


def turned(way: list[tuple[float, float]]) -> float:
    """By how much a line turns on its way, in radians."""
    steps = np.diff(np.asarray(way), axis=0)
    angles = np.unwrap(np.arctan2(steps[:, 0], steps[:, 1]))
    return float(np.abs(np.diff(angles)).sum())
