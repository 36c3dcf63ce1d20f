"""COCO: instances are connected components, decoded again by the reference implementation."""

import json
from pathlib import Path

import numpy as np
import pytest
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO

from tests.formats.builders import case, picture, ramp
from urwkv_desktop.formats.export import export
from urwkv_desktop.imaging import Geometry, Image

# pycocotools is older than numpy 2's `copy`.
pytestmark = [pytest.mark.judge, pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")]

PROGRAM = {"name": "urwkv-desktop", "version": "0"}
MASK = np.zeros((1, 9, 12), np.uint8)
MASK[0, 1:6, 1:6] = 1
MASK[0, 2:5, 2:5] = 0  # a hole
MASK[0, 6, 6] = 1  # touches the first by its corner: 8 neighbours, one instance
MASK[0, 1, 10] = 1  # one pixel alone
MASK[0, 7:9, 0:3] = 2


@pytest.fixture
def found(tmp_path: Path) -> COCO:
    export([case("a", picture(ramp(9, 12)), MASK)], tmp_path, ["coco"], program=PROGRAM)
    return COCO(str(tmp_path / "coco.json"))


def test_instances_are_components_with_their_holes(found: COCO) -> None:
    areas = sorted((one["category_id"], one["area"]) for one in found.loadAnns(found.getAnnIds()))
    assert areas == [(1, 1), (1, 17), (2, 6)]


def test_every_pixel_comes_back(found: COCO) -> None:
    again = np.zeros_like(MASK[0])
    for one in found.loadAnns(found.getAnnIds()):
        again[found.annToMask(one).astype(bool)] = one["category_id"]
    assert np.array_equal(again, MASK[0])


def test_boxes_are_left_top_width_height(found: COCO) -> None:
    boxes = {tuple(one["bbox"]) for one in found.loadAnns(found.getAnnIds())}
    assert boxes == {(1, 1, 6, 6), (10, 1, 1, 1), (0, 7, 3, 2)}


def test_names_and_file_are_those_of_the_case(found: COCO) -> None:
    assert [one["name"] for one in found.loadCats(found.getCatIds())] == ["lesion", "cyst"]
    assert found.loadImgs(1)[0]["file_name"] == "a.png"


def test_empty_mask_is_an_image_without_instances(tmp_path: Path) -> None:
    export([case("a", picture(ramp(9, 12)), MASK * 0)], tmp_path, ["coco"], program=PROGRAM)
    whole = json.loads((tmp_path / "coco.json").read_text())
    assert len(whole["images"]) == 1
    assert whole["annotations"] == []


def test_slices_of_a_volume_are_images_of_their_own(tmp_path: Path) -> None:
    mask = np.concatenate([MASK, MASK * 0, MASK])
    image = Image(np.zeros(mask.shape, np.uint8), Geometry.from_affine(np.eye(4), 3))
    export([case("v", image, mask, source_files=("v.nii",))], tmp_path, ["coco"], program=PROGRAM)
    whole = json.loads((tmp_path / "coco.json").read_text())
    assert [one["slice"] for one in whole["images"]] == [0, 1, 2]
    assert {one["image_id"] for one in whole["annotations"]} == {1, 3}
    assert coco_mask.decode(whole["annotations"][0]["segmentation"]).shape == (9, 12)
