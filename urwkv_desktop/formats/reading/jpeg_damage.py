"""Damage that a JPEG decoder passes over: from there on the picture is grey, and no one is told.

libjpeg, inside of Pillow, OpenCV and GDCM, writes one line to the standard error stream and goes on. That line is what
is listened for here; Pillow suppresses even that, so OpenCV reads the same data again at an eighth of its size, which
takes a twentieth of the time. Where the stream can't be taken over (a Windows program without one), nothing is heard.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import BinaryIO

import numpy as np

from urwkv_desktop.formats.refusals import part_missing
from urwkv_desktop.imaging import Finding, Message

_STDERR = 2
_MISSING = re.compile(rb"premature end|Premature end")
_DAMAGED = re.compile(rb"Corrupt JPEG data: (?!(?:[1-4]) extraneous bytes)")  # a few bytes are padding
DAMAGED = Finding("jpeg.damaged", Message("Its JPEG data is damaged; parts of the picture may be wrong."))


@contextmanager
def overheard() -> Iterator[bytearray]:
    """What libraries write to the standard error stream meanwhile, complete when the block ends.

    For the process that decodes, which has one thread for it.
    """
    said = bytearray()
    try:
        before, ear = os.dup(_STDERR), _ear()
        os.dup2(ear.fileno(), _STDERR)
    except OSError:
        yield said
        return
    try:
        yield said
    finally:
        os.dup2(before, _STDERR)
        os.close(before)
        with suppress(OSError):
            ear.seek(0)
            said += ear.read(1 << 16)
            ear.seek(0)
            ear.truncate()


@cache
def _ear() -> BinaryIO:
    """For as long as the process lives."""
    return tempfile.TemporaryFile()


def judged(said: bytes) -> tuple[Finding, ...]:
    """Raises Refusal where data is missing."""
    if _MISSING.search(said):
        raise part_missing("JPEG")
    return (DAMAGED,) if _DAMAGED.search(said) else ()


def findings(data: bytes) -> tuple[Finding, ...]:
    """Of a baseline or progressive JPEG of 8 bits. Raises Refusal where data is missing."""
    import cv2

    with overheard() as said:
        cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    return judged(bytes(said))
