"""What takes long is done on a job, and counts only for the mask for which it was made."""

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from tests.editing.scenes import blank_document, drawn, paint
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.work import Stop, Work, never
from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.workflow.jobs import JobGroup, Jobs, Turns
from urwkv_desktop.workflow.working import Works


class Desk:
    """One document on it; said: the sentences; gate: until it is opened, what is asked for does not end."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.jobs = Jobs(self.turns.post, crashed=lambda error: None)
        self.document: Document | None = blank_document()
        self.said: list[str] = []
        self.gate = threading.Event()
        self.works = Works(JobGroup(self.jobs), lambda: self.document, lambda message: self.said.append(str(message)))

    def work(self, made: MaskEdit | Suggestion | None) -> Work:
        def run(stop: Stop = never) -> MaskEdit | Suggestion | None:
            assert self.gate.wait(10)
            return made

        return Work(Message("Grow"), run)

    def wait(self) -> None:
        self.gate.set()
        until = time.monotonic() + 10
        while self.jobs.jobs or not self.turns.is_idle:
            self.turns.until(lambda: False, seconds=0.01)
            assert time.monotonic() < until


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.gate.set()
    made.jobs.shutdown()


def edit(document: Document | None) -> MaskEdit:
    assert document is not None
    return drawn(document, np.ones((1, 20, 20), np.uint8))


def drawn_pixels(document: Document | None) -> int:
    assert document is not None
    return int(np.count_nonzero(document.mask.voxels))


def test_an_edit_is_made_once_it_is_ready(desk: Desk) -> None:
    desk.works.take(desk.work(edit(desk.document)))
    assert (drawn_pixels(desk.document), str(desk.works.name)) == (0, "Grow")
    desk.wait()
    assert (drawn_pixels(desk.document), desk.works.name, desk.said) == (400, None, [])


def test_a_suggestion_is_offered_and_nothing_is_said_to_be_nothing(desk: Desk) -> None:
    desk.works.take(desk.work(Suggestion(Message("x"), (edit(desk.document),))))
    desk.wait()
    assert desk.document is not None
    assert desk.document.suggestion is not None
    assert drawn_pixels(desk.document) == 0
    desk.works.take(None)
    assert desk.said == ["Nothing would change."]


def test_what_was_made_for_an_older_mask_is_dropped_and_said_so(desk: Desk) -> None:
    desk.works.run(desk.work(edit(desk.document)))
    assert desk.document is not None
    paint(desk.document)
    before = drawn_pixels(desk.document)
    desk.wait()
    assert drawn_pixels(desk.document) == before
    assert desk.said == ["Grow: the mask has changed meanwhile, so nothing was done."]


def test_what_was_made_for_another_case_does_not_touch_this_one(desk: Desk) -> None:
    desk.works.run(desk.work(edit(desk.document)))
    desk.document = blank_document()
    desk.wait()
    assert drawn_pixels(desk.document) == 0
    assert len(desk.said) == 1


def test_another_work_takes_the_place_of_one_that_runs(desk: Desk) -> None:
    seen: list[object] = []
    desk.works.run(desk.work(edit(desk.document)), seen.append)
    desk.works.run(desk.work(None), seen.append)
    desk.wait()
    assert (seen, drawn_pixels(desk.document)) == ([None], 0)


def test_what_is_given_up_is_not_done(desk: Desk) -> None:
    desk.works.run(desk.work(edit(desk.document)))
    assert desk.works.give_up()
    desk.wait()
    assert (drawn_pixels(desk.document), desk.works.give_up()) == (0, False)


def test_a_refusal_is_told(desk: Desk) -> None:
    def refuse(stop: Stop = never) -> None:
        raise Refusal(tried=Message("x"), cause=Message("There is no room."), cure=Message("y"))

    desk.works.run(Work(Message("Grow"), refuse))
    desk.wait()
    assert desk.said == ["There is no room."]


def test_what_a_hand_has_drawn_is_in_the_mask_once_it_is_asked_for(desk: Desk) -> None:
    desk.gate.set()
    desk.works.draw(desk.work(edit(desk.document)))
    assert desk.works.finish()
    assert (drawn_pixels(desk.document), desk.works.is_drawn_pending) == (400, False)
    desk.wait()
    assert desk.document is not None
    assert len(desk.document.history.groups) == 1


def test_what_a_hand_has_drawn_outlasts_a_change_of_the_mask(desk: Desk) -> None:
    desk.works.draw(desk.work(edit(desk.document)))
    assert desk.document is not None
    paint(desk.document)
    desk.wait()
    assert (drawn_pixels(desk.document), desk.said) == (400, [])


def test_what_a_hand_has_drawn_gives_no_way_to_another_work(desk: Desk) -> None:
    desk.gate.set()
    first = desk.document
    desk.works.draw(desk.work(edit(first)))
    desk.works.run(desk.work(None), lambda made: None)
    desk.works.give_up()
    desk.wait()
    assert drawn_pixels(first) == 400


def test_what_a_hand_has_drawn_is_drawn_in_its_own_case(desk: Desk) -> None:
    first = desk.document
    desk.works.draw(desk.work(edit(first)))
    desk.document = blank_document()
    desk.wait()
    assert (drawn_pixels(first), drawn_pixels(desk.document)) == (400, 0)
