"""COCO and labelme in: JSON with polygons, run lengths or small pictures.

Their coordinates name a pixel's upper left corner by whole numbers, so that its centre lies half a pixel further.
"""

import base64
import io
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.label_set import LabelName, LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.reading.label_painting import MOST, Canvas, refused, size
from urwkv_desktop.formats.reading.label_polygons import filled
from urwkv_desktop.formats.refusals import damaged, too_large, unknown_kind
from urwkv_desktop.imaging import Message

_LONGEST = 512 << 20
_SHAPES = ("polygon", "rectangle", "circle", "mask")
_BAD = (KeyError, TypeError, ValueError, IndexError, OverflowError, AttributeError)
Filled = npt.NDArray[np.bool_]


def loaded(path: Path) -> dict[str, Any]:
    """Raises Refusal for what is no JSON object, or far too long."""
    if path.stat().st_size > _LONGEST:
        raise too_large(path.stat().st_size, _LONGEST)
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise damaged("JSON") from error
    if not isinstance(found, dict):
        raise unknown_kind()
    return found


def is_coco(found: dict[str, Any]) -> bool:
    return isinstance(found.get("images"), list) and isinstance(found.get("annotations"), list)


def is_labelme(found: dict[str, Any]) -> bool:
    return isinstance(found.get("shapes"), list) and "imageHeight" in found


def files_of(path: Path) -> frozenset[str] | None:
    """The images that a file holds labels for, by their names as it gives them; None where it is of neither kind.

    Raises Refusal.
    """
    found = loaded(path)
    try:
        if is_labelme(found):
            return frozenset({str(found.get("imagePath") or "")})
        if not is_coco(found):
            return None
        drawn = {one["image_id"] for one in found["annotations"] if one.get("segmentation")}
        return frozenset(str(one.get("file_name", "")) for one in found["images"] if one["id"] in drawn)
    except _BAD as error:
        raise damaged("JSON") from error


def parts(name: str) -> tuple[str, ...]:
    """Of a path as such a file gives it, which another system may have written."""
    return tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def can_be(said: str, file: str) -> bool:
    """Whether a list can mean the file by that name: they are equal from the end on, as far as the shorter goes."""
    ours, theirs = parts(file), parts(said)
    shared = min(len(ours), len(theirs))
    return shared > 0 and ours[-shared:] == theirs[-shared:]


def read(path: Path, target: LabelTarget, wish: LabelWish) -> LabelSet:
    """Raises Refusal."""
    found = loaded(path)
    try:
        if is_coco(found):
            return _coco(found, target, wish)
        if is_labelme(found):
            return _labelme(found, target, wish)
    except _BAD as error:
        raise damaged("JSON") from error
    raise unknown_kind()


def _coco(found: dict[str, Any], target: LabelTarget, wish: LabelWish) -> LabelSet:
    images = _images(found["images"], target)
    ids = [int(one["id"]) for one in found.get("categories", ()) if int(one["id"])]
    if max(ids, default=0) > MOST:  # its own numbers, not ours: its names tell them apart
        found = _renumbered(found, {one: number for number, one in enumerate(ids, start=1)})
    names = tuple(LabelName(int(one["id"]), str(one["name"])) for one in found.get("categories", ()) if int(one["id"]))
    said = {name.value: name.name for name in names}
    canvas = Canvas(target, wish)
    for one in found["annotations"]:
        k = images.get(one["image_id"])
        if k is not None and one.get("segmentation"):
            canvas.paint(k, _segment(one["segmentation"], *target.shape[1:]), int(one["category_id"]), names=said)
    return LabelSet(canvas.voxels, names)


def _renumbered(found: dict[str, Any], numbers: dict[int, int]) -> dict[str, Any]:
    categories = [{**one, "id": numbers.get(int(one["id"]), 0)} for one in found["categories"]]
    annotations = [{**one, "category_id": numbers[int(one["category_id"])]} for one in found["annotations"]]
    return {**found, "categories": categories, "annotations": annotations}


def _images(said: Sequence[dict[str, Any]], target: LabelTarget) -> dict[Any, int]:
    """Which slice of ours each of its images is: by path, by file name, or the only one of a file with one image."""
    mine = [(one, place) for place, file in enumerate(target.files) for one in _called(said, file)]
    if not mine and len(said) == 1 and target.shape[0] == 1:
        mine = [(said[0], 0)]
    if not mine:
        raise refused(Message("This file speaks of {count} images, and this one is not among them.", count=len(said)),
                      Message("Its images are known by their file names."))
    found = {}
    for one, place in mine:
        if (int(one["height"]), int(one["width"])) != target.shape[1:]:
            raise refused(Message("The mask is {mask}, the image {image} (slices, rows, columns).",
                                  mask=size((1, int(one["height"]), int(one["width"]))), image=size(target.shape)))
        k = int(one.get("slice", place))
        if not 0 <= k < target.shape[0]:
            raise damaged("JSON")
        found[one["id"]] = k
    return found


