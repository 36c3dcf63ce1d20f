"""What the mouse's buttons and its wheel mean on the canvas, as the key map in use has it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt

_Button, _Held = Qt.MouseButton, Qt.KeyboardModifier
_BUTTONS = {_Button.LeftButton: "left", _Button.MiddleButton: "middle", _Button.RightButton: "right"}
_MODIFIERS = ((_Held.ControlModifier, "Ctrl"), (_Held.ShiftModifier, "Shift"), (_Held.AltModifier, "Alt"))


class Drag(Enum):
    """tool: the one in the hand; inverse: the same, turned round (adds where it removes)."""

    tool = "tool"
    inverse = "inverse"
    pan = "pan"
    window = "window"
    zoom = "zoom"
    slices = "slices"
    nothing = "nothing"


class Turn(Enum):
    """slices: of a volume; on a picture, which has none, zoom. scroll: up and down; of a volume, its slices.

    sideways: scroll to the side. size, threshold: the tool's, where it has one.
    """

    slices = "slices"
    zoom = "zoom"
    size = "size"
    threshold = "threshold"
    scroll = "scroll"
    sideways = "sideways"


@dataclass(frozen=True)
class MouseMap:
    """drags: gesture -> meaning, a gesture being "left", "middle" or "right", after what is held with it ("Ctrl+left",
    "Space+left", in the order Space, Ctrl, Shift, Alt), and before " with tool" or " without tool" where it holds only
    while there is, or is not, a tool in the hand. turns: the same for "wheel".

    What is not named with a modifier means what it means without one.
    """

    drags: Mapping[str, Drag]
    turns: Mapping[str, Turn]

    def drag(self, button: Qt.MouseButton, held: Qt.KeyboardModifier, *, has_tool: bool, space: bool = False) -> Drag:
        name = _BUTTONS.get(button)
        if name is None:
            return Drag.nothing
        state = "with tool" if has_tool else "without tool"
        for gesture in _gestures(name, held, space):
            for said in (f"{gesture} {state}", gesture):
                if said in self.drags:
                    return self.drags[said]
        return Drag.nothing

    def turn(self, held: Qt.KeyboardModifier) -> Turn:
        return next((self.turns[said] for said in _gestures("wheel", held, False) if said in self.turns), Turn.zoom)

    @staticmethod
    def of(stored: Mapping[str, str]) -> "MouseMap":
        """The `mouse` section of a key map. Raises ValueError for a meaning or a gesture that there is not."""
        drags, turns = dict[str, Drag](), dict[str, Turn]()
        for gesture, meaning in stored.items():
            device = gesture.removesuffix(" with tool").removesuffix(" without tool").rpartition("+")[2]
            if device == "wheel":
                turns[gesture] = Turn(meaning)
            elif device in _BUTTONS.values():
                drags[gesture] = Drag(meaning)
            else:
                raise ValueError(f"{gesture} is no gesture of the mouse")
        return MouseMap(drags, turns)


def _gestures(name: str, held: Qt.KeyboardModifier, space: bool) -> Iterator[str]:
    """With all that is held, then without it."""
    words = [word for modifier, word in _MODIFIERS if held & modifier]
    if space:
        yield "+".join(("Space", *words, name))
        yield f"Space+{name}"
    if words:
        yield "+".join((*words, name))
    yield name


DEFAULT = MouseMap.of({
    "left": "tool", "middle": "pan", "right": "window", "Space+left": "pan",
    "wheel": "slices", "Ctrl+wheel": "zoom", "Shift+wheel": "size", "Alt+wheel": "threshold",
})
