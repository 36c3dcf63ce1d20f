"""The headers that a DICOM object refers to, one place for each slice of the image, repaired in memory.

Nothing here touches the files: what is missing is filled in on our own copy and said in a note.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from pydicom import config, dcmread
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as Items
from pydicom.uid import generate_uid

from urwkv_desktop.formats.deidentify import Deidentification
from urwkv_desktop.formats.deidentify_tags import clean
from urwkv_desktop.formats.reading.dicom_frames import frame_volumes
from urwkv_desktop.formats.reading.dicom_place import orientation, position
from urwkv_desktop.formats.reading.dicom_values import first, integer, text, uid
from urwkv_desktop.formats.writing.dicom.asking import References, SourceFiles
from urwkv_desktop.imaging import Message, Refusal

_EMPTY_ALLOWED = ("PatientID", "PatientName", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime",
                  "AccessionNumber", "ReferringPhysicianName", "StudyID", "Laterality")
_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"
NO_FRAME_OF_REFERENCE = Message(
    "The images state no frame of reference; the link to them is by their identifiers only.")


@dataclass(frozen=True)
class Place:
    """Which instance slice k came from, and which of its frames (1..; None for a single frame)."""

    sop_class: str
    sop_uid: str
    frame: int | None


@dataclass(eq=False)
class SourceImages:
    """headers: one a slice (a series) or one in all, in the order of the slices. is_placed: it lies in a patient.

    positions: [Z, 3] LPS mm where is_placed. notes: what had to be filled in.
    """

    headers: list[Dataset]
    places: list[Place]
    is_placed: bool
    positions: npt.NDArray[np.float64] | None
    notes: list[Message] = field(default_factory=list)

    @property
    def is_multiframe(self) -> bool:
        return self.places[0].frame is not None

    @property
    def head(self) -> Dataset:
        return self.headers[0]

    @property
    def references(self) -> References:
        head = self.head
        return References(tuple((one.sop_uid, one.frame) for one in self.places), uid(head, "StudyInstanceUID"),
                          str(head.PatientID or "").rstrip(" "), str(head.PatientName or "").rstrip(" "),
                          str(head.FrameOfReferenceUID) if self.is_placed else "")


def load(source: SourceFiles, rule: Deidentification | None = None) -> SourceImages:
    """rule: how their headers are de-identified first. Raises Refusal where no object can refer to these files."""
    config.settings.reading_validation_mode = config.IGNORE
    config.settings.writing_validation_mode = config.IGNORE
    headers = [_header(source, name) for name in source.files]
    if any(not uid(one, "SOPInstanceUID") or not uid(one, "SeriesInstanceUID") for one in headers):
        raise _refused(Message("Its files carry no identifiers that could be referred to."))
    if uid(headers[0], "SOPClassUID") == _SLIDE:
        raise _refused(Message("It is a slide of microscopy, whose tiles no segmentation of ours refers to."))
    if rule is not None:
        for one in headers:
            clean(one, rule)
    found = _series(headers) if len(headers) > 1 else _one(headers[0], source.part.partition("/")[2])
    _repair(found)
    return found


def _header(source: SourceFiles, name: str) -> Dataset:
    try:
        header = dcmread(source.root / name, stop_before_pixels=True, force=True)
    except OSError as error:
        raise _refused(Message("Its image can't be read: {reason}.", reason=error.strerror or "error")) from error
    for element in [tag for tag in header.keys() if tag.group in (0xFFFE, 0x7FE0)]:  # noqa: SIM118 - a Dataset
        del header[element]
    return header


def _series(headers: list[Dataset]) -> SourceImages:
    directions = orientation(headers[0])
    spots = [position(one) for one in headers]
    if directions is None or any(one is None for one in spots):
        raise _refused(Message("The slices of this series do not fit together any more."))
    positions = np.asarray(spots, np.float64)
    order = np.argsort(positions @ np.cross(*directions), kind="stable")
    headers = [headers[k] for k in order]
    return SourceImages(headers, [_place(one) for one in headers], True, positions[order])


def _place(header: Dataset, frame: int | None = None) -> Place:
    return Place(uid(header, "SOPClassUID"), uid(header, "SOPInstanceUID"), frame)


def _one(header: Dataset, part: str) -> SourceImages:
    frames = integer(header, "NumberOfFrames") or 1
    if frames == 1 and not header.get("PerFrameFunctionalGroupsSequence"):
        spot = position(header) if orientation(header) is not None and header.get("PixelSpacing") else None
        if "NumberOfFrames" in header:
            del header.NumberOfFrames  # one frame and no groups of frames: it is referred to as a picture
        return SourceImages([header], [_place(header)], spot is not None,
                            None if spot is None else np.asarray([spot], np.float64))
    pieces = frame_volumes(header, frames)
    piece = next((one for one in pieces if one.part == part), pieces[0])
    grouped = bool(header.get("PerFrameFunctionalGroupsSequence"))
    has_place = grouped and piece.positions is not None and len({tuple(one) for one in piece.positions}) == len(
        piece.frames)
    return _frames(header, piece.frames, piece.positions if has_place else None)


def _frames(header: Dataset, frames: Sequence[int], positions: npt.NDArray[np.float64] | None) -> SourceImages:
    """Some frames of one file, in the order of the slices; those without a place get one that goes again later."""
    places = [_place(header, frame + 1) for frame in frames]
    shared = first(header, "SharedFunctionalGroupsSequence") or Dataset()
    if positions is not None:
        groups = [header.PerFrameFunctionalGroupsSequence[frame] for frame in frames]
        for keyword in ("PixelMeasuresSequence", "PlaneOrientationSequence"):
            if keyword not in shared:
                setattr(shared, keyword, groups[len(groups) // 2][keyword].value)
    else:
        shared, groups = _invented(len(frames))
    header.SharedFunctionalGroupsSequence = Items([shared])
    header.PerFrameFunctionalGroupsSequence = Items(groups)
    header.NumberOfFrames = len(frames)
    return SourceImages([header], places, positions is not None, positions)


def _invented(count: int) -> tuple[Dataset, list[Dataset]]:
    shared = item(PixelMeasuresSequence=[item(PixelSpacing=[1, 1], SliceThickness=1)],
                  PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])])
    return shared, [item(PlanePositionSequence=[item(ImagePositionPatient=[0, 0, -k])]) for k in range(count)]


def _repair(found: SourceImages) -> None:
    head = found.head
    for tag in [element.tag for element in head if element.VR == "SQ" and not element.value]:
        del head[tag]  # an empty list of references would be copied, and is none
    try:
        head.decode()
        head.SpecificCharacterSet = "ISO_IR 192"  # names of labels may hold any letter
    except (LookupError, ValueError, TypeError, AttributeError):
        found.notes.append(Message("The text of the images' headers can't be read whole."))
    _frame_of_reference(found)
    study = uid(head, "StudyInstanceUID") or generate_uid(prefix=None)
    for one in found.headers:
        one.StudyInstanceUID = study
        for keyword in _EMPTY_ALLOWED[:-1]:
            if keyword not in one:
                setattr(one, keyword, "")
    if found.is_placed:
        _true_steps(found)


def _frame_of_reference(found: SourceImages) -> None:
    if not found.is_placed and not found.is_multiframe:
        for keyword in ("FrameOfReferenceUID", "ImagePositionPatient", "ImageOrientationPatient"):
            if keyword in found.head:
                delattr(found.head, keyword)
        return
    stated = uid(found.head, "FrameOfReferenceUID")
    if not stated and found.is_placed:
        found.notes.append(NO_FRAME_OF_REFERENCE)
    made = stated or generate_uid(prefix=None)
    for one in found.headers:
        one.FrameOfReferenceUID = made


def _true_steps(found: SourceImages) -> None:
    """The step that the positions have, whatever the headers say of it: readers build their grid from it.

    Where steps differ none is stated. A missing thickness is filled in with the step.
    """
    steps = np.linalg.norm(np.diff(found.positions, axis=0), axis=1) if found.positions is not None else np.zeros(0)
    step = float(np.mean(steps)) if steps.size else 0.0
    even = bool(steps.size) and float(np.abs(steps - step).max()) <= max(0.01 * step, 0.1)
    measures = found.headers if not found.is_multiframe else [
        found.head.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0]]
    for one in measures:
        if even:
            one.SpacingBetweenSlices = _decimal(step)
        elif "SpacingBetweenSlices" in one:
            del one.SpacingBetweenSlices
        if not text(one, "SliceThickness"):
            one.SliceThickness = _decimal(step or 1.0)


def _decimal(value: float) -> str:
    return f"{value:.8f}".rstrip("0").rstrip(".")[:16]


def item(**values: Any) -> Dataset:
    made = Dataset()
    for keyword, value in values.items():
        setattr(made, keyword, Items(value) if isinstance(value, list) and value and isinstance(value[0], Dataset)
                else value)
    return made


def _refused(cause: Message) -> Refusal:
    return Refusal(tried=Message("Writing DICOM."), cause=cause,
                   cure=Message("Export this case as NIfTI, PNG or COCO."))
