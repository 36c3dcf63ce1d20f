"""One compressed frame becomes numbers: each transfer syntax has ONE decoder, named here (DEPENDENCIES.md has the table
and the reasons). Frames come here checked (dicom_streams) and leave as the stream stores them, colours included."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.dicom_facts import GDCM, JPEG_2000, JPEG_BASELINE, JPEG_LS, RLE, PixelFacts
from urwkv_desktop.formats.reading.dicom_streams import Stream
from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE
from urwkv_desktop.formats.reading.jpeg_damage import findings, judged, overheard
from urwkv_desktop.imaging import Finding, Message, Severity

Array = npt.NDArray[np.generic]
FAILED = (*BAD_VALUE, RuntimeError, MemoryError)
OTHER_DECODER = Finding("dicom.decoder", Message("Its usual decoder failed; it was decoded by GDCM."), Severity.note)
# Pillow turns YBR to RGB as it sees fit, unless Adobe's mark says that there is nothing to turn.
_AS_IT_IS = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"


@dataclass(frozen=True, eq=False)
class Decoded:
    """values: [rows, columns] or [rows, columns, samples]."""

    values: Array
    findings: tuple[Finding, ...] = ()


def decoded(frame: bytes, stream: Stream, syntax: str, facts: PixelFacts) -> Decoded:
    """Raises one of FAILED where the decoder gives up, and Refusal where it should have."""
    if syntax in GDCM:
        return _heard(frame, stream, facts, syntax)
    if syntax == JPEG_BASELINE:
        return Decoded(_pillow(frame, stream), findings(frame))
    try:
        return Decoded(_DECODERS[syntax](frame, stream))
    except FAILED:
        if syntax not in JPEG_LS:
            raise
        return Decoded(_gdcm(frame, stream, facts, syntax), (OTHER_DECODER,))


def _heard(frame: bytes, stream: Stream, facts: PixelFacts, syntax: str) -> Decoded:
    with overheard() as said:
        values = _gdcm(frame, stream, facts, syntax)
    return Decoded(values, judged(bytes(said)))


def _pillow(frame: bytes, stream: Stream) -> Array:
    import PIL.Image

    start = frame.find(b"\xff\xd8")
    marked = frame[start:start + 2] + _AS_IT_IS + _without_marks(frame, start + 2) if stream.samples == 3 else frame
    before = PIL.Image.MAX_IMAGE_PIXELS
    PIL.Image.MAX_IMAGE_PIXELS = stream.rows * stream.columns  # held against our own limit already
    try:
        with PIL.Image.open(BytesIO(marked), formats=("JPEG",)) as image:
            return _shaped(np.asarray(image), stream)
    finally:
        PIL.Image.MAX_IMAGE_PIXELS = before


def _without_marks(frame: bytes, place: int) -> bytes:
    """From place on, without Adobe's and JFIF's segments."""
    kept = bytearray()
    while frame[place + 1:place + 2] not in (b"\xda", b""):
        end = place + 2 + int.from_bytes(frame[place + 2:place + 4], "big") if frame[place + 1] != 0xFF else place + 1
        if frame[place + 1] not in (0xE0, 0xEE):
            kept += frame[place:end]
        place = end
    return bytes(kept) + frame[place:]


def _jpeg_ls(frame: bytes, stream: Stream) -> Array:
    import jpeg_ls

    buffer, said = jpeg_ls.decode_pixel_data(frame)
    flat = np.frombuffer(buffer, np.uint8 if said["bits_per_sample"] <= 8 else "<u2")
    return _shaped(flat, stream, by_plane=said["interleave_mode"] == 0)


def _openjpeg(frame: bytes, stream: Stream) -> Array:
    from openjpeg.utils import decode

    return _shaped(np.asarray(decode(frame)), stream)


def _rle(frame: bytes, stream: Stream) -> Array:
    from pydicom.encaps import encapsulate
    from pydicom.pixels.decoders.base import get_decoder

    options: dict[str, Any] = {
        "rows": stream.rows, "columns": stream.columns, "samples_per_pixel": stream.samples, "number_of_frames": 1,
        "bits_allocated": stream.precision, "bits_stored": stream.precision, "pixel_representation": 0,
        "photometric_interpretation": "RGB" if stream.samples == 3 else "MONOCHROME2", "pixel_keyword": "PixelData",
    }
    if stream.samples == 3:
        options["planar_configuration"] = 0
    found, _ = get_decoder(RLE).as_array(encapsulate([frame], has_bot=False), index=0, decoding_plugin="pydicom",
                                         **options)
    return _shaped(np.asarray(found), stream)


def _gdcm(frame: bytes, stream: Stream, facts: PixelFacts, syntax: str) -> Array:
    """Through the binding itself: pydicom's plugin refuses 12 bit."""
    import gdcm

    gdcm.Trace.WarningOff()
    gdcm.Trace.ErrorOff()
    fragment, fragments = gdcm.Fragment(), gdcm.SequenceOfFragments.New()
    fragment.SetByteStringValue(frame)
    fragments.AddFragment(fragment)
    element = gdcm.DataElement(gdcm.Tag(0x7FE0, 0x0010))
    element.SetValue(fragments.__ref__())
    image = gdcm.Image()
    image.SetNumberOfDimensions(2)
    image.SetDimensions((stream.columns, stream.rows, 1))
    image.SetDataElement(element)
    kind = gdcm.PhotometricInterpretation.GetPIType("RGB" if stream.samples == 3 else "MONOCHROME2")
    image.SetPhotometricInterpretation(gdcm.PhotometricInterpretation(kind))
    if stream.samples == 3:
        image.SetPlanarConfiguration(0)
    image.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.GetTSType(syntax)))
    depth = 1 if stream.precision <= 8 else 2
    image.SetPixelFormat(gdcm.PixelFormat(stream.samples, 8 * depth, stream.precision, stream.precision - 1,
                                          int(facts.signed)))
    buffer = image.GetBuffer().encode("utf-8", "surrogateescape")
    return _shaped(np.frombuffer(buffer, f"<{'i' if facts.signed else 'u'}{depth}"), stream,
                   by_plane=bool(image.GetPlanarConfiguration()))


def _shaped(values: Array, stream: Stream, *, by_plane: bool = False) -> Array:
    """Raises ValueError where there are more or fewer than the stream says."""
    if stream.samples == 1:
        return values.reshape(stream.rows, stream.columns)
    if by_plane:
        return np.moveaxis(values.reshape(stream.samples, stream.rows, stream.columns), 0, -1)
    return values.reshape(stream.rows, stream.columns, stream.samples)


_DECODERS: dict[str, Callable[[bytes, Stream], Array]] = {
    RLE: _rle, **dict.fromkeys(JPEG_LS, _jpeg_ls), **dict.fromkeys(JPEG_2000, _openjpeg),
}
