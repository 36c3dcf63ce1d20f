"""The network's last answer in one plane (N of PRODUCT's words), without making a whole volume of it."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np

from urwkv_desktop.editing.edits import Voxels
from urwkv_desktop.editing.events import MaskEvent
from urwkv_desktop.editing.history import History
from urwkv_desktop.imaging import Plane

Part = tuple[MaskEvent, int]  # an answer's edit, and its revision
Read = Callable[[int], bytes]  # a payload by its revision
_BYTES = 64 << 20


class UnpackedAnswers:
    """The label ids that answers brought: unpacked once for all the planes that go through them. For any thread.

    most: bytes that are kept; those that were asked for last.
    """

    def __init__(self, most: int = _BYTES) -> None:
        self._most, self._bytes = most, 0
        self._kept: OrderedDict[int, Voxels] = OrderedDict()
        self._lock = Lock()

    def has(self, revision: int) -> bool:
        return revision in self._kept

    def fill(self, parts: tuple[Part, ...], read: Read) -> None:
        """As many of them as there is room for."""
        for event, revision in parts:
            if self._bytes >= self._most:
                return
            if not event.box.is_empty:
                self.ids(event, revision, read)

    def ids(self, event: MaskEvent, revision: int, read: Read) -> Voxels:
        """[k, j, i] of the edit's box, after it."""
        with self._lock:
            kept = self._kept.get(revision)
            if kept is not None:
                self._kept.move_to_end(revision)
                return kept
        after = event.edit(read(revision)).after
        with self._lock:
            if revision not in self._kept:
                self._kept[revision] = after
                self._bytes += after.nbytes
            while self._bytes > self._most and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes
        return after


@dataclass(frozen=True, eq=False)
class PlaneAnswer:
    """What of the applied answers lies in a plane, still packed, so that it can be unpacked elsewhere.

    is_any: whether an answer stands at all. key: another one means that N may be another here.
    """

    plane: Plane
    shape: tuple[int, int, int]
    parts: tuple[Part, ...]
    is_any: bool

    @property
    def key(self) -> tuple[object, ...]:
        return (self.plane, self.is_any, *(revision for _, revision in self.parts))

    def is_unpacked(self, kept: UnpackedAnswers) -> bool:
        """Whether `unpacked` takes no longer than a hand can wait."""
        return all(self.plane.rect(event.box) is None or event.box.is_empty or kept.has(revision)
                   for event, revision in self.parts)

    def unpacked(self, read: Read, kept: UnpackedAnswers | None = None) -> Voxels | None:
        """Label ids [rows, columns]; None where no answer stands.

        read: `History.payload`, or what `History.reader` gives for another thread. kept: of this history alone.
        """
        if not self.is_any:
            return None
        kept = kept or UnpackedAnswers()
        ids: Voxels = np.zeros(self.plane.size(self.shape), np.uint8)
        for event, revision in self.parts:
            assert event.answer is not None
            ids[slice(None) if self.plane.axis == 0 else list(event.answer.slices)] = 0
            rect = self.plane.rect(event.box)
            if rect is None or rect.is_empty:
                continue
            after = kept.ids(event, revision, read)
            first = (event.box.k0, event.box.j0, event.box.i0)[self.plane.axis]
            if after.dtype == np.uint16:
                ids = ids.astype(np.uint16, copy=False)
            ids[rect.index] = Plane(self.plane.axis, self.plane.index - first).cut(after)
        return ids


def answered_plane(history: History, shape: tuple[int, int, int], plane: Plane) -> PlaneAnswer:
    """N of `shares.answered` in a plane. shape: of the mask."""
    parts, is_any = [], False
    for group in history.applied:
        for entry in group.edits:
            event = entry.event
            if isinstance(event, MaskEvent) and event.answer is not None and event.answer.slices:
                is_any = True
                if plane.axis != 0 or plane.index in event.answer.slices:
                    parts.append((event, entry.revision))
    return PlaneAnswer(plane, shape, tuple(parts), is_any)
