"""The whole program in its window on a folder of its own, driven by events as a hand makes them; nothing is replaced
but the system's own file dialogs, which say that they were cancelled."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from urwkv_desktop.editing.document import Document
from urwkv_desktop.gui import app as app_module
from urwkv_desktop.gui.main_window import MainWindow
from urwkv_desktop.gui.program import Program
from urwkv_desktop.workflow import Places, Settings

NONE = Qt.MouseButton.NoButton


class Live:
    """window: the program's own. crashes: what would have become a sentence and a report."""

    def __init__(self, places: Places, folder: Path | None) -> None:
        self.app = app_module.make_application()
        self.crashes: list[BaseException] = []
        settings = Settings().changed("keys", asked=True).changed("reader", name="Ada")
        self.window = app_module.Window(self.app, places, settings, folder)
        self.window._crashed = self.crashes.append  # type: ignore[method-assign]
        self.window.shell.resize(1366, 768)

    @property
    def program(self) -> Program | None:
        program = self.window.program
        return program if isinstance(program, Program) else None

    @property
    def main(self) -> MainWindow:
        assert self.program is not None
        assert self.program.window is not None
        return self.program.window

    @property
    def document(self) -> Document | None:
        return self.main.workspace.canvas.document

    def turn(self) -> None:
        self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self.crashes:
            raise self.crashes[0]

    def until(self, reached: Callable[[], bool], seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while not reached():
            self.turn()
            time.sleep(0.001)
            assert time.monotonic() < end, "what was waited for did not come"

    def rest(self, seconds: float) -> None:
        """Nobody touches anything."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end)

    def is_open(self) -> bool:
        return self.program is not None and self.program.window is not None and self.document is not None

    def is_saved(self) -> bool:
        return self.main.session.is_acknowledged

    def drag(self, points: list[QPoint]) -> None:
        """The left button over the canvas."""
        canvas, left = self.main.workspace.canvas, Qt.MouseButton.LeftButton
        mouse(canvas, QEvent.Type.MouseButtonPress, points[0], left, left)
        for at in points[1:]:
            mouse(canvas, QEvent.Type.MouseMove, at, NONE, left)
        mouse(canvas, QEvent.Type.MouseButtonRelease, points[-1], left, NONE)

    def close(self) -> None:
        self.window.shell.close()
        self.window.end()
        self.window.shell.deleteLater()
        self.turn()


def mouse(widget: QWidget, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, held: Qt.MouseButton,
          keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    where = QPointF(at)
    QApplication.sendEvent(widget, QMouseEvent(kind, where, QPointF(widget.mapToGlobal(at)), button, held, keys))


@contextmanager
def living(places: Places, folder: Path | None) -> Iterator[Live]:
    hook, ask = sys.excepthook, QFileDialog.getExistingDirectory
    QFileDialog.getExistingDirectory = staticmethod(lambda *_: "")  # type: ignore[assignment,method-assign]
    live = Live(places, folder)
    try:
        live.until(lambda: live.program is not None if folder is None else live.is_open())
        yield live
    finally:
        live.close()
        sys.excepthook = hook
        QFileDialog.getExistingDirectory = ask  # type: ignore[method-assign]
