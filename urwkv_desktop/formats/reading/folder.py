"""The index: which cases lie in a folder, from headers alone."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from urwkv_desktop.formats import pairing, suffixes
from urwkv_desktop.formats.limits import Limits, Room
from urwkv_desktop.formats.reading import dicom_dir, dicom_index, grid_corners, json_beside
from urwkv_desktop.formats.reading.examine import Examiner, suffix_of, title_of
from urwkv_desktop.formats.reading.file_found import FileFound
from urwkv_desktop.formats.reading.grid_corners import Corners
from urwkv_desktop.formats.reading.label_matching import at_their_places
from urwkv_desktop.formats.reading.labels import looks_like_mask
from urwkv_desktop.formats.reading.remembering import Remembering
from urwkv_desktop.formats.reading.walking import listed
from urwkv_desktop.formats.refusals import OPENING, READABLE, too_hungry, unreachable
from urwkv_desktop.formats.source import Source, SourceKind, natural_key
from urwkv_desktop.imaging import Finding, Message, Refusal, legible

SEVERAL_MASKS = Finding("mask.several", Message("Several masks lie beside this image; the first is used."))
_VOLUMES = suffixes.NIFTI | suffixes.NRRD | suffixes.METAIMAGE


def index(root: Path, files: Sequence[Path] | None = None, *, limits: Limits | None = None, room: Room | None = None,
          report: Callable[[int, int], None] | None = None, stop: Callable[[], bool] | None = None,
          begin: Callable[[str], None] | None = None, deadly: dict[str, Refusal] | None = None,
          memory: Remembering | None = None) -> list[Source]:
    """Indexes; then cases, masks without an image and refused files in natural order of their titles.

    files: those and no others (absolute, or relative to root); what is no image among them is refused, in a folder it
    is passed over. begin: told the name of each file before it is touched. deadly: files that may not be opened again,
    and why. memory: what earlier indexes of this folder found, and where this one puts what it finds.
    Raises Refusal where the folder can't be read or holds nothing that could be a case.
    """
    names, closed = listed(root) if files is None else (_given(root, files), {})
    room = room or Room(limits)
    memory = memory or Remembering(root)
    if files is None:
        memory.listed(names)
    shapes = [name for name in names if json_beside.is_json(name)]
    pairs = pairing.pair([name for name in names if not json_beside.is_json(name)],
                         lambda mask, image: looks_like_mask(root, mask, image, room))
    closed |= json_beside.join(root, pairs, shapes)
    found = _Found(root, memory, deadly or {}, Examiner(root, room, memory.digest, explicit=files is not None),
                   pairs.images, {*names, *closed})
    for name, refusal in closed.items():
        found.refuse(name, refusal)
    for done, name in enumerate(found.waiting):
        if report is not None:
            report(done, len(found.waiting))
        if stop is not None and stop():
            break
        if begin is not None:
            begin(name)
        found.add(name)
    for name in pairs.labels:
        found.add_label(name)
    if begin is not None:
        begin("")
    if report is not None:
        report(len(found.waiting), len(found.waiting))
    examined = found.sources()
    masks = _Masks(pairs, found.labels_of(examined))
    masks.place(root, lambda: found.corners_of(examined))
    sources = [masks.joined(source) for source in examined if not masks.is_taken(source)]
    labels = [Source(SourceKind.labels, (name,), identity=f"path:{name}", title=name) for name in pairs.labels
              if name not in masks.taken and PurePosixPath(name).suffix.lower() in (*suffixes.IMAGE, ".gz")]
    if not sources and not (stop is not None and stop()):
        raise _no_images(len(names))
    return sorted(_titled([*sources, *labels]),
                  key=lambda source: (source.kind is not SourceKind.index, natural_key(source.title)))


def _no_images(count: int) -> Refusal:
    return Refusal(tried=Message("Opening this folder."),
                   cause=Message("There are no images in this folder: none of its {count} files is one of {formats}.",
                                 count=count, formats=READABLE),
                   cure=Message("Choose the folder in which the images lie."))


def _given(root: Path, files: Sequence[Path]) -> list[str]:
    absolute = [file if file.is_absolute() else root / file for file in files]
    return [Path(os.path.relpath(file, root)).as_posix() for file in absolute]


class _Found:
    """waiting: files to be examined, which grow by those that a DICOMDIR lists. known: all names so far."""

    def __init__(self, root: Path, memory: Remembering, deadly: dict[str, Refusal], examiner: Examiner,
                 waiting: list[str], known: set[str]) -> None:
        self._root, self._memory, self._deadly, self._examiner = root, memory, deadly, examiner
        self.waiting, self._known = waiting, known
        self._sources: list[Source] = []
        self._corners: dict[str, Corners] = {}
        self._dicom = dicom_index.DicomIndex(memory.digest)

    def add(self, name: str) -> None:
        try:
            self._take(name, self._memory.recall(name) or self._examined(name))
        except Refusal as refusal:
            self.refuse(name, refusal)
        except OSError as error:
            self.refuse(name, self._unreached(name, error))
        except MemoryError:
            self.refuse(name, too_hungry())

    def refuse(self, name: str, refusal: Refusal) -> None:
        self._sources.append(_refused(name, refusal))

    def add_label(self, name: str) -> None:
        """A file that lies among masks: only what it says of the images that it was drawn on counts."""
        if suffix_of(name) in suffixes.IMAGE - suffixes.DICOM:
            return
        with suppress(Refusal, OSError, MemoryError):  # said when the mask is read
            found = self._memory.recall(name) or self._examined(name)
            self._dicom.add(FileFound(label=found.label))

    def labels_of(self, sources: Sequence[Source]) -> dict[str, list[str]]:
        """DICOM objects that were drawn on these cases, by the case's identity."""
        return self._dicom.labels_of(sources)

    def corners_of(self, sources: Sequence[Source]) -> dict[str, Corners]:
        """Where those of these cases lie that are volumes in a patient, by the case's identity."""
        own = {source.identity: self._corners[source.files[0]] for source in sources
               if source.files[0] in self._corners}
        return {**own, **self._dicom.corners_of(sources)}

    def sources(self) -> list[Source]:
        return [*self._sources, *self._dicom.sources(self._root.resolve().name)]

    def _examined(self, name: str) -> FileFound:
        if name in self._deadly:
            raise self._deadly[name]
        found = self._examiner.examine(name)
        if legible(name) == name:  # what is remembered stands in a file of texts
            self._memory.learn(name, found)
        return found

    def _unreached(self, name: str, error: OSError) -> Refusal:
        if isinstance(error, FileNotFoundError) and (self._root / name).is_symlink():
            return Refusal(tried=OPENING, cause=Message("This is a link to a file that is not there."),
                           cure=Message("Bring the file back, or leave the link out."))
        return unreachable(error.strerror or type(error).__name__)

    def _take(self, name: str, found: FileFound) -> None:
        self._sources += found.sources
        if found.corners:
            self._corners[name] = found.corners
        self._dicom.add(found)
        disk = dicom_dir.Disk(self._root, name)
        for one in found.lists:
            place = disk.place(one)
            file = place if place in self._known else disk.find(one)
            if file is None:
                self.refuse(place, dicom_dir.missing(title_of(name)))
            elif file not in self._known:
                self.waiting.append(file)
            self._known |= {place, file or place}


