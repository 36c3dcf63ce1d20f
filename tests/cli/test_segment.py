"""`segment`: names, formats, exit codes, and that nothing of the person's is ever overwritten."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import nibabel
import numpy as np

from tests.homes import HEIGHT, MODEL, WIDTH, make_folder, picture
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.settings import Settings, save

Shell = Callable[..., Any]


def test_a_folder_becomes_one_mask_a_picture_in_its_own_size(shell: Shell, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a", "ward/b"))
    said = shell("segment", folder, "--model", "tiny", "--out", tmp_path / "out")
    assert (said.code, said.lines) == (0, ())
    for name in ("a", "ward/b"):
        mask = cv2.imread(str(tmp_path / "out" / f"{name}.png"), cv2.IMREAD_UNCHANGED)
        assert mask is not None
        assert mask.shape == (HEIGHT, WIDTH)
        assert set(np.unique(mask)) <= {0, 1}
        assert mask.any()


def test_the_manifest_names_what_stands_there(shell: Shell, tmp_path: Path) -> None:
    shell("segment", make_folder(tmp_path / "images", ("a",)), "--model", "tiny", "--out", tmp_path / "out",
          "--format", "png,nifti,coco")
    files = {file["path"]: file["sha256"] for file in json.loads((tmp_path / "out/manifest.json").read_text())["files"]}
    assert set(files) == {"a.png", "a.nii.gz", "coco.json"}
    for name, digest in files.items():
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


def test_many_pictures_are_drawn_as_each_alone_would_be_and_listed_in_their_order(shell: Shell, tmp_path: Path) -> None:
    names = tuple(f"case-{n:02}" for n in range(11))
    folder = make_folder(tmp_path / "images", names)
    (folder / "case-04.png").write_bytes(b"no picture")
    said = shell("segment", folder, "--model", "tiny", "--out", tmp_path / "out")
    assert said.code == 1
    assert [line for line in said.lines if "case-" in line] == [line for line in said.lines if "case-04.png" in line]
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert [file["path"] for file in manifest["files"]] == [f"{name}.png" for name in names if name != "case-04"]
    assert len(manifest["models"]) == 1
    for name in ("case-03", "case-10"):
        shell("segment", folder / f"{name}.png", "--model", "tiny", "--out", tmp_path / name)
        masks = [cv2.imread(str(tmp_path / place / f"{name}.png"), cv2.IMREAD_UNCHANGED) for place in ("out", name)]
        assert masks[0].any()
        assert np.array_equal(*masks)


def test_a_volume_becomes_a_nifti_file_with_its_affine(shell: Shell, tmp_path: Path) -> None:
    voxels = np.stack([picture(seed) for seed in range(3)], axis=-1).astype(np.int16)
    affine = np.diag([0.5, 0.7, 3.0, 1.0])
    nibabel.save(nibabel.Nifti1Image(voxels, affine), tmp_path / "head.nii.gz")  # type: ignore[no-untyped-call]
    said = shell("segment", tmp_path / "head.nii.gz", "--model", "tiny", "--out", tmp_path / "out")
    assert said.code == 0
    mask = nibabel.load(tmp_path / "out" / "head.nii.gz")  # type: ignore[attr-defined]
    assert mask.shape == voxels.shape
    assert np.allclose(mask.affine, affine)
    assert not (tmp_path / "out" / "head.png").exists()


def test_two_inputs_of_one_name_are_told_apart_and_it_is_said(shell: Shell, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    cv2.imwrite(str(folder / "a.bmp"), picture(7))
    said = shell("segment", folder, "--model", "tiny", "--out", tmp_path / "out")
    assert {file.name for file in (tmp_path / "out").glob("*.png")} == {"a__png.png", "a__bmp.png"}
    assert sum("a__" in line for line in said.lines) == 2


def test_masks_land_beside_nothing_of_the_persons(shell: Shell, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    before = (folder / "a.png").read_bytes()
    said = shell("segment", folder, "--model", "tiny", "--out", folder)
    assert said.code != 0
    assert (folder / "a.png").read_bytes() == before


def test_the_same_command_twice_replaces_its_own_masks(shell: Shell, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    words = ("segment", folder, "--model", "tiny", "--out", tmp_path / "out")
    assert shell(*words).code == 0
    cv2.imwrite(str(folder / "a.png"), picture(99))
    before = (tmp_path / "out/a.png").read_bytes()
    assert shell(*words).code == 0
    assert (tmp_path / "out/a.png").read_bytes() != before


def test_without_a_model_only_what_says_that_one_suits_it_is_drawn(shell: Shell, tmp_path: Path) -> None:
    said = shell("segment", make_folder(tmp_path / "images", ("a",)), "--out", tmp_path / "out")
    assert said.code == 1
    assert "--model" in said.lines[0]


def test_the_shell_opens_what_the_settings_let_the_window_open(shell: Shell, places: Places, tmp_path: Path) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    cv2.imwrite(str(folder / "large.png"), np.zeros((5000, 5000), np.uint8))
    save(Settings().changed("limits", picture_mib=16), places.settings_file)
    said = shell("segment", folder, "--model", MODEL, "--out", tmp_path / "out")
    assert said.code == 1
    assert "the limit is 16.8 MB" in said.lines[0]


def test_a_mistyped_model_is_answered_with_the_one_that_was_meant(shell: Shell, tmp_path: Path) -> None:
    said = shell("segment", make_folder(tmp_path / "images"), "--model", "tny", "--out", tmp_path / "out")
    assert (said.code, said.lines) == (2, ("There is no model called tny. Did you mean tiny?",))
    assert not (tmp_path / "out").exists()


def test_a_model_may_be_named_by_its_folder(shell: Shell, tiny_models: Path, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a",))
    said = shell("segment", folder, "--model", tiny_models / "tiny", "--out", tmp_path / "out")
    assert said.code == 0


def test_what_cannot_be_begun_says_so_in_one_line(shell: Shell, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images")
    (tmp_path / "file").write_text("in the way")
    for words, sentence in (
        ((folder, "--model", "tiny", "--out", tmp_path / "file" / "out"), "cannot be made"),
        ((tmp_path / "nowhere", "--model", "tiny", "--out", tmp_path / "out"), "There is no"),
        ((folder, "--model", "tiny", "--out", tmp_path / "out", "--format", "gif"), "There is no format gif"),
        ((folder, "--model", "tiny", "--out", tmp_path / "out", "--device", "cuda"), "CUDA"),
    ):
        said = shell("segment", *words)
        assert said.code == 2
        assert len(said.lines) == 1, said.lines
        assert sentence in said.lines[0]
