"""TIFF: tifffile knows the pages; what it can't inflate without further packages, Pillow and cv2 do (libtiff)."""

import struct
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.picture import TURNED, grey_where_equal
from urwkv_desktop.formats.reading.tiff_stack import Stack, stacks
from urwkv_desktop.formats.refusals import damaged, incomplete, inconsistent, unsupported
from urwkv_desktop.imaging import Geometry, Image, Message, SpacingKind, ThirdAxis

if TYPE_CHECKING:
    from tifffile import TiffFile, TiffPage

Array = npt.NDArray[np.generic]
_OWN = {1, 8, 32946, 32773}  # none, deflate (two numbers), PackBits: tifffile alone
_WHITE_IS_ZERO, _RGB, _PALETTE, _CMYK, _YCBCR = 0, 2, 3, 5, 6
_ERRORS = (ValueError, TypeError, KeyError, IndexError, OSError, ArithmeticError, AttributeError, RuntimeError,
           NotImplementedError, struct.error, EOFError, zlib.error)
_MASK_PAGE = 4  # of tag 254: the transparency of another page
_PAGES = 10_000  # more are a loop or a stack that belongs into another format


@dataclass(frozen=True)
class TiffPageFacts:
    """One page: index in the file, size, samples (with alpha), bits, photometric number, compression number."""

    index: int
    height: int
    width: int
    samples: int
    dtype: np.dtype[Any]
    photometric: int
    compression: int
    orientation: int

    @property
    def decoded_bytes(self) -> int:
        samples = 3 if self.photometric == _PALETTE else self.samples
        return self.height * self.width * samples * self.dtype.itemsize


def can_read(head: bytes) -> bool:
    return head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def pages(path: Path) -> list[TiffPageFacts]:
    """The full-size pages. Raises Refusal where the file is shorter than its strips say."""
    return layout(path)[0]


def layout(path: Path) -> tuple[list[TiffPageFacts], tuple[Stack, ...]]:
    """The full-size pages, and which of them make one case. Raises Refusal as `pages`."""
    from tifffile import TiffFile

    try:
        with warnings.catch_warnings(), TiffFile(path) as tiff:
            warnings.simplefilter("ignore")
            found = [_facts(index, tiff.pages[index]) for index in _full_size(tiff)]
            _check_length(tiff, path.stat().st_size)
            if not found:
                raise damaged("TIFF")
            return found, stacks(tiff, found)
    except _ERRORS as error:
        raise damaged("TIFF") from error


def _full_size(tiff: "TiffFile") -> list[int]:
    if len(tiff.pages) > _PAGES:
        raise unsupported("TIFF with too many pages")
    return [index for index, page in enumerate(tiff.pages)
            if not getattr(page, "is_reduced", False) and not int(getattr(page, "subfiletype", 0)) & _MASK_PAGE]


def _facts(index: int, page: "TiffPage | Any") -> TiffPageFacts:
    dtype = page.dtype
    if dtype is None or dtype.kind not in "buif":
        raise unsupported("TIFF with numbers of an unusual kind")
    if page.imagedepth > 1 or page.imagelength < 1 or page.imagewidth < 1:
        raise inconsistent(Message("The file contradicts itself: its size is zero."))
    orientation = page.tags.get(274)
    return TiffPageFacts(index, page.imagelength, page.imagewidth, page.samplesperpixel, np.dtype(dtype),
                         int(page.photometric), int(page.compression),
                         int(orientation.value) if orientation is not None else 1)


def _check_length(tiff: "TiffFile", have: int) -> None:
    for page in tiff.pages:
        need = max((start + count for start, count in zip(page.dataoffsets, page.databytecounts, strict=False)),
                   default=0)
        if need > have:
            raise incomplete(have, need)


def read(path: Path, part: str | int, room: Room) -> Image:
    """One case of the file, as `layout` names it, or the page of that number.

    uint8, uint16, signed or float, grey or RGB; alpha dropped, palette and orientation applied.
    """
    found, cases = layout(path)
    number = part if isinstance(part, int) else int(part[1:]) if part.startswith("p") else None
    stack = (Stack("", (number,)) if number is not None else next((one for one in cases if one.part == part), None))
    by_index = {page.index: page for page in found}
    if stack is None or not by_index.keys() >= set(stack.pages):
        raise damaged("TIFF")
    chosen = [by_index[index] for index in stack.pages]
    pixels = _filled(path, chosen, room)
    turned = chosen[0].orientation
    return Image(grey_where_equal(pixels) if pixels.ndim == 4 else pixels,
                 _geometry(stack, is_turned=turned in (5, 6, 7, 8)), inverted=chosen[0].photometric == _WHITE_IS_ZERO,
                 findings=(TURNED,) if turned not in (0, 1) else (), frames_per_second=stack.frames_per_second)


def every_page(path: Path, room: Room) -> list[Array]:
    """[H, W] or [H, W, 3] of each page, whether they belong together or not."""
    found = pages(path)
    room.claim(sum(page.decoded_bytes for page in found), volume=len(found) > 1)
    try:
        with warnings.catch_warnings(), _Opened(path) as opened:
            warnings.simplefilter("ignore")
            return [grey_where_equal(_turned(opened.page(page), page.orientation)) for page in found]
    except _ERRORS as error:
        raise damaged("TIFF") from error


