"""Folds for cases that come without any: whole groups, the same ones for the same cases and seed."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.training import state_files
from urwkv_desktop.training.cases import Case, DataPlace

FOLDS = 5
FILE = "folds.csv"


def folded(cases: Sequence[Case], seed: int) -> tuple[Case, ...]:
    """The cases with a fold each, 0 to 4 (fewer where there are fewer groups), alike in size and in classes.

    Pictures that are one and the same file share a group. Refuses cases that are all of one group.
    """
    groups = _joined(cases)
    members: dict[str, list[Case]] = {}
    for case in cases:
        members.setdefault(groups[case.id], []).append(case)
    if len(members) < 2:
        raise _refusal(len(cases))
    order = sorted(members, key=lambda group: (members[group][0].kind, _drawn(seed, group)))
    sizes = [0] * min(FOLDS, len(members))
    fold_of: dict[str, int] = {}
    for group in order:
        fold_of[group] = sizes.index(min(sizes))
        sizes[fold_of[group]] += len(members[group])
    return tuple(replace(case, group=groups[case.id], fold=fold_of[groups[case.id]]) for case in cases)


def write_folds(cases: Sequence[Case], place: DataPlace, path: Path) -> None:
    """The list that `--folds` takes, so that the same cases validate again. Raises OSError where it cannot be written.

    Files stand in it as they lie below the place, never where that is on this machine.
    """
    roots = [folder for folder in (place.folder, place.images, place.masks, *place.more) if folder is not None]
    root = os.path.commonpath([folder.resolve() for folder in roots])
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("image", "mask", "class", "group", "fold", "flags"))
    for case in cases:
        files = (Path(os.path.relpath(file.resolve(), root)).as_posix() for file in (case.image, case.mask))
        table.writerow((*files, case.kind, case.group, case.fold, case.flags))
    state_files.replace(path, text.getvalue().encode())


def digest(path: Path) -> bytes:
    """SHA-256 of a file."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()


def _joined(cases: Sequence[Case]) -> dict[str, str]:
    """The group of each case, by its id; groups that hold the same file are one."""
    leader = {case.group: case.group for case in cases}

    def led(group: str) -> str:
        while leader[group] != group:
            group = leader[group]
        return group

    first: dict[bytes, str] = {}
    for case in cases:
        ours, theirs = led(case.group), led(first.setdefault(digest(case.image), case.group))
        leader[max(ours, theirs)] = min(ours, theirs)
    return {case.id: led(case.group) for case in cases}


def _drawn(seed: int, group: str) -> str:
    return hashlib.sha256(f"{seed}/{group}".encode()).hexdigest()


def _refusal(count: int) -> Refusal:
    return Refusal(
        tried=Message("Divide the cases into those that train and those that validate."),
        cause=Message("There is nothing to divide: {count} cases, all of one group.", count=count),
        cure=Message("Add cases of another group; two are the least, and a score of few means little."),
    )
