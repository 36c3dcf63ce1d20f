"""The lasso: a drag around what is painted or removed."""

from typing import Any, ClassVar

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.inside import filled
from urwkv_desktop.editing.tools.outlining import OutlineOptions, cross, outline_hint, pair, shapes
from urwkv_desktop.editing.tools.tool import CursorShape, Gesture, Preview
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import ImagePoint, Message


class Lasso(Gesture):
    """The line closes by itself when the hand lets go."""

    id: ClassVar[str] = "lasso"
    icon: ClassVar[str] = "mdi6.lasso"
    action: ClassVar[str] = "tool.lasso"
    name: ClassVar[Message] = Message("Lasso")
    Options: ClassVar[type[Any]] = OutlineOptions

    def __init__(self, scene: Scene, options: OutlineOptions, *, inverted: bool = False) -> None:
        self._scene = scene
        self._adds = options.adds(inverted=inverted)
        self._points: list[tuple[float, float]] = []

    @property
    def pending(self) -> Preview | None:
        return shapes(self._points) if self._points else None

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview:
        self._points = [pair(at)]
        return shapes(self._points)

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        if self._points and pair(to) != self._points[-1]:
            self._points.append(pair(to))
        return shapes(self._points)

    def release(self, at: ImagePoint) -> MaskEdit | Work | None:
        self.move(at)
        points, self._points = self._points, []
        name = Message("Lasso") if self._adds else Message("Lasso, removing")
        return filled(self._scene, points, adds=self._adds, name=name, tool_id=self.id)

    def cancel(self) -> None:
        self._points = []

    @staticmethod
    def hint(scene: Scene, options: OutlineOptions, inverted: bool) -> Message:
        return outline_hint(scene, options, inverted, Message("Draw around it"))

    @staticmethod
    def cursor(options: OutlineOptions, scene: Scene) -> CursorShape:
        return cross(scene)
