"""Calls from other threads arrive on the window's thread here: the only signal that crosses threads."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal


class Bridge(QObject):
    """Made on the window's thread; `later` may be called from any."""

    _call = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        # Queued even from the window's own thread, so that a callback never runs inside the call that asked for it.
        self._call.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def later(self, callback: Callable[..., None], *values: object) -> None:
        self._call.emit(partial(callback, *values))

    def _run(self, call: Callable[[], None]) -> None:
        call()
