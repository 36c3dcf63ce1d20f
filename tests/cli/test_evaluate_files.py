"""What evaluate leaves beside what it prints, and what it leaves out when asked."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.homes import make_folder

Shell = Callable[..., Any]


def _with_masks(shell: Shell, tmp_path: Path) -> Path:
    """Three pictures with the model's own masks; the list flags the last one."""
    images = make_folder(tmp_path / "set" / "images")
    shell("segment", images, "--model", "tiny", "--out", tmp_path / "set" / "masks")
    rows = [f"images/{name}.png,masks/{name}.png,{name},0,{'twin' if name == 'c' else ''}" for name in "abc"]
    (tmp_path / "set" / "folds.csv").write_text("\n".join(["image,mask,group,fold,flags", *rows]) + "\n")
    return tmp_path / "set"


def test_evaluate_writes_a_table_and_a_picture_of_the_worst(shell: Shell, tmp_path: Path) -> None:
    data, table, sheet = _with_masks(shell, tmp_path), tmp_path / "cases.csv", tmp_path / "worst.png"
    said = shell("evaluate", "--model", "tiny", "--data", data, "--csv", table, "--worst", sheet)
    assert said.code == 0, said.lines
    assert "not flagged in the list       2 with something to find" in said.out
    with table.open(newline="") as lines:
        assert [row["id"] for row in csv.DictReader(lines)] == ["a", "b", "c"]
    assert cv2.imread(str(sheet)).shape[1] > 900


def test_flagged_rows_can_be_left_out_and_a_file_that_cannot_be_written_is_said(shell: Shell, tmp_path: Path) -> None:
    data = _with_masks(shell, tmp_path)
    found = json.loads(shell("evaluate", "--model", "tiny", "--data", data, "--without-flagged", "--json").out)
    assert [case["id"] for case in found["cases"]] == ["a", "b"]
    assert found["flagged"] is None
    said = shell("evaluate", "--model", "tiny", "--data", data, "--csv", tmp_path / "nowhere" / "cases.csv")
    assert said.code == 2
    assert "cannot be written" in said.lines[-1]


def test_cases_that_cannot_be_measured_are_named_and_the_others_still_count(shell: Shell, tmp_path: Path) -> None:
    """A file that is no picture, a mask of another size, an image that is listed and missing: three of six."""
    images = make_folder(tmp_path / "set" / "images", tuple("abcdef"))
    shell("segment", images, "--model", "tiny", "--out", tmp_path / "set" / "masks")
    (images / "b.png").write_bytes(b"junk!")
    cv2.imwrite(str(tmp_path / "set" / "masks" / "d.png"), np.zeros((5, 5), np.uint8))
    rows = [f"images/{name}.png,masks/{name}.png" for name in "abcdef"]
    (tmp_path / "set" / "folds.csv").write_text("\n".join(["image,mask", *rows]) + "\n")
    (images / "f.png").unlink()
    said = shell("evaluate", "--model", "tiny", "--data", tmp_path / "set", "--json")
    found = json.loads(said.out)
    assert said.code == 1
    assert [case["id"] for case in found["cases"]] == ["a", "c", "e"]
    assert (found["n"], found["dice_mean"]) == (3, 1.0)
    assert [one["id"] for one in found["refused"]] == ["b", "d", "f"]
    assert [line.split(":")[0] for line in said.lines] == ["b", "d", "f"]
    assert "f.png is listed and is not there" in said.lines[2]


def test_the_table_counts_what_was_refused_apart(shell: Shell, tmp_path: Path) -> None:
    data = _with_masks(shell, tmp_path)
    (data / "images" / "b.png").write_bytes(b"junk!")
    said = shell("evaluate", "--model", "tiny", "--data", data)
    assert said.code == 1
    assert " ".join(said.out.splitlines()[1].split()) == "images that were refused 1, in none of the figures"
    assert "images with something to find   2" in said.out


def test_the_device_that_was_asked_for_looks_and_is_named(shell: Shell, tmp_path: Path) -> None:
    data = _with_masks(shell, tmp_path)
    found = json.loads(shell("evaluate", "--model", "tiny", "--data", data, "--device", "cpu", "--json").out)
    assert (found["engine"], found["flips"], found["dice_mean"]) == ("CPU · OpenVINO", False, 1.0)
    said = shell("evaluate", "--model", "tiny", "--data", data, "--device", "npu")
    assert said.code == 2
    assert "NPU" in said.lines[-1]


def test_mirror_images_are_averaged_in_where_that_is_asked_for(shell: Shell, tmp_path: Path) -> None:
    """Masks that were drawn so are met exactly by an evaluation that looks so, and not by one that does not."""
    images, masks = make_folder(tmp_path / "images"), tmp_path / "masks"
    shell("segment", images, "--model", "tiny", "--out", masks, "--flips")
    assert json.loads((masks / "manifest.json").read_text())["models"][0]["flips"] is True
    place = ("evaluate", "--model", "tiny", "--images", images, "--masks", masks)
    once, twice = (json.loads(shell(*place, "--json", *flips).out) for flips in ((), ("--flips",)))
    assert (twice["dice_mean"], twice["flips"]) == (1.0, True)
    assert once["dice_mean"] < 1
    assert "mirror images averaged in" in shell(*place, "--flips").out.splitlines()[0]


def test_images_without_a_mask_are_named_and_in_none_of_the_figures(shell: Shell, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a", "sub/b", *(f"c{number}" for number in range(9))))
    shell("segment", folder, "--model", "tiny", "--out", tmp_path / "masks")
    for number in range(9):
        (tmp_path / "masks" / f"c{number}.png").unlink()
    said = shell("evaluate", "--model", "tiny", "--images", folder, "--masks", tmp_path / "masks", "--json")
    assert said.code == 0
    assert [case["id"] for case in json.loads(said.out)["cases"]] == ["a", "sub/b"]
    assert "9 images have no mask and are left out: c0, c1, c2, c3, c4, c5, c6, c7 …." in said.lines
