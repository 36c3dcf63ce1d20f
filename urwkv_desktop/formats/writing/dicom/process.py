"""The process in which DICOM is written: one request after the other until its connection ends."""

import contextlib
import os
import signal
import warnings
from multiprocessing.connection import Connection

from urwkv_desktop.formats.writing.dicom.asking import (
    READY,
    CopiedFile,
    CopyRequest,
    FoundTags,
    TagsRequest,
    WriteRequest,
    WrittenObject,
)
from urwkv_desktop.imaging import Message, Refusal


def main(connection: Connection) -> None:
    """Ends with its connection."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the asking program's affair
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)  # warnings of these libraries quote values of tags
    os.close(nowhere)
    with contextlib.suppress(EOFError, ConnectionError):
        connection.send(READY)
        desk = _Desk()
        while True:
            connection.send(_answer(connection.recv(), desk))


class _Desk:
    """The writers, loaded while the program decodes its first image."""

    def __init__(self) -> None:
        from urwkv_desktop.formats.writing.dicom import copies, rtstruct, seg, sources

        self._rtstruct, self._seg, self._load, self._copies = rtstruct, seg, sources.load, copies

    def write(self, request: WriteRequest) -> WrittenObject:
        found = self._load(request.source, request.rule)
        write = self._rtstruct.write if request.kind == "rtstruct" else self._seg.write
        return write(request, found)

    def tags(self, request: TagsRequest) -> FoundTags:
        return self._copies.tags(request)

    def copy(self, request: CopyRequest) -> CopiedFile:
        return self._copies.copy(request)


def _answer(request: object, desk: _Desk) -> object:
    try:
        if isinstance(request, WriteRequest):
            return desk.write(request)
        if isinstance(request, TagsRequest):
            return desk.tags(request)
        if isinstance(request, CopyRequest):
            return desk.copy(request)
    except (Refusal, OSError) as trouble:
        return trouble
    except MemoryError:
        return Refusal(tried=Message("Writing DICOM."), cause=Message("There is not enough memory for it."),
                       cure=Message("Close other programs and export again."))
    raise TypeError(type(request).__name__)

