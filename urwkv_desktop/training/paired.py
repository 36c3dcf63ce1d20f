"""Images and masks of two folders, matched by their places below them and by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from urwkv_desktop.formats import suffixes
from urwkv_desktop.formats.reading.walking import may_be_image, walk
from urwkv_desktop.imaging import legible

_TAILS = ("", "_mask", "_seg", "_segmentation")
_CHANNEL = "_0000"  # nnU-Net's name for an image's first channel, which its mask does not have


@dataclass(frozen=True)
class Pair:
    """place: of the image below its folder, without its suffix; mask: None where there is none."""

    place: str
    image: Path
    mask: Path | None


def bare(file: str) -> str:
    """A file's place without the suffix of an image; other endings (1.2.840.113) are part of the name."""
    suffix = ".nii.gz" if file.lower().endswith(".nii.gz") else PurePosixPath(file).suffix
    return file[:-len(suffix)] if suffix.lower() in suffixes.IMAGE else file


def pairs(images: Path, masks: Path) -> Iterator[Pair]:
    """Every image, sub-folders too, in the order of its place. masks/sub/a belongs to images/sub/a; a mask whose name
    no other has may lie elsewhere, as does an image whose name no other has."""
    marked = dict(_placed(masks, apart=images))
    found = _placed(images, apart=masks)
    exact = {place: next((marked[name] for name in _names(place) if marked.get(name, image) != image), None)
             for place, image in found}
    taken = {mask for mask in exact.values() if mask is not None}
    lonely = _by_name(place for place, mask in exact.items() if mask is None)
    left = _by_name(place for place, mask in marked.items() if mask not in taken)
    for place, image in found:
        mask = exact[place] or _elsewhere(PurePosixPath(place).name, lonely, left, marked)
        if image not in taken:  # both in one folder: a_mask is a's
            yield Pair(legible(place), image, None if mask == image else mask)


def _elsewhere(name: str, lonely: dict[str, list[str]], left: dict[str, list[str]], marked: dict[str, Path],
               ) -> Path | None:
    if len(lonely[name]) != 1:
        return None
    for wanted in _names(name):
        if len(there := left.get(wanted, [])) == 1:
            return marked[there[0]]
    return None


def _names(image: str) -> list[str]:
    """What its mask may be called."""
    return [*(image + tail for tail in _TAILS), *([image.removesuffix(_CHANNEL)] if image.endswith(_CHANNEL) else [])]


def _placed(folder: Path, *, apart: Path) -> list[tuple[str, Path]]:
    """apart: the other folder, which may lie in this one and is none of it then."""
    other = apart.resolve() if folder.resolve() in apart.resolve().parents else None
    files = sorted(folder / file for file in walk(folder))
    return [(bare(file.relative_to(folder).as_posix()), file) for file in files
            if may_be_image(file) and (other is None or other not in file.resolve().parents)]


def _by_name(places: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for place in places:
        found[PurePosixPath(place).name].append(place)
    return found
