"""The cases of a folder's DICOM files, from their headers alone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats import suffixes
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading import dicom_dir
from urwkv_desktop.formats.reading.dicom_facts import DICOMDIR, facts, is_label_object, kind_refusal
from urwkv_desktop.formats.reading.dicom_file import open_dicom
from urwkv_desktop.formats.reading.dicom_frames import FrameVolume, frame_volumes
from urwkv_desktop.formats.reading.dicom_oddities import oddities
from urwkv_desktop.formats.reading.dicom_place import Scale
from urwkv_desktop.formats.reading.dicom_series import Group, Instance, instance, part_of, volumes, without_copies
from urwkv_desktop.formats.reading.dicom_values import quietly, uid
from urwkv_desktop.formats.reading.file_found import FileFound
from urwkv_desktop.formats.reading.grid_corners import Corners, corners
from urwkv_desktop.formats.reading.label_matching import CasePlace, matched
from urwkv_desktop.formats.reading.label_object import LabelObject, label_object
from urwkv_desktop.formats.refusals import refuse_bomb
from urwkv_desktop.formats.source import Source, SourceKind, natural_key
from urwkv_desktop.imaging import Finding, Geometry, Message, Severity, SpacingKind, ThirdAxis

Vector = npt.NDArray[np.float64]
MOSAIC = Finding("dicom.mosaic", Message("This picture is a mosaic of many slices; it is shown as one picture."))


def examine(root: Path, file: str, room: Room) -> FileFound:
    """Raises Refusal for an image that can't be opened; objects of another kind are found as such."""
    with quietly():
        return _examine(root, file, room)


def _examine(root: Path, file: str, room: Room) -> FileFound:
    opened = open_dicom(root / file, room)
    if uid(opened.dataset.file_meta, "MediaStorageSOPClassUID") == DICOMDIR:
        names = dicom_dir.listed(root / file)
        return FileFound((Source(SourceKind.index, (file,), identity=f"path:{file}", title=file,
                                 refusal=None if names else dicom_dir.names_none()),), lists=names)
    refusal = kind_refusal(opened)
    if refusal is not None and is_label_object(opened):
        return FileFound((Source(SourceKind.labels, (file,), identity=f"path:{file}", title=file, refusal=refusal),),
                         label=label_object(root / file, file))
    if refusal is not None:
        raise refusal
    found, odd = facts(opened)
    findings = (*opened.findings, *odd, *oddities(opened.dataset))
    room.claim(found.decoded_bytes, volume=found.frames > 1)
    refuse_bomb(opened.size if opened.inflated is None else (root / file).stat().st_size, found.decoded_bytes)
    framed = found.frames > 1 or opened.dataset.get("PerFrameFunctionalGroupsSequence")
    pieces = tuple(frame_volumes(opened.dataset, found.frames)) if framed else ()
    return FileFound(instance=instance(file, opened.dataset, found, findings), pieces=pieces)


