"""A Document: edits, history, the network's answer, shares."""

import numpy as np
import pytest

from tests.editing.scenes import LABELS, SQUARE, answer, at, blank_document, paint, scene_of
from urwkv_desktop.editing.answer import import_edit
from urwkv_desktop.editing.document import Change, Document
from urwkv_desktop.editing.edits import FlagEdit, MaskEdit, MeasureEdit, StatusEdit
from urwkv_desktop.editing.events import Event, MaskEvent, Move
from urwkv_desktop.editing.shares import ADDED, KEPT, REMOVED, provenance
from urwkv_desktop.editing.state import CaseState
from urwkv_desktop.editing.tools import Brush, Eraser
from urwkv_desktop.editing.tools.stroke import StrokeOptions
from urwkv_desktop.imaging import Box, Flag, Message, Origin, Rect, Status


def test_undo_and_redo_go_by_group_and_are_events_themselves() -> None:
    events: list[Event] = []
    document = blank_document(emit=events.append)
    together = document.begin_group()
    paint(document, 4, group=together)
    paint(document, 9, group=together)
    both = document.mask.voxels.copy()
    paint(document, 14)
    document.undo()
    assert np.array_equal(document.mask.voxels, both)
    document.undo()
    assert not document.mask.voxels.any()
    assert document.undo() is None
    document.redo()
    assert np.array_equal(document.mask.voxels, both)
    assert [type(event) for event in events] == [MaskEvent] * 3 + [Move] * 3
    assert document.revision == len(events)


def test_a_new_edit_cuts_the_redo() -> None:
    document = blank_document()
    paint(document, 4)
    paint(document, 9)
    document.undo()
    paint(document, 14)
    assert document.redo() is None
    assert [str(group.name) for group in document.history.groups] == ["Brush", "Brush"]


def test_jump_goes_anywhere_and_back() -> None:
    document = blank_document()
    masks = [document.mask.voxels.copy()]
    for row in (3, 7, 11, 15):
        paint(document, row)
        masks.append(document.mask.voxels.copy())
    for position in (0, 3, 1, 4, 2):
        document.jump(position)
        assert np.array_equal(document.mask.voxels, masks[position])
    with pytest.raises(ValueError, match="no place"):
        document.jump(5)
    assert document.history.position == 2


def test_listeners_are_told_the_box_and_can_stop() -> None:
    document = blank_document()
    told: list[Change] = []
    stop = document.listen(told.append)
    paint(document, 10.5)
    box = told[0].box
    assert (told[0].history, told[0].status) == (True, True)
    assert box is not None
    assert (document.mask.voxels[box.index] == 1).any()
    outside = document.mask.voxels.copy()
    outside[box.index] = 0
    assert not outside.any()
    document.undo()
    assert told[1].box == box
    stop()
    document.redo()
    assert len(told) == 2


def test_an_edit_made_for_another_mask_is_refused() -> None:
    document = blank_document()
    brush = Brush(scene_of(document), StrokeOptions(size=4))
    brush.press(at(6, 6))
    edit = brush.release(at(6, 9))
    assert edit is not None
    paint(document, 6)
    with pytest.raises(ValueError, match="another mask"):
        document.apply(edit)


def test_a_read_only_document_takes_no_edit() -> None:
    document = Document(1, blank_document().image, is_writable=False)
    with pytest.raises(ValueError, match="read-only"):
        document.apply(StatusEdit(Status.accepted))
    assert document.status is Status.new


def test_status_is_a_fold() -> None:
    document = blank_document()
    assert document.status is Status.new
    document.receive(answer(document.image.shape, {0: SQUARE}), [0])
    assert document.status is Status.predicted
    document.apply(StatusEdit(Status.accepted))
    assert document.status is Status.accepted
    paint(document)
    assert document.status is Status.edited
    document.undo()
    assert document.status is Status.accepted
    document.apply(StatusEdit(Status.predicted))
    assert document.status is Status.predicted
    document.jump(0)
    assert document.status is Status.new


def test_flag_stands_beside_the_status_and_is_undone() -> None:
    document = blank_document()
    document.apply(StatusEdit(Status.accepted))
    document.apply(FlagEdit(Flag(True, "unsure")))
    document.apply(FlagEdit(Flag(True, "unsure", excluded=True)))
    assert (document.status, document.flag) == (Status.accepted, Flag(True, "unsure", True))
    document.undo()
    document.undo()
    assert document.flag == Flag()


