"""Several frames in one file: volumes with a place of each frame (functional groups), or frames in time."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.dicom_place import Scale, macro, orientation, position, scale
from urwkv_desktop.formats.reading.dicom_series import part_of, position_findings
from urwkv_desktop.formats.reading.dicom_values import first, items, number, numbers, text, value
from urwkv_desktop.formats.reading.dicom_voi import windows
from urwkv_desktop.imaging import Finding, Message, Severity, ThirdAxis, Window

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Vector = npt.NDArray[np.float64]
# ImagePositionPatient, InStackPositionNumber, StackID, ImagePositionVolume: they count places.
_SPATIAL = {0x00200032, 0x00209057, 0x00209056, 0x00209301}


@dataclass(frozen=True, eq=False)
class FrameVolume:
    """frames: indices in the file, in the order of the slices. slope, intercept: one a frame; None: the file's own.

    in_patient: whether directions and positions are the patient's.
    """

    frames: tuple[int, ...]
    part: str
    scale: Scale
    third_axis: ThirdAxis
    directions: tuple[Vector, Vector] | None = None
    positions: Vector | None = None
    slope: tuple[float, ...] | None = None
    intercept: tuple[float, ...] | None = None
    windows: tuple[Window, ...] = ()
    findings: tuple[Finding, ...] = ()
    in_patient: bool = True


@dataclass(frozen=True, eq=False)
class _Frame:
    """turns: its numbers in the dimensions that are no place. stack: as the file calls the stack that it belongs to."""

    index: int
    directions: tuple[Vector, Vector]
    position: tuple[float, float, float]
    in_patient: bool
    scale: Scale
    slope: float
    intercept: float
    windows: tuple[Window, ...]
    kind: tuple[Hashable, ...]
    stack: str
    turns: tuple[int, ...]

    @property
    def along(self) -> float:
        return float(np.cross(*self.directions) @ np.asarray(self.position))


def frame_volumes(dataset: "Dataset", frames: int) -> list[FrameVolume]:
    """How the frames of one file fall into images: one in time, or one or more volumes in space."""
    modality = text(dataset, "Modality")
    groups = list(items(dataset, "PerFrameFunctionalGroupsSequence"))
    if groups:
        placed = _placed(dataset, groups, modality) if len(groups) == frames else []
        if len(placed) == frames and all(frame.in_patient for frame in placed):
            return _volumes(placed)
        if len(placed) == frames and _is_one_stack(placed):
            return [_volume(placed, "")]
        note = Finding("dicom.unplaced", Message("The places of its frames can't be read; they are shown in the order "
                                                 "of the file."))
        shared = first(dataset, "SharedFunctionalGroupsSequence")
        own = scale(dataset, modality, macro(groups[0], shared, "PixelMeasuresSequence"))
        return [FrameVolume(tuple(range(frames)), "", own, ThirdAxis.none, findings=(note,))]
    dose = _dose_grid(dataset, frames, modality)
    if dose is not None:
        return [dose]
    axis = ThirdAxis.none if modality == "SM" else ThirdAxis.time
    return [FrameVolume(tuple(range(frames)), "", scale(dataset, modality), axis if frames > 1 else ThirdAxis.none)]


def _placed(dataset: "Dataset", groups: "list[Dataset]", modality: str) -> list[_Frame]:
    """Every frame with its place, or none at all where one has none."""
    shared = first(dataset, "SharedFunctionalGroupsSequence")
    pointers = _pointers(dataset)
    found = []
    for index, group in enumerate(groups):
        place = _place(group, shared)
        if place is None:
            return []
        change = macro(group, shared, "PixelValueTransformationSequence")
        slope = number(change, "RescaleSlope") if change is not None else None
        intercept = number(change, "RescaleIntercept") if change is not None else None
        measures = macro(group, shared, "PixelMeasuresSequence")
        content = first(group, "FrameContentSequence")
        found.append(_Frame(index, *place, scale(dataset, modality, measures), slope or 1.0, intercept or 0.0,
                            _windows(group, shared, slope or 1.0), _kind(group, shared),
                            text(content, "StackID") if content is not None else "",
                            _turns(content, pointers)))
    return found


def _place(group: "Dataset", shared: "Dataset | None",
           ) -> tuple[tuple[Vector, Vector], tuple[float, float, float], bool] | None:
    """Directions, position, and whether they are the patient's: an ultrasound volume has a space of its own."""
    for space in ("", "Volume"):
        directions = orientation(macro(group, shared, f"PlaneOrientation{space}Sequence"),
                                 f"ImageOrientation{space or 'Patient'}")
        place = position(macro(group, shared, f"PlanePosition{space}Sequence"), f"ImagePosition{space or 'Patient'}")
        if directions is not None and place is not None:
            return directions, place, not space
    return None


def _pointers(dataset: "Dataset") -> list[int]:
    """What the numbers of DimensionIndexValues count, as tags."""
    found = [value(one, "DimensionIndexPointer") for one in items(dataset, "DimensionIndexSequence")]
    return [int(one) if isinstance(one, int) else 0 for one in found]


def _turns(content: "Dataset | None", pointers: list[int]) -> tuple[int, ...]:
    """The frame's numbers in those dimensions that are not its place; () where they can't be told."""
    counted = numbers(content, "DimensionIndexValues") if content is not None else ()
    if len(counted) != len(pointers):
        return ()
    return tuple(int(one) for one, tag in zip(counted, pointers, strict=True) if tag not in _SPATIAL)


def _windows(group: "Dataset", shared: "Dataset | None", slope: float) -> tuple[Window, ...]:
    item = macro(group, shared, "FrameVOILUTSequence")
    return windows(item, fractional=slope % 1 != 0) if item is not None else ()


