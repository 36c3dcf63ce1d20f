"""No sentence is cut off in a language whose words are longer, or wider, than the English ones."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.conftest import Opened
from tests.gui.pseudo import Pseudo, cut_off, longer, wide
from urwkv_desktop.gui.dialogs.cheat_sheet import CheatSheet
from urwkv_desktop.gui.start_page import Recent, StartPage
from urwkv_desktop.imaging import Message
from urwkv_desktop.workflow import find_places

Open = Callable[..., Opened]


def german() -> QTranslator:
    made = QTranslator()
    assert made.load(QLocale("de"), "urwkv_desktop", "_", str(find_places().resources / "translations"))
    return made


@pytest.fixture(params=["longer", "wide", "german"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    made = {"longer": lambda: Pseudo(longer), "wide": lambda: Pseudo(wide), "german": german}[request.param]()
    qapp.installTranslator(made)
    yield request.param
    qapp.removeTranslator(made)


def settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()


def on_screen(kind: type[QWidget]) -> QWidget:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def test_the_window_has_room_for_every_word_on_a_small_screen(language: str, open_window: Open) -> None:
    opened = open_window(slices=3, is_first=True)
    opened.session.model_note = Message("{name} · {title} · IoU {iou} · you chose it for this folder", name="busi",
                                        title="U-RWKV base", iou="0.71")
    opened.session.open_case(4)
    settle()
    assert list(cut_off(opened.shell)) == []
    for tool in [name for name in opened.program.keymap.actions if name.startswith("tool.")]:
        opened.program.keymap[tool].trigger()
        settle()
        assert (tool, list(cut_off(opened.window.workspace.inspector))) == (tool, [])


def test_no_panel_scrolls_on_a_small_screen(open_window: Open) -> None:
    """In English, with the labels of a usual project, whatever tool is in the hand."""
    opened = open_window(slices=3)
    opened.session.open_case(4)
    for tool in [name for name in opened.program.keymap.actions if name.startswith("tool.")]:
        opened.program.keymap[tool].trigger()
        settle()
        assert (tool, opened.window.workspace.inspector.area.verticalScrollBar().maximum()) == (tool, 0)


def test_what_stands_over_the_image_fits(language: str, open_window: Open) -> None:
    opened = open_window(is_first=True)
    opened.session.open_case(3)
    opened.window.commands.accept(then_next=True)
    settle()
    assert list(cut_off(opened.window.workspace.area)) == []


def test_the_sheet_of_keys_fits_a_screen_of_1366_by_768_in_german(language: str, open_window: Open) -> None:
    opened = open_window()
    opened.program.keymap["help.keys"].trigger()
    sheet = on_screen(CheatSheet)
    assert isinstance(sheet, CheatSheet)
    wanted = sheet.fit(1366 - 48)
    if language == "german":  # the others are longer than any
        assert wanted.width() <= 1366 - 48
        assert wanted.height() <= 768 - 64
    sheet.close()


@pytest.mark.parametrize("action", ["settings.open", "keys.edit", "help.keys", "help.about", "palette.open",
                                    "export.open", "lesson.open", "case.flag"])
def test_dialogs_have_room_for_every_word(language: str, action: str, open_window: Open) -> None:
    opened = open_window()
    opened.session.open_case(4)
    before = set(QApplication.topLevelWidgets())
    opened.program.keymap[action].trigger()
    settle()
    shown = [one for one in QApplication.topLevelWidgets() if one not in before and one.isVisible()]
    assert len(shown) == 1
    assert list(cut_off(shown[0])) == []
    shown[0].close()


def test_the_start_page_has_room_for_every_word(language: str, qapp: QApplication) -> None:
    page = StartPage([Recent("/somewhere/breast.urwkv", "breast", 3, 60), Recent("/gone.urwkv", "gone", missing=True)])
    page.resize(960, 600)
    page.show()
    page.show_trouble("A sentence that says what was found, and what the person can do about it, both of them long.")
    settle()
    assert list(cut_off(page)) == []
    page.close()
