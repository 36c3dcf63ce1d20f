"""Edits offered, not made: drawn dashed, taken with Enter, dropped with Escape."""

from dataclasses import dataclass, replace

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.imaging import Labels, Mask, Message, Origin


@dataclass(frozen=True, eq=False)
class Suggestion:
    """name: what it offers. edits: as they would be made. slices: those of a late answer of the network, else ()."""

    name: Message
    edits: tuple[MaskEdit, ...]
    slices: tuple[int, ...] = ()

    @property
    def is_answer(self) -> bool:
        return bool(self.slices)


def rebased(edit: MaskEdit, mask: Mask, labels: Labels, group: int, reader: str) -> MaskEdit:
    """The edit as a taken suggestion on the mask as it is now.

    What it would change becomes so; all else in its box stays as it is by now, and so do locked labels.
    """
    before = mask.voxels[edit.box.index].copy()
    locked = np.isin(before, [label.id for label in labels if label.locked])
    after = np.where(locked | (edit.before == edit.after), before, edit.after)
    return replace(edit, before=before, after=after, origin=Origin.suggestion, group=group, reader=reader)
