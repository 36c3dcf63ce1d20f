"""RTSTRUCT: contours along the edges of pixels, each on its own slice."""

import re
from pathlib import Path

import pydicom
import pytest
from pydicom.uid import RTStructureSetStorage

from tests.formats.writing.conftest import Exported
from tests.formats.writing.test_dicom_seg import SERIES, references, request
from urwkv_desktop.formats.writing.dicom_proof import prove
from urwkv_desktop.formats.writing.proven import ExportStoppedError


def structures(exported: Exported) -> pydicom.Dataset:
    return pydicom.dcmread(exported.out / f"{SERIES}.rtstruct.dcm")


def check(exported: Exported, path: Path) -> None:
    prove(path, "x", request(exported, kind="rtstruct"), references(exported),
          exported.fixtures[SERIES].case.image.geometry)


def test_names_colours_and_references_are_there(exported: Exported) -> None:
    found = structures(exported)
    assert found.SOPClassUID == RTStructureSetStorage
    assert [one.ROIName for one in found.StructureSetROISequence] == ["Lesion", "Kidney", "Größe <1>"]
    assert list(found.ROIContourSequence[0].ROIDisplayColor) == [255, 176, 32]
    assert {one.ROIGenerationAlgorithm for one in found.StructureSetROISequence} == {"SEMIAUTOMATIC"}
    assert "Not a medical device" in found.StructureSetDescription
    assert found.ApprovalStatus == "UNAPPROVED"


def test_a_hole_is_joined_to_its_part(exported: Exported) -> None:
    ring = structures(exported).ROIContourSequence[2].ContourSequence
    assert len(ring) == 1
    assert ring[0].NumberOfContourPoints > 8


def test_images_without_a_place_are_refused(exported: Exported) -> None:
    assert "no place in a patient" in exported.refusals("cine/cine")[0]
    assert not (exported.out / "cine/cine.rtstruct.dcm").exists()


def test_numbers_fit_into_sixteen_characters(exported: Exported) -> None:
    raw = (exported.out / f"{SERIES}.rtstruct.dcm").read_bytes()
    numbers = re.findall(rb"-?\d+\.\d{2,}", raw)
    assert numbers
    assert max(map(len, numbers)) <= 16


def test_the_proof_passes_what_was_written(exported: Exported) -> None:
    check(exported, exported.out / f"{SERIES}.rtstruct.dcm")


def test_the_proof_finds_a_contour_beside_its_slice_and_one_that_shrank(exported: Exported, tmp_path: Path) -> None:
    for shift, words in (([0, 0, 5.0], "beside its slice"), ([1.25 * 0.94, 1.25 * 0.342, 0], "voxel|cover")):
        found = structures(exported)
        line = found.ROIContourSequence[1].ContourSequence[0]
        line.ContourData = [round(float(value) + shift[at % 3], 4) for at, value in enumerate(line.ContourData)]
        found.save_as(tmp_path / "x.dcm")
        with pytest.raises(ExportStoppedError, match=words):
            check(exported, tmp_path / "x.dcm")
