"""Which cases train and which validate: whole groups only, so that no patient stands on both sides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.training.cases import Case
from urwkv_desktop.training.folding import folded


@dataclass(frozen=True)
class Split:
    """Two lists of cases that share no group. said: how they came about. folds: all cases with the folds that were made
    for them, where none was listed."""

    train: tuple[Case, ...]
    validation: tuple[Case, ...]
    said: Message = field(default_factory=lambda: Message(""))
    folds: tuple[Case, ...] = ()

    @property
    def digest(self) -> str:
        """Changes when a case changes sides, comes, goes or moves in the list."""
        sides = [[case.id for case in side] for side in (self.train, self.validation)]
        return hashlib.sha256(repr(sides).encode()).hexdigest()


def chosen_split(cases: Iterable[Case], fold: int | None, seed: int) -> Split:
    """What is listed rules: the fold that was asked for, else the column `split`, else the first fold; where nothing is
    listed folds are made by `seed`, and the one asked for, or the first, validates.

    Where the column `split` names nobody who validates, folds are made of those who train.
    """
    cases = tuple(cases)
    listed = sorted({case.fold for case in cases if case.fold is not None})
    if listed and (fold is not None or not any(case.split for case in cases)):
        chosen = listed[0] if fold is None else fold
        return replace(split_by_fold(cases, chosen), said=Message("fold {fold}", fold=chosen))
    words = {case.split for case in cases if case.split}
    if fold is None and words and not ("train" in words and "validation" not in words):
        return replace(split_by_word(cases), said=Message("by the column split"))
    made = folded([case for case in cases if case.split == "train"] if words and fold is None else cases, seed)
    chosen, count = fold or 0, 1 + max(case.fold or 0 for case in made)
    split = split_by_fold(made, chosen)
    said = Message("fold {fold} of {count} that were made of whole groups by seed {seed}", fold=chosen, count=count,
                   seed=seed)
    return replace(split, said=said, folds=made)


def split_by_fold(cases: Iterable[Case], fold: int) -> Split:
    """Fold `fold` validates, the others train. Refuses groups that lie in two folds, and a side without cases."""
    cases = tuple(cases)
    _refuse_leaks(cases, {case.id: str(case.fold) for case in cases})
    inside = tuple(case for case in cases if case.fold == fold)
    return _both(Split(tuple(case for case in cases if case.fold != fold), inside))


def split_by_word(cases: Iterable[Case]) -> Split:
    """The column `split` rules: train and validation; rows of `test` are left out of both."""
    cases = tuple(cases)
    _refuse_leaks(cases, {case.id: case.split for case in cases})
    sides = {word: tuple(case for case in cases if case.split == word) for word in ("train", "validation")}
    return _both(Split(sides["train"], sides["validation"]))


def _refuse_leaks(cases: tuple[Case, ...], sides: dict[str, str]) -> None:
    seen: dict[str, Case] = {}
    for case in cases:
        first = seen.setdefault(case.group, case)
        if sides[first.id] != sides[case.id]:
            raise Refusal(
                tried=Message("Divide the cases into those that train and those that validate."),
                cause=Message(
                    "Group {group} stands on both sides: {first} and {second}.",
                    group=case.group, first=first.id, second=case.id,
                ),
                cure=Message("Give all cases of one group the same fold or split; otherwise the score means nothing."),
            )


def _both(split: Split) -> Split:
    if split.train and split.validation:
        return split
    raise Refusal(
        tried=Message("Divide the cases into those that train and those that validate."),
        cause=Message(
            "{train} cases would train and {validation} validate.",
            train=len(split.train), validation=len(split.validation),
        ),
        cure=Message("Name a fold that the list holds, or give its column split both words, train and validation."),
    )
