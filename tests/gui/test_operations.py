"""Operations in the window: by a key, from the menu, with options and a preview; suggestions taken and dropped."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.editing.scenes import drawn
from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.operations import OPERATIONS
from urwkv_desktop.editing.tools.region import PickTool, RegionTool
from urwkv_desktop.gui.dialogs.palette import CommandPalette
from urwkv_desktop.gui.panels.operation_popover import OperationPopover
from urwkv_desktop.imaging import Geometry, Image, ImagePoint, Labels, Message, Status
from urwkv_desktop.workflow.changes import SavedKind, SavedState


def document_of(opened: Opened, voxels: np.ndarray | None = None) -> Document:
    """Case 4, predicted: a square of 10 x 10 in each slice; or drawn by hand as voxels say."""
    opened.session.open_case(4)
    document = opened.session.document
    assert document is not None
    if voxels is not None:
        document.apply(drawn(document, voxels))
    QApplication.processEvents()
    return document


def do(opened: Opened, action: str) -> None:
    opened.program.keymap[action].trigger()
    QApplication.processEvents()


def popover(opened: Opened) -> OperationPopover:
    found = opened.window.operations.popover
    assert found is not None
    return found


def pixels(document: Document, k: int = 0) -> int:
    return int(np.count_nonzero(document.mask.voxels[k] == 1))


def square(slices: int = 1, *drawn_in: int) -> np.ndarray:
    voxels = np.zeros((slices, 64, 64), np.uint8)
    for k in drawn_in or range(slices):
        voxels[k, 20:30, 20:30] = 1
    return voxels


def point(opened: Opened, row: float, column: float) -> QPoint:
    canvas = opened.window.workspace.canvas
    x, y = canvas.transform.to_screen(ImagePoint(row, column))
    return QPoint(round(x / canvas.devicePixelRatioF()), round(y / canvas.devicePixelRatioF()))


def hint(opened: Opened) -> str:
    return opened.window.workspace.status.hint.whole()


def test_growing_is_shown_before_it_is_done_and_enter_does_it(opened: Opened) -> None:
    document = document_of(opened)
    do(opened, "operation.grow")
    wait_until(lambda: document.suggestion is not None)
    assert pixels(document) == 100
    assert "84 pixels" in popover(opened).note.text()
    QTest.keyClick(popover(opened), Qt.Key.Key_Return)
    assert (pixels(document), document.suggestion, opened.window.operations.popover) == (184, None, None)
    assert document.status is Status.edited
    do(opened, "edit.undo")
    assert pixels(document) == 100


def test_escape_leaves_everything_as_it_was(opened: Opened) -> None:
    document = document_of(opened)
    revision = document.revision
    do(opened, "operation.shrink")
    wait_until(lambda: document.suggestion is not None)
    QTest.keyClick(popover(opened), Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert (pixels(document), document.suggestion, document.revision) == (100, None, revision)


def test_the_preview_follows_the_options_and_they_are_remembered(opened: Opened) -> None:
    document = document_of(opened)
    do(opened, "operation.grow")
    slider = popover(opened).panel._controls["distance"]
    slider.valued.emit(1.0)
    wait_until(lambda: "40 pixels" in popover(opened).note.text())
    popover(opened).take.click()
    assert pixels(document) == 140
    do(opened, "operation.repeat")
    assert pixels(document) > 140
    do(opened, "operation.grow")
    assert popover(opened).options.distance == 1.0
    popover(opened).close()


def test_nothing_to_change_is_said(opened: Opened) -> None:
    document_of(opened)
    do(opened, "operation.fill_holes")
    wait_until(lambda: popover(opened).note.text() == "Nothing would change.")
    popover(opened).take.click()
    assert hint(opened) == "Nothing would change."


def test_in_one_slice_the_others_cannot_be_chosen(open_window: Callable[..., Opened]) -> None:
    flat = open_window()
    document_of(flat)
    do(flat, "operation.fill_holes")
    where = popover(flat).panel._controls["where"]
    assert not where._buttons["volume"].isEnabled()
    popover(flat).close()


def test_a_lasso_says_where_and_the_tool_comes_back(opened: Opened) -> None:
    voxels = square()
    voxels[0, 40:50, 40:50] = 1
    document, canvas = document_of(opened, voxels), opened.window.workspace.canvas
    before = canvas.tool_class
    do(opened, "operation.shrink")
    popover(opened).panel._controls["where"].chosen.emit("lasso")
    assert popover(opened).take.text() == "Draw around it…"
    popover(opened).take.click()
    assert canvas.tool_class is RegionTool
    assert hint(opened).startswith("Shrink: draw around where")
    corners = [point(opened, row, column) for row, column in ((15, 15), (15, 35), (35, 35), (35, 15), (15, 16))]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=corners[0])
    for corner in corners[1:]:
        QTest.mouseMove(canvas, corner)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=corners[-1])
    wait_until(lambda: canvas.tool_class is before)
    assert (pixels(document), int(document.mask.voxels[0, 40:50, 40:50].sum())) == (136, 100)


def test_escape_puts_the_lasso_away(opened: Opened) -> None:
    document_of(opened)
    canvas = opened.window.workspace.canvas
    before = canvas.tool_class
    do(opened, "operation.back_to_network")
    assert "network" in hint(opened)  # the stand-in's answer has no logits
    do(opened, "operation.grow")
    popover(opened).panel._controls["where"].chosen.emit("lasso")
    popover(opened).take.click()
    do(opened, "gesture.cancel")
    assert canvas.tool_class is before


def test_the_island_under_the_press_stays(opened: Opened) -> None:
    voxels = square()
    voxels[0, 40:50, 40:50] = 1
    document, canvas = document_of(opened, voxels), opened.window.workspace.canvas
    do(opened, "operation.keep_island")
    popover(opened).take.click()
    assert canvas.tool_class is PickTool
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=point(opened, 45, 45))
    wait_until(lambda: pixels(document) == 100)
    assert document.mask.voxels[0, 40:50, 40:50].all()
    assert canvas.tool_class is not PickTool


def test_interpolation_is_offered_in_words_and_in_the_slices_and_enter_takes_it(
        open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=5)
    document = document_of(opened, square(5, 0, 4))
    do(opened, "operation.interpolate")
    assert hint(opened) == "Suggestion: interpolated in 3 slices · Enter takes it · Escape drops it"
    assert [pixels(document, k) for k in range(5)] == [100, 0, 0, 0, 100]
    do(opened, "case.accept_and_next")
    assert [pixels(document, k) for k in range(5)] == [100] * 5
    assert "Suggestion" not in hint(opened)


def test_escape_drops_what_is_offered(open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=5)
    document = document_of(opened, square(5, 0, 4))
    do(opened, "operation.interpolate")
    do(opened, "gesture.cancel")
    assert document.suggestion is None
    assert pixels(document, 2) == 0


def test_the_view_goes_to_where_something_is_offered(open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=5)
    document_of(opened, square(5, 2, 4))
    assert opened.window.workspace.canvas.plane.index == 2
    do(opened, "operation.interpolate")
    assert opened.window.workspace.canvas.plane.index == 3


def test_a_slice_is_copied_from_the_one_before(open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=3)
    document = document_of(opened, square(3, 0))
    do(opened, "slice.first")
    do(opened, "slice.next")
    do(opened, "operation.copy_previous_slice")
    popover(opened).take.click()
    assert document.suggestion is not None
    do(opened, "case.accept_and_next")
    assert [pixels(document, k) for k in range(3)] == [100, 100, 0]


def test_the_case_before_is_asked_for(opened: Opened) -> None:
    document_of(opened)
    do(opened, "operation.copy_case")
    assert opened.asked("load")[0][0] == 3


def test_what_is_asked_of_one_case_is_not_asked_of_the_next(opened: Opened) -> None:
    document_of(opened)
    do(opened, "operation.grow")
    popover(opened)
    document_of(opened, square())
    wait_until(lambda: opened.window.operations.popover is None)


def test_what_was_asked_of_one_case_is_not_done_while_the_next_is_only_coming(opened: Opened) -> None:
    first = document_of(opened)
    do(opened, "operation.grow")
    asked, before = popover(opened), pixels(first)
    coming = Document(5, Image(np.zeros((1, 20, 30), np.uint8), Geometry.picture()), labels=opened.session.labels,
                      reader="ada")
    opened.session.document = coming  # the canvas still shows the first one
    asked.take.click()
    QApplication.processEvents()
    assert pixels(first) == before
    assert not coming.history.groups


def test_the_menu_says_why_something_cannot_be_done(opened: Opened) -> None:
    document_of(opened)
    opened.window.workspace.strip.operations.click()
    menu = opened.window.operations.menu
    assert menu is not None
    entries = {action.objectName(): action for action in menu.actions() if action.objectName()}
    assert set(entries) == {operation.action for operation in OPERATIONS}
    assert entries["operation.grow"].isEnabled()
    assert not entries["operation.interpolate"].isEnabled()
    assert entries["operation.interpolate"].toolTip() == "This image has one slice only."
    menu.close()


def test_a_locked_label_stays_and_says_so(opened: Opened) -> None:
    document = document_of(opened)
    locked = Labels((opened.session.labels.items[0].__class__(1, "Lesion", "#ffb020", locked=True),))
    document.labels = locked
    do(opened, "operation.grow")
    assert opened.window.operations.popover is None
    assert "locked" in hint(opened)


def test_a_hidden_mask_is_shown_before_anything_is_done_to_it(opened: Opened) -> None:
    document = document_of(opened)
    canvas = opened.window.workspace.canvas
    canvas.mask_visible = False
    do(opened, "operation.grow")
    assert canvas.mask_visible
    wait_until(lambda: document.suggestion is not None)
    popover(opened).close()


def test_nothing_is_done_while_the_disk_takes_nothing(opened: Opened) -> None:
    document = document_of(opened)
    opened.session.saved = SavedState(SavedKind.failed, Message("The disk is full."))
    do(opened, "operation.grow")
    assert opened.window.operations.popover is None
    assert (pixels(document), hint(opened)) == (100, "The disk is full.")
    opened.session.saved = SavedState()  # the window would not close


def test_an_operation_is_found_by_its_words_in_the_palette(opened: Opened) -> None:
    document = document_of(opened)
    do(opened, "palette.open")
    palette = next(one for one in QApplication.topLevelWidgets()
                   if isinstance(one, CommandPalette) and one.isVisible())
    QTest.keyClicks(palette.field, "shrin")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    popover(opened).take.click()
    assert pixels(document) == 36


def test_every_operation_can_be_asked_for(open_window: Callable[..., Opened]) -> None:
    opened = open_window(slices=3)
    document = document_of(opened, square(3, 0, 2))
    for operation in OPERATIONS:
        do(opened, operation.action)
        shown = opened.window.operations.popover
        if shown is not None:
            shown.close()
        document.drop_suggestion()
    assert pixels(document, 0) == pixels(document, 2) == 100
