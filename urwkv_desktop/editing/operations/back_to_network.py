"""The network's answer again, as an edit: in the plane that is shown, inside a region of it, or everywhere."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.operations.region import edit_of, plane_box, whole
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.imaging import Message, Rect


@dataclass(frozen=True, eq=False)
class BackToNetworkOptions:
    """region: bool [rows, columns] of the plane, such as the inside of a lasso; all of it without one."""

    everywhere: bool = field(default=False, metadata={"label": Message("In every slice")})
    region: npt.NDArray[np.bool_] | None = None


def back_to_network(scene: Scene, options: BackToNetworkOptions) -> MaskEdit | None:
    """None without a prediction, or where the mask is the network's already. Slices without an answer stay."""
    prediction = scene.prediction
    if prediction is None:
        return None
    box = whole(scene) if options.everywhere else plane_box(scene)
    after: Voxels = scene.mask.voxels[box.index].copy()
    for number, k in enumerate(range(box.k0, box.k1)):
        if k in prediction.slices:
            after[number] = prediction.label_map(k, Rect(box.j0, box.i0, box.j1, box.i1))
    if options.region is not None and not options.everywhere:
        before = scene.mask.voxels[box.index]
        after = np.where(options.region.reshape(box.shape), after, before)
    return edit_of(scene, box, after, Message("Back to the network"), "back to the network")
