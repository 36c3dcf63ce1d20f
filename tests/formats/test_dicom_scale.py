"""Millimetres of a DICOM picture: where they come from, and where there are none."""

from pathlib import Path
from typing import Any

import pytest
from pydicom.dataset import Dataset

from tests.formats.builders import item, only, ramp, write_dicom
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.imaging import Image, ImagePoint, Plane, Rect, SpacingKind

PICTURE = ramp(20, 30)
CENTIMETRES, SECONDS, NONE = 3, 4, 0


def opened(folder: Path, **values: Any) -> Image:
    write_dicom(folder / "a.dcm", PICTURE, **values)
    return read(folder, only(index(folder)))


def region(left: int, top: int, right: int, bottom: int, *, across: float = 0.05, down: float = 0.02,
           units: tuple[int, int] = (CENTIMETRES, CENTIMETRES), kind: int = 1) -> Dataset:
    return item(RegionSpatialFormat=kind, RegionLocationMinX0=left, RegionLocationMinY0=top, RegionLocationMaxX1=right,
                RegionLocationMaxY1=bottom, PhysicalUnitsXDirection=units[0], PhysicalUnitsYDirection=units[1],
                PhysicalDeltaX=across, PhysicalDeltaY=down)


@pytest.mark.parametrize(("corners", "covered"), [
    ((2, 3, 20, 15), Rect(3, 2, 16, 21)), ((20, 15, 2, 3), Rect(3, 2, 16, 21)),
    ((10, 10, 900, 900), Rect(10, 10, 20, 30)),
])
def test_a_region_covers_what_of_it_lies_in_the_picture(tmp_path: Path, corners: tuple[int, int, int, int],
                                                        covered: Rect) -> None:
    image = opened(tmp_path, Modality="US", SequenceOfUltrasoundRegions=[region(*corners)])
    found, = image.geometry.regions
    assert (found.rect, found.row_mm, found.column_mm) == (covered, pytest.approx(0.2), pytest.approx(0.5))


@pytest.mark.parametrize("broken", [
    region(100, 100, 200, 200), region(2, 3, 20, 15, across=0), region(2, 3, 20, 15, across=1e30),
    region(2, 3, 20, 15, down=float("nan")), region(2, 3, 20, 15, units=(NONE, NONE)),
    region(2, 3, 20, 15, units=(CENTIMETRES, SECONDS)), region(2, 3, 20, 15, kind=2),
], ids=["outside", "no step", "huge step", "no number", "no unit", "seconds", "a trace"])
def test_a_region_that_is_no_measure_gives_none(tmp_path: Path, broken: Dataset) -> None:
    image = opened(tmp_path, Modality="US", SequenceOfUltrasoundRegions=[broken])
    assert image.geometry.regions == ()
    assert not image.geometry.has_lengths


def test_a_spacing_beside_traces_in_time_is_no_length(tmp_path: Path) -> None:
    traces = [region(2, 3, 20, 15, units=(SECONDS, 7), kind=3)]
    image = opened(tmp_path, Modality="US", SequenceOfUltrasoundRegions=traces, PixelSpacing=[0.3, 0.3])
    assert not image.geometry.has_lengths


def test_regions_of_two_scales_measure_each_their_own(tmp_path: Path) -> None:
    image = opened(tmp_path, Modality="US", PixelSpacing=[9, 9], SequenceOfUltrasoundRegions=[
        region(0, 0, 9, 19, across=0.05), region(10, 0, 29, 19, across=0.1)])
    plane, geometry = Plane(0, 0), image.geometry
    assert geometry.length(ImagePoint(5, 1), ImagePoint(5, 5), plane).mm == pytest.approx(2.0)
    assert geometry.length(ImagePoint(5, 11), ImagePoint(5, 15), plane).mm == pytest.approx(4.0)
    assert geometry.length(ImagePoint(5, 1), ImagePoint(5, 15), plane).mm is None


def test_a_slice_in_a_patient_has_no_ultrasound_regions(tmp_path: Path) -> None:
    image = opened(tmp_path, Modality="CT", SequenceOfUltrasoundRegions=[region(2, 3, 20, 15)], PixelSpacing=[0.3, 0.3])
    assert image.geometry.kind is SpacingKind.patient


@pytest.mark.parametrize("values", [{"PixelAspectRatio": [2, 1]}, {"NominalScannedPixelSpacing": [0.5, 0.25]}])
def test_a_scanned_picture_has_a_shape_and_no_size(tmp_path: Path, values: dict[str, Any]) -> None:
    geometry = opened(tmp_path, Modality="OT", **values).geometry
    assert geometry.kind is SpacingKind.aspect
    assert geometry.row_spacing / geometry.column_spacing == 2
    assert not geometry.has_lengths


@pytest.mark.parametrize("spacing", [[0.3], [-0.3, 0.3], [0, 0.3], [1e9, 0.3]])
def test_a_spacing_that_is_none_is_said(tmp_path: Path, spacing: list[float]) -> None:
    image = opened(tmp_path, Modality="CT", PixelSpacing=spacing)
    assert "dicom.spacing" in {finding.code for finding in image.findings}
    assert not image.geometry.has_lengths
