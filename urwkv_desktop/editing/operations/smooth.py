"""Smooth: a pixel belongs to the label where at least half of a disc around it does."""

from dataclasses import dataclass

import numpy as np

from urwkv_desktop.editing.distance import Bools, disc
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations.within import Piece, WhereOptions, length_field, relabel, unit_field
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Message

_COST = 60.0


@dataclass(frozen=True, eq=False)
class SmoothOptions(WhereOptions):
    """radius: of the disc. Each slice of a volume is smoothed by itself."""

    radius: float = length_field(3.0, 1.0, 30.0, Message("Radius"))
    unit: str = unit_field()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 < self.radius <= 30 or self.unit not in ("px", "mm"):
            raise ValueError(f"a radius of {self.radius} {self.unit}")


def smooth(scene: Scene, options: SmoothOptions) -> MaskEdit | Work | None:
    """None where nothing would change. Raises ValueError for mm where the image has none."""
    def change(piece: Piece) -> Bools:
        return _majority(piece.inside, disc(options.radius, piece.steps))

    return relabel(scene, options, change, Message("Smooth"), "smooth", cost=_COST, reach=options.radius,
                   unit=options.unit, is_solid=False)


def _majority(inside: Bools, kernel: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]") -> Bools:
    """The image goes on beyond its border as it is at it, so that what touches the border is not worn away there."""
    import cv2

    counts = cv2.filter2D(inside.astype(np.float32), cv2.CV_32F, kernel.astype(np.float32),
                          borderType=cv2.BORDER_REPLICATE)
    # Large kernels are applied through a Fourier transform; rounding makes whole counts of them again.
    return np.asarray(np.rint(counts) * 2 > int(kernel.sum()))
