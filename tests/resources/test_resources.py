"""Keys, fonts and icons that the window finds beside the program."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

RESOURCES = Path(__file__).parents[2] / "resources"


def keymap() -> dict[str, list[str]]:
    loaded = json.loads((RESOURCES / "keymaps" / "default.json").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    loaded.pop("mouse")  # buttons and wheels, which tests/gui/test_keymaps.py reads
    return loaded


def test_no_key_has_two_actions() -> None:
    keys = Counter(key for keys in keymap().values() for key in keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_action_has_an_id_of_two_words_and_a_list_of_keys() -> None:
    for action, keys in keymap().items():
        assert re.fullmatch(r"[a-z]+\.[a-z0-9_]+", action), action
        assert isinstance(keys, list), action  # empty where only menu and palette have it


def test_qt_understands_every_key() -> None:
    gui = pytest.importorskip("PySide6.QtGui")
    for keys in keymap().values():
        for key in keys:
            sequence = gui.QKeySequence(key, gui.QKeySequence.SequenceFormat.PortableText)
            assert sequence.count() == 1, key
            assert sequence.toString() not in ("", "Unknown"), key


# PRODUCT's table, Mouse and keys, as far as this version builds it.
@pytest.mark.parametrize(
    ("action", "keys"),
    [
        ("case.next", {"D"}),
        ("case.previous", {"A"}),
        ("case.accept_and_next", {"Return", "Enter"}),
        ("case.accept", {"Shift+Return", "Shift+Enter"}),
        ("case.flag", {"F"}),
        ("edit.undo", {"Ctrl+Z"}),
        ("edit.redo", {"Ctrl+Shift+Z", "Ctrl+Y"}),
        ("mask.toggle", {"V"}),
        ("predict.again", {"R"}),
        ("label.clear", {"Del"}),
        ("privacy.toggle", {"I"}),
        ("view.window_reset", {"0"}),
    ],
)
def test_the_default_keys_are_the_documented_ones(action: str, keys: set[str]) -> None:
    assert set(keymap()[action]) == keys


def test_fonts_lie_there_with_their_licence() -> None:
    fonts = {p.name for p in (RESOURCES / "fonts").iterdir()}
    assert {"Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "OFL.txt"} <= fonts
    assert "SIL Open Font License" in (RESOURCES / "fonts" / "OFL.txt").read_text(encoding="utf-8")


def test_the_programs_icon_is_a_square_picture_with_transparent_corners() -> None:
    from PIL import Image

    with Image.open(RESOURCES / "icons" / "app.png") as icon:
        assert icon.size == (256, 256)
        assert icon.convert("RGBA").getpixel((0, 0))[3] == 0
