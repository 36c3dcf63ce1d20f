"""labelme: a picture and a JSON beside it for each slice. Instances are shapes of type "mask", which may have holes."""

import base64
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing import png
from urwkv_desktop.formats.writing.contours import Filled, instances
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.names import Names, table_id
from urwkv_desktop.formats.writing.proven import Outlet, Written, mismatch, same_voxels
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.formats.writing.shown import shown
from urwkv_desktop.imaging import Labels, Message

FOLDER = "labelme"
_VERSION = "6.3.1"  # of the layout, as labelme itself states it


class LabelmeFiles:
    """labelme/ID.png and labelme/ID.json; ID_0001 and on for the slices of a volume, those without a label too."""

    def __init__(self, means: Means) -> None:
        self._outlet, self._ids, self._version = means.outlet, Names(), means.version

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        mask, key = case.written_mask(), case.key("labelme", self._version)
        name = self._ids.give(table_id(name))
        written = []
        for k, plane in enumerate(mask):
            stem = f"{FOLDER}/{name}" if len(mask) == 1 else f"{FOLDER}/{name}_{k + 1:04d}"
            written.append(png.write(self._outlet, f"{stem}.png", shown(case.image, k), key=key))
            written.append(_write(self._outlet, stem, plane, case.labels, key))
        return written

    def finish(self) -> None:
        """Each slice's files stand by themselves."""


def _write(outlet: Outlet, stem: str, plane: npt.NDArray[np.generic], labels: Labels, key: str) -> Written:
    height, width = plane.shape
    whole = {"version": _VERSION, "flags": {}, "shapes": list(_shapes(plane, labels)),
             "imagePath": f"{stem.rpartition('/')[2]}.png", "imageData": None, "imageHeight": height,
             "imageWidth": width}
    data = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    file = f"{stem}.json"
    return outlet.write(file, "labelme", lambda target: _put(target, data),
                        lambda path: _prove(path, file, plane, labels), key=key)


def _shapes(plane: npt.NDArray[np.generic], labels: Labels) -> Iterator[dict[str, Any]]:
    names = {label.id: label.name for label in labels}
    for label, filled, (left, top, width, height) in instances(plane):
        # Both corners of the box belong to it.
        yield {"label": names[label], "points": [[left, top], [left + width - 1, top + height - 1]], "group_id": label,
               "description": "", "shape_type": "mask", "flags": {},
               "mask": _coded(filled[top:top + height, left:left + width])}


def _coded(filled: Filled) -> str:
    import io

    from PIL import Image as Pillow

    packed = io.BytesIO()
    Pillow.fromarray(filled).save(packed, "PNG")
    return base64.b64encode(packed.getvalue()).decode("ascii")


def _prove(path: Path, name: str, plane: npt.NDArray[np.generic], labels: Labels) -> None:
    """The pictures in it by OpenCV, put in their places again."""
    import cv2

    found = json.loads(path.read_text("utf-8"))
    again = np.zeros_like(plane)
    names = {label.id: label.name for label in labels}
    for shape in found["shapes"]:
        (left, top), (right, bottom) = shape["points"]
        coded = np.frombuffer(base64.b64decode(shape["mask"]), np.uint8)
        filled = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
        if filled is None or filled.shape != (bottom - top + 1, right - left + 1):
            raise mismatch(name, Message("Read back, a shape has another size than its box."))
        if shape["label"] != names.get(shape["group_id"]):
            raise mismatch(name, Message("Read back, its names are not the labels' names."))
        again[top:bottom + 1, left:right + 1][filled > 0] = shape["group_id"]
    if (found["imageHeight"], found["imageWidth"]) != plane.shape:
        raise mismatch(name, Message("Read back, it is not what was written."))
    same_voxels(name, plane, again)


def _put(file: Any, data: bytes) -> None:
    file.write(data)
