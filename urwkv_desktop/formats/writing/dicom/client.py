"""The asking side of the process that writes DICOM: bounded in time, ended with the export."""

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import cast

from urwkv_desktop.formats.writing.dicom.asking import (
    READY,
    CopiedFile,
    CopyRequest,
    FoundTags,
    TagsRequest,
    WriteRequest,
    WrittenObject,
)
from urwkv_desktop.formats.writing.dicom.process import main
from urwkv_desktop.imaging import Message, Refusal

_STARTING, _SECONDS = 60.0, 120.0
_SECONDS_PER_VOXEL = 2e-7  # on top, for large volumes


class DicomWriter:
    """One request at a time, of one thread."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._fresh = True

    def write(self, request: WriteRequest) -> WrittenObject:
        """Raises Refusal, or OSError as the process met it."""
        return cast(WrittenObject, self._ask(request, _SECONDS + request.mask.size * _SECONDS_PER_VOXEL))

    def tags(self, request: TagsRequest) -> FoundTags:
        """Raises Refusal."""
        return cast(FoundTags, self._ask(request, _SECONDS))

    def copy(self, request: CopyRequest) -> CopiedFile:
        """Raises Refusal, or OSError as the process met it."""
        return cast(CopiedFile, self._ask(request, _SECONDS))

    def start(self) -> None:
        """Makes the process ahead of the first request; it gets ready beside us."""
        if self._process is not None:
            return
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=True)
        process = context.Process(target=main, args=(theirs,), daemon=True, name="urwkv-desktop DICOM writer")
        process.start()
        theirs.close()
        self._process = process
        self._connection, self._fresh = ours, True

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _ask(self, request: object, seconds: float) -> object:
        try:
            self.start()
            connection = self._connection
            assert connection is not None
            if self._fresh and not (connection.poll(_STARTING) and connection.recv() == READY):
                raise _gone()
            self._fresh = False
            connection.send(request)
            if not connection.poll(seconds):
                raise _gone()
            answer = connection.recv()
        except (EOFError, ConnectionError) as error:
            self.close()
            raise _gone() from error
        except Refusal:
            self.close()
            raise
        if isinstance(answer, Refusal | OSError):
            raise answer
        return answer


def _gone() -> Refusal:
    """Made anew each time: a refusal that was raised keeps the frames it went through."""
    return Refusal(tried=Message("Writing DICOM."),
                   cause=Message("The process that writes DICOM died over this case, or took too long."),
                   cure=Message("Export this case as NIfTI, PNG or COCO; everything else goes on."))