def test_measurements_are_kept_removed_and_undone() -> None:
    document = blank_document()
    document.apply(MeasureEdit("length", ((1.0, 1.0), (4.0, 5.0)), 0, 0))
    (made,) = document.history.measures
    document.apply(MeasureEdit("length", (), 0, 0, removes=made.group))
    assert document.history.measures == ()
    document.undo()
    assert document.history.measures == (made,)


def test_an_empty_answer_changes_no_pixel_and_is_applied_all_the_same() -> None:
    document = blank_document()
    received = document.receive(answer(document.image.shape, {0: Rect(0, 0, 0, 0)}), [0])
    assert received.applied == (0,)
    assert (document.status, document.history.can_undo) == (Status.predicted, True)
    assert not document.mask.voxels.any()


def test_undo_reaches_back_through_the_networks_answer() -> None:
    document = blank_document()
    document.receive(answer(document.image.shape, {0: SQUARE}), [0])
    network = document.mask.voxels.copy()
    assert network.sum() == 36
    paint(document, 15)
    document.undo()
    assert np.array_equal(document.mask.voxels, network)
    document.undo()
    assert not document.mask.voxels.any()
    assert document.status is Status.new


def test_an_answer_for_a_volume_is_one_entry_that_grows() -> None:
    document = blank_document(slices=4)
    prediction = answer(document.image.shape, dict.fromkeys(range(4), SQUARE))
    group = document.receive(prediction, [2]).group
    assert group is not None
    paint(document, 15, k=2)
    document.undo()
    for k in (1, 3):
        assert document.receive(prediction, [k], group=group).applied == (k,)
    assert (document.history.position, len(document.history.groups)) == (1, 2)
    document.redo()
    assert document.mask.voxels[2, 15, 7] == 1
    assert document.history.unfinished == group
    document.receive(prediction, [0], group=group)
    document.close_answer(group, is_complete=True)
    assert document.history.unfinished is None
    assert [bool(plane.any()) for plane in document.mask.voxels] == [True] * 4
    document.jump(0)
    assert not document.mask.voxels.any()


def test_a_slice_that_a_hand_has_touched_is_left_out_and_offered() -> None:
    document = blank_document(slices=3)
    prediction = answer(document.image.shape, dict.fromkeys(range(3), SQUARE))
    group = document.receive(prediction, [0]).group
    paint(document, 15, k=1)
    received = document.receive(prediction, [1, 2], group=group)
    assert (received.applied, received.offered) == ((2,), (1,))
    assert document.suggestion is not None
    assert document.suggestion.slices == (1,)
    assert not (document.mask.voxels[1, 4:10, 4:10] == 1).any()


def test_touched_counts_where_the_stroke_was_undone_so_that_its_redo_is_exact() -> None:
    document = blank_document()
    paint(document, 6)
    painted = document.mask.voxels.copy()
    document.undo()
    assert document.receive(answer(document.image.shape, {0: SQUARE}), [0]).offered == (0,)
    document.redo()
    assert np.array_equal(document.mask.voxels, painted)


def test_slices_of_an_answer_that_was_undone_are_offered() -> None:
    document = blank_document(slices=2)
    prediction = answer(document.image.shape, dict.fromkeys(range(2), SQUARE))
    group = document.receive(prediction, [0]).group
    document.undo()
    assert document.receive(prediction, [1], group=group).offered == (1,)
    assert not document.mask.voxels.any()
    document.redo()
    assert document.mask.voxels[0].any()
    assert not document.mask.voxels[1].any()


def test_what_was_accepted_is_not_changed_by_a_late_answer() -> None:
    document = blank_document(slices=2)
    prediction = answer(document.image.shape, dict.fromkeys(range(2), SQUARE))
    group = document.receive(prediction, [0]).group
    document.apply(StatusEdit(Status.accepted))
    assert document.receive(prediction, [1], group=group).offered == (1,)
    assert document.status is Status.accepted


def test_running_again_replaces_the_answer_and_can_be_undone() -> None:
    document = blank_document()
    document.receive(answer(document.image.shape, {0: SQUARE}), [0])
    first = document.mask.voxels.copy()
    document.receive(answer(document.image.shape, {0: Rect(12, 12, 15, 15)}, model="busi-2"), [0])
    assert document.mask.voxels.sum() == 9
    assert document.shares().kept == 1
    document.undo()
    assert np.array_equal(document.mask.voxels, first)


