"""NIfTI masks lie where their image lies: judged by SimpleITK and nibabel."""

from pathlib import Path

import nibabel
import numpy as np
import pytest
import SimpleITK

from tests.formats.builders import SHARED, case, picture, ramp, slices
from urwkv_desktop.formats.export import export
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.formats.writing import nifti
from urwkv_desktop.formats.writing.proven import ExportStoppedError, Outlet
from urwkv_desktop.imaging import Geometry, Image, SpacingKind, ThirdAxis

PROGRAM = {"name": "urwkv-desktop", "version": "0"}
ANGLE = np.deg2rad(25)
# voxel (i, j, k) -> LPS mm: turned about z, anisotropic, far from the origin
AFFINE = np.array([[0.7 * np.cos(ANGLE), -1.9 * np.sin(ANGLE), 0, -80.5],
                   [0.7 * np.sin(ANGLE), 1.9 * np.cos(ANGLE), 0, 33.25], [0, 0, 4.5, -210], [0, 0, 0, 1]])


def volume(affine: np.ndarray = AFFINE, shape: tuple[int, int, int] = (5, 6, 7)) -> Image:
    pixels = np.arange(np.prod(shape), dtype=np.int16).reshape(shape)
    return Image(pixels, Geometry.from_affine(affine, shape[0]))


def letter(shape: tuple[int, int, int]) -> np.ndarray:
    """An L with a dot in one slice: no flip or transpose of it is equal."""
    mask = np.zeros(shape, np.uint8)
    mask[1, 1:5, 1] = mask[1, 4, 1:4] = 1
    mask[-1, 0, -1] = 2
    return mask


@pytest.mark.judge
def test_simpleitk_sees_every_voxel_where_the_image_has_it(tmp_path: Path) -> None:
    image = volume()
    mask = letter(image.shape)
    export([case("v", image, mask)], tmp_path, ["nifti"], program=PROGRAM)
    judge = SimpleITK.ReadImage(str(tmp_path / "v.nii.gz"))
    assert np.array_equal(SimpleITK.GetArrayFromImage(judge), mask)
    for k, j, i in np.argwhere(mask):
        place = judge.TransformIndexToPhysicalPoint((int(i), int(j), int(k)))
        assert np.allclose(place, (AFFINE @ [i, j, k, 1])[:3], atol=1e-3)


def test_sform_and_qform_are_equal_and_labels_are_unscaled(tmp_path: Path) -> None:
    export([case("v", volume(), letter((5, 6, 7)))], tmp_path, ["nifti"], program=PROGRAM)
    judge = nibabel.load(tmp_path / "v.nii.gz")
    (sform, sform_code), (qform, qform_code) = judge.get_sform(coded=True), judge.get_qform(coded=True)
    assert sform_code == qform_code == 1
    assert np.allclose(sform, qform, atol=1e-4)
    assert np.allclose(sform, np.diag([-1, -1, 1, 1]) @ AFFINE, atol=1e-4)
    assert (judge.dataobj.slope, judge.dataobj.inter) == (1, 0)
    assert judge.get_data_dtype() == np.uint8


def test_left_handed_volume_keeps_its_side(tmp_path: Path) -> None:
    affine = AFFINE @ np.diag([1, 1, -1, 1])
    mask = letter((5, 6, 7))
    export([case("v", volume(affine), mask)], tmp_path, ["nifti"], program=PROGRAM)
    judge = nibabel.load(tmp_path / "v.nii.gz")
    assert np.allclose(judge.get_qform(), np.diag([-1, -1, 1, 1]) @ affine, atol=1e-4)
    assert np.array_equal(np.asarray(judge.dataobj), mask.transpose(2, 1, 0))


def test_sheared_volume_has_an_sform_alone(tmp_path: Path) -> None:
    affine = AFFINE.copy()
    affine[:3, 2] += [0, 2.0, 0]
    export([case("v", volume(affine), letter((5, 6, 7)))], tmp_path, ["nifti"], program=PROGRAM)
    judge = nibabel.load(tmp_path / "v.nii.gz")
    assert judge.get_qform(coded=True)[1] == 0
    assert np.allclose(judge.get_sform(), np.diag([-1, -1, 1, 1]) @ affine, atol=1e-4)


def test_volume_with_a_missing_slice_is_refused_with_the_reason(tmp_path: Path) -> None:
    slices(tmp_path / "in", [0, 2, 6])
    image = read(tmp_path / "in", index(tmp_path / "in")[0])
    report = export([case("v", image, np.zeros(image.shape, np.uint8))], tmp_path / "out", ["nifti", "coco"],
                    program=PROGRAM)
    assert "slices are missing" in str(report.refused[0][1])
    assert (tmp_path / "out" / "coco.json").exists()


