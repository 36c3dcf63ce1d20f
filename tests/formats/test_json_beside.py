"""labelme and COCO files among the images: they belong to the images that they name."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.formats.builders import ramp, save
from urwkv_desktop.formats.reading import index, json_beside, read, read_labels
from urwkv_desktop.formats.source import Source, SourceKind

RECTANGLE = {"label": "cyst", "shape_type": "rectangle", "points": [[1, 1], [3, 2]]}


def labelme(path: Path, image: str = "", height: int = 3, width: int = 4) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": "5.4.1", "flags": {}, "shapes": [RECTANGLE], "imagePath": image,
                                "imageData": None, "imageHeight": height, "imageWidth": width}))
    return path


def coco(path: Path, names: list[str], empty: tuple[str, ...] = ()) -> Path:
    said: dict[str, Any] = {
        "images": [{"id": name, "file_name": name, "height": 3, "width": 4} for name in (*names, *empty)],
        "categories": [{"id": 1, "name": "cyst"}],
        "annotations": [{"id": number, "image_id": name, "category_id": 1, "segmentation": [[1, 1, 3, 1, 3, 2, 1, 2]]}
                        for number, name in enumerate(names)]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(said))
    return path


def found(root: Path) -> dict[str, Source]:
    return {source.title: source for source in index(root)}


def masks(root: Path) -> dict[str, str | None]:
    return {title: source.mask_file for title, source in found(root).items()}


def voxels(root: Path, title: str) -> list[list[int]]:
    source = found(root)[title]
    rows: list[list[int]] = read_labels(root, source, read(root, source))[0].tolist()
    return rows


WANT = [[0, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize(("place", "image"), [("a.json", "elsewhere.jpg"), ("masks/a.json", "a.jpg"),
                                              ("drawn/other.json", "..\\images\\a.png"), ("drawn/b.json", "a.png")])
def test_labelme_belongs_to_the_image_of_its_name_or_to_the_one_that_it_names(tmp_path: Path, place: str, image: str,
                                                                              ) -> None:
    folder = tmp_path if place == "a.json" else tmp_path / "images"
    save(folder / "a.png", ramp(3, 4))
    save(tmp_path / "other" / "z.png", ramp(3, 4) // 2)
    labelme(tmp_path / place, image)
    title = "a" if place == "a.json" else "images/a"
    assert masks(tmp_path) == {title: place, "other/z": None}
    assert voxels(tmp_path, title) == WANT


def test_a_coco_file_belongs_to_all_images_that_it_holds_labels_for(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "sub/a", "sub/d"):
        save(tmp_path / f"{name}.png", np.roll(ramp(3, 4), len(name)))
    coco(tmp_path / "annotations" / "all.json", ["b.png", "sub/a.png", "images\\d.png", "gone.png"], empty=("c.png",))
    file = "annotations/all.json"
    assert masks(tmp_path) == {"a": None, "b": file, "c": None, "sub/a": file, "sub/d": None}
    assert voxels(tmp_path, "sub/a") == WANT


def test_a_name_in_a_coco_file_is_taken_from_its_own_folder_first_and_never_guessed(tmp_path: Path) -> None:
    for name in ("one/a", "two/a"):
        save(tmp_path / f"{name}.png", np.roll(ramp(3, 4), len(name)))
    coco(tmp_path / "all.json", ["a.png"])
    assert masks(tmp_path) == {"one/a": None, "two/a": None}
    (tmp_path / "all.json").rename(tmp_path / "two" / "all.json")
    assert masks(tmp_path) == {"one/a": None, "two/a": "two/all.json"}


def test_two_images_of_one_name_get_each_its_own_labels(tmp_path: Path) -> None:
    for name in ("one/a", "two/a"):
        save(tmp_path / f"{name}.png", np.roll(ramp(3, 4), len(name)))
    path = coco(tmp_path / "all.json", ["one/a.png", "two/a.png"])
    said = json.loads(path.read_text())
    said["annotations"][1]["segmentation"] = [[0, 0, 4, 0, 4, 3, 0, 3]]
    path.write_text(json.dumps(said))
    assert voxels(tmp_path, "one/a") == WANT
    assert voxels(tmp_path, "two/a") == [[1] * 4] * 3


def test_an_image_with_a_mask_and_a_labelme_file_says_that_there_are_several(tmp_path: Path) -> None:
    save(tmp_path / "a.png", ramp(3, 4))
    save(tmp_path / "a_mask.png", (ramp(3, 4) > 99).astype(np.uint8))
    labelme(tmp_path / "a.json")
    source = found(tmp_path)["a"]
    assert source.mask_file == "a_mask.png"
    assert [finding.code for finding in source.findings] == ["mask.several"]


def test_json_of_another_kind_is_passed_over_and_what_cannot_be_read_is_a_row(tmp_path: Path,
                                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path / "a.png", ramp(3, 4))
    (tmp_path / "a.json").write_text('{"patient": 7}')
    (tmp_path / "list.json").write_text("[1, 2]")
    (tmp_path / "shapes.json").write_text('{"shapes": [')
    coco(tmp_path / "long.json", ["a.png"])
    monkeypatch.setattr(json_beside, "_LONGEST", 200)
    assert masks(tmp_path) == {"a": None, "long.json": None, "shapes.json": None}
    rows = {source.title: str(source.refusal) for source in index(tmp_path) if source.kind is SourceKind.refused}
    assert rows["shapes.json"].startswith("The file is damaged: its JSON data can't be decoded.")
    assert "the limit is 200 bytes" in rows["long.json"]
