"""Emptying a label, and the network's answer again."""

import numpy as np

from tests.editing.scenes import answer, at, blank_document, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.operations import BackToNetworkOptions, ClearLabelOptions, back_to_network, clear_label
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.editing.tools.stroke import StrokeOptions
from urwkv_desktop.imaging import Label, Labels, Plane, Rect, Status


def test_clear_label_empties_the_active_label_in_this_slice_alone() -> None:
    document = blank_document(slices=3)
    for k in (0, 1):
        _paint(document, 1, k)
    _paint(document, 2, 1, row=14)
    edit = clear_label(scene_of(document, plane=Plane(0, 1)), ClearLabelOptions())
    assert edit is not None
    document.apply(edit)
    assert (document.mask.voxels[0] == 1).any()
    assert set(np.unique(document.mask.voxels[1])) == {0, 2}
    everywhere = clear_label(scene_of(document), ClearLabelOptions(everywhere=True))
    assert everywhere is not None
    document.apply(everywhere)
    assert not (document.mask.voxels == 1).any()
    document.jump(3)
    assert (document.mask.voxels[1] == 1).any()


def test_clear_label_leaves_a_locked_label_alone() -> None:
    document = blank_document()
    _paint(document, 1, 0)
    document.labels = Labels((Label(1, "lesion", "#fff", locked=True),))
    assert clear_label(scene_of(document), ClearLabelOptions()) is None


def test_back_to_network_undoes_the_hand_inside_the_region_and_is_an_edit() -> None:
    document = blank_document()
    prediction = answer(document.image.shape, {0: Rect(4, 4, 10, 10)})
    document.receive(prediction, [0])
    network = document.mask.voxels.copy()
    _paint(document, 1, 0, row=15)
    _paint(document, 2, 0, row=5)
    painted = document.mask.voxels.copy()
    upper = np.zeros((20, 20), bool)
    upper[:12] = True
    edit = back_to_network(scene_of(document), BackToNetworkOptions(region=upper))
    assert edit is not None
    document.apply(edit)
    assert np.array_equal(document.mask.voxels[0, :12], network[0, :12])
    assert np.array_equal(document.mask.voxels[0, 12:], painted[0, 12:])
    rest = back_to_network(scene_of(document), BackToNetworkOptions(everywhere=True))
    assert rest is not None
    document.apply(rest)
    assert np.array_equal(document.mask.voxels, network)
    assert (document.status, document.shares().changed) == (Status.edited, 0)
    assert back_to_network(scene_of(document), BackToNetworkOptions()) is None


def _paint(document: Document, label: int, k: int, *, row: float = 6.5) -> None:
    brush = Brush(scene_of(document, active=label, plane=Plane(0, k)), StrokeOptions(size=4))
    brush.press(at(row, 6.5))
    edit = brush.release(at(row, 9.5))
    assert edit is not None
    document.apply(edit)
