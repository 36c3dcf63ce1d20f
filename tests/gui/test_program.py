"""The program around a project: mistakes of ours, dropped folders, sentences on the start page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Opened, wait_until
from urwkv_desktop.gui import app as app_module
from urwkv_desktop.gui.program import Program
from urwkv_desktop.gui.start_page import Recent, RecentRow, StartPage
from urwkv_desktop.imaging import Message
from urwkv_desktop.workflow import Settings, find_places


@pytest.fixture
def started(program_home: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[app_module.Window]:
    """The window on its start page, the program behind it loaded."""
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    monkeypatch.delenv(app_module.FATAL_VARIABLE, raising=False)
    window = app_module.Window(app_module.make_application(), find_places(), Settings(), None)
    wait_until(lambda: window.program is not None)
    yield window
    window.shell.close()
    window.end()
    window.shell.deleteLater()
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def page_of(window: app_module.Window) -> StartPage:
    content = window.shell.content
    assert isinstance(content, StartPage)
    return content


def test_a_mistake_of_ours_is_reported_said_and_gone_on_from(started: app_module.Window, program_home: Path) -> None:
    secret = "/home/anna/patients"
    try:
        raise ValueError(secret)
    except ValueError as error:
        started._hook(ValueError, error, error.__traceback__)
    QApplication.processEvents()
    assert "went wrong" in page_of(started).trouble.whole()
    (report,) = (program_home / "logs").glob("crash-*.txt")
    text = report.read_text("utf-8")
    assert "ValueError" in text
    assert secret not in text
    assert started.shell.isVisible()


def test_a_folder_without_images_leaves_the_start_page_and_says_so(started: app_module.Window, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert isinstance(started.program, Program)
    started.program.open(empty)
    wait_until(lambda: bool(page_of(started).trouble.whole()))
    assert "no images" in page_of(started).trouble.whole()
    assert not list(empty.iterdir())


def test_a_dropped_folder_is_opened(opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dropped: list[Path] = []
    monkeypatch.setattr(opened.program, "open", dropped.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)
    opened.shell.dropEvent(event)
    assert dropped == [tmp_path]


def test_the_start_page_shows_how_far_each_project_has_got(qapp: QApplication) -> None:
    page = StartPage([Recent("/a/A.urwkv", "A", 12, 64), Recent("/b/B.urwkv", "B", missing=True)])
    rows = page.findChildren(RecentRow)
    assert [row.accessibleName() for row in rows] == ["A, 12 of 64 accepted", "B, not there any more"]
    assert not rows[1].isEnabled()
    page.deleteLater()


def test_the_start_page_says_that_this_is_no_medical_device(started: app_module.Window) -> None:
    from PySide6.QtWidgets import QLabel

    assert any(one.text() == "Not a medical device; for review by a qualified reader."
               for one in page_of(started).findChildren(QLabel))


def test_settings_that_could_not_be_read_are_said_once(started: app_module.Window) -> None:
    assert isinstance(started.program, Program)
    started.program.news = [Message("The settings file cannot be read; the defaults are used.")]
    started.program.tell_news()
    assert "defaults are used" in page_of(started).trouble.whole()
    page_of(started).show_trouble("")
    started.program.tell_news()
    assert not page_of(started).trouble.whole()
