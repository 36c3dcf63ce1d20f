"""Frames of a DICOM file become what is shown of them: only the stored bits, palette and YBR turned to RGB."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.dicom_codecs import FAILED, decoded
from urwkv_desktop.formats.reading.dicom_colours import HALVED, rgb, whole_chroma
from urwkv_desktop.formats.reading.dicom_facts import JPEG_2000, LOSSY, NATIVE, PixelFacts, stream_name
from urwkv_desktop.formats.reading.dicom_file import DicomFile
from urwkv_desktop.formats.reading.dicom_fragments import compressed_frames
from urwkv_desktop.formats.reading.dicom_streams import Stream, checked, other_size
from urwkv_desktop.formats.reading.dicom_tables import Table, palette
from urwkv_desktop.formats.refusals import damaged, incomplete_frames
from urwkv_desktop.imaging import Finding, Message, Severity

Array = npt.NDArray[np.generic]
_COLOURS = Finding("dicom.colours", Message("Its colours are stored in another way than its header says; they were "
                                            "read as its pixels say."), Severity.note)


@dataclass
class _Found:
    """What the frames of one file turned out to be."""

    findings: dict[Finding, None]

    def add(self, finding: Finding) -> None:
        self.findings[finding] = None


def decode(file: DicomFile, facts: PixelFacts, places: Mapping[int, int], target: Array, *,
           raw: bool = False) -> tuple[Finding, ...]:
    """Frame f goes to target[places[f]], as stored values, palette and YBR turned to RGB unless raw.

    target: [n, rows, columns] or [n, rows, columns, 3] of `facts.shown_dtype`. Raises Refusal.
    """
    found = _Found({})
    if _is_plain(file, facts):
        _read_plain(file, facts, places, target)
        return ()
    table = palette(file.dataset) if facts.is_palette else None
    frames = _native(file, facts) if file.syntax in NATIVE else _compressed(file, facts, places, found, raw=raw)
    count = 0
    try:
        for count, frame in frames:
            if count in places:
                target[places[count]] = _finished(frame, facts, table)
            if count + 1 == facts.frames:
                break
    except FAILED as error:
        raise damaged(stream_name(file.syntax)) from error
    return tuple(found.findings)


def _finished(frame: Array, facts: PixelFacts, table: Table | None) -> Array:
    shown = frame if table is None else table.of(frame)
    if shown.shape != facts.shown_shape:
        raise other_size(shown.shape, facts.shown_shape)
    return shown


def _is_plain(file: DicomFile, facts: PixelFacts) -> bool:
    """Native, and in the file as it is in memory but for the order of its bytes."""
    if file.syntax not in NATIVE or facts.is_palette or facts.allocated == 1:
        return False
    if facts.samples == 3 and (facts.photometric.startswith("YBR_") or facts.planar):
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
    return _only(frame, facts.allocated - 1 - facts.high_bit, facts.allocated - facts.stored)


def _only(frame: Array, left: int, right: int) -> Array:
    return np.right_shift(np.left_shift(frame, left), right)


def _native(file: DicomFile, facts: PixelFacts) -> Iterator[tuple[int, Array]]:
    if facts.allocated == 1:
        yield from _single_bits(file, facts)
        return
    if facts.photometric in HALVED:
        with file.stream() as stream:
            stream.seek(file.offset)
            for number in range(facts.frames):
                flat = np.frombuffer(stream.read(facts.frame_bits // 8), facts.dtype)
                flat = flat.byteswap() if file.is_big_endian else flat
                whole = whole_chroma(flat, facts.rows, facts.columns)
                yield number, rgb(whole, facts.photometric, facts.stored)
        return
    for number, frame in enumerate(_pydicom(file, facts)):
        yield number, _true_bits(frame, facts) if facts.samples == 1 else (
            rgb(frame, facts.photometric, facts.stored) if facts.is_luma_and_chroma else frame)


def _single_bits(file: DicomFile, facts: PixelFacts) -> Iterator[tuple[int, Array]]:
    """One bit a pixel; frames follow each other without a gap. Source: DICOM PS3.5, 8.1.1."""
    data = np.frombuffer(file.encoded(), np.uint8)
    if file.is_big_endian and file.vr == "OW":
        data = data[:len(data) // 2 * 2].view(np.uint16).byteswap().view(np.uint8)
    size = facts.rows * facts.columns
    for number in range(facts.frames):
        first = number * size
        bits = np.unpackbits(data[first // 8:-(-(first + size) // 8)], bitorder="little")
        yield number, bits[first % 8:first % 8 + size].reshape(facts.rows, facts.columns)


def _pydicom(file: DicomFile, facts: PixelFacts) -> Iterator[Array]:
    """Native frames that are not as in memory: planes of colours, bytes in swapped pairs."""
    from pydicom.pixels.decoders.base import get_decoder

    options: dict[str, Any] = {
        "rows": facts.rows, "columns": facts.columns, "samples_per_pixel": facts.samples,
        "photometric_interpretation": "MONOCHROME2" if facts.samples == 1 else "RGB",
        "bits_allocated": facts.allocated, "bits_stored": facts.allocated,
        "pixel_representation": int(facts.signed), "number_of_frames": facts.frames,
        "pixel_keyword": facts.keyword, "pixel_vr": file.vr,
    }
    if facts.samples > 1:
        options["planar_configuration"] = facts.planar
    for frame, _ in get_decoder(file.syntax).iter_array(file.encoded(), raw=False, **options):
        yield np.ascontiguousarray(frame)


def _compressed(file: DicomFile, facts: PixelFacts, places: Mapping[int, int], found: _Found, *,
                raw: bool) -> Iterator[tuple[int, Array]]:
    """The frames that are asked for. Each is held against the header, and so are those that are not."""
    for number, frame in enumerate(compressed_frames(file, facts.frames)):
        stream = checked(frame, file.syntax, facts)
        if number not in places:
            continue
        one = decoded(frame, stream, file.syntax, facts)
        for finding in one.findings:
            found.add(finding)
        if facts.samples == 1:
            yield number, _grey(one.values, stream, file.syntax, facts, found)
        else:
            same = np.ascontiguousarray(one.values).astype(facts.dtype, copy=False)
            yield number, same if raw else _coloured(same, stream, file.syntax, facts, found)


def _grey(values: Array, stream: Stream, syntax: str, facts: PixelFacts, found: _Found) -> Array:
    """Of a stream that fills all allocated bits only those that are stored count, as in native pixels: words were
    compressed as they were. What is lossy may overshoot them. A stream of fewer bits knows better than the header how
    many they are."""
    same = values.astype(facts.dtype, copy=False)
    if stream.precision == facts.allocated:
        return same if syntax in LOSSY else _true_bits(same, facts)
    if stream.precision > facts.stored:
        found.add(Finding("dicom.bits", Message("Its header says {declared} bits, its pixels have {found}; all of them "
                                                "are shown.", declared=facts.stored, found=stream.precision),
                          Severity.note))
    spare = facts.allocated - stream.precision
    return _only(same, spare, spare)


def _coloured(values: Array, stream: Stream, syntax: str, facts: PixelFacts, found: _Found) -> Array:
    """A JPEG's own marks go before the header, which goes before nothing."""
    is_ybr = facts.is_luma_and_chroma if stream.is_ybr is None else stream.is_ybr
    if is_ybr != facts.is_luma_and_chroma and not (syntax in JPEG_2000 and not facts.is_luma_and_chroma):
        found.add(_COLOURS)
    return rgb(values, "YBR_FULL", stream.precision) if is_ybr else values
