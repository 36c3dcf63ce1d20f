"""Files become volumes: by what must be equal, along the normal, never by name."""

from pathlib import Path

import numpy as np
import pytest

from tests.formats.builders import SHARED, item, only, ramp, slices, ultrasound, write_dicom
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import Source
from urwkv_desktop.imaging import Image, ThirdAxis


def codes(thing: Image | Source) -> set[str]:
    return {finding.code for finding in thing.findings}


def test_slices_are_sorted_along_the_normal_and_not_by_name(tmp_path: Path) -> None:
    slices(tmp_path, [4.0, 0.0, 2.0], names=["a.dcm", "b.dcm", "c.dcm"])
    source = only(index(tmp_path))
    assert source.files == ("b.dcm", "c.dcm", "a.dcm")
    assert source.dimension == "slices"
    image = read(tmp_path, source)
    assert image.pixels[:, 0, 0].tolist() == [0, 200, 400]
    assert image.geometry.positions[:, 2].tolist() == [0, 2, 4]
    assert np.allclose(image.geometry.affine, [[0.5, 0, 0, -10], [0, 2, 0, -20], [0, 0, 2, 0], [0, 0, 0, 1]])
    assert not codes(image)


def test_order_in_the_source_does_not_matter_to_the_volume(tmp_path: Path) -> None:
    slices(tmp_path, [0.0, 2.0, 4.0])
    source = only(index(tmp_path))
    shuffled = Source(source.kind, source.files[::-1], source.part, source.identity)
    assert np.array_equal(read(tmp_path, shuffled).pixels, read(tmp_path, source).pixels)


def test_each_slice_keeps_its_own_slope(tmp_path: Path) -> None:
    for number, z in enumerate((0.0, 1.0)):
        slices(tmp_path / str(number), [z], RescaleSlope=str(number + 1), RescaleIntercept="-3", Modality="PT")
    image = read(tmp_path, only(index(tmp_path)))
    assert (image.slope, image.intercept) == ((1.0, 2.0), (-3.0, -3.0))


def test_series_is_called_as_its_folder_and_never_as_its_patient(tmp_path: Path) -> None:
    slices(tmp_path / "knee", [0, 1])
    slices(tmp_path / "both", [0, 1], names=["a", "b"], SeriesInstanceUID="1.2.3.5")
    slices(tmp_path / "both", [0, 1], names=["c", "d"], SeriesInstanceUID="1.2.3.6")
    titles = [source.title for source in index(tmp_path)]
    assert titles[-1] == "knee"
    assert [title[:5] for title in titles[:2]] == ["both_", "both_"]
    assert len(set(titles)) == 3


@pytest.mark.parametrize("values", [
    {"ImageOrientationPatient": [0, 1, 0, 0, 0, 1]}, {"PixelSpacing": [1, 1]}, {"FrameOfReferenceUID": "1.9"},
])
def test_what_must_be_equal_splits_a_series(tmp_path: Path, values: dict[str, object]) -> None:
    slices(tmp_path, [0, 1, 2])
    slices(tmp_path, [0, 1], names=["x", "y"], **values)
    assert sorted(len(source.files) for source in index(tmp_path)) == [2, 3]
    assert all("series.split" in codes(source) for source in index(tmp_path))


@pytest.mark.parametrize("keyword", ["EchoTime", "TemporalPositionIdentifier", "AcquisitionNumber", "DiffusionBValue"])
def test_two_volumes_at_the_same_places_are_two_cases(tmp_path: Path, keyword: str) -> None:
    slices(tmp_path, [0, 1, 2], names=["a", "b", "c"], **{keyword: 1})
    slices(tmp_path, [0, 1, 2], names=["d", "e", "f"], **{keyword: 2})
    assert sorted(source.files for source in index(tmp_path)) == [("a", "b", "c"), ("d", "e", "f")]


def test_acquisition_number_that_counts_slices_splits_nothing(tmp_path: Path) -> None:
    for number in range(4):
        slices(tmp_path, [number], names=[f"{number}.dcm"], AcquisitionNumber=number)
    assert len(only(index(tmp_path)).files) == 4


def test_missing_slice_is_said_and_the_gap_is_kept(tmp_path: Path) -> None:
    slices(tmp_path, [0, 2, 4, 8, 10])
    image = read(tmp_path, only(index(tmp_path)))
    assert "incomplete: 5 of 6 slices" in {str(finding.message) for finding in image.findings}
    assert image.geometry.affine is None
    assert image.geometry.positions[:, 2].tolist() == [0, 2, 4, 8, 10]


def test_rounded_positions_are_even_and_uneven_ones_are_said(tmp_path: Path) -> None:
    slices(tmp_path / "rounded", [0, 6.9, 14.0, 21.0])
    slices(tmp_path / "uneven", [0, 5, 11, 17], SeriesInstanceUID="1.2.3.9")
    found = {source.title: source for source in index(tmp_path)}
    assert read(tmp_path, found["rounded"]).geometry.is_even
    assert "series.uneven" in codes(found["uneven"])


