"""Line correction: a line from outline to outline takes the place of the piece of outline that it cuts off."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.operations.region import tight_edit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.cutting import cut
from urwkv_desktop.editing.tools.paint import Paint
from urwkv_desktop.editing.tools.tool import CursorShape
from urwkv_desktop.editing.tools.trail import Place, Trail
from urwkv_desktop.editing.work import Stop, Work, never
from urwkv_desktop.imaging import ImagePoint, Message, Rect

_NOWHERE = ImagePoint(-1.0, -1.0)
_AT_ONCE = 1 << 16  # pixels that are looked at without leaving the window's thread
_ROOM = 8  # pixels around the line: the least that is looked at


@dataclass(frozen=True)
class LineCorrectionOptions:
    """It has none."""


class LineCorrection(Trail):
    """Of a part that is cut in two the larger stays; the smaller one while Ctrl is held."""

    id: ClassVar[str] = "line_correction"
    icon: ClassVar[str] = "mdi6.scissors-cutting"
    action: ClassVar[str] = "tool.line_correction"
    name: ClassVar[Message] = Message("Line correction")
    Options: ClassVar[type[Any]] = LineCorrectionOptions
    nothing: ClassVar[Message | None] = Message("Nothing was cut off: the line has to lead from outline to outline.")

    def __init__(self, scene: Scene, options: LineCorrectionOptions, *, inverted: bool = False) -> None:
        super().__init__()
        self._scene = scene
        self._keeps_larger = not inverted

    def release(self, at: ImagePoint) -> MaskEdit | Work | None:
        line = _reaching(self._ended(at), self._scene.grip())
        if len(line) < 2 or _is_refused(self._scene):
            return None
        scene, keeps_larger = self._scene, self._keeps_larger
        rect = _around(line, scene.size)
        while rect.height * rect.width <= _AT_ONCE:
            larger = _larger(rect, scene.ids, scene.active)
            if larger == rect:
                return _correct(scene, scene.ids, rect, line, keeps_larger)
            rect = larger
        ids = scene.ids.copy()

        def run(stop: Stop = never) -> MaskEdit | None:
            return _correct(scene, ids, _whole(rect, ids, scene.active), line, keeps_larger)

        return Work(self.name, run)

    @staticmethod
    def hint(scene: Scene, options: LineCorrectionOptions, inverted: bool) -> Message:
        label = scene.labels.get(scene.active)
        name = label.name if label is not None else str(scene.active)
        if label is not None and not label.visible:
            return Message("{label} is hidden: show it to paint", label=name)
        if label is not None and label.locked:
            return Message("{label} is locked and stays as it is", label=name)
        if inverted:
            return Message("Cuts off the larger part of {label} while Ctrl is held", label=name)
        return Message("Draw the right outline of {label}, from edge to edge · Ctrl keeps the smaller part", label=name)

    @staticmethod
    def cursor(options: LineCorrectionOptions, scene: Scene) -> CursorShape:
        return CursorShape("cross", 1.0, _is_refused(scene))


def _correct(scene: Scene, ids: Voxels, rect: Rect, line: Sequence[Place], keeps_larger: bool) -> MaskEdit | None:
    """ids: the plane, [rows, columns]. None where the line cuts nothing off."""
    before = ids[rect.index]
    found = cut(before == scene.active, rect, line, keeps_larger=keeps_larger)
    after = Paint(scene, adds=True, begun_on=_NOWHERE).over(before, found.added)
    after = Paint(scene, adds=False, begun_on=_NOWHERE).over(after, found.removed)
    box = scene.plane.box(rect)
    return tight_edit(box, before.reshape(box.shape), after.reshape(box.shape), LineCorrection.name, LineCorrection.id,
                      scene.reader)


def _reaching(line: Sequence[Place], grip: float) -> tuple[Place, ...]:
    """The line longer at both ends by what a hand misses the outline by, in the direction in which it was drawn."""
    if len(line) < 2:
        return tuple(line)
    return (_beyond(line, grip), *line, _beyond(line[::-1], grip))


def _beyond(line: Sequence[Place], grip: float) -> Place:
    """A point before the line's first one; the direction is that of its first piece as long as the grip."""
    (row, column), other = line[0], line[-1]
    other = next((point for point in line[1:] if math.dist(point, line[0]) >= grip), other)
    far = math.dist(line[0], other) or 1.0
    return row + (row - other[0]) * grip / far, column + (column - other[1]) * grip / far


def _is_refused(scene: Scene) -> bool:
    label = scene.labels.get(scene.active)
    return label is not None and (label.locked or not label.visible)


def _around(line: Sequence[Place], size: tuple[int, int]) -> Rect:
    rows, columns = [row for row, _ in line], [column for _, column in line]
    rect = Rect(math.floor(min(rows)), math.floor(min(columns)), math.ceil(max(rows)), math.ceil(max(columns)))
    held = rect.grown(_ROOM).intersection(Rect(0, 0, *size))
    return Rect(0, 0, 0, 0) if held.is_empty else held


def _larger(rect: Rect, ids: Voxels, label: int) -> Rect:
    """A rectangle that is larger on the sides where the label goes on; the same where it ends inside."""
    inside = ids[rect.index] == label
    if not inside.size:
        return rect
    down, across = max(rect.height // 2, _ROOM), max(rect.width // 2, _ROOM)
    grown = Rect(rect.top - down * bool(inside[0].any()), rect.left - across * bool(inside[:, 0].any()),
                 rect.bottom + down * bool(inside[-1].any()), rect.right + across * bool(inside[:, -1].any()))
    return grown.intersection(Rect(0, 0, *ids.shape))


def _whole(rect: Rect, ids: Voxels, label: int) -> Rect:
    while (larger := _larger(rect, ids, label)) != rect:
        rect = larger
    return rect
