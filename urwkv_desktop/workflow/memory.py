"""Handing freed memory back to the system, so that the program stays small beside what else a laptop runs.

glibc alone is asked; other C libraries do so by themselves. Measured with one picture of 4096 x 4096 and the network:
335 MB resident before the heaps were given back, 302 after; with a bound that moves 355 to 360, with a fixed one 307.
"""

import sys
from contextlib import suppress

_MAPPED_FROM = -3  # M_MMAP_THRESHOLD in malloc.h
_BYTES = 4 << 20  # a frame of a small window stays below it


def give_back() -> None:
    """What is kept of freed memory. Some milliseconds: never in the window's thread."""
    _ask("malloc_trim", 0)


def keep_large_apart() -> None:
    """From here on large arrays are given back when they are freed.

    Left to itself the C library raises its bound with each one, and the next come to lie in heaps that do not shrink.
    """
    _ask("mallopt", _MAPPED_FROM, _BYTES)


def _ask(what: str, *numbers: int) -> None:
    if sys.platform.startswith("linux"):
        import ctypes  # not before the first paint

        with suppress(OSError, AttributeError):  # another C library
            getattr(ctypes.CDLL("libc.so.6"), what)(*numbers)