def _called(said: Sequence[dict[str, Any]], file: str) -> list[dict[str, Any]]:
    """Those of the one name that the file answers to best. Raises Refusal where it answers to two alike."""
    names = {name for one in said if can_be(name := str(one.get("file_name", "")), file)}
    best = max((_likeness(name, file) for name in names), default=(0, False))
    likest = {name for name in names if _likeness(name, file) == best}
    if len({parts(name) for name in likest}) > 1:
        raise refused(Message("This file speaks of several images that this one could be."),
                      Message("Its images are known by their file names."))
    return [one for one in said if str(one.get("file_name", "")) in likest]


def _likeness(name: str, file: str) -> tuple[int, bool]:
    """How many names of folder and file they share, and whether they are the same."""
    ours, theirs = parts(file), parts(name)
    return min(len(ours), len(theirs)), ours == theirs


def _segment(said: Any, height: int, width: int) -> Filled:
    if isinstance(said, list):
        whole = np.zeros((height, width), np.bool_)
        for outline in said:  # COCO's polygons are unions
            whole |= filled([np.asarray(outline, np.float64).reshape(-1, 2) - 0.5], height, width)
        return whole
    if [int(one) for one in said["size"]] != [height, width]:
        raise damaged("JSON")
    counts = said["counts"]
    return _runs(_counts(counts) if isinstance(counts, str) else [int(one) for one in counts], height, width)


def _runs(counts: Sequence[int], height: int, width: int) -> Filled:
    """Column by column, first what is empty."""
    if sum(counts) != height * width or min(counts, default=0) < 0:
        raise damaged("run length")
    values = np.arange(len(counts)) % 2 == 1
    return np.repeat(values, counts).reshape(width, height).T


def _counts(text: str) -> list[int]:
    """COCO's letters: six bits each from "0" on, five of the number and one that says whether more follow; from the
    third number on, the difference to the number two before."""
    found: list[int] = []
    value = shift = 0
    for letter in text.encode("ascii"):
        bits = letter - 48
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32:
            if shift > 60:
                raise damaged("run length")
            continue
        if bits & 16:
            value -= 1 << shift
        found.append(value + (found[-2] if len(found) > 2 else 0))
        value = shift = 0
    return found


def _labelme(found: dict[str, Any], target: LabelTarget, wish: LabelWish) -> LabelSet:
    height, width = int(found["imageHeight"]), int(found["imageWidth"])
    if (1, height, width) != target.shape:
        raise refused(Message("The mask is {mask}, the image {image} (slices, rows, columns).",
                              mask=size((1, height, width)), image=size(target.shape)))
    shapes = [one for one in found["shapes"] if one.get("shape_type", "polygon") in _SHAPES]
    words = list(dict.fromkeys(str(one["label"]) for one in shapes))
    names = tuple(LabelName(number, word) for number, word in enumerate(words, start=1))
    said = {name.value: name.name for name in names}
    canvas = Canvas(target, wish)
    for one in shapes:
        canvas.paint(0, _shape(one, height, width), words.index(str(one["label"])) + 1, names=said)
    return LabelSet(canvas.voxels, names)


def _shape(one: dict[str, Any], height: int, width: int) -> Filled:
    kind, points = one.get("shape_type", "polygon"), np.asarray(one["points"], np.float64).reshape(-1, 2)
    if kind == "mask":
        return _picture(one["mask"], points, height, width)
    if kind == "rectangle":
        (x0, y0), (x1, y1) = points
        points = np.asarray([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    if kind == "circle":
        (x, y), (x1, y1) = points
        rows, columns = np.mgrid[:height, :width]
        inside: Filled = np.hypot(columns + 0.5 - x, rows + 0.5 - y) <= math.hypot(x1 - x, y1 - y)
        return inside
    return filled([points - 0.5], height, width)


def _picture(coded: str, points: npt.NDArray[np.float64], height: int, width: int) -> Filled:
    """Both corners of its box belong to it."""
    import PIL.Image

    left, top, right, bottom = (round(one) for one in points.ravel()[:4])
    whole = np.zeros((height, width), np.bool_)
    with PIL.Image.open(io.BytesIO(base64.b64decode(coded)), formats=("PNG",)) as opened:
        if opened.size != (right - left + 1, bottom - top + 1) or min(left, top) < 0:
            raise damaged("JSON")
        whole[top:bottom + 1, left:right + 1] = np.asarray(opened.convert("L"))[:height - top, :width - left] > 0
    return whole
