"""The list of cases that a folder offers: `folds.csv`, `cases.csv`, or images and masks of equal names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from urwkv_desktop.formats import suffixes
from urwkv_desktop.formats.pairing import stem
from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.training.case_list import NAMES, as_posix, read_rows
from urwkv_desktop.training.mask_key import MaskKey, Wanted, key_beside

_SUFFIXES = tuple(sorted(suffixes.IMAGE))
_MASK_TAILS = ("", "_mask", "_seg", "_segmentation")


@dataclass(frozen=True)
class Case:
    """One image with its mask. group: cases that must stay on one side. fold, split: as listed, None and "" if not.

    key: what the mask's values mean, where the set says so (`keyed`).
    """

    id: str
    image: Path
    mask: Path
    group: str
    kind: str = ""
    fold: int | None = None
    split: str = ""
    flags: str = ""
    key: MaskKey | None = None


@dataclass(frozen=True)
class DataPlace:
    """Where cases are: `folder` with a list in it, or `images` and `masks`; `folds` names another list.

    more: further folders, each with its list. Ids and groups then carry their folder's name, so that two sets that
    number alike stay apart; fold k of each validates together. label: the one label of the masks that counts.
    """

    folder: Path | None = None
    images: Path | None = None
    masks: Path | None = None
    folds: Path | None = None
    more: tuple[Path, ...] = ()
    label: str = ""


def keyed(cases: Iterable[Case], wanted: Sequence[Wanted], label: str = "") -> tuple[Case, ...]:
    """The cases with what their set's labels.json says. wanted: the recipe's or card's labels. Raises Refusal."""
    keys: dict[Path, MaskKey | None] = {}
    found = []
    for case in cases:
        folder = case.mask.parent
        if folder not in keys:
            keys[folder] = key_beside(case.mask, wanted, label)
        found.append(replace(case, key=keys[folder]))
    return tuple(found)


def read_cases(place: DataPlace, *, all_there: bool = True) -> tuple[Case, ...]:
    """All cases of a place, in the order of its list. Refuses a place without any and, where they must be `all_there`,
    files that are not; elsewhere reading such a case refuses it."""
    cases = tuple(_of_several(place) if place.more else _listed(place))
    if not cases:
        raise _refusal(Message("No image with a mask of the same name was found."))
    names = [case.id for case in cases]
    if len(set(names)) < len(names):
        raise _refusal(Message("{name} is listed twice.", name=next(name for name in names if names.count(name) > 1)))
    for case in cases if all_there else ():
        for path in (case.image, case.mask):
            if not path.is_file():
                raise _refusal(Message("{name} is listed and is not there.", name=path.name))
    return cases


def _of_several(place: DataPlace) -> Iterator[Case]:
    folders = [folder for folder in (place.folder, *place.more) if folder is not None]
    for folder in folders:
        name = folder.resolve().name
        for case in _listed(DataPlace(folder=folder)):
            yield replace(case, id=f"{name}/{case.id}", group=f"{name}/{case.group}")


def _listed(place: DataPlace) -> Iterator[Case]:
    if place.images and place.masks:
        yield from _paired(place.images, place.masks, _rows_by_stem(place.folds))
        return
    if place.folder is None:
        raise _refusal(Message("Neither a folder nor images with masks were named."))
    for name in NAMES:
        path = place.folds or place.folder / name
        if path.is_file():
            for row in read_rows(path):
                yield _case(row, place.folder)
            return
    yield from _paired(place.folder / "images", place.folder / "masks", {})


def _rows_by_stem(path: Path | None) -> dict[str, dict[str, str]]:
    if path is None:
        return {}
    return {stem(row.get("image") or row.get("id") or ""): row for row in read_rows(path)}


def _case(row: dict[str, str], folder: Path) -> Case:
    """A row of folds.csv names image and mask; one of cases.csv its id alone."""
    if not row.get("image") and not row.get("id"):
        raise _refusal(Message("A row of the list names neither image nor id."))
    if row.get("image"):
        image = folder / as_posix(row["image"])
        mask = folder / as_posix(row.get("mask") or row.get("label") or "")
    else:
        image, mask = _find(folder / "images", row["id"]), _find(folder / "masks", row["id"])
    return _with_row(stem(image.name), image, mask, row)


def _with_row(name: str, image: Path, mask: Path, row: dict[str, str]) -> Case:
    return Case(
        id=name,
        image=image,
        mask=mask,
        group=row.get("group") or name,
        kind=row.get("class") or "",
        fold=_fold(name, row.get("fold") or ""),
        split=row.get("split") or "",
        flags=row.get("flags") or "",
    )


def _fold(name: str, word: str) -> int | None:
    if word.strip() and not word.strip().isdigit():
        raise _refusal(Message("The fold of {name} is no number: {word}.", name=name, word=word))
    return int(word) if word.strip() else None


def _paired(images: Path, masks: Path, rows: dict[str, dict[str, str]]) -> Iterator[Case]:
    if not images.is_dir() or not masks.is_dir():
        raise _refusal(Message("There is no folder images with a folder masks beside it, nor a list of cases."))
    by_stem = {stem(path.name): path for path in sorted(masks.iterdir()) if _is_read(path)}
    for image in sorted(path for path in images.iterdir() if _is_read(path)):
        name = stem(image.name)
        found = next((by_stem[name + tail] for tail in _MASK_TAILS if name + tail in by_stem), None)
        if found is not None and (not rows or name in rows):
            yield _with_row(name, image, found, rows.get(name, {}))


def _find(folder: Path, name: str) -> Path:
    paths = (folder / (name + suffix) for suffix in _SUFFIXES)
    return next((path for path in paths if path.is_file()), folder / name)


def _is_read(path: Path) -> bool:
    return path.name.lower().endswith(_SUFFIXES)


def _refusal(cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Read the list of images and masks."),
        cause=cause,
        cure=Message("Name a folder that holds folds.csv or cases.csv, or name images and masks."),
    )
