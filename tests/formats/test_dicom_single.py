"""One DICOM file: its values, its scale, what its header could not say, and what is refused by name."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import (
    MPEG2MPML,
    DeflatedExplicitVRLittleEndian,
    EncapsulatedPDFStorage,
    SegmentationStorage,
    UltrasoundImageStorage,
)

from tests.formats.builders import dicom, dicom_bytes, item, only, pydicom_file, ramp, ultrasound, write_dicom
from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.imaging import Image, ImagePoint, Padding, Plane, Refusal, SpacingKind, ThirdAxis, Window

SLICE = ramp(6, 8, dtype=np.int16, top=3000)
PLACED: dict[str, Any] = {"ImagePositionPatient": [1, 2, 3], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
                          "PixelSpacing": [2.0, 0.5]}


def opened(path: Path) -> Image:
    return read(path.parent, only(index(path.parent)))


def single(path: Path, **values: Any) -> Image:
    return opened(write_dicom(path / "a.dcm", SLICE, **values))


def refused(folder: Path) -> str:
    source = only(index(folder))
    assert source.kind is SourceKind.refused
    return str(source.refusal)


def codes(image: Image) -> set[str]:
    return {finding.code for finding in image.findings}


def test_slice_keeps_stored_values_beside_their_line(tmp_path: Path) -> None:
    image = single(tmp_path, RescaleSlope="2", RescaleIntercept="-1024", PixelPaddingValue=-2000, **PLACED)
    assert image.pixels.dtype == np.int16
    assert np.array_equal(image.pixels[0], SLICE)
    assert (image.slope, image.intercept, image.unit, image.padding) == ((2.0,), (-1024.0,), "HU", Padding.of(-2000))
    assert np.array_equal(image.values(Plane(0, 0)), SLICE * 2.0 - 1024)


def test_slice_lies_where_its_header_says(tmp_path: Path) -> None:
    geometry = single(tmp_path, **PLACED).geometry
    assert geometry.kind is SpacingKind.patient
    assert (geometry.row_spacing, geometry.column_spacing) == (2.0, 0.5)
    assert geometry.positions.tolist() == [[1, 2, 3]]


def test_a_series_is_called_as_it_describes_itself_but_never_after_the_patient(tmp_path: Path) -> None:
    said = {"a": {"SeriesDescription": "T1 axial"}, "b": {"SeriesDescription": "Jane, knee"}, "c": {"SeriesNumber": 7}}
    for name, values in said.items():
        write_dicom(tmp_path / f"{name}.dcm", SLICE, SeriesInstanceUID=f"1.2.{ord(name)}", **values)
    assert [source.series_name for source in index(tmp_path)] == ["T1 axial", "", "CT 7"]


def test_caption_names_the_patient_and_nothing_else_does(tmp_path: Path) -> None:
    write_dicom(tmp_path / "a.dcm", SLICE, StudyDate="20240102", SeriesDescription="head\x07", Laterality="L")
    source = only(index(tmp_path))
    assert read(tmp_path, source).caption == {
        "patient_name": "DOE, JANE", "patient_id": "P1", "study_date": "2024-01-02", "series_description": "head",
        "laterality": "L"}
    assert "DOE" not in f"{source.title} {source.identity}"
    assert source.group_hint.endswith("P1")


def test_monochrome1_is_a_matter_of_display(tmp_path: Path) -> None:
    image = single(tmp_path, PhotometricInterpretation="MONOCHROME1")
    assert image.inverted
    assert np.array_equal(image.pixels[0], SLICE)


def test_windows_keep_their_names_in_order(tmp_path: Path) -> None:
    image = single(tmp_path, WindowCenter=[40, 500], WindowWidth=[400, 1500],
                   WindowCenterWidthExplanation=["soft", "bone"])
    assert image.windows == (Window(40, 400, "soft"), Window(500, 1500, "bone"))


@pytest.mark.parametrize(("keyword", "value", "code"), [
    ("ImagePositionPatient", [0, 0], "dicom.place"), ("ImageOrientationPatient", [1, 0, 0, 1, 0, 0], "dicom.place"),
    ("PixelSpacing", [0, 0], "dicom.spacing"), ("PixelSpacing", [1e30, 1e30], "dicom.spacing"),
    ("RescaleSlope", "0", "dicom.rescale"), ("WindowWidth", "0", "dicom.window"),
])
def test_value_that_is_no_measurement_is_said_and_not_used(tmp_path: Path, keyword: str, value: object, code: str,
                                                           ) -> None:
    values = {**PLACED, "WindowCenter": "40", "WindowWidth": "400", keyword: value}
    image = single(tmp_path, **values)
    assert code in codes(image)
    assert np.array_equal(image.pixels[0], SLICE)
    assert image.slope == (1.0,)
    if keyword == "PixelSpacing":
        assert not image.geometry.has_lengths


@pytest.mark.parametrize(("values", "kind", "rows"), [
    ({"PixelSpacing": [0.2, 0.2], "ImagerPixelSpacing": [0.25, 0.25]}, SpacingKind.calibrated, 0.2),
    ({"PixelSpacing": [0.25, 0.25], "ImagerPixelSpacing": [0.25, 0.25]}, SpacingKind.detector, 0.25),
    ({"ImagerPixelSpacing": [0.3, 0.3], "EstimatedRadiographicMagnificationFactor": "1.5"}, SpacingKind.detector, 0.2),
    ({"PixelAspectRatio": [4, 3]}, SpacingKind.aspect, 4 / 3),
    ({}, SpacingKind.unknown, 1.0),
])
def test_projection_says_where_its_spacing_holds(tmp_path: Path, values: dict[str, Any], kind: SpacingKind,
                                                 rows: float) -> None:
    geometry = single(tmp_path, Modality="DX", **values).geometry
    assert geometry.kind is kind
    assert geometry.row_spacing == pytest.approx(rows)


def test_ultrasound_has_a_scale_inside_its_region_only(tmp_path: Path) -> None:
    image = opened(ultrasound(tmp_path / "a.dcm", np.stack([ramp(6, 8)] * 3)))
    region, = image.geometry.regions
    assert (region.row_mm, region.column_mm) == pytest.approx((0.2, 0.5))
    assert (region.rect.top, region.rect.left, region.rect.bottom, region.rect.right) == (1, 2, 5, 7)
    inside = image.geometry.length(ImagePoint(1.5, 2.5), ImagePoint(1.5, 6.5), Plane(0, 0))
    assert inside.mm == pytest.approx(2.0)
    assert image.geometry.length(ImagePoint(0.5, 0.5), ImagePoint(1.5, 2.5), Plane(0, 0)).mm is None
    assert image.geometry.third_axis is ThirdAxis.time


def test_ultrasound_region_in_seconds_gives_no_scale(tmp_path: Path) -> None:
    region = item(RegionSpatialFormat=3, RegionLocationMinX0=0, RegionLocationMinY0=0, RegionLocationMaxX1=5,
                  RegionLocationMaxY1=5, PhysicalUnitsXDirection=4, PhysicalUnitsYDirection=7, PhysicalDeltaX=0.1,
                  PhysicalDeltaY=0.1)
    image = single(tmp_path, Modality="US", SOPClassUID=UltrasoundImageStorage, SequenceOfUltrasoundRegions=[region])
    assert image.geometry.regions == ()
    assert not image.geometry.has_lengths


def test_rubbish_above_the_stored_bits_is_no_value(tmp_path: Path) -> None:
    stored = np.array([[5, -7], [2047, -2048]], np.int16)
    dirty = (stored.view(np.uint16) & 0x0FFF) | 0x5000
    image = opened(write_dicom(tmp_path / "a.dcm", dirty, BitsStored=12, HighBit=11, PixelRepresentation=1))
    assert np.array_equal(image.pixels[0], stored)


def test_colour_with_equal_channels_is_grey_by_content(tmp_path: Path) -> None:
    image = opened(write_dicom(tmp_path / "a.dcm", np.dstack([ramp(6, 8)] * 3)))
    assert np.array_equal(image.pixels, ramp(6, 8)[None])


def test_deflated_file_is_read_and_a_bomb_is_refused(tmp_path: Path) -> None:
    data = dicom(SLICE)
    data.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    data.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    assert np.array_equal(opened(tmp_path / "a.dcm").pixels[0], SLICE)
    bomb = dicom(np.zeros((1500, 1500), np.int16))
    bomb.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    bomb.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    source = only(index(tmp_path, limits=Limits(picture_bytes=1 << 20)))
    assert "far more than its size explains" in str(source.refusal)


def test_truncated_file_is_refused_with_the_figure(tmp_path: Path) -> None:
    whole = dicom_bytes(ramp(64, 64, dtype=np.int16))
    (tmp_path / "a.dcm").write_bytes(whole[:-62])
    assert refused(tmp_path).startswith("The file is incomplete: 8130 of 8192 bytes.")


def test_pydicoms_truncated_file_is_refused_with_the_figure() -> None:
    path = pydicom_file("MR_truncated.dcm")
    source = only(index(path.parent, [path]))
    assert str(source.refusal).startswith("The file is incomplete: 8130 of 8192 bytes.")


def test_declared_size_is_held_against_the_limit_before_decoding(tmp_path: Path) -> None:
    write_dicom(tmp_path / "a.dcm", SLICE, Rows=60000, Columns=60000)
    assert "incomplete" in refused(tmp_path)
    source = only(index(tmp_path, limits=Limits(picture_bytes=10)))
    assert source.kind is SourceKind.refused


@pytest.mark.parametrize(("values", "said"), [
    ({"SamplesPerPixel": 3}, "MONOCHROME2 with 3 channels"), ({"BitsStored": 20}, "20 bits in 16"),
    ({"PixelRepresentation": 7}, "neither signed nor unsigned"), ({"Rows": 0}, "0 rows"),
])
def test_header_that_contradicts_itself_is_refused(tmp_path: Path, values: dict[str, Any], said: str) -> None:
    write_dicom(tmp_path / "a.dcm", SLICE, **values)
    assert said in refused(tmp_path)


def test_number_of_frames_that_is_no_number_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = write_dicom(tmp_path / "a.dcm", SLICE, NumberOfFrames="123")
    written, said = path.read_bytes(), b"\x28\x00\x08\x00IS\x04\x00"
    assert written.count(said + b"123 ") == 1
    path.write_bytes(written.replace(said + b"123 ", said + b"abc "))
    assert "its number of frames can't be read" in refused(tmp_path)


def test_marks_that_turn_text_round_are_taken_out_of_names(tmp_path: Path) -> None:
    image = single(tmp_path, PatientName="DOE^\u202eJANE", PatientID="47\u206611\u2069",
                   SpecificCharacterSet="ISO_IR 192")
    assert (image.caption["patient_name"], image.caption["patient_id"]) == ("DOE, JANE", "4711")


def test_number_of_frames_1a_is_one_frame() -> None:
    path = pydicom_file("badVR.dcm")
    source = only(index(path.parent, [path]))
    image = read(path.parent, source)
    assert image.shape == (1, 10, 10)
    assert "dicom.frames" in codes(image)


def test_other_objects_are_named(tmp_path: Path) -> None:
    pdf = dicom(SLICE, SOPClassUID=EncapsulatedPDFStorage)
    del pdf.PixelData
    pdf.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    assert refused(tmp_path).startswith("This is an Encapsulated PDF, not an image.")


def test_segmentation_is_labels_and_no_case(tmp_path: Path) -> None:
    write_dicom(tmp_path / "a.dcm", ramp(6, 8), SOPClassUID=SegmentationStorage)
    source = only(index(tmp_path))
    assert source.kind is SourceKind.labels


def test_video_is_refused_by_name(tmp_path: Path) -> None:
    data = dicom(SLICE)
    data.file_meta.TransferSyntaxUID = MPEG2MPML
    data.PixelData = encapsulate([b"\0" * 20])
    data.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    assert "MPEG2 Main Profile" in refused(tmp_path)


def test_dicomdir_is_an_index_of_what_lies_beside_it() -> None:
    path = pydicom_file("dicomdirtests/DICOMDIR")
    found = index(path.parent, [path])
    assert next(source for source in found if source.files == ("DICOMDIR",)).kind is SourceKind.index
    assert "77654033/CT2" in [source.title for source in found if source.kind is SourceKind.image]


def test_slice_of_a_series_that_was_exchanged_is_refused(tmp_path: Path) -> None:
    write_dicom(tmp_path / "a.dcm", SLICE, **PLACED)
    source = only(index(tmp_path))
    (tmp_path / "a.dcm").write_bytes(b"")
    with pytest.raises(Refusal):
        read(tmp_path, source)
