"""DICOM SEG by highdicom: BINARY (one frame for each segment and slice that has it) or LABELMAP."""

import io
import re
import warnings
from datetime import datetime
from typing import Any

import numpy as np
from highdicom.color import CIELabColor
from highdicom.content import AlgorithmIdentificationSequence
from highdicom.seg import Segmentation, SegmentDescription
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes
from pydicom.valuerep import DA, TM

from urwkv_desktop.formats.writing.dicom.asking import DESCRIPTION, Algorithm, Segment, WriteRequest, WrittenObject
from urwkv_desktop.formats.writing.dicom.codes import concept, meaning
from urwkv_desktop.formats.writing.dicom.identifiers import fresh, stable
from urwkv_desktop.formats.writing.dicom.sources import SourceImages
from urwkv_desktop.imaging import Message, Refusal

MANUFACTURER, PROGRAM, SERIAL = "urwkv-desktop", "urwkv-desktop", "0"
SERIES_NUMBER = 900
_IN_STACK = 0x00209057


def write(request: WriteRequest, found: SourceImages) -> WrittenObject:
    """Raises Refusal where the images allow no segmentation."""
    if len(found.places) != len(request.mask):
        raise Refusal(tried=Message("Writing DICOM SEG."), cause=Message("The mask has other slices than its images."),
                      cure=Message("Put the image back that the mask was made on."))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of highdicom, about names of one part
        made = _made(request, found)
        _finish(made, found, request)
        data = io.BytesIO()
        made.save_as(data, enforce_file_format=True)
    return WrittenObject(data.getvalue(), found.references, tuple(found.notes))


def _made(request: WriteRequest, found: SourceImages) -> Segmentation:
    single = not found.is_multiframe and len(found.headers) == 1
    try:
        return Segmentation(
            found.headers, request.mask[0] if single else request.mask, "LABELMAP" if request.kind == "labelmap"
            else "BINARY", [_description(one, request) for one in request.segments],
            series_instance_uid=fresh(), series_number=SERIES_NUMBER, sop_instance_uid=fresh(), instance_number=1,
            manufacturer=MANUFACTURER, manufacturer_model_name=PROGRAM, software_versions=request.version,
            device_serial_number=SERIAL, content_label="SEGMENTATION", content_description=DESCRIPTION,
            content_creator_name=person(request.reader) or None, series_description=DESCRIPTION)
    except (ValueError, TypeError, AttributeError, KeyError) as error:  # its words for sources that it can't refer to
        raise Refusal(tried=Message("Writing DICOM SEG."),
                      cause=Message("No segmentation can refer to these images ({reason}).",
                                    reason=type(error).__name__),
                      cure=Message("Export this case as NIfTI, PNG or COCO.")) from error


def _description(one: Segment, request: WriteRequest) -> SegmentDescription:
    category, kind = concept(one.name, one.code)
    made = SegmentDescription(
        one.number, meaning(one.name), category, kind, request.algorithm.kind, _identification(request.algorithm),
        tracking_uid=stable(request.tracking, str(one.label)), tracking_id=f"{meaning(one.name)[:50]} {one.label}",
        display_color=CIELabColor.from_string(one.colour))
    if meaning(one.name) != one.name:
        made.SegmentDescription = "".join(c for c in one.name if c.isprintable())[:1024]
    return made


def _identification(algorithm: Algorithm) -> AlgorithmIdentificationSequence | None:
    """Asked for wherever a program had a part in it."""
    if algorithm.kind == "MANUAL":
        return None
    parameters = {"weights_sha256": algorithm.weights_sha256, "threshold": algorithm.threshold}
    return AlgorithmIdentificationSequence(
        name=meaning(algorithm.model), family=codes.cid7162.ArtificialIntelligence,
        version=meaning(algorithm.version or "unknown"), source=MANUFACTURER,
        parameters={name: value for name, value in parameters.items() if value} or None)


def person(reader: str) -> str:
    """A reader's name as one family name; ^ and = have a meaning of their own in DICOM."""
    return re.sub(r"\s+", " ", re.sub(r"[\\^=]|[^\w\s.,'’-]", " ", reader)).strip()[:64]


def _finish(made: Segmentation, found: SourceImages, request: WriteRequest) -> None:
    now = datetime.now().astimezone()
    made.ContentDate, made.ContentTime = DA(now.strftime("%Y%m%d")), TM(now.strftime("%H%M%S"))
    if found.is_multiframe:
        _refer_to_frames(made, found)
    if not found.is_placed:
        _without_measures(made)
        if found.is_multiframe:
            _without_places(made)
        made.PatientOrientation = ""


def _refer_to_frames(made: Dataset, found: SourceImages) -> None:
    """highdicom was handed some frames in the order of the slices; the file's own numbers stand in the object."""
    numbers = [place.frame for place in found.places]
    changed = set[int]()  # frames of one slice share their item
    for group in made.PerFrameFunctionalGroupsSequence:
        for derivation in group.get("DerivationImageSequence", ()):
            for image in derivation.SourceImageSequence:
                if id(image) not in changed:
                    changed.add(id(image))
                    image.ReferencedFrameNumber = numbers[int(image.ReferencedFrameNumber) - 1]


def _without_measures(made: Any) -> None:
    """What has no place in a patient has no thickness either, and measures without one are none."""
    shared = made.SharedFunctionalGroupsSequence[0]
    for keyword in ("PixelMeasuresSequence", "PlaneOrientationSequence", "PlanePositionSequence"):
        if keyword in shared:
            delattr(shared, keyword)


def _without_places(made: Any) -> None:
    """Frames in time: the invented places go, and frames are told apart by their number in the stack."""
    for group in made.PerFrameFunctionalGroupsSequence:
        if "PlanePositionSequence" in group:
            del group.PlanePositionSequence
        content = group.FrameContentSequence[0]
        number = int(group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedFrameNumber)
        content.StackID, content.InStackPositionNumber = "1", number
        *before, _ = np.atleast_1d(content.DimensionIndexValues).tolist()
        content.DimensionIndexValues = [*before, number]
    if "FrameOfReferenceUID" in made:
        del made.FrameOfReferenceUID
    if "PositionReferenceIndicator" in made:
        del made.PositionReferenceIndicator
    for dimension in made.DimensionIndexSequence:
        if dimension.DimensionIndexPointer != 0x0062000B:
            dimension.DimensionIndexPointer, dimension.FunctionalGroupPointer = _IN_STACK, 0x00209111
            if "DimensionDescriptionLabel" in dimension:
                dimension.DimensionDescriptionLabel = "In-Stack Position Number"


