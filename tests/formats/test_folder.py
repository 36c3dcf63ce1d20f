"""The index of a folder."""

import io
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.formats.builders import nifti, picture, ramp, save, write_dicom
from urwkv_desktop.formats.fingerprint import image_sha256, picture_hash
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.formats.source import SourceKind
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.workflow.indexing import may_hold_images


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


def said(root: Path) -> dict[str, str]:
    return {source.title: str(source.refusal or "") for source in index(root)}


@pytest.mark.parametrize(("kind", "name"), [("GIF", "x.gif"), ("WEBP", "x.webp"), ("JPEG2000", "x.jp2"),
                                            ("WEBP", "x.png")])
def test_an_image_of_a_kind_that_is_not_read_is_a_row_that_names_the_kind(tmp_path: Path, kind: str, name: str) -> None:
    save(tmp_path / "a.png", ramp(3, 4))
    data = io.BytesIO()
    Pillow.fromarray(ramp(30, 40)).save(data, kind)
    (tmp_path / name).write_bytes(data.getvalue())
    words = {"GIF": "GIF", "WEBP": "WebP", "JPEG2000": "JPEG 2000"}[kind]
    assert f"stored as {words}, which this program does not read. It reads PNG" in " ".join(said(tmp_path).values())
    assert "a" in said(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_to_an_image_that_is_gone_is_a_row_that_says_so(tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(3, 4))
    (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere.png")
    (tmp_path / "IM0001").symlink_to(tmp_path / "nowhere")
    (tmp_path / "notes.txt").symlink_to(tmp_path / "nowhere.txt")
    found = said(tmp_path)
    assert list(found) == ["a", "gone", "IM0001"]
    assert found["gone"].startswith("This is a link to a file that is not there.")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_linked_folder_is_entered_once_and_a_loop_is_none(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    save(root / "own" / "a.png", ramp(3, 4))
    save(elsewhere / "b.png", ramp(4, 3))
    (root / "linked").symlink_to(elsewhere)
    (root / "again").symlink_to(elsewhere)
    (root / "own" / "loop").symlink_to(root)
    (root / "twice").symlink_to(root / "own")
    (elsewhere / "around").symlink_to(tmp_path)
    assert titles(root) == ["again/b", "own/a"]
    source = index(root)[0]
    assert read(root, source).pixels.shape == (1, 4, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_linked_folder_alone_is_worth_a_project(tmp_path: Path) -> None:
    save(tmp_path / "elsewhere" / "b.png", ramp(4, 3))
    (tmp_path / "root").mkdir()
    assert not may_hold_images(tmp_path / "root")
    (tmp_path / "root" / "linked").symlink_to(tmp_path / "elsewhere")
    assert may_hold_images(tmp_path / "root")


def test_a_folder_that_may_not_be_read_is_a_row_and_the_rest_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                    ) -> None:
    save(tmp_path / "a.png", ramp(3, 4))
    save(tmp_path / "closed" / "b.png", ramp(3, 4))
    real = os.scandir

    def scandir(path: str) -> object:  # the tests' user may be root, who may read everything
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert said(tmp_path) == {"a": "", "closed": "This folder can't be read: Permission denied. "
                                                 "Ask for the right to read it. Everything else opens."}


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
