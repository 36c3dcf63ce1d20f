"""The brush: paints the active label."""

from typing import ClassVar

from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.hints import stroke_hint
from urwkv_desktop.editing.tools.stroke import Stroke, StrokeOptions
from urwkv_desktop.imaging import Message

BrushOptions = StrokeOptions


class Brush(Stroke):
    id: ClassVar[str] = "brush"
    icon: ClassVar[str] = "mdi6.brush"
    action: ClassVar[str] = "tool.brush"
    name: ClassVar[Message] = Message("Brush")
    inverted_name: ClassVar[Message] = Message("Brush, removing")
    adds_by_itself: ClassVar[bool] = True

    @staticmethod
    def hint(scene: Scene, options: StrokeOptions, inverted: bool) -> Message:
        return stroke_hint(scene, adds=not inverted, inverted=inverted)
