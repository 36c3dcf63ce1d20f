"""A kept picture of the whole screen that numpy writes and Qt paints, in device pixels."""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from urwkv_desktop.gui.canvas.transform import Extent

Words = npt.NDArray[np.uint32]


class ScreenBuffer:
    """words: uint32 [height, width], 0xAARRGGBB; image: the same memory for Qt. Both live as long as this does."""

    def __init__(self, width: int, height: int, form: QImage.Format, ground: int) -> None:
        self.words: Words = np.full((max(height, 1), max(width, 1)), ground, np.uint32)
        self.image = QImage(self.words.data, self.words.shape[1], self.words.shape[0], self.words.strides[0], form)
        self._ground = np.uint32(ground)

    @property
    def extent(self) -> Extent:
        return Extent(0, 0, self.words.shape[1], self.words.shape[0])

    def clear(self, extent: Extent) -> None:
        self.words[extent.intersection(self.extent).index] = self._ground

    def clear_around(self, extent: Extent) -> None:
        """Everything but the extent."""
        all_, ground = self.extent, self._ground
        inner = extent.intersection(all_)
        if inner.is_empty:
            self.words[:] = ground
            return
        self.words[:inner.y0] = ground
        self.words[inner.y1:] = ground
        self.words[inner.y0:inner.y1, :inner.x0] = ground
        self.words[inner.y0:inner.y1, inner.x1:] = ground

    def scroll(self, dx: int, dy: int) -> None:
        """Move the picture; the strips that come free stay as they were."""
        kept = self.extent.moved(dx, dy).intersection(self.extent)
        if not kept.is_empty:
            self.words[kept.index] = self.words[kept.moved(-dx, -dy).index]
