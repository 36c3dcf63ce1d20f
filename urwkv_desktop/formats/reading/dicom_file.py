"""One DICOM file, read up to its pixels: a header of the elements that we use, and where the pixels lie."""

import io
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.dicom_elements import Plain, plain_header
from urwkv_desktop.formats.reading.dicom_form import begins_dicom, mending
from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE, uid
from urwkv_desktop.formats.refusals import damaged, incomplete_after, inconsistent, too_hungry, unpacks_too_far
from urwkv_desktop.imaging import Finding, Message, Refusal, Severity

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2", "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"
_PIXELS = {0x7FE00010: "PixelData", 0x7FE00008: "FloatPixelData", 0x7FE00009: "DoubleFloatPixelData"}
_LONG_FORMS = {b"OB", b"OW", b"OF", b"OD", b"OV", b"UN", b"OL"}
_UNDEFINED = 0xFFFFFFFF
_PIXEL_GROUP, _DELIMITERS = 0x7FE0, 0xFFFE
# Deflated images shrink to a tenth at best; bombs to a thousandth.
_SMALL, _RATIO = 32 << 20, 100
_ITEM, _END = b"\xfe\xff\0\xe0", b"\xfe\xff\x0d\xe0"
_MOST_ELEMENTS, _MOST_ITEMS, _MOST_EMPTY, _BLOCKS = 30_000, 500_000, 20_000, 4
_ZLIB = (b"\x78", b"\x58", b"\x38", b"\x18")  # how zlib's own header begins, which does not belong there
_KEYWORDS = [
    "SpecificCharacterSet", "ImageType", "SOPClassUID", "SOPInstanceUID", "StudyDate", "Modality",
    "SeriesDescription", "SeriesNumber", "StudyInstanceUID", "SeriesInstanceUID", "PatientName", "PatientID",
    "IssuerOfPatientID", "BodyPartExamined", "Laterality", "ImageLaterality", "FrameLaterality", "AcquisitionNumber",
    "InstanceNumber", "TemporalPositionIdentifier", "TriggerTime", "EchoTime", "DiffusionBValue",
    "ImagePositionPatient",
    "ImageOrientationPatient", "FrameOfReferenceUID", "PixelSpacing", "PixelSpacingCalibrationType",
    "ImagerPixelSpacing", "NominalScannedPixelSpacing", "PixelAspectRatio",
    "EstimatedRadiographicMagnificationFactor", "SequenceOfUltrasoundRegions", "SamplesPerPixel",
    "PhotometricInterpretation", "PlanarConfiguration", "NumberOfFrames", "FrameIncrementPointer", "FrameTime",
    "CineRate", "RecommendedDisplayFrameRate",
    "Rows", "Columns", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "PixelPaddingValue",
    "PixelPaddingRangeLimit", "FloatPixelPaddingValue", "FloatPixelPaddingRangeLimit", "DoubleFloatPixelPaddingValue",
    "DoubleFloatPixelPaddingRangeLimit", "PresentationLUTShape", "VOILUTSequence", "VOILUTFunction",
    "WindowCenter", "WindowWidth", "WindowCenterWidthExplanation", "RescaleIntercept", "RescaleSlope",
    "RescaleType", "Units", "ModalityLUTSequence", "RedPaletteColorLookupTableDescriptor",
    "GreenPaletteColorLookupTableDescriptor", "BluePaletteColorLookupTableDescriptor",
    "AlphaPaletteColorLookupTableDescriptor", "RedPaletteColorLookupTableData", "GreenPaletteColorLookupTableData",
    "BluePaletteColorLookupTableData", "SegmentedRedPaletteColorLookupTableData",
    "SegmentedGreenPaletteColorLookupTableData", "SegmentedBluePaletteColorLookupTableData",
    "GridFrameOffsetVector", "DoseGridScaling", "DoseUnits", "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence", "DimensionIndexSequence", "ExtendedOffsetTable",
    "ExtendedOffsetTableLengths", "PixelDataProviderURL",
]
_META = Finding("dicom.meta", Message("The length of the file's first group is not what it says."), Severity.note)
_OTHER_FORM = Finding("dicom.form", Message("The file's header is not written in the form that it names; it was "
                                            "read as it is."))
