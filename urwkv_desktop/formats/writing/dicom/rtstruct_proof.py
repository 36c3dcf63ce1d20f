"""Structures as they lie on the disk, read again: which contours, on which slice, under which name."""

from pathlib import Path

import numpy as np
from pydicom import dcmread
from pydicom.dataset import Dataset

from urwkv_desktop.formats.writing.dicom.asking import FoundContours, Mismatch, Vectors
from urwkv_desktop.formats.writing.dicom.sources import SourceImages
from urwkv_desktop.imaging import Message


def read_back(path: Path, found: SourceImages) -> FoundContours | Mismatch:
    """Raises OSError; Mismatch where the file contradicts itself or names other images."""
    made = dcmread(path)
    wrong = _contradiction(made, found)
    if wrong is not None:
        return Mismatch(wrong)
    places = {(place.sop_uid, place.frame): k for k, place in enumerate(found.places)}
    contours: dict[int, tuple[tuple[int, Vectors], ...]] = {}
    for roi in made.ROIContourSequence:
        lines = []
        for line in roi.get("ContourSequence", ()):
            image = line.ContourImageSequence[0]
            frame = image.get("ReferencedFrameNumber")
            k = places.get((str(image.ReferencedSOPInstanceUID), None if frame is None else int(frame)))
            points = _points(line)
            if k is None or len(points) != line.NumberOfContourPoints or len(points) < 3:
                return Mismatch(Message("Read back, a contour of structure {number} is not whole.",
                                        number=int(roi.ReferencedROINumber)))
            lines.append((k, points))
        contours[int(roi.ReferencedROINumber)] = tuple(lines)
    return FoundContours(contours, {int(one.ROINumber): str(one.ROIName) for one in made.StructureSetROISequence})


def _points(line: Dataset) -> Vectors:
    raw = line.get_item("ContourData")
    text = raw.value if isinstance(raw.value, bytes) else "\\".join(map(str, raw.value)).encode()
    if any(len(number) > 16 for number in text.split(b"\\")[:30]):
        raise OSError(0, "a number of a contour is too long")
    return np.asarray(text.split(b"\\"), np.float64).reshape(-1, 3)


def _contradiction(made: Dataset, found: SourceImages) -> Message | None:
    head = found.head
    if made.file_meta.MediaStorageSOPInstanceUID != made.SOPInstanceUID:
        return Message("Read back, it has two identifiers.")
    for keyword in ("StudyInstanceUID", "PatientID", "PatientName"):
        if str(made.get(keyword, "")) != str(head.get(keyword, "")):
            return Message("Read back, it belongs to another study or patient than its images.")
    frame = made.ReferencedFrameOfReferenceSequence[0]
    if frame.FrameOfReferenceUID != head.FrameOfReferenceUID:
        return Message("Read back, it has another frame of reference than its images.")
    series = frame.RTReferencedStudySequence[0].RTReferencedSeriesSequence
    named = {image.ReferencedSOPInstanceUID for one in series for image in one.ContourImageSequence}
    if named != {place.sop_uid for place in found.places}:
        return Message("Read back, it does not name all of its images.")
    numbers = [{int(one[keyword].value) for one in made[sequence].value} for sequence, keyword in (
        ("StructureSetROISequence", "ROINumber"), ("ROIContourSequence", "ReferencedROINumber"),
        ("RTROIObservationsSequence", "ReferencedROINumber"))]
    if numbers[0] != numbers[1] or numbers[0] != numbers[2]:
        return Message("Read back, its structures are not the same in each of its lists.")
    return None
