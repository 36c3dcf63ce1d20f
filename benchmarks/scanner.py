"""A series as a scanner writes it, made: headers of about a hundred elements, and pixels like those of a CT."""

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.int16]
# What stands in the first slice's file for its own z, UID and number, to be replaced in the others'.
_PLACE, _OWN, _TURN = b"-1000.000", b"9.9.9.10000.10000", b"000001"
_WORDS = ("ProtocolName", "StudyDescription", "InstitutionName", "StationName", "SoftwareVersions", "Manufacturer",
          "DeviceSerialNumber", "ManufacturerModelName", "InstitutionalDepartmentName", "OperatorsName", "FilterType",
          "PerformedProcedureStepDescription", "ImageComments", "RequestedProcedureDescription", "ContrastBolusAgent")
_NUMBERS = ("KVP", "DataCollectionDiameter", "ReconstructionDiameter", "DistanceSourceToDetector",
            "DistanceSourceToPatient", "GantryDetectorTilt", "TableHeight", "FocalSpots", "PatientWeight",
            "PatientSize", "SliceLocation")
_WHOLE = ("ExposureTime", "XRayTubeCurrent", "Exposure", "GeneratorPower", "AcquisitionNumber", "SeriesNumber")
_TIMES = ("StudyTime", "SeriesTime", "AcquisitionTime", "ContentTime", "PerformedProcedureStepStartTime",
          "InstanceCreationTime")
_DATES = ("StudyDate", "SeriesDate", "AcquisitionDate", "ContentDate", "PatientBirthDate", "InstanceCreationDate")


def volume(slices: int, side: int) -> Pixels:
    """[slices, side, side], HU: air, a body of soft tissue with a bone in it, and the noise of a scanner."""
    rng = np.random.default_rng(0)
    down, across = np.mgrid[-1:1:side * 1j, -1:1:side * 1j]
    still = np.full((side, side), -1000, np.float32)
    still[(down / 0.7) ** 2 + (across / 0.9) ** 2 < 1] = 40
    still[(down - 0.4) ** 2 + across**2 < 0.02] = 700
    noise = rng.normal(0, 12, (8, side, side)).astype(np.float32)
    return np.stack([still + noise[k % 8] for k in range(slices)]).astype(np.int16)


def write_series(folder: Path, number: int, slices: list[Pixels]) -> None:
    """An axial series, 1 mm from slice to slice; number: makes its UIDs its own."""
    folder.mkdir(parents=True)
    whole = _first(slices[0], number)
    at = len(whole) - slices[0].nbytes
    for k, pixels in enumerate(slices):
        head = whole[:at].replace(_PLACE, b"%9.3f" % (k - 1000.0)).replace(_TURN, b"%06d" % (k + 1))
        head = head.replace(_OWN, b"9.9.9.%05d.%05d" % (number + 10000, k + 10000))
        (folder / f"IM{k:05}.dcm").write_bytes(head + pixels.tobytes())


def _first(pixels: Pixels, number: int) -> bytes:
    from tests.formats.builders import dicom, item

    code = item(CodeValue="CTABD", CodingSchemeDesignator="99", CodeMeaning="CT abdomen")
    references = [item(ReferencedSOPClassUID="1.2.840.10008.5.1.4.1.1.2", ReferencedSOPInstanceUID=f"9.9.8.{k}")
                  for k in range(3)]
    data = dicom(
        pixels, **dict.fromkeys(_WORDS, "As it was set"), **dict.fromkeys(_NUMBERS, "123.25"),
        **dict.fromkeys(_WHOLE, "12"), **dict.fromkeys(_TIMES, "101112.123"), **dict.fromkeys(_DATES, "20240102"),
        SpecificCharacterSet="ISO_IR 100", ImageType=["ORIGINAL", "PRIMARY", "AXIAL"], SOPInstanceUID=_OWN.decode(),
        StudyInstanceUID="9.9.7", SeriesInstanceUID=f"9.9.7.{number}", FrameOfReferenceUID="9.9.7.1",
        SeriesDescription="Abdomen 1 mm", InstanceNumber=_TURN.decode(), SliceThickness="1",
        ImagePositionPatient=["-180", "-180", _PLACE.decode()], ImageOrientationPatient=["1", "0", "0", "0", "1", "0"],
        PixelSpacing=["0.7", "0.7"], WindowCenter=["40", "500"], WindowWidth=["400", "2000"], RescaleSlope="1",
        RescaleIntercept="0", ReferencedImageSequence=references, ProcedureCodeSequence=[code],
        RequestAttributesSequence=[item(RequestedProcedureID="1", ScheduledProtocolCodeSequence=[code])])
    for name in ("ReferencedImageSequence", "RequestAttributesSequence"):  # both ways of saying where a sequence ends
        data[name].is_undefined_length = True
    for group in (0x0009, 0x0019, 0x0043):
        block = data.private_block(group, "MADE UP 01", create=True)
        for element in range(12):
            block.add_new(element, "LO", "a value of the maker")
    buffer = io.BytesIO()
    data.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()
