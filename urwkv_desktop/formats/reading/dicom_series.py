"""Files of a folder become volumes: grouped by what must be equal, sorted along the normal, never by name."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.dicom_caption import caption, series_name
from urwkv_desktop.formats.reading.dicom_facts import PixelFacts
from urwkv_desktop.formats.reading.dicom_place import orientation, position, scale
from urwkv_desktop.formats.reading.dicom_values import integer, number, text, uid
from urwkv_desktop.imaging import Finding, Message

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Vector = npt.NDArray[np.float64]
# A step that is larger than the usual one by this factor has lost a slice.
_GAP = 1.5
_TILT = 0.1  # sideways part of a step, as a share of it


@dataclass(frozen=True)
class Instance:
    """What the index keeps of one DICOM file. `digest`: SHA-256 of the file, computed only where it is needed."""

    file: str
    sop_uid: str
    series_uid: str
    modality: str
    body_part: str
    patient: str
    colour: bool | None
    frames: int
    shape: tuple[int | str | bool, ...]
    directions: tuple[float, ...]
    position: tuple[float, float, float] | None
    spacing: tuple[float, float]
    frame_of_reference: str
    echo: float | None
    temporal: int | None
    acquisition: int | None
    image_type: tuple[str, ...]
    trigger: float | None
    b_value: float | None
    number: int
    findings: tuple[Finding, ...] = ()
    series_name: str = ""
    caption: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def is_slice(self) -> bool:
        """It has a place in a patient, and so may be one slice of a volume."""
        return self.frames == 1 and self.position is not None and bool(self.directions) and not self.is_mosaic

    @property
    def is_mosaic(self) -> bool:
        return "MOSAIC" in self.image_type

    @cached_property
    def along(self) -> float:
        """mm along the normal."""
        a, b, c, d, e, f = self.directions
        x, y, z = self.position or (0.0, 0.0, 0.0)
        return (b * f - c * e) * x + (c * d - a * f) * y + (a * e - b * d) * z

    @cached_property
    def place(self) -> tuple[float, ...]:
        """Its position, as far as two slices at one place agree."""
        return tuple(round(one, 2) for one in self.position or ())


def instance(file: str, dataset: "Dataset", facts: PixelFacts, findings: tuple[Finding, ...]) -> Instance:
    modality = text(dataset, "Modality")
    found = orientation(dataset)
    place = scale(dataset, modality)
    patient, issuer = text(dataset, "PatientID"), text(dataset, "IssuerOfPatientID")
    return Instance(
        file=file, sop_uid=uid(dataset, "SOPInstanceUID"), series_uid=uid(dataset, "SeriesInstanceUID"),
        modality=modality, body_part=text(dataset, "BodyPartExamined"),
        patient=f"{issuer}\\{patient}" if patient else "",
        colour=None if facts.samples == 3 or facts.is_palette else False, frames=facts.frames,
        shape=(facts.rows, facts.columns, facts.samples, facts.photometric, facts.allocated, facts.signed),
        directions=() if found is None else tuple(round(float(one), 4) + 0.0 for one in np.concatenate(found)),
        position=position(dataset), spacing=(round(place.row_mm, 4), round(place.column_mm, 4)),
        frame_of_reference=uid(dataset, "FrameOfReferenceUID"), echo=number(dataset, "EchoTime"),
        temporal=integer(dataset, "TemporalPositionIdentifier"),
        acquisition=integer(dataset, "AcquisitionNumber"),
        image_type=tuple(text(dataset, "ImageType").upper().split("\\")), trigger=number(dataset, "TriggerTime"),
        b_value=number(dataset, "DiffusionBValue"), number=integer(dataset, "InstanceNumber") or 0, findings=findings,
        series_name=series_name(dataset), caption=caption(dataset))


@dataclass(frozen=True)
class Group:
    """Slices of one volume in spatial order. part: stable for as long as what they have in common stays."""

    slices: tuple[Instance, ...]
    part: str
    findings: tuple[Finding, ...] = ()


# What may tell two volumes at the same places apart, in the order in which it is asked.
_DISCRIMINATORS: tuple[Callable[[Instance], Hashable], ...] = (
    lambda one: one.echo, lambda one: one.temporal, lambda one: one.b_value, lambda one: one.image_type[2:],
    lambda one: one.acquisition, lambda one: one.trigger,
)


def volumes(slices: Iterable[Instance]) -> list[Group]:
    """Slices of one series into volumes: equal orientation, size, spacing and frame of reference, one at a place."""
    alike: dict[Hashable, list[Instance]] = defaultdict(list)
    for one in slices:
        directions = tuple(round(value, 3) + 0.0 for value in one.directions)
        alike[(one.shape, directions, one.spacing, one.frame_of_reference)].append(one)
    groups = []
    for key, members in alike.items():
        for extra, apart in _apart(members, ()):
            ordered = tuple(sorted(apart, key=lambda one: (one.along, one.number, one.sop_uid)))
            groups.append(Group(ordered, part_of((key, extra)), place_findings(ordered)))
    return groups


def _apart(members: list[Instance], seen: tuple[Hashable, ...], asked: int = 0,
           ) -> list[tuple[tuple[Hashable, ...], list[Instance]]]:
    """Split by a discriminator where it leaves whole stacks, or where two slices lie at one place."""
    for number_, discriminator in enumerate(_DISCRIMINATORS[asked:], start=asked):
        stacks: dict[Hashable, list[Instance]] = defaultdict(list)
        for one in members:
            stacks[discriminator(one)].append(one)
        doubled = _doubles(members)
        whole = all(len(stack) > 1 for stack in stacks.values())
        fewer = sum(map(_doubles, stacks.values())) < doubled
        if len(stacks) > 1 and (fewer if doubled else whole and number_ < 5):
            return [found for value, stack in stacks.items() for found in _apart(stack, (*seen, value), number_ + 1)]
    if not _doubles(members):
        return [(seen, members)]
    return [((*seen, turn), stack) for turn, stack in enumerate(_by_turn(members))]


def _doubles(members: Sequence[Instance]) -> int:
    return len(members) - len({one.place for one in members})


def _by_turn(members: list[Instance]) -> list[list[Instance]]:
    """The first at each place, the second at each place, and so on, by their number in the series."""
    turns: dict[tuple[float, ...], int] = defaultdict(int)
    stacks: dict[int, list[Instance]] = defaultdict(list)
    for one in sorted(members, key=lambda one: (one.number, one.sop_uid)):
        stacks[turns[one.place]].append(one)
        turns[one.place] += 1
    return [stacks[turn] for turn in sorted(stacks)]


def part_of(key: object) -> str:
    return hashlib.sha256(repr(key).encode()).hexdigest()[:8]


def place_findings(ordered: Sequence[Instance]) -> tuple[Finding, ...]:
    """What the places of the slices say: a gap, uneven steps, a tilt."""
    if len(ordered) < 2:
        return ()
    positions = np.asarray([one.position for one in ordered], np.float64)
    across, down = np.asarray(ordered[0].directions[:3]), np.asarray(ordered[0].directions[3:])
    return position_findings(positions, np.cross(across, down))


def position_findings(positions: Vector, normal: Vector) -> tuple[Finding, ...]:
    """positions: [Z, 3] in order along the normal."""
    steps = np.diff(positions, axis=0)
    along = steps @ normal
    usual = float(np.median(along))
    findings = []
    if len(along) > 1 and usual > 0 and along.max() > _GAP * usual:
        whole = 1 + int(np.rint(along / usual).sum())
        findings.append(Finding("series.incomplete", Message("incomplete: {have} of {need} slices",
                                                             have=len(positions), need=whole)))
    elif len(along) > 1 and np.abs(along - usual).max() > max(0.01 * usual, 0.1):
        findings.append(Finding("series.uneven", Message("The distances between the slices differ.")))
    sideways = np.linalg.norm(steps - along[:, None] * normal, axis=1)
    if (sideways > _TILT * np.abs(along)).any():
        findings.append(Finding("series.tilted", Message("The stack is tilted (gantry): each slice is true, "
                                                         "the planes across them are sheared.")))
    return tuple(findings)


def without_copies(instances: Sequence[Instance], digest: Callable[[str], str],
                   ) -> tuple[list[Instance], list[tuple[Instance, str]]]:
    """One of each SOPInstanceUID; files that share one but differ come back apart, with their own digest."""
    by_uid: dict[str, list[Instance]] = defaultdict(list)
    for one in instances:
        by_uid[one.sop_uid or one.file].append(one)
    kept: list[Instance] = []
    apart: list[tuple[Instance, str]] = []
    for same in by_uid.values():
        kept.append(same[0])
        if len(same) == 1:
            continue
        known = {digest(same[0].file)}
        for one in same[1:]:
            own = digest(one.file)
            if own not in known:
                known.add(own)
                note = Finding("dicom.same_uid", Message("Another file carries its identifier with other content."))
                apart.append((replace(one, findings=(*one.findings, note)), own))
    return kept, apart
