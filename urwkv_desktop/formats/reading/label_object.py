"""On which images a DICOM SEG or RTSTRUCT was drawn, as far as its header says: their identifiers, and their place.

Source: DICOM PS3.3, C.7.6.16.2 (functional groups), C.8.20 (SEG), C.8.8.5 (RTSTRUCT).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE, first, integer, items, numbers, quietly, uid
from urwkv_desktop.formats.refusals import damaged

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_KEYWORDS = ("SOPInstanceUID", "FrameOfReferenceUID", "ReferencedSeriesSequence", "SharedFunctionalGroupsSequence",
             "PerFrameFunctionalGroupsSequence", "ReferencedFrameOfReferenceSequence", "SourceImageSequence",
             "Rows", "Columns")


@dataclass(frozen=True)
class LabelObject:
    """file: relative to the root. images: (SOPInstanceUID, frame counted from 1, 0 for all of it) of what it was drawn
    on. series: their SeriesInstanceUIDs. frame_of_reference: of the patient's coordinates, "" where it names none.

    positions, directions: of its planes, LPS mm; empty where it has none, as an RTSTRUCT.
    """

    file: str
    images: tuple[tuple[str, int], ...] = ()
    series: tuple[str, ...] = ()
    frame_of_reference: str = ""
    positions: tuple[tuple[float, float, float], ...] = ()
    directions: tuple[float, ...] = ()


def label_object(path: Path, file: str) -> LabelObject:
    """Raises Refusal for a header that can't be read."""
    from pydicom import dcmread

    try:
        with quietly():
            return _understood(dcmread(path, stop_before_pixels=True, force=True, specific_tags=list(_KEYWORDS)), file)
    except BAD_VALUE as error:
        raise damaged("DICOM") from error


def _understood(data: "Dataset", file: str) -> LabelObject:
    shared = first(data, "SharedFunctionalGroupsSequence")
    groups = list(items(data, "PerFrameFunctionalGroupsSequence"))
    drawn_on = dict.fromkeys(one for group in groups for one in _sources(group))
    places = {numbers(plane, "ImagePositionPatient") for group in groups
              if (plane := first(group, "PlanePositionSequence")) is not None}
    turned = {numbers(plane, "ImageOrientationPatient") for group in (*groups, *([shared] if shared else []))
              if (plane := first(group, "PlaneOrientationSequence")) is not None}
    frames = [uid(data, "FrameOfReferenceUID"),
              *(uid(one, "FrameOfReferenceUID") for one in items(data, "ReferencedFrameOfReferenceSequence"))]
    series = list(_series(data))
    named = drawn_on or dict.fromkeys(one for each in series for one in _instances(each))
    positions = sorted((place[0], place[1], place[2]) for place in places if len(place) == 3)
    return LabelObject(
        file, tuple(named), tuple(dict.fromkeys(name for each in series if (name := uid(each, "SeriesInstanceUID")))),
        next(filter(None, frames), ""), tuple(positions), turned.pop() if len(turned) == 1 else ())


def _sources(group: "Dataset") -> "Iterator[tuple[str, int]]":
    """The images from which one frame of a SEG was made."""
    for derived in items(group, "DerivationImageSequence"):
        for source in items(derived, "SourceImageSequence"):
            name = uid(source, "ReferencedSOPInstanceUID")
            if name:
                yield name, integer(source, "ReferencedFrameNumber") or 0


def _series(data: "Dataset") -> "Iterator[Dataset]":
    yield from items(data, "ReferencedSeriesSequence")
    for frame in items(data, "ReferencedFrameOfReferenceSequence"):
        for study in items(frame, "RTReferencedStudySequence"):
            yield from items(study, "RTReferencedSeriesSequence")


def _instances(series: "Dataset") -> "Iterator[tuple[str, int]]":
    for sequence in ("ReferencedInstanceSequence", "ContourImageSequence"):
        for one in items(series, sequence):
            name = uid(one, "ReferencedSOPInstanceUID")
            if name:
                yield name, integer(one, "ReferencedFrameNumber") or 0
