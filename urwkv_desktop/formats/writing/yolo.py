"""YOLO segmentation: pictures, a text of polygons for each, and data.yaml. Holes are joined to their part by keyholes.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing import png
from urwkv_desktop.formats.writing.contours import fill, keyholed
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.names import Names, table_id
from urwkv_desktop.formats.writing.proven import Outlet, Written, mismatch, same_voxels
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.formats.writing.shown import shown
from urwkv_desktop.imaging import Labels, Message, Refusal

FOLDER = "yolo"
_SPLITS = {"train": "train", "validation": "val", "test": "test"}


class YoloSet:
    """yolo/images/SPLIT/ID.png and yolo/labels/SPLIT/ID.txt; a text without a line is a picture without a label.

    Classes count from 0 in the order of the labels; an instance (8 neighbours) is a line.
    """

    def __init__(self, means: Means) -> None:
        self._outlet, self._ids, self._version = means.outlet, Names(), means.version
        self._labels = Labels()

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        self._labels = case.labels
        mask, key = case.written_mask(), case.key("yolo", self._version)
        name, split = self._ids.give(table_id(name)), _SPLITS.get(case.split, "train")
        written = []
        for k, plane in enumerate(mask):
            stem = f"{split}/{name}" if len(mask) == 1 else f"{split}/{name}_{k + 1:04d}"
            written.append(png.write(self._outlet, f"{FOLDER}/images/{stem}.png", shown(case.image, k), key=key))
            written.append(_write(self._outlet, f"{FOLDER}/labels/{stem}.txt", plane, case.labels, key))
        return written

    def finish(self) -> None:
        """data.yaml, which is JSON too: quoted so, any name of a label is one."""
        names = "".join(f"  {number}: {json.dumps(label.name, ensure_ascii=False)}\n"
                        for number, label in enumerate(self._labels))
        if not names:
            return
        data = f"path: .\ntrain: images/train\nval: images/val\ntest: images/test\nnames:\n{names}".encode()

        def prove(path: Path) -> None:
            if path.read_bytes() != data:
                raise mismatch(f"{FOLDER}/data.yaml", Message("Read back, it is not what was written."))

        self._outlet.write(f"{FOLDER}/data.yaml", "yolo", lambda file: _put(file, data), prove)


def _write(outlet: Outlet, file: str, plane: npt.NDArray[np.generic], labels: Labels, key: str) -> Written:
    if max(plane.shape) > 100_000:
        raise Refusal(tried=Message("Writing YOLO."), cause=Message("The picture is too large for its polygons."),
                      cure=Message("Export this case as COCO."))
    data = "".join(f"{line}\n" for line in _lines(plane, labels)).encode()
    return outlet.write(file, "yolo", lambda target: _put(target, data),
                        lambda path: _prove(path, file, plane, labels), key=key)


def _lines(plane: npt.NDArray[np.generic], labels: Labels) -> Iterator[str]:
    height, width = plane.shape
    for number, label in enumerate(labels):
        for line in keyholed(plane == label.id, by_corners=True):
            places = " ".join(f"{column / width:.8g} {row / height:.8g}" for row, column in line.tolist())
            yield f"{number} {places}"


def _prove(path: Path, name: str, plane: npt.NDArray[np.generic], labels: Labels) -> None:
    """Every polygon filled again by the centres of pixels."""
    height, width = plane.shape
    again, ids = np.zeros_like(plane), [label.id for label in labels]
    for line in path.read_text("ascii").splitlines():
        number, *places = line.split()
        points = np.asarray(places, np.float64).reshape(-1, 2)
        if len(points) < 3 or points.min() < 0 or points.max() > 1:
            raise mismatch(name, Message("Read back, a polygon leaves the picture."))
        filled = fill([np.rint(points[:, ::-1] * (height, width) * 1000) / 1000], (height, width))
        again[filled] = ids[int(number)]
    same_voxels(name, plane, again)


def _put(file: Any, data: bytes) -> None:
    file.write(data)