def _kind(group: "Dataset", shared: "Dataset | None") -> tuple[Hashable, ...]:
    """What tells the volumes of one file apart, other than the place."""
    def asked(sequence: str, keyword: str) -> Hashable:
        item = macro(group, shared, sequence)
        return text(item, keyword) if item is not None else ""

    types = [asked(f"{name}ImageFrameTypeSequence", "FrameType") for name in ("MR", "CT", "PET", "XAXRF")]
    return (*types, asked("MREchoSequence", "EffectiveEchoTime"), asked("MRDiffusionSequence", "DiffusionBValue"),
            asked("FrameContentSequence", "TemporalPositionIndex"))


def _volumes(frames: list[_Frame]) -> list[FrameVolume]:
    alike: dict[tuple[Hashable, ...], list[_Frame]] = defaultdict(list)
    for frame in frames:
        directions = tuple(round(float(one), 3) + 0.0 for one in np.concatenate(frame.directions))
        alike[(directions, frame.scale.row_mm, frame.scale.column_mm, frame.kind)].append(frame)
    if len(frames) > 1 and all(frame.position == frames[0].position for frame in frames) and len(
            {key[:3] for key in alike}) == 1:
        return [_in_time(frames)]
    stacks = [(key, stack) for known, members in alike.items() for key, together in _by_stack(known, members)
              for stack in _by_turn(together)]
    if len(stacks) == 1:
        return [_volume(stacks[0][1], "")]
    note = Finding("dicom.volumes", Message("This file holds {count} volumes; each is a case.", count=len(stacks)),
                   Severity.note)
    return [_volume(stack, part_of((key, turn)), note) for turn, (key, stack) in enumerate(stacks)]


def _by_stack(key: tuple[Hashable, ...], members: list[_Frame]) -> list[tuple[tuple[Hashable, ...], list[_Frame]]]:
    """Stacks that the file calls so: two blocks of slices with a gap between them are no volume that lacks slices."""
    stacks: dict[str, list[_Frame]] = defaultdict(list)
    for frame in members:
        stacks[frame.stack].append(frame)
    if len(stacks) == 1 or max(map(len, stacks.values())) == 1:
        return [(key, members)]
    return [((*key, name), stack) for name, stack in stacks.items()]


def _is_one_stack(frames: list[_Frame]) -> bool:
    """Frames without a place in the patient are told by their number alone: they stay in the file's order, which must
    be that of their places."""
    steps = np.diff([frame.along for frame in frames])
    return len(frames) > 1 and bool((steps > 0).all() or (steps < 0).all())


def _in_time(frames: list[_Frame]) -> FrameVolume:
    """All at one place: one image whose third axis is time."""
    head = frames[0]
    return FrameVolume(tuple(range(len(frames))), "", head.scale, ThirdAxis.time, head.directions,
                       np.asarray([frame.position for frame in frames], np.float64),
                       tuple(frame.slope for frame in frames), tuple(frame.intercept for frame in frames), head.windows,
                       in_patient=head.in_patient)


def _by_turn(members: list[_Frame]) -> list[list[_Frame]]:
    """Frames that share places fall apart by the dimensions that the file counts, else by their order in it."""
    turns: dict[Hashable, int] = defaultdict(int)
    by_order: dict[int, list[_Frame]] = defaultdict(list)
    by_count: dict[tuple[int, ...], list[_Frame]] = defaultdict(list)
    for frame in members:
        by_order[turns[_spot(frame)]].append(frame)
        by_count[frame.turns].append(frame)
        turns[_spot(frame)] += 1
    is_clean = len(by_count) == len(by_order) and all(
        len({_spot(frame) for frame in stack}) == len(stack) for stack in by_count.values())
    return [by_count[turn] for turn in sorted(by_count)] if is_clean else [by_order[turn] for turn in sorted(by_order)]


def _spot(frame: _Frame) -> Hashable:
    return tuple(round(one, 2) for one in frame.position)


def _volume(stack: list[_Frame], part: str, *notes: Finding) -> FrameVolume:
    ordered = sorted(stack, key=lambda frame: (frame.along, frame.index)) if stack[0].in_patient else stack
    positions = np.asarray([frame.position for frame in ordered], np.float64)
    middle = ordered[len(ordered) // 2]
    normal = np.cross(*middle.directions) * (1 if ordered[-1].along >= ordered[0].along else -1)
    findings = position_findings(positions, normal) if len(ordered) > 1 else ()
    return FrameVolume(tuple(frame.index for frame in ordered), part, middle.scale,
                       ThirdAxis.space if len(ordered) > 1 else ThirdAxis.none, middle.directions, positions,
                       tuple(frame.slope for frame in ordered), tuple(frame.intercept for frame in ordered),
                       middle.windows, (*notes, *findings), in_patient=middle.in_patient)


def _dose_grid(dataset: "Dataset", frames: int, modality: str) -> FrameVolume | None:
    """RT dose: the places stand in GridFrameOffsetVector, relative to the position where the first is 0."""
    offsets = numbers(dataset, "GridFrameOffsetVector")
    directions, start = orientation(dataset), position(dataset)
    if len(offsets) != frames or frames < 2 or directions is None or start is None:
        return None
    normal = np.cross(*directions)
    relative = np.asarray(offsets) - (0.0 if offsets[0] == 0 else offsets[0])
    order = np.argsort(relative, kind="stable")
    positions = np.asarray(start) + relative[order][:, None] * normal
    own = scale(dataset, modality)
    return FrameVolume(tuple(int(one) for one in order), "", own, ThirdAxis.space, directions, positions)

