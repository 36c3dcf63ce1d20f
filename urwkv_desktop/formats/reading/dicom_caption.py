"""Whose image a DICOM file is, in words for the screen; never logged, never part of a title or an identity."""

from typing import TYPE_CHECKING

from urwkv_desktop.formats.reading.dicom_values import person, text

if TYPE_CHECKING:
    from pydicom.dataset import Dataset


def caption(dataset: "Dataset") -> dict[str, str]:
    """patient_name, patient_id, study_date, series_description, laterality: those that the file states."""
    side = text(dataset, "ImageLaterality") or text(dataset, "Laterality") or text(dataset, "FrameLaterality")
    found = {"patient_name": person(dataset, "PatientName"), "patient_id": text(dataset, "PatientID"),
             "study_date": iso_date(text(dataset, "StudyDate")),
             "series_description": text(dataset, "SeriesDescription"), "laterality": side}
    return {name: said for name, said in found.items() if said}


def series_name(dataset: "Dataset") -> str:
    """The series' description, else its modality and number; "" where neither is there.

    A description that repeats the patient's name or number is passed over.
    """
    said, number = text(dataset, "SeriesDescription"), text(dataset, "SeriesNumber")
    whose = [*person(dataset, "PatientName").replace(",", " ").split(), text(dataset, "PatientID")]
    if said and not any(len(one) > 2 and one.casefold() in said.casefold() for one in whose):
        return said
    modality = text(dataset, "Modality")
    return f"{modality} {number}" if modality and number else ""


def iso_date(said: str) -> str:
    """20061219 and 2006.12.19 become 2006-12-19; what is no date stays as it is."""
    digits = said.replace(".", "")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdecimal() else said
