"""What every tool is: five verbs, no widget. Pointers are ImagePoints, whatever the screen does."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.imaging import ImagePoint, Message, Rect


@dataclass(frozen=True, eq=False)
class Preview:
    """labels: the ids inside rect as they would be, [rows, columns]. rect may be empty."""

    rect: Rect
    labels: npt.NDArray[np.uint8] | npt.NDArray[np.uint16]


@dataclass(frozen=True)
class CursorShape:
    """kind: "disc" or "square". diameter: in image pixels. is_refused: this label is locked or hidden."""

    kind: str
    diameter: float
    is_refused: bool = False


class Tool(Protocol):
    """id, icon (a qtawesome name), action (its key stands in the keymaps), Options (a frozen dataclass whose fields
    carry unit, min, max and label in their metadata, from which the inspector builds itself)."""

    id: ClassVar[str]
    icon: ClassVar[str]
    action: ClassVar[str]
    name: ClassVar[Message]
    Options: ClassVar[type[Any]]

    def __init__(self, scene: Scene, options: Any, *, inverted: bool = False) -> None: ...

    @property
    def pending(self) -> Preview | None:
        """The whole gesture so far; None where none runs."""

    def press(self, at: ImagePoint) -> Preview: ...
    def move(self, to: ImagePoint) -> Preview: ...
    def release(self, at: ImagePoint) -> MaskEdit | None:
        """None where no voxel would change. `before` is read now, not at press."""

    def key(self, action: str) -> Preview | MaskEdit | None: ...
    def cancel(self) -> None: ...

    @staticmethod
    def hint(scene: Scene, options: Any, inverted: bool) -> Message: ...
    @staticmethod
    def cursor(options: Any, scene: Scene) -> CursorShape: ...
