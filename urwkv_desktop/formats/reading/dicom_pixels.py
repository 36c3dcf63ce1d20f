"""Decoding: each transfer syntax has ONE decoder, named here (DEPENDENCIES.md has the table and the reasons)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.dicom_facts import (
    GDCM,
    JPEG_2000,
    JPEG_BASELINE,
    JPEG_LS,
    NATIVE,
    RLE,
    PixelFacts,
    incomplete_frames,
    stream_size,
)
from urwkv_desktop.formats.reading.dicom_file import DicomFile
from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE
from urwkv_desktop.formats.refusals import (
    COPY_AGAIN,
    OPENING,
    damaged,
    incomplete,
    incomplete_after,
    inconsistent,
    unsupported,
)
from urwkv_desktop.imaging import Finding, Message, Refusal, Severity

Array = npt.NDArray[np.generic]
_FAILED = (*BAD_VALUE, RuntimeError, MemoryError)
_NAMES = {RLE: "RLE", JPEG_BASELINE: "JPEG", **dict.fromkeys(GDCM, "JPEG"), **dict.fromkeys(JPEG_LS, "JPEG-LS"),
          **dict.fromkeys(JPEG_2000, "JPEG 2000")}
OTHER_DECODER = Finding("dicom.decoder", Message("Its usual decoder failed; it was decoded by GDCM."), Severity.note)


def decode(file: DicomFile, facts: PixelFacts, places: Mapping[int, int], target: Array) -> tuple[Finding, ...]:
    """Frame f goes to target[places[f]], as stored values, palette and YBR turned to RGB.

    target: [n, rows, columns] or [n, rows, columns, 3] of `facts.shown_dtype`. Raises Refusal.
    """
    if _is_plain(file, facts):
        _read_plain(file, facts, places, target)
        return ()
    if file.syntax in JPEG_LS:
        return _jpeg_ls(file, facts, places, target)
    _take(_DECODERS[file.syntax](file, facts), file, facts, places, target)
    return ()


def _take(frames: Iterator[Array], file: DicomFile, facts: PixelFacts, places: Mapping[int, int],
          target: Array) -> None:
    count = 0
    try:
        for count, frame in enumerate(frames, start=1):
            if count - 1 in places:
                target[places[count - 1]] = _finished(frame, file, facts)
            if count == facts.frames:
                return
    except _FAILED as error:
        raise damaged(_NAMES.get(file.syntax, "pixel")) from error
    raise incomplete_frames(count, facts.frames)


def _finished(frame: Array, file: DicomFile, facts: PixelFacts) -> Array:
    if facts.is_palette:
        from pydicom.pixels.processing import apply_color_lut

        coloured: Array = apply_color_lut(frame, file.dataset)[..., :3]
        deep = coloured.dtype == np.uint16 and coloured.max(initial=0) > 255
        return (coloured >> np.uint16(8) if deep else coloured).astype(np.uint8)  # type: ignore[operator]
    if frame.shape != facts.shown_shape:
        raise _other_size(frame.shape, facts.shown_shape)
    return frame


def _is_plain(file: DicomFile, facts: PixelFacts) -> bool:
    """Native, and in the file as it is in memory but for the order of its bytes."""
    if file.syntax not in NATIVE or facts.is_palette or facts.allocated == 1:
        return False
    if facts.samples == 3 and (facts.photometric != "RGB" or facts.planar):
        return False
    return not (file.is_big_endian and facts.allocated == 8)  # those may be swapped in pairs: pydicom knows


def _read_plain(file: DicomFile, facts: PixelFacts, places: Mapping[int, int], target: Array) -> None:
    size = facts.frame_bits // 8
    with file.stream() as stream:
        for frame, place in sorted(places.items()):
            stream.seek(file.offset + frame * size)
            slot = target[place]
            if stream.readinto(slot.data.cast("B")) != size:  # type: ignore[attr-defined]
                raise incomplete_frames(frame, facts.frames)
            if file.is_big_endian:
                slot.byteswap(inplace=True)
            target[place] = _true_bits(slot, facts)


def _true_bits(frame: Array, facts: PixelFacts) -> Array:
    """Only the stored bits, with their sign; what else lies in the allocated ones is rubbish or an overlay."""
    if facts.stored == facts.allocated or frame.dtype.kind == "f":
        return frame
    left = facts.allocated - 1 - facts.high_bit
    right = facts.allocated - facts.stored
    return np.right_shift(np.left_shift(frame, left), right)


def _pydicom(file: DicomFile, facts: PixelFacts, plugin: str = "") -> Iterator[Array]:
    from pydicom.pixels.decoders.base import get_decoder

    options: dict[str, Any] = {
        "rows": facts.rows, "columns": facts.columns, "samples_per_pixel": facts.samples,
        "photometric_interpretation": facts.photometric, "bits_allocated": facts.allocated,
        "bits_stored": facts.stored, "pixel_representation": int(facts.signed), "number_of_frames": facts.frames,
        "pixel_keyword": facts.keyword, "pixel_vr": file.vr,
    }
    if facts.samples > 1:
        options["planar_configuration"] = facts.planar
    if offsets := _extended_offsets(file):
        options["extended_offsets"] = offsets
    decoder = get_decoder(file.syntax)
    for frame, _ in decoder.iter_array(file.encoded(), raw=False, decoding_plugin=plugin, **options):
        yield _true_bits(np.ascontiguousarray(frame), facts) if facts.samples == 1 else np.ascontiguousarray(frame)


def _extended_offsets(file: DicomFile) -> tuple[bytes, bytes] | None:
    table, lengths = file.dataset.get("ExtendedOffsetTable"), file.dataset.get("ExtendedOffsetTableLengths")
    return (table, lengths) if isinstance(table, bytes) and isinstance(lengths, bytes) else None


def _frames(file: DicomFile, facts: PixelFacts) -> Iterator[bytes]:
    """Compressed frames, each held against the header's size before a decoder sees it."""
    from pydicom.encaps import generate_frames

    for frame in generate_frames(file.encoded(), number_of_frames=facts.frames,
                                 extended_offsets=_extended_offsets(file)):
        check_frame(frame, file.syntax, facts)
        yield frame


