"""What a DICOM header says about its pixels, held against the bytes that are there, before anything is decoded."""

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from urwkv_desktop.formats.reading.dicom_file import (
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    DicomFile,
)
from urwkv_desktop.formats.reading.dicom_values import integer, text, uid, values
from urwkv_desktop.formats.refusals import COPY_AGAIN, OPENING, incomplete, inconsistent, not_an_image, unsupported
from urwkv_desktop.imaging import Finding, Message, Refusal

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

NATIVE = {IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG}
RLE, JPEG_BASELINE = "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.50"
_JPEG = "1.2.840.10008.1.2.4."
GDCM = {_JPEG + end for end in ("51", "53", "55", "57", "70")}
JPEG_LS = {_JPEG + end for end in ("80", "81")}
JPEG_2000 = {_JPEG + end for end in ("90", "91", "92", "93", "201", "202", "203")}
DECODED = NATIVE | {RLE, JPEG_BASELINE} | GDCM | JPEG_LS | JPEG_2000
DICOMDIR = "1.2.840.10008.1.3.10"
_LABEL_OBJECTS = {"1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7", "1.2.840.10008.5.1.4.1.1.481.3"}
# Names that pydicom's table lacks or words for specialists only.
_NEW_SYNTAXES = {"1.2.840.10008.1.2.8.1": "deflated frames", _JPEG + "110": "JPEG XL (lossless)",
                 _JPEG + "111": "JPEG XL (recompressed JPEG)", _JPEG + "112": "JPEG XL"}
_NEW_OBJECTS = {"1.2.840.10008.5.1.4.1.1.66.7": "Label Map Segmentation"}
_RETIRED_PALETTE = {"ARGB", "CMYK", "HSV"}
_NOT_NATIVE = Message("The file contradicts itself: its pixels are compressed, its header says that they are not.")
_NOT_COMPRESSED = Message("The file contradicts itself: its pixels are not compressed, its header says that they are.")
_NO_COUNT = Message("The file contradicts itself: its number of frames can't be read.")
_NO_FRAGMENTS = Message("The file contradicts itself: its compressed pixels are not in fragments.")
_FRAMES = Finding("dicom.frames", Message("The number of frames is not written as a number."))
_UNCLOSED = Finding("dicom.unclosed", Message("The file ends without the mark that closes its pixels."))
_NO_PHOTOMETRIC = Finding("dicom.photometric", Message("The file does not say whether high values are bright."))
_HIGH_BIT = Finding("dicom.high_bit", Message("The file's highest bit can't be where it says; it was taken from the "
                                              "number of stored bits."))


@dataclass(frozen=True)
class PixelFacts:
    """One frame as the file stores it, and how many there are."""

    rows: int
    columns: int
    samples: int
    photometric: str
    allocated: int
    stored: int
    high_bit: int
    signed: bool
    planar: int
    frames: int
    keyword: str

    @property
    def frame_bits(self) -> int:
        """Of one native frame in the file."""
        samples = 2 if self.photometric == "YBR_FULL_422" else self.samples
        return self.rows * self.columns * samples * self.allocated

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of one stored value."""
        if self.keyword != "PixelData":
            return np.dtype(np.float32 if self.keyword == "FloatPixelData" else np.float64)
        return np.dtype(f"{'i' if self.signed else 'u'}{max(1, self.allocated // 8)}")

    @property
    def is_palette(self) -> bool:
        return self.photometric == "PALETTE COLOR"

    @property
    def shown_shape(self) -> tuple[int, ...]:
        """One frame as it is handed out."""
        colour = self.is_palette or self.samples == 3
        return (self.rows, self.columns, 3) if colour else (self.rows, self.columns)

    @property
    def shown_dtype(self) -> np.dtype[Any]:
        return np.dtype(np.uint8) if self.is_palette else self.dtype

    @property
    def decoded_bytes(self) -> int:
        """All frames, as they are handed out."""
        return int(np.prod(self.shown_shape, dtype=object)) * self.shown_dtype.itemsize * self.frames


def kind_refusal(file: DicomFile) -> Refusal | None:
    """A sentence where the file is an object of another kind, or is compressed in a way that we don't decode."""
    from pydicom.uid import UID

    sop_class = uid(file.dataset, "SOPClassUID")
    name = _NEW_OBJECTS.get(sop_class) or (UID(sop_class).name if sop_class else "")
    if sop_class in _LABEL_OBJECTS:
        return not_an_image(name.removesuffix(" Storage"))
    if not file.pixels:
        if text(file.dataset, "PixelDataProviderURL"):
            return unsupported("a link to a server")
        return _pixelless(name if name != sop_class else "")
    if file.syntax not in DECODED:
        return unsupported(_syntax_name(file.syntax))
    return None


