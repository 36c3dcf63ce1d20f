"""Empties the active label: in the plane that is shown, or everywhere."""

from dataclasses import dataclass, field

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations.region import edit_of, plane_box, whole
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.imaging import Message


@dataclass(frozen=True)
class ClearLabelOptions:
    everywhere: bool = field(default=False, metadata={"label": Message("In every slice")})


def clear_label(scene: Scene, options: ClearLabelOptions) -> MaskEdit | None:
    """None where the label has no pixel there, or is locked or hidden."""
    box = whole(scene) if options.everywhere else plane_box(scene)
    before = scene.mask.voxels[box.index]
    after = np.where(before == scene.active, before.dtype.type(0), before)
    label = scene.labels.get(scene.active)
    return edit_of(scene, box, after, Message("Empty {label}", label=label.name if label else scene.active), "clear")
