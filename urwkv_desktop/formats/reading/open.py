"""One case's pixels: the source says which reader, the reader does the rest."""

import io
from dataclasses import replace
from pathlib import Path, PurePosixPath

from urwkv_desktop.formats.limits import Limits, Room
from urwkv_desktop.formats.reading import dicom, metaimage, nifti, nrrd, picture, tiff, volume
from urwkv_desktop.formats.refusals import empty, not_an_image, too_large, unreachable
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.imaging import Image


def read(root: Path, source: Source, *, limits: Limits | None = None, room: Room | None = None) -> Image:
    """The image of an indexed source. Raises Refusal; identity, findings of the index and modality come along."""
    if source.refusal is not None:
        raise source.refusal
    if source.kind is SourceKind.index:
        raise not_an_image("list of DICOM files")
    room = room or Room(limits)
    try:
        image = _read(root, source, room)
    except OSError as error:
        raise unreachable(error.strerror or type(error).__name__) from error
    notes = dict.fromkeys((*source.findings, *image.findings))
    return replace(image, identity=source.identity, findings=tuple(notes),
                   modality=image.modality or source.modality, body_part=image.body_part or source.body_part)


def _read(root: Path, source: Source, room: Room) -> Image:
    path = root / PurePosixPath(source.files[0])
    if source.format == "dicom":
        return dicom.read(root, source, room)
    if source.format == "nifti":
        return nifti.read(path, number(source.part), room)
    if source.format == "nrrd":
        return volume.read(nrrd.header(path), number(source.part), room)
    if source.format == "metaimage":
        return volume.read(metaimage.header(path), number(source.part), room)
    if source.format == "tiff":
        return tiff.read(path, source.part, room)
    return picture.read(whole(path, room), room)


def whole(path: Path, room: Room) -> bytes:
    """A picture's file; what is larger than the decoded limit is not read at all."""
    size = path.stat().st_size
    if size == 0:
        raise empty()
    if size > room.limits.picture_bytes:
        raise too_large(size, room.limits.picture_bytes)
    with io.FileIO(path) as file:
        return file.readall()


def number(part: str) -> int:
    """"t3" or "p3" -> 3, "" -> 0."""
    return int(part[1:]) if part else 0
