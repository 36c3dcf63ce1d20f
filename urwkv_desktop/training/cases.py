"""The list of cases that a folder offers: `folds.csv`, `cases.csv`, or images and masks of equal names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from urwkv_desktop.formats import suffixes
from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.training.case_list import NAMES, as_posix, read_rows
from urwkv_desktop.training.mask_key import MaskKey, Wanted, key_beside
from urwkv_desktop.training.paired import bare, pairs

_SUFFIXES = tuple(sorted(suffixes.IMAGE))
_IMAGES, _MASKS = ("images", "imagesTr"), ("masks", "labels", "labelsTr")


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


def without_mask(place: DataPlace) -> tuple[str, ...]:
    """Images of a place without a list to which no mask belongs, and which are no cases therefore. Raises Refusal."""
    folders = _two_folders(place)
    rows = _rows_by_name(place.folds)
    return tuple(pair.place for pair in (pairs(*folders) if folders else ())
                 if pair.mask is None and (not rows or _row_of(pair.place, rows) is not None))


def _two_folders(place: DataPlace) -> tuple[Path, Path] | None:
    """Where images and masks lie that no list names."""
    if place.images and place.masks:
        return place.images, place.masks
    if place.folder is None or place.more or place.folds or any((place.folder / name).is_file() for name in NAMES):
        return None
    return _sides(place.folder)


def _sides(folder: Path) -> tuple[Path, Path]:
    """A folder's images and masks, as this program, others (labels) and nnU-Net (imagesTr, labelsTr) lay them out."""
    images, masks = ([folder / name for name in names if (folder / name).is_dir()] for names in (_IMAGES, _MASKS))
    return next(iter(images), folder / _IMAGES[0]), next(iter(masks), folder / _MASKS[0])


def _listed(place: DataPlace) -> Iterator[Case]:
    if place.images and place.masks:
        yield from _paired(place.images, place.masks, _rows_by_name(place.folds))
        return
    if place.folder is None:
        raise _refusal(Message("Neither a folder nor images with masks were named."))
    for name in NAMES:
        path = place.folds or place.folder / name
        if path.is_file():
            sides = _sides(place.folder)
            yield from _told_apart([(_case(row, place.folder, sides), row) for row in read_rows(path)])
            return
    yield from _paired(*_sides(place.folder), {})


def _told_apart(found: Sequence[tuple[Case, dict[str, str]]]) -> Iterator[Case]:
    """Cases of one name in several folders are called after their folders too."""
    count = Counter(case.id for case, _ in found)
    for case, row in found:
        place = bare(as_posix(row.get("image") or row["id"])).removeprefix("images/")
        yield case if count[case.id] == 1 else replace(case, id=place, group=row.get("group") or place)


_Rows = dict[str, list[tuple[tuple[str, ...], dict[str, str]]]]


def _rows_by_name(path: Path | None) -> _Rows:
    """By the last name of the image; with its folders, as far as the list gives them."""
    found: _Rows = defaultdict(list)
    for row in () if path is None else read_rows(path):
        parts = PurePosixPath(bare(as_posix(row.get("image") or row.get("id") or ""))).parts
        found[parts[-1] if parts else ""].append((parts, row))
    return found


def _row_of(place: str, rows: _Rows) -> dict[str, str] | None:
    """The row that names the image best: by most of its folders."""
    ours, most, best = PurePosixPath(place).parts, 0, None
    for parts, row in rows.get(ours[-1], ()):
        shared = min(len(parts), len(ours))
        if parts[-shared:] == ours[-shared:] and shared >= most:
            most, best = shared, row
    return best


def _case(row: dict[str, str], folder: Path, sides: tuple[Path, Path]) -> Case:
    """A row of folds.csv names image and mask; one of cases.csv its id alone. sides: where images and masks lie."""
    if not row.get("image") and not row.get("id"):
        raise _refusal(Message("A row of the list names neither image nor id."))
    if row.get("image"):
        image = folder / as_posix(row["image"])
        mask = folder / as_posix(row.get("mask") or row.get("label") or "")
    else:
        image, mask = (_find(side, row["id"]) for side in sides)
    return _with_row(bare(image.name), image, mask, row)


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


def _paired(images: Path, masks: Path, rows: _Rows) -> Iterator[Case]:
    if not images.is_dir() or not masks.is_dir():
        cause = Message("There is no folder images with a folder masks or labels beside it, nor a list of cases.")
        raise _refusal(cause)
    for pair in pairs(images, masks):
        row = _row_of(pair.place, rows)
        if pair.mask is not None and (not rows or row is not None):
            yield _with_row(pair.place, pair.image, pair.mask, row or {})


def _find(folder: Path, name: str) -> Path:
    paths = (folder / (name + suffix) for suffix in _SUFFIXES)
    return next((path for path in paths if path.is_file()), folder / name)


def _refusal(cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Read the list of images and masks."),
        cause=cause,
        cure=Message("Name a folder that holds folds.csv or cases.csv, or name images and masks."),
    )
