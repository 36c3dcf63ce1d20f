"""An operation inside a lasso, or at a place that is pointed at: a tool for one gesture, after which it is put away."""

import math
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from urwkv_desktop.editing.operations.operation import Answer, Operation
from urwkv_desktop.editing.operations.within import WhereOptions
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.inside import bounds, inside
from urwkv_desktop.editing.tools.lasso import Lasso
from urwkv_desktop.editing.tools.outlining import OutlineOptions, cross
from urwkv_desktop.editing.tools.tool import NOTHING, CursorShape, Gesture, Preview
from urwkv_desktop.imaging import ImagePoint, Message


@dataclass(frozen=True, eq=False)
class RegionOptions:
    """operation: what is done there, with these options of its own."""

    operation: Operation
    options: Any


class RegionTool(Lasso):
    """A drag around the part of the plane inside which the operation is done."""

    id: ClassVar[str] = "region"
    name: ClassVar[Message] = Message("Inside a lasso")
    Options: ClassVar[type[Any]] = RegionOptions

    def __init__(self, scene: Scene, options: RegionOptions, *, inverted: bool = False) -> None:
        super().__init__(scene, OutlineOptions(), inverted=inverted)
        self._wanted = options

    def release(self, at: ImagePoint) -> Answer:  # type: ignore[override]  # an operation may offer a Suggestion, too
        points = self._ended(at)
        region = np.zeros(self._scene.size, bool)
        rect = bounds(points, self._scene.size)
        if rect.is_empty or len(points) < 3:
            return None
        region[rect.index] = inside(points, rect)
        options: WhereOptions = replace(self._wanted.options, where="lasso", region=region)
        return self._wanted.operation.run(self._scene, options)

    @staticmethod
    def hint(scene: Scene, options: Any, inverted: bool) -> Message:
        return Message("{operation}: draw around where · Escape puts it away", operation=options.operation.name)


class PickTool(Gesture):
    """A press at a place of the plane, such as an island."""

    id: ClassVar[str] = "pick"
    icon: ClassVar[str] = "mdi6.cursor-default-click-outline"
    action: ClassVar[str] = ""
    name: ClassVar[Message] = Message("At a place")
    Options: ClassVar[type[Any]] = RegionOptions

    def __init__(self, scene: Scene, options: RegionOptions, *, inverted: bool = False) -> None:
        self._scene = scene
        self._wanted = options

    @property
    def pending(self) -> Preview | None:
        return None

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview:
        return NOTHING

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        return NOTHING

    def release(self, at: ImagePoint) -> Answer:
        return self._wanted.operation.run(self._scene, replace(self._wanted.options, at=at))

    def cancel(self) -> None:
        """There is nothing to give up."""

    @staticmethod
    def hint(scene: Scene, options: Any, inverted: bool) -> Message:
        return Message("{operation}: press on it · Escape puts it away", operation=options.operation.name)

    @staticmethod
    def cursor(options: Any, scene: Scene) -> CursorShape:
        return cross(scene)


def is_on_label(scene: Scene, at: ImagePoint) -> bool:
    """Whether the place lies on a pixel of the active label."""
    rows, columns = scene.size
    row, column = math.floor(at.row), math.floor(at.column)
    return bool(0 <= row < rows and 0 <= column < columns and scene.ids[row, column] == scene.active)
