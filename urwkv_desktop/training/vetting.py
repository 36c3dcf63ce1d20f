"""What is wrong with data before a network is asked to learn from it: refused with the reason, not trained around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.training.cases import Case
from urwkv_desktop.training.folding import digest
from urwkv_desktop.training.split import Split

_LOSSY = (".jpg", ".jpeg", ".jfif")
_VALUES = 8  # a mask of one label holds two; a few more may be labels that count as one
_STEPPED = 0.4  # share of neighbours inside the mask that differ: in a mask of many objects only where two touch
_BETWEEN = 0.4  # share of a JPEG's pixels that are neither black nor white


def refuse_twins(split: Split) -> None:
    """Refuses a picture that trains and validates under two names: its groups leak, whatever the list says."""
    seen = {digest(case.image): case for case in split.train}
    for case in split.validation:
        twin = seen.get(digest(case.image))
        if twin is not None:
            raise Refusal(
                tried=Message("Divide the cases into those that train and those that validate."),
                cause=Message("{first} trains and {second} validates, and both are the same file.", first=twin.id,
                              second=case.id),
                cure=Message("Give both the same group, or take one out of the list."),
            )


def refuse_no_mask(case: Case, values: NDArray[Any], *, to_learn: bool) -> None:
    """Refuses what cannot be a mask of one label: a grey picture and, to learn from, a file whose compression smears
    edges.

    values: the mask's pixels as stored, [Z,H,W].
    """
    found = np.unique(values)
    if len(found) <= 2:
        return
    is_lossy = case.mask.suffix.lower() in _LOSSY
    if to_learn and is_lossy:
        raise _unfit(case, Message("The mask is a JPEG file with {count} values: its edges are smeared.",
                                   count=len(found)))
    if len(found) > _VALUES and (_between(values) > _BETWEEN if is_lossy else _stepped(values) > _STEPPED):
        raise _unfit(case, Message("The mask holds {count} values side by side: it is a picture, not a mask.",
                                   count=len(found)))


def refuse_unlabelled(labelled: Sequence[bool]) -> None:
    """Refuses a training side on which nothing at all is marked. labelled: whether a slice holds any label."""
    if not any(labelled):
        raise Refusal(
            tried=Message("Train the network."),
            cause=Message("None of the {count} pictures that would train has anything marked.", count=len(labelled)),
            cure=Message("Look whether the masks are those of these images."),
        )


def _between(values: NDArray[Any]) -> float:
    """Share of the pixels that are neither nearly the darkest nor nearly the brightest: smeared edges are few."""
    low, high = float(values.min()), float(values.max())
    tenth = (high - low) / 10
    return float(np.mean((values > low + tenth) & (values < high - tenth)))


def _stepped(values: NDArray[Any]) -> float:
    left, right = values[..., :-1], values[..., 1:]
    inside = (left != 0) & (right != 0)
    return float((left != right)[inside].mean()) if inside.any() else 0.0


def _unfit(case: Case, cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Read {name}.", name=case.id),
        cause=cause,
        cure=Message("Save the mask again as PNG, with 0 outside and one value inside."),
    )
