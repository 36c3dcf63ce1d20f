"""A monkey at the window: seeded random keys, clicks, drags, wheels and actions; every open dialog must close."""

import random
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from shiboken6 import isValid

from tests.gui.live import NONE, Live, mouse
from urwkv_desktop.gui.dialogs.palette import CommandPalette

# They leave the program or the project, which ends the game; the rest of the program is the monkey's.
_LEAVE = {"program.quit", "project.close", "project.open", "samples.open"}
_KEYS = Qt.KeyboardModifier
_BUTTONS = (Qt.MouseButton.LeftButton,) * 4 + (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
_HELD = (_KEYS.NoModifier,) * 4 + (_KEYS.ControlModifier, _KEYS.ShiftModifier, _KEYS.AltModifier)
_LOOSE = tuple(Qt.Key(key) for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
                                       Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape))


class Monkey:
    """log: the last events in words, to be printed where one of them did harm."""

    def __init__(self, live: Live, seed: int, folder: Path) -> None:
        self.live, self.log, self._folder = live, list[str](), folder
        self._has_left = False
        live.main.keymap.actions["project.close"].triggered.connect(self._leave)
        self._chance = random.Random(seed)
        self._held: tuple[QWidget, Qt.MouseButton] | None = None
        self._events = self._seen = 0
        self._nested = QTimer(interval=20)  # menus and some dialogs run an event loop of their own until they go
        self._nested.timeout.connect(self._leave_nested)
        self._nested.start()

    def play(self, events: int) -> None:
        kinds: tuple[tuple[Callable[[], str], int], ...] = (
            (self._action, 20), (self._key, 15), (self._loose_key, 6), (self._press, 14), (self._move, 26),
            (self._release, 14), (self._wheel, 6), (self._click, 8), (self._other_case, 4), (self._double, 2))
        does, weights = zip(*kinds, strict=True)
        for _ in range(events):
            self._come_back()
            kind = self._chance.choices(does, weights)[0]
            self.log = [*self.log[-40:], kind.__name__]
            self._events += 1
            self.log[-1] = kind()
            self.live.turn()
            if self._chance.random() < 0.3:
                self._close_dialogs()
        self._release()
        self._close_dialogs()
        self._nested.stop()

    def _leave(self) -> None:
        self._has_left = True

    def _come_back(self) -> None:
        """The keys reach the project's own menu too; the window never goes without being asked."""
        program = self.live.program
        if program is None or program.window is not None:
            return
        assert self._has_left
        self._has_left, self._held = False, None
        program.open(self._folder)
        self.live.until(self.live.is_open)

    def _close_dialogs(self) -> None:
        """Escape is enough for every one of them; what is being exported is stopped by it, which takes a moment."""
        until = time.monotonic() + 20
        for number in count():
            open_ones = [one for one in QApplication.topLevelWidgets() if one.isVisible() and isinstance(one, QDialog)]
            if not open_ones:
                return
            assert number < 6 or time.monotonic() < until, f"a dialog is stuck: {open_ones}"
            QTest.keyClick(open_ones[-1].focusWidget() or open_ones[-1], Qt.Key.Key_Escape)
            self.live.turn()
            time.sleep(0.01 * (number > 3))

    # ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────

    def _action(self) -> str:
        name = self._chance.choice(sorted(set(self.live.main.keymap.actions) - _LEAVE))
        self.log[-1] = name
        self.live.main.keymap.actions[name].trigger()
        return f"action {name}"

    def _key(self) -> str:
        keymap = self.live.main.keymap
        names = sorted(name for name in keymap.actions if keymap.keys_of(name) and name not in _LEAVE)
        name = self._chance.choice(names)
        self.log[-1] = f"key of {name}"
        for action in [name] if keymap.actions[name].shortcuts() else []:
            key = keymap.actions[action].shortcuts()[0][0]
            QTest.keyClick(self._keeper(), key.key(), key.keyboardModifiers())
        return f"key of {name}"

    def _loose_key(self) -> str:
        key = self._chance.choice(_LOOSE)
        keeper, held = self._keeper(), self._chance.choice(_HELD)
        if key == Qt.Key.Key_Return and isinstance(QWidget.window(keeper), CommandPalette):
            return "no key"  # it may stand on *Quit*
        QTest.keyClick(keeper, key, held)
        return f"key {key.name}"

    def _keeper(self) -> QWidget:
        focus = QApplication.focusWidget()
        return focus if focus is not None and self._chance.random() < 0.5 else self.live.main.workspace.canvas

    def _press(self) -> str:
        if self._held is None:
            canvas, button = self.live.main.workspace.canvas, self._chance.choice(_BUTTONS)
            self._held = canvas, button
            mouse(canvas, QEvent.Type.MouseButtonPress, self._place(canvas), button, button,
                  self._chance.choice(_HELD))
        return "press"

    def _move(self) -> str:
        self._let_go_of_what_left()
        canvas, button = self._held or (self.live.main.workspace.canvas, NONE)
        mouse(canvas, QEvent.Type.MouseMove, self._place(canvas), NONE, button, self._chance.choice(_HELD))
        return "move"

    def _let_go_of_what_left(self) -> None:
        """A key may close the three planes in the middle of a drag: then no widget of Qt's hears the rest of it."""
        if self._held is not None and not isValid(self._held[0]):
            self._held = None

    def _release(self) -> str:
        self._let_go_of_what_left()
        if self._held is not None:
            (canvas, button), self._held = self._held, None
            mouse(canvas, QEvent.Type.MouseButtonRelease, self._place(canvas), button, NONE)
        return "release"

    def _double(self) -> str:
        canvas, button = self.live.main.workspace.canvas, self._chance.choice(_BUTTONS)
        mouse(canvas, QEvent.Type.MouseButtonDblClick, self._place(canvas), button, button)
        mouse(canvas, QEvent.Type.MouseButtonRelease, self._place(canvas), button, NONE)
        return "double click"

    def _wheel(self) -> str:
        canvas = self.live.main.workspace.canvas
        at = self._place(canvas)
        QApplication.sendEvent(canvas, QWheelEvent(
            QPointF(at), QPointF(canvas.mapToGlobal(at)), QPoint(), QPoint(0, self._chance.choice((-120, 30, 120))),
            NONE, self._chance.choice(_HELD), Qt.ScrollPhase.NoScrollPhase, False))
        return "wheel"

    def _click(self) -> str:
        """On whatever lies under a place of the window or of the dialog over it; the project's own menu is left."""
        above = QApplication.activeModalWidget() or self.live.window.shell
        at = self._place(above)
        under = above.childAt(at) or above
        if under is self.live.main.workspace.worklist.project or self._held is not None:
            return "no click"
        inside = under.mapFrom(above, at)
        button = self._chance.choice(_BUTTONS)
        self.log[-1] = f"click on {under}"
        mouse(under, QEvent.Type.MouseButtonPress, inside, button, button)
        mouse(under, QEvent.Type.MouseButtonRelease, inside, button, NONE)
        return f"click on {type(under).__name__} {under.objectName()}"

    def _other_case(self) -> str:
        rows = self.live.main.session.rows
        if rows:
            self.live.main.workspace.worklist.case_chosen.emit(self._chance.choice(rows).id)
        return "another case"

    def _place(self, widget: QWidget) -> QPoint:
        """Most often inside, now and then a little beside it."""
        room = 12 if self._chance.random() < 0.1 else 0
        return QPoint(self._chance.randint(-room, max(0, widget.width() - 1 + room)),
                      self._chance.randint(-room, max(0, widget.height() - 1 + room)))

    def _leave_nested(self) -> None:
        """Escape, where nothing has gone on since the last time."""
        above = QApplication.activePopupWidget()
        if isinstance(above, QMenu):
            above.close()
        modal = QApplication.activeModalWidget()
        if modal is not None and self._seen == self._events:
            QTest.keyClick(modal.focusWidget() or modal, Qt.Key.Key_Escape)
        self._seen = self._events
