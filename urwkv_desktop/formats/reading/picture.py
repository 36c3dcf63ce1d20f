"""PNG, JPEG and BMP: Pillow decodes; 16 bit colour PNG goes through cv2, because Pillow cuts it to 8 bit."""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading import jpeg_damage
from urwkv_desktop.formats.refusals import damaged, incomplete, incomplete_after, inconsistent, unsupported
from urwkv_desktop.imaging import Finding, Geometry, Image, Message, Severity

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

Array = npt.NDArray[np.generic]
PNG, JPEG, BMP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM"
TURNED = Finding("picture.turned", Message("The camera's orientation mark was applied; masks fit the turned picture."),
                 Severity.note)
OUTSIDE_PALETTE = Finding("picture.palette",
                          Message("Some pixels name a colour that the file's palette does not have."))
_TOO_FEW = Message("The file contradicts itself: the pixels that it declares can't be packed into so few bytes.")
# Bytes of pixels in one of the file: deflate's best is 1032; JPEG spends a bit on each block of 64, of one channel at
# least, which may be the smallest of four.
_SMALL, _MOST_SMALL = 256, 10_000  # bytes of a chunk; more of them than writers make, each costs microseconds
_CLOSEST = {"PNG": 1032, "JPEG": 64 * 8 * 16}


@dataclass(frozen=True)
class PictureHeader:
    """width, height: as stored, before an orientation mark. bits: of one sample. samples: stored ones, with alpha."""

    kind: str
    width: int
    height: int
    bits: int
    samples: int
    palette: bool = False

    @property
    def decoded_bytes(self) -> int:
        """As it would be in memory while it is decoded: a whole byte for a bit, three for a palette."""
        samples = 3 if self.palette else self.samples
        return self.width * self.height * samples * (2 if self.bits > 8 else 1)


def can_read(head: bytes) -> bool:
    return head.startswith((PNG, JPEG)) or (
        head.startswith(BMP) and len(head) >= 26 and head[14] in (12, 40, 52, 56, 64, 108, 124))


def header(data: bytes) -> PictureHeader:
    """Size and depth from the file's bytes. Raises Refusal where the file is shorter than it says."""
    if data.startswith(PNG):
        return _png_header(data)
    if data.startswith(JPEG):
        return _jpeg_header(data)
    return _bmp_header(data)


def check_packing(found: PictureHeader, nbytes: int) -> None:
    """Before a decoder takes the memory: can so many pixels lie in a file of nbytes? Raises Refusal."""
    bits = found.width * found.height * found.bits * found.samples
    if found.kind in _CLOSEST and bits > 8 * _CLOSEST[found.kind] * nbytes:
        raise inconsistent(_TOO_FEW)


def decode(data: bytes, room: Room) -> tuple[Array, tuple[Finding, ...]]:
    """uint8 or uint16 [H, W] or [H, W, 3]; alpha dropped, palette applied, orientation mark applied."""
    found = header(data)
    room.claim(found.decoded_bytes)
    check_packing(found, len(data))
    if found.kind == "PNG" and found.bits == 16:
        return _deep_png(data, found), ()
    damage = jpeg_damage.findings(data) if found.kind == "JPEG" else ()
    picture, turned = _open(data, found.kind, room)
    notes = [*damage, TURNED] if turned else [*damage]
    if picture.mode == "P" and _is_outside_palette(picture):
        notes.append(OUTSIDE_PALETTE)
    return array(picture), tuple(notes)


def _is_outside_palette(picture: "PillowImage") -> bool:
    palette = picture.getpalette("RGB")  # as long as the file's
    return palette is not None and int(np.asarray(picture).max(initial=0)) >= len(palette) // 3


def read(data: bytes, room: Room) -> Image:
    pixels, findings = decode(data, room)
    pixels = grey_where_equal(pixels)
    return Image(pixels[None], Geometry.picture(), findings=findings)


def grey_where_equal(pixels: Array) -> Array:
    """[..., 3] becomes [...] where the three channels are equal everywhere; anything else stays as it is."""
    if pixels.shape[-1] != 3 or pixels.ndim < 3:
        return pixels
    red = pixels[..., 0]
    if np.array_equal(red, pixels[..., 1]) and np.array_equal(red, pixels[..., 2]):
        return np.ascontiguousarray(red)
    return pixels


