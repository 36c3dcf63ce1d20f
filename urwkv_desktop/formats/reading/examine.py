"""What one file of a folder holds, from its header alone; which format it is, its content says."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from urwkv_desktop.formats import suffixes
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading import (
    dicom_file,
    dicom_index,
    grid_corners,
    metaimage,
    nifti,
    nrrd,
    picture,
    tiff,
    unread_kinds,
    volume,
)
from urwkv_desktop.formats.reading.file_found import FileFound
from urwkv_desktop.formats.reading.open import whole
from urwkv_desktop.formats.refusals import (
    empty,
    incomplete_after,
    mislabelled,
    not_an_image,
    refuse_bomb,
    refuse_many,
    unknown_kind,
)
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.imaging import ThirdAxis


class Examiner:
    """explicit: these files were named, so that what is no image is refused and not passed over.

    digest: SHA-256 of a file of the folder.
    """

    def __init__(self, root: Path, room: Room, digest: Callable[[str], str], *, explicit: bool) -> None:
        self._root, self._room, self._digest, self._explicit = root, room, digest, explicit

    def examine(self, name: str) -> FileFound:
        """name: relative to the root, posix. Raises Refusal, OSError, MemoryError."""
        path = self._root / PurePosixPath(name)
        if path.is_dir():
            raise not_an_image("folder")
        with path.open("rb") as file:
            head = file.read(540)
        if head[128:132] == b"DICM":  # first: such a file may be a TIFF as well, in its preamble
            return dicom_index.examine(self._root, name, self._room)
        if picture.can_read(head):
            return FileFound((self._picture(name, path),))
        if tiff.can_read(head):
            return FileFound(tuple(self._tiff(name, path)))
        if head[:2] == nifti.GZIP or nifti.can_read(head):
            return self._nifti(name, path, head)
        if nrrd.can_read(head):
            return self._volume("nrrd", name, nrrd.header(path))
        if metaimage.can_read(head):
            return self._volume("metaimage", name, metaimage.header(path))
        if dicom_file.can_read(head):
            return dicom_index.examine(self._root, name, self._room)
        self._not_one(name, head)
        return FileFound()

    def _not_one(self, name: str, head: bytes) -> None:
        """Passed over in a folder, unless its name says that it should have been an image."""
        suffix = suffix_of(name)
        if kind := unread_kinds.by_content(head):
            raise unread_kinds.unread(kind)
        if suffix in suffixes.IMAGE:
            raise empty() if not head else mislabelled(suffix)
        if kind := unread_kinds.by_name(suffix, head):
            raise unread_kinds.unread(kind) if head else empty()
        if self._explicit:
            raise empty() if not head else unknown_kind()

    def _picture(self, name: str, path: Path) -> Source:
        data = whole(path, self._room)
        found = picture.header(data)
        self._room.claim(found.decoded_bytes)
        picture.check_packing(found, len(data))
        refuse_bomb(len(data), found.decoded_bytes)
        colour = None if found.samples >= 3 or found.palette else False
        return Source(SourceKind.image, (name,), identity=f"picture:{sha256(data).hexdigest()}", title=title_of(name),
                      colour=colour)

    def _tiff(self, name: str, path: Path) -> Iterator[Source]:
        pages, stacks = tiff.layout(path)
        by_index = {page.index: page for page in pages}
        digest, is_one = self._digest(name), len(stacks) == 1
        for stack in stacks:
            head = by_index[stack.pages[0]]
            self._room.claim(head.decoded_bytes * len(stack.pages), volume=len(stack.pages) > 1)
            colour = None if head.samples >= 3 or head.photometric == 3 else False
            dimension = "2d" if len(stack.pages) == 1 else "frames" if stack.third_axis is ThirdAxis.time else "slices"
            yield Source(SourceKind.image, (name,), stack.part, _identity("tiff", digest, stack.part),
                         _with_part(title_of(name), stack.part), colour=colour, dimension=dimension,
                         group_hint="" if is_one else digest, pages=stack.pages if len(stack.pages) > 1 else ())

    def _nifti(self, name: str, path: Path, head: bytes) -> FileFound:
        if head[:2] == nifti.GZIP:
            inflated = nifti.peek(path)
            if not nifti.can_read(inflated):
                self._gzipped(name, inflated)
                return FileFound()
        found = nifti.header(path)
        self._room.claim(found.volume_bytes, volume=found.shape[2] > 1)
        refuse_bomb(path.stat().st_size, found.volume_bytes * found.times)
        refuse_many(found.times)
        digest = self._digest(name)
        parts = [f"t{time}" for time in range(found.times)] if found.times > 1 else [""]
        return FileFound(tuple(
            Source(SourceKind.image, (name,), part, _identity("nifti", digest, part), _with_part(title_of(name), part),
                   colour=None if found.samples > 1 else False, dimension="slices" if found.shape[2] > 1 else "2d",
                   group_hint=digest if part else "", findings=found.findings) for part in parts),
            corners=grid_corners.of_nifti(found) if len(parts) == 1 else ())

    def _volume(self, kind: str, name: str, found: volume.VolumeHeader) -> FileFound:
        """Each time point is a case of one group."""
        self._room.claim(found.volume_bytes, volume=found.shape[2] > 1)
        refuse_bomb(found.data.stat().st_size, found.all_bytes)
        refuse_many(found.times)
        digest, beside = self._digest(name), ""
        if found.data.name != PurePosixPath(name).name:
            beside = str(PurePosixPath(name).with_name(found.data.name))
            digest = sha256((digest + self._digest(beside)).encode("ascii")).hexdigest()
        parts = [f"t{time}" for time in range(found.times)] if found.times > 1 else [""]
        return FileFound(tuple(
            Source(SourceKind.image, (name,), part, _identity(kind, digest, part), _with_part(title_of(name), part),
                   colour=None if found.samples > 1 else False, dimension="slices" if found.shape[2] > 1 else "2d",
                   group_hint=digest if part else "", findings=found.findings) for part in parts), beside=beside,
            corners=grid_corners.of_volume(found) if len(parts) == 1 else ())

    def _gzipped(self, name: str, inflated: bytes) -> None:
        if suffix_of(name) == ".nii.gz":
            size = (self._root / name).stat().st_size
            raise incomplete_after(size) if len(inflated) < 348 else mislabelled(".nii.gz")
        if self._explicit:
            raise not_an_image("gzip archive")


def suffix_of(name: str) -> str:
    return ".nii.gz" if name.lower().endswith(".nii.gz") else PurePosixPath(name).suffix.lower()


def title_of(name: str) -> str:
    suffix = suffix_of(name)
    return name[:-len(suffix)] if suffix in suffixes.IMAGE and len(PurePosixPath(name).name) > len(suffix) else name


def _with_part(title: str, part: str) -> str:
    return f"{title}_{part}" if part else title


def _identity(kind: str, digest: str, part: str) -> str:
    return f"{kind}:{digest}:{part}" if part else f"{kind}:{digest}"
