"""Projects are opened beside the event loop: a slow folder never holds the window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from urwkv_desktop.imaging import Message
from urwkv_desktop.workflow import JobControl, Jobs, Outcome
from urwkv_desktop.workflow.jobs import Cancelled
from urwkv_desktop.workflow.opening import Opening
from urwkv_desktop.workflow.preparing import drop

_SLOW_MS = 300  # before an opening that takes time says so
_CLOSING_SECONDS = 2.0


@dataclass(frozen=True)
class Wish:
    """take_over: the project is on screen for reading only, and shall be written here instead of there."""

    target: Path
    project_file: Path | None = None
    take_over: bool = False


class Opener(QObject):
    """One project at a time; of the wishes that come meanwhile the last one counts.

    prepare(wish, shown): the Opening, or None where it is the project file `shown`; raises Refusal, on a job's thread.
    """

    opened = Signal(object)  # Opening
    refused = Signal(object)  # Refusal
    is_shown = Signal(object)  # Wish: its project is on screen already
    is_slow = Signal(str)  # the name of what is being opened

    def __init__(self, jobs: Jobs, prepare: Callable[[Wish, Path | None], Opening | None],
                 shown: Callable[[], Path | None]) -> None:
        super().__init__()
        self._jobs, self._prepare, self._shown = jobs, prepare, shown
        self._running: Wish | None = None
        self._next: Wish | None = None
        self._is_closed = False
        self._held: Opening | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._say_slow)

    def ask(self, wish: Wish) -> None:
        if self._running is not None:
            self._next = wish if wish != self._running else None
            return
        self._running = wish
        shown = self._shown()

        def work(control: JobControl) -> Opening | None:
            opening = self._prepare(wish, shown)
            if opening is not None and control.stop():
                drop(opening)
                raise Cancelled
            self._held = opening
            return opening

        self._slow.start()
        self._job = self._jobs.run(Message("Opening {name}", name=wish.target.name), work,
                                   done=lambda outcome: self._arrived(outcome, shown))

    def close(self) -> None:
        """What arrives late is closed again, unseen."""
        self._is_closed = True
        self._slow.stop()
        if self._running is not None:
            self._job.cancel()
            self._job.wait(_CLOSING_SECONDS)
            self._drop()

    def _arrived(self, outcome: Outcome[Opening | None], shown: Path | None) -> None:
        self._slow.stop()
        if self._is_closed:
            return
        wish, self._running = self._running, None
        later, self._next = self._next, None
        nothing_came = outcome.value is None and outcome.refusal is None
        if later is None and nothing_came and self._shown() != shown:
            later = wish  # what was on screen when it was asked for has been closed since
        if later is not None:
            self._drop()
            self.ask(later)
        elif outcome.refusal is not None:
            self.refused.emit(outcome.refusal)
        elif outcome.value is not None:
            self._held = None
            self.opened.emit(outcome.value)
        elif outcome.crash is None and not outcome.is_cancelled:
            self.is_shown.emit(wish)

    def _drop(self) -> None:
        if self._held is not None:
            drop(self._held)
            self._held = None

    def _say_slow(self) -> None:
        if self._running is not None:
            self.is_slow.emit(self._running.target.name)