def _png_header(data: bytes) -> PictureHeader:
    if len(data) < 33:
        raise incomplete(len(data), 33)
    width, height, bits, colour = struct.unpack(">IIBB", data[16:26])
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour)
    if data[12:16] != b"IHDR" or samples is None or not width or not height:
        raise damaged("PNG")
    _walk_png(data)
    return PictureHeader("PNG", width, height, bits, samples, colour == 3)


def _walk_png(data: bytes) -> None:
    """Every chunk must be there as long as it says, with the right checksum, up to the last one."""
    place, small = 8, 0
    while place + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[place:place + 8])
        end = place + 12 + length
        small += length < _SMALL
        if small > _MOST_SMALL:
            raise damaged("PNG")
        if end > len(data):
            raise incomplete(len(data), end)
        if zlib.crc32(memoryview(data)[place + 4:end - 4]) != struct.unpack(">I", data[end - 4:end])[0]:
            raise damaged("PNG")
        if name == b"IEND":
            return
        place = end
    raise incomplete_after(len(data))


def _jpeg_header(data: bytes) -> PictureHeader:
    place = 2
    while place + 10 <= len(data):
        if data[place] != 0xFF:
            raise damaged("JPEG")
        marker = data[place + 1]
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            place += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            bits, height, width, samples = struct.unpack(">BHHB", data[place + 4:place + 10])
            if data.rfind(b"\xff\xd9", place) < 0:
                raise incomplete_after(len(data))
            return PictureHeader("JPEG", width, height, bits, samples)
        place += 2 + int.from_bytes(data[place + 2:place + 4], "big")
    raise incomplete_after(len(data))


def _bmp_header(data: bytes) -> PictureHeader:
    if len(data) < 30:
        raise incomplete(len(data), 30)
    offset, = struct.unpack("<I", data[10:14])
    if data[14] == 12:
        width, height, _, bits = struct.unpack("<HHHH", data[18:26])
        compression = 0
    else:
        width, height, _, bits = struct.unpack("<iiHH", data[18:30])
        compression = int.from_bytes(data[30:34], "little")
    width, height = abs(width), abs(height)
    need = offset + (width * bits + 31) // 32 * 4 * height
    if compression in (0, 3) and len(data) < need:
        raise incomplete(len(data), need)
    return PictureHeader("BMP", width, height, 8, 3 if bits > 8 else 1, bits <= 8)


def _open(data: bytes, kind: str, room: Room) -> "tuple[PillowImage, bool]":
    """The decoded picture, and whether an orientation mark turned it."""
    import PIL.Image
    import PIL.ImageOps

    # Pillow's own limit stays on; `claim` has already refused what is above ours.
    PIL.Image.MAX_IMAGE_PIXELS = room.limits.picture_bytes
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture: PillowImage = PIL.Image.open(io.BytesIO(data), formats=(kind,))
            picture.load()
            turned = picture.getexif().get(0x0112, 1) not in (0, 1)
            return PIL.ImageOps.exif_transpose(picture) if turned else picture, turned
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error,
            PIL.Image.DecompressionBombError) as error:
        raise (incomplete_after(len(data)) if "truncated" in str(error) else damaged(kind)) from error


def array(picture: "PillowImage") -> Array:
    """Grey modes become grey, anything with colour RGB; alpha is dropped, never blended."""
    mode = picture.mode
    if mode in ("1", "LA", "La"):
        picture = picture.convert("L")
    elif mode not in ("L", "I;16", "I;16B", "I", "F", "RGB"):
        picture = picture.convert("RGB")
    pixels = np.asarray(picture)
    if pixels.dtype == np.int32 and pixels.size and pixels.min() >= 0 and pixels.max() <= 65535:
        return pixels.astype(np.uint16)
    return pixels.astype(pixels.dtype.newbyteorder("="), copy=False)


def _deep_png(data: bytes, found: PictureHeader) -> Array:
    import cv2

    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None or decoded.shape[:2] != (found.height, found.width):
        raise damaged("PNG")
    if decoded.dtype != np.uint16:
        raise unsupported("16 bit PNG of an unusual kind")
    if decoded.ndim == 2:
        return np.asarray(decoded)
    if found.samples <= 2:  # grey with alpha arrives as colour
        return np.ascontiguousarray(decoded[..., 0])
    return np.ascontiguousarray(decoded[..., 2::-1])
