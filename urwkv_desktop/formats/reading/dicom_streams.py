"""What a compressed frame says of itself, held against the header before a decoder sees it.

Source: ISO 10918-1, B.2 (JPEG), ISO 14495-1, C.2 (JPEG-LS), ISO 15444-1, A.4 to A.6 (JPEG 2000), PS3.5, G.5 (RLE).
"""

from dataclasses import dataclass

from urwkv_desktop.formats.reading.dicom_facts import JPEG_2000, RLE, PixelFacts, stream_name
from urwkv_desktop.formats.refusals import (
    COPY_AGAIN,
    OPENING,
    damaged,
    incomplete,
    incomplete_after,
    inconsistent,
)
from urwkv_desktop.imaging import Message, Refusal

_START, _TILE = b"\xff\x4f\xff\x51", b"\xff\x90"  # of a JPEG 2000 stream
_NO_SIZE = {0xC4, 0xC8, 0xCC}  # between C0 and CF, segments that are no frame header
_DCT = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}  # frame headers of processes that turn RGB to YBR by custom
_SCAN, _JFIF, _ADOBE = 0xDA, 0xE0, 0xEE
_RGB = ((82, 71, 66), (114, 103, 98))  # components that are called R, G, B
_YBR = 1  # Adobe's number for it


@dataclass(frozen=True)
class Stream:
    """Size and depth of one frame. precision: bits of one value; is_signed: JPEG 2000 alone says so.

    is_ybr: whether its three components are luma and chroma; None where it does not say. JPEG 2000's own transform is
    undone by its decoder.
    """

    rows: int
    columns: int
    samples: int
    precision: int
    is_signed: bool = False
    is_ybr: bool | None = None


def checked(frame: bytes, syntax: str, facts: PixelFacts) -> Stream:
    """Raises Refusal where the frame is damaged, cut, or not of the size that the header says."""
    found = _rle(frame, facts) if syntax == RLE else _jpeg_2000(frame) if syntax in JPEG_2000 else _jpeg(frame)
    if found is None:
        raise damaged(stream_name(syntax))
    if (found.rows, found.columns) != (facts.rows, facts.columns):
        raise other_size((found.rows, found.columns), (facts.rows, facts.columns))
    if found.samples != facts.samples:
        raise inconsistent(Message("The file contradicts itself: its pixels have {found} channels, its header says "
                                   "{declared}.", found=found.samples, declared=facts.samples))
    if found.precision > facts.allocated:
        raise inconsistent(Message("The file contradicts itself: its pixels have {found} bits, its header says "
                                   "{declared}.", found=found.precision, declared=facts.allocated))
    if syntax in JPEG_2000:
        _check_tiles(frame)
    if syntax != RLE and b"\xff\xd9" not in frame[-1024:] and b"\xff\xd9" not in frame:
        raise incomplete_after(len(frame))
    return found


def other_size(found: tuple[int, ...], declared: tuple[int, ...]) -> Refusal:
    return inconsistent(Message("The file contradicts itself: its pixels are {found}, its header says {declared}.",
                                found=" x ".join(map(str, found)), declared=" x ".join(map(str, declared))))


def _rle(frame: bytes, facts: PixelFacts) -> Stream | None:
    """One segment for each byte of a value: their number is the depth."""
    segments = int.from_bytes(frame[:4], "little")
    if len(frame) < 64 or not 1 <= segments <= 15 or segments % facts.samples:
        return None
    depth = 8 * segments // facts.samples
    return Stream(facts.rows, facts.columns, facts.samples, depth) if depth in (8, 16, 32, 64) else None


