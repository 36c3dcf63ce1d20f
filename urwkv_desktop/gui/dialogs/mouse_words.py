"""What the mouse does, in words, as the key map in use has it."""

from PySide6.QtCore import QCoreApplication

from urwkv_desktop.gui.keymap import native
from urwkv_desktop.gui.mouse_map import Drag, MouseMap, Turn


def _tr(text: str) -> str:
    return QCoreApplication.translate("mouse", text)


def mouse_lines(mouse: MouseMap) -> list[tuple[str, str]]:
    """(gesture, what it does), buttons first."""
    drags = [(_gesture(gesture), _drag(does)) for gesture, does in mouse.drags.items() if does is not Drag.nothing]
    return drags + [(_gesture(gesture), _turn(does)) for gesture, does in mouse.turns.items()]


def _gesture(gesture: str) -> str:
    """"Ctrl+left without tool" as a person reads it."""
    device, _, state = gesture.partition(" ")
    held, _, device = device.rpartition("+")
    words = {"left": _tr("left drag"), "middle": _tr("middle drag"), "right": _tr("right drag"), "wheel": _tr("wheel")}
    states = {"": "", "with tool": _tr("(tool in the hand)"), "without tool": _tr("(no tool)")}
    keys = native(f"{held}+A").removesuffix("A") if held and held != "Space" else (_tr("Space+") if held else "")
    return f"{keys}{words[device]} {states[state]}".strip()


def _drag(does: Drag) -> str:
    return {
        Drag.tool: _tr("the tool; Ctrl turns it round"),
        Drag.inverse: _tr("the tool turned round: removes where it adds"),
        Drag.pan: _tr("move the image"),
        Drag.window: _tr("window sideways, level up and down"),
        Drag.zoom: _tr("zoom: up is nearer"),
        Drag.slices: _tr("slices: down goes on"),
        Drag.nothing: "",
    }[does]


def _turn(does: Turn) -> str:
    return {
        Turn.slices: _tr("slices; on a picture, zoom"),
        Turn.zoom: _tr("zoom to the pointer"),
        Turn.size: _tr("size of the brush"),
        Turn.threshold: _tr("threshold of the brush"),
        Turn.scroll: _tr("up and down; in a volume, slices"),
        Turn.sideways: _tr("to the side"),
    }[does]
