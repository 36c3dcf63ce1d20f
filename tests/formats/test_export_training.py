"""The training layout: what use sees, training sees."""

import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from tests.formats.builders import case, picture, ramp
from urwkv_desktop.formats.export import FORMATS, export
from urwkv_desktop.formats.reading import index, read, read_labels
from urwkv_desktop.formats.source import Source
from urwkv_desktop.imaging import Geometry, Image

PROGRAM = {"name": "urwkv-desktop", "version": "0.1", "split_key_fingerprint": "f00"}
MASK = np.array([[[0, 1, 2], [2, 2, 0]]], np.uint8)
SIGNED = Image(np.array([[[-5, 0, 5], [7, 8, 9]]], np.int16), Geometry.from_affine(np.eye(4), 1))
SCALED = Image(ramp(2, 3)[None], Geometry.picture(), slope=(2.0,), intercept=(1.0,))
COLOUR = Image(np.dstack([ramp(2, 3), ramp(2, 3)[::-1], ramp(2, 3)])[None], Geometry.picture())


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "cases.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(("image", "ending"), [
    (picture(ramp(2, 3)), "png"), (picture(ramp(2, 3, dtype=np.uint16)), "png"), (COLOUR, "png"),
    (SIGNED, "nii.gz"), (SCALED, "nii.gz"),
])
def test_image_and_mask_come_back_as_they_were(tmp_path: Path, image: Image, ending: str) -> None:
    export([case("a", image, MASK)], tmp_path, ["training"], program=PROGRAM)
    source: Source = next(one for one in index(tmp_path) if one.mask_file)
    assert (source.files, source.mask_file) == ((f"images/a.{ending}",), f"masks/a.{ending}")
    again = read(tmp_path, source)
    assert np.array_equal(again.pixels, image.pixels)
    assert (again.slope, again.intercept) == (image.slope, image.intercept)
    assert np.array_equal(read_labels(tmp_path, source, again), MASK)


def test_table_says_who_where_and_what(tmp_path: Path) -> None:
    export([case("sub/a", picture(ramp(2, 3)), MASK, split="test")], tmp_path, ["training"], program=PROGRAM)
    row, = rows(tmp_path)
    assert row["id"] == "sub__a"
    assert (row["group"], row["split"], row["status"], row["reader"], row["model"]) == (
        "g1", "test", "accepted", "ann", "busi")
    assert (row["label_counts"], row["changed"]) == ("1:1;2:3", "0.250000")
    for column, folder in (("image_sha256", "images"), ("mask_sha256", "masks")):
        data = (tmp_path / folder / "sub__a.png").read_bytes()
        assert row[column] == hashlib.sha256(data).hexdigest()


def test_measurements_leave_in_the_table_and_in_the_manifest(tmp_path: Path) -> None:
    said = '[{"kind":"length","amount":6.0,"unit":"mm"}]'
    export([case("a", picture(ramp(2, 3)), MASK, measurements=said), case("b", picture(ramp(2, 3)), MASK)], tmp_path,
           ["training"], program=PROGRAM)
    assert [row["measurements"] for row in rows(tmp_path)] == [said, ""]
    first, second = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["cases"]
    assert first["measurements"] == json.loads(said)
    assert "measurements" not in second


def test_cells_that_a_spreadsheet_would_run_are_defused(tmp_path: Path) -> None:
    export([case("=cmd", picture(ramp(2, 3)), MASK, reader="@SUM(A1)")], tmp_path, ["training"], program=PROGRAM)
    row, = rows(tmp_path)
    assert row["reader"] == "'@SUM(A1)"
    assert row["id"] == "_=cmd"
    assert (tmp_path / "images" / "_=cmd.png").exists()


def test_manifest_holds_the_hash_of_every_file(tmp_path: Path) -> None:
    export([case("a", picture(ramp(2, 3)), MASK), case("b", SIGNED, MASK)], tmp_path, list(FORMATS), program=PROGRAM)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    files = {one["path"]: one["sha256"] for one in manifest["files"]}
    there = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert there == {*files, "manifest.json"}
    assert all(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == value for name, value in files.items())
    assert manifest["program"] == PROGRAM
    assert manifest["split_key_fingerprint"] == "f00"
    assert manifest["cases"][0]["status"] == "accepted"
    assert manifest["cases"][0]["weights_sha256"] == "ab" * 32
    assert manifest["complete"] is True


def test_labels_are_named(tmp_path: Path) -> None:
    export([case("a", picture(ramp(2, 3)), MASK)], tmp_path, ["training"], program=PROGRAM)
    labels = json.loads((tmp_path / "labels.json").read_text())
    assert [(one["id"], one["name"], one["code"]) for one in labels["labels"]] == [(1, "lesion", ""),
                                                                                 (2, "cyst", "12345")]
