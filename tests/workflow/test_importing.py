"""Labels of a file join the project's: by code, then by name, else as new ones."""

import numpy as np

from urwkv_desktop.formats.label_set import LabelName, LabelSet
from urwkv_desktop.imaging import Label, Labels
from urwkv_desktop.workflow.labelling import imported_labels

MINE = Labels((Label(3, "Cyst", "#56b4e9"), Label(7, "Leber", "#ffb020", "10200004")))


def test_labels_join_by_code_then_by_name_and_others_are_made() -> None:
    voxels = np.array([[[0, 1, 2, 3]]], np.uint8)
    names = (LabelName(1, "Liver", "10200004"), LabelName(2, "cyst"), LabelName(3, "Wall"))
    labels, made = imported_labels(LabelSet(voxels, names), MINE)
    assert made.tolist() == [[[0, 7, 3, 8]]]
    assert [label.name for label in labels] == ["Cyst", "Leber", "Wall"]


def test_a_file_without_names_goes_by_its_numbers() -> None:
    labels, made = imported_labels(LabelSet(np.array([[[0, 3, 7]]], np.uint8)), MINE)
    assert made.tolist() == [[[0, 3, 7]]]
    assert labels == MINE