def check_frame(frame: bytes, syntax: str, facts: PixelFacts) -> None:
    if syntax == RLE:
        return
    found = stream_size(frame, syntax)
    if found is None:
        raise damaged(_NAMES[syntax])
    if found != (facts.rows, facts.columns):
        raise _other_size(found, (facts.rows, facts.columns))
    if syntax in JPEG_2000:
        check_tiles(frame)
    if b"\xff\xd9" not in frame[-1024:] and b"\xff\xd9" not in frame:
        raise incomplete_after(len(frame))


def check_tiles(frame: bytes) -> None:
    """Every tile of a JPEG 2000 stream must be there, whole. Source: ISO 15444-1, A.4.2 and A.5.1."""
    place = frame.find(b"\xff\x4f\xff\x51")
    numbers = [int.from_bytes(frame[at:at + 4], "big") for at in range(place + 8, place + 40, 4)]
    right, bottom, _, _, wide, high, left, top = numbers
    if not wide or not high:
        raise damaged("JPEG 2000")
    need = -(-(right - left) // wide) * -(-(bottom - top) // high)
    here = place + 2
    while frame[here:here + 2] not in (b"\xff\x90", b""):
        here += 2 + int.from_bytes(frame[here + 2:here + 4], "big")
    seen = set()
    while frame[here:here + 2] == b"\xff\x90":
        seen.add(frame[here + 4:here + 6])
        length = int.from_bytes(frame[here + 6:here + 10], "big")
        if here + length > len(frame):
            raise incomplete(len(frame), here + length)
        here = here + length if length else len(frame)
    if len(seen) < need:
        raise Refusal(tried=OPENING, cause=Message("The file is incomplete: {have} of {need} tiles.", have=len(seen),
                                                   need=need), cure=COPY_AGAIN)


def _other_size(found: tuple[int, ...], declared: tuple[int, ...]) -> Refusal:
    return inconsistent(Message("The file contradicts itself: its pixels are {found}, its header says {declared}.",
                                found=" x ".join(map(str, found)), declared=" x ".join(map(str, declared))))


def _checked(plugin: str) -> Callable[[DicomFile, PixelFacts], Iterator[Array]]:
    def frames(file: DicomFile, facts: PixelFacts) -> Iterator[Array]:
        for _ in _frames(file, facts):
            pass
        yield from _pydicom(file, facts, plugin)

    return frames


def _native(file: DicomFile, facts: PixelFacts) -> Iterator[Array]:
    yield from _pydicom(file, facts)


def _jpeg_ls(file: DicomFile, facts: PixelFacts, places: Mapping[int, int], target: Array) -> tuple[Finding, ...]:
    for _ in _frames(file, facts):
        pass
    try:
        for count, frame in enumerate(_pydicom(file, facts, "pyjpegls")):
            if count in places:
                target[places[count]] = _finished(frame, file, facts)
    except _FAILED:
        _take(_gdcm(file, facts), file, facts, places, target)
        return (OTHER_DECODER,)
    return ()


def _openjpeg(file: DicomFile, facts: PixelFacts) -> Iterator[Array]:
    from openjpeg.utils import decode

    for frame in _frames(file, facts):
        decoded: Array = decode(frame)
        if decoded.ndim == 3 and facts.photometric.startswith("YBR_FULL"):
            decoded = _rgb(decoded, facts.photometric)
        yield _signed(decoded, _precision(frame), facts)


def _precision(frame: bytes) -> int:
    """Bits of the stream's first component, which may be more than the header says. Source: ISO 15444-1, A.5.1."""
    return (frame[frame.find(b"\xff\x4f\xff\x51") + 42] & 0x7F) + 1


def _signed(decoded: Array, precision: int, facts: PixelFacts) -> Array:
    """Unsigned stream, signed header: its highest bit is the sign."""
    same = decoded.astype(facts.dtype)
    spare = facts.allocated - precision
    if facts.samples > 1 or not facts.signed or decoded.dtype.kind == "i" or spare <= 0:
        return same
    return np.right_shift(np.left_shift(same, spare), spare)  # type: ignore[no-any-return]


def _gdcm(file: DicomFile, facts: PixelFacts) -> Iterator[Array]:
    """The whole file at once: pydicom's gdcm plugin refuses 12 bit, the binding itself does not."""
    import gdcm

    gdcm.Trace.WarningOff()
    gdcm.Trace.ErrorOff()
    for _ in _frames(file, facts):
        pass
    reader = gdcm.ImageReader()
    reader.SetFileName(str(file.path))
    if not reader.Read():
        raise damaged(_NAMES[file.syntax])
    image = reader.GetImage()
    size = (image.GetDimension(1), image.GetDimension(0))
    frames = image.GetDimension(2) if image.GetNumberOfDimensions() > 2 else 1
    if size != (facts.rows, facts.columns) or frames < facts.frames:
        raise _other_size((frames, *size), (facts.frames, facts.rows, facts.columns))
    buffer = image.GetBuffer().encode("utf-8", "surrogateescape")
    depth = image.GetPixelFormat().GetBitsAllocated() // 8
    if depth not in (1, 2, 4):
        raise unsupported("JPEG of an unusual depth")
    kind = "i" if image.GetPixelFormat().GetPixelRepresentation() else "u"
    yield from _cut(np.frombuffer(buffer, f"<{kind}{depth}"), image.GetPlanarConfiguration(), frames, facts)


def _cut(flat: Array, planar: int, frames: int, facts: PixelFacts) -> Iterator[Array]:
    plane = (facts.rows, facts.columns)
    if facts.samples == 1:
        shape: tuple[int, ...] = (frames, *plane)
    else:
        shape = (frames, facts.samples, *plane) if planar else (frames, *plane, facts.samples)
    for frame in flat.reshape(shape):
        colour = np.moveaxis(frame, 0, -1) if planar and facts.samples > 1 else frame
        if facts.photometric.startswith("YBR_FULL"):
            colour = _rgb(colour, facts.photometric)
        same = np.ascontiguousarray(colour).astype(facts.dtype)
        yield _true_bits(same, facts) if facts.samples == 1 else same


def _rgb(frame: Array, photometric: str) -> Array:
    from pydicom.pixels.processing import convert_color_space

    converted: Array = convert_color_space(frame, photometric, "RGB")
    return converted


_DECODERS: dict[str, Callable[[DicomFile, PixelFacts], Iterator[Array]]] = {
    RLE: _checked("pydicom"), JPEG_BASELINE: _checked("pillow"),
    **dict.fromkeys(NATIVE, _native), **dict.fromkeys(GDCM, _gdcm), **dict.fromkeys(JPEG_2000, _openjpeg),
}
