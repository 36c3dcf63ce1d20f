"""The images that the shell was given: files and folders, with the name that each one's mask will have."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Message, Refusal, legible


@dataclass(frozen=True)
class Input:
    """stem: below OUT, folders mirrored. root: what the source's files are relative to."""

    stem: str
    root: Path
    source: Source


@dataclass(frozen=True)
class Inputs:
    """refused: (name, why). notes: what a person may want to know of names."""

    images: tuple[Input, ...]
    refused: tuple[tuple[str, Refusal], ...]
    notes: tuple[Message, ...]


def gather(paths: Sequence[Path], worker: DecodeWorker) -> Inputs:
    """Headers only. Raises Refusal for a path that is not there, and where no folder of those named holds an image."""
    absolute = [Path(os.path.abspath(path.expanduser())) for path in paths]  # noqa: PTH100 - links keep their names
    _check(absolute)
    common = _common(absolute)
    images, refused = list[Input](), list[tuple[str, Refusal]]()
    requests = _requests(absolute, common)
    for root, files in requests:
        try:
            sources = worker.index(root, files)
        except Refusal as refusal:
            if len(requests) == 1:
                raise
            refused.append((_shown(root, common), refusal))
            continue
        prefix = "" if root == common else legible(root.relative_to(common).as_posix()) + "/"
        for source in sources:
            if source.kind is SourceKind.image:
                images.append(Input(prefix + source.title, root, source))
            elif source.refusal is not None:
                refused.append((prefix + source.shown, source.refusal))
    named, notes = _told_apart(images)
    return Inputs(named, tuple(refused), notes)


def _check(paths: Sequence[Path]) -> None:
    absent = next((path for path in paths if not path.exists()), None)
    if absent is not None:
        raise Refusal(tried=Message("Segmenting."), cause=Message("There is no {path}.", path=str(absent)),
                      cure=Message("Name images, or folders of images."))


def _common(paths: Sequence[Path]) -> Path:
    folders = [path if path.is_dir() else path.parent for path in paths]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # two drives
        return folders[0]


def _requests(paths: Sequence[Path], common: Path) -> list[tuple[Path, list[Path] | None]]:
    """Folders are looked through; files that were named are meant, even where they are no images."""
    folders: list[tuple[Path, list[Path] | None]] = [(path, None) for path in paths if path.is_dir()]
    files = [path for path in paths if not path.is_dir()]
    return [*folders, (common, files)] if files else folders


def _shown(root: Path, common: Path) -> str:
    return legible(root.name if root == common else root.relative_to(common).as_posix())


def _told_apart(images: Sequence[Input]) -> tuple[tuple[Input, ...], tuple[Message, ...]]:
    """Two inputs of one name become <stem>__<extension>; the index has done so inside each folder."""
    count = Counter(image.stem for image in images)
    named, notes = [], []
    taken: set[str] = set()
    for image in images:
        stem = image.stem
        if count[stem] > 1:
            stem = f"{stem}__{_extension(image.source.shown)}"
        again = 1
        while stem in taken:
            again += 1
            stem = f"{image.stem}__{_extension(image.source.shown)}_{again}"
        taken.add(stem)
        if "__" in stem and PurePosixPath(stem).name != _bare(image.source.shown):
            notes.append(Message("Two inputs share a name: {file} becomes {stem}.", file=image.source.shown,
                                 stem=stem))
        named.append(Input(stem, image.root, image.source))
    return tuple(named), tuple(notes)


def _bare(file: str) -> str:
    name = PurePosixPath(file).name
    return name[:-7] if name.lower().endswith(".nii.gz") else PurePosixPath(name).stem


def _extension(file: str) -> str:
    name = PurePosixPath(file).name.lower()
    return "nii.gz" if name.endswith(".nii.gz") else PurePosixPath(name).suffix.strip(".")