_TRAILING = Finding("dicom.trailing", Message("Bytes that belong to nothing stand after the pixels."), Severity.note)
logging.getLogger("pydicom").setLevel(logging.CRITICAL)  # its warnings quote values of tags


@dataclass(frozen=True, eq=False)
class DicomFile:
    """dataset: the elements above and the file's meta group. pixels: name of the pixel element or "".

    vr: its value representation, OW where it is implicit.
    offset, length: where its value lies in `stream()`; length None where it is undefined (encapsulated).
    size: of the stream, in bytes.
    """

    path: Path
    dataset: "Dataset"
    syntax: str
    pixels: str
    vr: str
    offset: int
    length: int | None
    size: int
    inflated: bytes | None = None
    findings: tuple[Finding, ...] = ()

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        if self.inflated is not None:
            yield io.BytesIO(self.inflated)
            return
        with self.path.open("rb") as file:
            yield file

    @property
    def is_big_endian(self) -> bool:
        return self.syntax == EXPLICIT_BIG

    def encoded(self) -> bytes:
        """The pixel element's value."""
        with self.stream() as stream:
            stream.seek(self.offset)
            return stream.read(-1 if self.length is None else self.length)


def can_read(head: bytes) -> bool:
    """head: at least 140 bytes."""
    return begins_dicom(head)


def open_dicom(path: Path, room: Room) -> DicomFile:
    """Reads the header and finds the pixels. Raises Refusal for what can't be parsed."""
    with path.open("rb", buffering=0) as file:  # a header is read in one piece, and what is around it by few bytes
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        head = file.read(2048)
        deflated = DEFLATED.encode() in head[:1024]
        mend = None if deflated else mending(head)
        plain = plain_header(file, size, _wanted(), _PIXELS) if not deflated and mend is None else None
        if plain is not None:
            return _parse(path, file, size, None, plain)
    with path.open("rb") as file:
        if not deflated and mend is None:
            return _parse(path, file, size, None)
        room.claim(size, volume=True)
        whole = _inflate(file.read(), room) if mend is None else mend(file.read())
    found = _parse(path, io.BytesIO(whole), len(whole), whole)
    return found if mend is None else replace(found, findings=(*found.findings, _OTHER_FORM))


def get_ready() -> None:
    """Loads what the first header would load."""
    import pydicom.filereader
    import pydicom.pixels  # noqa: F401

    _wanted()


def _inflate(data: bytes, room: Room) -> bytes:
    """The file as if it had never been deflated; its transfer syntax says explicit little endian then."""
    if data[128:132] != b"DICM" or data[132:136] != b"\x02\0\0\0":
        raise damaged("DICOM")
    start = 144 + int.from_bytes(data[140:144], "little")
    limit = min(room.limits.picture_bytes, max(_SMALL, _RATIO * len(data)))
    inflater = zlib.decompressobj(zlib.MAX_WBITS if data[start:start + 1] in _ZLIB else -zlib.MAX_WBITS)
    try:
        rest = inflater.decompress(data[start:], limit)
    except zlib.error as error:
        raise damaged("DICOM") from error
    if inflater.unconsumed_tail:
        raise unpacks_too_far(limit)
    if not inflater.eof:
        raise incomplete_after(len(data))
    plain = EXPLICIT_LITTLE.encode()
    meta = data[:start].replace(DEFLATED.encode(), plain + b"\0" * (len(DEFLATED) - len(plain)))
    return meta + rest


def _parse(path: Path, file: BinaryIO, size: int, inflated: bytes | None, plain: Plain | None = None) -> DicomFile:
    from pydicom import config
    from pydicom.errors import BytesLengthException, InvalidDicomError
    from pydicom.filereader import read_partial

    config.settings.reading_validation_mode = config.IGNORE
    try:
        if plain is None:
            _refuse_swarm(file)
        count = _Count()
        dataset = (plain.dataset if plain is not None
                   else read_partial(file, count.is_at_pixels, specific_tags=list(_wanted()), force=True))
        if count.is_too_many:
            raise _swarm(_MOST_ELEMENTS)
        if not len(dataset) and not len(dataset.file_meta):
            raise damaged("DICOM")
        syntax = uid(dataset.file_meta, "TransferSyntaxUID") or _guessed(dataset)
        here = plain.pixels if plain is not None else file.tell()
        file.seek(here)
        name, vr, offset, length = (_pixel_element(file, syntax, size) if here < size
                                    else ("", "OW", size, 0))
        odd = _findings(file, syntax, offset + length if name and length is not None else size)
    except (*BAD_VALUE, InvalidDicomError, BytesLengthException, zlib.error) as error:
        raise damaged("DICOM") from error
    except MemoryError as error:  # no header of a small file needs all that memory
        raise (_lying() if size < _SMALL else too_hungry()) from error
    return DicomFile(path, dataset, syntax, name, vr, offset, length, size, inflated, odd)


