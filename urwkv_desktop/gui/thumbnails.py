"""The small pictures of the worklist: asked for when a row is painted, kept as pixmaps."""

from collections import OrderedDict
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QPixmap

_KEPT = 512


class Thumbnails:
    """ask(case): uint8 [h, w, 3], or None until it is made."""

    def __init__(self, ask: Callable[[int], npt.NDArray[np.uint8] | None]) -> None:
        self._ask = ask
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()

    def get(self, case: int) -> QPixmap | None:
        kept = self._pixmaps.get(case)
        if kept is not None:
            self._pixmaps.move_to_end(case)
            return kept
        pixels = self._ask(case)
        if pixels is None:
            return None
        pixels = np.ascontiguousarray(pixels)
        height, width = pixels.shape[:2]
        picture = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self._pixmaps[case] = QPixmap.fromImage(picture)  # copies the pixels
        if len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        return self._pixmaps[case]

    def forget(self, cases: Iterable[int]) -> None:
        """They may look otherwise now."""
        for case in cases:
            self._pixmaps.pop(case, None)

    def clear(self) -> None:
        self._pixmaps.clear()