def _syntax_name(syntax: str) -> str:
    from pydicom.uid import UID

    name = _NEW_SYNTAXES.get(syntax) or UID(syntax).name
    if not syntax[:1].isdigit():
        return "an unknown transfer syntax"
    return f"transfer syntax {syntax[:64]}" if name == syntax else name


def _pixelless(name: str) -> Refusal:
    kind = name.removesuffix(" Storage")
    if kind and "Image" not in kind:
        return not_an_image(kind)
    return Refusal(tried=OPENING, cause=Message("This DICOM file holds no pixels."), cure=COPY_AGAIN)


def is_label_object(file: DicomFile) -> bool:
    return uid(file.dataset, "SOPClassUID") in _LABEL_OBJECTS


def facts(file: DicomFile) -> tuple[PixelFacts, tuple[Finding, ...]]:
    """Raises Refusal where the header contradicts itself or the file is shorter than it says."""
    found, odd = declared(file)
    if file.length is None or file.syntax not in NATIVE:
        return found, (*odd, *_encapsulated(file, found))
    return found, (*odd, *_native(file, found))


def declared(file: DicomFile) -> tuple[PixelFacts, tuple[Finding, ...]]:
    """What the header says alone, whatever bytes there are. Raises Refusal."""
    data = file.dataset
    rows, columns, allocated = (integer(data, word) or 0 for word in ("Rows", "Columns", "BitsAllocated"))
    samples = integer(data, "SamplesPerPixel") or 1
    allocated = {"FloatPixelData": 32, "DoubleFloatPixelData": 64}.get(file.pixels, allocated)
    stored = integer(data, "BitsStored") or allocated
    high = integer(data, "HighBit")
    photometric = text(data, "PhotometricInterpretation") or ("MONOCHROME2" if samples == 1 else "RGB")
    _check(rows, columns, allocated, stored, samples, photometric)
    frames, readable = _frame_count(data)
    sign = integer(data, "PixelRepresentation")
    if sign not in (None, 0, 1):
        raise inconsistent(Message("The file contradicts itself: its pixels are neither signed nor unsigned."))
    pixel = PixelFacts(rows, columns, samples, photometric, allocated, stored,
                       stored - 1 if high is None or not stored - 1 <= high < allocated else high,
                       sign == 1, integer(data, "PlanarConfiguration") or 0, frames, file.pixels)
    odd = [] if readable else [_FRAMES]
    if not text(data, "PhotometricInterpretation"):
        odd.append(_NO_PHOTOMETRIC)
    if high is not None and high != pixel.high_bit:
        odd.append(_HIGH_BIT)
    return pixel, tuple(odd)


def _frame_count(data: "Dataset") -> tuple[int, bool]:
    """How many, and whether the header said so in a number; "1A" is 1, "abc" is refused."""
    if not values(data, "NumberOfFrames"):
        return 1, True
    frames = integer(data, "NumberOfFrames")
    if frames is not None and frames > 0:
        return frames, True
    digits = re.match(r"\s*0*([1-9]\d*)", text(data, "NumberOfFrames"))
    if digits is None:
        raise inconsistent(_NO_COUNT)
    return int(digits[1]), False