def _lying() -> Refusal:
    return inconsistent(Message("The file contradicts itself: one of its elements is longer than the file."))


def _findings(file: BinaryIO, syntax: str, end: int) -> tuple[Finding, ...]:
    """What is wrong around the elements; end: of the pixels, or of the file."""
    odd = []
    file.seek(128)
    head = file.read(16)
    if head[:4] == b"DICM" and head[4:8] == b"\x02\0\0\0":
        file.seek(144 + int.from_bytes(head[12:16], "little"))
        start = file.read(6)
        if start[:2] in (b"", b"\x02\0"):
            odd.append(_META)
        elif (start[4:6].isalpha() and start[4:6].isupper()) is (syntax == IMPLICIT_LITTLE):
            odd.append(_OTHER_FORM)
    file.seek(end)
    group = int.from_bytes(file.read(2), "big" if syntax == EXPLICIT_BIG else "little")
    if 0 < group < _PIXEL_GROUP or group == _DELIMITERS:
        odd.append(_TRAILING)
    return tuple(odd)


class _Count:
    """Of the elements of a header, as pydicom steps through them; it takes tens of microseconds for each."""

    def __init__(self) -> None:
        self._seen = 0

    @property
    def is_too_many(self) -> bool:
        return self._seen > _MOST_ELEMENTS

    def is_at_pixels(self, tag: int, vr: str | None, length: int) -> bool:
        self._seen += 1
        return tag in _PIXELS or self.is_too_many


def _refuse_swarm(file: BinaryIO) -> None:
    """Raises Refusal for a header of so many items, empty ones above all, that reading it takes minutes."""
    count = empty = 0
    for _ in range(_BLOCKS):
        block = file.read(_SMALL)
        count += block.count(_ITEM)
        empty += block.count(_ITEM + b"\0\0\0\0") + block.count(_ITEM + b"\xff\xff\xff\xff" + _END)
        for found, most in ((count, _MOST_ITEMS), (empty, _MOST_EMPTY)):
            if found > most:
                raise _swarm(most)
    file.seek(0)


def _swarm(most: int) -> Refusal:
    return inconsistent(Message("The file holds more than {count} elements, which no image needs.", count=most))


@cache
def _wanted() -> frozenset[int]:
    from pydicom.datadict import tag_for_keyword

    return frozenset(tag for keyword in _KEYWORDS if (tag := tag_for_keyword(keyword)) is not None)


def _guessed(dataset: "Dataset") -> str:
    implicit, little = dataset.original_encoding
    if implicit:
        return IMPLICIT_LITTLE
    return EXPLICIT_BIG if little is False else EXPLICIT_LITTLE


def _pixel_element(file: BinaryIO, syntax: str, size: int) -> tuple[str, str, int, int | None]:
    head = file.read(12)
    order = "big" if syntax == EXPLICIT_BIG else "little"
    group, element = (int.from_bytes(head[at:at + 2], order) for at in (0, 2))  # type: ignore[arg-type]
    name = _PIXELS.get(group << 16 | element, "")
    if not name:
        return "", "OW", size, 0
    here = file.tell()
    if head[4:6] in _LONG_FORMS:
        length, offset = int.from_bytes(head[8:12], order), here  # type: ignore[arg-type]
    else:
        length, offset = int.from_bytes(head[4:8], order), here - 4  # type: ignore[arg-type]
    vr = "OB" if head[4:6] == b"OB" else "OW"
    return name, vr, offset, None if length == _UNDEFINED else length
