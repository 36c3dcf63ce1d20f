"""COCO: one JSON for all cases. Instances are the connected components of a label, 8 neighbours, slice by slice.

As run lengths, or as polygons along the edges of pixels; COCO's polygons are unions, so an instance with a hole, or one
that polygons do not give back pixel by pixel, stays a run length.
"""

import json
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing.contours import Filled, instances, outlines
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.proven import Outlet, Written, mismatch, same_voxels
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Labels, Message

FILE, POLYGON_FILE = "coco.json", "coco-polygons.json"
Plane = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]


class CocoSet:
    """Gathers cases; `write` makes the file of all of them."""

    def __init__(self, *, polygons: bool = False) -> None:
        self._polygons = polygons
        self._file = POLYGON_FILE if polygons else FILE
        self._images: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        self._labels = Labels()
        self._masks: list[bytes] = []  # packed label maps, to hold the file against

    def add(self, stem: str, case: ExportCase) -> None:
        self._labels = case.labels
        mask = case.written_mask()
        for k, plane in enumerate(mask):
            number = len(self._images) + 1
            height, width = plane.shape
            files = case.named_files
            name = files[0] if files else stem
            image: dict[str, Any] = {"id": number, "width": width, "height": height, "file_name": name, "case": stem}
            if len(mask) > 1:
                image["slice"] = k
                image["file_name"] = files[k] if len(files) == len(mask) else name
            self._images.append(image)
            self._masks.append(_packed(plane))
            for annotation in _instances(plane, number, self._polygons):
                self._annotations.append({"id": len(self._annotations) + 1, **annotation})

    def write(self, outlet: Outlet, program: dict[str, Any]) -> Written:
        """Raises ExportStoppedError."""
        whole = {
            "info": {"description": "Label masks. Not a medical device; for review by a qualified reader.",
                     "version": str(program.get("version", ""))},
            "licenses": [], "images": self._images, "annotations": self._annotations,
            "categories": [{"id": label.id, "name": label.name, "supercategory": ""} for label in self._labels],
        }
        data = json.dumps(whole, ensure_ascii=False, allow_nan=False).encode()
        return outlet.write(self._file, "coco", lambda file: _put(file, data), self._prove)

    def _prove(self, path: Path) -> None:
        """By pycocotools, from the file on disk: names, areas, and every pixel of every image."""
        found = json.loads(path.read_bytes())
        if [(one["id"], one["name"]) for one in found["categories"]] != [(one.id, one.name) for one in self._labels]:
            raise mismatch(self._file, Message("Read back, its names are not the labels' names."))
        by_image: dict[int, list[dict[str, Any]]] = {}
        for one in found["annotations"]:
            by_image.setdefault(one["image_id"], []).append(one)
        if len(found["images"]) != len(self._masks):
            raise mismatch(self._file, Message("Read back, images are missing."))
        for image, packed in zip(found["images"], self._masks, strict=True):
            plane = np.zeros((image["height"], image["width"]), np.uint16)
            for one in by_image.get(image["id"], []):
                instance = _decoded(one["segmentation"], image["height"], image["width"])
                if int(instance.sum()) != one["area"] or plane[instance].any():
                    raise mismatch(self._file, Message("Read back, the instances of image {id} are not what they were.",
                                                 id=image["id"]))
                plane[instance] = one["category_id"]
            same_voxels(self._file, _unpacked(packed, plane.shape), plane)


def _put(file: BinaryIO, data: bytes) -> None:
    file.write(data)


def _packed(plane: Plane) -> bytes:
    import zlib

    return zlib.compress(np.ascontiguousarray(plane.astype(np.uint16)).tobytes(), 1)


def _unpacked(packed: bytes, shape: tuple[int, ...]) -> npt.NDArray[np.uint16]:
    import zlib

    return np.frombuffer(zlib.decompress(packed), np.uint16).reshape(shape)


def _instances(plane: Plane, image: int, polygons: bool) -> Iterator[dict[str, Any]]:
    from pycocotools import mask as coco

    for label, filled, box in instances(plane):
        code = coco.encode(np.asfortranarray(filled, np.uint8))
        said: object = {"size": code["size"], "counts": code["counts"].decode("ascii")}
        if polygons:
            said = _polygons(filled) or said
        yield {"image_id": image, "category_id": label, "bbox": list(box), "area": int(np.count_nonzero(filled)),
               "iscrowd": 0, "segmentation": said}


def _polygons(filled: Filled) -> list[list[float]] | None:
    """[x, y, x, y, ...] of each outline; None where they do not give back the very pixels."""
    lines = outlines(filled)
    if any(one.is_hole for one in lines):
        return None
    found = [one.corners[:, ::-1].ravel().tolist() for one in lines]
    return found if np.array_equal(_decoded(found, *filled.shape), filled) else None


def _decoded(said: Any, height: int, width: int) -> Filled:
    """By pycocotools."""
    from pycocotools import mask as coco

    with warnings.catch_warnings():  # pycocotools answers numpy's older question about copies
        warnings.simplefilter("ignore", DeprecationWarning)
        if isinstance(said, list):
            said = coco.merge(coco.frPyObjects(said, height, width))
        filled: Filled = np.asarray(coco.decode(said)).astype(bool)
    return filled


class CocoFile:
    """The set as one of an export's formats."""

    def __init__(self, means: Means, *, polygons: bool) -> None:
        self._set, self._means = CocoSet(polygons=polygons), means

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        self._set.add(name, case)
        return ()

    def finish(self) -> None:
        self._set.write(self._means.outlet, self._means.program)
