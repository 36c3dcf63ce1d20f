"""Values that a header holds and that can't be used: each is said once, and the picture is shown without them."""

import re
from typing import TYPE_CHECKING

from urwkv_desktop.formats.reading.dicom_place import orientation, pair, position
from urwkv_desktop.formats.reading.dicom_tables import modality_table
from urwkv_desktop.formats.reading.dicom_values import (
    first,
    holds,
    number,
    stored_bytes,
    text,
    uid,
    value,
    values,
)
from urwkv_desktop.formats.reading.dicom_voi import is_odd as has_odd_window
from urwkv_desktop.imaging import Finding, Message

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

LARGEST_SLOPE = 1e9
_PLACE = Finding("dicom.place", Message("Its place in the patient can't be read; it is shown as a picture."))
_SPACING = Finding("dicom.spacing", Message("Its spacing can't be read; lengths are given in pixels."))
_RESCALE = Finding("dicom.rescale", Message("Its rescaling can't be read; stored values are shown."))
_IDENTIFIER = Finding("dicom.uid", Message("An identifier of this file is not of the kind that DICOM allows."))
_CHARACTERS = Finding("dicom.charset", Message("The file's letters are not of the character set that it names; some "
                                               "may be wrong."))
_ALLOWED = re.compile(r"[0-9.]{1,64}")
_TEXTS = ("PatientName", "PatientID", "SeriesDescription")
# PS3.3 C.8.11.3.1.2: which shape belongs to which interpretation; each beside the one that it does not go with.
_PRESENTED = {"IDENTITY": "MONOCHROME1", "INVERSE": "MONOCHROME2"}
_BRIGHTNESS = Finding("dicom.brightness", Message("The file says both that high values are bright and that they are "
                                                  "dark; its photometric interpretation was followed."))
_WINDOW = Finding("dicom.window", Message("Its window can't be read; one is made from the values."))


def oddities(dataset: "Dataset") -> tuple[Finding, ...]:
    found = []
    if _unusable(dataset, "ImageOrientationPatient", orientation(dataset)) or _unusable(
            dataset, "ImagePositionPatient", position(dataset)) or _is_lost(dataset):
        found.append(_PLACE)
    if _unusable(dataset, "PixelSpacing", pair(dataset, "PixelSpacing")) or _unusable(
            dataset, "ImagerPixelSpacing", pair(dataset, "ImagerPixelSpacing")):
        found.append(_SPACING)
    if rescale(dataset) is None or (first(dataset, "ModalityLUTSequence") is not None
                                    and modality_table(dataset) is None):
        found.append(_RESCALE)
    if has_odd_window(dataset, fractional=is_fractional(dataset)):
        found.append(_WINDOW)
    if _PRESENTED.get(text(dataset, "PresentationLUTShape"), "") == text(dataset, "PhotometricInterpretation").upper():
        found.append(_BRIGHTNESS)
    identifiers = [uid(dataset, word) for word in ("SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID")]
    if any(one and not _ALLOWED.fullmatch(one) for one in identifiers):
        found.append(_IDENTIFIER)
    if _has_wrong_letters(dataset):
        found.append(_CHARACTERS)
    return tuple(found)


def is_fractional(dataset: "Dataset") -> bool:
    """Whether values are no whole numbers after rescaling."""
    slope, intercept = rescale(dataset) or (1.0, 0.0)
    return slope % 1 != 0 or intercept % 1 != 0 or not holds(dataset, "PixelRepresentation")


def _has_wrong_letters(dataset: "Dataset") -> bool:
    """An unknown character set; escapes to a second one where one is named; bytes that are no letters of it."""
    from pydicom.charset import python_encoding

    sets = [str(one).strip() for one in values(dataset, "SpecificCharacterSet")]
    if any(one not in python_encoding for one in sets):
        return True
    if len(sets) < 2 and any(b"\x1b" in stored_bytes(dataset, word) for word in _TEXTS):
        return True
    return any("\ufffd" in str(value(dataset, word) or "") for word in _TEXTS)


def _is_lost(dataset: "Dataset") -> bool:
    """A direction without a place."""
    return orientation(dataset) is not None and not holds(dataset, "ImagePositionPatient")


def _unusable(dataset: "Dataset", keyword: str, used: object) -> bool:
    """Stated, and not used. A spacing that is stated and empty counts: somebody meant to state it."""
    return used is None and holds(dataset, keyword)


def rescale(dataset: "Dataset") -> tuple[float, float] | None:
    """(slope, intercept), (1, 0) where none is stated; None where it is stated and can't be used."""
    if not values(dataset, "RescaleSlope") and not values(dataset, "RescaleIntercept"):
        return 1.0, 0.0
    slope = number(dataset, "RescaleSlope") if values(dataset, "RescaleSlope") else 1.0
    intercept = number(dataset, "RescaleIntercept") if values(dataset, "RescaleIntercept") else 0.0
    if not slope or intercept is None or max(abs(slope), abs(intercept)) > LARGEST_SLOPE:
        return None
    return slope, intercept
