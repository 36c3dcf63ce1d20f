"""Islands: the separate pieces of a label, joined by edges or corners; some of them go."""

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from urwkv_desktop.editing.distance import Bools
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations.within import (
    Piece,
    WhereOptions,
    has_depth,
    length_field,
    relabel,
    unit_field,
)
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import ImagePoint, Message, Rect

_COST = 15.0


@dataclass(frozen=True, eq=False)
class KeepIslandOptions(WhereOptions):
    """at: a place on the island that stays, in the plane on the screen; filled in by whoever knows it."""

    at: ImagePoint | None = None


@dataclass(frozen=True, eq=False)
class DropIslandsOptions(WhereOptions):
    """size: islands that are smaller go. unit: "px" (voxels in a volume) or "mm" (mm², in a volume mm³)."""

    size: float = length_field(50.0, 1.0, 10_000.0, Message("Smaller than"))
    unit: str = unit_field(area=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.size > 0 or self.unit not in ("px", "mm"):
            raise ValueError(f"islands of {self.size} {self.unit}")


def keep_largest(scene: Scene, options: WhereOptions) -> MaskEdit | Work | None:
    """None where there is one island at most. Of equal ones the first stays. In a volume: the largest body."""
    def change(piece: Piece) -> Bools:
        parts, sizes = islands(piece.inside)
        return np.asarray(parts == 1 + int(np.argmax(sizes[1:])))

    return relabel(scene, options, change, Message("Keep the largest island"), "keep largest", cost=_COST)


def drop_small(scene: Scene, options: DropIslandsOptions) -> MaskEdit | Work | None:
    """None where all are large enough. Raises ValueError for mm where the image has none."""
    def change(piece: Piece) -> Bools:
        parts, sizes = islands(piece.inside)
        stays = sizes * math.prod(piece.steps) >= options.size * (1 - 1e-6)
        stays[0] = False
        return np.asarray(stays[parts])

    return relabel(scene, options, change, Message("Drop small islands"), "drop small", cost=_COST, unit=options.unit)


def keep_island(scene: Scene, options: KeepIslandOptions) -> MaskEdit | Work | None:
    """None where the place is not on the label, or nothing else of it is there."""
    at = options.at
    if at is None:
        return None
    rows, columns = scene.size
    row, column = math.floor(at.row), math.floor(at.column)
    if not (0 <= row < rows and 0 <= column < columns) or scene.ids[row, column] != scene.active:
        return None
    if not has_depth(scene):  # an island of one frame says nothing of the others
        options = replace(options, where="slice")
    voxel = scene.plane.box(Rect(row, column, row + 1, column + 1))

    def change(piece: Piece) -> Bools:
        parts, _ = islands(piece.inside)
        seed = (row, column) if parts.ndim == 2 else (voxel.k0, voxel.j0, voxel.i0)
        own = parts[tuple(place - first for place, first in zip(seed, piece.corner, strict=True))]
        return np.asarray(parts == own)

    return relabel(scene, options, change, Message("Keep one island"), "keep island", cost=_COST)


def islands(inside: Bools) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """The number of the island on each pixel or voxel (0: none), and how large each of them is."""
    if inside.ndim == 2:
        import cv2

        _, found = cv2.connectedComponents(inside.view(np.uint8), connectivity=8)
    else:
        import cc3d

        found = cc3d.connected_components(np.ascontiguousarray(inside), connectivity=26)
    parts = np.asarray(found).astype(np.int32, copy=False)
    return parts, np.bincount(parts.ravel())
