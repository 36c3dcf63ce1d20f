"""RTSTRUCT: closed planar contours along the edges of pixels, a part's holes joined to it by keyholes.

Implicit little endian, because a contour's text may pass the 64 KiB that an explicit DS can hold.
"""

import io
from collections.abc import Iterator
from datetime import datetime

import numpy as np
import numpy.typing as npt
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence as Items
from pydicom.tag import Tag
from pydicom.uid import ImplicitVRLittleEndian, RTStructureSetStorage

from urwkv_desktop.formats.writing.contours import keyholed
from urwkv_desktop.formats.writing.dicom.asking import DESCRIPTION, Planes, Segment, WriteRequest, WrittenObject
from urwkv_desktop.formats.writing.dicom.codes import meaning
from urwkv_desktop.formats.writing.dicom.identifiers import fresh
from urwkv_desktop.formats.writing.dicom.seg import MANUFACTURER, PROGRAM, SERIAL, SERIES_NUMBER, person
from urwkv_desktop.formats.writing.dicom.sources import Place, SourceImages, item
from urwkv_desktop.imaging import Message, Refusal

_CONTOUR_DATA = Tag(0x3006, 0x0050)
_DETACHED_STUDY = "1.2.840.10008.3.1.2.3.1"
_COPIED = ("PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate", "PatientSex", "StudyInstanceUID",
           "StudyDate", "StudyTime", "AccessionNumber", "ReferringPhysicianName", "StudyID", "StudyDescription",
           "PatientAge", "PatientWeight", "PatientSize", "SpecificCharacterSet")


def write(request: WriteRequest, found: SourceImages) -> WrittenObject:
    """Raises Refusal for images without a place in a patient."""
    if not found.is_placed or request.planes is None:
        raise Refusal(tried=Message("Writing RTSTRUCT."),
                      cause=Message("This image has no place in a patient, which contours are given in."),
                      cure=Message("Export this case as DICOM SEG or COCO."))
    made = _object(request, found)
    reference = str(found.head.FrameOfReferenceUID)
    made.ReferencedFrameOfReferenceSequence = Items([_referenced(found, reference)])
    made.StructureSetROISequence = Items([_structure(one, request, reference) for one in request.segments])
    made.ROIContourSequence = Items([_contours(one, request.mask, request.planes, found) for one in request.segments])
    made.RTROIObservationsSequence = Items([
        item(ObservationNumber=one.number, ReferencedROINumber=one.number, RTROIInterpretedType="",
             ROIInterpreter=person(request.reader)) for one in request.segments])
    data = io.BytesIO()
    made.save_as(data, enforce_file_format=True)
    return WrittenObject(data.getvalue(), found.references, tuple(found.notes))


def _object(request: WriteRequest, found: SourceImages) -> FileDataset:
    now = datetime.now().astimezone()
    day, time = now.strftime("%Y%m%d"), now.strftime("%H%M%S")
    meta = FileMetaDataset()
    meta.TransferSyntaxUID, meta.MediaStorageSOPClassUID = ImplicitVRLittleEndian, RTStructureSetStorage
    meta.MediaStorageSOPInstanceUID = fresh()
    made = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    for keyword in _COPIED:
        if keyword in found.head:
            setattr(made, keyword, found.head[keyword].value)
    values = {
        "SOPClassUID": RTStructureSetStorage, "SOPInstanceUID": meta.MediaStorageSOPInstanceUID,
        "InstanceCreationDate": day, "InstanceCreationTime": time, "Modality": "RTSTRUCT",
        "SeriesInstanceUID": fresh(), "SeriesNumber": SERIES_NUMBER, "InstanceNumber": 1, "OperatorsName": "",
        "SeriesDescription": DESCRIPTION, "Manufacturer": MANUFACTURER, "ManufacturerModelName": PROGRAM,
        "DeviceSerialNumber": SERIAL, "SoftwareVersions": request.version, "StructureSetLabel": "urwkv-desktop",
        "StructureSetDescription": DESCRIPTION, "StructureSetDate": day, "StructureSetTime": time,
        "ApprovalStatus": "UNAPPROVED", "FrameOfReferenceUID": found.head.FrameOfReferenceUID,
        "PositionReferenceIndicator": "",
    }
    for keyword, value in values.items():
        setattr(made, keyword, value)
    return made


def _referenced(found: SourceImages, reference: str) -> Dataset:
    by_series: dict[str, list[Dataset]] = {}
    seen = set[str]()
    for k, place in enumerate(found.places):
        if place.sop_uid not in seen or place.frame is not None:
            seen.add(place.sop_uid)
            owner = str(found.headers[min(k, len(found.headers) - 1)].SeriesInstanceUID)
            by_series.setdefault(owner, []).append(_image(place))
    series = [item(SeriesInstanceUID=uid, ContourImageSequence=images) for uid, images in by_series.items()]
    study = item(ReferencedSOPClassUID=_DETACHED_STUDY, ReferencedSOPInstanceUID=found.head.StudyInstanceUID,
                 RTReferencedSeriesSequence=series)
    return item(FrameOfReferenceUID=reference, RTReferencedStudySequence=[study])


def _image(place: Place) -> Dataset:
    made = item(ReferencedSOPClassUID=place.sop_class, ReferencedSOPInstanceUID=place.sop_uid)
    if place.frame is not None:
        made.ReferencedFrameNumber = place.frame
    return made


def _structure(one: Segment, request: WriteRequest, reference: str) -> Dataset:
    algorithm = request.algorithm
    made = item(ROINumber=one.number, ReferencedFrameOfReferenceUID=reference, ROIName=meaning(one.name),
                ROIGenerationAlgorithm=algorithm.kind)
    if algorithm.model:
        words = (f"{algorithm.model} {algorithm.version}".strip(), f"weights SHA-256 {algorithm.weights_sha256}",
                 f"threshold {algorithm.threshold}" if algorithm.threshold else "")
        made.ROIDescription = ", ".join(word for word in words if word)[:1024]
        made.ROIGenerationDescription = meaning(words[0])
    return made


def _contours(one: Segment, mask: npt.NDArray[np.generic], planes: Planes, found: SourceImages) -> Dataset:
    colour = [int(one.colour[at:at + 2], 16) for at in (1, 3, 5)]
    made = item(ROIDisplayColor=colour, ReferencedROINumber=one.number)
    contours = list(_lines(mask == one.number, planes, found))
    if contours:  # a structure without any may stand without the sequence, not with an empty one
        made.ContourSequence = Items(contours)
    return made


def _lines(filled: npt.NDArray[np.bool_], planes: Planes, found: SourceImages) -> Iterator[Dataset]:
    across = np.asarray(planes.along_columns) * planes.spacing[1]
    down = np.asarray(planes.along_rows) * planes.spacing[0]
    for k in np.flatnonzero(filled.any(axis=(1, 2))):
        for line in keyholed(filled[k]):
            # A pixel's centre is its whole index in a patient's space, its corner half a pixel before.
            points = planes.positions[k] + (line[:, :1] - 0.5) * down + (line[:, 1:] - 0.5) * across
            made = item(ContourImageSequence=[_image(found.places[k])], ContourGeometricType="CLOSED_PLANAR",
                        NumberOfContourPoints=len(points))
            text = "\\".join(_decimal(value) for value in points.ravel().tolist()).encode()
            text += b" " * (len(text) % 2)
            made[_CONTOUR_DATA] = RawDataElement(_CONTOUR_DATA, "DS", len(text), text, 0, True, True)
            yield made


def _decimal(value: float) -> str:
    """At most 16 characters: a DS holds no more; 0.1 µm is kept."""
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
