"""A drag of a disc or square that adds or removes: every brush is this with a sign; some choose among the pixels."""

from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.capsule import Coverage, reach, swept
from urwkv_desktop.editing.tools.choices import Limit
from urwkv_desktop.editing.tools.paint import Paint
from urwkv_desktop.editing.tools.tip import StrokeOptions, Tip, fitted, limits
from urwkv_desktop.editing.tools.tool import NO_RECT, CursorShape, Gesture, Preview
from urwkv_desktop.editing.work import Work, never
from urwkv_desktop.imaging import Box, ImagePoint, Message, Plane, Rect

__all__ = ["Stroke", "StrokeOptions"]

_AT_ONCE = 1 << 20  # voxels of a box that are painted without leaving the window's thread
_LIGHTEST = 0.15  # of the size: how small pressure makes a brush


class Stroke(Gesture):
    """The Tool protocol but for names and hints, which the brushes give."""

    id: ClassVar[str]
    name: ClassVar[Message]
    inverted_name: ClassVar[Message]
    Options: ClassVar[type[Any]] = StrokeOptions
    adds_by_itself: ClassVar[bool]
    chooses: ClassVar[bool] = False  # whether `_admits` is asked

    def __init__(self, scene: Scene, options: Any, *, inverted: bool = False) -> None:
        self._scene = scene
        self._options = options
        self._tip = Tip.of(options, scene)
        self._depths = self._tip.depths(options, scene)
        self._adds = self.adds_by_itself != inverted
        self._coverage: Coverage | None = None  # what the path covers
        self._taken: Coverage | None = None  # what of it is painted
        self._reach: npt.NDArray[np.float64] | None = None
        self._paint = Paint(scene, adds=self._adds, begun_on=ImagePoint(-1.0, -1.0))
        self._rect = NO_RECT
        self._last = ImagePoint(0.0, 0.0)

    @property
    def pending(self) -> Preview | None:
        return None if self._coverage is None else self._preview(self._rect)

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview:
        # Zeroed pages are given by the system when first touched: a plane of any size costs what the stroke covers.
        size = self._scene.size
        self._coverage = np.zeros(size, bool)
        self._taken = np.zeros(size, bool) if self.chooses else self._coverage
        self._reach = np.zeros(size) if self._is_round_ball else None
        self._rect, self._last = NO_RECT, at
        self._paint = Paint(self._scene, adds=self._adds, begun_on=at)
        return self.move(at, pressure)

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        if self._coverage is None:
            return self._preview(NO_RECT)
        tip, diameter = self._tip, self._diameter(pressure)
        rect, covered = swept(self._last, to, diameter, tip.shape, self._scene.size, tip.scale)
        self._coverage[rect.index] |= covered
        if self._taken is not None and self._taken is not self._coverage:
            self._taken[rect.index] |= covered & self._admits(rect, self._scene.plane)
        if self._reach is not None and not rect.is_empty:
            part = self._reach[rect.index]
            np.maximum(part, reach(self._last, to, diameter, rect, tip.scale), out=part)
        self._last = to
        self._rect = self._rect.union(rect)
        return self._preview(rect)

    def tune(self, options: Any) -> Preview:
        """Other options for what is taken; the path keeps its form."""
        self._options = options
        if self._coverage is None or not self.chooses or self._taken is None:
            return self._preview(NO_RECT)
        rect = self._rect
        self._taken[rect.index] = self._coverage[rect.index] & self._admits(rect, self._scene.plane)
        return self._preview(rect)

    def release(self, at: ImagePoint) -> MaskEdit | Work | None:
        if self._coverage is None:
            return None
        if at != self._last:
            self.move(at)
        if self._rect.is_empty:
            self.cancel()
            return None
        name, paint = self.name if self._adds == self.adds_by_itself else self.inverted_name, self._paint
        box = self._box()
        before, where = self._scene.mask.voxels[box.index], self._covered(box)
        self.cancel()
        if where.size <= _AT_ONCE:
            return paint.edit(box, before, where, name, self.id)
        before = before.copy()
        return Work(name, lambda stop=never: paint.edit(box, before, where, name, self.id))

    def cancel(self) -> None:
        self._coverage = self._taken = self._reach = None
        self._rect = NO_RECT

    @staticmethod
    def cursor(options: Any, scene: Scene) -> CursorShape:
        label, tip = scene.labels.get(scene.active), Tip.of(options, scene)
        return CursorShape(tip.shape, tip.columns, label is not None and not label.visible, tip.rows)

    @staticmethod
    def fitted(options: Any, scene: Scene, chosen: frozenset[str]) -> Any:
        return fitted(options, scene, chosen)

    @staticmethod
    def limits(scene: Scene) -> dict[str, Limit]:
        return limits(scene)

    def _admits(self, rect: Rect, plane: Plane) -> Coverage:
        """Which pixels of a plane may be taken, bool [rect]."""
        return np.ones((rect.height, rect.width), bool)

    def _preview(self, rect: Rect) -> Preview:
        where = None if self._taken is None else self._taken[rect.index]
        return Preview(rect, self._paint.in_plane(rect, where))

    # ── the other slices of a ball ───────────────────────────────────────────────────────────────────────────────

    @property
    def _is_round_ball(self) -> bool:
        return bool(self._depths) and self._tip.shape == "disc"

    def _diameter(self, pressure: float) -> float:
        if not self._options.by_pressure:
            return self._tip.diameter
        return self._tip.diameter * (_LIGHTEST + (1 - _LIGHTEST) * min(max(pressure, 0.0), 1.0))

    def _box(self) -> Box:
        """All voxels that the gesture may have touched."""
        box = self._scene.plane.box(self._rect)
        for index, _ in self._depths:
            box = box.union(Plane(self._scene.plane.axis, index).box(self._rect))
        return box

    def _covered(self, box: Box) -> Coverage:
        """bool, the box's shape: what is taken in the gesture's own plane and in those that a ball meets."""
        plane, rect = self._scene.plane, self._rect
        where = np.zeros(box.shape, bool)
        if self._taken is None or self._coverage is None:
            return where
        first = (box.k0, box.j0, box.i0)[plane.axis]
        Plane(plane.axis, plane.index - first).cut(where)[:] = self._taken[rect.index]
        for index, away in self._depths:
            met = self._coverage[rect.index]
            if self._reach is not None:
                met = met & (self._reach[rect.index] >= away * away)
            if self.chooses:
                met = met & self._admits(rect, Plane(plane.axis, index))
            Plane(plane.axis, index - first).cut(where)[:] = met
        return where
