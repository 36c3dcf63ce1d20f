"""What a hand has drawn is never lost, even where it takes long to be made."""

import numpy as np
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.tools import Brush, FloodFill
from urwkv_desktop.imaging import Geometry, Image, ImagePoint


def large(opened: Opened) -> Document:
    """On screen, with a fill of its whole image that has been begun and is not made yet."""
    opened.session.open_case(4)
    document = Document(4, Image(np.zeros((1, 1500, 1500), np.uint8), Geometry.picture()),
                        labels=opened.session.labels, reader="ada")
    opened.session.document = document
    opened.session.tell(document=True)
    QApplication.processEvents()
    canvas = opened.window.workspace.canvas
    canvas.fit()
    canvas.set_tool(FloodFill)
    canvas.press_tool(ImagePoint(700, 700))
    canvas.release_tool(ImagePoint(700, 700))
    return document


def test_a_stroke_right_after_a_long_fill_waits_for_it(opened: Opened) -> None:
    document, canvas = large(opened), opened.window.workspace.canvas
    canvas.set_active_label(2)
    canvas.set_tool(Brush, Brush.Options(size=20))
    canvas.press_tool(ImagePoint(50, 50))
    canvas.release_tool(ImagePoint(50, 50))
    wait_until(lambda: len(document.history.groups) == 2)
    assert document.counts()[1] > 1_000_000
    assert document.mask.voxels[0, 50, 50] == 2


def test_a_fill_that_is_being_made_is_there_when_the_case_is_left(opened: Opened) -> None:
    document = large(opened)
    opened.window.commands.open_case(1)
    assert document.counts()[1] > 1_000_000


def test_a_fill_that_is_being_made_is_what_undo_takes_away(opened: Opened) -> None:
    document = large(opened)
    opened.window.commands.undo()
    assert (document.counts(), document.history.can_redo) == ({}, True)


def test_a_fill_that_is_being_made_is_there_when_the_window_closes(opened: Opened) -> None:
    document = large(opened)
    opened.shell.close()
    assert document.counts()[1] > 1_000_000
