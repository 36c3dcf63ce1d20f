"""The index: which cases lie in a folder, from headers alone."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath

from urwkv_desktop.formats import pairing, suffixes
from urwkv_desktop.formats.limits import Limits, Room
from urwkv_desktop.formats.reading import dicom_file, dicom_index, metaimage, nifti, nrrd, picture, tiff, volume
from urwkv_desktop.formats.reading.labels import looks_like_mask
from urwkv_desktop.formats.reading.open import whole
from urwkv_desktop.formats.refusals import (
    READABLE,
    empty,
    incomplete_after,
    mislabelled,
    not_an_image,
    refuse_bomb,
    too_hungry,
    unknown_kind,
    unreachable,
)
from urwkv_desktop.formats.source import Source, SourceKind, natural_key
from urwkv_desktop.imaging import Finding, Message, Refusal

SEVERAL_MASKS = Finding("mask.several", Message("Several masks lie beside this image; the first is used."))
_SKIPPED_FOLDERS = {pairing.HIDDEN, "__macosx"}


def index(root: Path, files: Sequence[Path] | None = None, *, limits: Limits | None = None, room: Room | None = None,
          report: Callable[[int, int], None] | None = None, stop: Callable[[], bool] | None = None,
          begin: Callable[[str], None] | None = None, deadly: dict[str, Refusal] | None = None) -> list[Source]:
    """Cases, masks without an image, indexes and refused files, in natural order of their titles.

    files: those and no others (absolute, or relative to root); what is no image among them is refused, in a folder it
    is passed over. begin: told the name of each file before it is touched. deadly: files that may not be opened again,
    and why.
    Raises Refusal where the folder can't be read or holds nothing that could be a case.
    """
    names = _listed(root) if files is None else _given(root, files)
    room = room or Room(limits)
    pairs = pairing.pair(names, lambda mask, image: looks_like_mask(root, mask, image, room))
    found = _Found(root, room, files is not None, deadly or {})
    total = len(pairs.images)
    for done, name in enumerate(pairs.images):
        if report is not None:
            report(done, total)
        if stop is not None and stop():
            break
        if begin is not None:
            begin(name)
        found.add(name)
    if begin is not None:
        begin("")
    if report is not None:
        report(total, total)
    sources = [_with_mask(source, pairs) for source in found.sources()]
    labels = [Source(SourceKind.labels, (name,), identity=f"path:{name}", title=name) for name in pairs.labels
              if name not in pairs.mask_of.values() and PurePosixPath(name).suffix.lower() in (*suffixes.IMAGE, ".gz")]
    if not sources and not (stop is not None and stop()):
        raise _no_images(len(names))
    return sorted(_titled([*sources, *labels]), key=lambda source: natural_key(source.title))


def _no_images(count: int) -> Refusal:
    return Refusal(tried=Message("Opening this folder."),
                   cause=Message("There are no images in this folder: none of its {count} files is one of {formats}.",
                                 count=count, formats=READABLE),
                   cure=Message("Choose the folder in which the images lie."))


def _listed(root: Path) -> list[str]:
    if not root.is_dir():
        raise Refusal(tried=Message("Opening this folder."), cause=Message("This folder does not exist."),
                      cure=Message("Choose another one."))
    found: list[str] = []
    try:
        os.listdir(root)  # noqa: PTH208 - raises where walk would pass over it in silence
    except OSError as error:
        raise Refusal(tried=Message("Opening this folder."),
                      cause=Message("This folder can't be read: {reason}.", reason=error.strerror or "unknown"),
                      cure=Message("Choose another one, or ask for the right to read it.")) from error
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders
                            if not name.startswith(".") and name.casefold() not in _SKIPPED_FOLDERS)
        here = Path(folder)
        found += [(here / name).relative_to(root).as_posix() for name in sorted(names, key=natural_key)
                  if not name.startswith(".") and (here / name).is_file()]
    return found


def _given(root: Path, files: Sequence[Path]) -> list[str]:
    absolute = [file if file.is_absolute() else root / file for file in files]
    return [Path(os.path.relpath(file, root)).as_posix() for file in absolute]


class _Found:
    def __init__(self, root: Path, room: Room, explicit: bool, deadly: dict[str, Refusal]) -> None:
        self._root, self._room, self._explicit, self._deadly = root, room, explicit, deadly
        self._sources: list[Source] = []
        self.digest = lru_cache(maxsize=None)(self._digest)
        self._dicom = dicom_index.DicomIndex(root, room, self.digest)

    def _digest(self, name: str) -> str:
        with (self._root / name).open("rb") as file:
            return file_digest(file, "sha256").hexdigest()

    def add(self, name: str) -> None:
        try:
            if name in self._deadly:
                raise self._deadly[name]
            self._sources += self._examined(name)
        except Refusal as refusal:
            self._sources.append(_refused(name, refusal))
        except OSError as error:
            self._sources.append(_refused(name, unreachable(error.strerror or type(error).__name__)))
        except MemoryError:
            self._sources.append(_refused(name, too_hungry()))

    def sources(self) -> list[Source]:
        return [*self._sources, *self._dicom.sources(self._root.resolve().name)]

    def _examined(self, name: str) -> Iterator[Source]:
        path = self._root / PurePosixPath(name)
        if path.is_dir():
            raise not_an_image("folder")
        with path.open("rb") as file:
            head = file.read(540)
        if head[128:132] == b"DICM":  # first: such a file may be a TIFF as well, in its preamble
            self._dicom.add(name)
        elif picture.can_read(head):
            yield self._picture(name, path)
        elif tiff.can_read(head):
            yield from self._tiff(name, path)
        elif head[:2] == nifti.GZIP or nifti.can_read(head):
            yield from self._nifti(name, path, head)
        elif nrrd.can_read(head):
            yield from self._volume("nrrd", name, nrrd.header(path))
        elif metaimage.can_read(head):
            yield from self._volume("metaimage", name, metaimage.header(path))
        elif dicom_file.can_read(head):
            self._dicom.add(name)
        else:
            self._not_one(name, head)

    def _not_one(self, name: str, head: bytes) -> None:
        """Passed over in a folder, unless its name says that it should have been an image."""
        suffix = _suffix(name)
        if suffix in suffixes.IMAGE:
            raise empty() if not head else mislabelled(suffix)
        if self._explicit:
            raise empty() if not head else unknown_kind()

    def _picture(self, name: str, path: Path) -> Source:
        data = whole(path, self._room)
        found = picture.header(data)
        self._room.claim(found.decoded_bytes)
        picture.check_packing(found, len(data))
        refuse_bomb(len(data), found.decoded_bytes)
        colour = None if found.samples >= 3 or found.palette else False
        return Source(SourceKind.image, (name,), identity=f"picture:{sha256(data).hexdigest()}", title=_title(name),
                      colour=colour)

    def _tiff(self, name: str, path: Path) -> Iterator[Source]:
        found = tiff.pages(path)
        for page in found:
            self._room.claim(page.decoded_bytes)
        for page in found:
            part = f"p{page.index}" if len(found) > 1 else ""
            colour = None if page.samples >= 3 or page.photometric == 3 else False
            yield Source(SourceKind.image, (name,), part, _identity("tiff", self.digest(name), part),
                         _with_part(_title(name), part), colour=colour, group_hint=self.digest(name) if part else "")

    def _nifti(self, name: str, path: Path, head: bytes) -> Iterator[Source]:
        if head[:2] == nifti.GZIP:
            inflated = nifti.peek(path)
            if not nifti.can_read(inflated):
                self._gzipped(name, inflated)
                return
        found = nifti.header(path)
        self._room.claim(found.volume_bytes, volume=found.shape[2] > 1)
        refuse_bomb(path.stat().st_size, found.volume_bytes * found.times)
        for time in range(found.times):
            part = f"t{time}" if found.times > 1 else ""
            yield Source(SourceKind.image, (name,), part, _identity("nifti", self.digest(name), part),
                         _with_part(_title(name), part), colour=None if found.samples > 1 else False,
                         dimension="slices" if found.shape[2] > 1 else "2d",
                         group_hint=self.digest(name) if part else "", findings=found.findings)

    def _volume(self, kind: str, name: str, found: volume.VolumeHeader) -> Iterator[Source]:
        """Each time point is a case of one group."""
        self._room.claim(found.volume_bytes, volume=found.shape[2] > 1)
        refuse_bomb(found.data.stat().st_size, found.all_bytes)
        digest = self.digest(name)
        if found.data.name != PurePosixPath(name).name:
            beside = self.digest(str(PurePosixPath(name).with_name(found.data.name)))
            digest = sha256((digest + beside).encode("ascii")).hexdigest()
        for time in range(found.times):
            part = f"t{time}" if found.times > 1 else ""
            yield Source(SourceKind.image, (name,), part, _identity(kind, digest, part),
                         _with_part(_title(name), part), colour=None if found.samples > 1 else False,
                         dimension="slices" if found.shape[2] > 1 else "2d", group_hint=digest if part else "",
                         findings=found.findings)

    def _gzipped(self, name: str, inflated: bytes) -> None:
        if _suffix(name) == ".nii.gz":
            size = (self._root / name).stat().st_size
            raise incomplete_after(size) if len(inflated) < 348 else mislabelled(".nii.gz")
        if self._explicit:
            raise not_an_image("gzip archive")


def _refused(name: str, refusal: Refusal) -> Source:
    return Source(SourceKind.refused, (name,), identity=f"path:{name}", title=_title(name), refusal=refusal)


def _suffix(name: str) -> str:
    return ".nii.gz" if name.lower().endswith(".nii.gz") else PurePosixPath(name).suffix.lower()


def _title(name: str) -> str:
    suffix = _suffix(name)
    return name[:-len(suffix)] if suffix in suffixes.IMAGE and len(PurePosixPath(name).name) > len(suffix) else name


def _with_part(title: str, part: str) -> str:
    return f"{title}_{part}" if part else title


def _identity(kind: str, digest: str, part: str) -> str:
    return f"{kind}:{digest}:{part}" if part else f"{kind}:{digest}"


def _with_mask(source: Source, pairs: pairing.Pairs) -> Source:
    mask = pairs.mask_of.get(source.files[0])
    if mask is None or source.kind is not SourceKind.image or source.part.startswith(("t", "p")):
        return source
    notes = (SEVERAL_MASKS,) if source.files[0] in pairs.several else ()
    return replace(source, mask_file=mask, findings=(*source.findings, *notes))


def _titled(sources: Sequence[Source]) -> list[Source]:
    """Titles that meet (x.jpg and x.png) get their suffix, and a number where even that does not help."""
    count = Counter(source.title for source in sources)
    named = [replace(source, title=f"{source.title}__{_suffix(source.files[0]).strip('.') or source.kind.value}")
             if count[source.title] > 1 else source for source in sources]
    seen: Counter[str] = Counter()
    unique = []
    for source in named:
        seen[source.title] += 1
        again = seen[source.title]
        unique.append(source if again == 1 else replace(source, title=f"{source.title}_{again}"))
    return unique
