"""The network's answer, and a mask that came with the images, as edits."""

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.edits import FOUND, NO_BOX, Answer, MaskEdit, Voxels
from urwkv_desktop.imaging import Box, Labels, Mask, Message, Origin, Prediction

TOOL_ID = "network"


def answer_edit(mask: Mask, prediction: Prediction, k: int, said: Voxels, *, labels: Labels, group: int, reader: str,
                origin: Origin = Origin.network) -> MaskEdit:
    """Slice k of the mask becomes the answer, said [H, W] (prediction.label_map(k)); locked labels stay.

    Its box is empty where both are.
    """
    old = mask.voxels[k]
    locked = [label.id for label in labels if label.locked]
    new = np.where(np.isin(old, locked), old, said) if locked else said
    answer = Answer(prediction.model, prediction.weights_sha256, (k,))
    flat = filled_box(((old != 0) | (new != 0))[None])
    if flat.is_empty:
        nothing = np.zeros((0, 0, 0), np.uint8)
        return MaskEdit(Message("Network"), TOOL_ID, group, 0, NO_BOX, nothing, nothing, origin, reader, answer=answer)
    box = Box(k, flat.j0, flat.i0, k + 1, flat.j1, flat.i1)
    inside = slice(box.j0, box.j1), slice(box.i0, box.i1)
    return MaskEdit(Message("Network"), TOOL_ID, group, 0, box, old[inside][None].copy(), new[inside][None].copy(),
                    origin, reader, answer=answer)


def offered_edit(prediction: Prediction, slices: tuple[int, ...], *, group: int, reader: str) -> MaskEdit:
    """No change, but it is written down that the answer for these slices waits as a Suggestion."""
    nothing = np.zeros((0, 0, 0), np.uint8)
    return MaskEdit(Message("Network"), TOOL_ID, group, 0, NO_BOX, nothing, nothing, Origin.network, reader,
                    answer=Answer(prediction.model, prediction.weights_sha256, (), slices))


def import_edit(mask: Mask, voxels: Voxels, *, group: int, reader: str, source: str = "",
                tool_id: str = FOUND) -> MaskEdit:
    """A mask from a file takes the network's place. voxels: [Z, H, W] label ids. source: the file's name.

    tool_id: FOUND for one that lay beside the images, ASKED_FOR for one that a person named: it cuts the redo.
    """
    if voxels.shape != mask.voxels.shape:
        raise ValueError(f"a mask of {voxels.shape} for an image of {mask.voxels.shape}")
    box = filled_box((mask.voxels != 0) | (voxels != 0))
    return MaskEdit(Message("Imported mask"), tool_id, group, 0, box, mask.voxels[box.index].copy(),
                    voxels[box.index].copy(), Origin.imported, reader,
                    answer=Answer(source, "", tuple(range(len(voxels)))))


def filled_box(filled: npt.NDArray[np.bool_]) -> Box:
    """The smallest box around all True of [Z, H, W]; an empty one where there is none."""
    flat: npt.NDArray[np.bool_] = np.any(filled, axis=0)
    rows, columns = np.flatnonzero(np.any(flat, axis=1)), np.flatnonzero(np.any(flat, axis=0))
    if not rows.size:
        return NO_BOX
    slices = np.flatnonzero(np.any(filled, axis=(1, 2)))
    return Box(int(slices[0]), int(rows[0]), int(columns[0]), int(slices[-1]) + 1, int(rows[-1]) + 1,
               int(columns[-1]) + 1)

