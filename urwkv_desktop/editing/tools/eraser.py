"""The eraser: what it covers becomes background."""

from typing import ClassVar

from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.hints import stroke_hint
from urwkv_desktop.editing.tools.stroke import Stroke, StrokeOptions
from urwkv_desktop.imaging import Message

EraserOptions = StrokeOptions


class Eraser(Stroke):
    id: ClassVar[str] = "eraser"
    icon: ClassVar[str] = "mdi6.eraser"
    action: ClassVar[str] = "tool.eraser"
    name: ClassVar[Message] = Message("Eraser")
    inverted_name: ClassVar[Message] = Message("Eraser, adding")
    adds_by_itself: ClassVar[bool] = False

    @staticmethod
    def hint(scene: Scene, options: StrokeOptions, inverted: bool) -> Message:
        return stroke_hint(scene, adds=inverted, inverted=inverted)
