"""Masks of every format come back onto the image's grid, voxel for voxel, or are refused with the reason."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from tests.formats.builders import picture, ramp, save
from urwkv_desktop.formats.label_set import LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.label_polygons import filled
from urwkv_desktop.formats.reading.labels import read_label_set
from urwkv_desktop.imaging import Geometry, Image, Refusal

TURNED = np.array([[0.0, -1.5, 0, 10], [1.2, 0, 0, -20], [0, 0, 3.0, 5], [0, 0, 0, 1]])
MASK = (np.arange(4 * 5 * 6).reshape(4, 5, 6) % 3).astype(np.uint8)


def volume() -> Image:
    return Image(np.zeros(MASK.shape, np.int16), Geometry.from_affine(TURNED, 4))


def taken(path: Path, image: Image, wish: LabelWish | None = None, files: tuple[str, ...] = ()) -> LabelSet:
    target = LabelTarget(image.shape, image.geometry, files, image.identity)
    return read_label_set(path.parent, path, target, wish or LabelWish(), Room())


def written(path: Path, voxels: np.ndarray, affine: np.ndarray) -> Path:
    """By SimpleITK, whose formats these are."""
    import SimpleITK as sitk  # noqa: N813 - its own usage

    made = sitk.GetImageFromArray(voxels)
    lengths = np.linalg.norm(affine[:3, :3], axis=0)
    made.SetSpacing(lengths.tolist())
    made.SetOrigin(affine[:3, 3].tolist())
    made.SetDirection((affine[:3, :3] / lengths).ravel().tolist())
    sitk.WriteImage(made, str(path), useCompression=path.stem.endswith("packed"))
    return path


@pytest.mark.parametrize("name", ["m.nrrd", "m-packed.nrrd", "m.nhdr", "m.mha", "m-packed.mha", "m.mhd"])
def test_a_grid_on_the_image_s_own_place(tmp_path: Path, name: str) -> None:
    assert np.array_equal(taken(written(tmp_path / name, MASK, TURNED), volume()).voxels, MASK)


@pytest.mark.parametrize("name", ["m.nrrd", "m.mha"])
def test_rows_that_run_the_other_way_are_put_in_order_and_it_says_so(tmp_path: Path, name: str) -> None:
    other = TURNED.copy()
    other[:3, 1] *= -1
    other[:3, 3] += TURNED[:3, 1] * 4
    found = taken(written(tmp_path / name, np.ascontiguousarray(MASK[:, ::-1]), other), volume())
    assert np.array_equal(found.voxels, MASK)
    assert [one.code for one in found.findings] == ["mask.reordered"]


def test_a_cropped_mask_finds_its_place(tmp_path: Path) -> None:
    inner = TURNED.copy()
    inner[:3, 3] += TURNED[:3, :3] @ [2, 1, 1]
    found = taken(written(tmp_path / "m.nrrd", np.ascontiguousarray(MASK[1:, 1:, 2:]), inner), volume())
    assert np.array_equal(found.voxels[1:, 1:, 2:], MASK[1:, 1:, 2:])
    assert not found.voxels[0].any()


def test_another_grid_is_resampled_only_when_asked(tmp_path: Path) -> None:
    fine = TURNED @ np.diag([0.5, 0.5, 1, 1])
    fine[:3, 3] = TURNED[:3, 3] - TURNED[:3, :2] @ [0.25, 0.25]
    path = written(tmp_path / "m.nrrd", MASK.repeat(2, axis=1).repeat(2, axis=2), fine)
    with pytest.raises(Refusal, match="another grid"):
        taken(path, volume())
    found = taken(path, volume(), LabelWish(resample=True))
    assert np.array_equal(found.voxels, MASK)
    assert [one.code for one in found.findings] == ["mask.resampled"]


def test_a_colour_picture_needs_a_map_and_every_colour_in_it(tmp_path: Path) -> None:
    colours = np.array([[0, 0, 0], [255, 0, 0], [0, 128, 255]], np.uint8)
    path = save(tmp_path / "m.png", colours[MASK[0]])
    image = picture(ramp(5, 6))
    with pytest.raises(Refusal, match=r"labels\.json"):
        taken(path, image)
    rows = [{"id": 1, "name": "liver", "colour": "#ff0000"},
            {"id": 2, "name": "cyst", "colour": "#0080ff", "code": "7"}]
    (tmp_path / "labels.json").write_text(json.dumps({"labels": rows}))
    found = taken(path, image)
    assert np.array_equal(found.voxels[0], MASK[0])
    assert [(one.value, one.name, one.code) for one in found.names] == [(1, "liver", ""), (2, "cyst", "7")]
    (tmp_path / "labels.json").write_text(json.dumps({"labels": rows[:1]}))
    with pytest.raises(Refusal, match="#0080ff"):
        taken(path, image)


def test_the_pages_of_a_colour_stack_need_a_map_too(tmp_path: Path) -> None:
    image, colours = volume(), np.array([[0, 0, 0], [255, 0, 0], [0, 128, 255]], np.uint8)
    mask = (np.arange(image.pixels.size).reshape(image.shape) % 3).astype(np.uint8)
    tifffile.imwrite(tmp_path / "m.tif", colours[mask], photometric="rgb")
    with pytest.raises(Refusal, match=r"Put a labels\.json beside it"):
        taken(tmp_path / "m.tif", image)
    (tmp_path / "labels.json").write_text(json.dumps([{"id": 1, "name": "liver", "colour": "#ff0000"},
                                                      {"id": 2000, "name": "cyst", "colour": "#0080ff"}]))
    found = taken(tmp_path / "m.tif", image)
    assert np.array_equal(found.voxels, np.array([0, 1, 2000])[mask])
    assert [(name.value, name.name) for name in found.names] == [(1, "liver"), (2000, "cyst")]


def coco(**more: Any) -> dict[str, Any]:
    return {"images": [{"id": 7, "file_name": "a/one.png", "height": 5, "width": 6}],
            "categories": [{"id": 1, "name": "cyst"}, {"id": 2, "name": "wall"}],
            "annotations": [{"id": 1, "image_id": 7, "category_id": 1, "segmentation": [[1, 1, 4, 1, 4, 3, 1, 3]]},
                            {"id": 2, "image_id": 7, "category_id": 2,
                             "segmentation": {"size": [5, 6], "counts": [20, 3, 7]}}], **more}


def test_coco_s_polygons_and_run_lengths(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text(json.dumps(coco()))
    found = taken(path, picture(ramp(5, 6)), files=("b/one.png",))
    want = np.zeros((5, 6), np.uint8)
    want[1:3, 1:4] = 1
    want.T.reshape(-1)[20:23] = 2
    flat = want.T.copy().reshape(-1)
    flat[20:23] = 2
    assert np.array_equal(found.voxels[0], flat.reshape(6, 5).T)
    assert [one.name for one in found.names] == ["cyst", "wall"]
    with pytest.raises(Refusal, match="not among them"):
        taken(path, volume(), files=("two.png",))


def test_a_coco_file_may_number_its_labels_as_it_likes(tmp_path: Path) -> None:
    said = coco(categories=[{"id": 9001, "name": "cyst"}, {"id": 70000, "name": "wall"}])
    for one, category in zip(said["annotations"], (9001, 70000), strict=True):
        one["category_id"] = category
    (tmp_path / "c.json").write_text(json.dumps(said))
    found = taken(tmp_path / "c.json", picture(ramp(5, 6)), files=("one.png",))
    assert [(name.value, name.name) for name in found.names] == [(1, "cyst"), (2, "wall")]
    assert set(np.unique(found.voxels)) == {0, 1, 2}


def test_a_coco_file_in_which_two_images_could_be_this_one_is_refused(tmp_path: Path) -> None:
    said = coco()
    said["images"].append({**said["images"][0], "id": 8, "file_name": "b/one.png"})
    path = tmp_path / "c.json"
    path.write_text(json.dumps(said))
    image = picture(ramp(5, 6))
    assert not taken(path, image, files=("b/one.png",)).voxels.any()
    assert taken(path, image, files=("x/a/one.png",)).voxels.any()
    with pytest.raises(Refusal, match="several images that this one could be"):
        taken(path, image, files=("one.png",))


def test_overlapping_labels_need_an_order(tmp_path: Path) -> None:
    said = coco()
    said["annotations"][1]["segmentation"] = [[2, 0, 5, 0, 5, 2, 2, 2]]
    path = tmp_path / "c.json"
    path.write_text(json.dumps(said))
    image = picture(ramp(5, 6))
    with pytest.raises(Refusal, match="wall and cyst overlap"):
        taken(path, image, files=("one.png",))
    found = taken(path, image, LabelWish(in_order=True), files=("one.png",))
    assert found.voxels[0, 1, 2] == 2
    assert found.voxels[0, 2, 2] == 1


def test_labelme_s_shapes(tmp_path: Path) -> None:
    shapes = [{"label": "a", "shape_type": "rectangle", "points": [[0, 0], [2, 2]]},
              {"label": "b", "shape_type": "polygon", "points": [[3, 3], [6, 3], [6, 5], [3, 5]]},
              {"label": "point", "shape_type": "point", "points": [[1, 1]]}]
    path = tmp_path / "m.json"
    path.write_text(json.dumps({"shapes": shapes, "imageHeight": 5, "imageWidth": 6}))
    found = taken(path, picture(ramp(5, 6)))
    want = np.zeros((5, 6), np.uint8)
    want[:2, :2], want[3:, 3:] = 1, 2
    assert np.array_equal(found.voxels[0], want)


@pytest.mark.parametrize("text", ["{", '{"shapes": [{}], "imageHeight": 5, "imageWidth": 6}', "{}",
                                  '{"images": [3], "annotations": []}', '{"images": [], "annotations": [1]}'])
def test_json_that_is_none_of_these_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(Refusal):
        taken(tmp_path / "m.json", picture(ramp(5, 6)))


def test_a_pixel_belongs_where_its_centre_is_inside_and_outlines_count_by_even_and_odd() -> None:
    square = np.array([(0.5, 0.5), (4.5, 0.5), (4.5, 4.5), (0.5, 4.5)])
    hole = np.array([(1.5, 1.5), (3.5, 1.5), (3.5, 3.5), (1.5, 3.5)])
    found = filled([square, hole], 6, 6)
    want = np.zeros((6, 6), bool)
    want[1:5, 1:5] = True
    want[2:4, 2:4] = False
    assert np.array_equal(found, want)
    assert not filled([square - 100], 6, 6).any()
    assert filled([square * 100 - 100], 6, 6).all()


def test_a_palette_stays_an_index(tmp_path: Path) -> None:
    made = Pillow.fromarray(MASK[0], "P")
    made.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0])
    made.save(tmp_path / "m.png")
    assert np.array_equal(taken(tmp_path / "m.png", picture(ramp(5, 6))).voxels[0], MASK[0])
