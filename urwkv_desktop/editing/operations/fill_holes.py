"""Fill holes: background that the label encloses in a slice becomes the label."""

from dataclasses import dataclass

import numpy as np

from urwkv_desktop.editing.distance import Bools
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations.within import Piece, WhereOptions, relabel
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Message

_COST = 8.0


@dataclass(frozen=True, eq=False)
class FillHolesOptions(WhereOptions):
    """In a volume: the holes of every slice."""


def fill_holes(scene: Scene, options: FillHolesOptions) -> MaskEdit | Work | None:
    """None where there is no hole. Other labels that lie in a hole stay, whatever the paint rule."""
    return relabel(scene, options, _filled, Message("Fill holes"), "fill holes", cost=_COST, is_solid=False,
                   on_background=True)


def _filled(piece: Piece) -> Bools:
    """With all that is not connected by edges to the border of the array, beyond which nothing of the label lies."""
    import cv2

    count, found = cv2.connectedComponents((~piece.inside).view(np.uint8), connectivity=4)
    parts = np.asarray(found)
    is_hole = np.ones(count, bool)
    is_hole[0] = False
    for edge in (parts[0], parts[-1], parts[:, 0], parts[:, -1]):
        is_hole[edge] = False
    return np.asarray(piece.inside | is_hole[parts])