def _filled(path: Path, chosen: list[TiffPageFacts], room: Room) -> Array:
    """[Z, H, W] or [Z, H, W, 3]."""
    room.claim(sum(page.decoded_bytes for page in chosen), volume=len(chosen) > 1)
    pixels: Array | None = None
    try:
        with warnings.catch_warnings(), _Opened(path) as opened:
            warnings.simplefilter("ignore")
            for turn, page in enumerate(chosen):
                room.begin(page.decoded_bytes)
                stored = _turned(opened.page(page), page.orientation)
                if pixels is None:
                    pixels = room.array((len(chosen), *stored.shape), stored.dtype.newbyteorder("="))
                pixels[turn] = stored
    except _ERRORS as error:
        raise damaged("TIFF") from error
    if pixels is None:
        raise damaged("TIFF")
    return pixels


def _geometry(stack: Stack, *, is_turned: bool) -> Geometry:
    """Slices whose distance is not known, while their pixels have a size, are shown one by one: no volume has mm then.

    is_turned: rows became columns.
    """
    row, column, apart = stack.spacing.row, stack.spacing.column, stack.spacing.slice
    row, column = (column, row) if is_turned else (row, column)
    is_measured = row is not None and column is not None
    third = stack.third_axis
    if third is ThirdAxis.space and is_measured and apart is None:
        third = ThirdAxis.none
    positions = np.zeros((len(stack.pages), 3))
    positions[:, 2] = np.arange(len(stack.pages)) * (apart if is_measured and apart and third is ThirdAxis.space else 1)
    return Geometry(positions, row_spacing=row if row and is_measured else 1.0,
                    column_spacing=column if column and is_measured else 1.0,
                    kind=SpacingKind.calibrated if is_measured else SpacingKind.unknown, third_axis=third)


class _Opened:
    """A file whose pages are read one after the other: each library opens it once."""

    def __init__(self, path: Path) -> None:
        from tifffile import TiffFile

        self._path = path
        self._tiff = TiffFile(path)
        self._pillow: Any = None

    def __enter__(self) -> "_Opened":
        return self

    def __exit__(self, *error: object) -> None:
        self._tiff.close()
        if self._pillow is not None:
            self._pillow.close()

    def page(self, page: TiffPageFacts) -> Array:
        """[H, W] or [H, W, 3], as stored; the palette is applied."""
        return self._own(page) if page.compression in _OWN else self._libtiff(page)

    def _own(self, page: TiffPageFacts) -> Array:
        frame: Any = self._tiff.pages[page.index]
        stored: Array = frame.asarray()
        table = frame.colormap
        if stored.size != page.height * page.width * page.samples:
            raise damaged("TIFF")
        if page.samples > 1 and stored.shape[0] == page.samples and stored.shape[:2] != (page.height, page.width):
            stored = np.moveaxis(stored, 0, -1)
        stored = stored.reshape(page.height, page.width, page.samples)
        if page.photometric == _PALETTE and table is not None:
            return np.moveaxis(np.asarray(table)[:, stored[..., 0]] >> 8, 0, -1).astype(np.uint8)
        if page.photometric in (_CMYK, _YCBCR):
            return self._libtiff(page)
        if stored.dtype == bool:
            return stored[..., 0].astype(np.uint8) * np.uint8(255)
        return stored[..., :3] if page.samples >= 3 else stored[..., 0]

    def _libtiff(self, page: TiffPageFacts) -> Array:
        """Pillow for 8 bit, cv2 for deeper colour."""
        if page.dtype.itemsize > 1 and page.samples > 1:
            done, frames = _opencv(self._path, page.index)
            if not done or frames[0].dtype != page.dtype or frames[0].ndim != 3:
                raise unsupported("TIFF with this compression")
            return np.ascontiguousarray(frames[0][..., 2::-1])
        import PIL.Image

        if self._pillow is None:
            self._pillow = PIL.Image.open(self._path, formats=("TIFF",))
        picture = self._pillow
        picture.seek(page.index)
        grey = picture.mode in ("1", "L", "I;16", "I;16B", "I", "F")
        shown = picture.convert("L") if picture.mode == "1" else picture if grey else picture.convert("RGB")
        pixels = np.array(shown)
        return pixels.astype(pixels.dtype.newbyteorder("="), copy=False)


def _opencv(path: Path, index: int) -> tuple[bool, Sequence[Array]]:
    import cv2

    if str(path).isascii():
        return cv2.imreadmulti(str(path), start=index, count=1, flags=cv2.IMREAD_UNCHANGED)
    # It dies over a name that is no text, and on Windows it opens no other name than ASCII.
    data = np.fromfile(path, np.uint8)
    return cv2.imdecodemulti(data, cv2.IMREAD_UNCHANGED, range=(index, index + 1))


def _turned(pixels: Array, orientation: int) -> Array:
    """TIFF 6.0, tag 274: where row 0 and column 0 lie; the result begins at the upper left."""
    if orientation in (5, 6, 7, 8):
        pixels = np.swapaxes(pixels, 0, 1)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return pixels
