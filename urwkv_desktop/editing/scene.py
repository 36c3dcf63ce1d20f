"""What a tool may see, read-only."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Box, Image, Labels, Mask, Plane, Prediction, Rect, Window


class PaintRule(Enum):
    """Paint over: everything, background only, or only the label on which the stroke began (see `writable`)."""

    all = "all"
    background = "background"
    label = "label"


@dataclass(frozen=True, eq=False)
class Scene:
    """active: the label that is painted. visible: the part of the plane that is on the screen. window: as displayed.
    group: gives an id for a new edit (Document.begin_group). grip: how near to a point, in image pixels, the hand has
    to come to take it, at the zoom of the moment. beside: does something on another thread, soon or never; what comes
    of it is kept by who asked.
    """

    image: Image
    mask: Mask
    prediction: Prediction | None
    labels: Labels
    rule: PaintRule
    active: int
    plane: Plane
    visible: Rect
    window: Window
    reader: str
    group: Callable[[], int]
    grip: Callable[[], float] = lambda: 1.0
    reach: Callable[[], Box] | None = None
    beside: Callable[[Callable[[], None]], None] = lambda task: None

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of the plane."""
        return self.plane.size(self.mask.voxels.shape)

    @property
    def ids(self) -> npt.NDArray[np.uint8] | npt.NDArray[np.uint16]:
        """The plane of the mask, [rows, columns], a view."""
        cut: npt.NDArray[np.uint8] = self.plane.cut(self.mask.voxels)  # type: ignore[assignment]
        return cut

    def writable(self, *, adds: bool, begun_on: int) -> npt.NDArray[np.bool_] | None:
        """Which ids may be overwritten, as a table over all ids; None where every one may.

        A locked label and one that is hidden are never overwritten; a deleted one counts as background. Adding under
        PaintRule.label stays on the label (or the background) on which the stroke began; removing under any rule but
        `all` takes the active label only.
        """
        retired = set(self.labels.retired)
        kept = {label.id for label in self.labels if label.locked or not label.visible}
        if self.rule is PaintRule.all and not kept:
            return None
        table = np.ones(1 << 16, bool)
        if self.rule is not PaintRule.all:
            table[:] = False
            if not adds:
                table[self.active] = True
            elif self.rule is PaintRule.background or begun_on == 0 or begun_on in retired:
                table[[0, *retired]] = True
            else:
                table[begun_on] = True
        table[list(kept)] = False
        return table
