"""DICOM SEG: the right planes, said to be what they are, and proven by a reader that shares nothing with the writer."""

import json
from pathlib import Path

import numpy as np
import pydicom
import pytest

from tests.formats.writing.conftest import Exported
from urwkv_desktop.formats.writing.dicom.asking import References, WriteRequest
from urwkv_desktop.formats.writing.dicom_object import DicomObjects
from urwkv_desktop.formats.writing.dicom_parse import DamagedError, parse
from urwkv_desktop.formats.writing.dicom_proof import prove
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.proven import ExportStoppedError, Outlet

SERIES = "oblique/oblique"


def seg(exported: Exported, name: str = SERIES, kind: str = "seg") -> pydicom.Dataset:
    return pydicom.dcmread(exported.out / f"{name}.{kind}.dcm")


def request(exported: Exported, name: str = SERIES, kind: str = "dicom-seg") -> WriteRequest:
    means = Means(Outlet(Path()), (kind,), {"version": "0.1"}, None)  # type: ignore[arg-type]
    return DicomObjects(means, kind)._request(exported.fixtures[name].case)


def references(exported: Exported, name: str = SERIES) -> References:
    fixture = exported.fixtures[name]
    headers = [pydicom.dcmread(fixture.folder / one) for one in fixture.case.source_files]
    head = headers[0]
    return References(tuple((str(one.SOPInstanceUID), None) for one in headers), str(head.StudyInstanceUID),
                      str(head.PatientID), str(head.PatientName), str(head.FrameOfReferenceUID))


def check(exported: Exported, path: Path) -> None:
    prove(path, "x", request(exported), references(exported), exported.fixtures[SERIES].case.image.geometry)


@pytest.mark.parametrize("name", ["oblique/oblique", "anisotropic/anisotropic", "reversed/reversed", "cine/cine",
                                  "no_reference/no_reference", "radiograph/one"])
def test_every_kind_of_dicom_image_gets_its_segmentation(exported: Exported, name: str) -> None:
    assert (exported.out / f"{name}.seg.dcm").is_file()
    assert (exported.out / f"{name}.labelmap.dcm").is_file()


def test_a_picture_that_is_no_dicom_is_refused_in_words(exported: Exported) -> None:
    assert len(exported.refusals("grey/grey")) == 3
    assert "no DICOM image" in exported.refusals("grey/grey")[0]


def test_it_says_who_and_what_drew_it(exported: Exported) -> None:
    found = seg(exported)
    one = found.SegmentSequence[0]
    algorithm = one.SegmentationAlgorithmIdentificationSequence[0]
    assert (one.SegmentAlgorithmType, algorithm.AlgorithmName, algorithm.AlgorithmVersion) == (
        "SEMIAUTOMATIC", "busi", "1")
    assert "ab" * 32 in algorithm.AlgorithmParameters
    assert "threshold=0.5" in algorithm.AlgorithmParameters
    assert found.ContentCreatorName == "Ann Reader"
    assert "Not a medical device" in found.ContentDescription
    assert "Not a medical device" in found.SeriesDescription


def test_labels_are_coded_by_snomed_where_it_is_known_and_by_a_scheme_of_our_own_elsewhere(exported: Exported) -> None:
    kinds = [one.SegmentedPropertyTypeCodeSequence[0] for one in seg(exported).SegmentSequence]
    assert [(one.CodingSchemeDesignator, one.CodeValue) for one in kinds[:2]] == [("SCT", "52988006"),
                                                                                  ("SCT", "64033007")]
    assert kinds[2].CodingSchemeDesignator == "99URWKV"
    assert [one.SegmentLabel for one in seg(exported).SegmentSequence] == ["Lesion", "Kidney", "Größe <1>"]


def test_empty_planes_are_left_out(exported: Exported) -> None:
    assert seg(exported).NumberOfFrames == 5 + 5 + 1  # slice 1 of 6 is empty, the third label is in the last one


def test_what_a_header_says_of_the_step_does_not_count(exported: Exported) -> None:
    measures = seg(exported).SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0]
    assert float(measures.SpacingBetweenSlices) == pytest.approx(2.5, abs=1e-4)


def test_frames_in_time_are_told_by_their_number_and_have_no_place(exported: Exported) -> None:
    found = seg(exported, "cine/cine")
    content = [group.FrameContentSequence[0] for group in found.PerFrameFunctionalGroupsSequence]
    assert "FrameOfReferenceUID" not in found
    assert all("PlanePositionSequence" not in group for group in found.PerFrameFunctionalGroupsSequence)
    assert sorted({one.InStackPositionNumber for one in content}) == [1, 3, 4, 5]


