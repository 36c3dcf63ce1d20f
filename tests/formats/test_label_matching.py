"""A DICOM SEG or RTSTRUCT finds its images by the identifiers that it names, else by its place, before its name.

Each folder holds two series of one patient at the same places, so that a name or a place alone could be wrong.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset

from tests.formats.builders import SHARED, dicom, item, nifti, slices, write_dicom
from tests.formats.test_remembering import aged
from tests.formats.test_seg_reading import seg
from urwkv_desktop.formats.label_set import RESAMPLE
from urwkv_desktop.formats.reading import index, read, read_labels
from urwkv_desktop.formats.reading.folder import SEVERAL_MASKS
from urwkv_desktop.formats.reading.remembering import Remembering
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.imaging import Refusal

HEIGHTS = (0.0, 3.0, 6.0, 9.0)
PLANES = np.random.default_rng(3).integers(0, 2, (2, 6, 8)).astype(np.uint8)
RTSTRUCT = "1.2.840.10008.5.1.4.1.1.481.3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two series of four slices, t1 and t2."""
    for name, uid in (("t1", "1.2.3.1"), ("t2", "1.2.3.2")):
        slices(tmp_path / name, HEIGHTS, SeriesInstanceUID=uid, FrameOfReferenceUID="1.2.9", Modality="MR")
    return tmp_path


def images(folder: Path) -> list[str]:
    return [str(dcmread(path).SOPInstanceUID) for path in sorted(folder.glob("*.dcm"))]


def group(height: float, uid: str = "", frame: int = 0) -> Dataset:
    found = item(PlanePositionSequence=[item(ImagePositionPatient=[-10.0, -20.0, height])],
                 SegmentIdentificationSequence=[item(ReferencedSegmentNumber=1)])
    if uid:
        source = item(ReferencedSOPInstanceUID=uid, **({"ReferencedFrameNumber": frame} if frame else {}))
        found.DerivationImageSequence = [item(SourceImageSequence=[source])]
    return found


