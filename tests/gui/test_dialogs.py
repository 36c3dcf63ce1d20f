"""The dialogs and popovers beside the work."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSpinBox, QWidget

from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.formats.export import ExportReport
from urwkv_desktop.gui.choice_box import ChoiceBox
from urwkv_desktop.gui.controls import Segments
from urwkv_desktop.gui.dialogs.about import AboutDialog
from urwkv_desktop.gui.dialogs.cheat_sheet import CheatSheet
from urwkv_desktop.gui.dialogs.export import ExportDialog
from urwkv_desktop.gui.dialogs.flag import FlagPopover
from urwkv_desktop.gui.dialogs.palette import CommandPalette
from urwkv_desktop.gui.dialogs.settings import SettingsDialog
from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.workflow.settings import Network

W = TypeVar("W", bound=QWidget)


def open_one(kind: type[W]) -> W:
    """The window of this kind that is on the screen."""
    return next(one for one in QApplication.allWidgets() if isinstance(one, kind) and one.isVisible())


def test_a_comment_is_typed_and_entered_without_the_mouse(opened: Opened) -> None:
    opened.session.open_case(4)
    opened.program.keymap["case.flag"].trigger()
    popover = open_one(FlagPopover)
    QTest.keyClicks(popover.field, "dark edge")
    assert not opened.asked("next_case")
    QTest.keyClick(popover.field, Qt.Key.Key_Return)
    assert opened.asked("flag") == [("dark edge",)]
    assert not opened.asked("accept")


def test_escape_leaves_the_flag_as_it_was(opened: Opened) -> None:
    opened.session.open_case(4)
    opened.program.keymap["case.flag"].trigger()
    popover = open_one(FlagPopover)
    QTest.keyClick(popover.field, Qt.Key.Key_Escape)
    assert not opened.asked("flag")


def test_the_palette_finds_an_action_by_its_words_and_does_it(opened: Opened) -> None:
    opened.session.open_case(4)
    opened.program.keymap["palette.open"].trigger()
    palette = open_one(CommandPalette)
    QTest.keyClicks(palette.field, "network again")
    assert palette.list.count() == 1
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened.asked("predict_again") == [()]


def test_a_palette_without_a_match_does_nothing(opened: Opened) -> None:
    opened.program.keymap["palette.open"].trigger()
    palette = open_one(CommandPalette)
    QTest.keyClicks(palette.field, "xyzzy")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_every_key_of_a_case_stands_on_the_cheat_sheet(opened: Opened) -> None:
    opened.program.keymap["help.keys"].trigger()
    words = {one.text() for one in open_one(CheatSheet).findChildren(QLabel)}
    for action in ("case.next", "case.accept_and_next", "tool.brush", "mask.toggle", "export.open"):
        assert opened.program.keymap[action].text() in words
        assert opened.program.keymap.first_key(action) in words
    open_one(CheatSheet).close()


def test_settings_hold_at_once_and_are_remembered(opened: Opened) -> None:
    opened.program.keymap["settings.open"].trigger()
    dialog = open_one(SettingsDialog)
    limit = dialog.controls["limits", "picture_mib"]
    assert isinstance(limit, QSpinBox)
    assert limit.lineEdit().width() > limit.fontMetrics().horizontalAdvance(limit.text())
    dialog.changed.emit("limits", "picture_mib", 2048)
    wait_until(lambda: ("bound", 2048) in opened.session.asked)
    theme = dialog.controls["appearance", "theme"]
    assert isinstance(theme, Segments)
    theme.chosen.emit("light")
    dialog.changed.emit("reader", "name", "Dr. Who")
    opened.memory.write_now()
    assert opened.written[-1].appearance.theme == "light"
    assert opened.session.reader == "Dr. Who"
    assert opened.window.workspace.status.reader.text() == "Dr. Who"
    theme.chosen.emit("dark")
    dialog.close()


def test_where_the_network_runs_is_chosen_by_name_holds_at_once_and_is_remembered(opened: Opened) -> None:
    opened.program.keymap["settings.open"].trigger()
    dialog = open_one(SettingsDialog)
    device = dialog.controls["network", "device"]
    assert isinstance(device, ChoiceBox)
    assert [device.itemText(place) for place in range(3)] == ["Automatic (CPU)", "CPU, full precision", "NVIDIA (CUDA)"]
    assert device.currentData() == "auto"
    device.activated.emit(device.findData("cuda"))
    mirror = dialog.controls["network", "mirror"]
    assert isinstance(mirror, Segments)
    mirror.chosen.emit("average")
    assert opened.session.asked[-2:] == [("choose_network", Network(device="cuda")),
                                         ("choose_network", Network(device="cuda", mirror="average"))]
    opened.memory.write_now()
    assert opened.written[-1].network == Network(device="cuda", mirror="average")
    dialog.close()


def test_another_language_is_remembered_and_said_to_come_with_the_next_start(opened: Opened) -> None:
    opened.program.keymap["settings.open"].trigger()
    dialog = open_one(SettingsDialog)
    language = dialog.controls["appearance", "language"]
    assert isinstance(language, Segments)
    assert [one.text() for one in language.findChildren(QPushButton)] == ["System", "English", "Deutsch"]
    language.chosen.emit("deutsch")
    opened.memory.write_now()
    assert opened.written[-1].appearance.language == "deutsch"
    said = " ".join(one.text() for one in QApplication.allWidgets() if isinstance(one, QLabel))
    assert "The language changes when the program starts again." in said
    dialog.close()


def test_escape_closes_settings_and_export_while_a_word_is_being_typed(opened: Opened) -> None:
    opened.program.keymap["settings.open"].trigger()
    settings = open_one(SettingsDialog)
    QTest.keyClick(settings.controls["reader", "name"], Qt.Key.Key_Escape)
    assert not settings.isVisible()
    opened.window.open_export()
    export = open_one(ExportDialog)
    QTest.keyClick(export.folder, Qt.Key.Key_Escape)
    assert not export.isVisible()


def test_about_says_what_this_is_not(opened: Opened) -> None:
    opened.program.keymap["help.about"].trigger()
    dialog = open_one(AboutDialog)
    assert any("Not a medical device" in one.text() for one in dialog.findChildren(QLabel))
    dialog.close()


def test_masks_are_offered_a_place_beside_the_images_never_among_them(opened: Opened) -> None:
    opened.window.open_export()
    dialog = open_one(ExportDialog)
    out, root = Path(dialog.folder.text()), opened.session.root
    assert root != out
    assert root not in out.parents
    dialog.close()


def test_an_export_that_was_closed_can_be_opened_again(opened: Opened) -> None:
    def press_close(dialog: ExportDialog) -> None:
        QTest.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)

    # Escape ends in reject; sent as a key it reaches the dialog only where a window manager has made it active.
    for leave in (press_close, ExportDialog.reject, ExportDialog.close):
        opened.window.open_export()
        dialog = open_one(ExportDialog)
        leave(dialog)
        assert not dialog.isVisible()
    opened.window.open_export()
    open_one(ExportDialog).close()


def test_a_running_export_can_be_stopped_and_says_what_came_of_it(opened: Opened, tmp_path: Path) -> None:
    opened.window.open_export()
    dialog = open_one(ExportDialog)
    stopped: list[bool] = []
    dialog.cancelled.connect(lambda: stopped.append(True))
    QTest.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    assert dialog.is_running
    assert not dialog.start.isEnabled()
    QTest.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    assert stopped
    assert dialog.isVisible()
    dialog.show_result("Nothing was written.", ["case-1: The disk is full."], None)
    assert dialog.refused.isVisible()
    assert not dialog.show_folder.isVisible()
    dialog.close()


def test_a_reason_is_said_once_for_all_the_cases_that_were_left_out(opened: Opened, tmp_path: Path) -> None:
    def left_out(stem: str, cause: str) -> tuple[str, Refusal]:
        return stem, Refusal(tried=Message("Export."), cause=Message(cause), cure=Message(""))

    opened.window.open_export()
    flow, dialog = opened.window._export, open_one(ExportDialog)
    assert flow is not None
    reasons = (left_out("a", "No DICOM image."), left_out("b", "No DICOM image."), left_out("b", "No DICOM image."),
               left_out("c", "Too large."))
    flow._done(ExportReport((tmp_path / "a.png",), reasons, None), tmp_path)
    assert "3 cases were left out" in dialog.sentence.text()
    assert dialog.refused.toPlainText().splitlines() == ["2 cases: No DICOM image. (a, b)", "c: Too large."]
    dialog.close()


def test_a_format_that_carries_tags_says_so_and_moves_no_box(opened: Opened) -> None:
    opened.window.open_export()
    dialog = open_one(ExportDialog)
    seg, training = dialog.formats["dicom-seg"], dialog.formats["training"]
    before = training.y()
    QTest.mouseClick(seg, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert dialog.identity.isVisible()
    assert training.y() == before
    dialog.close()


def test_what_is_looked_for_is_not_called_written(opened: Opened) -> None:
    opened.window.open_export()
    dialog = open_one(ExportDialog)
    dialog.show_looking()
    dialog.show_progress(1, 9)
    assert dialog.sentence.text() == "1 of 9 cases looked at for what identifies patients"
    dialog.show_writing()
    dialog.show_progress(1, 9)
    assert dialog.sentence.text() == "1 of 9 cases written, read back, compared"
    dialog.close()
