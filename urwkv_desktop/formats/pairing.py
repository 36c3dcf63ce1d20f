"""Which mask file belongs to which image file: by stem, beside it or in masks/ or labels/ inside the root."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_FOLDERS = {"masks", "labels"}
_ENDING = re.compile(r"([._](mask|seg|segmentation)(_\d+)?|\.(labelmap|rtstruct))$", re.IGNORECASE)
_LAYOUT = {"masks", "labels", "images"}
HIDDEN = "truth"  # a second reader's answer: never paired, never a case


@dataclass
class Pairs:
    """images: files that may be cases; mask_of: image -> mask; several: images with more than one mask.

    labels: files that are masks, paired or not.
    """

    images: list[str] = field(default_factory=list)
    mask_of: dict[str, str] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    labels: list[str] = field(default_factory=list)


def stem(file: str) -> str:
    name = file.rpartition("/")[2]
    if name.lower().endswith(".nii.gz"):
        return name[:-7]
    dot = name.rfind(".")
    return name[:dot] if 0 < dot < len(name) - 1 else name  # ".hidden" and "ends." have no suffix


def pair(files: Sequence[str], is_mask_of: Callable[[str, str], bool]) -> Pairs:
    """files: relative, posix. is_mask_of(mask, image) looks into two files of one folder and one stem."""
    pairs = Pairs()
    in_folders = [file for file in files if _folders(file) & _FOLDERS]
    others = [file for file in files if not _folders(file) & _FOLDERS]
    marked = [file for file in others if _ENDING.search(stem(file))]
    plain = [file for file in others if not _ENDING.search(stem(file))]
    beside = _by_place(plain)
    for file in marked:
        partner = _only(beside.get((_folder(file), _bare(file)), []))
        if partner is None:
            pairs.images.append(file)
        else:
            _join(pairs, partner, file)
    twins = {mask for found in beside.values() if len(found) > 1 for mask in _twins(pairs, found, is_mask_of)}
    pairs.images += [file for file in plain if file not in twins]
    _join_folders(pairs, in_folders)
    return pairs


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _folders(file: str) -> set[str]:
    return {part.casefold() for part in file.split("/")[:-1]}


def _bare(file: str) -> str:
    return _ENDING.sub("", stem(file)).casefold()


def _by_place(files: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in files:
        found[(_folder(file), stem(file).casefold())].append(file)
    return found


def _only(found: list[str]) -> str | None:
    return found[0] if len(found) == 1 else None


def _join(pairs: Pairs, image: str, mask: str) -> None:
    pairs.labels.append(mask)
    if image in pairs.mask_of:
        pairs.several.add(image)
    else:
        pairs.mask_of[image] = mask


def _twins(pairs: Pairs, found: list[str], is_mask_of: Callable[[str, str], bool]) -> list[str]:
    """x.jpg and x.png: one is the other's mask only if its content is one; otherwise both are images."""
    for image in found:
        masks = [mask for mask in found if mask != image and is_mask_of(mask, image)]
        if len(masks) == len(found) - 1:
            for mask in masks:
                _join(pairs, image, mask)
            return masks
    return []


def _join_folders(pairs: Pairs, masks: Sequence[str]) -> None:
    by_stem: dict[str, list[str]] = defaultdict(list)
    for image in pairs.images:
        by_stem[stem(image).casefold()].append(image)
    for mask in masks:
        found = by_stem.get(stem(mask).casefold()) or by_stem.get(_bare(mask)) or []
        if len(found) > 1:
            found = [image for image in found if _place(image) == _place(mask)]
        partner = _only(found)
        if partner is None:
            pairs.labels.append(mask)
        else:
            _join(pairs, partner, mask)


def _place(file: str) -> tuple[str, ...]:
    """The folders without those that only say what lies in them: a/images/x and a/masks/x share one."""
    return tuple(part for part in file.split("/")[:-1] if part.casefold() not in _LAYOUT)
