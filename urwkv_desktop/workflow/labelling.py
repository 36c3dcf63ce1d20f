"""A model's labels and the project's: equal code, else equal name, else a new label (MODELS.md)."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from urwkv_desktop.editing.edits import Voxels
from urwkv_desktop.formats.label_set import LabelSet
from urwkv_desktop.imaging import PALETTE, Channel, Label, Labels

# What a person paints with where no model has named a label yet.
FIRST_LABEL = "Label 1"
# Colours closer than this (in steps of 255, over red, green and blue) cannot be told apart over an image.
_TOO_CLOSE = 48


def matching(labels: Labels, channel: Channel) -> Label | None:
    by_code = next((label for label in labels if channel.code and label.code == channel.code), None)
    return by_code or next((label for label in labels if label.name.casefold() == channel.name.casefold()), None)


def with_channels(labels: Labels, channels: Iterable[Channel], *, is_drawn: Callable[[], bool] = lambda: True,
                  ) -> tuple[Labels, tuple[int, ...]]:
    """The labels with one for each channel, and their ids in the channels' order.

    is_drawn: whether anything is drawn in the whole project; if not, the label to begin with becomes the channel's.
    """
    ids = []
    for channel in channels:
        label = matching(labels, channel)
        if label is None:
            begun = _placeholder(labels)
            label = _made(labels, channel, None if begun is None or is_drawn() else begun)
        labels = labels.with_label(label)
        ids.append(label.id)
    return labels, tuple(ids)


def with_first_label(labels: Labels) -> Labels:
    return labels if len(labels) else labels.with_label(Label(labels.next_id, FIRST_LABEL, free_colour(labels)))


def free_colour(labels: Iterable[Label], wish: str = "") -> str:
    """The wish where it can be told from every label's colour, else one of the palette."""
    used = [label.colour for label in labels]
    choices = (wish, *PALETTE) if wish else PALETTE
    return next((colour for colour in choices if all(_distance(colour, other) >= _TOO_CLOSE for other in used)),
                PALETTE[len(used) % len(PALETTE)])


def _placeholder(labels: Labels) -> Label | None:
    return next((label for label in labels if label.name == FIRST_LABEL and not label.code), None)


def _made(labels: Labels, channel: Channel, placeholder: Label | None) -> Label:
    colour = free_colour([label for label in labels if label != placeholder], channel.colour)
    if placeholder is not None:
        return replace(placeholder, name=channel.name, colour=colour, code=channel.code)
    return Label(labels.next_id, channel.name, colour, channel.code)


def _distance(one: str, other: str) -> float:
    """Of two colours "#rrggbb"."""
    return math.dist(*([int(colour[at:at + 2], 16) for at in (1, 3, 5)] for colour in (one, other)))


def imported_labels(found: LabelSet, labels: Labels) -> tuple[Labels, Voxels]:
    """As imported_voxels, but what the file names is joined to the project's labels by code, then by name."""
    values = [int(value) for value in np.unique(found.voxels) if value]
    names = {name.value: name for name in found.names}
    if not values or not all(value in names for value in values):
        return imported_voxels(found.voxels, labels)
    said = [names[value] for value in values]
    wanted, ids = with_channels(labels, [Channel(one.name, one.code, one.colour) for one in said])
    table: Voxels = np.zeros(values[-1] + 1, np.uint8)
    if max(ids) > 255:
        table = table.astype(np.uint16)
    for value, label_id in zip(values, ids, strict=True):
        table[value] = label_id
    voxels: Voxels = table[found.voxels]
    return wanted, voxels


def imported_voxels(values: Voxels, labels: Labels) -> tuple[Labels, Voxels]:
    """A mask file's values as label ids: a single value above 0 is the first label, several are label 1, 2, ...

    The labels come back with those that were missing. A value that is the id of a deleted label gets a new id: an id is
    never given again.
    """
    found = [int(value) for value in np.flatnonzero(np.bincount(values.ravel(), minlength=1)) if value]
    ids: dict[int, int] = {}
    if len(found) <= 1:
        labels = with_first_label(labels)
        ids = dict.fromkeys(found, labels.items[0].id)
    for value in found if not ids else ():
        label = labels.get(value)
        if label is None:
            wanted = max(labels.next_id, found[-1] + 1) if value in labels.retired else value
            label = Label(wanted, f"Label {value}", free_colour(labels))
            labels = labels.with_label(label)
        ids[value] = label.id
    table: Voxels = np.zeros(max(found, default=0) + 1, np.uint8)
    if max(ids.values(), default=0) > 255:
        table = table.astype(np.uint16)
    for value, label_id in ids.items():
        table[value] = label_id
    voxels: Voxels = table[values]
    return labels, voxels
