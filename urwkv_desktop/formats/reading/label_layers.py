"""3D Slicer's segmentations (.seg.nrrd): several layers, and in each the values of its segments."""

import contextlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.label_set import LabelName, LabelTarget, LabelWish
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.label_painting import Canvas, refused
from urwkv_desktop.formats.reading.volume import VolumeHeader, geometry_of, voxels
from urwkv_desktop.imaging import Message

_CODED = ("SCT", "SRT")


def segment_names(fields: Mapping[str, str]) -> tuple[LabelName, ...]:
    """Numbered anew from 1 where the file has several layers, whose values repeat."""
    segments = _segments(fields)
    layers = {layer for _, layer, _ in segments}
    return tuple(LabelName(number if len(layers) > 1 else value, fields.get(f"segment{at}_name") or f"Label {value}",
                           _code(fields.get(f"segment{at}_tags", "")), _hex(fields.get(f"segment{at}_color", "")))
                 for number, (at, _, value) in enumerate(segments, start=1))


def layered(found: VolumeHeader, wish: LabelWish, room: Room) -> npt.NDArray[np.generic]:
    """[z, y, x] of all layers together. Raises Refusal where they overlap and no order is given."""
    if found.samples > 1:
        raise refused(Message("The mask is a colour picture; one number for each pixel is needed."))
    if found.times == 1:
        return voxels(found, 0, room)
    segments = _segments(found.fields)
    if not segments:
        raise refused(Message("The mask has {count} volumes; one is needed.", count=found.times))
    x, y, z = found.shape
    canvas = Canvas(LabelTarget((z, y, x), geometry_of(found)[0]), wish)
    names = {name.value: name.name for name in segment_names(found.fields)}
    for layer in range(found.times):
        stored = voxels(found, layer, room)
        for number, (_, where, value) in enumerate(segments, start=1):
            for k in range(z) if where == layer else ():
                filled: npt.NDArray[np.bool_] = stored[k] == value
                if filled.any():
                    canvas.paint(k, filled, number, names=names)
    return canvas.voxels


def _segments(fields: Mapping[str, str]) -> list[tuple[int, int, int]]:
    """(number in the header, layer, value) of each."""
    found = []
    at = 0
    while f"segment{at}_labelvalue" in fields or f"segment{at}_id" in fields:
        with contextlib.suppress(ValueError, KeyError):  # a segment without a value has no voxels
            found.append((at, int(fields.get(f"segment{at}_layer", "0")), int(fields[f"segment{at}_labelvalue"])))
        at += 1
    return found


def _code(tags: str) -> str:
    """The type in Slicer's entry "context~category~scheme^code^meaning~...", or the code alone as this program writes.
    """
    for tag in tags.split("|"):
        name, _, entry = tag.partition(":")
        if name.strip() != "TerminologyEntry":
            continue
        parts = entry.split("~")
        kind = parts[2].split("^") if len(parts) > 2 else []
        if len(kind) > 1:
            return kind[1] if kind[0] in _CODED else ""
        return entry.strip() if entry.strip().isdigit() else ""
    return ""


def _hex(said: str) -> str:
    try:
        parts = [float(one) for one in said.split()]
    except ValueError:
        return ""
    if len(parts) != 3 or not all(0 <= one <= 1 for one in parts):
        return ""
    return "#" + "".join(f"{round(255 * one):02x}" for one in parts)
