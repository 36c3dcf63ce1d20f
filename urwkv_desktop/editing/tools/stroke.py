"""A drag of a disc or square that adds or removes: brush and eraser are this with a sign."""

import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.capsule import Coverage, swept
from urwkv_desktop.editing.tools.tool import CursorShape, Preview
from urwkv_desktop.imaging import ImagePoint, Message, Rect

_NO_RECT = Rect(0, 0, 0, 0)


@dataclass(frozen=True)
class StrokeOptions:
    """size: diameter in pixels; 1 is exactly one pixel. shape: "disc" or "square"."""

    size: float = field(default=20.0, metadata={"unit": "px", "min": 1.0, "max": 1000.0, "label": Message("Size")})
    shape: str = field(default="disc", metadata={"unit": "", "choices": ("disc", "square"), "label": Message("Shape")})

    def __post_init__(self) -> None:
        if not 1 <= self.size <= 1000:
            raise ValueError(f"a size of {self.size} pixels")
        if self.shape not in ("disc", "square"):
            raise ValueError(f"a shape called {self.shape}")


class Stroke:
    """The Tool protocol but for names and hints, which Brush and Eraser give."""

    id: ClassVar[str]
    name: ClassVar[Message]
    Options: ClassVar[type[Any]] = StrokeOptions
    adds_by_itself: ClassVar[bool]

    def __init__(self, scene: Scene, options: StrokeOptions, *, inverted: bool = False) -> None:
        self._scene = scene
        self._options = options
        self._adds = self.adds_by_itself != inverted
        self._coverage: Coverage | None = None
        self._rect = _NO_RECT
        self._last = ImagePoint(0.0, 0.0)
        self._table: Any = None

    @property
    def pending(self) -> Preview | None:
        return None if self._coverage is None else self._preview(self._rect)

    def press(self, at: ImagePoint) -> Preview:
        # Zeroed pages are given by the system when first touched: a plane of any size costs what the stroke covers.
        self._coverage = np.zeros(self._scene.size, bool)
        self._rect, self._last = _NO_RECT, at
        self._table = self._scene.writable(adds=self._adds, begun_on=self._id_at(at))
        return self.move(at)

    def move(self, to: ImagePoint) -> Preview:
        if self._coverage is None:
            return self._preview(_NO_RECT)
        rect, covered = swept(self._last, to, self._options.size, self._options.shape, self._scene.size)
        self._last = to
        self._coverage[rect.index] |= covered
        self._rect = self._rect.union(rect)
        return self._preview(rect)

    def release(self, at: ImagePoint) -> MaskEdit | None:
        if self._coverage is None:
            return None
        if at != self._last:
            self.move(at)
        rect = self._rect
        before, after = self._scene.ids[rect.index], self._result(rect)
        self.cancel()
        changed = before != after
        rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
        if not rows.size:
            return None
        tight = Rect(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)
        inside = (slice(tight.top, tight.bottom), slice(tight.left, tight.right))
        place = Rect(rect.top + tight.top, rect.left + tight.left, rect.top + tight.bottom, rect.left + tight.right)
        return self._edit(place, before[inside], after[inside])

    def key(self, action: str) -> Preview | MaskEdit | None:
        return None

    def cancel(self) -> None:
        self._coverage = None
        self._rect = _NO_RECT

    @staticmethod
    def cursor(options: StrokeOptions, scene: Scene) -> CursorShape:
        label = scene.labels.get(scene.active)
        return CursorShape(options.shape, options.size, label is not None and not label.visible)

    def _edit(self, rect: Rect, before: Voxels, after: Voxels) -> MaskEdit:
        box = self._scene.plane.box(rect)
        return MaskEdit(self.name if self._adds == self.adds_by_itself else _INVERTED[self.id], self.id,
                        self._scene.group(), 0, box, before.reshape(box.shape).copy(), after.reshape(box.shape).copy(),
                        reader=self._scene.reader)

    def _preview(self, rect: Rect) -> Preview:
        return Preview(rect, self._result(rect))

    def _result(self, rect: Rect) -> Voxels:
        """The ids inside rect as this gesture would leave them."""
        ids = self._scene.ids[rect.index]
        value = self._scene.active if self._adds else 0
        after: Voxels = ids.astype(np.uint16) if value > 255 else ids.copy()
        if self._coverage is None or self._is_refused():
            return after
        where = self._coverage[rect.index]
        if self._table is not None:
            where = where & self._table[ids]
        after[where] = value
        return after

    def _is_refused(self) -> bool:
        """Nothing is painted with a label that is not visible."""
        label = self._scene.labels.get(self._scene.active)
        return self._adds and label is not None and not label.visible

    def _id_at(self, at: ImagePoint) -> int:
        rows, columns = self._scene.size
        row, column = math.floor(at.row), math.floor(at.column)
        return int(self._scene.ids[row, column]) if 0 <= row < rows and 0 <= column < columns else 0


_INVERTED = {"brush": Message("Brush, removing"), "eraser": Message("Eraser, adding")}
