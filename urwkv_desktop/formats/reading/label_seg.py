"""DICOM SEG in: BINARY, FRACTIONAL and LABELMAP, placed by position, or by the image and frame that it refers to.

Source: DICOM PS3.3, C.8.20 and C.7.6.16.2.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.label_set import LabelName, LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.dicom_facts import facts, syntax_refusal
from urwkv_desktop.formats.reading.dicom_file import DicomFile, open_dicom
from urwkv_desktop.formats.reading.dicom_pixels import decode
from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE, first, integer, items, numbers, quietly, text, uid
from urwkv_desktop.formats.reading.label_painting import Canvas, on_grid, refused, size
from urwkv_desktop.formats.refusals import damaged
from urwkv_desktop.imaging import Finding, Geometry, Message

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

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
    file = open_dicom(path, room)
    data = _header(file)
    kind, names, frames = text(data, "SegmentationType").upper(), _names(data), _frames(data)
    if _is_tiled(data):
        raise refused(Message("The mask is laid out in tiles over a slide, which this program does not read."))
    pixels = _pixels(file, len(frames), kind, room)
    findings = _other_series(data, target)
    if kind == "FRACTIONAL":
        most = integer(data, "MaximumFractionalValue") or 255
        pixels = (pixels >= max(1, math.ceil(wish.threshold * most))).view(np.uint8)
        findings += (Finding("mask.threshold", Message("A fractional mask: what is at least {share} % belongs to it.",
                                                       share=round(100 * wish.threshold))),)
    if kind == "LABELMAP":
        background = integer(data, "PixelPaddingValue") or 0
        pixels[pixels == background] = 0
    elif any(frame.segment is None for frame in frames):
        raise damaged("segmentation")
    said = {name.value: name.name for name in names}
    slices = _slices(frames, target, root)
    if slices is None or pixels.shape[1:] != target.shape[1:] or not all(
            _same_plane(frame, target.geometry) for frame in frames):
        voxels, more = _another_grid(pixels, frames, target, wish, said, room)
        return LabelSet(voxels, names, (*findings, *more))
    canvas = Canvas(target, wish)
    for frame, k, plane in zip(frames, slices, pixels, strict=True):
        _paint(canvas, k, plane, None if kind == "LABELMAP" else frame.segment, said)
    return LabelSet(canvas.voxels, names, findings)


def _header(file: DicomFile) -> "Dataset":
    """All that stands before the pixels. Raises Refusal."""
    from pydicom import dcmread

    try:
        with file.stream() as stream:
            return dcmread(stream, stop_before_pixels=True, force=True)
    except BAD_VALUE as error:
        raise damaged("DICOM") from error


def _is_tiled(data: "Dataset") -> bool:
    return text(data, "DimensionOrganizationType").upper().startswith("TILED") or any(
        first(group, "PlanePositionSlideSequence") is not None
        for group in items(data, "PerFrameFunctionalGroupsSequence"))


def _other_series(data: "Dataset", target: LabelTarget) -> tuple[Finding, ...]:
    """A mask of other images than these may lie at the same place, and nothing but this tells."""
    series = target.identity.removeprefix("dicom:").partition(":")[0]
    named = {uid(one, "SeriesInstanceUID") for one in items(data, "ReferencedSeriesSequence")} - {""}
    if not target.identity.startswith("dicom:") or "." not in series or not named or series in named:
        return ()
    return (Finding("mask.other_series", Message("The mask was drawn on another series than this one; it was placed by "
                                                 "its position alone.")),)


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


def _pixels(file: DicomFile, frames: int, kind: str, room: Room) -> npt.NDArray[Any]:
    """[frames, H, W], one number for each pixel. Raises Refusal."""
    if kind not in ("BINARY", "FRACTIONAL", "LABELMAP") or not frames or not file.pixels:
        raise damaged("segmentation")
    unread = syntax_refusal(file)
    if unread is not None:
        raise unread
    with quietly():
        found, _ = facts(file)
        found = replace(found, photometric="MONOCHROME2") if found.is_palette else found
        if found.frames != frames or found.samples > 1 or found.signed or found.keyword != "PixelData":
            raise damaged("segmentation")
        room.claim(found.decoded_bytes, volume=True)
        pixels = np.zeros((frames, found.rows, found.columns), found.dtype)
        decode(file, found, {frame: frame for frame in range(frames)}, pixels)
    return pixels


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


def _another_grid(pixels: npt.NDArray[Any], frames: Sequence[_Frame], target: LabelTarget, wish: LabelWish,
                  said: dict[int, str], room: Room) -> tuple[npt.NDArray[np.uint8], tuple[Finding, ...]]:
    """Its frames as a volume of their own, then as any mask on another grid."""
    head = frames[0]
    if not target.geometry.oriented and pixels.shape[1:] != target.shape[1:]:
        raise refused(Message("The mask is {mask}, the image {image} (slices, rows, columns).",
                              mask=size(pixels.shape), image=size(target.shape)))
    if not target.geometry.oriented or len(head.spacing) != 2 or any(
            len(frame.position) != 3 or frame.directions != head.directions or len(frame.directions) != 6
            for frame in frames):
        raise refused(Message("The mask's planes lie on no slice of this image."))
    across, down = np.asarray(head.directions[:3]), np.asarray(head.directions[3:])
    heights = np.asarray([np.asarray(frame.position) @ np.cross(across, down) for frame in frames])
    levels = np.unique(np.round(heights, 3))
    step = float(np.diff(levels).min(initial=np.inf))
    step = step if np.isfinite(step) else float(np.linalg.norm(target.geometry.step))
    count = max(2, round((levels[-1] - levels[0]) / step) + 1)  # of a single plane the thickness would be lost
    room.claim(count * pixels[0].size, volume=True)
    first_position = np.asarray(frames[int(heights.argmin())].position)
    positions = first_position + np.arange(count)[:, None] * step * np.cross(across, down)
    place = Geometry(positions, tuple(across), tuple(down), head.spacing[0], head.spacing[1],
                     target.geometry.kind, target.geometry.third_axis, oriented=True)
    canvas = Canvas(LabelTarget((count, *pixels.shape[1:]), place), wish)
    for frame, height, plane in zip(frames, heights, pixels, strict=True):
        _paint(canvas, round((height - levels[0]) / step), plane, frame.segment, said)
    moved, findings = on_grid(canvas.voxels, place, target, wish)
    return moved.astype(np.uint8, copy=False), findings
