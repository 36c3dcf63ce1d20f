"""A mask beside an image that cannot be taken: the image opens all the same, and the network looks at it."""

import json
from pathlib import Path

import cv2
import numpy as np

from tests.formats.builders import dicom
from tests.homes import make_folder, working
from urwkv_desktop.imaging import Image, Origin, Status
from urwkv_desktop.workflow.loading import MASK_LEFT
from urwkv_desktop.workflow.places import Places


def _other_grid(folder: Path, name: str) -> None:
    cv2.imwrite(str(folder / f"{name}_mask.png"), np.full((30, 30), 255, np.uint8))


def _damaged(folder: Path, name: str) -> None:
    _other_grid(folder, name)
    path = folder / f"{name}_mask.png"
    path.write_bytes(path.read_bytes()[:-30])


def _overlapping(folder: Path, name: str) -> None:
    """Two segments of Slicer's, in two layers that share a voxel, on the image's grid."""
    layers = np.zeros((1, 48, 64, 2), np.uint8)
    layers[0, 10:20, 10:20, 0] = 1
    layers[0, 15:25, 15:25, 1] = 1
    fields = ["NRRD0004", "type: uint8", "dimension: 4", "sizes: 2 64 48 1", "kinds: list domain domain domain",
              "encoding: raw", "Segment0_LabelValue:=1", "Segment0_Layer:=0", "Segment0_Name:=One",
              "Segment1_LabelValue:=1", "Segment1_Layer:=1", "Segment1_Name:=Two"]
    (folder / f"{name}.seg.nrrd").write_bytes("\n".join([*fields, "", ""]).encode() + layers.tobytes())


def _no_labels(folder: Path, name: str) -> None:
    values = np.linspace(0, 1, 48 * 64, dtype="<f4").tobytes()
    fields = ["NRRD0004", "type: float", "dimension: 3", "sizes: 64 48 1", "endian: little", "encoding: raw"]
    (folder / f"{name}_mask.nrrd").write_bytes("\n".join([*fields, "", ""]).encode() + values)


def _of_nowhere(folder: Path, name: str) -> None:
    """A DICOM segmentation of an image that has no place in space."""
    made = dicom(np.zeros((48, 64), np.uint8), SOPClassUID="1.2.840.10008.5.1.4.1.1.66.4", Modality="SEG")
    made.save_as(folder / f"{name}_seg.dcm")


SPOILS = {"grid": (_other_grid, "30"), "cut": (_damaged, "incomplete"), "values": (_no_labels, "no whole numbers"),
          "layers": (_overlapping, "overlap"),
          "nowhere": (_of_nowhere, "")}


def _said(image: Image) -> list[str]:
    return [str(found.message) for found in image.findings if found.code == MASK_LEFT]


def test_the_image_opens_says_why_and_is_predicted(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", tuple(SPOILS))
    for name, (spoil, _) in SPOILS.items():
        spoil(folder, name)
    with working(folder, places) as work:
        work.settle()
        for name, (_, reason) in SPOILS.items():
            document = work.show(name)
            work.settle()
            (said,) = _said(document.image)
            assert said.startswith(f"The mask beside it was not taken ({name}")
            assert reason in said
            assert "Import a mask…" in said
            assert document.status is Status.predicted
            assert [group.origin for group in document.history.groups] == [Origin.network]


def test_without_a_model_its_mask_is_empty(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",), model=None)
    _other_grid(folder, "a")
    with working(folder, places) as work:
        work.settle()
        document = work.session.document
        assert document is not None
        assert not document.mask.voxels.any()
        assert not document.history.groups
        assert document.status is Status.new


def test_it_is_predicted_ahead_as_if_no_mask_lay_there(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b", "c", "d"))
    _other_grid(folder, "b")
    _other_grid(folder, "c")
    cv2.imwrite(str(folder / "d_mask.png"), np.full((48, 64), 255, np.uint8))
    with working(folder, places) as work:
        work.settle()
        assert [row.status for row in work.session.rows] == [*[Status.predicted] * 3, Status.new]
        assert _said(work.show("c").image)
        document = work.show("d")
        assert not _said(document.image)
        assert [group.origin for group in document.history.groups] == [Origin.imported]


def test_a_labelme_file_beside_it_is_its_mask_with_its_names(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b"))
    shape = {"label": "cyst", "shape_type": "rectangle", "points": [[5, 5], [20, 15]]}
    (folder / "a.json").write_text(json.dumps({"shapes": [shape], "imageHeight": 48, "imageWidth": 64}))
    with working(folder, places) as work:
        work.settle()
        document = work.show("a")
        work.settle()
        assert [group.origin for group in document.history.groups] == [Origin.imported]
        assert "cyst" in [label.name for label in document.labels.items]
        assert int(document.mask.voxels.astype(bool).sum()) == 15 * 10
        assert work.status("b") is Status.predicted


def test_a_mask_of_16_bits_beside_it_brings_a_label_for_each_number(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a", "b"), model=None)
    mask = np.zeros((48, 64), np.uint16)
    mask[5:9, 5:9], mask[20:30, 20:30] = 1000, 2000
    cv2.imwrite(str(folder / "a_mask.png"), mask)
    cv2.imwrite(str(folder / "b_mask.png"), (mask > 0) * np.uint16(7000))
    with working(folder, places) as work:
        work.settle()
        document = work.show("a")
        named = {label.id: label.name for label in document.labels.items}
        assert [named[label] for label in (1000, 2000)] == ["Label 1000", "Label 2000"]
        assert np.array_equal(document.mask.voxels[0], mask)
        assert set(np.unique(work.show("b").mask.voxels)) == {0, document.labels.items[0].id}
        work.settle()
    with working(folder, places) as work:
        work.settle()
        assert np.array_equal(work.show("a").mask.voxels[0], mask)


def test_a_colour_mask_without_a_map_says_what_to_put_beside_it(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images", ("a",), model=None)
    colours = np.zeros((48, 64, 3), np.uint8)
    colours[5:9, 5:9] = 0, 0, 255
    cv2.imwrite(str(folder / "a_mask.png"), colours)
    with working(folder, places) as work:
        work.settle()
        assert "Put a labels.json beside it that names the colour of each label." in _said(work.show("a").image)[0]
