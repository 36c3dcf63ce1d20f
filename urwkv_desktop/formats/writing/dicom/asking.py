"""What the program and the process that writes DICOM say to each other: plain values, no pydicom."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.deidentify import Deidentification, Identifier, Profile
from urwkv_desktop.imaging import Message

Numbers = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
Vectors = npt.NDArray[np.float64]

DESCRIPTION = "Not a medical device; for review by a qualified reader"
READY = "ready"


@dataclass(frozen=True)
class SourceFiles:
    """Where the image was read from: files relative to root, and which part of them (`Source.part`)."""

    root: Path
    files: tuple[str, ...]
    part: str = ""


@dataclass(frozen=True)
class Segment:
    """number: 1.. without gaps, as written. label: the id in the project. colour: "#rrggbb". code: "SCT:52988006"."""

    number: int
    label: int
    name: str
    colour: str
    code: str = ""


@dataclass(frozen=True)
class Algorithm:
    """How the mask came to be. kind: AUTOMATIC, SEMIAUTOMATIC or MANUAL; the rest is "" where no model drew."""

    kind: str
    model: str = ""
    version: str = ""
    weights_sha256: str = ""
    threshold: str = ""


@dataclass(frozen=True, eq=False)
class Planes:
    """Where slices lie: positions [Z, 3] (NaN: not known), LPS mm, and the plane's axes as in `Geometry`.

    spacing: between rows, between columns.
    """

    positions: Vectors
    along_columns: tuple[float, ...]
    along_rows: tuple[float, ...]
    spacing: tuple[float, float]


@dataclass(frozen=True, eq=False)
class WriteRequest:
    """kind: "seg", "labelmap" or "rtstruct". mask: [Z, H, W] of segment numbers. planes: None without a place.

    tracking: what the identifiers of the segments are made from; they stay the same from export to export.
    rule: how the images' headers are de-identified before anything is taken from them.
    """

    kind: str
    source: SourceFiles
    mask: Numbers
    planes: Planes | None
    segments: tuple[Segment, ...]
    algorithm: Algorithm
    reader: str
    version: str
    tracking: str
    rule: Deidentification | None = None


@dataclass(frozen=True)
class References:
    """Whom and what an object must name. places: (SOPInstanceUID, frame 1.. or None) of each slice.

    frame_of_reference: "" where the image has no place in a patient.
    """

    places: tuple[tuple[str, int | None], ...]
    study: str
    patient_id: str
    patient_name: str
    frame_of_reference: str


@dataclass(frozen=True)
class WrittenObject:
    """data: the whole file. notes: what a person should know of it."""

    data: bytes
    images: References
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class TagsRequest:
    """What do these files say of a person? Answered by `FoundTags`."""

    source: SourceFiles
    profile: Profile


@dataclass(frozen=True)
class FoundTags:
    """Each once, in the order of the files; without what only repeats."""

    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True)
class CopyRequest:
    """One file's de-identified copy, its pixels as they stand."""

    source: SourceFiles
    rule: Deidentification


@dataclass(frozen=True)
class CopiedFile:
    """data: the whole file, explicit. pixels_sha256: of the pixel element's value as the source has it."""

    data: bytes
    pixels_sha256: str
