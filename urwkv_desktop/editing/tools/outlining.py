"""What the tools that draw a closed outline have in common: its option, its words, its lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.hints import stroke_hint
from urwkv_desktop.editing.tools.inside import filled
from urwkv_desktop.editing.tools.tool import BACK, NOTHING, TAKE, CursorShape, Preview, Shape
from urwkv_desktop.editing.tools.trail import Line, Place
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Message

# The words of `effect` in the inspector.
EFFECTS = {"add": Message("Add"), "subtract": Message("Subtract")}


@dataclass(frozen=True)
class OutlineOptions:
    """effect: "add" paints the active label inside the outline, "subtract" makes background of it."""

    effect: str = field(default="add", metadata={"choices": tuple(EFFECTS), "label": Message("Inside")})

    def __post_init__(self) -> None:
        if self.effect not in EFFECTS:
            raise ValueError(f"an effect called {self.effect}")

    def adds(self, *, inverted: bool) -> bool:
        return (self.effect == "add") != inverted


class Outline(Line):
    """The Tool protocol but for the way in which the outline is drawn. inverted_name: of an edit that removes."""

    id: ClassVar[str]
    name: ClassVar[Message]
    inverted_name: ClassVar[Message]
    Options: ClassVar[type[Any]] = OutlineOptions

    def __init__(self, scene: Scene, options: OutlineOptions, *, inverted: bool = False) -> None:
        super().__init__()
        self._scene = scene
        self._adds = options.adds(inverted=inverted)

    @staticmethod
    def cursor(options: Any, scene: Scene) -> CursorShape:
        return cross(scene)

    def _preview(self) -> Preview:
        return shapes(self._points)

    def _closed(self) -> MaskEdit | Work | None:
        """The gesture's end; None where nothing would change."""
        points = tuple(self._points)
        self.cancel()
        name = self.name if self._adds else self.inverted_name
        return filled(self._scene, points, adds=self._adds, name=name, tool_id=self.id)


class OpenOutline(Outline):
    """One that goes on with no button down, until it is closed."""

    @property
    def is_open(self) -> bool:
        return bool(self._points)

    def key(self, action: str) -> Preview | MaskEdit | Work | None:
        if action == BACK and self._points:
            self._step_back()
        elif action == TAKE and len(self._points) > 2:
            return self._closed()
        return self.pending

    def _step_back(self) -> None:
        raise NotImplementedError


def outline_hint(scene: Scene, options: OutlineOptions, inverted: bool, way: Message) -> Message:
    """way: how the outline is drawn."""
    effect = stroke_hint(scene, adds=options.adds(inverted=inverted), inverted=inverted)
    return Message("{way} · {effect}", way=way, effect=effect)


def cross(scene: Scene) -> CursorShape:
    """The cursor of a tool that takes a place; refused where the label is hidden."""
    label = scene.labels.get(scene.active)
    return CursorShape("cross", 1.0, label is not None and not label.visible)


def shapes(points: Sequence[Place], hand: Sequence[Place] = (), handles: Sequence[Place] = ()) -> Preview:
    """points: the line so far. hand: what a press would add. It closes, dashed, to where it began."""
    drawn: list[Shape] = []
    if len(points) > 1:
        drawn.append(Shape(tuple(points)))
    if len(hand) > 1:
        drawn.append(Shape(tuple(hand)))
    ends = [*points[-1:], *hand[-1:]]
    if points and ends[-1] != points[0] and len(points) + len(hand) > 2:
        drawn.append(Shape((ends[-1], points[0]), kind="dashed"))
    if handles:
        drawn.append(Shape(tuple(handles), kind="handles"))
    return Preview(NOTHING.rect, NOTHING.labels, tuple(drawn))


def is_near(one: Place, other: Place, reach: float) -> bool:
    """Whether two places are at most `reach` image pixels apart."""
    return bool((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 <= reach * reach)