def _check(rows: int, columns: int, allocated: int, stored: int, samples: int, photometric: str) -> None:
    if rows < 1 or columns < 1:
        raise inconsistent(Message("The file contradicts itself: it declares {rows} rows and {columns} columns.",
                                   rows=rows, columns=columns))
    if allocated not in (1, 8, 16, 32, 64):
        raise unsupported(f"pixels of {allocated} bits")
    if not 1 <= stored <= allocated:
        raise inconsistent(Message("The file contradicts itself: it stores {stored} bits in {allocated}.",
                                   stored=stored, allocated=allocated))
    grey = photometric.startswith("MONOCHROME") or photometric == "PALETTE COLOR"
    if photometric in _RETIRED_PALETTE or samples not in (1, 3):
        raise unsupported(f"{photometric} with {samples} channels")
    if grey != (samples == 1):
        raise inconsistent(Message("The file contradicts itself: it declares {kind} with {samples} channels.",
                                   kind=photometric, samples=samples))


def _native(file: DicomFile, found: PixelFacts) -> tuple[Finding, ...]:
    have = min(file.length or 0, file.size - file.offset)
    need = (found.frame_bits * found.frames + 7) // 8
    if have < need:
        raise incomplete(have, need)
    if have <= need + 1:
        return ()
    return (Finding("dicom.surplus", Message("The file holds {count} bytes of pixels more than it says.",
                                             count=have - need)),)


def _encapsulated(file: DicomFile, found: PixelFacts) -> tuple[Finding, ...]:
    if file.length is not None and file.syntax not in NATIVE:
        raise inconsistent(_NOT_COMPRESSED)
    if file.syntax in NATIVE:
        raise inconsistent(_NOT_NATIVE)
    fragments, is_closed = walk(file)
    if len(fragments) < found.frames:
        raise incomplete_frames(len(fragments), found.frames)
    if not is_closed and found.frames > 1:  # nothing says that these frames are all of them
        raise incomplete(file.size, file.size + 8)
    return () if is_closed else (_UNCLOSED,)


def incomplete_frames(have: int, need: int) -> Refusal:
    cause = Message("The file is incomplete: {have} of {need} frames.", have=have, need=need)
    refusal = incomplete(have, need)
    return Refusal(tried=refusal.tried, cause=cause, cure=refusal.cure)


def walk(file: DicomFile) -> tuple[list[tuple[int, int]], bool]:
    """(offset, length) of each fragment after the offset table, and whether their list is closed.

    Raises Refusal where one is cut.
    """
    found: list[tuple[int, int]] = []
    with file.stream() as stream:
        place = file.offset
        while True:
            stream.seek(place)
            head = stream.read(8)
            tag, length = head[:4], int.from_bytes(head[4:8], "little")
            if tag == b"\xfe\xff\xdd\xe0" or (not head and found):
                return found[1:], bool(head)
            if len(head) < 8 or tag != b"\xfe\xff\x00\xe0":
                raise incomplete(file.size, max(file.size, place) + 8) if len(head) < 8 else inconsistent(_NO_FRAGMENTS)
            if place + 8 + length > file.size:
                raise incomplete(file.size, place + 8 + length)
            found.append((place + 8, length))
            place += 8 + length


def stream_size(frame: bytes, syntax: str) -> tuple[int, int] | None:
    """(rows, columns) as a compressed frame itself says, None where it has no such header (RLE)."""
    if syntax in JPEG_2000:
        place = frame.find(b"\xff\x4f\xff\x51")
        if place < 0:
            return None
        x1, y1, x0, y0 = (int.from_bytes(frame[at:at + 4], "big") for at in range(place + 8, place + 24, 4))
        return y1 - y0, x1 - x0
    if syntax == RLE:
        return None
    stream = io.BytesIO(frame)
    stream.seek(max(0, frame.find(b"\xff\xd8")) + 2)
    while len(head := stream.read(4)) == 4:
        if head[0] != 0xFF:
            return None
        if head[1] == 0xF7 or (0xC0 <= head[1] <= 0xCF and head[1] not in (0xC4, 0xC8, 0xCC)):
            size = stream.read(5)
            return int.from_bytes(size[1:3], "big"), int.from_bytes(size[3:5], "big")
        if head[1] == 0xFF:
            stream.seek(-3, io.SEEK_CUR)
            continue
        stream.seek(int.from_bytes(head[2:4], "big") - 2, io.SEEK_CUR)
    return None

