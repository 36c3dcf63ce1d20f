"""What the window shows of a session, and what it tells it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QSlider, QWidget

from tests.gui.conftest import Opened
from tests.gui.stand_in import answer
from tests.gui.stand_in import image as stand_in_image
from urwkv_desktop.editing.edits import StatusEdit
from urwkv_desktop.gui.amounts import value_range
from urwkv_desktop.gui.canvas.message_card import MessageCard
from urwkv_desktop.gui.dialogs.export import ExportDialog
from urwkv_desktop.gui.panels.display import Range
from urwkv_desktop.imaging import Channel, Finding, Message, Prediction, Severity, Status, Window
from urwkv_desktop.workflow import ModelCard
from urwkv_desktop.workflow.changes import Progress, Rows, SavedKind, SavedState


def card(opened: Opened) -> MessageCard:
    return opened.window.workspace.canvas.findChildren(MessageCard)[0]


def test_a_case_that_cannot_be_shown_says_why_and_cannot_be_accepted(opened: Opened) -> None:
    opened.session.open_case(-1)
    assert "The file is empty." in card(opened).accessibleName()
    assert not opened.window.workspace.inspector.footer.accept.isEnabled()


def test_where_no_model_suits_one_can_be_chosen_for_all_like_it_at_once(opened: Opened) -> None:
    opened.session.open_case(3)
    buttons = opened.window.workspace.canvas.findChildren(QPushButton)
    button = next(one for one in buttons if one.text() == "Use busi for all images like it")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened.asked("choose_model") == [("busi", True)]
    opened.session.open_case(4)
    assert not button.isVisible()


def test_where_several_models_suit_each_is_offered_for_all_like_it_and_none_is_urged(opened: Opened) -> None:
    opened.session.suiting = tuple(
        ModelCard(name=name, title=title, channels=()) for name, title in (("busi", "Breast lesion"), ("nuclei", "")))
    opened.session.open_case(3)
    assert "Which one shall look at it" in card(opened).accessibleName()
    buttons = {one.text(): one for one in card(opened).findChildren(QPushButton) if one.isVisible()}
    assert set(buttons) == {"Breast lesion", "nuclei"}
    assert {one.property("role") for one in buttons.values()} == {"second"}
    QTest.mouseClick(buttons["nuclei"], Qt.MouseButton.LeftButton)
    assert opened.asked("choose_model") == [("nuclei", True)]
    assert opened.window.workspace.canvas.hasFocus()


def test_a_model_that_does_not_suit_is_offered_but_not_urged(opened: Opened) -> None:
    opened.session.open_case(3)
    button = next(one for one in card(opened).findChildren(QPushButton) if one.text() == "Predict anyway with busi")
    assert button.property("role") == "second"


def test_predict_anyway_draws_and_offers_the_model_for_all_like_it(opened: Opened) -> None:
    opened.session.open_case(3)
    assert "No model at hand suits this image." in card(opened).accessibleName()
    card(opened).clicked.emit(0)
    assert opened.asked("predict_anyway") == [()]
    band = opened.window.workspace.area.band
    assert band.isVisible()
    band.pressed.emit()
    assert opened.asked("choose_model") == [("busi", True)]
    assert not band.isVisible()


def test_the_hand_takes_the_label_of_the_model_that_looked_at_the_image_and_what_was_chosen_there(
        opened: Opened) -> None:
    session, canvas = opened.session, opened.window.workspace.canvas

    def shown(case: int, model: str, label: int) -> int:
        session.model_name = model
        session.open_case(case)
        assert session.document is not None
        session.document.prediction = Prediction(model, "0" * 64, "sigmoid", (Channel("lesion"),), (label,), (64, 64),
                                                 {})
        scene = canvas.scene()
        assert scene is not None
        assert opened.window.desk.active_label == scene.active
        return scene.active

    assert shown(1, "busi", 1) == 1
    assert shown(2, "nuclei", 2) == 2
    assert shown(4, "busi", 1) == 1
    opened.window.desk.choose_label(2)
    assert shown(1, "busi", 1) == 2  # chosen among the images of busi
    opened.window.desk.choose_label(1)
    assert shown(2, "nuclei", 2) == 2


def test_a_stroke_on_an_unsuited_image_takes_the_card_away(opened: Opened) -> None:
    opened.session.open_case(3)
    document = opened.session.document
    assert document is not None
    opened.session.unsuited = None
    document.apply(answer(document.image.shape))
    assert not card(opened).isVisible()


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


def test_a_warning_that_was_closed_does_not_come_again(opened: Opened) -> None:
    opened.session.findings = (Finding("x", Message("Settings were replaced.")),)
    opened.session.tell(findings=True)
    band = opened.window.workspace.area.band
    assert band.isVisible()
    QTest.mouseClick(band.findChildren(QAbstractButton)[-1], Qt.MouseButton.LeftButton)
    assert not band.isVisible()
    opened.session.tell(findings=True)
    assert not band.isVisible()


def test_the_keys_are_the_canvas_again_once_the_band_is_answered(opened: Opened) -> None:
    opened.session.open_case(4)
    space = opened.window.workspace
    opened.window.bands.tell("Something to be read.")
    close = space.area.band.findChildren(QAbstractButton)[-1]
    close.setFocus()
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert space.canvas.hasFocus()


def test_nothing_but_panels_and_strip_is_seen_before_a_case_is_shown(opened: Opened) -> None:
    assert opened.session.document is None
    assert not any(bar.isVisible() for bar in opened.window.workspace.area.bars)


def test_a_note_stands_in_the_status_line_and_not_over_the_image(opened: Opened) -> None:
    opened.session.findings = (Finding("place", Message("The project file lies here."), Severity.note),)
    opened.session.tell(findings=True)
    assert opened.window.workspace.status.hint.whole() == "The project file lies here."
    assert not opened.window.workspace.area.band.isVisible()


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


def test_enter_on_a_case_that_is_empty_and_unseen_asks_before_it_is_accepted(opened: Opened) -> None:
    opened.session.open_case(3)
    enter = opened.program.keymap["case.accept_and_next"]
    enter.trigger()
    assert not opened.asked("accept")
    assert "nothing to draw" in opened.window.workspace.area.band.text()
    enter.trigger()
    assert opened.asked("accept") == [(True,)]
    opened.session.open_case(4)
    enter.trigger()
    assert len(opened.asked("accept")) == 2


def test_the_question_before_an_empty_case_is_accepted_is_about_that_case(opened: Opened) -> None:
    opened.session.open_case(3)
    opened.program.keymap["case.accept_and_next"].trigger()
    opened.window.commands.open_case(4)
    assert not opened.window.workspace.area.band.isVisible()
    opened.window.commands.open_case(3)
    opened.program.keymap["case.accept_and_next"].trigger()
    assert not opened.asked("accept")


def test_the_question_about_an_empty_case_goes_once_something_is_drawn(opened: Opened) -> None:
    opened.session.open_case(3)
    opened.program.keymap["case.accept_and_next"].trigger()
    canvas, band = opened.window.workspace.canvas, opened.window.workspace.area.band
    assert "nothing to draw" in band.text()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert opened.session.document is not None
    assert opened.session.document.mask.voxels.any()
    assert not band.isVisible()


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


def test_a_folder_that_could_not_be_looked_through_says_why_where_the_images_would_be(opened: Opened) -> None:
    opened.session.rows, opened.session.current = (), None
    opened.session.findings = (Finding("folder.unreadable", Message("This folder does not exist.")),)
    opened.session.tell(rows=Rows.all, findings=True)
    assert "This folder does not exist." in card(opened).accessibleName()


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