def test_a_missing_frame_of_reference_is_said_in_the_manifest(exported: Exported) -> None:
    rows = {row["id"]: row for row in json.loads((exported.out / "manifest.json").read_text())["cases"]}
    assert "no frame of reference" in rows["no_reference/no_reference"]["notes"][0]
    assert rows[SERIES]["notes"] == []


def test_the_proof_passes_what_was_written(exported: Exported) -> None:
    check(exported, exported.out / f"{SERIES}.seg.dcm")


@pytest.mark.parametrize(("keyword", "value", "words"), [
    ("PatientID", "P2", "another study or patient"), ("StudyInstanceUID", "1.2.9", "another study or patient"),
    ("FrameOfReferenceUID", "1.2.9", "another frame of reference"), ("Rows", 22, "its size"),
])
def test_the_proof_finds_a_changed_header(exported: Exported, tmp_path: Path, keyword: str, value: object,
                                          words: str) -> None:
    found = seg(exported)
    setattr(found, keyword, value)
    found.save_as(tmp_path / "x.dcm")
    with pytest.raises(ExportStoppedError, match=words):
        check(exported, tmp_path / "x.dcm")


def test_the_proof_finds_one_wrong_bit(exported: Exported, tmp_path: Path) -> None:
    found = seg(exported)
    bits = bytearray(found.PixelData)
    bits[len(bits) // 2] ^= 4
    found.PixelData = bytes(bits)
    found.save_as(tmp_path / "x.dcm")
    with pytest.raises(ExportStoppedError, match="voxel"):
        check(exported, tmp_path / "x.dcm")


def test_the_proof_finds_planes_that_changed_places(exported: Exported, tmp_path: Path) -> None:
    found = seg(exported)
    groups = found.PerFrameFunctionalGroupsSequence
    first, second = groups[0].DerivationImageSequence, groups[1].DerivationImageSequence
    groups[0].DerivationImageSequence, groups[1].DerivationImageSequence = second, first
    found.save_as(tmp_path / "x.dcm")
    with pytest.raises(ExportStoppedError):
        check(exported, tmp_path / "x.dcm")


def test_the_proof_finds_a_plane_beside_its_slice(exported: Exported, tmp_path: Path) -> None:
    found = seg(exported)
    place = found.PerFrameFunctionalGroupsSequence[0].PlanePositionSequence[0]
    place.ImagePositionPatient = [float(place.ImagePositionPatient[0]) + 0.01, *place.ImagePositionPatient[1:]]
    found.save_as(tmp_path / "x.dcm")
    with pytest.raises(ExportStoppedError, match="mm off"):
        check(exported, tmp_path / "x.dcm")


def test_a_renamed_segment_is_found(exported: Exported, tmp_path: Path) -> None:
    found = seg(exported)
    found.SegmentSequence[1].SegmentLabel = "Liver"
    found.save_as(tmp_path / "x.dcm")
    with pytest.raises(ExportStoppedError, match="names"):
        check(exported, tmp_path / "x.dcm")


@pytest.mark.parametrize("length", [0, 130, 200, 900, -1])
def test_a_cut_file_is_damaged_and_nothing_else(exported: Exported, length: int) -> None:
    whole = (exported.out / f"{SERIES}.seg.dcm").read_bytes()
    with pytest.raises(DamagedError):
        parse(whole[:length])


def test_the_parser_reads_as_pydicom_does(exported: Exported) -> None:
    for name in (f"{SERIES}.seg.dcm", f"{SERIES}.rtstruct.dcm"):
        theirs = pydicom.dcmread(exported.out / name)
        ours = parse((exported.out / name).read_bytes())
        assert sorted({*ours.values, *ours.items}) == sorted(int(one.tag) for one in (*theirs.file_meta, *theirs))


def test_identifiers_are_new_at_every_save_but_the_segments_keep_theirs(exported: Exported) -> None:
    one, other = seg(exported), seg(exported, kind="labelmap")
    assert one.SOPInstanceUID != other.SOPInstanceUID
    assert one.SegmentSequence[0].TrackingUID == other.SegmentSequence[1].TrackingUID
    assert np.all(one.pixel_array.max(axis=(1, 2)) == 1)
