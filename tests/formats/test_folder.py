"""The index of a folder."""

from pathlib import Path

import numpy as np
import pytest

from tests.formats.builders import nifti, picture, ramp, save, write_dicom
from urwkv_desktop.formats.fingerprint import image_sha256, picture_hash
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.imaging import Refusal


def titles(root: Path) -> list[str]:
    return [source.title for source in index(root)]


def test_cases_stand_in_natural_order(tmp_path: Path) -> None:
    for name in ("a10.png", "a9.png", "B1.png", "sub/a1.png"):
        save(tmp_path / name, ramp(3, 4))
    assert titles(tmp_path) == ["a9", "a10", "B1", "sub/a1"]


def test_type_is_known_by_content_and_not_by_name(tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(3, 4)).rename(tmp_path / "a.jpg")
    write_dicom(tmp_path / "IM0001", ramp(3, 4))
    assert [source.kind for source in index(tmp_path)] == [SourceKind.image] * 2


def test_what_is_no_image_is_passed_over(tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(3, 4))
    for name in ("notes.txt", "folds.csv", "p.urwkv", ".hidden.png", "VERSION"):
        (tmp_path / name).write_bytes(b"x" * 700)
    (tmp_path / "empty").touch()
    assert titles(tmp_path) == ["a"]


def test_truth_is_never_a_case_and_never_paired(tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(3, 4))
    save(tmp_path / "truth" / "a.png", ramp(3, 4))
    source, = index(tmp_path)
    assert source.mask_file is None


def test_one_bad_file_does_not_keep_the_rest_from_opening(tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(3, 4))
    (tmp_path / "b.png").write_text("text")
    (tmp_path / "c.dcm").touch()
    assert [source.kind.value for source in index(tmp_path)] == ["image", "refused", "refused"]


def test_folder_without_images_and_folder_that_is_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(Refusal, match="none of its 1 files is one of PNG"):
        index(tmp_path)
    with pytest.raises(Refusal, match="does not exist"):
        index(tmp_path / "nowhere")


def test_named_file_that_is_no_image_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    source, = index(tmp_path, [tmp_path / "notes.txt"])
    assert source.kind is SourceKind.refused
    gone, = index(tmp_path, [Path("gone.png")])
    assert "can't be read" in str(gone.refusal)


def test_names_that_meet_get_their_suffix(tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(3, 4))
    save(tmp_path / "a.jpg", ramp(30, 40))
    assert titles(tmp_path) == ["a__jpg", "a__png"]


def test_twin_with_few_values_is_the_mask_of_the_other(tmp_path: Path) -> None:
    save(tmp_path / "a.jpg", ramp(30, 40))
    save(tmp_path / "a.png", (ramp(30, 40) > 99).astype(np.uint8))
    source, = index(tmp_path)
    assert (source.files, source.mask_file) == (("a.jpg",), "a.png")


def test_volume_pairs_with_the_volume_in_labels(tmp_path: Path) -> None:
    voxels = np.zeros((3, 4, 5), np.uint8)
    nifti(tmp_path / "images" / "v_1.nii.gz", voxels)
    nifti(tmp_path / "labels" / "v_1.nii.gz", voxels)
    source, = index(tmp_path)
    assert source.mask_file == "labels/v_1.nii.gz"


def test_identity_is_the_content_and_not_the_name(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", ramp(3, 4))
    before = index(tmp_path)[0]
    path.rename(tmp_path / "z.png")
    after = index(tmp_path)[0]
    assert before.identity == after.identity
    assert image_sha256(tmp_path, after) in after.identity
    save(tmp_path / "z.png", ramp(4, 3))
    assert index(tmp_path)[0].identity != after.identity


def test_near_identical_pictures_have_near_hashes(tmp_path: Path) -> None:
    grid = np.indices((96, 128)).sum(axis=0)
    base = (127 + 60 * np.sin(grid / 9) + 50 * np.cos(np.indices((96, 128))[0] / 5)).astype(np.uint8)
    save(tmp_path / "a.jpg", base, quality=60)
    same, other = picture_hash(read(tmp_path, index(tmp_path)[0])), picture_hash(picture(np.ascontiguousarray(base.T)))
    here = picture_hash(picture(base))
    assert (here ^ same).bit_count() <= 4
    assert (here ^ other).bit_count() > 4