def test_shares_count_kept_added_and_removed() -> None:
    document = blank_document()
    assert document.shares().is_drawn
    document.receive(answer(document.image.shape, {0: Rect(0, 0, 4, 5)}), [0])
    assert (document.shares().kept, document.shares().changed) == (1, 0)
    assert document.shares().algorithm_type(Status.accepted) == "AUTOMATIC"
    _set(document, Box(0, 0, 0, 1, 1, 5), 0)
    _set(document, Box(0, 10, 0, 1, 11, 10), 1)
    shares = document.shares()
    assert (shares.kept, shares.added, shares.removed) == (15 / 30, 10 / 30, 5 / 30)
    assert shares.algorithm_type(Status.accepted) == "SEMIAUTOMATIC"
    codes = provenance(document.state, document.labels)
    assert [(codes == code).sum() for code in (KEPT, ADDED, REMOVED)] == [15, 10, 5]


def test_a_relabelled_pixel_is_added_and_removed() -> None:
    document = blank_document()
    document.receive(answer(document.image.shape, {0: Rect(0, 0, 1, 4)}), [0])
    _set(document, Box(0, 0, 0, 1, 1, 2), 2)
    shares = document.shares()
    assert (shares.kept, shares.added, shares.removed) == (0.5, 0.5, 0.5)


def test_an_imported_mask_takes_the_networks_place() -> None:
    document = blank_document()
    truth = np.zeros((1, 20, 20), np.uint8)
    truth[0, 3:6, 3:6] = 1
    document.apply(import_edit(document.mask, truth, group=0, reader="ada", source="a_mask.png"))
    assert (document.status, document.shares().origin, document.shares().kept) == (Status.predicted, Origin.imported, 1)
    assert np.array_equal(document.mask.voxels, truth)
    document.undo()
    assert not document.mask.voxels.any()


def test_a_deleted_label_counts_as_background_in_shares_and_counts() -> None:
    document = blank_document()
    paint(document, 6, label=1)
    paint(document, 14, label=2)
    document.labels = LABELS.without(2)
    assert set(document.counts()) == {1}
    assert document.shares().added == 1


def test_counts_follow_every_edit() -> None:
    document = blank_document()
    assert document.counts() == {}
    for row, label in ((4, 1), (5, 2), (12, 1)):
        paint(document, row, label=label)
        assert document.counts() == _counted(document)
    document.jump(1)
    assert document.counts() == _counted(document)


def test_old_payloads_leave_memory_and_are_read_again() -> None:
    events: list[Event] = []
    document = blank_document(emit=events.append)
    read: list[int] = []

    def load(revision: int) -> bytes:
        read.append(revision)
        event = events[revision - 1]
        assert isinstance(event, MaskEvent)
        assert event.payload is not None
        return event.payload

    document.history.loader = load
    document.history.limit = 1
    for row in range(100):
        paint(document, 4 + row % 2 * 10, tool=Brush if row // 2 % 2 == 0 else Eraser)
    size = sum(len(event.payload or b"") for event in events if isinstance(event, MaskEvent))
    assert document.history.memory < size
    document.jump(0)
    assert not document.mask.voxels.any()
    assert read


def test_a_payload_that_cannot_be_read_stops_undo_before_a_voxel_changes() -> None:
    events: list[Event] = []
    document = blank_document(emit=events.append)
    paint(document, 4)
    state = CaseState.empty(document.image.shape)
    for event in events:
        state.take(event)

    def fails(revision: int) -> bytes:
        raise OSError(revision)

    state.history.loader = fails
    state.history._payloads.clear()
    broken = Document(1, document.image, state, labels=LABELS)
    mask = broken.mask.voxels.copy()
    with pytest.raises(OSError, match="1"):
        broken.undo()
    assert np.array_equal(broken.mask.voxels, mask)
    assert (broken.history.position, broken.revision) == (1, 1)


def _set(document: Document, box: Box, label: int) -> None:
    before = document.mask.voxels[box.index].copy()
    document.apply(MaskEdit(Message("Brush"), "brush", 0, 0, box, before, np.full(box.shape, label, np.uint8)))


def _counted(document: Document) -> dict[int, int]:
    ids, counts = np.unique(document.mask.voxels, return_counts=True)
    return {int(label): int(count) for label, count in zip(ids, counts, strict=True) if label}
