"""One label taken out of one slice."""

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.imaging import Box, Labels, Mask, Message


def clear_label(mask: Mask, labels: Labels, *, k: int, label_id: int, reader: str) -> MaskEdit | None:
    """The edit that makes every pixel of the label in slice k background; None where there is none, or it is locked."""
    label = labels.get(label_id)
    if label is None or label.locked:
        return None
    rows, columns = np.nonzero(mask.voxels[k] == label_id)
    if not rows.size:
        return None
    box = Box(k, int(rows.min()), int(columns.min()), k + 1, int(rows.max()) + 1, int(columns.max()) + 1)
    before = mask.voxels[box.index].copy()
    after = np.where(before == label_id, before.dtype.type(0), before)
    return MaskEdit(Message("Empty {label}", label=label.name), "clear_label", 0, 0, box, before, after, reader=reader)
