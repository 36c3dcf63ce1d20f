"""How the mask, the corner texts and the empty states look, and what leaves the screen when it must."""

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import LABELS, colour_at, document_of, move, place, ramp, screen
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.gui.canvas.overlays import scale_bar
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.gui.theme import LIGHT
from urwkv_desktop.imaging import Box, Geometry, Label, Labels, Message, Window

LESION = (255, 176, 32)


def square(view: CanvasView, labels: Labels = LABELS) -> np.ndarray:  # type: ignore[type-arg]
    """A lesion on rows and columns 16..31 of a black image of 64."""
    mask = np.zeros((1, 64, 64), np.uint8)
    mask[0, 16:32, 16:32] = 1
    view.show_document(document_of(np.zeros((1, 64, 64), np.uint8), mask=mask, labels=labels))
    return mask[0]


def test_from_four_times_on_the_outline_lies_exactly_on_the_pixels_edge(view: CanvasView) -> None:
    square(view)
    view.zoom = 5.0
    x, y = (round(at) for at in view.transform.to_screen(view.transform.to_image(0, 0)))
    shown = screen(view)
    left = round(view.transform.left) + 16 * 5
    row = round(view.transform.top) + 24 * 5
    assert (x, y) == (0, 0)
    # one device pixel of the label's colour on each side of the edge, then the rim
    assert shown[row, left - 1].tolist() == list(LESION)
    assert shown[row, left].tolist() == list(LESION)
    assert shown[row, left - 2].tolist() != list(LESION)
    assert shown[row, left + 1].tolist() != list(LESION)


@pytest.mark.parametrize("zoom", [0.7, 1.0, 1.6, 3.9])
def test_below_that_the_outline_is_never_half_a_pixel_off(view: CanvasView, zoom: float) -> None:
    square(view)
    view.zoom = zoom
    shown = screen(view)[..., 0].astype(int)
    edge = view.transform.left + 16 * view.transform.zoom_columns
    row = round(view.transform.top + 24 * view.transform.zoom_rows)
    around = shown[row, round(edge) - 4:round(edge) + 5]
    bright = np.maximum(around - 100, 0)
    middle = float((bright * (np.arange(9) + round(edge) - 4 + 0.5)).sum() / bright.sum())
    assert abs(middle - edge) <= 0.6


def test_the_fill_has_the_opacity_that_was_asked_for(view: CanvasView) -> None:
    square(view)
    for opacity in (0.18, 0.5, 1.0):
        view.fill_opacity = opacity
        assert colour_at(view, 24, 24)[0] == pytest.approx(255 * opacity, abs=1.5)


def test_fill_outline_or_both(view: CanvasView) -> None:
    square(view)
    inside, edge = (24.0, 24.0), (24.0, 16.05)
    view.mask_style = "outline"
    assert colour_at(view, *inside) == (0, 0, 0)
    assert colour_at(view, *edge) == LESION
    view.mask_style = "fill"
    assert colour_at(view, *inside)[0] > 60
    assert colour_at(view, *edge) == colour_at(view, *inside)
    view.mask_style = "both"
    assert colour_at(view, *edge) == LESION
    with pytest.raises(ValueError, match="style"):
        view.mask_style = "stripes"


def test_the_mask_key_hides_while_held_and_toggles_when_tapped(view: CanvasView) -> None:
    square(view)
    view.press_mask_key(1000)
    assert not view.mask_visible
    assert colour_at(view, 24, 16.05) == (0, 0, 0)
    assert view.corner_texts.caution == "Mask hidden"
    view.release_mask_key(1400)
    assert view.mask_visible
    assert not view.corner_texts.caution
    for seen in (False, True):
        view.press_mask_key(2000)
        view.release_mask_key(2100)
        assert view.mask_visible is seen
    view.press_mask_key(3000)
    view.release_mask_key(3100)
    view.press_mask_key(4000)  # hidden already: held it stays so
    assert not view.mask_visible
    view.release_mask_key(4900)
    assert not view.mask_visible


def test_another_case_shows_its_mask_again(view: CanvasView) -> None:
    view.mask_visible = False
    view.show_document(view.document)
    assert view.mask_visible


def test_a_hidden_or_deleted_label_is_not_drawn(view: CanvasView) -> None:
    square(view)
    document = view.document
    assert document is not None
    document.labels = Labels((Label(1, "Lesion", "#ffb020", visible=False),))
    assert not screen(view)[150:250, 150:250].any()
    document.labels = LABELS
    assert colour_at(view, 24, 16.05) == LESION
    document.labels = LABELS.without(1)
    assert not screen(view)[150:250, 150:250].any()


def test_a_label_that_is_recoloured_is_redrawn(view: CanvasView) -> None:
    square(view)
    document = view.document
    assert document is not None
    document.labels = Labels((Label(1, "Lesion", "#00ff00"),))
    assert colour_at(view, 24, 16.05) == (0, 255, 0)