def drawn(path: Path, groups: Sequence[Dataset], planes: Any = PLANES, **values: Any) -> Path:
    """A SEG of two planes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    given = {"SeriesInstanceUID": "1.2.8", "FrameOfReferenceUID": "1.2.9", **values}
    seg(planes, list(groups), segments=1, **given).save_as(path, enforce_file_format=True)
    return path


def contours(path: Path, **values: Any) -> Path:
    data = dicom(np.zeros((2, 2), np.uint8), SOPClassUID=RTSTRUCT, Modality="RTSTRUCT", SeriesInstanceUID="1.2.7",
                 **values)
    del data.PixelData, data.Rows, data.Columns
    data.StructureSetROISequence = [item(ROINumber=1, ROIName="Liver")]
    square = [-10.0, -20.0, 3.0, -8.0, -20.0, 3.0, -8.0, -14.0, 3.0, -10.0, -14.0, 3.0]
    data.ROIContourSequence = [item(ReferencedROINumber=1, ContourSequence=[
        item(ContourGeometricType="CLOSED_PLANAR", NumberOfContourPoints=4, ContourData=square)])]
    path.parent.mkdir(parents=True, exist_ok=True)
    data.save_as(path, enforce_file_format=True)
    return path


def masks(folder: Path, **options: Any) -> dict[str, str | None]:
    """The mask of each case, by its title."""
    return {source.title: source.mask_file for source in index(folder, **options) if source.kind is SourceKind.image}


def only(folder: Path, title: str) -> Source:
    found, = (source for source in index(folder) if source.title == title)
    return found


def test_frames_that_name_their_images_belong_to_them_whatever_the_file_is_called(folder: Path) -> None:
    uids = images(folder / "t2")
    drawn(folder / "elsewhere" / "t1.dcm", [group(3, uids[1]), group(6, uids[2])])
    assert masks(folder) == {"t1": None, "t2": "elsewhere/t1.dcm"}
    source = only(folder, "t2")
    found = read_labels(folder, source, read(folder, source))
    assert np.array_equal(found[1:3], PLANES)
    assert not found[[0, 3]].any()


def test_a_mask_is_no_case_and_no_row_of_its_own(folder: Path) -> None:
    drawn(folder / "a.dcm", [group(3, images(folder / "t2")[1]), group(6)])
    assert [source.title for source in index(folder)] == ["t1", "t2"]


@pytest.mark.parametrize("names_images", [True, False])
def test_a_series_that_is_named_is_enough(folder: Path, names_images: bool) -> None:
    series = item(SeriesInstanceUID="1.2.3.1")
    if names_images:
        series.ReferencedInstanceSequence = [item(ReferencedSOPInstanceUID=uid) for uid in images(folder / "t1")]
    drawn(folder / "a.dcm", [group(3), group(6)], ReferencedSeriesSequence=[series])
    assert masks(folder) == {"t1": "a.dcm", "t2": None}


def test_one_that_names_no_image_here_belongs_to_the_only_case_at_its_place(folder: Path) -> None:
    slices(folder / "t3", [1.5, 4.5], SeriesInstanceUID="1.2.3.3", FrameOfReferenceUID="1.2.9", Modality="MR")
    drawn(folder / "a.dcm", [group(1.5, "1.2.77"), group(4.5, "1.2.78")])
    assert masks(folder) == {"t1": None, "t2": None, "t3": "a.dcm"}


def test_one_that_could_belong_to_two_belongs_to_neither(folder: Path) -> None:
    drawn(folder / "a.dcm", [group(3), group(6)])
    assert masks(folder) == {"t1": None, "t2": None}
    assert SourceKind.labels in {source.kind for source in index(folder)}


@pytest.mark.parametrize(("height", "frame"), [(4.4, "1.2.9"), (3.0, "1.2.10"), (3.0, "")])
def test_a_place_beside_the_slices_or_in_another_patient_s_coordinates_is_none(tmp_path: Path, height: float,
                                                                              frame: str) -> None:
    slices(tmp_path / "t1", HEIGHTS, SeriesInstanceUID="1.2.3.1", FrameOfReferenceUID="1.2.9")
    drawn(tmp_path / "a.dcm", [group(height), group(6)], FrameOfReferenceUID=frame)
    assert masks(tmp_path) == {"t1": None}


def test_planes_that_are_turned_are_at_another_place(tmp_path: Path) -> None:
    slices(tmp_path / "t1", HEIGHTS, SeriesInstanceUID="1.2.3.1", FrameOfReferenceUID="1.2.9")
    drawn(tmp_path / "a.dcm", [group(3), group(6)], directions=[0, 1, 0, 1, 0, 0])
    assert masks(tmp_path) == {"t1": None}


def test_contours_belong_to_the_images_that_they_name(folder: Path) -> None:
    named = item(SeriesInstanceUID="1.2.3.2", ContourImageSequence=[
        item(ReferencedSOPInstanceUID=uid) for uid in images(folder / "t2")])
    contours(folder / "rs.dcm", ReferencedFrameOfReferenceSequence=[item(
        FrameOfReferenceUID="1.2.9", RTReferencedStudySequence=[item(RTReferencedSeriesSequence=[named])])])
    assert masks(folder) == {"t1": None, "t2": "rs.dcm"}
    source = only(folder, "t2")
    assert read_labels(folder, source, read(folder, source))[1].any()


def test_contours_that_name_no_images_belong_to_the_only_case_of_their_coordinates(tmp_path: Path) -> None:
    slices(tmp_path / "t1", HEIGHTS, SeriesInstanceUID="1.2.3.1", FrameOfReferenceUID="1.2.9")
    slices(tmp_path / "other", HEIGHTS, SeriesInstanceUID="1.2.3.2", FrameOfReferenceUID="1.2.10")
    contours(tmp_path / "rs.dcm", ReferencedFrameOfReferenceSequence=[item(FrameOfReferenceUID="1.2.9")])
    assert masks(tmp_path) == {"other": None, "t1": "rs.dcm"}


def test_what_it_was_drawn_on_goes_before_what_it_is_called(tmp_path: Path) -> None:
    for name, uid in (("a", "1.2.3.1"), ("b", "1.2.3.2")):
        write_dicom(tmp_path / f"{name}.dcm", np.zeros((6, 8), np.int16), SeriesInstanceUID=uid)
    drawn(tmp_path / "a_seg.dcm", [group(3, str(dcmread(tmp_path / "b.dcm").SOPInstanceUID)), group(6)])
    assert masks(tmp_path) == {"a": None, "b": "a_seg.dcm"}


def test_a_name_still_counts_where_its_images_are_not_here(tmp_path: Path) -> None:
    write_dicom(tmp_path / "a.dcm", np.zeros((6, 8), np.int16))
    drawn(tmp_path / "a_seg.dcm", [group(3, "1.2.77"), group(6, "1.2.78")])
    assert masks(tmp_path) == {"a": "a_seg.dcm"}


def test_one_among_masks_is_matched_by_its_images_too(folder: Path) -> None:
    drawn(folder / "labels" / "anything.dcm", [group(3, images(folder / "t1")[1]), group(6)])
    assert masks(folder) == {"t1": "labels/anything.dcm", "t2": None}


def test_the_first_of_several_is_taken_and_it_is_said(folder: Path) -> None:
    uid = images(folder / "t1")[1]
    for name in ("seg10.dcm", "seg2.dcm"):
        drawn(folder / name, [group(3, uid), group(6)])
    source = only(folder, "t1")
    assert source.mask_file == "seg2.dcm"
    assert SEVERAL_MASKS in source.findings


def test_one_on_another_grid_is_refused_until_resampling_is_asked_for(folder: Path) -> None:
    finer = [np.repeat(np.repeat(plane, 2, axis=0), 2, axis=1) for plane in PLANES]
    drawn(folder / "a.dcm", [group(3, images(folder / "t1")[1]), group(6)], np.stack(finer), spacing=(1.0, 0.25))
    source = only(folder, "t1")
    assert source.mask_file == "a.dcm"
    with pytest.raises(Refusal) as refused:
        read_labels(folder, source, read(folder, source))
    assert refused.value.cure == RESAMPLE


def test_two_volumes_in_one_file_are_told_apart_by_the_frames_that_are_named(tmp_path: Path) -> None:
    def frame(height: float, echo: float) -> Dataset:
        return item(PlanePositionSequence=[item(ImagePositionPatient=[-10.0, -20.0, height])],
                    PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
                    PixelMeasuresSequence=[item(PixelSpacing=[2.0, 0.5])],
                    MREchoSequence=[item(EffectiveEchoTime=echo)])

    pixels = np.arange(4)[:, None, None].repeat(6, axis=1).repeat(8, axis=2).astype(np.uint16)
    groups = [frame(0, 10), frame(3, 10), frame(0, 20), frame(3, 20)]
    write_dicom(tmp_path / "echoes.dcm", pixels, Modality="MR",
                PerFrameFunctionalGroupsSequence=groups)
    uid = str(dcmread(tmp_path / "echoes.dcm").SOPInstanceUID)
    drawn(tmp_path / "a.dcm", [group(0, uid, 3), group(3, uid, 4)])
    first, second = (source for source in index(tmp_path) if source.kind is SourceKind.image)
    taken = {int(read(tmp_path, source).pixels.max()): source.mask_file for source in (first, second)}
    assert taken == {1: None, int(pixels.max()): "a.dcm"}


def test_a_folder_that_is_known_pairs_as_before(folder: Path) -> None:
    drawn(folder / "a.dcm", [group(3, images(folder / "t2")[1]), group(6)])
    aged(folder)
    memory = Remembering(folder)
    first = masks(folder, memory=memory)
    assert masks(folder, memory=Remembering(folder, memory.taken().files)) == first == {"t1": None, "t2": "a.dcm"}


def test_a_header_that_cannot_be_read_is_passed_over(folder: Path) -> None:
    whole = drawn(folder / "a.dcm", [group(3), group(6)]).read_bytes()
    (folder / "labels").mkdir()
    (folder / "a.dcm").rename(folder / "labels" / "a.dcm")
    (folder / "labels" / "a.dcm").write_bytes(whole[:700])
    assert masks(folder) == {"t1": None, "t2": None}


# LPS, the grid of the series t1: (column, row, slice) -> mm
GRID = np.array([[0.5, 0, 0, -10], [0, 2.0, 0, -20], [0, 0, 3.0, 0], [0, 0, 0, 1]])


def nifti_mask(path: Path, voxels: Any, lps: Any = GRID) -> Path:
    """voxels: [z, y, x]."""
    return nifti(path, np.ascontiguousarray(voxels.transpose()), np.diag([-1, -1, 1, 1]) @ lps)


@pytest.mark.parametrize("name", ["liver.nii.gz", "liver.nii"])
def test_a_volume_among_masks_belongs_to_the_only_case_that_lies_where_it_does(tmp_path: Path, name: str) -> None:
    slices(tmp_path / "ct", HEIGHTS)
    slices(tmp_path / "other", HEIGHTS, SeriesInstanceUID="1.2.3.5", ImageOrientationPatient=[0, 1, 0, 1, 0, 0])
    wanted = np.zeros((4, 6, 8), np.uint8)
    wanted[1, 2:4, 3:] = 1
    turned = GRID.copy()  # rows from the other side, as converters write them
    turned[:3, 1] *= -1
    turned[:3, 3] += GRID[:3, 1] * 5
    nifti_mask(tmp_path / "labels" / name, wanted[:, ::-1], turned)
    assert masks(tmp_path) == {"ct": f"labels/{name}", "other": None}
    source = only(tmp_path, "ct")
    assert np.array_equal(read_labels(tmp_path, source, read(tmp_path, source)), wanted)


def test_a_volume_a_pixel_beside_or_of_two_cases_is_of_none(folder: Path) -> None:
    beside = GRID.copy()
    beside[0, 3] += 0.5
    nifti_mask(folder / "labels" / "beside.nii", np.ones((4, 6, 8), np.uint8), beside)
    nifti_mask(folder / "labels" / "both.nii", np.ones((4, 6, 8), np.uint8))
    assert masks(folder) == {"t1": None, "t2": None}
    (folder / "labels" / "both.nii").rename(folder / "labels" / "t1.nii")
    for path in (folder / "t2").iterdir():
        path.unlink()
    assert masks(folder) == {"t1": "labels/t1.nii"}


def test_a_volume_without_a_place_is_paired_by_its_name_alone(tmp_path: Path) -> None:
    slices(tmp_path / "ct", HEIGHTS)
    nifti_mask(tmp_path / "labels" / "a.nii", np.ones((4, 6, 8), np.uint8))
    image = nibabel.load(tmp_path / "labels" / "a.nii")
    image.set_sform(None, 0)
    image.set_qform(None, 0)
    nibabel.save(image, tmp_path / "labels" / "a.nii")
    assert masks(tmp_path) == {"ct": None}


def test_volumes_pair_with_volumes_by_their_place_too(tmp_path: Path) -> None:
    other = GRID.copy()
    other[2, 3] = 40.0
    nifti_mask(tmp_path / "scan1.nii", np.zeros((4, 6, 8), np.int16))
    nifti_mask(tmp_path / "scan2.nii", np.zeros((4, 6, 8), np.int16), other)
    nifti_mask(tmp_path / "masks" / "liver.nii", np.ones((4, 6, 8), np.uint8), other)
    assert masks(tmp_path) == {"scan1": None, "scan2": "masks/liver.nii"}


def test_a_real_segmentation_finds_its_series() -> None:
    root = SHARED / "dicom" / "tiny_ct_24x38"
    if not root.is_dir():
        pytest.skip("the real series is not here")
    source, = (source for source in index(root) if source.kind is SourceKind.image)
    assert source.mask_file == "label_seg.dcm"
    assert read_labels(root, source, read(root, source)).any()
