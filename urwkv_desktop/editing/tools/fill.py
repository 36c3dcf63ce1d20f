"""A press that takes what is connected to it: the flood fill and the probability brush's wand are this."""

import math
from dataclasses import replace
from typing import Any, ClassVar, Protocol

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.tools.capsule import Coverage
from urwkv_desktop.editing.tools.connected import connected, outlines
from urwkv_desktop.editing.tools.paint import Paint
from urwkv_desktop.editing.tools.tool import NO_RECT, NOTHING, Gesture, Preview, Shape
from urwkv_desktop.editing.work import Stop, Work, never
from urwkv_desktop.imaging import ImagePoint, Message, Rect

# Pixels of a window that are looked at while a hand waits; a hand that only passes by waits less.
_PRESSED, _HOVERED = 700_000, 300_000
_COARSE = 100_000  # pixels of the picture in whose stead a region that is larger is outlined


class Inside(Protocol):
    def __call__(self, rect: Rect, step: int = 1) -> Coverage:
        """Which pixels of a rectangle belong, bool [rect]; or about every step-th row and column of them."""


class Fill(Gesture):
    """Bounded by what is visible. Of a region that is too large to be shown at once there is an outline, and it is
    filled beside the window when the hand lets go."""

    id: ClassVar[str]
    hovers: ClassVar[bool] = True

    def __init__(self, scene: Scene, options: Any, *, adds: bool) -> None:
        self._scene, self._options, self._adds = scene, options, adds
        self._seed: ImagePoint | None = None
        self._paint = Paint(scene, adds=adds, begun_on=ImagePoint(-1.0, -1.0))
        self._shown = NOTHING
        self._region: tuple[Rect, Coverage] | None = None

    @property
    def pending(self) -> Preview | None:
        return None if self._seed is None else self._shown

    def press(self, at: ImagePoint, pressure: float = 1.0) -> Preview:
        self._seed = at
        return self._show(at)

    def move(self, to: ImagePoint, pressure: float = 1.0) -> Preview:
        return self._shown

    def hover(self, to: ImagePoint) -> Preview:
        """The same Preview while the hand stays where the same would be taken."""
        return self._shown if self._is_shown(to) else self._show(to, most=_HOVERED)

    def tune(self, options: Any) -> Preview:
        self._options = options
        return NOTHING if self._seed is None else self._show(self._seed)

    def release(self, at: ImagePoint) -> MaskEdit | Work | None:
        seed, region, paint, name = self._seed, self._region, self._paint, self.edit_name
        if seed is None:
            return None
        bounds, plane, belongs = self._bounds, self._scene.plane, self._inside(seed)
        self.cancel()
        if region is not None:
            return self._edit(region, paint, name)
        box = plane.box(bounds)
        before = self._scene.mask.voxels[box.index].copy()

        def run(stop: Stop = never) -> MaskEdit | None:
            found = connected(seed, bounds, belongs)
            where = np.zeros((bounds.height, bounds.width), bool)
            if found is not None and not found[0].is_empty:
                rect, inside = found
                where[rect.top - bounds.top:rect.bottom - bounds.top,
                      rect.left - bounds.left:rect.right - bounds.left] = inside
            return paint.edit(box, before, where.reshape(box.shape), name, self.id)

        return Work(name, run)

    def cancel(self) -> None:
        self._seed, self._region, self._shown = None, None, NOTHING

    @property
    def edit_name(self) -> Message:
        raise NotImplementedError

    def note(self) -> Message | None:
        """Said while the gesture runs."""
        return None

    def _grows_alike(self, to: ImagePoint) -> bool:
        """Whether a region that the last seed's holds would grow from there too."""
        return False

    def _is_shown(self, to: ImagePoint) -> bool:
        if self._region is None or not self._grows_alike(to):
            return False
        rect, inside = self._region
        row, column = math.floor(to.row) - rect.top, math.floor(to.column) - rect.left
        return 0 <= row < rect.height and 0 <= column < rect.width and bool(inside[row, column])

    def _inside(self, seed: ImagePoint) -> Inside:
        """Which pixels belong to a region that grows from the seed; a function of frozen inputs."""
        raise NotImplementedError

    @property
    def _bounds(self) -> Rect:
        return self._scene.visible.intersection(Rect(0, 0, *self._scene.size))

    def _show(self, seed: ImagePoint, most: int = _PRESSED) -> Preview:
        self._paint = Paint(self._scene, adds=self._adds, begun_on=seed)
        self._region = connected(seed, self._bounds, self._inside(seed), most=most)
        if self._region is None:
            self._shown = replace(NOTHING, is_whole=True, note=self.note(), shapes=self._outlined(seed))
        else:
            rect, inside = self._region
            self._shown = Preview(rect, self._paint.in_plane(rect, inside), note=self.note(), is_whole=True) \
                if not rect.is_empty else Preview(NO_RECT, NOTHING.labels, note=self.note(), is_whole=True)
        return self._shown

    def _outlined(self, seed: ImagePoint) -> tuple[Shape, ...]:
        """About where a large region ends; what lies inside it is decided when the hand lets go."""
        bounds = self._bounds
        step = math.ceil(math.sqrt(bounds.height * bounds.width / _COARSE))
        lines = outlines(seed, bounds, self._inside(seed)(bounds, step), step)
        return tuple(Shape(line, is_closed=True, kind="dashed") for line in lines if len(line) > 2)

    def _edit(self, region: tuple[Rect, Coverage], paint: Paint, name: Message) -> MaskEdit | None:
        rect, inside = region
        if rect.is_empty:
            return None
        box = self._scene.plane.box(rect)
        return paint.edit(box, self._scene.mask.voxels[box.index], inside.reshape(box.shape), name, self.id)
