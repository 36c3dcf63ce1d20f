"""Asking the C library to keep freed memory: it halves a training step on a CPU.

Large tensors are by default mapped from the system and given back at each use, and every page of them is cleared
anew. Measured on two cores, base network, 8 images of 256 x 256 in bfloat16: 221 ms an image without, 121 to 133 with.
"""

from __future__ import annotations

import ctypes
import os
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MAPPED_AT_MOST = -1, -2, -4  # malloc.h
_NEVER = 2**31 - 1
_HEAP_STEP = 2**28


def keep_freed_memory() -> bool:
    """Whether this system was told so: glibc only; elsewhere nothing happens. Called before the first tensor."""
    if not sys.platform.startswith("linux"):
        return False
    os.environ.setdefault("THP_MEM_ALLOC_ENABLE", "1")  # torch: large tensors on large pages
    try:
        mallopt = ctypes.CDLL("libc.so.6").mallopt
    except (OSError, AttributeError):  # another C library
        return False
    settings = ((_MAPPED_AT_MOST, 0), (_TRIM_THRESHOLD, _NEVER), (_TOP_PAD, _HEAP_STEP))
    return all(mallopt(name, value) for name, value in settings)