def test_a_suggestion_is_dashed_without_fill_and_gone_when_dropped(view: CanvasView) -> None:
    document = document_of(np.zeros((1, 64, 64), np.uint8))
    view.show_document(document)
    clean = screen(view)
    after = np.ones((1, 20, 20), np.uint8)
    edit = MaskEdit(Message("Copy"), "copy", 0, 0, Box(0, 20, 20, 1, 40, 40), np.zeros_like(after), after)
    document.suggest(Suggestion(Message("Copied"), (edit,)))
    shown = screen(view)
    line = shown[round(view.transform.top + 30 * view.zoom) - 40:, round(view.transform.left + 20 * view.zoom)][:80]
    on = (line == LESION).all(axis=1)
    assert on.any()
    assert not on.all()
    assert colour_at(view, 30, 30) == (0, 0, 0)
    assert not document.mask.voxels.any()
    document.drop_suggestion()
    assert np.array_equal(screen(view), clean)


def test_the_corners_say_slice_window_zoom_and_whose_image_it_is(view: CanvasView) -> None:
    caption = {"name": "Doe, Jane", "id": "0042", "laterality": ""}
    view.show_document(document_of(ramp(9), caption=caption))
    texts = view.corner_texts
    assert texts.top_left == ("Doe, Jane", "0042")
    assert texts.top_right == ("5 / 9",)
    assert texts.bottom_left == ("W 256  L 128",)
    assert texts.bottom_right == ("6.2 ×",)
    view.patient_visible = False
    assert view.corner_texts.top_left == ()
    view.set_slice(0)
    assert view.corner_texts.top_left == ()
    assert view.corner_texts.top_right == ("1 / 9",)


def test_the_corner_says_a_window_as_a_reader_sets_it_and_none_of_a_picture_in_colour(view: CanvasView) -> None:
    view.show_document(document_of(ramp()))
    view.window = Window(-87.909, 1523.6)
    assert view.corner_texts.bottom_left == ("W 1524  L -88",)
    view.window = Window(0.4987, 1.25)
    assert view.corner_texts.bottom_left == ("W 1.25  L 0.4987",)
    view.show_document(document_of(np.zeros((1, 20, 20, 3), np.uint8)))
    assert view.corner_texts.bottom_left == ()


def test_hiding_the_patient_takes_every_letter_off_the_screen(view: CanvasView) -> None:
    black = np.zeros((1, 64, 64), np.uint8)
    view.show_document(document_of(black))
    without = screen(view)
    view.show_document(document_of(black, caption={"name": "Doe, Jane"}))
    assert not np.array_equal(screen(view), without)
    view.patient_visible = False
    assert np.array_equal(screen(view), without)


@pytest.mark.parametrize(("unit_length", "unit", "text"), [
    (1.0, "px", "50 px"), (7.3, "mm", "5 mm"), (0.02, "px", "2000 px"), (200.0, "mm", "0.2 mm"),
    (100.0, "px", "1 px")])
def test_the_scale_bar_is_a_round_length(unit_length: float, unit: str, text: str) -> None:
    bar = scale_bar(unit_length, unit)
    assert bar.text.replace(QLocale().groupSeparator(), "") == text
    assert bar.length <= 144 or bar.text == "1 px"


def test_the_scale_bar_has_millimetres_only_where_they_are_true(view: CanvasView) -> None:
    view.show_document(document_of(ramp()))
    assert view.corner_texts.scale is not None
    assert view.corner_texts.scale.text.endswith("px")
    view.show_document(document_of(ramp(), geometry=Geometry.from_affine(np.diag([0.1, 0.1, 1.0, 1.0]), 1)))
    assert view.corner_texts.scale is not None
    assert view.corner_texts.scale.text.endswith("mm")


def test_an_empty_state_speaks_and_has_one_button(view: CanvasView, qtbot: QtBot) -> None:
    view.show_document(document_of(ramp()))
    view.set_message("", "No model suits this image.", "Predict anyway")
    button = view.findChild(QPushButton)
    assert button is not None
    assert button.isVisible()
    with qtbot.waitSignal(view.messageButtonClicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    view.set_message("")
    assert not button.isVisible()


def test_the_brush_is_its_own_outline_and_leaves_with_the_hand(view: CanvasView) -> None:
    view.show_document(document_of(np.zeros((1, 64, 64), np.uint8)))
    clean = screen(view)
    view.set_tool(Brush, Brush.Options(size=9.0))
    move(view, place(view, 30.5, 30.5))
    shown = screen(view)
    assert view.cursor().shape() == Qt.CursorShape.BlankCursor
    edge = round(view.transform.left + 26 * view.zoom)
    assert shown[round(view.transform.top + 30.5 * view.zoom), edge - 2:edge + 2].max() > 200
    view.set_tool(None)
    assert np.array_equal(screen(view), clean)


def test_without_a_case_the_canvas_is_its_own_ground(view: CanvasView) -> None:
    view.show_document(None)
    assert (screen(view) == (8, 9, 11)).all()
    view.wear(LIGHT)
    assert (screen(view) == (0x10, 0x12, 0x16)).all()
    assert view.pointer is None
    assert view.hint is None
    move(view, QPoint(20, 20))


def test_the_canvas_has_a_name_for_screen_readers(view: CanvasView) -> None:
    assert view.accessibleName()
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
