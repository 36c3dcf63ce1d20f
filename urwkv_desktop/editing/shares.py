"""How much of a mask is the network's, and what a hand added and removed (PRODUCT: Words)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.edits import Voxels
from urwkv_desktop.editing.history import History
from urwkv_desktop.editing.state import CaseState
from urwkv_desktop.imaging import Box, Labels, Origin, Status

# Codes of provenance().
KEPT, ADDED, REMOVED = 1, 2, 3
# By what is true of a pixel: drawn (1), said by the network (2), both alike (4).
_ORIGINS = np.asarray([0, ADDED, REMOVED, ADDED, 0, 0, 0, KEPT], np.uint8)


@dataclass(frozen=True)
class Shares:
    """Each 0..1, of |N or M|. origin: where N came from; None without an N: then all is *drawn*."""

    kept: float
    added: float
    removed: float
    origin: Origin | None

    @property
    def changed(self) -> float:
        return self.added + self.removed

    @property
    def is_drawn(self) -> bool:
        return self.origin is None

    def algorithm_type(self, status: Status) -> str:
        """MANUAL without an answer, AUTOMATIC where nothing was changed and it was accepted, else SEMIAUTOMATIC."""
        if self.is_drawn:
            return "MANUAL"
        return "AUTOMATIC" if self.changed == 0 and status is Status.accepted else "SEMIAUTOMATIC"


def answered(history: History, shape: tuple[int, int, int], box: Box | None = None) -> tuple[Voxels, Origin] | None:
    """N: the last applied answer's label ids, [Z, H, W] or the box of it, and whether a network or a file gave it.

    None without one. box: must hold every edit.
    """
    box = box or Box(0, 0, 0, *shape)
    voxels: Voxels = np.zeros(box.shape, np.uint8)
    origin: Origin | None = None
    for group in history.applied:
        for entry in group.edits:
            event = entry.event
            answer = getattr(event, "answer", None)
            if answer is None or not answer.slices:
                continue
            origin = Origin.imported if group.origin is Origin.imported else Origin.network
            voxels[[k - box.k0 for k in answer.slices if box.k0 <= k < box.k1]] = 0
            if not event.box.is_empty:  # type: ignore[union-attr]
                edit = event.edit(history.payload(entry.revision))  # type: ignore[union-attr]
                if edit.after.dtype == np.uint16:
                    voxels = voxels.astype(np.uint16, copy=False)
                voxels[_within(edit.box, box).index] = edit.after
    return None if origin is None else (voxels, origin)


def origins(mask: Voxels, network: Voxels | None, retired: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """Codes as of `provenance`, of any two arrays of one shape; network: N there, None without one."""
    mask = _without(mask, retired)
    drawn = (mask != 0).view(np.uint8)
    if network is None:
        return np.asarray(drawn * np.uint8(ADDED))
    network = _without(network, retired)
    cases = drawn | (network != 0).view(np.uint8) << np.uint8(1) | (network == mask).view(np.uint8) << np.uint8(2)
    return np.asarray(_ORIGINS.take(cases, mode="clip"))


def _within(inner: Box, outer: Box) -> Box:
    """The box as seen from the outer one's corner."""
    return Box(inner.k0 - outer.k0, inner.j0 - outer.j0, inner.i0 - outer.i0,
               inner.k1 - outer.k0, inner.j1 - outer.j0, inner.i1 - outer.i0)


def shares(state: CaseState, labels: Labels) -> Shares:
    """Over all labels; pixels of deleted labels count as background.

    Only the box that edits have reached is looked at: beyond it there is neither a mask nor an answer.
    """
    box = state.history.reach
    mask = without_retired(state.mask.voxels[box.index], labels)
    found = answered(state.history, state.mask.voxels.shape, box)
    if found is None:
        return Shares(0.0, 1.0 if mask.any() else 0.0, 0.0, None)
    network = without_retired(found[0], labels)
    kept = int(np.count_nonzero((network == mask) & (mask != 0)))
    drawn, said = int(np.count_nonzero(mask)), int(np.count_nonzero(network))
    either = int(np.count_nonzero((mask != 0) | (network != 0)))
    if not either:
        return Shares(0.0, 0.0, 0.0, found[1])
    return Shares(kept / either, (drawn - kept) / either, (said - kept) / either, found[1])


def provenance(state: CaseState, labels: Labels) -> npt.NDArray[np.uint8]:
    """uint8 [Z, H, W]: 0 background in both, KEPT, ADDED (also relabelled), REMOVED."""
    found = answered(state.history, state.mask.voxels.shape)
    return origins(state.mask.voxels, None if found is None else found[0], labels.retired)


def without_retired(voxels: Voxels, labels: Labels) -> Voxels:
    """The mask as it counts: pixels of deleted labels are background."""
    return _without(voxels, labels.retired)


def _without(voxels: Voxels, retired: tuple[int, ...]) -> Voxels:
    if not retired:
        return voxels
    return np.where(np.isin(voxels, retired), voxels.dtype.type(0), voxels)
