"""DICOM SEG in: BINARY, FRACTIONAL and LABELMAP, placed by position, or by the image and frame that it refers to.

Source: DICOM PS3.3, C.8.20 and C.7.6.16.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.label_set import LabelName, LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.dicom_values import first, integer, items, numbers, text, uid
from urwkv_desktop.formats.reading.label_painting import Canvas, on_grid, refused
from urwkv_desktop.formats.refusals import damaged
from urwkv_desktop.imaging import Finding, Geometry, Message

_SNOMED = ("SCT", "SRT", "SNM3")
_NEAR = 0.1  # of the distance between two slices, as far as a frame may lie beside its slice


@dataclass(frozen=True)
class _Frame:
    """segment: its number, None in a LABELMAP. referred: (SOPInstanceUID, frame from 1 or 0) of its image."""

    segment: int | None
    position: tuple[float, ...]
    directions: tuple[float, ...]
    spacing: tuple[float, ...]
    referred: tuple[str, int]


def read(path: Path, target: LabelTarget, wish: LabelWish, room: Room, *, root: Path) -> LabelSet:
    """Raises Refusal where its frames lie on no slice of the image, or labels overlap and no order is given."""
    from pydicom import dcmread

    data = dcmread(path, force=True)
    kind = text(data, "SegmentationType").upper()
    names = _names(data)
    frames = _frames(data)
    pixels = _pixels(data, len(frames), kind, room)
    findings: tuple[Finding, ...] = ()
    shares = pixels
    if kind == "FRACTIONAL":
        most = integer(data, "MaximumFractionalValue") or 255
        shares = (pixels.astype(np.float64) >= max(1, wish.threshold * most)).astype(np.uint8)
        findings = (Finding("mask.threshold", Message("A fractional mask: what is at least {share} % belongs to it.",
                                                      share=round(100 * wish.threshold))),)
    said = {name.value: name.name for name in names}
    slices = _slices(frames, target, root)
    if slices is None or pixels.shape[1:] != target.shape[1:] or not _same_plane(frames[0], target.geometry):
        voxels, more = _another_grid(shares, frames, kind, target, wish, said)
        return LabelSet(voxels, names, (*findings, *more))
    canvas = Canvas(target, wish)
    for frame, k, plane in zip(frames, slices, shares, strict=True):
        _paint(canvas, k, plane, frame.segment, said)
    return LabelSet(canvas.voxels, names, findings)


def _paint(canvas: Canvas, k: int, plane: npt.NDArray[np.generic], segment: int | None, said: dict[int, str]) -> None:
    if segment is not None:
        canvas.paint(k, plane != 0, segment, names=said)
        return
    for value in np.unique(plane[plane != 0]):
        canvas.paint(k, plane == value, int(value), names=said)


def _names(data: Any) -> tuple[LabelName, ...]:
    found = []
    for one in items(data, "SegmentSequence"):
        value = integer(one, "SegmentNumber") or 0
        kind = first(one, "SegmentedPropertyTypeCodeSequence")
        code = text(kind, "CodeValue") if kind is not None and text(kind, "CodingSchemeDesignator") in _SNOMED else ""
        meaning = text(kind, "CodeMeaning") if kind is not None else ""
        if value:
            found.append(LabelName(value, text(one, "SegmentLabel") or meaning or f"Label {value}", code))
    return tuple(found)


def _frames(data: Any) -> list[_Frame]:
    shared = first(data, "SharedFunctionalGroupsSequence")
    found = []
    for own in items(data, "PerFrameFunctionalGroupsSequence"):
        groups = [group for group in (own, shared) if group is not None]
        position = _of(groups, "PlanePositionSequence", "ImagePositionPatient")
        directions = _of(groups, "PlaneOrientationSequence", "ImageOrientationPatient")
        spacing = _of(groups, "PixelMeasuresSequence", "PixelSpacing")
        named = next((one for group in groups if (one := first(group, "SegmentIdentificationSequence"))), None)
        segment = integer(named, "ReferencedSegmentNumber") if named is not None else None
        found.append(_Frame(segment, position, directions, spacing, _referred(groups)))
    return found


def _of(groups: Sequence[Any], sequence: str, keyword: str) -> tuple[float, ...]:
    for group in groups:
        one = first(group, sequence)
        if one is not None and (found := numbers(one, keyword)):
            return found
    return ()


def _referred(groups: Sequence[Any]) -> tuple[str, int]:
    for group in groups:
        derived = first(group, "DerivationImageSequence")
        source = first(derived, "SourceImageSequence") if derived is not None else None
        if source is not None:
            return uid(source, "ReferencedSOPInstanceUID"), integer(source, "ReferencedFrameNumber") or 0
    return "", 0


def _pixels(data: Any, frames: int, kind: str, room: Room) -> npt.NDArray[np.generic]:
    """[frames, H, W], one number for each pixel."""
    rows, columns = integer(data, "Rows") or 0, integer(data, "Columns") or 0
    allocated = integer(data, "BitsAllocated") or 8
    room.claim(rows * columns * max(1, frames) * max(1, allocated // 8), volume=True)
    if not frames or kind not in ("BINARY", "FRACTIONAL", "LABELMAP") or min(rows, columns) < 1:
        raise damaged("segmentation")
    try:
        found = np.asarray(data.pixel_array)
    except (ValueError, AttributeError, RuntimeError, KeyError, NotImplementedError) as error:
        raise damaged("segmentation") from error
    if found.size != frames * rows * columns:
        raise damaged("segmentation")
    return found.reshape(frames, rows, columns)


def _slices(frames: Sequence[_Frame], target: LabelTarget, root: Path) -> list[int] | None:
    """The slice of each frame; None where one lies on none."""
    geometry = target.geometry
    if geometry.oriented and all(len(frame.position) == 3 for frame in frames):
        normal = np.cross(geometry.along_columns, geometry.along_rows)
        heights = geometry.positions @ normal
        allowed = _NEAR * float(np.abs(np.diff(heights)).min(initial=10.0))
        found = []
        for frame in frames:
            k = int(np.abs(geometry.positions - np.asarray(frame.position)).sum(axis=1).argmin())
            if float(np.linalg.norm(geometry.positions[k] - np.asarray(frame.position))) > max(allowed, 0.05):
                return None
            found.append(k)
        return found
    return _by_reference(frames, target, root)


def _by_reference(frames: Sequence[_Frame], target: LabelTarget, root: Path) -> list[int] | None:
    """Pictures and films without a place: by the image's identifier and the number of its frame."""
    from pydicom import dcmread

    if not target.files or not target.identity.startswith("dicom:"):
        return [0] * len(frames) if target.shape[0] == 1 else None
    uids = [str(dcmread(root / PurePosixPath(name), stop_before_pixels=True, force=True,
                        specific_tags=["SOPInstanceUID"]).get("SOPInstanceUID", "")) for name in target.files]
    found = []
    for frame in frames:
        name, count = frame.referred
        if name not in uids:
            raise refused(Message("The mask was drawn on other images than this one."),
                          Message("Open the images that it refers to."))
        k = uids.index(name) if len(uids) > 1 else max(0, count - 1)
        if k >= target.shape[0]:
            return None
        found.append(k)
    return found


