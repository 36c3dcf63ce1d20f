"""What the values of a set's masks mean: its labels.json beside what the network tells apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.formats.label_set import LabelName
from urwkv_desktop.formats.reading.label_names import FILE, names_beside
from urwkv_desktop.imaging import Message, Refusal


class Wanted(Protocol):
    """A label that the network tells apart, as a recipe or a card names it."""

    @property
    def name(self) -> str: ...
    @property
    def code(self) -> str: ...


@dataclass(frozen=True, eq=False)
class MaskKey:
    """names: the set's labels by their value. index: value -> the network's label (from 1), 0 for one that a person has
    set aside; values of other labels are missing. wanted: the network's labels in words."""

    names: Mapping[int, str]
    index: Mapping[int, int]
    wanted: str

    def read(self, values: NDArray[Any]) -> NDArray[np.uint8]:
        """Values as stored -> indices of the network's labels. Raises UnknownValue for one that stands for no label."""
        there, places = np.unique(values, return_inverse=True)
        held = [value for value in there.tolist() if value]
        # A set of one label may mark it with any value, as 255.
        meant = dict(zip(held, self.names, strict=True)) if len(self.names) == len(held) == 1 else {}
        found = np.zeros(len(there), np.uint8)
        for place, value in enumerate(there.tolist()):
            if value and meant.get(value, value) not in self.index:
                raise UnknownValue(self._said_of(meant.get(value, value)))
            found[place] = self.index.get(meant.get(value, value), 0)
        return found[places].reshape(values.shape)

    def _said_of(self, value: int) -> Message:
        said = {"value": value, "labels": ", ".join(self.names.values()), "wanted": self.wanted}
        if value not in self.names:
            return Message("The mask holds {value}, which is none of the set's labels ({labels}).", **said)
        return Message("The mask holds {label} ({value}), and the network tells apart {wanted}; the set has {labels}.",
                       label=self.names[value], **said)


class UnknownValue(Exception):  # noqa: N818 - the product's own kind of word
    """A value that stands for no label of the network; the reader of the mask makes a Refusal of it."""

    def __init__(self, cause: Message) -> None:
        super().__init__(str(cause))
        self.cause = cause


def key_beside(mask: Path, wanted: Sequence[Wanted], chosen: str = "") -> MaskKey | None:
    """The key of masks that lie where this one does; None where no labels.json stands beside them or above.

    A label is the network's of the same code, else of the same name. chosen: name or code of the one label that counts,
    whatever it is called; all others are background. Refuses a file that cannot be understood and a label that is none.
    """
    file = next((folder / FILE for folder in _above(mask) if (folder / FILE).is_file()), None)
    names = () if file is None else names_beside(file)
    if not names:
        if file is not None:
            raise _refusal(Message("What {file} beside the masks says cannot be understood.", file=FILE))
        if chosen:
            raise _refusal(Message("There is no {file} beside the masks, which would name the label {label}.",
                                   file=FILE, label=chosen))
        return None
    index = _joined(names, wanted) if not chosen else _chosen(names, wanted, chosen)
    return MaskKey({one.value: one.name for one in names}, index, ", ".join(one.name for one in wanted))


def _above(mask: Path) -> Sequence[Path]:
    """Up to the folder that holds masks/ or labels/, within which an export keeps folders; else one folder up."""
    parents = mask.absolute().parents
    places = (place for place, folder in enumerate(parents) if folder.name.casefold() in ("masks", "labels"))
    return parents[: next(places, 0) + 2]


def _joined(names: Sequence[LabelName], wanted: Sequence[Wanted]) -> dict[int, int]:
    index: dict[int, int] = {}
    for place, label in enumerate(wanted, start=1):
        by_code = [one for one in names if label.code and one.code == label.code]
        by_name = [one for one in names if one.name.casefold() == label.name.casefold()]
        for one in (by_code or by_name)[:1]:
            index[one.value] = place
    return index


def _chosen(names: Sequence[LabelName], wanted: Sequence[Wanted], chosen: str) -> dict[int, int]:
    if len(wanted) > 1:
        raise _refusal(Message("One label was chosen, and the network tells {count} apart.", count=len(wanted)))
    word = chosen.casefold()
    values = [one.value for one in names if word in (one.name.casefold(), one.code.casefold())]
    if not values:
        raise _refusal(Message("The set has no label {label}; it has {labels}.", label=chosen,
                               labels=", ".join(one.name for one in names)))
    return {one.value: int(one.value == values[0]) for one in names}


def _refusal(cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Find out what the masks mean."),
        cause=cause,
        cure=Message("Name a label of the set with --label, or put {file} right.", file=FILE),
    )
