"""The edit that turns one box of the mask into something else, as small as the change."""

import numpy as np

from urwkv_desktop.editing.answer import filled_box
from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.imaging import Box, Message, Rect


def whole(scene: Scene) -> Box:
    slices, rows, columns = scene.mask.voxels.shape
    return Box(0, 0, 0, slices, rows, columns)


def plane_box(scene: Scene) -> Box:
    rows, columns = scene.size
    return scene.plane.box(Rect(0, 0, rows, columns))


def edit_of(scene: Scene, box: Box, after: Voxels, tool: Message, tool_id: str) -> MaskEdit | None:
    """after: the box's shape. Labels that are locked or hidden stay; None where nothing would change."""
    before: Voxels = scene.mask.voxels[box.index]
    kept = [label.id for label in scene.labels if label.locked or not label.visible]
    after = np.where(np.isin(before, kept), before, after)
    inside = filled_box(before != after)
    if inside.is_empty:
        return None
    place = Box(box.k0 + inside.k0, box.j0 + inside.j0, box.i0 + inside.i0,
                box.k0 + inside.k1, box.j0 + inside.j1, box.i0 + inside.i1)
    return MaskEdit(tool, tool_id, scene.group(), 0, place, before[inside.index].copy(), after[inside.index].copy(),
                    reader=scene.reader)
