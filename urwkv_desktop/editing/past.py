"""How a plane of the mask looked at points of the history, without touching the mask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import Voxels
from urwkv_desktop.editing.history import Step
from urwkv_desktop.imaging import Plane, Rect


@dataclass(frozen=True, eq=False)
class Past:
    """What has to be unpacked for it, so that it can be done elsewhere.

    now: a copy of the plane's label ids inside rect, as they are applied. ways: from each place to the next one, what
    is done to them. read: payloads by revision, from any thread.
    """

    plane: Plane
    rect: Rect
    now: Voxels
    ways: tuple[tuple[Step, ...], ...]
    read: Callable[[int], bytes]

    def looks(self) -> tuple[Voxels, ...]:
        """The ids inside rect at each place, in the order in which they were asked for."""
        ids, found = self.now, []
        for way in self.ways:
            ids = ids.copy()
            for step in way:
                ids = self._stepped(ids, step)
            found.append(ids)
        return tuple(found)

    def _stepped(self, ids: Voxels, step: Step) -> Voxels:
        at = self.plane.rect(step.event.box)
        common = None if at is None else at.intersection(self.rect)
        if at is None or common is None or common.is_empty:
            return ids
        edit = step.event.edit(self.read(step.revision))
        first = (edit.box.k0, edit.box.j0, edit.box.i0)[self.plane.axis]
        values = Plane(self.plane.axis, self.plane.index - first).cut(edit.after if step.forward else edit.before)
        if values.dtype.itemsize > ids.dtype.itemsize:
            ids = ids.astype(np.uint16)
        ids[_inside(common, self.rect)] = values[_inside(common, at)]
        return ids


def past_of(document: Document, plane: Plane, rect: Rect, places: Sequence[int]) -> Past:
    """places: numbers of applied groups, each 0..len(groups)."""
    history, at, ways = document.history, document.history.position, []
    for place in places:
        ways.append(history.way(at, place))
        at = place
    now: Voxels = plane.cut(document.mask.voxels)[rect.index].copy()  # type: ignore[assignment]
    return Past(plane, rect, now, tuple(ways), history.reader())


def _inside(inner: Rect, outer: Rect) -> tuple[slice, slice]:
    return (slice(inner.top - outer.top, inner.bottom - outer.top),
            slice(inner.left - outer.left, inner.right - outer.left))
