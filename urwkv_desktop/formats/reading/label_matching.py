"""Which case a DICOM SEG or RTSTRUCT of the folder belongs to: by the images that it names, else by its place.

In this order: the case with most of the images that it was drawn on; the one case of the series that it names; the one
case in its frame of reference whose slices lie where its planes do. Where two cases are as likely as each other it
belongs to neither. Whether it fits the case's grid is asked when it is read, and nothing is resampled unasked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.grid_corners import Corners, is_same
from urwkv_desktop.formats.reading.label_object import LabelObject

_NEAR = 0.1  # of the distance between two slices, as far as a plane may lie beside its slice
_ROUNDED = 0.05  # mm, the rounding of written positions
_TURNED = 1e-3  # as far as two unit vectors may differ


@dataclass(frozen=True, eq=False)
class CasePlace:
    """What a case's own headers say. identity: of its Source. images: (SOPInstanceUID, frame counted from 1) of each of
    its slices; frame 0 for a file of one. positions: [Z, 3], LPS mm, None where they have no place. corners: of the
    volume that they make.
    """

    identity: str
    images: frozenset[tuple[str, int]]
    series: str
    frame_of_reference: str
    positions: npt.NDArray[np.float64] | None
    directions: tuple[float, ...]
    corners: Corners = ()


def matched(labels: Sequence[LabelObject], cases: Sequence[CasePlace]) -> dict[str, list[str]]:
    """The files of the label objects of each case, by its identity, in the order of `labels`."""
    found: dict[str, list[str]] = defaultdict(list)
    by_uid: dict[str, list[CasePlace]] = defaultdict(list)
    for case in cases:
        for name in {name for name, _ in case.images}:
            by_uid[name].append(case)
    for one in labels:
        owner = _owner(one, cases, by_uid)
        if owner is not None:
            found[owner.identity].append(one.file)
    return dict(found)


def at_their_places(volumes: Mapping[str, Corners], cases: Mapping[str, Corners]) -> dict[str, list[str]]:
    """volumes: masks without a name or an identifier that would tell, by file; cases: by identity.

    Those that lie just where a single case does, by its identity.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for file, own in volumes.items():
        same = [identity for identity, other in cases.items() if is_same(own, other)]
        if len(same) == 1:
            found[same[0]].append(file)
    return dict(found)


def _owner(label: LabelObject, cases: Sequence[CasePlace], by_uid: dict[str, list[CasePlace]]) -> CasePlace | None:
    named = {case.identity: case for name, _ in label.images for case in by_uid.get(name, ())}
    if named:
        return _most(named.values(), lambda case: _shared(label, case)) or _placed(label, named.values())
    of_series = [case for case in cases if case.series and case.series in label.series]
    if of_series:
        return of_series[0] if len(of_series) == 1 else _placed(label, of_series)
    near = [case for case in cases if case.frame_of_reference and case.frame_of_reference == label.frame_of_reference]
    return _placed(label, near)


def _most(cases: Iterable[CasePlace], count: Callable[[CasePlace], int]) -> CasePlace | None:
    """The one with most, None where two have as many."""
    ranked = sorted(((count(case), case.identity, case) for case in cases), reverse=True, key=lambda one: one[:2])
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][2]


def _shared(label: LabelObject, case: CasePlace) -> int:
    """How many of the images that the labels were drawn on are the case's; a frame of none is all of the file."""
    names = {name for name, _ in case.images}
    return sum((name, frame) in case.images or (name in names and (frame == 0 or (name, 0) in case.images))
               for name, frame in label.images)


def _placed(label: LabelObject, cases: Iterable[CasePlace]) -> CasePlace | None:
    """The only one on whose slices the planes lie; without planes (contours) the only one in space at all."""
    fitting = [case for case in cases if _fits(label, case)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(label: LabelObject, case: CasePlace) -> bool:
    if case.positions is None:
        return False
    if not label.positions:
        return True
    if len(case.directions) != 6:
        return False
    if len(label.directions) == 6 and np.abs(np.subtract(label.directions, case.directions)).max() > _TURNED:
        return False
    steps = np.linalg.norm(np.diff(case.positions, axis=0), axis=1)
    allowed = max(_NEAR * float(steps.min(initial=10.0)), _ROUNDED)
    planes = np.asarray(label.positions)
    distances = np.linalg.norm(planes[:, None] - case.positions[None], axis=2).min(axis=1)
    return bool(distances.max() <= allowed)
