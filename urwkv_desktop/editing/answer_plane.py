"""The network's last answer in one plane: what a reader compares the mask with, without making a whole volume of it."""

import numpy as np

from urwkv_desktop.editing.edits import MaskEdit, Voxels
from urwkv_desktop.editing.events import MaskEvent
from urwkv_desktop.editing.history import History
from urwkv_desktop.imaging import Plane, Rect

Key = tuple[tuple[int, int], ...]


def answers_applied(history: History) -> Key:
    """Which answers stand, in order, as (group, edits): equal as long as `answer_plane` says the same."""
    return tuple((group.id, len(group.edits)) for group in history.applied
                 if any(_slices(entry.event) for entry in group.edits))


def answer_plane(history: History, plane: Plane, shape: tuple[int, int, int]) -> Voxels | None:
    """N of `shares.answered` in a plane: label ids [rows, columns]; None where no answer was applied."""
    ids: Voxels = np.zeros(plane.size(shape), np.uint8)
    found = False
    for group in history.applied:
        for entry in group.edits:
            event, slices = entry.event, _slices(entry.event)
            found = found or bool(slices)
            if not slices or not isinstance(event, MaskEvent) or (plane.axis == 0 and plane.index not in slices):
                continue
            ids[... if plane.axis == 0 else list(slices)] = 0
            rect = plane.rect(event.box)
            if rect is not None and not rect.is_empty:
                ids = _pasted(ids, event.edit(history.payload(entry.revision)), plane, rect)
    return ids if found else None


def _slices(event: object) -> tuple[int, ...]:
    answer = getattr(event, "answer", None)
    return tuple(answer.slices) if answer is not None else ()


def _pasted(ids: Voxels, edit: MaskEdit, plane: Plane, rect: Rect) -> Voxels:
    box, after = edit.box, edit.after
    within = Plane(plane.axis, plane.index - (box.k0, box.j0, box.i0)[plane.axis])
    if after.dtype == np.uint16:
        ids = ids.astype(np.uint16, copy=False)
    ids[rect.index] = within.cut(after)
    return ids
