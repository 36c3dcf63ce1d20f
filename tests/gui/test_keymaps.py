"""The key maps that come with the program, and how one lies over another."""

import json
from collections import Counter
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from PySide6.QtCore import Qt

from urwkv_desktop.gui.key_table import MAPS, OwnKeys, laid_over, portable, read_file, read_map
from urwkv_desktop.gui.keymap import HELD
from urwkv_desktop.gui.mouse_map import Drag, MouseMap, Turn
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.workflow import find_places
from urwkv_desktop.workflow.settings import Keys

FOLDER = find_places().resources / "keymaps"
LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
HELD_NONE, CTRL, SHIFT, ALT = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier,
                               Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)


def test_the_settings_offer_every_map_that_is_there() -> None:
    assert set(get_args(get_type_hints(Keys)["map"])) == set(MAPS) == {file.stem for file in FOLDER.glob("*.json")}


@pytest.mark.parametrize("name", MAPS)
def test_no_map_gives_one_key_to_two_actions(name: str) -> None:
    for keys in (read_file(FOLDER / f"{name}.json")[0], read_map(FOLDER, name).keys):
        uses = Counter(key for own in keys.values() for key in own)
        assert [key for key, count in uses.items() if count > 1] == []


@pytest.mark.parametrize("name", MAPS)
def test_every_key_of_a_map_is_one_that_qt_knows(name: str) -> None:
    stored = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    assert all(portable(key) == key for action, keys in stored.items() if action != "mouse" for key in keys)


@pytest.mark.parametrize("name", MAPS)
def test_a_map_names_only_actions_that_the_default_has(name: str) -> None:
    assert set(read_file(FOLDER / f"{name}.json")[0]) <= set(read_map(FOLDER).keys)


@pytest.mark.parametrize("name", MAPS)
def test_what_has_a_key_by_default_has_one_in_every_map(name: str) -> None:
    """Else a hand that learned it in the guide finds nothing."""
    default, keys = read_map(FOLDER).keys, read_map(FOLDER, name).keys
    assert [action for action, own in default.items() if own and not keys[action]] == []


@pytest.mark.parametrize("name", MAPS)
def test_keys_that_are_held_are_held_alone(name: str) -> None:
    keys = read_map(FOLDER, name).keys
    assert all(keys[action] and "+" not in key for action in HELD for key in keys[action])


@pytest.mark.parametrize("name", MAPS)
def test_every_map_can_paint_pan_window_zoom_and_turn_slices_by_mouse(name: str) -> None:
    mouse = read_map(FOLDER, name).mouse
    assert mouse.drag(LEFT, HELD_NONE, has_tool=True) is Drag.tool
    assert {Drag.pan, Drag.window} <= set(mouse.drags.values())
    assert {Turn.zoom, Turn.size} <= set(mouse.turns.values())
    assert mouse.turn(HELD_NONE) in (Turn.slices, Turn.scroll)


@pytest.mark.parametrize(("name", "button", "held", "has_tool", "meaning"), [
    ("default", RIGHT, HELD_NONE, True, Drag.window), ("default", MIDDLE, HELD_NONE, True, Drag.pan),
    ("default", LEFT, CTRL, True, Drag.tool), ("default", LEFT, HELD_NONE, False, Drag.pan),
    ("itk-snap", RIGHT, HELD_NONE, True, Drag.inverse), ("itk-snap", RIGHT, HELD_NONE, False, Drag.zoom),
    ("itk-snap", LEFT, ALT, True, Drag.pan), ("itk-snap", RIGHT, SHIFT, True, Drag.window),
    ("slicer", RIGHT, HELD_NONE, True, Drag.zoom), ("slicer", RIGHT, CTRL, True, Drag.window),
    ("radiology", LEFT, HELD_NONE, False, Drag.window), ("radiology", RIGHT, HELD_NONE, True, Drag.zoom),
])
def test_buttons_mean_what_the_peers_say(name: str, button: Qt.MouseButton, held: Qt.KeyboardModifier, has_tool: bool,
                                         meaning: Drag) -> None:
    assert read_map(FOLDER, name).mouse.drag(button, held, has_tool=has_tool) is meaning


def test_space_moves_the_image_whatever_else_is_held() -> None:
    mouse = read_map(FOLDER).mouse
    assert mouse.drag(LEFT, CTRL, has_tool=True, space=True) is Drag.pan


def test_a_gesture_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no gesture"):
        MouseMap.of({"nose": "pan"})
    with pytest.raises(ValueError, match="dance"):
        MouseMap.of({"left": "dance"})


def test_what_a_map_takes_no_other_action_keeps() -> None:
    base = {"a": ("A", "Ctrl+A"), "b": ("B",)}
    assert laid_over(base, {"b": ("A",)}) == {"a": ("Ctrl+A",), "b": ("A",)}
    assert laid_over(base, {"of a newer program": ("B",)}) == {"a": ("A", "Ctrl+A"), "b": ()}


def test_own_keys_are_kept_as_a_file_that_can_be_shared(tmp_path: Path) -> None:
    own = OwnKeys(tmp_path / "config" / "keys.json")
    own.keep({"case.next": ("N",)})
    assert json.loads((tmp_path / "config" / "keys.json").read_text("utf-8")) == {"case.next": ["N"]}
    assert OwnKeys(tmp_path / "config" / "keys.json").keys == {"case.next": ("N",)}


def test_a_mouse_that_somebody_shared_stays_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text('{"mouse": {"right": "zoom"}}', "utf-8")
    own = OwnKeys(file)
    assert own.mouse is not None
    own.keep({"case.next": ("N",)})
    assert json.loads(file.read_text("utf-8"))["mouse"] == {"right": "zoom"}


@pytest.mark.parametrize("text", ["", "[]", '{"case.next": "N"}', '{"mouse": {"left": "dance"}}', "\x00"])
def test_a_file_that_is_no_key_map_is_said_and_changes_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys.json"
    file.write_text(text, "utf-8")
    own = OwnKeys(file)
    assert own.refusal is not None
    assert own.keys == {}


def test_keys_that_cannot_be_written_hold_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be", "utf-8")
    own = OwnKeys(tmp_path / "config" / "keys.json")
    with pytest.raises(Refusal):
        own.keep({"case.next": ("N",)})
    assert own.keys == {"case.next": ("N",)}
