"""Masks in: files with an index per pixel, zero and one other value or colours; what holds shapes goes on from here."""

import warnings
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.label_set import LabelName, LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.limits import Limits, Room
from urwkv_desktop.formats.reading import (
    label_json,
    label_rtstruct,
    label_seg,
    metaimage,
    nifti,
    nrrd,
    picture,
    tiff,
    volume,
)
from urwkv_desktop.formats.reading.dicom_values import quietly
from urwkv_desktop.formats.reading.label_layers import layered, segment_names
from urwkv_desktop.formats.reading.label_names import by_colour, names_beside
from urwkv_desktop.formats.reading.label_painting import MOST, on_grid, refused
from urwkv_desktop.formats.reading.open import whole
from urwkv_desktop.formats.refusals import unknown_kind, unreachable
from urwkv_desktop.formats.source import Source
from urwkv_desktop.imaging import Geometry, Image, Message, Refusal

Array = npt.NDArray[np.generic]
Indices = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
_RTSTRUCT = "1.2.840.10008.5.1.4.1.1.481.3"
_SEGMENTATIONS = ("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7")
_MOST_LABELS = 32  # a picture with more different values than this is no mask
_HIGHEST, _FULL = 65535, (255, 65535)  # of 16 bits; what programs write for "here"
_WHOLE = 1e-3  # a label that was written with a scaling comes back as 0.9999


def read_labels(root: Path, source: Source | str, image: Image, *, limits: Limits | None = None,
                room: Room | None = None) -> Indices:
    """[Z, H, W] on the image's grid, uint8 or uint16: 0 and a full 255 or 65535 become 0 and 1, else a label's id.

    source: an image's Source (its mask_file), or a path relative to root. Raises Refusal.
    """
    name = source if isinstance(source, str) else source.mask_file
    if name is None:
        raise ValueError("this source has no mask beside it")
    target = LabelTarget(image.shape, image.geometry, () if isinstance(source, str) else source.files, image.identity)
    return read_label_set(root, root / PurePosixPath(name), target, LabelWish(), room or Room(limits)).voxels


def read_label_set(root: Path, path: Path, target: LabelTarget, wish: LabelWish, room: Room) -> LabelSet:
    """The labels of a file on the image's grid, with their names. target.files are relative to root. Raises Refusal."""
    try:
        with path.open("rb") as file:
            head = file.read(540)
        if head[128:132] == b"DICM":
            return _dicom(root, path, target, wish, room)
        if head.lstrip()[:1] == b"{":
            return label_json.read(path, target, wish)
        return _grid(path, head, target, wish, room)
    except OSError as error:
        raise unreachable(error.strerror or type(error).__name__) from error


def _dicom(root: Path, path: Path, target: LabelTarget, wish: LabelWish, room: Room) -> LabelSet:
    from pydicom import dcmread

    with quietly():
        kind = str(dcmread(path, stop_before_pixels=True, force=True, specific_tags=["SOPClassUID"])
                   .get("SOPClassUID", ""))
        if kind == _RTSTRUCT:
            return label_rtstruct.read(path, target, wish)
        if kind in _SEGMENTATIONS:
            return label_seg.read(path, target, wish, room, root=root)
    raise refused(Message("This DICOM file holds no labels; it is an image or another object."))


def _grid(path: Path, head: bytes, target: LabelTarget, wish: LabelWish, room: Room) -> LabelSet:
    names = names_beside(path)
    if nrrd.can_read(head):
        found = nrrd.header(path)
        place: Geometry | None = volume.geometry_of(found)[0]
        stored = layered(found, wish, room)
        names = segment_names(found.fields) or names
    else:
        stored, names, place = _stored(path, head, names, room)
    moved, findings = on_grid(stored, place, target, wish)
    voxels = indices(moved)
    present = set(np.unique(voxels).tolist())
    return LabelSet(voxels, tuple(name for name in names if name.value in present), findings)


def indices(stored: Array) -> Indices:
    """Whole numbers 0..65535, at most 255 of them; {0, 1}, {0, 255} and {0, 65535} mean a single label."""
    if stored.dtype.kind == "f":
        rounded = np.rint(stored)
        if not np.isfinite(stored).all() or np.abs(stored - rounded).max(initial=0) > _WHOLE:
            raise refused(Message("The mask's values are no whole numbers."))
        stored = rounded
    highest = int(stored.max(initial=0))
    if stored.min(initial=0) < 0 or highest > _HIGHEST:
        raise refused(Message("The mask has values outside 0 to {highest}.", highest=_HIGHEST))
    if highest in _FULL and not np.logical_and(stored != 0, stored != highest).any():
        return np.not_equal(stored, 0).astype(np.uint8)
    if highest <= MOST:
        return stored.astype(np.uint8)
    labels = stored.astype(np.uint16)
    if np.count_nonzero(np.bincount(labels.ravel())[1:]) > MOST:
        raise refused(Message("The mask has more than {count} labels.", count=MOST))
    return labels


def _stored(path: Path, head: bytes, names: tuple[LabelName, ...], room: Room,
            ) -> tuple[Array, tuple[LabelName, ...], Geometry | None]:
    if metaimage.can_read(head):
        header = metaimage.header(path)
        return *_values(volume.voxels(header, 0, room), names), volume.geometry_of(header)[0]
    if head[:2] == nifti.GZIP or nifti.can_read(head):
        image = nifti.read(path, 0, room)
        scaled = any(slope != 1.0 for slope in image.slope) or any(image.intercept)
        pixels = image.pixels.astype(np.float64) * image.slope[0] + image.intercept[0] if scaled else image.pixels
        return *_values(np.asarray(pixels), names), image.geometry if image.geometry.oriented else None
    if tiff.can_read(head):
        return *_values(_tiff(path, room), names), None
    if head.startswith(picture.JPEG):
        raise refused(Message("The mask is a JPEG, whose values are not exact."))
    if not picture.can_read(head):
        raise unknown_kind()
    return *_values(_picture(whole(path, room), room)[None], names), None


def _tiff(path: Path, room: Room) -> Array:
    """One page, or a stack of pages of one size."""
    read = [page[None] for page in tiff.every_page(path, room)]
    if len({page.shape[1:3] for page in read}) > 1:
        raise refused(Message("The mask's pages differ in size."))
    if len({page.ndim for page in read}) > 1:  # a page of greys alone among colours
        read = [page if page.ndim == 4 else np.repeat(page[..., None], 3, axis=-1) for page in read]
    return np.concatenate(read)


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


def _values(pixels: Array, names: tuple[LabelName, ...]) -> tuple[Array, tuple[LabelName, ...]]:
    """pixels: [Z, H, W], or [Z, H, W, 3] of colours that a labels.json explains."""
    return by_colour(pixels, names) if pixels.ndim == 4 else (pixels, names)


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
    few = np.unique(pixels).tolist()
    if pixels.ndim != 2 or len(few) > _MOST_LABELS:
        return False
    return set(few) <= {0, 255} or few[-1] < 32 or (pixels.dtype == np.uint16 and few[0] == 0)
