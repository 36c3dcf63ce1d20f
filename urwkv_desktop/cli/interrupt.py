"""Ctrl+C asks the work to stop at its next whole file; a second one does not wait."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """stop(): whether Ctrl+C was pressed. The second press raises KeyboardInterrupt."""
    is_asked = False

    def asked(number: int, frame: FrameType | None) -> None:
        nonlocal is_asked
        if is_asked:
            raise KeyboardInterrupt
        is_asked = True

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield lambda: is_asked
    finally:
        signal.signal(signal.SIGINT, before)
