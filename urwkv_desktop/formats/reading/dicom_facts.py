"""What a DICOM header says about its pixels, held against the bytes that are there, before anything is decoded."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from urwkv_desktop.formats.reading.dicom_colours import HALVED
from urwkv_desktop.formats.reading.dicom_file import (
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    DicomFile,
)
from urwkv_desktop.formats.reading.dicom_fragments import frames_beyond, walk
from urwkv_desktop.formats.reading.dicom_tables import palette
from urwkv_desktop.formats.reading.dicom_values import integer, text, uid, values
from urwkv_desktop.formats.refusals import (
    COPY_AGAIN,
    OPENING,
    incomplete,
    incomplete_frames,
    inconsistent,
    not_an_image,
    unsupported,
)
from urwkv_desktop.imaging import Finding, Message, Refusal, Severity

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

NATIVE = {IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG}
RLE, JPEG_BASELINE = "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.50"
_JPEG = "1.2.840.10008.1.2.4."
GDCM = {_JPEG + end for end in ("51", "53", "55", "57", "70")}
JPEG_LS = {_JPEG + end for end in ("80", "81")}
JPEG_2000 = {_JPEG + end for end in ("90", "91", "92", "93", "201", "202", "203")}
LOSSY = {_JPEG + end for end in ("50", "51", "53", "55", "81", "91", "93", "203")}
DECODED = NATIVE | {RLE, JPEG_BASELINE} | GDCM | JPEG_LS | JPEG_2000
_STREAM_NAMES = {RLE: "RLE", JPEG_BASELINE: "JPEG", **dict.fromkeys(GDCM, "JPEG"), **dict.fromkeys(JPEG_LS, "JPEG-LS"),
                 **dict.fromkeys(JPEG_2000, "JPEG 2000")}
DICOMDIR = "1.2.840.10008.1.3.10"
_LABEL_OBJECTS = {"1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7", "1.2.840.10008.5.1.4.1.1.481.3"}
# Names that pydicom's table lacks or words for specialists only.
_NEW_SYNTAXES = {"1.2.840.10008.1.2.8.1": "deflated frames", _JPEG + "110": "JPEG XL (lossless)",
                 _JPEG + "111": "JPEG XL (recompressed JPEG)", _JPEG + "112": "JPEG XL"}
_NEW_OBJECTS = {"1.2.840.10008.5.1.4.1.1.66.7": "Label Map Segmentation"}
_MOST_FRAMES = 1 << 16
_GREY = {"MONOCHROME1", "MONOCHROME2", "PALETTE COLOR"}
_COLOUR = {"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_422", "YBR_ICT", "YBR_RCT"}
_NOT_NATIVE = Message("The file contradicts itself: its pixels are compressed, its header says that they are not.")
_NOT_COMPRESSED = Message("The file contradicts itself: its pixels are not compressed, its header says that they are.")
_NO_COUNT = Message("The file contradicts itself: its number of frames can't be read.")
_FRAMES = Finding("dicom.frames", Message("The number of frames is not written as a number."))
_UNCLOSED = Finding("dicom.unclosed", Message("The file ends without the mark that closes its pixels."))
_NO_PHOTOMETRIC = Finding("dicom.photometric", Message("The file does not say whether high values are bright."))
_WHOLE_CHROMA = Finding("dicom.chroma", Message("Each pixel has a colour of its own; its header says every other one."),
                        Severity.note)
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
        samples = 2 if self.photometric in HALVED else self.samples
        return self.rows * self.columns * samples * self.allocated

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of one stored value."""
        if self.keyword != "PixelData":
            return np.dtype(np.float32 if self.keyword == "FloatPixelData" else np.float64)
        return np.dtype(f"{'i' if self.signed else 'u'}{max(1, self.allocated // 8)}")

    @property
    def is_luma_and_chroma(self) -> bool:
        """As stored; what JPEG 2000 calls YBR_ICT and YBR_RCT its decoder has undone."""
        return self.photometric.startswith("YBR_") and self.photometric not in ("YBR_ICT", "YBR_RCT")

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
    return syntax_refusal(file)


def syntax_refusal(file: DicomFile) -> Refusal | None:
    """A sentence where its pixels are compressed in a way that we don't decode."""
    return None if file.syntax in DECODED else unsupported(_syntax_name(file.syntax))


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
    if found.is_palette:
        palette(file.dataset)
    if file.length is None or file.syntax not in NATIVE:
        return found, (*odd, *_encapsulated(file, found))
    if found.photometric == "YBR_FULL_422":
        whole = replace(found, photometric="YBR_FULL")
        if whole.frame_bits * whole.frames <= 8 * file.length:  # as decoders leave them that forget to say so
            found, odd = whole, (*odd, _WHOLE_CHROMA)
    return found, (*odd, *_native(file, found))


def declared(file: DicomFile) -> tuple[PixelFacts, tuple[Finding, ...]]:
    """What the header says alone, whatever bytes there are. Raises Refusal."""
    data = file.dataset
    rows, columns, allocated = (integer(data, word) or 0 for word in ("Rows", "Columns", "BitsAllocated"))
    samples = integer(data, "SamplesPerPixel") or 1
    allocated = {"FloatPixelData": 32, "DoubleFloatPixelData": 64}.get(file.pixels, allocated)
    stored = integer(data, "BitsStored") or allocated
    high = integer(data, "HighBit")
    photometric = text(data, "PhotometricInterpretation").upper() or ("MONOCHROME2" if samples == 1 else "RGB")
    _check(rows, columns, allocated, stored, samples, photometric)
    frames, readable = _frame_count(data)
    if frames > _MOST_FRAMES:
        raise inconsistent(Message("The file says that it holds {count} frames; the limit is {limit}.", count=frames,
                                   limit=_MOST_FRAMES))
    planar = integer(data, "PlanarConfiguration") or 0
    if samples > 1 and planar not in (0, 1):
        raise inconsistent(Message("The file contradicts itself: its colours are neither side by side nor in planes."))
    sign = integer(data, "PixelRepresentation")
    if sign not in (None, 0, 1):
        raise inconsistent(Message("The file contradicts itself: its pixels are neither signed nor unsigned."))
    pixel = PixelFacts(rows, columns, samples, photometric, allocated, stored,
                       stored - 1 if high is None or not stored - 1 <= high < allocated else high,
                       sign == 1, planar, frames, file.pixels)
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
    if photometric not in _GREY | _COLOUR or samples not in (1, 3):
        raise unsupported(f"{photometric[:32]} with {samples} channels")
    if (photometric in _GREY) != (samples == 1):
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
    if len(fragments) - 1 < found.frames:
        raise incomplete_frames(max(0, len(fragments) - 1), found.frames)
    if not is_closed and found.frames > 1:  # nothing says that these frames are all of them
        raise incomplete(file.size, file.size + 8)
    more = frames_beyond(file, fragments, found.frames)
    odd = [Finding("dicom.frames_more", Message("The file holds {count} frames more than it says; they are not shown.",
                                                count=more))] if more else []
    return (*odd,) if is_closed else (*odd, _UNCLOSED)


def stream_name(syntax: str) -> str:
    """What its compression is called in a sentence."""
    return _STREAM_NAMES.get(syntax, "pixel")
