"""What is offered and not made: taken, dropped, waiting behind another offer."""

import numpy as np

from tests.editing.scenes import LABELS, SQUARE, answer, blank_document, paint, replayed
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.events import Event
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.imaging import Box, Label, Labels, Message, Origin


def test_a_suggestion_is_never_in_the_mask_before_it_is_taken() -> None:
    document = blank_document()
    paint(document, 15)
    painted = document.mask.voxels.copy()
    document.receive(answer(document.image.shape, {0: SQUARE}), [0])
    assert np.array_equal(document.mask.voxels, painted)
    document.take_suggestion()
    assert document.suggestion is None
    assert document.mask.voxels.sum() == 36
    assert document.history.offered == ()
    assert document.history.groups[-1].origin is Origin.suggestion
    document.undo()
    assert np.array_equal(document.mask.voxels, painted)


def test_a_dropped_answer_is_not_offered_again() -> None:
    events: list[Event] = []
    document = blank_document(emit=events.append)
    paint(document, 15)
    prediction = answer(document.image.shape, {0: SQUARE})
    document.receive(prediction, [0])
    state = replayed(document, events)
    reopened = Document(1, document.image, state, labels=LABELS, prediction=prediction)
    assert reopened.suggestion is not None
    document.drop_suggestion()
    reopened = Document(1, document.image, replayed(document, events), labels=LABELS, prediction=prediction)
    assert (document.suggestion, reopened.suggestion) == (None, None)


def test_a_late_answer_waits_while_another_suggestion_stands() -> None:
    document = blank_document()
    paint(document, 15)
    copied = MaskEdit(Message("Copy"), "copy", 0, 0, Box(0, 0, 0, 1, 2, 2), np.zeros((1, 2, 2), np.uint8),
                      np.ones((1, 2, 2), np.uint8))
    document.suggest(Suggestion(Message("Copy"), (copied,)))
    document.receive(answer(document.image.shape, {0: SQUARE}), [0])
    assert document.suggestion is not None
    assert not document.suggestion.is_answer
    document.take_suggestion()
    assert document.mask.voxels[0, :2, :2].all()
    assert document.suggestion is not None
    assert document.suggestion.is_answer


def test_a_taken_suggestion_leaves_locked_labels() -> None:
    document = blank_document()
    paint(document, 6, label=2)
    document.labels = Labels((Label(1, "lesion", "#fff"), Label(2, "vessel", "#fff", locked=True)))
    held = document.mask.voxels == 2
    document.receive(answer(document.image.shape, {0: SQUARE}), [0])
    document.take_suggestion()
    assert np.array_equal(document.mask.voxels == 2, held)
    assert (document.mask.voxels == 1).any()


def test_an_answer_to_other_slices_takes_back_what_an_older_one_offered() -> None:
    document = blank_document(slices=2)
    paint(document, 15)
    document.receive(answer(document.image.shape, {0: SQUARE}), [0])
    assert document.suggestion is not None
    document.receive(answer(document.image.shape, {1: SQUARE}), [1])
    assert document.suggestion is None
    document.take_suggestion()
    assert document.mask.voxels[1].sum() == 36
