"""The options of the tools in the window: built from their fields, suited to the image until one is chosen."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import Opened
from urwkv_desktop.editing.tools import ProbabilityBrush
from urwkv_desktop.gui.controls import TickBox
from urwkv_desktop.gui.panels.option_slider import OptionSlider, Scale
from urwkv_desktop.gui.panels.options import OptionsPanel
from urwkv_desktop.imaging import Channel, ImagePoint, Prediction, SliceLogits

K = Qt.Key


@pytest.fixture
def at_work(opened: Opened) -> Opened:
    """A picture of 64 x 64 with 0.5 mm a pixel, and the keys on the canvas."""
    opened.session.open_case(4)
    opened.window.workspace.canvas.setFocus()
    return opened


def press(opened: Opened, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(opened.window.workspace.canvas, key, held)


def slider(opened: Opened, name: str) -> OptionSlider:
    panel = opened.window.workspace.inspector.options
    return next(one for one in panel.findChildren(OptionSlider) if one.slider.accessibleName() == name)


def answered(opened: Opened) -> None:
    document = opened.session.document
    assert document is not None
    document.prediction = Prediction("busi", "0" * 64, "sigmoid", (Channel("lesion", threshold=0.4),), (1,), (64, 64),
                                     {0: SliceLogits(np.zeros((1, 8, 8), np.int8), (0.0, 0.0, 8.0, 8.0))})


@pytest.mark.parametrize(("key", "tool"), [(K.Key_T, "threshold"), (K.Key_Y, "probability"), (K.Key_G, "flood"),
                                           (K.Key_B, "brush"), (K.Key_E, "eraser")])
def test_each_tool_has_its_key(at_work: Opened, key: Qt.Key, tool: str) -> None:
    press(at_work, key)
    taken = at_work.window.workspace.canvas.tool_class
    assert taken is not None
    assert taken.id == tool


def test_the_eraser_says_in_its_own_words_what_it_takes_away(at_work: Opened) -> None:
    rule = at_work.window.workspace.inspector.options.rule
    press(at_work, K.Key_E)
    assert [one.text() for one in rule.findChildren(QPushButton)] == ["Every label", "This label only"]
    press(at_work, K.Key_B)
    assert [one.text() for one in rule.findChildren(QPushButton)] == ["Paint over all", "Background only"]


def test_a_brush_that_nobody_has_chosen_is_a_share_of_the_image_and_a_chosen_one_stays(at_work: Opened) -> None:
    assert at_work.window.tools.size == 3.0
    press(at_work, K.Key_BracketRight)
    assert at_work.window.tools.size == 4.0
    at_work.session.open_case(2)
    assert at_work.window.tools.size == 4.0


def test_brushes_are_of_one_size(at_work: Opened) -> None:
    at_work.window.tools.set_size(17.0)
    for key in (K.Key_E, K.Key_T, K.Key_Y):
        press(at_work, key)
        assert at_work.window.tools.size == 17.0


def test_millimetres_keep_the_brush_as_large_as_it_is(at_work: Opened) -> None:
    at_work.window.tools.set_size(12.0)
    panel = at_work.window.workspace.inspector.options
    next(button for button in panel.findChildren(QPushButton) if button.text() == "mm").click()
    options = at_work.window.tools.options
    assert (options.size, options.unit) == (6.0, "mm")
    canvas = at_work.window.workspace.canvas
    scene = canvas.scene()
    assert scene is not None
    assert canvas.tool_class is not None
    assert canvas.tool_class.cursor(options, scene).diameter == 12.0
    at_work.memory.write_now()
    assert (at_work.written[-1].brush.size, at_work.written[-1].brush.unit) == (6.0, "mm")


def ticks(opened: Opened) -> dict[str, TickBox]:
    """Those that are seen, by their words."""
    boxes = opened.window.workspace.inspector.options.findChildren(TickBox)
    return {box.text(): box for box in boxes if box.isVisible()}


def test_a_picture_is_offered_no_ball_and_a_machine_without_a_pen_no_pressure(
        at_work: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urwkv_desktop.gui.panels.options.has_pen", lambda: False)
    press(at_work, K.Key_E)
    press(at_work, K.Key_B)
    assert ticks(at_work) == {}
    monkeypatch.setattr("urwkv_desktop.gui.panels.options.has_pen", lambda: True)
    press(at_work, K.Key_E)
    press(at_work, K.Key_B)
    assert set(ticks(at_work)) == {"Pen pressure"}


def test_what_slices_without_a_place_do_not_allow_says_why(open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=5)
    opened.session.open_case(4)
    assert not ticks(opened)["3D ball"].isEnabled()
    assert "one slice" in ticks(opened)["3D ball"].toolTip()


def test_the_band_is_chosen_as_a_whole_and_moves_as_one(at_work: Opened) -> None:
    press(at_work, K.Key_T)
    assert at_work.window.tools.options.band == (64.0, 192.0)
    slider(at_work, "To").slider.setValue(OptionSlider.STEPS)
    assert at_work.window.tools.options.band == (64.0, 255.0)
    press(at_work, K.Key_Comma)
    assert at_work.window.tools.options.band == (61.0, 252.0)


def test_the_band_can_be_taken_from_a_place(at_work: Opened) -> None:
    press(at_work, K.Key_T)
    at_work.window.workspace.canvas.sampleRequested.emit(ImagePoint(32.5, 32.5))
    low, high = at_work.window.tools.options.band
    document = at_work.session.document
    assert document is not None
    assert low <= int(document.image.pixels[0, 32, 32]) <= high
    assert high - low <= 8


def test_keys_move_the_threshold_by_its_odds(at_work: Opened) -> None:
    answered(at_work)
    press(at_work, K.Key_Y)
    assert at_work.window.tools.options.threshold == 0.4
    press(at_work, K.Key_Period)
    assert at_work.window.tools.options.threshold == pytest.approx(1 / (1 + np.exp(-0.4) * 1.5), abs=1e-4)
    press(at_work, K.Key_Comma)
    assert at_work.window.tools.options.threshold == pytest.approx(0.4, abs=1e-4)
    for _ in range(40):
        press(at_work, K.Key_Period)
    assert at_work.window.tools.options.threshold == 0.9995
    assert "99.95 %" in slider(at_work, "Above")._value.text()


def test_the_status_line_says_why_there_is_no_probability(at_work: Opened) -> None:
    press(at_work, K.Key_Y)
    assert "no probability" in at_work.window.workspace.status.hint.whole()
    answered(at_work)
    assert "above 40 %" in at_work.window.workspace.status.hint.whole()


def test_the_panel_keeps_its_place_while_a_tool_stays(at_work: Opened) -> None:
    press(at_work, K.Key_T)
    before = slider(at_work, "From")
    press(at_work, K.Key_Comma)
    assert slider(at_work, "From") is before


def test_a_volume_in_space_allows_a_ball(open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=5)
    opened.session.open_case(4)
    ball = next(one for one in opened.window.workspace.inspector.options.findChildren(TickBox)
                if one.text() == "3D ball")
    assert ball.isEnabled() == (opened.session.document is not None
                                and opened.session.document.image.geometry.third_axis.value == "space")


@pytest.mark.parametrize("scale", [
    Scale(1, 1000, "px", "ratio"), Scale(-1024, 3071, "HU"), Scale(0.1, 500, "mm", "ratio"),
    Scale(0.0005, 0.9995, "%", "odds", 100), Scale(0, 1)])
def test_a_slider_gives_back_the_number_that_it_shows(scale: Scale) -> None:
    for step in range(0, 241, 8):
        number = scale.number(step / 240)
        assert scale.low <= number <= scale.high
        assert scale.number(scale.share(number)) == pytest.approx(number, rel=0.02, abs=0.01)
    assert (scale.number(0), scale.number(1)) == (scale.low, scale.high)


def test_what_a_tool_alone_has_stands_first(at_work: Opened) -> None:
    panel = OptionsPanel()
    panel.show_tool("Probability brush", ProbabilityBrush.Options())
    names = [one.slider.accessibleName() for one in panel.findChildren(OptionSlider)]
    assert names == ["Above", "Size"]
    panel.deleteLater()
