"""A hand on the real window: the program's own main runs its event loop, and steps press what a person presses."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QWidget

from urwkv_desktop import __main__ as entry
from urwkv_desktop.editing.document import Document
from urwkv_desktop.gui import app as app_module
from urwkv_desktop.gui.canvas.message_card import MessageCard
from urwkv_desktop.gui.shell import Shell
from urwkv_desktop.gui.start_page import StartPage
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import ImagePoint
from urwkv_desktop.workflow import CaseRow, find_places, settings

Step = Callable[[], bool]
Steps = Iterator[Step]
SECONDS = 45.0


class Hand:
    """What is on the screen, found as a person finds it: through the one window."""

    @property
    def shell(self) -> Shell:
        return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Shell)
                    and widget.isVisible())

    @property
    def is_started(self) -> bool:
        """The keys are there: the program behind the first frame has been loaded."""
        return bool(self.shell.actions())

    @property
    def space(self) -> Workspace:
        content = self.shell.content
        assert isinstance(content, Workspace), content
        return content

    @property
    def has_project(self) -> bool:
        return isinstance(self.shell.content, Workspace)

    @property
    def start_page(self) -> StartPage:
        content = self.shell.content
        assert isinstance(content, StartPage), content
        return content

    @property
    def document(self) -> Document:
        document = self.space.canvas.document
        assert document is not None
        return document

    @property
    def card(self) -> MessageCard:
        return next(iter(self.space.canvas.findChildren(MessageCard)))

    def files(self) -> list[str]:
        """The file of each row, without its ending, as listed."""
        model = self.space.worklist.model
        return [model.row_at(place).files[0].partition(".")[0] for place in range(model.rowCount())]

    def shows(self, file: str) -> bool:
        """Whether this case is on screen, its image and all."""
        document, rows = self.space.canvas.document, self.space.worklist.model.rows
        return document is not None and any(
            row.id == document.case and row.files[0].startswith(f"{file}.") for row in rows)

    def row(self, file: str) -> CaseRow:
        return self.space.worklist.model.row_at(self.files().index(file))

    @property
    def is_saved(self) -> bool:
        return self.space.status.saved.kind == "saved"

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.space.canvas.setFocus()
        QTest.keyClick(self.space.canvas, key, held)

    def open_folder(self) -> None:
        """Ctrl+O; the test answers for the system's own dialog."""
        self.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

    def click(self, name: str, inside: QWidget) -> None:
        """The visible button with these words."""
        button = next(one for one in inside.findChildren(QPushButton) if one.text() == name and one.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose(self, file: str) -> None:
        """A click on the row of the worklist."""
        view, place = self.space.worklist.view, self.files().index(file)
        index = self.space.worklist.model.index(place)
        view.scrollTo(index, QListView.ScrollHint.EnsureVisible)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())

    def stroke(self, row: float, column: float, to_row: float, to_column: float) -> None:
        """A drag of the left button over the image, from one place of it to another."""
        canvas, button = self.space.canvas, Qt.MouseButton.LeftButton
        start, end = self._at(row, column), self._at(to_row, to_column)
        QTest.mousePress(canvas, button, pos=start)
        for share in (0.25, 0.5, 0.75, 1.0):
            between = QPointF(start) * (1 - share) + QPointF(end) * share
            QTest.mouseMove(canvas, between.toPoint())
        QTest.mouseRelease(canvas, button, pos=end)

    def _at(self, row: float, column: float) -> QPoint:
        canvas = self.space.canvas
        x, y = canvas.transform.to_screen(ImagePoint(row, column))
        ratio = canvas.devicePixelRatioF()
        return QPoint(round(x / ratio), round(y / ratio))


@dataclass
class Walk:
    steps: Steps
    _waits_for: Step = field(default=lambda: True)
    _since: float = 0.0
    trouble: BaseException | None = None

    def tick(self) -> None:
        if self.trouble is not None:
            return
        try:
            if self._waits_for():
                self._waits_for = next(self.steps)
                self._since = time.monotonic()
            elif time.monotonic() - self._since > SECONDS:
                raise AssertionError(f"waited {SECONDS} s at line {self._line}")
        except StopIteration:
            QApplication.closeAllWindows()
        except BaseException as trouble:  # noqa: BLE001 - raised again by walk, outside the event loop
            self.fail(trouble)

    @property
    def _line(self) -> int:
        return self.steps.gi_frame.f_lineno  # type: ignore[attr-defined,no-any-return]

    def fail(self, trouble: BaseException) -> None:
        self.trouble = trouble
        QApplication.closeAllWindows()
        QApplication.quit()


def answer_what_is_asked_once() -> None:
    """Whoever walks here has started the program before: the keys are the default's."""
    file = find_places().settings_file
    settings.save(settings.load(file)[0].changed("keys", asked=True), file)


def walk(monkeypatch: pytest.MonkeyPatch, arguments: list[str], steps: Steps) -> None:
    """Runs the real main with these arguments; `steps` yields what it waits for before it goes on."""
    walked = Walk(steps)
    walked._since = time.monotonic()
    answer_what_is_asked_once()
    monkeypatch.setattr(app_module.Window, "_crashed", lambda self, error: walked.fail(error))
    monkeypatch.setattr("sys.argv", ["urwkv-desktop", *arguments])
    app_module.make_application()
    timer = QTimer(interval=10)
    timer.timeout.connect(walked.tick)
    timer.start()
    with pytest.raises(SystemExit) as ended:
        entry.main()
    timer.stop()
    if walked.trouble is not None:
        raise walked.trouble
    assert ended.value.code == 0
