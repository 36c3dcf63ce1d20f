"""Label ids as they would be: a patch over the mask's plane, grown as a stroke goes on."""

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Rect

Ids = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
_NOTHING = Rect(0, 0, 0, 0)


class PreviewLayer:
    """area: the rectangle that the patch covers; ids: [area.height, area.width], the mask's own outside the gesture.

    touched: what was pasted, inside the area.
    """

    def __init__(self) -> None:
        self.touched = _NOTHING
        self.area = _NOTHING
        self.ids: Ids = np.zeros((0, 0), np.uint8)

    @property
    def is_empty(self) -> bool:
        return self.area.is_empty

    def paste(self, rect: Rect, labels: npt.NDArray[np.generic], mask: Ids) -> None:
        """Put the gesture's ids inside rect; mask: the plane as it is, for what the patch covers besides."""
        if rect.is_empty:
            return
        self.touched = self.touched.union(rect)
        if self.area.union(rect) != self.area:
            self._grow(rect, mask)
        inside = Rect(rect.top - self.area.top, rect.left - self.area.left,
                      rect.bottom - self.area.top, rect.right - self.area.left)
        if labels.dtype.itemsize > self.ids.dtype.itemsize:
            self.ids = self.ids.astype(np.uint16)
        self.ids[inside.index] = labels

    def clear(self) -> Rect:
        """Nothing from now on; answers what was touched."""
        touched, self.touched = self.touched, _NOTHING
        self.area, self.ids = _NOTHING, np.zeros((0, 0), np.uint8)
        return touched

    def _grow(self, rect: Rect, mask: Ids) -> None:
        whole = Rect(0, 0, mask.shape[0], mask.shape[1])
        wanted = self.area.union(rect)
        # Room on every side, so that a long stroke copies its patch a few times only.
        room = max(32, max(wanted.height, wanted.width) // 2)
        area = wanted.grown(room).intersection(whole)
        ids: Ids = mask[area.index].astype(np.result_type(mask.dtype, self.ids.dtype))
        if not self.is_empty:
            old = self.area
            ids[old.top - area.top:old.bottom - area.top, old.left - area.left:old.right - area.left] = self.ids
        self.area, self.ids = area, ids
