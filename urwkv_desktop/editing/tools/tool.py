"""What every tool is: a few verbs, no widget. Pointers are ImagePoints, whatever the screen does."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.edits import MaskEdit, MeasureEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import ImagePoint, Message, Rect

# Actions that a gesture answers: Enter and double click; Escape; Backspace.
TAKE, CANCEL, BACK = "gesture.take", "gesture.cancel", "gesture.back"


@dataclass(frozen=True, eq=False)
class Shape:
    """Something to draw over the image, never in the mask.

    points: (row, column) in the plane, continuous like an ImagePoint. kind: "line", "dashed", "handles" (a small square
    at each point), "region" (a light hatch inside).
    """

    points: tuple[tuple[float, float], ...]
    is_closed: bool = False
    kind: str = "line"


@dataclass(frozen=True, eq=False)
class Preview:
    """labels: the ids inside rect as they would be, [rows, columns]. rect may be empty.

    is_whole: this is all of it, and what earlier previews of the gesture showed in the mask is gone. shapes: all that
    are drawn from now on. note: said in the status line, such as a length; None for the tool's hint.
    """

    rect: Rect
    labels: npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
    shapes: tuple[Shape, ...] = ()
    note: Message | None = None
    is_whole: bool = False


NO_RECT = Rect(0, 0, 0, 0)
NOTHING = Preview(NO_RECT, np.zeros((0, 0), np.uint8))


@dataclass(frozen=True)
class CursorShape:
    """kind: "disc", "square" or "cross" (a place, whatever the diameter). diameter: in image pixels.

    is_refused: this label is locked or hidden. rows: its height where that is another number than its width.
    """

    kind: str
    diameter: float
    is_refused: bool = False
    rows: float | None = None


Release = MaskEdit | MeasureEdit | Suggestion | Work | None


class Tool(Protocol):
    """id, icon (a qtawesome name), action (its key stands in the keymaps), Options (a frozen dataclass whose fields
    carry unit, min, max and label in their metadata, from which the inspector builds itself).

    hovers: whether `hover` has something to show before a press; such a tool is made when the hand comes to the image.
    changes_mask: False for a tool that may work although the mask is hidden. nothing: said when a gesture that came to
    its end has changed nothing; None where that speaks for itself.
    """

    id: ClassVar[str]
    icon: ClassVar[str]
    action: ClassVar[str]
    name: ClassVar[Message]
    Options: ClassVar[type[Any]]
    hovers: ClassVar[bool]
    changes_mask: ClassVar[bool]
    nothing: ClassVar[Message | None]

    def __init__(self, scene: Scene, options: Any, *, inverted: bool = False) -> None: ...

    @property
    def pending(self) -> Preview | None:
        """The whole gesture so far; None where none runs."""

    @property
    def is_open(self) -> bool:
        """Whether the gesture goes on although the button is up; then presses come to this same tool."""

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview | Work:
        """pressure: of a pen, 0..1; 1 for a mouse."""

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview | Work: ...
    def hover(self, to: ImagePoint) -> Preview:
        """A move without a button: while `is_open`, and before a press where `hovers`."""

    def release(self, at: ImagePoint) -> Release:
        """None where no voxel would change, or while `is_open`. `before` is read now, not at press."""

    def key(self, action: str) -> Preview | Release:
        """TAKE or BACK while the gesture is open. A Preview goes on; anything else has ended it."""

    def cancel(self) -> None: ...

    @staticmethod
    def hint(scene: Scene, options: Any, inverted: bool) -> Message: ...
    @staticmethod
    def cursor(options: Any, scene: Scene) -> CursorShape: ...


class Gesture:
    """What most tools leave as it is: a drag from press to release that neither hovers nor stays open."""

    hovers: ClassVar[bool] = False
    changes_mask: ClassVar[bool] = True
    nothing: ClassVar[Message | None] = None

    @property
    def is_open(self) -> bool:
        return False

    def hover(self, to: ImagePoint) -> Preview:
        return NOTHING

    def key(self, action: str) -> Preview | Release:
        return None
