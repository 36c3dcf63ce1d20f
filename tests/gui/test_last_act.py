"""What stands outside of a case's history is the last act until a hand changes something in the case."""

import numpy as np
import pytest

from tests.editing.scenes import answer, blank_document, paint
from urwkv_desktop.editing.answer import import_edit
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import ASKED_FOR, FOUND
from urwkv_desktop.gui.last_act import LastAct
from urwkv_desktop.imaging import Rect


def taken_in(document: Document, tool_id: str) -> None:
    voxels = np.zeros(document.mask.voxels.shape, np.uint8)
    voxels[0, 3:6, 3:6] = 1
    document.apply(import_edit(document.mask, voxels, group=0, reader="ada", tool_id=tool_id))


@pytest.mark.parametrize(("since", "is_last"), [
    (lambda document: None, True),
    (lambda document: document.receive(answer(document.image.shape, {0: Rect(0, 0, 4, 4)}), [0]), True),
    (lambda document: taken_in(document, FOUND), True),
    (lambda document: taken_in(document, ASKED_FOR), False),
    (lambda document: paint(document, 6), False),
])
def test_only_what_a_person_did_since_comes_before_it(since: object, is_last: bool) -> None:
    document, act, done = blank_document(), LastAct(), list[bool]()
    act.note(document.case, lambda: done.append(True))
    since(document)  # type: ignore[operator]
    assert act.take_back(document) == is_last
    assert done == [True] * is_last
