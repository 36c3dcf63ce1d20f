"""A model's labels and the project's: equal code, else equal name, else a new label (MODELS.md)."""

from collections.abc import Iterable, Sequence

import numpy as np

from urwkv_desktop.editing.edits import LabelEdit, Voxels
from urwkv_desktop.imaging import PALETTE, Channel, Label, Labels

# What a person paints with where no model has named a label yet.
FIRST_LABEL = "Label 1"


def matching(labels: Labels, channel: Channel) -> Label | None:
    by_code = next((label for label in labels if channel.code and label.code == channel.code), None)
    return by_code or next((label for label in labels if label.name.casefold() == channel.name.casefold()), None)


def with_channels(labels: Labels, channels: Iterable[Channel]) -> tuple[Labels, tuple[int, ...]]:
    """The labels with one for each channel, and their ids in the channels' order."""
    ids = []
    for channel in channels:
        label = matching(labels, channel)
        if label is None:
            label = Label(labels.next_id, channel.name, channel.colour or free_colour(labels), channel.code)
            labels = labels.with_label(label)
        ids.append(label.id)
    return labels, tuple(ids)


def with_first_label(labels: Labels) -> Labels:
    return labels if len(labels) else labels.with_label(Label(labels.next_id, FIRST_LABEL, free_colour(labels)))


def free_colour(labels: Labels) -> str:
    used = {label.colour for label in labels}
    return next((colour for colour in PALETTE if colour not in used), PALETTE[len(labels) % len(PALETTE)])


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


def label_edits(before: Labels, after: Labels, reader: str) -> Sequence[LabelEdit]:
    """What has to be done to the one to become the other: deletions, changes, additions."""
    edits = [LabelEdit(label, None, place, reader) for place, label in enumerate(before)
             if after.get(label.id) is None]
    for place, label in enumerate(after):
        old = before.get(label.id)
        if old != label:
            edits.append(LabelEdit(old, label, place, reader))
    return edits
