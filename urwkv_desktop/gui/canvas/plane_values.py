"""The values of a plane as they are brought onto the screen."""

from collections.abc import Callable

import numpy as np

from urwkv_desktop.gui.canvas.pyramid import Pixels
from urwkv_desktop.imaging import Image, Plane

Beside = Callable[[Callable[[], None]], object]  # does something on another thread, soon or never
_SIDE = 16  # planes that are gathered together
_FEW = 1 << 18  # values of a plane: what is smaller is gathered within a millisecond
_BYTES = 96 << 20  # of planes that are kept


class PlaneValues:
    """What was gathered of one image is kept until another one is asked for."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside
        self._across: tuple[Image, AcrossPlanes] | None = None

    def of(self, image: Image, plane: Plane) -> tuple[Pixels, bool]:
        """The plane's stored values, a view wherever that can be sampled, and False; or, where its slices are scaled
        differently, values in the image's unit and True."""
        if plane.axis and (len(set(image.slope)) > 1 or len(set(image.intercept)) > 1):
            return image.values(plane), True
        if plane.axis != 2:
            return plane.cut(image.pixels), False
        if self._across is None or self._across[0] is not image:
            self._across = image, AcrossPlanes(image.pixels, self._beside)
        return self._across[1].plane(plane.index), False

    def forget(self) -> None:
        """Nothing is kept of an image that is left."""
        self._across = None


class AcrossPlanes:
    """Planes along the last axis, where every value lies in a cache line of its own: gathered once, not at every pan
    and zoom. Reading one costs nearly as much as reading those beside it, so these are gathered on another thread, and
    the next step finds its plane ready.

    pixels: [Z, H, W] or [Z, H, W, 3], never written.
    """

    def __init__(self, pixels: Pixels, beside: Beside) -> None:
        self._pixels, self._beside = pixels, beside
        self._blocks: dict[int, Pixels] = {}
        self._asked: int | None = None  # the block that was asked for last

    def plane(self, index: int) -> Pixels:
        """[Z, H] or [Z, H, 3], its rows one after the other in memory."""
        here, place = divmod(index, _SIDE)
        block = self._blocks.get(here)
        plane = block[place] if block is not None else np.ascontiguousarray(self._pixels[:, :, index])
        if plane.size >= _FEW:
            self._look_around(here, here + (1 if 2 * place >= _SIDE else -1))
        return plane

    def _look_around(self, here: int, next_to: int) -> None:
        """The block that the plane lies in, and the one that a hand reaches next."""
        count = -(-self._pixels.shape[2] // _SIDE)
        most = max(2, _BYTES // max(1, self._pixels[:, :, 0].nbytes * _SIDE))
        for far in sorted(self._blocks, key=lambda block: -abs(block - here))[:max(0, len(self._blocks) - most)]:
            del self._blocks[far]
        wanted = next((block for block in (here, next_to) if 0 <= block < count and block not in self._blocks), None)
        if wanted is not None and wanted != self._asked:
            self._asked = wanted
            self._beside(lambda: self._gather(wanted))

    def _gather(self, block: int) -> None:
        """Row by row, so that the interpreter's lock is held for moments only. Not where another one is wanted by now:
        a hand may go through a volume faster than it is read."""
        if block != self._asked:
            return
        part = slice(block * _SIDE, min((block + 1) * _SIDE, self._pixels.shape[2]))
        slices, rows, _, *channels = self._pixels.shape
        planes = np.empty((part.stop - part.start, slices, rows, *channels), self._pixels.dtype)
        for k in range(slices):
            planes[:, k] = self._pixels[k, :, part].swapaxes(0, 1)
        self._blocks[block] = planes