def _refused(name: str, refusal: Refusal) -> Source:
    return Source(SourceKind.refused, (name,), identity=f"path:{name}", title=title_of(name), refusal=refusal)


class _Masks:
    """The masks of each case: DICOM objects that were drawn on it, then the one that is named like its file, then
    volumes among masks that lie just where this case does and no other.

    drawn_on: files by the case's identity. One that was drawn on another case of the folder is not taken for its name.
    """

    def __init__(self, pairs: pairing.Pairs, drawn_on: dict[str, list[str]]) -> None:
        self._pairs, self._drawn_on = pairs, drawn_on
        self._drawn = {name for names in drawn_on.values() for name in names}
        self._placed: dict[str, list[str]] = {}
        self.taken = self._drawn | set(pairs.mask_of.values())

    def place(self, root: Path, corners_of: Callable[[], dict[str, Corners]]) -> None:
        """corners_of: of the cases, by identity; asked only where there is such a mask."""
        waiting = [name for name in self._pairs.labels if name not in self.taken and suffix_of(name) in _VOLUMES]
        if waiting:
            places = {name: grid_corners.of_file(root / name) for name in waiting}
            self._placed = at_their_places(places, corners_of())
            self.taken |= {name for names in self._placed.values() for name in names}

    def is_taken(self, source: Source) -> bool:
        """Whether the source is one of them, and no row of its own."""
        return source.kind is SourceKind.labels and source.files[0] in self.taken

    def joined(self, source: Source) -> Source:
        if source.kind is not SourceKind.image:
            return source
        found, first = list(self._drawn_on.get(source.identity, ())), source.files[0]
        is_piece = source.format != "dicom" and source.part != ""  # a time point, a page, a channel
        named = self._pairs.mask_of.get(first) if not is_piece else None
        if named is not None and named not in self._drawn:
            found.append(named)
        found += self._placed.get(source.identity, ())
        if not found:
            return source
        several = len(found) > 1 or (named == found[0] and first in self._pairs.several)
        notes = (SEVERAL_MASKS,) if several else ()
        return replace(source, mask_file=found[0], findings=(*source.findings, *notes))


def _titled(sources: Sequence[Source]) -> list[Source]:
    """Titles that meet (x.jpg and x.png) get their suffix, and a number where even that does not help; all are text."""
    sources = [replace(source, title=legible(source.title)) for source in sources]
    count = Counter(source.title for source in sources)
    named = [replace(source, title=f"{source.title}__{suffix_of(source.files[0]).strip('.') or source.kind.value}")
             if count[source.title] > 1 else source for source in sources]
    seen: Counter[str] = Counter()
    unique = []
    for source in named:
        seen[source.title] += 1
        again = seen[source.title]
        unique.append(source if again == 1 else replace(source, title=f"{source.title}_{again}"))
    return unique
