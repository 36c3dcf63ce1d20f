"""What the tools that draw a closed outline have in common: its option, its words, its lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.hints import stroke_hint
from urwkv_desktop.editing.tools.tool import NOTHING, CursorShape, Preview, Shape
from urwkv_desktop.imaging import ImagePoint, Message

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


def outline_hint(scene: Scene, options: OutlineOptions, inverted: bool, way: Message) -> Message:
    """way: how the outline is drawn."""
    effect = stroke_hint(scene, adds=options.adds(inverted=inverted), inverted=inverted)
    return Message("{way} · {effect}", way=way, effect=effect)


def cross(scene: Scene) -> CursorShape:
    """The cursor of a tool that takes a place; refused where the label is hidden."""
    label = scene.labels.get(scene.active)
    return CursorShape("cross", 1.0, label is not None and not label.visible)


def shapes(points: Sequence[tuple[float, float]], hand: Sequence[tuple[float, float]] = (),
           handles: Sequence[tuple[float, float]] = ()) -> Preview:
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


def pair(at: ImagePoint) -> tuple[float, float]:
    """(row, column), as a Shape's points are."""
    return at.row, at.column


def is_near(one: tuple[float, float], other: tuple[float, float], reach: float) -> bool:
    """Whether two places are at most `reach` image pixels apart."""
    return bool((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 <= reach * reach)