def _same_plane(frame: _Frame, geometry: Geometry) -> bool:
    if not geometry.oriented or len(frame.directions) != 6:
        return True
    here = np.concatenate([geometry.along_columns, geometry.along_rows])
    if np.abs(here - np.asarray(frame.directions)).max() > 1e-3:
        return False
    there = frame.spacing or (geometry.row_spacing, geometry.column_spacing)
    return bool(np.abs(np.asarray(there) - (geometry.row_spacing, geometry.column_spacing)).max() < 1e-3)


def _another_grid(shares: npt.NDArray[np.generic], frames: Sequence[_Frame], kind: str, target: LabelTarget,
                  wish: LabelWish, said: dict[int, str]) -> tuple[npt.NDArray[np.uint8], tuple[Finding, ...]]:
    """Its frames as a volume of their own, then as any mask on another grid."""
    placed = [frame for frame in frames if len(frame.position) == 3 and len(frame.directions) == 6]
    if len(placed) < len(frames) or not target.geometry.oriented or len(placed[0].spacing) != 2:
        raise refused(Message("The mask's planes lie on no slice of this image."))
    across, down = np.asarray(frames[0].directions[:3]), np.asarray(frames[0].directions[3:])
    heights = np.asarray([np.asarray(frame.position) @ np.cross(across, down) for frame in frames])
    levels = np.unique(np.round(heights, 3))
    step = float(np.diff(levels).min(initial=np.inf))
    step = step if np.isfinite(step) else float(np.linalg.norm(target.geometry.step))
    count = round((levels[-1] - levels[0]) / step) + 1
    first_position = np.asarray(frames[int(heights.argmin())].position)
    positions = first_position + np.arange(count)[:, None] * step * np.cross(across, down)
    place = Geometry(positions, tuple(across), tuple(down), frames[0].spacing[0], frames[0].spacing[1],
                     target.geometry.kind, target.geometry.third_axis, oriented=True)
    canvas = Canvas(LabelTarget((count, *shares.shape[1:]), place), wish)
    for frame, height, plane in zip(frames, heights, shares, strict=True):
        _paint(canvas, round((height - levels[0]) / step), plane, frame.segment, said)
    moved, findings = on_grid(canvas.voxels, place, target, wish)
    return moved.astype(np.uint8, copy=False), findings
