"""The process in which DICOM is written and read back: one request after the other until its connection ends."""

import contextlib
import os
import signal
import warnings
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from urwkv_desktop.formats.writing.dicom.asking import READY, ProofRequest, SourceFiles, WriteRequest
from urwkv_desktop.imaging import Message, Refusal

if TYPE_CHECKING:
    from urwkv_desktop.formats.writing.dicom.sources import SourceImages


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
    """The writers, loaded while the program decodes its first image; and the headers that were read last."""

    def __init__(self) -> None:
        from urwkv_desktop.formats.writing.dicom import rtstruct, rtstruct_proof, seg, seg_proof, sources

        self._rtstruct, self._seg, self._load = rtstruct, seg, sources.load
        self._rtstruct_proof, self._seg_proof = rtstruct_proof, seg_proof
        self._last: tuple[SourceFiles, SourceImages] | None = None

    def write(self, request: WriteRequest) -> object:
        self._last = None  # the files may have changed since; a proof looks at those that were written for
        found = self._images(request.source)
        return (self._rtstruct if request.kind == "rtstruct" else self._seg).write(request, found)

    def prove(self, request: ProofRequest) -> object:
        found = self._images(request.source)
        if request.kind == "rtstruct":
            return self._rtstruct_proof.read_back(request.path, found)
        return self._seg_proof.read_back(request.path, found)

    def _images(self, source: SourceFiles) -> "SourceImages":
        if self._last is None or self._last[0] != source:
            self._last = source, self._load(source)
        return self._last[1]


def _answer(request: object, desk: _Desk) -> object:
    try:
        if isinstance(request, WriteRequest):
            return desk.write(request)
        if isinstance(request, ProofRequest):
            return desk.prove(request)
    except (Refusal, OSError) as trouble:
        return trouble
    except MemoryError:
        return Refusal(tried=Message("Writing DICOM."), cause=Message("There is not enough memory for it."),
                       cure=Message("Close other programs and export again."))
    raise TypeError(type(request).__name__)

