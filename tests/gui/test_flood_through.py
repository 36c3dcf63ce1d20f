"""The flood fill through the slices in the real window: offered, looked at, taken, given up."""

import threading
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.canvas.hand import place
from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.editing.document import Document
from urwkv_desktop.gui.controls import TickBox
from urwkv_desktop.imaging import Geometry, Image, Plane, Rect, ThirdAxis

SHAPE = (12, 64, 64)


@pytest.fixture
def opened(open_window: Callable[..., Opened]) -> Opened:
    """A volume with a bright ball in it, and the flood fill in the hand, which goes through the slices."""
    opened = open_window(slices=SHAPE[0])
    session, space = opened.session, opened.window.workspace
    session.open_case(3)
    k, j, i = np.indices(SHAPE)
    pixels = np.where((6 * (k - 6)) ** 2 + (j - 32) ** 2 + (i - 30) ** 2 <= 400, 180, 20).astype(np.uint8)
    image = Image(pixels, Geometry.picture(slices=SHAPE[0], third_axis=ThirdAxis.space))
    session.document = Document(3, image, labels=session.labels, reader="anna")
    session.tell(document=True)
    opened.program.keymap["tool.flood"].trigger()
    tick = space.inspector.options._controls["is_3d"]
    assert isinstance(tick, TickBox)
    assert tick.isEnabled()
    tick.click()
    QApplication.processEvents()
    return opened


def press(opened: Opened, row: float = 32.5, column: float = 30.5) -> Document:
    canvas, document = opened.window.workspace.canvas, opened.session.document
    assert document is not None
    at = place(canvas, row, column)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    return document


def ball(document: Document) -> np.ndarray:
    return np.asarray(document.image.pixels == 180)


def hint(opened: Opened) -> str:
    return opened.window.workspace.status.hint.whole()


def test_a_body_is_offered_taken_with_enter_and_undone(opened: Opened) -> None:
    assert "through the slices" in hint(opened)
    document = press(opened)
    wait_until(lambda: document.suggestion is not None)
    assert not document.mask.voxels.any()
    assert hint(opened).startswith("Suggestion: Flood fill in 7 slices")
    canvas = opened.window.workspace.canvas
    canvas.set_slice(4)  # the other slices show it before it is made
    assert not canvas._frame.mask.suggestion.is_empty
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert np.array_equal(document.mask.voxels == 1, ball(document))
    opened.program.keymap["edit.undo"].trigger()
    assert not document.mask.voxels.any()


def test_escape_drops_the_offer(opened: Opened) -> None:
    document = press(opened)
    wait_until(lambda: document.suggestion is not None)
    opened.program.keymap["gesture.cancel"].trigger()
    assert document.suggestion is None
    assert not document.history.can_undo


def test_escape_stops_one_that_takes_long_and_nothing_comes_of_it(opened: Opened, monkeypatch: pytest.MonkeyPatch,
                                                                  ) -> None:
    monkeypatch.setattr("urwkv_desktop.editing.tools.flood_fill._AT_ONCE", 0)
    gate = threading.Event()

    def slow(image: Image, plane: Plane, rect: Rect, *band: float) -> np.ndarray:
        assert gate.wait(10)
        return np.zeros((rect.height, rect.width), bool)

    document = opened.session.document
    assert document is not None
    canvas = opened.window.workspace.canvas
    at = place(canvas, 32.5, 30.5)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    monkeypatch.setattr("urwkv_desktop.editing.tools.flood_fill.within", slow)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QApplication.processEvents()
    assert hint(opened) == "Flood fill… · Escape gives it up"
    (job,) = [job for job in opened.jobs.jobs if str(job.title) == "Flood fill"]
    opened.program.keymap["gesture.cancel"].trigger()
    assert job.is_cancelled
    assert hint(opened) == "Given up: nothing was changed."
    gate.set()
    assert job.wait(10)
    QApplication.processEvents()
    assert (document.suggestion, document.history.can_undo) == (None, False)
