"""RTSTRUCT in: closed planar contours, on the slice in which they lie. Source: DICOM PS3.3, C.8.8.5 and C.8.8.6."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from urwkv_desktop.formats.label_set import LabelName, LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.reading.dicom_values import integer, items, numbers, text
from urwkv_desktop.formats.reading.label_painting import Canvas, refused
from urwkv_desktop.formats.reading.label_polygons import Corners, filled
from urwkv_desktop.imaging import Finding, Geometry, Message

_NOT_CLOSED = Finding("mask.open_contour", Message("Points and open lines among the contours were left out."))
_HALF = 0.5  # a contour further from its slice than half the way to the next lies on none


def read(path: Path, target: LabelTarget, wish: LabelWish) -> LabelSet:
    """Raises Refusal for an image without a place, for contours on no slice, and for overlaps without an order."""
    from pydicom import dcmread

    geometry = target.geometry
    if not geometry.oriented:
        raise refused(Message("These contours lie in a patient; this image states no place there."),
                      Message("Import them into the images on which they were drawn."))
    data = dcmread(path, force=True)
    names = _names(data)
    said = {name.value: name.name for name in names}
    canvas = Canvas(target, wish)
    odd = False
    for roi in items(data, "ROIContourSequence"):
        value = integer(roi, "ReferencedROINumber") or 0
        by_slice: dict[int, list[Corners]] = defaultdict(list)
        for contour in items(roi, "ContourSequence"):
            if text(contour, "ContourGeometricType") not in ("CLOSED_PLANAR", "CLOSEDPLANAR_XOR", ""):
                odd = True
                continue
            k, corners = _placed(contour, geometry)
            by_slice[k].append(corners)
        for k, outlines in by_slice.items():
            canvas.paint(k, filled(outlines, *target.shape[1:]), value, names=said)
    return LabelSet(canvas.voxels, names, (_NOT_CLOSED,) if odd else ())


def _names(data: Any) -> tuple[LabelName, ...]:
    colours = {integer(roi, "ReferencedROINumber"): numbers(roi, "ROIDisplayColor")
               for roi in items(data, "ROIContourSequence")}
    found = []
    for roi in items(data, "StructureSetROISequence"):
        value = integer(roi, "ROINumber") or 0
        if value:
            found.append(LabelName(value, text(roi, "ROIName") or f"Label {value}", colour=_hex(colours.get(value))))
    return tuple(found)


def _hex(said: tuple[float, ...] | None) -> str:
    if said is None or len(said) != 3 or not all(0 <= one <= 255 for one in said):
        return ""
    return "#" + "".join(f"{int(one):02x}" for one in said)


def _placed(contour: Any, geometry: Geometry) -> tuple[int, Corners]:
    """The slice, and the corners as (column, row), centres at whole numbers."""
    said = np.asarray(numbers(contour, "ContourData"), np.float64)
    if said.size < 9 or said.size % 3 or not np.isfinite(said).all():
        return 0, np.zeros((0, 2))
    points = said.reshape(-1, 3)
    across, down = np.asarray(geometry.along_columns), np.asarray(geometry.along_rows)
    normal = np.cross(across, down)
    heights = geometry.positions @ normal
    off = np.abs(heights - float((points @ normal).mean()))
    k = int(off.argmin())
    usual = float(np.abs(np.diff(np.sort(heights))).min(initial=np.inf))
    if off[k] > min(_HALF * usual, 5.0) + 1e-3:
        raise refused(Message("A contour lies {distance} mm beside the image's slices.",
                              distance=round(float(off[k]), 2)),
                      Message("Import it into the images on which it was drawn."))
    inside = points - geometry.positions[k]
    return k, np.stack([inside @ across / geometry.column_spacing, inside @ down / geometry.row_spacing], axis=1)
