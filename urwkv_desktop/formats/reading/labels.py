"""Masks that lie beside images: an index per pixel, or zero and one other value."""

import warnings
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.limits import Limits, Room
from urwkv_desktop.formats.reading import nifti, picture, tiff
from urwkv_desktop.formats.reading.open import whole
from urwkv_desktop.formats.refusals import EXPORT_AGAIN, unknown_kind, unreachable
from urwkv_desktop.formats.source import Source
from urwkv_desktop.imaging import Geometry, Image, Message, Refusal

Array = npt.NDArray[np.generic]
_IMPORTING = Message("Importing the mask beside this image.")
_MOST_LABELS = 32  # a picture with more different values than this is no mask
_WHOLE = 1e-3  # a label that was written with a scaling comes back as 0.9999
_PLACE_MM = 0.1


def read_labels(root: Path, source: Source | str, image: Image, *, limits: Limits | None = None,
                room: Room | None = None) -> npt.NDArray[np.uint8]:
    """uint8 [Z, H, W] on the image's grid: 0 and one other value become 0 and 1, anything else is the label's id.

    source: an image's Source (its mask_file), or a path relative to root. Raises Refusal.
    """
    name = source if isinstance(source, str) else source.mask_file
    if name is None:
        raise ValueError("this source has no mask beside it")
    return labels_on_grid(root / PurePosixPath(name), image.shape, image.geometry, room or Room(limits))


def labels_on_grid(path: Path, shape: tuple[int, int, int], geometry: Geometry, room: Room) -> npt.NDArray[np.uint8]:
    """As read_labels, for the grid of an image that need not be at hand."""
    try:
        stored, place = _stored(path, room)
    except OSError as error:
        raise unreachable(error.strerror or type(error).__name__) from error
    if stored.shape != shape:
        raise _refused(Message("The mask is {mask}, the image {image} (slices, rows, columns).",
                               mask=_size(stored.shape), image=_size(shape)))
    if place is not None and not _same_place(place, geometry):
        raise _refused(Message("The mask lies at another place in the patient than the image."))
    return indices(stored)


def indices(stored: Array) -> npt.NDArray[np.uint8]:
    """Whole numbers 0..255; {0, 255} and {0, 1} mean a single label."""
    if stored.dtype.kind == "f":
        rounded = np.rint(stored)
        if not np.isfinite(stored).all() or np.abs(stored - rounded).max(initial=0) > _WHOLE:
            raise _refused(Message("The mask's values are no whole numbers."))
        stored = rounded
    if stored.min(initial=0) < 0 or stored.max(initial=0) > 255:
        raise _refused(Message("The mask has values outside 0 to 255."))
    labels = stored.astype(np.uint8)
    if labels.max(initial=0) == 255 and not np.logical_and(labels != 0, labels != 255).any():
        labels = (labels // 255).astype(np.uint8)
    return labels


def _stored(path: Path, room: Room) -> tuple[Array, Geometry | None]:
    with path.open("rb") as file:
        head = file.read(540)
    if head[:2] == nifti.GZIP or nifti.can_read(head):
        image = nifti.read(path, 0, room)
        scaled = any(slope != 1.0 for slope in image.slope) or any(image.intercept)
        pixels = image.pixels.astype(np.float64) * image.slope[0] + image.intercept[0] if scaled else image.pixels
        return np.asarray(pixels), image.geometry if image.geometry.oriented else None
    if tiff.can_read(head):
        return _grey(tiff.read(path, tiff.pages(path)[0].index, room).pixels), None
    if head.startswith(picture.JPEG):
        raise _refused(Message("The mask is a JPEG, whose values are not exact."))
    if not picture.can_read(head):
        raise unknown_kind()
    return _grey(_picture(whole(path, room), room)[None]), None


def _picture(data: bytes, room: Room) -> Array:
    """A palette's indices, not its colours; grey otherwise."""
    import io

    import PIL.Image

    found = picture.header(data)
    if found.palette and found.kind == "PNG":
        room.claim(found.decoded_bytes)
        with warnings.catch_warnings(), PIL.Image.open(io.BytesIO(data), formats=("PNG",)) as opened:
            warnings.simplefilter("ignore")
            if opened.mode == "P":
                return np.asarray(opened)
    return picture.grey_where_equal(picture.decode(data, room)[0])


def _grey(pixels: Array) -> Array:
    if pixels.ndim == 4:
        raise _refused(Message("The mask is a colour picture; one number for each pixel is needed."))
    return pixels


def _same_place(mask: Geometry, image: Geometry) -> bool:
    if not image.oriented:
        return True
    here, there = mask.affine, image.affine
    if here is None or there is None:
        return mask.slices == image.slices
    return bool(np.abs(here - there).max() < _PLACE_MM)


def _refused(cause: Message) -> Refusal:
    return Refusal(tried=_IMPORTING, cause=cause, cure=EXPORT_AGAIN)


def _size(shape: tuple[int, ...]) -> str:
    return " x ".join(str(length) for length in shape)


def looks_like_mask(root: Path, mask: str, image: str, room: Room) -> bool:
    """Whether one of two files with one stem is the other's mask: exact, of the same size, with few values."""
    try:
        ours, theirs = whole(root / mask, room), whole(root / image, room)
        if not picture.can_read(ours) or not picture.can_read(theirs) or ours.startswith(picture.JPEG):
            return False
        size, other = picture.header(ours), picture.header(theirs)
        if (size.width, size.height) != (other.width, other.height):
            return False
        pixels = _picture(ours, room)
    except (Refusal, OSError, ValueError, SyntaxError, MemoryError):
        return False
    few = np.unique(pixels)
    return pixels.ndim == 2 and len(few) <= _MOST_LABELS and (set(few.tolist()) <= {0, 255} or int(few[-1]) < 32)
