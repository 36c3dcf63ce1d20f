"""The network's answer again, as an edit: in the plane that is shown, inside a lasso, or everywhere."""

from dataclasses import dataclass

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.operations.region import plane_box, tight_edit, whole
from urwkv_desktop.editing.operations.within import WhereOptions
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.work import Stop, Work, never
from urwkv_desktop.imaging import Box, Message, Prediction, Rect

# Nanoseconds a pixel: the logits are resized.
_COST, _AT_ONCE = 12.0, 3_000_000.0


@dataclass(frozen=True, eq=False)
class BackToNetworkOptions(WhereOptions):
    """Over all labels but those that are locked or hidden, whatever the paint rule."""


def back_to_network(scene: Scene, options: BackToNetworkOptions) -> MaskEdit | Work | None:
    """None without a prediction, or where the mask is the network's already. Slices without an answer stay."""
    prediction = scene.prediction
    if prediction is None:
        return None
    box = whole(scene) if options.where == "volume" else plane_box(scene)
    before: Voxels = scene.mask.voxels[box.index].copy()
    kept = [label.id for label in scene.labels if label.locked or not label.visible]
    name, reader = Message("Back to the network"), scene.reader

    def run(stop: Stop = never) -> MaskEdit | None:
        said = _answered(prediction, box, before)
        stays = np.isin(before, kept)
        if options.region is not None:
            stays |= ~options.region.reshape(box.shape)
        return tight_edit(box, before, np.where(stays, before, said), name, "back to the network", reader)

    return run() if before.size * _COST < _AT_ONCE else Work(name, run)


def _answered(prediction: Prediction, box: Box, before: Voxels) -> Voxels:
    """The network's label ids in the box, and what stands there in slices without an answer."""
    rect = Rect(box.j0, box.i0, box.j1, box.i1)
    said: Voxels = np.stack([prediction.label_map(k, rect) if k in prediction.slices else plane
                             for k, plane in zip(range(box.k0, box.k1), before, strict=True)])
    return said
