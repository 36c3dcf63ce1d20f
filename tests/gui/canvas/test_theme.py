"""The colours of the window, and the way back to its thread."""

import re
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from urwkv_desktop.gui.bridge import Bridge
from urwkv_desktop.gui.theme import DARK, LIGHT, Theme, contrast, load_fonts, text_font, theme_named

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_text_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in (theme.window, theme.panel, theme.raised, theme.selection):
        assert contrast(theme.text, ground) >= 4.5
    for ground in (theme.window, theme.panel, theme.raised):
        assert contrast(theme.quiet, ground) >= 4.5
    assert contrast(theme.on_canvas, theme.canvas) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_every_colour_is_one(theme: Theme) -> None:
    for name, colour in vars(theme).items():
        assert name == "name" or re.fullmatch(r"#[0-9a-f]{6}", colour), name


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_theme_goes_by_its_name_or_the_system() -> None:
    assert theme_named("light") is LIGHT
    assert theme_named("system", system_is_dark=False) is LIGHT
    assert theme_named("system", system_is_dark=True) is DARK
    assert theme_named("something else") is DARK


def test_the_bundled_font_is_found_and_a_missing_one_is_no_error(qtbot: QtBot, tmp_path: Path) -> None:
    assert "Inter" in load_fonts(ROOT / "resources")
    assert load_fonts(tmp_path) == ()
    assert text_font(12).pixelSize() == 12


def test_what_a_thread_sends_arrives_on_the_windows_thread(qtbot: QtBot) -> None:
    bridge, heard = Bridge(), list[tuple[int, int]]()
    thread = threading.Thread(target=lambda: bridge.later(lambda n: heard.append((n, threading.get_ident())), 7))
    thread.start()
    thread.join()
    assert not heard
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(7, threading.get_ident())]
