"""De-identified headers: none of what was planted is left, the pixels and the geometry are, references hold."""

import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.dataset import FileDataset
from pydicom.uid import UID

from tests.formats.builders import dicom, item
from tests.formats.planted import PLANTED, planted_slice, remaining
from urwkv_desktop.formats.deidentify import Deidentification, read_profile
from urwkv_desktop.formats.deidentify_tags import clean, identifiers

PROFILE = read_profile(Path(__file__).parents[2] / "resources" / "deidentification" / "basic_profile.json")
RULE = Deidentification(b"a secret of the project", PROFILE)


def cleaned(data: FileDataset, rule: Deidentification = RULE) -> tuple[bytes, FileDataset]:
    clean(data, rule)
    target = io.BytesIO()
    data.save_as(target, enforce_file_format=True)
    return target.getvalue(), dcmread(io.BytesIO(target.getvalue()))


def written(data: FileDataset) -> bytes:
    target = io.BytesIO()
    data.save_as(target, enforce_file_format=True)
    return target.getvalue()


def test_the_profile_has_as_many_rows_as_the_standard_s_table() -> None:
    assert Counter(PROFILE.actions.values()) == {"X": 415, "D": 93, "U": 55, "Z": 42, "X/D": 23, "X/Z": 11, "X/Z/D": 8,
                                                 "Z/D": 6, "X/Z/U*": 2}
    assert PROFILE.edition == "2026c"


def test_thirty_identifiers_are_planted() -> None:
    assert len(PLANTED) == 30
    assert remaining(written(planted_slice(0))) == [where for where in PLANTED if where != "file name"]


def test_no_planted_identifier_is_left_in_the_bytes() -> None:
    assert remaining(cleaned(planted_slice(0))[0]) == []


def test_everything_that_identifies_is_listed_by_name_and_value() -> None:
    listed = " ".join(one.value for one in identifiers(planted_slice(0), PROFILE)).lower()
    missing = [where for where, word in PLANTED.items() if word.lower() not in listed]
    assert missing == ["kept text that names", "file name"]


def test_pixels_and_geometry_stay_as_they_are() -> None:
    source, copy = planted_slice(2), cleaned(planted_slice(2))[1]
    assert np.array_equal(copy.pixel_array, source.pixel_array)
    for name in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "Rows", "Modality", "SOPClassUID"):
        assert copy[name].value == source[name].value


def test_identifiers_are_new_and_the_same_in_every_file_of_a_project() -> None:
    first, second = cleaned(planted_slice(0))[1], cleaned(planted_slice(1))[1]
    assert first.StudyInstanceUID == second.StudyInstanceUID == RULE.uid(planted_slice(0).StudyInstanceUID)
    assert first.FrameOfReferenceUID == second.FrameOfReferenceUID != planted_slice(0).FrameOfReferenceUID
    assert first.SOPInstanceUID != second.SOPInstanceUID
    assert first.file_meta.MediaStorageSOPInstanceUID == first.SOPInstanceUID
    assert first.PatientID == second.PatientID
    assert first.ReferencedImageSequence[0].ReferencedSOPInstanceUID == RULE.uid("1.2.826.0.1.3680043.9.7777.99")


def test_another_project_gives_other_identifiers() -> None:
    other = Deidentification(b"another secret", PROFILE)
    assert other.uid("1.2.3") != RULE.uid("1.2.3")
    assert cleaned(planted_slice(0), other)[1].PatientID != cleaned(planted_slice(0))[1].PatientID


def test_new_identifiers_are_short_enough_and_numbers() -> None:
    made = RULE.uid("1.2.3")
    assert made.startswith("2.25.")
    assert made.removeprefix("2.25.").isdigit()
    assert len(made) <= 64


def test_a_copy_says_that_it_was_de_identified_and_does_not_claim_more() -> None:
    copy = cleaned(planted_slice(0))[1]
    assert copy.PatientIdentityRemoved == "YES"
    assert copy.LongitudinalTemporalInformationModified == "REMOVED"
    assert "not claimed to be complete" in "".join(copy.DeidentificationMethod)
    assert "DeidentificationMethodCodeSequence" not in copy
    assert all(len(one) <= 64 for one in copy.DeidentificationMethod)


def test_a_description_that_names_the_patient_goes_and_another_stays() -> None:
    data = dicom(np.zeros((2, 2), np.uint8), PatientName="Doe^Jane", ManufacturerModelName="Scanner of Jane",
                 Manufacturer="Acme", SoftwareVersions="Janesville")
    copy = cleaned(data)[1]
    assert "ManufacturerModelName" not in copy
    assert (copy.Manufacturer, copy.SoftwareVersions) == ("Acme", "Janesville")


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"])
def test_private_tags_are_gone_at_every_depth(syntax: str) -> None:
    data = planted_slice(0)
    data.file_meta.TransferSyntaxUID = UID(syntax)
    inner = item(PatientName="Doe^J")
    inner.private_block(0x0031, "QX", create=True).add_new(0x01, "LO", "deep")
    data.ReferencedStudySequence = [item(ReferencedSOPInstanceUID="1.2.3.99", RequestAttributesSequence=[inner])]
    found: list[int] = []
    cleaned(data)[1].walk(lambda _, element: found.append(element.tag) if element.tag.is_private else None)
    assert found == []