def _jpeg(frame: bytes) -> Stream | None:
    """From the segments before the first scan, which must follow each other without a gap."""
    place = frame.find(b"\xff\xd8") + 2
    size: tuple[int, bytes] | None = None
    has_jfif, adobe = False, None
    while place >= 2 and place + 4 <= len(frame) and frame[place] == 0xFF:
        kind = frame[place + 1]
        if kind == 0xFF:  # padding
            place += 1
            continue
        length = int.from_bytes(frame[place + 2:place + 4], "big")
        body = frame[place + 4:place + 2 + length]
        if kind == _SCAN:
            return _framed(*size, has_jfif, adobe) if size is not None else None
        if kind == 0xF7 or (0xC0 <= kind <= 0xCF and kind not in _NO_SIZE):
            size = kind, body
        has_jfif = has_jfif or (kind == _JFIF and body[:4] == b"JFIF")
        if kind == _ADOBE and body[:5] == b"Adobe" and len(body) >= 12:
            adobe = body[11]
        place += 2 + length
        if length < 2:
            break
    return None


def _framed(kind: int, body: bytes, has_jfif: bool, adobe: int | None) -> Stream | None:
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:
        return None
    components = [body[at:at + 3] for at in range(6, 6 + 3 * body[5], 3)]
    if adobe not in (None, 0, _YBR) and len(components) == 3:  # GDCM ends its process over them
        return None
    return Stream(int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big"), len(components), body[0],
                  is_ybr=_colours(components, has_jfif, adobe) if kind in _DCT and len(components) == 3 else None)


def _colours(components: list[bytes], has_jfif: bool, adobe: int | None) -> bool | None:
    """Adobe's mark goes first, then the components' names, then JFIF's; chroma of half the size is no red or blue."""
    if adobe is not None:
        return adobe == _YBR
    if tuple(one[0] for one in components) in _RGB:
        return False
    return True if has_jfif or len({one[1] for one in components}) > 1 else None


def _jpeg_2000(frame: bytes) -> Stream | None:
    place = frame.find(_START)
    if place < 0 or len(frame) < place + 45:
        return None
    right, bottom, left, top = (int.from_bytes(frame[at:at + 4], "big") for at in range(place + 8, place + 24, 4))
    samples, depth = int.from_bytes(frame[place + 40:place + 42], "big"), frame[place + 42]
    return Stream(bottom - top, right - left, samples, (depth & 0x7F) + 1, bool(depth & 0x80),
                  False if samples == 3 and _is_transformed(frame, place + 2) else None)


def _is_transformed(frame: bytes, place: int) -> bool:
    """Whether the stream turned its colours itself (COD, SGcod). place: of its first marker after the start."""
    while frame[place:place + 1] == b"\xff" and frame[place:place + 2] != _TILE:
        if frame[place + 1] == 0x52:
            return frame[place + 8:place + 9] == b"\1"
        place += 2 + max(2, int.from_bytes(frame[place + 2:place + 4], "big"))
    return False


def _check_tiles(frame: bytes) -> None:
    """Every tile of a JPEG 2000 stream must be there, whole. Source: ISO 15444-1, A.4.2 and A.5.1."""
    place = frame.find(_START)
    numbers = [int.from_bytes(frame[at:at + 4], "big") for at in range(place + 8, place + 40, 4)]
    right, bottom, _, _, wide, high, left, top = numbers
    if not wide or not high:
        raise damaged("JPEG 2000")
    need = -(-(right - left) // wide) * -(-(bottom - top) // high)
    here = place + 2
    while frame[here:here + 2] not in (_TILE, b""):
        here += 2 + int.from_bytes(frame[here + 2:here + 4], "big")
    seen = set()
    while frame[here:here + 2] == _TILE:
        seen.add(frame[here + 4:here + 6])
        length = int.from_bytes(frame[here + 6:here + 10], "big")
        if here + length > len(frame):
            raise incomplete(len(frame), here + length)
        here = here + length if length else len(frame)
    if len(seen) < need:
        raise Refusal(tried=OPENING, cause=Message("The file is incomplete: {have} of {need} tiles.", have=len(seen),
                                                   need=need), cure=COPY_AGAIN)
