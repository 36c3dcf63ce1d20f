"""Tools that go by values, under real events: what they show beforehand, and what they leave in the mask."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import ALT, CTRL, LEFT, document_of, drag, move, place, ramp, screen, wheel
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.tools import Brush, FloodFill, ProbabilityBrush, ThresholdBrush
from urwkv_desktop.editing.tools.chances import grid_of
from urwkv_desktop.editing.work import Work
from urwkv_desktop.gui.canvas.transform import ViewTransform
from urwkv_desktop.gui.canvas.veil_layer import _per_device_pixel, _per_pixel
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import Channel, Geometry, ImagePoint, Labels, Prediction, Rect, SliceLogits


def with_answer(document: Document, *, cells: int = 16) -> np.ndarray:
    """Gives the document a prediction: likely in the middle, less so outwards. Answers the probability."""
    away = np.hypot(*np.meshgrid(np.arange(cells) - cells / 2, np.arange(cells) - cells / 2))
    logits = np.clip(60 - 12 * away, -127, 127).astype(np.int8)[None]
    _, rows, columns = document.image.shape
    document.prediction = Prediction("made up", "0" * 64, "sigmoid", (Channel("lesion"),), (1,), (rows, columns),
                                     {0: SliceLogits(logits, (0.0, 0.0, float(cells), float(cells)))})
    return document.prediction.probability(0)[0]


def shown_by(view: CanvasView, tool: Any, options: Any) -> np.ndarray:
    """bool of each image pixel: whether the tool draws something over it that the plain brush does not."""
    view.set_tool(Brush)
    plain = screen(view)
    view.set_tool(tool, options)
    differs = (screen(view) != plain).any(axis=2)
    rows, columns = view.document.image.shape[1:]  # type: ignore[union-attr]
    down, across = differs.shape[0] // rows, differs.shape[1] // columns
    return differs.reshape(rows, down, columns, across).any(axis=(1, 3))


@pytest.fixture
def ramp_view(view: CanvasView) -> CanvasView:
    """40 x 40 pixels of ten device pixels each, without corner texts over them."""
    view.show_document(document_of(ramp(rows=40, columns=40)))
    QApplication.processEvents()
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))  # the platform's own hand may rest on it
    return view


def test_the_band_is_shown_over_the_pixels_inside_it(ramp_view: CanvasView) -> None:
    assert ramp_view.document is not None
    pixels = ramp_view.document.image.pixels[0]
    shown = shown_by(ramp_view, ThresholdBrush, ThresholdBrush.Options(low=60.0, high=120.0))
    assert np.array_equal(shown, (pixels >= 60) & (pixels <= 120))


def test_the_boundary_that_is_shown_is_the_one_that_is_painted_and_moves_with_the_threshold(ramp_view: CanvasView,
                                                                                             ) -> None:
    assert ramp_view.document is not None
    chance = with_answer(ramp_view.document)
    counts = []
    for threshold in (0.2, 0.8):
        shown = shown_by(ramp_view, ProbabilityBrush, ProbabilityBrush.Options(threshold=threshold))
        passes = chance > threshold
        assert shown[passes].all()
        padded = np.pad(passes, 1)
        near = np.any([padded[1 + down:41 + down, 1 + across:41 + across]
                       for down in (-1, 0, 1) for across in (-1, 0, 1)], axis=0)
        assert not (shown & ~near).any()  # the line's dark rim lies on the first pixels beyond
        counts.append(int(passes.sum()))
    assert counts[0] > counts[1] > 0


def test_nothing_is_shown_while_the_mask_is_hidden(ramp_view: CanvasView) -> None:
    ramp_view.set_tool(Brush)
    ramp_view.mask_visible = False
    plain = screen(ramp_view)
    ramp_view.set_tool(ThresholdBrush, ThresholdBrush.Options(low=0.0, high=255.0))
    assert np.array_equal(screen(ramp_view), plain)


def test_what_is_shown_stays_with_the_image_when_the_view_moves(ramp_view: CanvasView) -> None:
    ramp_view.set_tool(ThresholdBrush, ThresholdBrush.Options(low=60.0, high=120.0))
    ramp_view.pan(0, 60)
    moved = screen(ramp_view)
    ramp_view.set_tool(Brush)
    differs = (screen(ramp_view) != moved).any(axis=2)
    assert not differs[:60].any()
    assert differs[60:].any()


def test_a_stroke_of_the_threshold_brush_leaves_what_it_showed(ramp_view: CanvasView) -> None:
    document = ramp_view.document
    assert document is not None
    ramp_view.set_tool(ThresholdBrush, ThresholdBrush.Options(size=8.0, low=60.0, high=120.0))
    drag(ramp_view, [place(ramp_view, 20.5, 5.5), place(ramp_view, 20.5, 35.5)])
    taken = document.mask.voxels[0] == 1
    pixels = document.image.pixels[0]
    assert taken[20].sum() == ((pixels[20] >= 60) & (pixels[20] <= 120)).sum()
    assert not taken[(pixels < 60) | (pixels > 120)].any()
    document.undo()
    assert not document.mask.voxels.any()


def test_ctrl_takes_away_what_the_network_thinks_unlikely(ramp_view: CanvasView) -> None:
    document = ramp_view.document
    assert document is not None
    chance = with_answer(document)
    ramp_view.set_tool(Brush, Brush.Options(size=80.0))
    drag(ramp_view, [place(ramp_view, 20, 20)])
    assert document.mask.voxels.all()
    ramp_view.set_tool(ProbabilityBrush, ProbabilityBrush.Options(size=80.0, threshold=0.5))
    drag(ramp_view, [place(ramp_view, 20, 20)], held=CTRL)
    assert np.array_equal(document.mask.voxels[0] == 1, chance > 0.5)


def test_without_a_probability_the_hand_is_refused(ramp_view: CanvasView) -> None:
    ramp_view.set_tool(ProbabilityBrush)
    move(ramp_view, place(ramp_view, 20, 20))
    assert ramp_view.cursor().shape() == Qt.CursorShape.ForbiddenCursor
    assert "network has not looked" in str(ramp_view.hint)
    drag(ramp_view, [place(ramp_view, 20, 20)])
    assert ramp_view.document is not None
    assert not ramp_view.document.mask.voxels.any()


def test_an_answer_that_comes_gives_the_brush_its_probability(ramp_view: CanvasView) -> None:
    ramp_view.set_tool(ProbabilityBrush)
    assert ramp_view.document is not None
    before = screen(ramp_view)
    with_answer(ramp_view.document)
    assert "Paints" in str(ramp_view.hint)
    assert (screen(ramp_view) != before).any()


def test_alt_and_a_click_take_a_sample_and_paint_nothing(ramp_view: CanvasView, qtbot: QtBot) -> None:
    ramp_view.set_tool(ThresholdBrush)
    with qtbot.waitSignal(ramp_view.sampleRequested) as asked:
        drag(ramp_view, [place(ramp_view, 7.5, 9.5)], held=ALT)
    assert (asked.args[0].row, asked.args[0].column) == pytest.approx((7.5, 9.5), abs=0.11)
    assert ramp_view.document is not None
    assert not ramp_view.document.mask.voxels.any()


def test_alt_and_the_wheel_turn_the_threshold_and_nothing_else(ramp_view: CanvasView) -> None:
    turned: list[int] = []
    ramp_view.thresholdTurned.connect(turned.append)
    zoom = ramp_view.zoom
    for notches in (1, -1, 0.5, 0.5):
        wheel(ramp_view, notches, held=ALT)
    assert turned == [1, -1, 1]
    assert ramp_view.zoom == zoom


def test_other_options_reach_the_gesture_that_runs(ramp_view: CanvasView) -> None:
    document = ramp_view.document
    assert document is not None
    chance = with_answer(document)
    ramp_view.set_tool(ProbabilityBrush, ProbabilityBrush.Options(takes="region", threshold=0.9))
    middle = place(ramp_view, 20, 20)
    drag(ramp_view, [middle], release=False)
    ramp_view.set_tool(ProbabilityBrush, ProbabilityBrush.Options(takes="region", threshold=0.1))
    QTest.mouseRelease(ramp_view, LEFT, Qt.KeyboardModifier.NoModifier, middle)
    assert np.array_equal(document.mask.voxels[0] == 1, chance > 0.1)


def test_a_fill_is_shown_under_the_hand_and_gone_when_it_leaves(ramp_view: CanvasView) -> None:
    ramp_view.set_tool(FloodFill, FloodFill.Options(tolerance=10.0))
    bare = screen(ramp_view)
    move(ramp_view, place(ramp_view, 20.5, 10.5))
    shown = screen(ramp_view)
    assert (shown != bare)[:, 90:120].any()
    assert ramp_view.document is not None
    assert not ramp_view.document.mask.voxels.any()
    QApplication.sendEvent(ramp_view, QEvent(QEvent.Type.Leave))
    assert np.array_equal(screen(ramp_view), bare)


def test_a_drag_widens_a_fill_and_says_so(ramp_view: CanvasView) -> None:
    document = ramp_view.document
    assert document is not None
    ramp_view.set_tool(FloodFill, FloodFill.Options(tolerance=10.0))
    start = place(ramp_view, 20.5, 10.5)
    drag(ramp_view, [start, place(ramp_view, 20.5, 12.5)], release=False)
    assert "Within" in str(ramp_view.hint)
    QTest.mouseRelease(ramp_view, LEFT, Qt.KeyboardModifier.NoModifier, place(ramp_view, 20.5, 12.5))
    values = document.image.pixels[0].astype(int)
    near = np.abs(values - values[20, 10])
    taken = document.mask.voxels[0] == 1
    assert taken[near <= 10].all()
    assert taken.sum() > (near <= 10).sum()


def test_escape_gives_a_fill_up(ramp_view: CanvasView) -> None:
    ramp_view.set_tool(FloodFill, FloodFill.Options(tolerance=10.0))
    drag(ramp_view, [place(ramp_view, 20.5, 10.5)], release=False)
    QTest.keyClick(ramp_view, Qt.Key.Key_Escape)
    QTest.mouseRelease(ramp_view, LEFT, Qt.KeyboardModifier.NoModifier, place(ramp_view, 20.5, 10.5))
    assert ramp_view.document is not None
    assert not ramp_view.document.mask.voxels.any()


def test_a_fill_that_takes_long_is_handed_over(view: CanvasView) -> None:
    view.show_document(document_of(np.zeros((1, 1300, 1300), np.uint8)))
    given: list[Work] = []
    view.on_work = given.append
    view.set_tool(FloodFill)
    drag(view, [place(view, 600, 600)])
    assert len(given) == 1
    assert view.document is not None
    assert not view.document.mask.voxels.any()


def red_of_cursor(view: CanvasView) -> int:
    """How many pixels of the screen have the colour of a cursor over what stays."""
    off = np.abs(screen(view).astype(int) - (229, 72, 77)).max(axis=2)
    return int((off < 12).sum())


def test_the_cursor_says_where_the_lock_or_the_rule_keeps_what_stands(view: CanvasView) -> None:
    mask = np.zeros((1, 40, 40), np.uint8)
    mask[0, :, 20:] = 2
    document = document_of(ramp(rows=40, columns=40), mask=mask)
    view.show_document(document)
    view.set_tool(Brush, Brush.Options(size=4.0))
    move(view, place(view, 20.5, 30.5))
    assert not red_of_cursor(view)
    view.set_rule(PaintRule.background)
    assert red_of_cursor(view)
    move(view, place(view, 20.5, 10.5))
    assert not red_of_cursor(view)
    view.set_rule(PaintRule.all)
    document.labels = Labels((document.labels.items[0], replace(document.labels.items[1], locked=True)))
    move(view, place(view, 20.5, 30.5))
    assert red_of_cursor(view)


@pytest.mark.parametrize("axis", [1, 2])
def test_the_band_is_shown_over_the_same_pixels_in_a_plane_that_is_shown_turned(view: CanvasView, axis: int) -> None:
    """A volume stored as sagittal slices: across them rows run across the screen, some of them backwards."""
    random = np.random.default_rng(2)
    pixels = random.integers(0, 256, (20, 24, 30), np.uint8)
    turned = Geometry.from_affine(np.array([[0, 0, 1.0, 0], [0, 1.0, 0, 0], [1.0, 0, 0, 0], [0, 0, 0, 1]]), 20)
    view.show_document(document_of(pixels, geometry=turned))
    view.set_axis(axis)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    view.zoom = 8.0
    view.set_tool(Brush)
    plain = screen(view)
    view.set_tool(ThresholdBrush, ThresholdBrush.Options(low=100.0, high=255.0))
    differs = (screen(view) != plain).any(axis=2)
    plane = view.plane.cut(pixels)
    seen = 0
    for row, column in np.ndindex(*plane.shape):
        x, y = view.transform.to_screen(ImagePoint(row + 0.5, column + 0.5))
        around = differs[max(0, int(y) - 3):int(y) + 3, max(0, int(x) - 3):int(x) + 3]
        if 3 < x < differs.shape[1] - 3 and 3 < y < differs.shape[0] - 3:
            seen += 1
            assert around.any() == (plane[row, column] >= 100), (row, column)
    assert seen > 50


@pytest.mark.parametrize("zoom", [3.0, 8.0])
def test_the_probability_is_shown_where_it_is_painted_in_slices_that_are_shown_turned(view: CanvasView, zoom: float,
                                                                                      ) -> None:
    turned = Geometry.from_affine(np.array([[0, 0, 1.0, 0], [0, 1.0, 0, 0], [1.0, 0, 0, 0], [0, 0, 0, 1]]), 20)
    document = document_of(np.full((20, 24, 30), 60, np.uint8), geometry=turned)
    logits = np.clip(np.add.outer(np.arange(12) * 9.0, np.arange(15) * -14.0) + 30, -127, 127).astype(np.int8)[None]
    document.prediction = Prediction("made up", "0" * 64, "sigmoid", (Channel("lesion"),), (1,), (24, 30),
                                     {10: SliceLogits(logits, (0.0, 0.0, 12.0, 15.0))})
    view.show_document(document)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    view.zoom = zoom
    assert view.transform.swapped
    view.set_tool(Brush)
    plain = screen(view)
    view.set_tool(ProbabilityBrush, ProbabilityBrush.Options(threshold=0.5))
    differs = (screen(view) != plain).any(axis=2)
    passes = document.prediction.probability(10)[0] > 0.5
    shown = []
    for row, column in np.ndindex(*passes[2:-2, 2:-2].shape):
        near = passes[row:row + 5, column:column + 5]
        x, y = view.transform.to_screen(ImagePoint(row + 2.5, column + 2.5))
        if (near.all() or not near.any()) and 6 < x < differs.shape[1] - 6 and 6 < y < differs.shape[0] - 6:
            assert differs[int(y) - 5:int(y) + 6, int(x)].any() == near.all(), (row, column)
            shown.append(bool(near.all()))
    assert min(shown.count(True), shown.count(False)) > 20


@pytest.mark.parametrize("zoom", [1.0, 6.0])
def test_the_veil_goes_by_the_image_s_own_part_of_a_letterboxed_answer(zoom: float) -> None:
    """Cells beyond it are padding: a border that is sure of everything reaches no pixel of the image."""
    logits = np.random.default_rng(6).integers(-90, 90, (1, 16, 16)).astype(np.int8)
    logits[0, :4], logits[0, 12:] = 127, 127
    said = Prediction("made up", "0" * 64, "sigmoid", (Channel("lesion"),), (1,), (20, 40),
                      {0: SliceLogits(logits, (4.0, 0.0, 12.0, 16.0))})
    transform = ViewTransform(zoom, zoom, 0.0, 0.0)
    extent = transform.extent(Rect(0, 0, 20, 40))
    sample = _per_pixel if transform.is_magnified else _per_device_pixel
    found, wanted = sample(grid_of(said, 0, 0), extent, transform), said.logits(0)[0]
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).max() < 0.5  # OpenCV places to 1/32 of a cell of up to 15 logits