class DicomIndex:
    """Gathers what was found in the files one by one, then says which cases they make."""

    def __init__(self, digest: Callable[[str], str]) -> None:
        """digest: SHA-256 of a file, asked for only where no UID will do."""
        self._digest = digest
        self._instances: list[Instance] = []
        self._pieces: dict[str, tuple[FrameVolume, ...]] = {}
        self._labels: list[LabelObject] = []

    def add(self, found: FileFound) -> None:
        if found.label is not None:
            self._labels.append(found.label)
        if found.instance is not None:
            self._instances.append(found.instance)
            if found.pieces:
                self._pieces[found.instance.file] = found.pieces

    def labels_of(self, sources: Sequence[Source]) -> dict[str, list[str]]:
        """Files of the SEG and RTSTRUCT objects that were drawn on these cases, by the case's identity."""
        if not self._labels:
            return {}
        return matched(sorted(self._labels, key=lambda one: natural_key(one.file)), self._places(sources))

    def corners_of(self, sources: Sequence[Source]) -> dict[str, Corners]:
        """Of those cases that are volumes in a patient, by identity."""
        return {place.identity: place.corners for place in self._places(sources) if place.corners}

    def _places(self, sources: Sequence[Source]) -> list[CasePlace]:
        by_file = {one.file: one for one in self._instances}
        return [self._place(source, [by_file[file] for file in source.files]) for source in sources
                if source.kind is SourceKind.image and all(file in by_file for file in source.files)]

    def _place(self, source: Source, members: list[Instance]) -> CasePlace:
        head = members[0]
        pieces = self._pieces.get(head.file, ())
        piece = next((one for one in pieces if one.part == source.part.partition("/")[2]), None)
        if piece is None:
            places = [one.position for one in members]
            positions = None if any(place is None for place in places) else np.asarray(places, np.float64)
            return CasePlace(source.identity, frozenset((one.sop_uid, 0) for one in members), head.series_uid,
                             head.frame_of_reference, positions, head.directions,
                             _corners(positions, head.directions, head.spacing, head))
        turned = () if piece.directions is None else tuple(float(one) for one in np.concatenate(piece.directions))
        return CasePlace(source.identity, frozenset((head.sop_uid, frame + 1) for frame in piece.frames),
                         head.series_uid, head.frame_of_reference, piece.positions, turned,
                         _corners(piece.positions, turned, (piece.scale.row_mm, piece.scale.column_mm), head))

    def sources(self, root_name: str) -> list[Source]:
        kept, apart = without_copies(self._instances, self._digest)
        slices: dict[str, list[Instance]] = defaultdict(list)
        found = [source for one, own in apart for source in self._single(one, own)]
        for one in kept:
            if one.is_slice and one.series_uid and one.file not in self._pieces:
                slices[one.series_uid].append(one)
            else:
                found += self._single(one, "" if one.series_uid else self._digest(one.file))
        groups = [(series, group) for series, members in slices.items() for group in _split(volumes(members))]
        return [*found, *_volumes(groups, root_name)]

    def _single(self, one: Instance, own: str) -> Iterable[Source]:
        """A file that is no slice of a series: one case, or one for each volume of its frames."""
        base, part = f"dicom:{own or one.series_uid}", part_of(one.sop_uid or one.file)
        still = (FrameVolume((0,), "", Scale(), ThirdAxis.none),)
        for piece in self._pieces.get(one.file, still):
            whole = f"{part}/{piece.part}" if piece.part else part
            title = f"{title_of(one.file)}_{piece.part}" if piece.part else title_of(one.file)
            notes = (*one.findings, *piece.findings, *((MOSAIC,) if one.is_mosaic else ()))
            yield Source(SourceKind.image, (one.file,), whole, f"{base}:{whole}", title, one.modality, one.body_part,
                         one.colour, _dimension(piece), one.patient, findings=notes,
                         series_name=one.series_name, caption=one.caption)


def _corners(positions: Vector | None, directions: tuple[float, ...], spacing: tuple[float, float],
             head: Instance) -> Corners:
    if positions is None or len(directions) != 6:
        return ()
    a, b, c, d, e, f = directions
    geometry = Geometry(positions, (a, b, c), (d, e, f), *spacing, SpacingKind.patient, ThirdAxis.space, oriented=True)
    return corners(geometry, int(head.shape[0]), int(head.shape[1]))


def _split(groups: list[Group]) -> list[Group]:
    """Volumes of one series know that there are others."""
    if len(groups) == 1:
        return groups
    note = Finding("series.split", Message("This series holds {count} volumes; each is a case.", count=len(groups)),
                   Severity.note)
    return [replace(group, findings=(*group.findings, note)) for group in groups]


def _dimension(piece: FrameVolume) -> str:
    if len(piece.frames) == 1:
        return "2d"
    return "slices" if piece.third_axis is ThirdAxis.space else "frames"


def title_of(file: str) -> str:
    """The path without the suffix of a DICOM file; other endings (MR.001) are part of the name."""
    path = PurePosixPath(file)
    return str(path.with_suffix("")) if path.suffix.lower() in suffixes.DICOM else file


def _volumes(groups: Sequence[tuple[str, Group]], root_name: str) -> list[Source]:
    """A series is called as its folder; where a folder holds several, with a part of its UID's hash."""
    folders = Counter(folder for folder, _ in {(_folder(group), series) for series, group in groups
                                               if len(group.slices) > 1})
    found = []
    for series, group in groups:
        head = group.slices[0]
        folder = _folder(group)
        title = root_name if folder == "." else folder
        if folders[folder] > 1:
            title = f"{title}_{sha256(series.encode()).hexdigest()[:8]}"
        if len(group.slices) == 1:
            title = title_of(head.file)
        notes = tuple(dict.fromkeys(note for one in group.slices for note in one.findings))
        found.append(Source(
            SourceKind.image, tuple(one.file for one in group.slices), group.part, f"dicom:{series}:{group.part}",
            title, head.modality, head.body_part, head.colour, "slices" if len(group.slices) > 1 else "2d",
            head.patient, findings=(*notes, *group.findings), series_name=head.series_name, caption=head.caption))
    return _apart(found)


def _folder(group: Group) -> str:
    return str(PurePosixPath(group.slices[0].file).parent)


def _apart(found: list[Source]) -> list[Source]:
    """Volumes of one series and folder get their part into the title."""
    count = Counter(source.title for source in found)
    return [replace(source, title=f"{source.title}_{source.part}") if count[source.title] > 1 else source
            for source in found]
