"""Images that are kept decoded: the one on screen, its neighbours, and what was seen last, within a bound."""

from collections import OrderedDict

from urwkv_desktop.imaging import Image

# A case larger than half of it is read for itself when it is opened, never ahead.
READY_BYTES = 512 << 20


class ReadyImages:
    """Decoded images by case; the one that was asked for longest ago goes first."""

    def __init__(self, limit: int = READY_BYTES) -> None:
        self._limit = limit
        self._images: OrderedDict[int, Image] = OrderedDict()

    def get(self, case: int) -> Image | None:
        image = self._images.get(case)
        if image is not None:
            self._images.move_to_end(case)
        return image

    def __contains__(self, case: int) -> bool:
        return case in self._images

    def put(self, case: int, image: Image, *, keep: int | None = None) -> None:
        """keep: the case on screen, which stays whatever the bound says."""
        self._images[case] = image
        self._images.move_to_end(case)
        for oldest in tuple(self._images):
            if self.nbytes <= self._limit:
                return
            if oldest not in (case, keep):
                del self._images[oldest]

    def drop(self, case: int) -> None:
        self._images.pop(case, None)

    @property
    def nbytes(self) -> int:
        return sum(image.pixels.nbytes for image in self._images.values())
