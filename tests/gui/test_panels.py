"""The panels by themselves: each shows what it is given and says what was asked."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from tests.gui.conftest import Opened, wait_until
from tests.gui.stand_in import StandInSession
from urwkv_desktop.editing.tools import TOOLS
from urwkv_desktop.editing.tools.stroke import Stroke
from urwkv_desktop.gui.controls import ElidedButton, dress
from urwkv_desktop.gui.icons import has_icon, pixmap
from urwkv_desktop.gui.memory import Memory
from urwkv_desktop.gui.panels.filter_row import FilterRow
from urwkv_desktop.gui.panels.history import Timeline
from urwkv_desktop.gui.panels.inspector import Footer
from urwkv_desktop.gui.panels.labels import LabelRow, LabelsPanel
from urwkv_desktop.gui.panels.options import OptionSlider, OptionsPanel
from urwkv_desktop.gui.panels.worklist_model import WorklistModel, look
from urwkv_desktop.gui.panels.worklist_row import title_lines
from urwkv_desktop.gui.theme import DARK, LIGHT, contrast
from urwkv_desktop.imaging import PALETTE, Flag, Label, Labels, Status
from urwkv_desktop.workflow import Settings


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[list[QWidget]]:
    """Widgets that a test shows; they go when it ends."""
    widgets: list[QWidget] = []
    yield widgets
    for widget in widgets:
        widget.close()
        widget.deleteLater()


def show(widget: QWidget, shown: list[QWidget]) -> None:
    shown.append(widget)
    widget.resize(260, max(40, widget.sizeHint().height()))
    dress(widget, DARK)
    widget.show()
    QApplication.processEvents()


def model() -> WorklistModel:
    made = WorklistModel()
    made.show_rows(StandInSession().rows)
    return made


def test_the_list_counts_all_open_and_flagged(qapp: QApplication) -> None:
    rows = StandInSession().rows
    listed = WorklistModel()
    listed.show_rows((*rows[:2], replace(rows[2], flag=Flag(flagged=True)),
                      replace(rows[3], flag=Flag(excluded=True)), rows[4]))
    assert listed.counts() == {"all": 5, "open": 2, "flagged": 1}
    assert listed.accepted == 1


def test_search_and_filter_hold_together(qapp: QApplication) -> None:
    listed = model()
    listed.filter, listed.search = "open", "CASE-2"
    listed.refilter()
    assert [listed.row_at(place).title for place in range(listed.rowCount())] == ["case-2"]


def test_a_row_that_no_longer_passes_the_filter_leaves_the_list(qapp: QApplication) -> None:
    listed = model()
    listed.filter = "open"
    listed.refilter()
    assert listed.place_of(2) is not None
    listed.update_rows([replace(StandInSession().rows[1], flag=Flag(excluded=True))])
    assert listed.place_of(2) is None


@pytest.mark.parametrize(("place", "flag", "word"), [
    (0, Flag(), "accepted"), (1, Flag(), "edited"), (2, Flag(), "new"), (3, Flag(), "predicted"),
    (1, Flag(flagged=True, comment="edge unclear"), "edited · edge unclear"), (1, Flag(excluded=True), "excluded"),
    (4, Flag(), "The file is empty."),
])
def test_a_row_says_its_state_in_one_word_or_its_refusal(qapp: QApplication, place: int, flag: Flag, word: str) -> None:
    said = look(replace(StandInSession().rows[place], flag=flag))
    assert said.word == word
    assert has_icon(said.icon)


def test_long_titles_take_two_lines_and_file_names_lose_their_middle(qapp: QApplication) -> None:
    metrics = QFontMetrics(QFont())
    wide = metrics.horizontalAdvance("Simulated ultra")
    assert title_lines("Short", metrics, wide) == ("Short",)
    assert title_lines("Simulated ultrasound", metrics, wide) == ("Simulated", "ultrasound")
    (only,) = title_lines("IMG_20240101_000000_000123", metrics, wide)
    assert only.startswith("I")
    assert only.endswith("3")


def test_the_timeline_goes_where_it_is_pressed_and_by_arrow_keys(shown: list[QWidget]) -> None:
    line, jumps = Timeline(), list[int]()
    show(line, shown)
    line.show_places(1, 5, 5, ())
    line.jumped.connect(jumps.append)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Left)
    assert jumps == [1, 4]


def test_labels_are_added_renamed_hidden_and_locked(shown: list[QWidget]) -> None:
    panel, wanted = LabelsPanel(), list[Labels]()
    panel.changed.connect(wanted.append)
    show(panel, shown)
    start = Labels((Label(1, "Lesion", PALETTE[0]),))
    panel.show_labels(start, active=1, amounts={1: "14,212 px"})
    panel._add.click()
    assert [item.id for item in wanted[-1]] == [1, 2]
    assert wanted[-1].items[1].colour == PALETTE[1]
    row = next(iter(panel.findChildren(LabelRow)))
    row._eye.click()
    assert wanted[-1].get(1) == replace(start.items[0], visible=False)
    row._lock.click()
    assert wanted[-1].get(1) == replace(start.items[0], locked=True)
    row.rename()
    row._field.setText("Cyst")
    QTest.keyClick(row._field, Qt.Key.Key_Return)
    assert wanted[-1].get(1) == replace(start.items[0], name="Cyst")


@pytest.mark.parametrize("tool", [tool for tool in TOOLS if issubclass(tool, Stroke)])
def test_the_options_build_themselves_from_what_a_tool_declares(shown: list[QWidget], tool: type) -> None:
    panel, chosen = OptionsPanel(), list[object]()
    panel.options_changed.connect(chosen.append)
    show(panel, shown)
    options = tool.Options()  # type: ignore[attr-defined]
    panel.show_tool("Tool", options)
    slider = next(one for one in panel.findChildren(OptionSlider) if one.slider.accessibleName() == "Size")
    slider.slider.setValue(slider.slider.maximum())
    assert chosen[-1] == replace(options, size=1000.0)
    slider.slider.setValue(slider.slider.minimum())
    assert chosen[-1] == replace(options, size=1.0)


def test_what_changes_often_is_written_once(qapp: QApplication) -> None:
    written: list[Settings] = []
    memory = Memory(Settings(), written.append)
    for size in (10.0, 11.0, 12.0):
        memory.keep("brush", size=size)
    assert not written
    memory.write_now()
    assert [one.brush.size for one in written] == [12.0]


def test_the_windows_place_is_written_down_while_it_is_open(opened: Opened) -> None:
    """Not only when it is closed: a program that is killed comes back where it stood."""
    before = opened.memory.settings.window.geometry
    opened.shell.resize(1200, 700)
    wait_until(lambda: bool(opened.written) and opened.written[-1].window.geometry not in ("", before))
    assert opened.written[-1].window.geometry == bytes(opened.shell.saveGeometry().data()).hex()


def test_a_damaged_geometry_is_ignored(qapp: QApplication, shown: list[QWidget]) -> None:
    memory = Memory(Settings().changed("window", geometry="no hex"), lambda _: None)
    window = QWidget()
    shown.append(window)
    assert not memory.restore_geometry(window)


def test_labels_that_begin_alike_can_be_told_apart_beside_their_figures(shown: list[QWidget]) -> None:
    panel = LabelsPanel()
    labels = Labels(tuple(Label(number, f"Left hippocampus, {part}", PALETTE[number])
                          for number, part in ((1, "anterior"), (2, "posterior"))))
    panel.show_labels(labels, active=1, amounts={1: "1,234.5 mL", 2: "1,234.5 mL"})
    panel.setFixedWidth(252)
    show(panel, shown)
    names = [row._name.text() for row in panel.findChildren(LabelRow)]
    assert [name.split("…")[1] for name in names] == [" anterior", " posterior"]


def test_words_on_a_button_are_cut_only_where_they_have_no_room(shown: list[QWidget]) -> None:
    room, button = QWidget(), ElidedButton()
    line = QHBoxLayout(room)
    line.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    show(room, shown)
    for words in ("15.9 × 10.0 mm", "14.9 × 10.1 mm", "6.73 × 6.73 mm", "1.11 × 1.11 mm", "126.9 × 64.5 px"):
        for _ in range(2):
            button.say(words)
            QApplication.processEvents()
            assert button.text() == words
    room.resize(70, room.height())
    QApplication.processEvents()
    assert button.text().endswith("…")
    assert button.whole() == "126.9 × 64.5 px"


def test_a_model_is_chosen_for_this_case_or_for_all_like_it(shown: list[QWidget]) -> None:
    footer, chosen = Footer(), list[tuple[str, bool]]()
    footer.model_chosen.connect(lambda name, for_kind: chosen.append((name, for_kind)))
    footer.show_model("", ("busi", "nuclei"))
    for action in footer.models.menu().actions():
        action.trigger()
    assert chosen == [("busi", False), ("nuclei", False), ("busi", True), ("nuclei", True)]


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_has_an_icon_of_the_family(qapp: QApplication, tool: type) -> None:
    assert has_icon(tool.icon)  # type: ignore[attr-defined]
    assert pixmap(tool.icon, "#ffffff").toImage().pixelColor(10, 10).isValid()  # type: ignore[attr-defined]


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_words_can_be_read_on_what_they_stand_on(theme: object) -> None:
    for text, ground in (("text", "panel"), ("quiet", "panel"), ("text", "raised"), ("quiet", "raised"),
                         ("quiet", "window"), ("text", "selection")):
        assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5
    on_accent = theme.canvas if theme is DARK else theme.panel  # type: ignore[attr-defined]
    assert contrast(on_accent, theme.accent) >= 4.5  # type: ignore[attr-defined]


def test_a_row_that_changes_changes_the_counts_and_one_row_of_the_view(qapp: QApplication) -> None:
    listed, told = model(), list[tuple[int, int]]()
    listed.dataChanged.connect(lambda first, last, roles: told.append((first.row(), last.row())))
    row, before = listed.rows[3], listed.counts()
    listed.update_rows([replace(row, status=Status.accepted)])
    assert told == [(3, 3)]
    assert listed.accepted == 2
    assert listed.counts() == {**before, "open": before["open"] - 1}
    listed.update_rows([row])
    assert listed.accepted == 1
    assert listed.counts() == before


def test_a_row_that_fits_again_comes_back_where_it_was(qapp: QApplication) -> None:
    listed = model()
    listed.filter = "open"
    listed.refilter()
    row = listed.row_at(1)
    listed.update_rows([replace(row, status=Status.accepted)])
    assert listed.place_of(row.id) is None
    listed.update_rows([row])
    assert listed.place_of(row.id) == 1


def test_filters_say_their_words_while_there_is_room_and_their_numbers_always(shown: list[QWidget]) -> None:
    row = FilterRow({"all": "All", "open": "Open", "flagged": "Flagged"}, "all")
    row.show_counts({"all": 5000, "open": 4987, "flagged": 12})
    show(row, shown)
    row.resize(300, 28)
    assert [button.text() for button in row.buttons.values()] == ["All · 5000", "Open · 4987", "Flagged · 12"]
    row.resize(150, 28)
    assert row.buttons["flagged"].text() != "Flagged · 12"
    assert row.buttons["flagged"].text().endswith(" · 12")
    assert row.buttons["flagged"].toolTip() == "Flagged · 12"


def test_accept_stays_in_its_place_when_the_case_is_flagged_and_says_when_all_is_done(qapp: QApplication) -> None:
    footer = Footer()
    footer.resize(footer.sizeHint().width(), 120)
    places = []
    for is_flagged in (False, True):
        footer.show_case(is_flagged=is_flagged, comment="edge", is_accepted=False, may_decide=True)
        footer.grab()  # lays it out
        places.append(footer.accept.geometry())
    assert places[0] == places[1]
    footer.show_case(is_flagged=True, comment="edge", is_accepted=True, may_decide=True, is_done=True)
    assert not footer.accept.isEnabled()
    assert footer.accept.text() == "All done"