def test_tilted_stack_keeps_its_shear(tmp_path: Path) -> None:
    for number in range(3):
        slices(tmp_path, [2 * number], names=[f"{number}"], ImagePositionPatient=[0, 0.5 * number, 2 * number])
    image = read(tmp_path, only(index(tmp_path)))
    assert "series.tilted" in codes(image)
    assert image.geometry.affine is not None
    assert np.allclose(image.geometry.affine[:3, 2], [0, 0.5, 2])


def test_pictures_without_a_place_are_a_case_each(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_dicom(tmp_path / name, ramp(4, 4), Modality="CR")
    assert [source.title for source in index(tmp_path)] == ["a", "b"]


def test_same_identifier_with_other_pixels_stays_apart_and_a_copy_is_one(tmp_path: Path) -> None:
    first = slices(tmp_path, [0], names=["a"], SOPInstanceUID="1.2.3.77")[0]
    slices(tmp_path, [5], names=["b"], SOPInstanceUID="1.2.3.77")
    (tmp_path / "c").write_bytes(first.read_bytes())
    sources = index(tmp_path)
    assert len(sources) == 2
    assert len({source.identity for source in sources}) == 2
    assert any("dicom.same_uid" in codes(source) for source in sources)


def test_identity_is_not_the_place_where_a_file_lies(tmp_path: Path) -> None:
    slices(tmp_path / "a", [0, 1, 2])
    before = only(index(tmp_path))
    (tmp_path / "a").rename(tmp_path / "b")
    after = only(index(tmp_path))
    assert before.identity == after.identity
    assert before.files != after.files


def enhanced(path: Path, places: list[float], **extra: object) -> None:
    """Frame n lies at places[n]; extra: keyword of FrameContent, one value a frame."""
    groups = []
    for number, z in enumerate(places):
        content = item(**{keyword: values[number] for keyword, values in extra.items()})  # type: ignore[index]
        groups.append(item(PlanePositionSequence=[item(ImagePositionPatient=[0, 0, z])], FrameContentSequence=[content],
                           PixelValueTransformationSequence=[item(RescaleSlope=str(number + 1),
                                                                  RescaleIntercept="0")]))
    shared = item(PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
                  PixelMeasuresSequence=[item(PixelSpacing=[2, 0.5])])
    frames = np.stack([ramp(4, 6, dtype=np.uint16) + 1000 * n for n in range(len(places))])
    write_dicom(path, frames, Modality="MR", SharedFunctionalGroupsSequence=[shared],
                PerFrameFunctionalGroupsSequence=groups)


def test_enhanced_frames_are_sorted_by_their_places_with_their_slopes(tmp_path: Path) -> None:
    enhanced(tmp_path / "a.dcm", [6.0, 0.0, 3.0])
    image = read(tmp_path, only(index(tmp_path)))
    assert image.pixels[:, 0, 0].tolist() == [1000, 2000, 0]
    assert image.slope == (2.0, 3.0, 1.0)
    assert image.geometry.positions[:, 2].tolist() == [0, 3, 6]
    assert (image.geometry.row_spacing, image.geometry.column_spacing) == (2.0, 0.5)


def test_enhanced_file_with_two_volumes_is_two_cases(tmp_path: Path) -> None:
    enhanced(tmp_path / "a.dcm", [0, 3, 0, 3], TemporalPositionIndex=[1, 1, 2, 2])
    first, second = index(tmp_path)
    assert first.identity != second.identity
    starts = {tuple(read(tmp_path, source).pixels[:, 0, 0].tolist()) for source in (first, second)}
    assert starts == {(0, 1000), (2000, 3000)}


def test_frames_at_one_place_are_frames_in_time(tmp_path: Path) -> None:
    enhanced(tmp_path / "a.dcm", [1, 1, 1], TemporalPositionIndex=[1, 2, 3])
    source = only(index(tmp_path))
    assert source.dimension == "frames"
    assert read(tmp_path, source).geometry.third_axis is ThirdAxis.time


def test_ultrasound_frames_are_one_image_in_time(tmp_path: Path) -> None:
    frames = np.stack([ramp(6, 8), ramp(6, 8)[::-1]])
    ultrasound(tmp_path / "cine.dcm", frames)
    source = only(index(tmp_path))
    image = read(tmp_path, source)
    assert (source.dimension, source.title) == ("frames", "cine")
    assert np.array_equal(image.pixels, frames)
    assert image.geometry.affine is None


def test_names_of_the_shared_set_are_its_folders() -> None:
    root = SHARED / "dicom"
    if not root.is_dir():
        pytest.skip("the shared DICOM set is not here")
    titles = {source.title for source in index(root)}
    assert {"ct_head_axial", "mr_brain_oblique", "ct_chest_3slice"} <= titles
