"""A segmentation as it lies on the disk, read without highdicom: bits are unpacked here, planes told by reference."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian

from urwkv_desktop.formats.writing.dicom.asking import FoundSegments, Mismatch, Planes
from urwkv_desktop.formats.writing.dicom.sources import SourceImages
from urwkv_desktop.imaging import Message

_BINARY, _LABELMAP = "BINARY", "LABELMAP"


def read_back(path: Path, found: SourceImages) -> FoundSegments | Mismatch:
    """Raises OSError; Mismatch where the file contradicts itself or names other images."""
    made = dcmread(path)
    wrong = _contradiction(made, found)
    if wrong is not None:
        return Mismatch(wrong)
    places = {(place.sop_uid, place.frame): k for k, place in enumerate(found.places)}
    mask = np.zeros((len(found.places), made.Rows, made.Columns), np.uint16)
    positions = np.full((len(found.places), 3), np.nan)
    for number, group, frame in _frames(made):
        k = _slice(group, places)
        if k is None:
            return Mismatch(Message("Read back, frame {number} refers to no slice of its image.", number=number))
        place = group.get("PlanePositionSequence")
        if place:
            positions[k] = [float(one) for one in place[0].ImagePositionPatient]
        if made.SegmentationType == _LABELMAP:
            mask[k] = frame
            continue
        segment = int(group.SegmentIdentificationSequence[0].ReferencedSegmentNumber)
        if mask[k][frame].any():
            return Mismatch(Message("Read back, two segments cover each other in slice {k}.", k=k))
        mask[k][frame] = segment
    names = {int(one.SegmentNumber): str(one.SegmentLabel) for one in made.SegmentSequence if one.SegmentNumber}
    small = mask.astype(np.uint8) if mask.max(initial=0) < 256 else mask
    return FoundSegments(small, names, _planes(made, positions) if found.is_placed else None)


def _contradiction(made: Dataset, found: SourceImages) -> Message | None:
    head = found.head
    if made.file_meta.TransferSyntaxUID != ExplicitVRLittleEndian:
        return Message("Read back, it is compressed.")
    if made.file_meta.MediaStorageSOPInstanceUID != made.SOPInstanceUID:
        return Message("Read back, it has two identifiers.")
    for keyword in ("StudyInstanceUID", "PatientID", "PatientName"):
        if str(made.get(keyword, "")) != str(head.get(keyword, "")):
            return Message("Read back, it belongs to another study or patient than its images.")
    if found.is_placed and made.get("FrameOfReferenceUID") != head.get("FrameOfReferenceUID"):
        return Message("Read back, it has another frame of reference than its images.")
    named = {image.ReferencedSOPInstanceUID for series in made.get("ReferencedSeriesSequence", ())
             for image in series.ReferencedInstanceSequence}
    if named != {place.sop_uid for place in found.places}:
        return Message("Read back, it does not name all of its images.")
    return None


def _frames(made: Dataset) -> Iterator[tuple[int, Dataset, npt.NDArray[np.generic]]]:
    """Each frame's number (1..), its functional groups and its pixels: bool, or numbers for a label map."""
    groups = made.PerFrameFunctionalGroupsSequence
    size = int(made.Rows) * int(made.Columns)
    data = np.frombuffer(made.PixelData, np.uint8)
    for number, group in enumerate(groups):
        if made.BitsAllocated == 1:
            # Frames follow each other bit by bit: the next begins inside a byte where a frame isn't whole bytes.
            first, last = number * size, (number + 1) * size
            bits = np.unpackbits(data[first // 8:(last + 7) // 8], bitorder="little")
            pixels = bits[first % 8:first % 8 + size].astype(bool)
        else:
            width = int(made.BitsAllocated) // 8
            pixels = data[number * size * width:(number + 1) * size * width].view(f"<u{width}")
        yield number + 1, group, pixels.reshape(int(made.Rows), int(made.Columns))


def _slice(group: Dataset, places: dict[tuple[str, int | None], int]) -> int | None:
    image = group.DerivationImageSequence[0].SourceImageSequence[0]
    frame = image.get("ReferencedFrameNumber")
    return places.get((str(image.ReferencedSOPInstanceUID), None if frame is None else int(frame)))


def _planes(made: Dataset, positions: npt.NDArray[np.float64]) -> Planes:
    shared = made.SharedFunctionalGroupsSequence[0]
    measures, directions = shared.PixelMeasuresSequence[0], shared.PlaneOrientationSequence[0]
    if "PlanePositionSequence" in shared:
        positions = np.tile([float(one) for one in shared.PlanePositionSequence[0].ImagePositionPatient],
                            (len(positions), 1))
    axes = tuple(float(one) for one in directions.ImageOrientationPatient)
    rows, columns = (float(one) for one in measures.PixelSpacing)
    return Planes(positions, axes[:3], axes[3:], (rows, columns))
