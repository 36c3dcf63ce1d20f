"""What the window remembers from one day to the next, kept in the settings file."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from urwkv_desktop.imaging import Status
from urwkv_desktop.workflow.settings import RecentProject, Settings

if TYPE_CHECKING:
    from urwkv_desktop.workflow.session import Session

_SOON_MS = 800  # a slider that moves is written once


class Memory(QObject):
    """write: puts the settings where they lie; it is called soon after the last change, and by `write_now`."""

    def __init__(self, settings: Settings, write: Callable[[Settings], None]) -> None:
        super().__init__()
        self.settings = settings
        self._write = write
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(_SOON_MS)
        self._due.timeout.connect(self.write_now)

    def keep(self, group: str, **fields: object) -> None:
        """keep("brush", size=12.0)"""
        changed = self.settings.changed(group, **fields)
        if changed != self.settings:
            self.settings = changed
            self._due.start()

    def keep_project(self, session: "Session", accepted: int | None = None) -> None:
        """How far it has got, for the start page. accepted: how many, where that is known."""
        if accepted is None:
            accepted = sum(row.status is Status.accepted for row in session.rows)
        changed = self.settings.with_recent(RecentProject(
            str(session.project_path), str(session.root), session.name, accepted, len(session.rows)))
        if changed != self.settings:
            self.settings = changed
            self._due.start()

    def keep_geometry(self, window: QWidget) -> None:
        self.keep("window", geometry=bytes(window.saveGeometry().data()).hex())

    def keep_splitter(self, splitter: QSplitter) -> None:
        self.keep("window", splitter=bytes(splitter.saveState().data()).hex())

    def restore_geometry(self, window: QWidget) -> bool:
        """False where nothing that fits was remembered."""
        return bool(window.restoreGeometry(_bytes(self.settings.window.geometry)))

    def restore_splitter(self, splitter: QSplitter) -> bool:
        return bool(splitter.restoreState(_bytes(self.settings.window.splitter)))

    def write_now(self) -> None:
        self._due.stop()
        self._write(self.settings)


def _bytes(text: str) -> QByteArray:
    try:
        return QByteArray(bytes.fromhex(text))
    except ValueError:
        return QByteArray()
