"""What the network said in a plane, on a grid that the screen can be sampled from: a stored slice, or across them."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Plane, Prediction, SliceLogits
from urwkv_desktop.imaging.prediction import SliceDoubt, own_cells

Placement = tuple[float, float, float, float]
Known = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class HeatField:
    """size: (rows, columns) of the plane. doubt: None where the logits alone say it. known: of the plane's rows, those
    of which the network has said anything; None for all."""

    logits: SliceLogits
    doubt: SliceDoubt | None
    size: tuple[int, int]
    known: Known | None = None


class HeatFields:
    """Made once for each plane that is looked at."""

    def __init__(self) -> None:
        self._of: tuple[Prediction, Plane, int] | None = None
        self._field: HeatField | None = None

    def field(self, prediction: Prediction, plane: Plane, slices: int) -> HeatField | None:
        """slices: of the volume. None where nothing was said in the plane."""
        if self._of is None or self._of[0] is not prediction or self._of[1:] != (plane, slices):
            before, self._of = self._field, (prediction, plane, slices)
            self._field = _in_slice(prediction, plane.index, before) if plane.axis == 0 \
                else _across(prediction, plane, slices)
        return self._field


def _in_slice(prediction: Prediction, k: int, before: HeatField | None) -> HeatField | None:
    stored, doubt = prediction.slices.get(k), prediction.doubts.get(k)
    if stored is None:
        return None
    if before is not None and before.logits is stored and before.doubt is doubt:
        return before  # of the same slice; other slices have been looked at since
    return HeatField(stored, doubt, prediction.shape)


def _across(prediction: Prediction, plane: Plane, slices: int) -> HeatField | None:
    """Row k of the plane as slice k says it, all of them brought onto one grid along the other axis."""
    said = {k: stored for k, stored in prediction.slices.items() if 0 <= k < slices}
    if not said:
        return None
    size = prediction.shape
    logits, placement, known = _rows({k: (one.logits, one.placement) for k, one in said.items()}, plane, size, slices)
    doubt = None
    if all(k in prediction.doubts for k in said):
        doubts = {k: prediction.doubts[k] for k in said}
        spread, beside, _ = _rows({k: (one.spread[None], one.placement) for k, one in doubts.items()}, plane, size,
                                  slices)
        doubt = SliceDoubt(spread[0], beside)
    return HeatField(SliceLogits(np.rint(logits).astype(np.int8), placement), doubt, plane.size((slices, *size)),
                     None if known.all() else known)


def _rows(layers: Mapping[int, tuple[npt.NDArray[Any], Placement]], plane: Plane, size: tuple[int, int], slices: int,
          ) -> tuple[npt.NDArray[np.float32], Placement, Known]:
    """layers: [K, h, w] of each slice. Answers float32 [K, slices, cells] in the plane, its placement, and which rows
    are known; a row that is not known is as the nearest one that is."""
    first, placement = next(iter(layers.values()))
    along = first.shape[2] if plane.axis == 1 else first.shape[1]
    pairs, shares = np.empty((slices, 2, len(first), along), first.dtype), np.zeros(slices, np.float32)
    known = np.zeros(slices, bool)
    for k, (grid, placed) in layers.items():
        if grid.shape != first.shape:
            continue  # another network's grid: none has so far been mixed within one answer
        low, high = (placed[0], placed[2]) if plane.axis == 1 else (placed[1], placed[3])
        at = (plane.index + 0.5) * (high - low) / size[plane.axis - 1] + low - 0.5
        across = grid if plane.axis == 1 else grid.swapaxes(1, 2)
        own = own_cells(low, high, across.shape[1])
        at = min(max(at, own.start), own.stop - 1)
        cell = floor(at)
        after = min(cell + 1, across.shape[1] - 1)
        pairs[k, 0], pairs[k, 1], known[k] = across[:, cell], across[:, after], True
        shares[k] = at - cell
    nearest = _nearest(known)
    pairs, shares = pairs[nearest], shares[nearest, None, None]
    rows = pairs[:, 0] * (1 - shares) + pairs[:, 1] * shares
    beside = (placement[1], placement[3]) if plane.axis == 1 else (placement[0], placement[2])
    return np.asarray(rows.swapaxes(0, 1), np.float32), (0.0, beside[0], float(slices), beside[1]), known


def _nearest(known: Known) -> npt.NDArray[np.intp]:
    """For each row the known one that is nearest to it."""
    places = np.flatnonzero(known)
    right = np.searchsorted(places, np.arange(len(known))).clip(0, len(places) - 1)
    left = (right - 1).clip(0)
    rows = np.arange(len(known))
    is_left = np.abs(places[left] - rows) <= np.abs(places[right] - rows)
    found: npt.NDArray[np.intp] = np.where(is_left, places[left], places[right])
    return found