def test_frames_in_time_have_spacing_but_no_place(tmp_path: Path) -> None:
    geometry = Geometry.picture(row_spacing=0.2, column_spacing=0.3, kind=SpacingKind.calibrated, slices=3,
                                third_axis=ThirdAxis.time)
    image = Image(np.zeros((3, 5, 6), np.uint8), geometry)
    export([case("v", image, letter((3, 5, 6)))], tmp_path, ["png"], program=PROGRAM)
    judge = nibabel.load(tmp_path / "v.nii.gz")
    assert (judge.header["sform_code"], judge.header["qform_code"]) == (0, 0)
    assert np.allclose(judge.header.get_zooms(), (0.3, 0.2, 1.0))


def test_image_goes_out_with_its_scaling_and_comes_back_equal(tmp_path: Path) -> None:
    image = Image(volume().pixels, volume().geometry, slope=(2.0,), intercept=(-1024.0,))
    nifti.write_image(Outlet(tmp_path), "v.nii.gz", image)
    again = read(tmp_path, index(tmp_path)[0])
    assert np.array_equal(again.pixels, image.pixels)
    assert (again.slope, again.intercept) == (image.slope, image.intercept)
    assert np.allclose(again.geometry.affine, AFFINE, atol=1e-4)


def test_slices_that_scale_differently_become_their_values(tmp_path: Path) -> None:
    image = Image(volume().pixels, volume().geometry, slope=(1.0, 2.0, 3.0, 4.0, 5.0))
    nifti.write_image(Outlet(tmp_path), "v.nii.gz", image)
    again = read(tmp_path, index(tmp_path)[0])
    assert again.pixels.dtype == np.float32
    assert np.array_equal(again.pixels, image.pixels * np.arange(1, 6, dtype=np.float32)[:, None, None])


def test_colour_volume_is_written_as_colour(tmp_path: Path) -> None:
    pixels = np.arange(2 * 3 * 4 * 3, dtype=np.uint8).reshape(2, 3, 4, 3)
    nifti.write_image(Outlet(tmp_path), "v.nii.gz", Image(pixels, Geometry.from_affine(AFFINE, 2)))
    assert np.array_equal(read(tmp_path, index(tmp_path)[0]).pixels, pixels)


def test_same_volume_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a.nii.gz", "b.nii.gz"):
        nifti.write_mask(Outlet(tmp_path), name, letter((5, 6, 7)), volume().geometry)
    assert (tmp_path / "a.nii.gz").read_bytes() == (tmp_path / "b.nii.gz").read_bytes()


@pytest.mark.parametrize("fault", ["voxel", "affine", "size"])
def test_proof_names_what_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    image, pack = volume(), nifti._pack
    mask = letter(image.shape)
    wrong = mask.copy()
    wrong[2, 3, 4] = 1

    def faulty(file: object, head: bytes, pixels: np.ndarray) -> None:
        if fault == "affine":
            head = head[:292] + np.float32(9).tobytes() + head[296:]
        pack(file, head, {"voxel": wrong, "size": mask[:-1], "affine": mask}[fault])  # type: ignore[arg-type]

    monkeypatch.setattr(nifti, "_pack", faulty)
    said = {"voxel": "voxel .* is 1, not 0", "affine": "mm off its place", "size": "not whole"}[fault]
    with pytest.raises(ExportStoppedError, match=said):
        nifti.write_mask(Outlet(tmp_path), "v.nii.gz", mask, image.geometry)
    assert not list(tmp_path.iterdir())


def test_two_dimensional_mask_can_be_nifti(tmp_path: Path) -> None:
    mask = np.array([[[0, 1, 2], [2, 2, 0]]], np.uint8)
    export([case("a", picture(ramp(2, 3)), mask)], tmp_path, ["nifti"], program=PROGRAM)
    assert np.array_equal(np.asarray(nibabel.load(tmp_path / "a.nii.gz").dataobj)[..., 0].T, mask[0])


@pytest.mark.judge
def test_masks_of_the_shared_series_lie_on_their_dicom_by_simpleitk(tmp_path: Path) -> None:
    root = SHARED / "dicom"
    if not root.is_dir():
        pytest.skip("the shared DICOM set is not here")
    checked, outlet = 0, Outlet(tmp_path)
    for source in index(root):
        if source.kind is not SourceKind.image or len(source.files) < 3:
            continue
        image = read(root, source)
        mask = letter(image.shape)
        nifti.write_mask(outlet, "m.nii.gz", mask, image.geometry)
        reader = SimpleITK.ImageSeriesReader()
        reader.SetFileNames([str(root / name) for name in source.files])
        theirs, ours = reader.Execute(), SimpleITK.ReadImage(str(tmp_path / "m.nii.gz"))
        depth, height, width = image.shape
        for corner in ((0, 0, 0), (width - 1, 0, 0), (0, height - 1, 0), (0, 0, depth - 1)):
            assert np.allclose(theirs.TransformIndexToPhysicalPoint(corner), ours.TransformIndexToPhysicalPoint(corner),
                               atol=0.2), source.title
        checked += 1
    assert checked >= 5
