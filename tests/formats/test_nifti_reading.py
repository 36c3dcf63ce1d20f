"""NIfTI: transposed, never flipped; RAS becomes LPS."""

import gzip
from pathlib import Path

import nibabel
import numpy as np
import pytest
import SimpleITK

from tests.formats.builders import nifti, only
from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.imaging import Refusal

VOXELS = np.arange(3 * 4 * 5, dtype=np.int16).reshape(3, 4, 5)
ANGLE = np.deg2rad(20)
OBLIQUE = np.array([[2 * np.cos(ANGLE), -0.5 * np.sin(ANGLE), 0, 5], [2 * np.sin(ANGLE), 0.5 * np.cos(ANGLE), 0, -7],
                    [0, 0, 3, 11], [0, 0, 0, 1]])
TO_LPS = np.diag([-1, -1, 1, 1])


@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_array_is_transposed_and_affine_is_lps(tmp_path: Path, name: str) -> None:
    nifti(tmp_path / name, VOXELS, OBLIQUE)
    image = read(tmp_path, only(index(tmp_path)))
    assert np.array_equal(image.pixels, VOXELS.transpose(2, 1, 0))
    assert np.allclose(image.geometry.affine, TO_LPS @ OBLIQUE, atol=1e-6)
    assert only(index(tmp_path)).dimension == "slices"


@pytest.mark.judge
def test_simpleitk_sees_every_voxel_at_the_same_place(tmp_path: Path) -> None:
    path = nifti(tmp_path / "a.nii.gz", VOXELS, OBLIQUE)
    image, judge = read(tmp_path, only(index(tmp_path))), SimpleITK.ReadImage(str(path))
    assert np.array_equal(image.pixels, SimpleITK.GetArrayFromImage(judge))
    place = judge.TransformIndexToPhysicalPoint((2, 1, 4))
    assert np.allclose((image.geometry.affine @ [2, 1, 4, 1])[:3], place, atol=1e-4)


def test_sform_goes_before_qform_and_their_difference_is_said(tmp_path: Path) -> None:
    volume = nibabel.Nifti1Image(VOXELS, OBLIQUE)
    volume.set_qform(np.diag([1.0, 1.0, 1.0, 1.0]), 1)
    nibabel.save(volume, tmp_path / "a.nii")
    image = read(tmp_path, only(index(tmp_path)))
    assert np.allclose(image.geometry.affine, TO_LPS @ OBLIQUE, atol=1e-6)
    assert "nifti.forms" in {finding.code for finding in image.findings}


def test_qform_serves_where_there_is_no_sform(tmp_path: Path) -> None:
    volume = nibabel.Nifti1Image(VOXELS, OBLIQUE)
    volume.set_qform(OBLIQUE, 1)
    volume.set_sform(None, 0)
    nibabel.save(volume, tmp_path / "a.nii")
    assert np.allclose(read(tmp_path, only(index(tmp_path))).geometry.affine, TO_LPS @ OBLIQUE, atol=1e-5)


def test_file_without_orientation_has_lengths_and_says_so(tmp_path: Path) -> None:
    volume = nibabel.Nifti1Image(VOXELS, None)
    volume.header.set_zooms((0.5, 2.0, 3.0))
    volume.set_sform(None, 0)
    volume.set_qform(None, 0)
    nibabel.save(volume, tmp_path / "a.nii")
    image = read(tmp_path, only(index(tmp_path)))
    assert (image.geometry.row_spacing, image.geometry.column_spacing) == (2.0, 0.5)
    assert not image.geometry.oriented
    assert "nifti.unoriented" in {finding.code for finding in image.findings}


def test_scaling_is_kept_beside_the_stored_values(tmp_path: Path) -> None:
    path = nifti(tmp_path / "a.nii", VOXELS)
    data = bytearray(path.read_bytes())
    data[112:120] = np.array([2.5, -10], "<f4").tobytes()
    path.write_bytes(data)
    image = read(tmp_path, only(index(tmp_path)))
    assert image.pixels.dtype == np.int16
    assert (image.slope[0], image.intercept[0]) == (2.5, -10.0)


def test_big_endian_file_is_read(tmp_path: Path) -> None:
    header = nibabel.Nifti1Header(endianness=">")
    header.set_data_dtype(np.int16)
    nibabel.save(nibabel.Nifti1Image(VOXELS, OBLIQUE, header), tmp_path / "a.nii")
    image = read(tmp_path, only(index(tmp_path)))
    assert image.pixels.dtype.isnative
    assert np.array_equal(image.pixels, VOXELS.transpose(2, 1, 0))


def test_time_points_are_cases_of_one_group(tmp_path: Path) -> None:
    voxels = np.stack([VOXELS, VOXELS[::-1]], axis=3)
    nifti(tmp_path / "a.nii.gz", voxels)
    first, second = index(tmp_path)
    assert (first.title, second.title) == ("a_t0", "a_t1")
    assert first.group_hint == second.group_hint != ""
    assert np.array_equal(read(tmp_path, second).pixels, VOXELS[::-1].transpose(2, 1, 0))


def test_truncated_file_is_refused_with_the_figure(tmp_path: Path) -> None:
    path = nifti(tmp_path / "a.nii", VOXELS)
    path.write_bytes(path.read_bytes()[:-20])
    assert "452 of 472 bytes" in str(only(index(tmp_path)).refusal)


def test_truncated_gzip_is_refused_with_the_figure(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 30000, (32, 32, 8), np.int16)
    path = nifti(tmp_path / "a.nii.gz", noise)
    path.write_bytes(path.read_bytes()[:-4000])
    with pytest.raises(Refusal, match=r"incomplete: \d+ of 16736 bytes"):
        read(tmp_path, only(index(tmp_path)))


def test_wrong_gzip_checksum_is_refused(tmp_path: Path) -> None:
    path = nifti(tmp_path / "a.nii.gz", VOXELS)
    data = bytearray(path.read_bytes())
    data[-8] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(Refusal, match=r"damaged|incomplete"):
        read(tmp_path, only(index(tmp_path)))


def test_gzip_bomb_is_refused_from_its_header(tmp_path: Path) -> None:
    path = nifti(tmp_path / "a.nii", VOXELS)
    data = bytearray(path.read_bytes())
    data[42:48] = np.array([30000, 30000, 30000], "<i2").tobytes()
    (tmp_path / "b.nii.gz").write_bytes(gzip.compress(bytes(data)))
    path.unlink()
    source = only(index(tmp_path, limits=Limits(volume_bytes=1 << 30)))
    assert source.kind is SourceKind.refused
    assert "This file says it needs" in str(source.refusal)


def test_complex_numbers_are_refused_by_name(tmp_path: Path) -> None:
    nifti(tmp_path / "a.nii", VOXELS.astype(np.complex64))
    assert "complex numbers" in str(only(index(tmp_path)).refusal)
