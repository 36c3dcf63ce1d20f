"""The window on a stand-in session, dressed and shown as the program shows it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.gui.stand_in import StandInSession
from urwkv_desktop.gui import program as program_module
from urwkv_desktop.gui.app import make_application
from urwkv_desktop.gui.bridge import Bridge
from urwkv_desktop.gui.main_window import MainWindow
from urwkv_desktop.gui.memory import Memory
from urwkv_desktop.gui.program import Program
from urwkv_desktop.gui.shell import Frame, Shell
from urwkv_desktop.gui.wardrobe import wanted_theme, wear
from urwkv_desktop.workflow import Jobs, Settings, find_places


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return make_application()


def wait_until(reached: Callable[[], bool], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not reached():
        QApplication.processEvents()
        assert time.monotonic() < until


class Closable:
    """Stands for what a job has opened, with its parts."""

    def __init__(self) -> None:
        self.is_closed = self.is_held = False
        self.worker = self.project = self.predictions = self

    def close(self) -> None:
        self.is_closed = True


class Opened(QObject):
    """program, window and session of one test; written: every settings that were written down. is_first: nobody has
    started the program here before."""

    def __init__(self, session: StandInSession, monkeypatch: pytest.MonkeyPatch, config: Path, *,
                 is_first: bool = False) -> None:
        super().__init__()
        self.session, self.written = session, list[Settings]()
        app = make_application()
        theme = wanted_theme("dark")
        if not app.styleSheet():
            wear(app, theme)
        self.shell = Shell(Frame(theme, "x"))
        self.shell.resize(1366, 768)
        self._bridge = Bridge()
        self.jobs = Jobs(self._bridge.later)
        self.memory = Memory(Settings().changed("keys", asked=not is_first), self.written.append)
        monkeypatch.setattr(program_module, "prepare", lambda *_, **__: Closable())
        monkeypatch.setattr(program_module, "is_project_of", lambda *_, **__: True)
        monkeypatch.setattr(program_module.Session, "begin", staticmethod(lambda *_, **__: session))
        self.program = Program(app, self.shell, places=replace(find_places(), config=config), memory=self.memory,
                               jobs=self.jobs, post=self._bridge.later)
        self.shell.show()
        self.program.open(Path("anywhere"))
        wait_until(lambda: self.program.window is not None)

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None
        return self.program.window

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        return [one[1:] for one in self.session.asked if one[0] == name]


@pytest.fixture
def open_window(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
                ) -> Iterator[Callable[..., Opened]]:
    opened: list[Opened] = []

    def make(*, slices: int = 1, is_first: bool = False) -> Opened:
        opened.append(Opened(StandInSession(slices=slices), monkeypatch, tmp_path / "config", is_first=is_first))
        qapp.processEvents()
        return opened[-1]

    yield make
    for one in opened:
        one.shell.close()
        one.jobs.shutdown()
        one.shell.deleteLater()
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def opened(open_window: Callable[..., Opened]) -> Opened:
    return open_window()
