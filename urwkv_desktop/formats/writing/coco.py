"""COCO: one JSON for all cases. Instances are the connected components of a label, 8 neighbours, slice by slice."""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing.proven import Outlet, Written, mismatch, same_voxels
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Labels, Message

FILE = "coco.json"
Plane = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]


class CocoSet:
    """Gathers cases; `write` makes the file of all of them."""

    def __init__(self) -> None:
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
            name = case.source_files[0] if case.source_files else stem
            image: dict[str, Any] = {"id": number, "width": width, "height": height, "file_name": name, "case": stem}
            if len(mask) > 1:
                image["slice"] = k
                image["file_name"] = case.source_files[k] if len(case.source_files) == len(mask) else name
            self._images.append(image)
            self._masks.append(_packed(plane))
            for annotation in _instances(plane, number):
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
        return outlet.write(FILE, "coco", lambda file: _put(file, data), self._prove)

    def _prove(self, path: Path) -> None:
        """By pycocotools, from the file on disk: names, areas, and every pixel of every image."""
        from pycocotools import mask as coco

        found = json.loads(path.read_bytes())
        if [(one["id"], one["name"]) for one in found["categories"]] != [(one.id, one.name) for one in self._labels]:
            raise mismatch(FILE, Message("Read back, its names are not the labels' names."))
        by_image: dict[int, list[dict[str, Any]]] = {}
        for one in found["annotations"]:
            by_image.setdefault(one["image_id"], []).append(one)
        if len(found["images"]) != len(self._masks):
            raise mismatch(FILE, Message("Read back, images are missing."))
        for image, packed in zip(found["images"], self._masks, strict=True):
            plane = np.zeros((image["height"], image["width"]), np.uint16)
            for one in by_image.get(image["id"], []):
                with warnings.catch_warnings():  # pycocotools answers numpy's older question about copies
                    warnings.simplefilter("ignore", DeprecationWarning)
                    instance = coco.decode(one["segmentation"]).astype(bool)
                if int(instance.sum()) != one["area"] or plane[instance].any():
                    raise mismatch(FILE, Message("Read back, the instances of image {id} are not what they were.",
                                                 id=image["id"]))
                plane[instance] = one["category_id"]
            same_voxels(FILE, _unpacked(packed, plane.shape), plane)


def _put(file: BinaryIO, data: bytes) -> None:
    file.write(data)


def _packed(plane: Plane) -> bytes:
    import zlib

    return zlib.compress(np.ascontiguousarray(plane.astype(np.uint16)).tobytes(), 1)


def _unpacked(packed: bytes, shape: tuple[int, ...]) -> npt.NDArray[np.uint16]:
    import zlib

    return np.frombuffer(zlib.decompress(packed), np.uint16).reshape(shape)


def _instances(plane: Plane, image: int) -> Iterator[dict[str, Any]]:
    import cv2
    from pycocotools import mask as coco

    for label in np.flatnonzero(np.bincount(plane.ravel())):
        if label == 0:
            continue
        count, parts, stats, _ = cv2.connectedComponentsWithStats((plane == label).astype(np.uint8), connectivity=8)
        for part in range(1, count):
            left, top, width, height, area = (int(one) for one in stats[part])
            code = coco.encode(np.asfortranarray(parts == part, np.uint8))
            yield {"image_id": image, "category_id": int(label), "bbox": [left, top, width, height], "area": area,
                   "iscrowd": 0, "segmentation": {"size": code["size"], "counts": code["counts"].decode("ascii")}}
