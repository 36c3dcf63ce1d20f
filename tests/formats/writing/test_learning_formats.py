"""labelme, YOLO, nnU-Net, COCO polygons, one file for each label."""

import json
from pathlib import Path

import cv2
import nibabel
import numpy as np
import pytest
from pycocotools.coco import COCO

from tests.formats.builders import case, picture, ramp
from urwkv_desktop.formats.export import export
from urwkv_desktop.formats.writing.contours import fill
from urwkv_desktop.imaging import Geometry, Image, Label, Labels

pytestmark = pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")
PROGRAM = {"name": "urwkv-desktop", "version": "0"}
MASK = np.zeros((1, 9, 12), np.uint8)
MASK[0, 1:6, 1:6] = 1
MASK[0, 2:5, 2:5] = 0
MASK[0, 6, 6] = 1  # joined to the ring by a corner
MASK[0, 7:9, 0:3] = 2
VOLUME = Image((ramp(9, 12, top=900, dtype=np.int16) - 300)[None].repeat(2, 0), Geometry.from_affine(np.eye(4), 2))
COLOUR = Image(np.dstack([ramp(9, 12)] * 3)[None], Geometry.picture())


def test_labelme_shapes_keep_holes_and_lie_beside_their_picture(tmp_path: Path) -> None:
    export([case("sub/a", picture(ramp(9, 12)), MASK)], tmp_path, ["labelme"], program=PROGRAM)
    found = json.loads((tmp_path / "labelme" / "sub__a.json").read_text())
    assert (tmp_path / "labelme" / found["imagePath"]).is_file()
    assert [(one["label"], one["shape_type"], one["points"]) for one in found["shapes"]] == [
        ("lesion", "mask", [[1, 1], [6, 6]]), ("cyst", "mask", [[0, 7], [2, 8]])]


def test_a_volume_becomes_a_picture_for_each_slice(tmp_path: Path) -> None:
    export([case("v", VOLUME, MASK.repeat(2, 0))], tmp_path, ["labelme", "yolo"], program=PROGRAM)
    assert sorted(one.name for one in (tmp_path / "labelme").iterdir()) == [
        "v_0001.json", "v_0001.png", "v_0002.json", "v_0002.png"]
    assert (tmp_path / "yolo/images/train/v_0002.png").is_file()


def test_a_yolo_line_is_an_instance_and_fills_to_its_pixels(tmp_path: Path) -> None:
    export([case("a", picture(ramp(9, 12)), MASK, split="validation")], tmp_path, ["yolo"], program=PROGRAM)
    lines = (tmp_path / "yolo/labels/val/a.txt").read_text().splitlines()
    assert [line.split()[0] for line in lines] == ["0", "1"]
    points = np.asarray(lines[0].split()[1:], float).reshape(-1, 2) * (12, 9)
    assert np.array_equal(fill([points[:, ::-1]], (9, 12)), MASK[0] == 1)
    assert "  0: \"lesion\"\n" in (tmp_path / "yolo/data.yaml").read_text()


def test_a_picture_without_a_label_has_an_empty_text(tmp_path: Path) -> None:
    export([case("a", picture(ramp(9, 12)), MASK * 0)], tmp_path, ["yolo"], program=PROGRAM)
    assert (tmp_path / "yolo/labels/train/a.txt").read_bytes() == b""


def test_coco_polygons_stay_run_lengths_where_there_is_a_hole(tmp_path: Path) -> None:
    export([case("a", picture(ramp(9, 12)), MASK)], tmp_path, ["coco-polygons"], program=PROGRAM)
    found = COCO(str(tmp_path / "coco-polygons.json"))
    kinds = {one["category_id"]: type(one["segmentation"]) for one in found.dataset["annotations"]}
    assert kinds == {1: dict, 2: list}
    again = np.zeros_like(MASK[0])
    for one in found.dataset["annotations"]:
        again[found.annToMask(one).astype(bool)] = one["category_id"]
    assert np.array_equal(again, MASK[0])


def test_nnunet_keeps_kinds_apart_and_numbers_labels_without_gaps(tmp_path: Path) -> None:
    labels = Labels((Label(3, "a", "#ff0000"), Label(9, "b", "#00ff00"), Label(11, "b", "#0000ff")))
    mask = np.where(MASK == 2, 9, np.where(MASK == 1, 3, 0)).astype(np.uint8)
    cases = [case("p_0001", picture(ramp(9, 12)), mask, labels=labels), case("c", COLOUR, mask, labels=labels),
             case("v", VOLUME, mask.repeat(2, 0), labels=labels, split="validation"),
             case("t", VOLUME, mask.repeat(2, 0), labels=labels, split="test")]
    report = export(cases, tmp_path, ["nnunet"], program=PROGRAM)
    assert report.refused == ()
    root = tmp_path / "nnunet"
    grey = cv2.imread(str(root / "Dataset501_grey/labelsTr/p_0001_case.png"), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(grey, MASK[0])
    assert (root / "Dataset501_grey/imagesTr/p_0001_case_0000.png").is_file()
    said = json.loads((root / "Dataset502_colour/dataset.json").read_text())
    assert said["labels"] == {"background": 0, "a": 1, "b": 2, "b (11)": 3}
    assert list(said["channel_names"].values()) == ["R", "G", "B"]
    volumes = json.loads((root / "Dataset503_volumes/dataset.json").read_text())
    assert volumes["numTraining"] == 1
    assert json.loads((root / "Dataset503_volumes/splits_final.json").read_text()) == [{"train": [], "val": ["v"]}]
    image = nibabel.load(root / "Dataset503_volumes/imagesTs/t_0000.nii.gz")
    truth = nibabel.load(root / "Dataset503_volumes/labelsTs/t.nii.gz")
    assert np.array_equal(image.affine, truth.affine)


def test_one_file_for_each_label_that_is_there(tmp_path: Path) -> None:
    labels = Labels((Label(1, "a/b:c", "#ff0000"), Label(2, "d", "#00ff00"), Label(3, "not there", "#0000ff")))
    export([case("a", picture(ramp(9, 12)), MASK, labels=labels)], tmp_path, ["png-labels"], program=PROGRAM)
    assert sorted(one.name for one in tmp_path.glob("*.png")) == ["a_1-a_b_c.png", "a_2-d.png"]
    found = cv2.imread(str(tmp_path / "a_2-d.png"), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(found, np.where(MASK[0] == 2, 255, 0))
