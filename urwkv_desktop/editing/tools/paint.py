"""What a gesture may change, and into what: the active label or background, under locks and the paint rule."""

import math
from typing import Any

import numpy as np

from urwkv_desktop.editing.answer import filled_box
from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.tools.capsule import Coverage
from urwkv_desktop.imaging import Box, ImagePoint, Message, Rect


class Paint:
    """adds: the active label is painted; otherwise what is covered becomes background.

    begun_on: where the gesture began, for the rule that stays on one label.
    """

    def __init__(self, scene: Scene, *, adds: bool, begun_on: ImagePoint) -> None:
        self._scene = scene
        self._value = scene.active if adds else 0
        self._table: Any = scene.writable(adds=adds, begun_on=_id_at(scene, begun_on))
        label = scene.labels.get(scene.active)
        # Nothing is painted with a label that is not visible.
        self._is_refused = adds and label is not None and not label.visible

    def over(self, ids: Voxels, where: Coverage | None) -> Voxels:
        """The ids as the gesture leaves them; where: bool, the shape of ids."""
        after: Voxels = ids.astype(np.uint16) if self._value > 255 else ids.copy()
        if where is None or self._is_refused:
            return after
        if self._table is not None:
            where = where & self._table[ids]
        after[where] = self._value
        return after

    def in_plane(self, rect: Rect, where: Coverage | None) -> Voxels:
        """The plane's ids inside rect as they would be."""
        return self.over(self._scene.ids[rect.index], where)

    def edit(self, box: Box, before: Voxels, where: Coverage, name: Message, tool_id: str) -> MaskEdit | None:
        """before: what stands in the box now; where: bool, the box's shape. None where no voxel would change."""
        after = self.over(before, where)
        inside = filled_box(before != after)
        if inside.is_empty:
            return None
        place = Box(box.k0 + inside.k0, box.j0 + inside.j0, box.i0 + inside.i0,
                    box.k0 + inside.k1, box.j0 + inside.j1, box.i0 + inside.i1)
        # In a group of its own once it is applied: this may run on another thread.
        return MaskEdit(name, tool_id, 0, 0, place, before[inside.index].copy(), after[inside.index].copy(),
                        reader=self._scene.reader)


def keeps(scene: Scene, at: ImagePoint, *, adds: bool) -> bool:
    """Whether what stands there would stay as it is, by its lock or by the paint rule: what the cursor says."""
    there = _id_at(scene, at)
    label = scene.labels.get(there)
    if there == 0 or label is None:
        return False
    if label.locked or not label.visible:
        return there != scene.active or not adds
    if there == scene.active:
        return False
    return scene.rule is PaintRule.background or (scene.rule is PaintRule.label and not adds)


def _id_at(scene: Scene, at: ImagePoint) -> int:
    rows, columns = scene.size
    row, column = math.floor(at.row), math.floor(at.column)
    return int(scene.ids[row, column]) if 0 <= row < rows and 0 <= column < columns else 0
