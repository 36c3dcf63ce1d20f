"""How a plane looked before, seen without touching the mask; old payloads come from the store."""

import numpy as np
import pytest

from tests.editing.scenes import SQUARE, answer, blank_document, paint
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.past import past_of
from urwkv_desktop.imaging import Plane, Rect


def worked_on() -> tuple[Document, list[np.ndarray]]:
    """An answer in three slices, strokes in two of them, one of which is undone; and the mask at each place."""
    document = blank_document(slices=3)
    masks = [document.mask.voxels.copy()]
    document.receive(answer(document.image.shape, dict.fromkeys(range(3), SQUARE)), [0, 1, 2])
    masks.append(document.mask.voxels.copy())
    for row, k, label in ((6.5, 0, 2), (12.5, 1, 1), (15.5, 0, 1)):
        paint(document, row, k=k, label=label)
        masks.append(document.mask.voxels.copy())
    document.undo()
    return document, masks


@pytest.mark.parametrize("plane", [Plane(0, 0), Plane(0, 2), Plane(1, 6), Plane(2, 8)])
@pytest.mark.parametrize("places", [(4, 3, 2, 1, 0), (0, 1, 2, 3, 4), (2,), (3, 0, 4)])
def test_every_place_looks_as_it_did(plane: Plane, places: tuple[int, ...]) -> None:
    document, masks = worked_on()
    rows, columns = plane.size(document.mask.voxels.shape)
    rect = Rect(0, 2, rows, columns - 3)
    before = document.mask.voxels.copy()
    looks = past_of(document, plane, rect, places).looks()
    for place, look in zip(places, looks, strict=True):
        assert np.array_equal(look, plane.cut(masks[place])[rect.index])
    assert np.array_equal(document.mask.voxels, before)


def test_payloads_that_left_memory_are_read_from_the_store_and_do_not_come_back_into_memory() -> None:
    document, masks = worked_on()
    history = document.history
    stored, asked = dict(history._payloads), list[int]()

    def load(revision: int) -> bytes:
        asked.append(revision)
        return stored[revision]

    history.loader = load
    history._payloads.clear()
    past = past_of(document, Plane(0, 0), Rect(0, 0, 20, 20), (0,))
    assert np.array_equal(past.looks()[0], masks[0][0])
    assert asked
    assert not history._payloads
