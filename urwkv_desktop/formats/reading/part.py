"""What is there of a file that is cut: whole frames and slices, or of a single picture its rows.

For eyes alone: nothing is predicted over it, and it can be neither accepted nor exported. Compressed JPEG of the kinds
that GDCM decodes, and TIFF, are not shown in part.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading import dicom, dicom_file, nifti, picture
from urwkv_desktop.formats.reading.dicom_facts import DECODED, GDCM, NATIVE, PixelFacts, declared, kind_refusal
from urwkv_desktop.formats.reading.dicom_file import DicomFile, open_dicom
from urwkv_desktop.formats.reading.dicom_values import quietly
from urwkv_desktop.formats.reading.open import whole
from urwkv_desktop.formats.refusals import nothing_there, unreachable
from urwkv_desktop.imaging import Finding, Geometry, Image, Message

_CLOSED = b"\xfe\xff\xdd\xe0\0\0\0\0"


def read_part(path: Path, room: Room) -> Image:
    """The image as far as its file goes, with a warning that says how far. Raises Refusal."""
    try:
        with path.open("rb") as file:
            head = file.read(540)
        if head[128:132] == b"DICM":
            with quietly():
                return _dicom(path, room)
        if picture.can_read(head):
            return _picture(whole(path, room), room)
        if head[:2] == nifti.GZIP or nifti.can_read(head):
            return _nifti(path, room)
        if dicom_file.can_read(head):
            with quietly():
                return _dicom(path, room)
    except OSError as error:
        raise unreachable(error.strerror or type(error).__name__) from error
    raise nothing_there()


def _warned(image: Image, note: Finding) -> Image:
    return replace(image, findings=(note, *image.findings))


def _frames(have: int, need: int) -> Finding:
    return Finding("file.part", Message("Damaged: {have} of {need} frames are there. Nothing is predicted here, and it "
                                        "can be neither accepted nor exported.", have=have, need=need))


def _rows(have: int, need: int) -> Finding:
    return Finding("file.part", Message("Damaged: {have} of {need} rows are there. Nothing is predicted here, and it "
                                        "can be neither accepted nor exported.", have=have, need=need))


def _dicom(path: Path, room: Room) -> Image:
    file = open_dicom(path, room)
    refusal = kind_refusal(file)
    if refusal is not None:
        raise refusal
    found, odd = declared(file)
    room.claim(found.decoded_bytes, volume=found.frames > 1)
    if file.syntax in NATIVE:
        return _native(file, found, odd, room)
    if file.syntax not in DECODED or file.syntax in GDCM:
        raise nothing_there()
    return _fragments(file, found, odd, room)


def _native(file: DicomFile, found: PixelFacts, odd: tuple[Finding, ...], room: Room) -> Image:
    have = 8 * (file.size - file.offset)
    frames = min(found.frames, have // found.frame_bits)
    if frames:
        image = dicom.one_file(file, replace(found, frames=frames), odd, "", room)
        return _warned(image, _frames(frames, found.frames))
    rows = have // (found.frame_bits // found.rows)
    if not rows:
        raise nothing_there()
    with file.stream() as stream:
        data = stream.read()
    need = -(-found.frame_bits // 8)
    filled = replace(file, inflated=data.ljust(file.offset + need, b"\0"), size=file.offset + need, length=need)
    return _warned(dicom.one_file(filled, replace(found, frames=1), odd, "", room), _rows(rows, found.rows))


def _fragments(file: DicomFile, found: PixelFacts, odd: tuple[Finding, ...], room: Room) -> Image:
    """Frames of one fragment each: the whole ones."""
    with file.stream() as stream:
        data = stream.read()
    place, count = file.offset, -1  # the first item is the table of offsets
    while data[place:place + 4] == b"\xfe\xff\0\xe0":
        end = place + 8 + int.from_bytes(data[place + 4:place + 8], "little")
        if end > len(data) or count == found.frames:
            break
        place, count = end, count + 1
    if count < 1:
        raise nothing_there()
    closed = data[:place] + _CLOSED
    filled = replace(file, inflated=closed, size=len(closed))
    image = dicom.one_file(filled, replace(found, frames=count), odd, "", room)
    return _warned(image, _frames(count, found.frames))


def _nifti(path: Path, room: Room) -> Image:
    """Whole slices of the first time point."""
    head = b"".join(islice(_pieces(path), 1))[:540]
    if not nifti.can_read(head):
        raise nothing_there()
    found = nifti.parse(head)
    x, y, z = found.shape
    room.claim(found.volume_bytes, volume=z > 1)
    pixels = np.zeros((z, y, x) if found.samples == 1 else (z, y, x, found.samples), found.dtype)
    have, skipped = 0, 0
    memory = pixels.data.cast("B")
    for block in _pieces(path):
        rest = block[max(0, found.offset - skipped):][:len(memory) - have]
        skipped += len(block)
        memory[have:have + len(rest)] = rest
        have += len(rest)
        if have == len(memory):
            break
    slices, rows = have // (found.volume_bytes // z), have // (found.volume_bytes // z // y)
    if not rows or (z > 1 and not slices):
        raise nothing_there()
    shown = replace(found, shape=(x, y, max(1, slices)))
    geometry, more = nifti.geometry_of(shown)
    pixels = np.ascontiguousarray(pixels[:max(1, slices)].astype(found.dtype.newbyteorder("="), copy=False)[..., :3]
                                  if found.samples > 1 else pixels[:max(1, slices)])
    slope, intercept = (1.0, 0.0) if found.samples > 1 else (found.slope, found.intercept)
    note = _frames(slices, z) if z > 1 else _rows(rows, y)
    return Image(pixels.astype(pixels.dtype.newbyteorder("="), copy=False), geometry, slope=(slope,),
                 intercept=(intercept,), findings=(note, *found.findings, *more))


def _pieces(path: Path) -> Iterator[bytes]:
    """Inflated where the file is gzipped, up to where it is cut or broken."""
    with path.open("rb") as file:
        is_gzipped = file.read(2) == nifti.GZIP
        file.seek(0)
        inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        while block := file.read(1 << 14):
            try:
                yield inflater.decompress(block) if is_gzipped else block
            except zlib.error:
                return


def _picture(data: bytes, room: Room) -> Image:
    """PNG, JPEG, BMP: Pillow decodes as far as it gets; the rest is black or grey."""
    import PIL.Image
    import PIL.ImageFile

    PIL.Image.MAX_IMAGE_PIXELS = room.limits.picture_bytes
    before = PIL.ImageFile.LOAD_TRUNCATED_IMAGES
    PIL.ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = PIL.Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "BMP"))
            room.claim(opened.width * opened.height * 3)
            opened.load()
            pixels = picture.array(opened)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error,
            PIL.Image.DecompressionBombError) as error:
        raise nothing_there() from error
    finally:
        PIL.ImageFile.LOAD_TRUNCATED_IMAGES = before
    note = Finding("file.part", Message("Damaged: the file ends in the middle of the image; what follows is empty. "
                                        "Nothing is predicted here, and it can be neither accepted nor exported."))
    return Image(picture.grey_where_equal(pixels)[None], Geometry.picture(), findings=(note,))
