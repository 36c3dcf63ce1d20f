"""What the window shows of a session, and what it tells it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QSlider, QWidget

from tests.gui.conftest import Opened
from tests.gui.stand_in import image as stand_in_image
from urwkv_desktop.editing.edits import StatusEdit
from urwkv_desktop.gui.amounts import value_range
from urwkv_desktop.gui.dialogs.export import ExportDialog
from urwkv_desktop.gui.panels.display import Range
from urwkv_desktop.imaging import Message, Status, Window
from urwkv_desktop.workflow.changes import Progress, SavedKind, SavedState


def test_the_dot_and_the_band_say_why_painting_has_stopped(opened: Opened) -> None:
    opened.session.open_case(4)
    opened.session.saved = SavedState(SavedKind.failed, Message("The disk is full."))
    opened.session.tell(saved=True)
    space = opened.window.workspace
    assert space.status.saved.kind == "failed"
    assert space.area.band.isVisible()
    assert "The disk is full." in space.area.band.text()
    assert not space.canvas.may_paint()
    opened.session.saved = SavedState()
    opened.session.tell(saved=True)
    assert not space.area.band.isVisible()
    assert space.canvas.may_paint()


def test_the_window_stays_while_strokes_are_not_on_the_disk_until_the_person_insists(opened: Opened) -> None:
    opened.session.open_case(4)
    opened.session.saved = SavedState(SavedKind.failed, Message("The disk is full."))
    opened.session.tell(saved=True)
    band = opened.window.workspace.area.band
    for leave in (opened.shell.close, opened.program.close_project):
        leave()
        assert opened.shell.isVisible()
        assert "not on the disk" in band.text()
        assert "The disk is full." in band.text()
    band.pressed.emit()
    assert opened.program.window is None
    assert opened.asked("close") == [()]
    assert opened.shell.isVisible()


def test_what_was_asked_for_while_the_disk_was_full_is_forgotten_once_it_takes_strokes_again(opened: Opened) -> None:
    opened.session.open_case(4)
    opened.session.saved = SavedState(SavedKind.failed, Message("The disk is full."))
    opened.shell.close()
    opened.session.saved = SavedState()
    opened.session.tell(saved=True)
    assert not opened.window.workspace.area.band.isVisible()
    assert opened.window.may_leave(lambda: None)


def test_what_can_only_be_looked_at_is_not_said_to_be_painted(opened: Opened) -> None:
    opened.session.open_case(4)
    assert "Paints Lesion" in opened.window.workspace.status.hint.whole()
    assert opened.session.document is not None
    opened.session.document.is_writable = False
    opened.window.workspace.canvas.hintChanged.emit()
    assert "nothing can be painted here" in opened.window.workspace.status.hint.whole()


def test_nothing_but_panels_and_strip_is_seen_before_a_case_is_shown(opened: Opened) -> None:
    assert opened.session.document is None
    assert not any(bar.isVisible() for bar in opened.window.workspace.area.bars)


def test_progress_has_words_numbers_and_a_way_to_stop(opened: Opened) -> None:
    opened.session.progress = Progress(15, 64, Message("Predicting ahead"))
    opened.session.tell(progress=True)
    line = opened.window.workspace.status.progress
    assert line.isVisible()
    assert line.words.text() == "Predicting ahead  15 of 64"
    QTest.mouseClick(line.stop, Qt.MouseButton.LeftButton)
    assert opened.asked("cancel_progress") == [()]
    opened.session.progress = None
    opened.session.tell(progress=True)
    assert not line.isVisible()


def test_history_shows_the_way_from_the_network_and_jumps(opened: Opened) -> None:
    opened.session.open_case(4)
    document, space = opened.session.document, opened.window.workspace
    assert document is not None
    QTest.mousePress(space.canvas, Qt.MouseButton.LeftButton, pos=space.canvas.rect().center())
    QTest.mouseRelease(space.canvas, Qt.MouseButton.LeftButton, pos=space.canvas.rect().center())
    assert document.status is Status.edited
    painted = document.counts()
    space.inspector.history.jumped.emit(1)
    assert document.counts() == {1: 100}
    assert document.status is Status.predicted
    space.inspector.history.jumped.emit(2)
    assert document.counts() == painted


def test_the_theme_is_changed_while_working_and_remembered(opened: Opened) -> None:
    opened.session.open_case(4)
    opened.program._choose_theme("light")
    opened.memory.write_now()
    assert opened.written[-1].appearance.theme == "light"
    assert "#f4f5f7" in opened.program._wardrobe._app.styleSheet()
    opened.program._choose_theme("dark")


def test_export_asks_the_session_for_what_was_ticked(opened: Opened, tmp_path: Path) -> None:
    opened.window.open_export()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible())
    for name, box in dialog.formats.items():
        box.setChecked(name == "coco")
    dialog.statuses[Status.edited].setChecked(True)
    dialog.folder.setText(str(tmp_path))
    QTest.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    assert opened.asked("export") == [(tmp_path, ("coco",), (Status.accepted, Status.edited))]
    dialog.show_result("2 files written, read back and found equal.", (), tmp_path)
    assert dialog.show_folder.isVisible()
    dialog.close()


def test_nothing_to_export_leaves_the_button_asleep_and_says_why(opened: Opened) -> None:
    opened.window.open_export()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible())
    for box in dialog.formats.values():
        box.setChecked(False)
    assert not dialog.start.isEnabled()
    assert dialog.start.toolTip()
    dialog.close()


def test_every_control_has_a_name_for_a_screen_reader(opened: Opened) -> None:
    opened.session.open_case(4)
    kinds = (QAbstractButton, QSlider, QLineEdit)
    nameless = [widget for kind in kinds for widget in opened.window.workspace.findChildren(kind)
                if widget.isVisible() and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())]
    assert not nameless


def test_the_smallest_screen_holds_the_inspector_without_scrolling(opened: Opened) -> None:
    opened.session.open_case(4)
    opened.shell.resize(1366, 768)
    QApplication.processEvents()
    inspector: QWidget = opened.window.workspace.inspector
    assert inspector.minimumSizeHint().height() <= inspector.height()
    assert inspector.footer.geometry().bottom() <= inspector.height()


def test_a_project_is_remembered_with_how_far_it_has_got(opened: Opened) -> None:
    opened.program.show_start()
    project = opened.memory.settings.recent.items[0]
    assert (project.name, project.accepted, project.total) == ("Breast", 1, 5)


def test_undoing_what_changed_no_pixel_is_told_in_words(opened: Opened) -> None:
    opened.session.open_case(4)
    document = opened.session.document
    assert document is not None
    document.apply(StatusEdit(Status.accepted, reader="anna"))
    opened.program.keymap["edit.undo"].trigger()
    assert opened.window.workspace.status.hint.whole().startswith("Undone: ")


def test_another_model_looks_again_only_where_there_is_an_answer(opened: Opened) -> None:
    opened.session.open_case(3)
    opened.window.commands.choose_model("other", False)
    assert not opened.asked("predict_again")
    opened.session.open_case(4)
    opened.window.commands.choose_model("busi", True)
    assert not opened.asked("predict_again")
    opened.window.commands.choose_model("other", True)
    assert len(opened.asked("predict_again")) == 1


def test_history_counts_what_changed_the_mask_and_not_the_decisions(opened: Opened) -> None:
    opened.session.open_case(4)
    document = opened.session.document
    assert document is not None
    edits = opened.window.workspace.inspector.history.edits
    assert edits.text() == "0 edits"
    canvas = opened.window.workspace.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    document.apply(StatusEdit(Status.accepted, reader="anna"))
    assert edits.text() == "1 edit"


def test_values_that_are_no_numbers_have_a_place_on_the_sliders(opened: Opened) -> None:
    pixels = np.array([[[np.nan, 1.0], [5.0, np.inf]]], np.float32)
    image = replace(stand_in_image(2), pixels=pixels)
    assert value_range(image) == Range(1.0, 5.0)
    assert value_range(replace(image, pixels=np.full((1, 2, 2), np.nan, np.float32))) == Range(0.0, 1.0)
    opened.window.workspace.inspector.display.show_window(Window(float("nan"), float("nan")))


def test_a_row_that_is_gone_is_not_asked_for(opened: Opened) -> None:
    opened.session.rows = opened.session.rows[:-1]
    opened.session.tell(rows=(-1, 4))
    QTest.qWait(60)
    opened.window.workspace.worklist.grab()
    assert opened.window.workspace.worklist.model.row_at(3).id == 4


def test_rows_say_whose_image_it_is_until_that_is_hidden(opened: Opened) -> None:
    opened.session.open_case(4)
    view = opened.window.workspace.worklist.view
    shown = view.grab().toImage()
    opened.program.keymap["privacy.toggle"].trigger()
    hidden = view.grab().toImage()
    place = view.visualRect(opened.window.workspace.worklist.model.index(3))
    other = view.visualRect(opened.window.workspace.worklist.model.index(2))
    assert shown.copy(place) != hidden.copy(place)
    assert shown.copy(other) == hidden.copy(other)


def test_another_colour_of_a_label_is_seen_in_the_rows(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(opened.session, "thumbnail", asked.append)
    opened.window._thumbnails._ask = opened.session.thumbnail
    opened.window._thumbnails._pixmaps[4] = QPixmap(2, 2)
    opened.session.tell(labels=True)
    opened.window.workspace.worklist.grab()
    assert 4 in asked


def test_a_search_without_a_hit_says_so(opened: Opened) -> None:
    worklist = opened.window.workspace.worklist
    full = worklist.view.grab().toImage()
    worklist.search.setText("xyzzy")
    assert worklist.view.if_empty == "No case is called so."
    assert worklist.view.grab().toImage() != full
    worklist.search.clear()
    assert not worklist.view.accessibleDescription()


def test_the_projects_menu_stays_within_the_window(opened: Opened) -> None:
    button = opened.window.workspace.worklist.project
    button.menu().popup(button.mapToGlobal(button.rect().topLeft()) - QPoint(80, 0))
    QApplication.processEvents()
    assert button.menu().x() >= opened.shell.mapToGlobal(QPoint(0, 0)).x()
    button.menu().close()
