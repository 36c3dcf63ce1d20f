"""A mask file's numbers become the project's labels."""

import numpy as np

from urwkv_desktop.imaging import PALETTE, Channel, Label, Labels
from urwkv_desktop.workflow.labelling import free_colour, imported_voxels, with_channels, with_first_label
from urwkv_desktop.workflow.review import next_open

LESION = Label(1, "Lesion", "#ffb020")


def mask(*values: int) -> np.ndarray:
    return np.array([[values]], np.uint8)


def test_a_binary_mask_becomes_the_first_label() -> None:
    labels, voxels = imported_voxels(mask(0, 255, 0), Labels((LESION,)))
    assert voxels.tolist() == [[[0, 1, 0]]]
    assert labels == Labels((LESION,))


def test_an_empty_mask_stays_empty() -> None:
    assert not imported_voxels(mask(0, 0), Labels((LESION,)))[1].any()


def test_each_number_of_an_index_mask_is_a_label() -> None:
    labels, voxels = imported_voxels(mask(0, 1, 3), Labels((LESION,)))
    assert voxels.tolist() == [[[0, 1, 3]]]
    assert [label.id for label in labels] == [1, 3]


def test_a_deleted_labels_number_gets_a_new_label_that_meets_no_other() -> None:
    labels = Labels((LESION, Label(2, "Vessel", "#56b4e9"))).without(2)
    after, voxels = imported_voxels(mask(1, 2, 3), labels)
    assert 2 in after.retired
    assert after.get(2) is None
    assert len({*voxels.ravel().tolist()}) == 3
    assert all(after.get(int(value)) is not None for value in voxels.ravel())


def test_a_first_label_above_255_is_kept_whole() -> None:
    assert imported_voxels(mask(0, 1), Labels((Label(300, "Late", "#ffb020"),)))[1].tolist() == [[[0, 300]]]


def test_the_next_open_case_is_never_a_refused_file() -> None:
    from urwkv_desktop.store.cases import CaseRow

    rows = [CaseRow(row, "", str(row), ("a.png",), "2d") for row in (1, -1, 2)]
    assert next_open(rows, 1) == 2
    assert next_open(rows[:2], 1) is None


def test_the_label_to_begin_with_becomes_the_models_where_nothing_is_drawn() -> None:
    begun = with_first_label(Labels())
    labels, ids = with_channels(begun, [Channel("Lesion", colour="#F2A93B")], is_drawn=lambda: False)
    assert labels == Labels((Label(1, "Lesion", "#F2A93B"),))
    assert ids == (1,)


def test_a_label_that_is_drawn_or_was_renamed_stays_beside_the_models() -> None:
    channel = Channel("Lesion", colour="#F2A93B")
    drawn, _ = with_channels(with_first_label(Labels()), [channel], is_drawn=lambda: True)
    assert [one.name for one in drawn] == ["Label 1", "Lesion"]
    renamed = Labels((Label(1, "Rim", PALETTE[0]),))
    assert [one.name for one in with_channels(renamed, [channel], is_drawn=lambda: False)[0]] == ["Rim", "Lesion"]


def test_a_models_colour_that_cannot_be_told_from_another_gives_way() -> None:
    labels, _ = with_channels(with_first_label(Labels()), [Channel("Lesion", colour="#F2A93B")], is_drawn=lambda: True)
    assert [label.colour for label in labels] == [PALETTE[0], PALETTE[1]]


def test_every_colour_of_the_palette_is_given_before_one_comes_twice() -> None:
    labels = Labels()
    for number in range(len(PALETTE)):
        labels = labels.with_label(Label(number + 1, str(number), free_colour(labels)))
    assert [label.colour for label in labels] == list(PALETTE)
