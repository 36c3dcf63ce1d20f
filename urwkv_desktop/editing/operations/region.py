"""Where an operation looks, and the edit that turns one box of the mask into something else, as small as the change."""

import numpy as np

from urwkv_desktop.editing.answer import filled_box
from urwkv_desktop.editing.edits import NO_BOX, MaskEdit, Voxels
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.imaging import Box, Message, Rect


def whole(scene: Scene) -> Box:
    """Every voxel of the mask."""
    slices, rows, columns = scene.mask.voxels.shape
    return Box(0, 0, 0, slices, rows, columns)


def plane_box(scene: Scene) -> Box:
    """Every voxel of the plane on the screen."""
    rows, columns = scene.size
    return scene.plane.box(Rect(0, 0, rows, columns))


def reached(scene: Scene, box: Box | None, margin: tuple[int, int, int] = (0, 0, 0)) -> Box:
    """What of the box (of all, without one) can hold something drawn, and margin around it; empty where nothing can."""
    box = box or whole(scene)
    if scene.reach is None:
        return box
    drawn = common(scene.reach(), box)
    if drawn.is_empty:
        return NO_BOX
    around = Box(drawn.k0 - margin[0], drawn.j0 - margin[1], drawn.i0 - margin[2],
                 drawn.k1 + margin[0], drawn.j1 + margin[1], drawn.i1 + margin[2])
    return common(around, box)


def common(one: Box, other: Box) -> Box:
    """What both hold; empty where they do not meet."""
    return Box(max(one.k0, other.k0), max(one.j0, other.j0), max(one.i0, other.i0),
               min(one.k1, other.k1), min(one.j1, other.j1), min(one.i1, other.i1))


def may_change(scene: Scene) -> bool:
    """A label that is locked stays as it is, and nothing is done to what is not visible."""
    label = scene.labels.get(scene.active)
    return label is not None and label.visible and not label.locked


def edit_of(scene: Scene, box: Box, after: Voxels, tool: Message, tool_id: str) -> MaskEdit | None:
    """after: the box's shape. Labels that are locked or hidden stay; None where nothing would change."""
    before: Voxels = scene.mask.voxels[box.index]
    kept = [label.id for label in scene.labels if label.locked or not label.visible]
    return tight_edit(box, before, np.where(np.isin(before, kept), before, after), tool, tool_id, scene.reader)


def tight_edit(box: Box, before: Voxels, after: Voxels, tool: Message, tool_id: str, reader: str) -> MaskEdit | None:
    """Of the box only what changes; the edit is in a group of its own once it is applied."""
    inside = filled_box(before != after)
    if inside.is_empty:
        return None
    place = Box(box.k0 + inside.k0, box.j0 + inside.j0, box.i0 + inside.i0,
                box.k0 + inside.k1, box.j0 + inside.j1, box.i0 + inside.i1)
    return MaskEdit(tool, tool_id, 0, 0, place, before[inside.index].copy(), after[inside.index].copy(), reader=reader)
