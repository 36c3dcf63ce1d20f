"""A DICOM series with 30 identifiers planted where files hide them; none of these words stands anywhere else."""

from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileDataset
from pydicom.sequence import Sequence as Items
from pydicom.tag import Tag

from tests.formats.builders import dicom, item

SERIES = ("1.2.826.0.1.3680043.9.7777.11", "1.2.826.0.1.3680043.9.7777.12", "1.2.826.0.1.3680043.9.7777.13")
# What is looked for, by where it was planted.
PLANTED = {
    "PatientName family": "Quenzelbach", "PatientName given": "Wiltrudis", "PatientID": "PX-88142-Z",
    "PatientBirthDate": "19610412", "OtherPatientIDs": "OPID-55190", "PatientAddress": "Kranichgasse 9",
    "PatientTelephoneNumbers": "+49 30 5550199", "AccessionNumber": "ACC-700316", "ReferringPhysicianName":
    "Vosskuhler", "OperatorsName": "Traubenow", "PerformingPhysicianName": "Eichelroth",
    "InstitutionName": "Sankt Florin Klinik",
    "StationName": "STN-QX77", "DeviceSerialNumber": "SN-4471-QQ", "StudyDescription": "Knoten links Zubrowka",
    "SeriesDescription": "Frage von Dr Mellendorf", "ImageComments": "Anruf Tochter Ysolde", "PatientComments":
    "wohnt bei Urspelt", "kept text that names": "KeptQuenzelbach", "private text": "PrivatHofreiter", "private in UN":
    "Unbekanntowski", "private nested": "NestedPrivatova", "nested name": "Requestinska", "nested id": "NID-31337",
    "original attributes": "Originalsson", "preamble": "PREAMBLEMANN", "overlay comment": "Overlaystrom",
    "group 2 title": "AETITELBERG", "unknown element": "Fremdwortson", "file name": "quenzelbach_wiltrudis_0412",
}
FOLDER = "Sankt Florin Klinik"


def planted_slice(number: int, pixels: Any = None) -> FileDataset:
    """Slice `number` (0..) of an axial series."""
    values = {
        "StudyInstanceUID": SERIES[0], "SeriesInstanceUID": SERIES[1], "FrameOfReferenceUID": SERIES[2],
        "ImagePositionPatient": [-10.0, -20.0, 2.5 * number], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
        "PixelSpacing": [1.5, 0.5], "SliceThickness": 2.5, "InstanceNumber": number + 1, "StudyDate": "20190317",
        "StudyTime": "101112",
        "PatientName": "Quenzelbach^Wiltrudis", "PatientID": PLANTED["PatientID"], "PatientSex": "F", "StudyID": "S1",
        "RequestAttributesSequence": [item(RequestedProcedureID=PLANTED["nested id"],
                                        RequestingPhysician="Requestinska^R")],
        "ReferencedImageSequence": [item(ReferencedSOPClassUID="1.2.840.10008.5.1.4.1.1.2",
                                      ReferencedSOPInstanceUID="1.2.826.0.1.3680043.9.7777.99")],
        "OriginalAttributesSequence": [item(ModifiedAttributesSequence=[item(PatientName="Originalsson^O")])],
        "PatientComments": PLANTED["PatientComments"], "ManufacturerModelName": PLANTED["kept text that names"]}
    direct = ("PatientBirthDate", "OtherPatientIDs", "PatientAddress", "PatientTelephoneNumbers", "AccessionNumber",
              "ReferringPhysicianName", "OperatorsName", "PerformingPhysicianName", "InstitutionName", "StationName",
              "DeviceSerialNumber", "StudyDescription", "SeriesDescription", "ImageComments")
    values.update({name: PLANTED[name] for name in direct})
    made = dicom(np.full((6, 8), 100 * number, np.int16) if pixels is None else pixels, **values)
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = f"1.2.826.0.1.3680043.9.7777.20.{number}"
    block = made.private_block(0x0029, "QX PRIVATE", create=True)
    block.add_new(0x01, "LO", PLANTED["private text"])
    block.add_new(0x02, "UN", PLANTED["private in UN"].encode("utf-16-le"))
    nested = Dataset()
    nested.private_block(0x0031, "QX", create=True).add_new(0x01, "LO", PLANTED["private nested"])
    block.add_new(0x03, "SQ", Items([nested]))
    made.add(DataElement(Tag(0x6000, 0x4000), "LT", PLANTED["overlay comment"]))
    made.add(DataElement(Tag(0x0018, 0x0FF9), "LO", PLANTED["unknown element"]))
    made.file_meta.SourceApplicationEntityTitle = PLANTED["group 2 title"]
    made.preamble = PLANTED["preamble"].encode().ljust(128, b"\0")
    return made


def planted_series(root: Path) -> list[str]:
    """Three slices below `root`; their names relative to it."""
    names = [f"{FOLDER}/{PLANTED['file name']}_{number}.dcm" for number in range(3)]
    for number, name in enumerate(names):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        planted_slice(number).save_as(root / name, enforce_file_format=True)
    return names


def writings(word: str) -> list[bytes]:
    """`word` as bytes in the ways that a file may hold it, in lower case."""
    low = word.lower()
    return [low.encode(), low.encode("utf-16-le"), low.encode("utf-16-be"), low.replace(" ", "^").encode()]


def remaining(data: bytes) -> list[str]:
    """The planted words that `data` holds, by where they were planted."""
    low = data.lower()
    return [where for where, word in PLANTED.items() if any(one in low for one in writings(word))]
