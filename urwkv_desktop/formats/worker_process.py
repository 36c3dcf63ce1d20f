"""The decode worker's own process: answers one request after the other until its connection ends.

Imported by the spawned process, so it loads no more than it needs: readers come with the first request.
"""

import contextlib
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, fields
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.known import KnownFile, Learned
from urwkv_desktop.formats.label_set import LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.lease import Offer
from urwkv_desktop.formats.limits import Limits, Room
from urwkv_desktop.formats.refusals import too_hungry, too_hungry_folder
from urwkv_desktop.formats.source import Source
from urwkv_desktop.imaging import Image, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = npt.NDArray[np.generic]
_SMALL = 16 << 20  # what is smaller is decoded within the spare memory and the usual time
_EVERY = 0.1  # seconds between two words of an index about where it is


@dataclass(frozen=True)
class IndexRequest:
    root: Path
    files: "Sequence[Path] | None"
    deadly: dict[str, Refusal]
    careful: bool  # every file is named before it is touched, which costs time: after a death
    known: "Sequence[KnownFile]" = ()


@dataclass(frozen=True)
class ReadRequest:
    root: Path
    source: Source


@dataclass(frozen=True)
class LabelsRequest:
    root: Path
    file: Path
    target: LabelTarget
    wish: LabelWish


@dataclass(frozen=True)
class PartRequest:
    """What is there of a file that is cut."""

    path: Path


@dataclass(frozen=True)
class Expect:
    """The pixels that are about to be decoded: the deadline grows with them."""

    nbytes: int


@dataclass(frozen=True)
class Progress:
    """file: the one that is touched next, "" when all are done. learned: since the last word."""

    done: int
    total: int
    file: str
    learned: Learned = Learned()  # noqa: RUF009 - frozen


READY = "ready"


@dataclass(frozen=True)
class Pixels:
    """An array follows in shared memory; rest: the other fields of the Image, or nothing for labels."""

    shape: tuple[int, ...]
    dtype: str
    rest: dict[str, Any]


class SharedRoom(Room):
    """Memory shared with the window, and an upper limit on what this process may take while it decodes."""

    def __init__(self, limits: Limits, announce: Callable[[object], None]) -> None:
        super().__init__(limits)
        self._announce, self._begun = announce, 0.0
        self.offer: Offer | None = None

    def claim(self, nbytes: int, *, volume: bool = False) -> None:
        super().claim(nbytes, volume=volume)
        if nbytes > _SMALL:
            limit_memory(self.limits, nbytes)
            self._announce(Expect(nbytes))

    def begin(self, nbytes: int) -> None:
        now = time.monotonic()
        if now - self._begun >= _EVERY or nbytes > _SMALL:
            self._begun = now
            self._announce(Expect(nbytes))

    def array(self, shape: tuple[int, ...], dtype: npt.DTypeLike) -> Array:
        self.close()
        self.offer = Offer(shape, dtype)
        return self.offer.array

    def close(self) -> None:
        if self.offer is not None:
            self.offer.close()
            self.offer = None


def limit_memory(limits: Limits, nbytes: int = 0) -> None:
    """From here on this process may grow over pixels of nbytes (Linux; elsewhere the process that asks watches it)."""
    if sys.platform != "linux" or limits.is_watched:
        return
    import resource

    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - called once a file
        now = int(file.read().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = now + limits.memory_for(nbytes)
    resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def main(connection: Connection, limits: Limits, parent: int, for_dicom: bool = False) -> None:
    """parent: pid of the process that asks. for_dicom: it will ask for DICOM. Ends with its connection."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the asking program's affair
    _silence()
    _warm()
    with contextlib.suppress(EOFError, ConnectionError):
        connection.send(READY)
        if for_dicom:
            _warm_for_dicom()
        while True:
            request = connection.recv()
            _answer(connection, request, limits, parent)


def _silence() -> None:
    """Decoders print to stderr, values of tags among it; a patient's data belongs into no terminal and no log."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _warm() -> None:
    """Libraries are loaded before the memory limit is drawn, not under it."""
    import PIL.Image
    import PIL.ImageOps

    import urwkv_desktop.formats.reading.open  # noqa: F401

    PIL.Image.preinit()


def _warm_for_dicom() -> None:
    import urwkv_desktop.formats.reading.folder
    import urwkv_desktop.formats.reading.remembering  # noqa: F401
    from urwkv_desktop.formats.reading import dicom_file

    dicom_file.get_ready()


def _answer(connection: Connection, request: object, limits: Limits, parent: int) -> None:
    room = SharedRoom(limits, connection.send)
    limit_memory(limits)
    try:
        if isinstance(request, IndexRequest):
            connection.send(_index(connection, request, room))
        elif isinstance(request, ReadRequest):
            _send_image(connection, _read(request, room), room, parent)
        elif isinstance(request, PartRequest):
            _send_image(connection, _part(request, room), room, parent)
        elif isinstance(request, LabelsRequest):
            found = _labels(request, room)
            _send(connection, found.voxels, {"names": found.names, "findings": found.findings}, room, parent)
    except Refusal as refusal:
        connection.send(refusal)
    except MemoryError:
        connection.send(too_hungry_folder() if isinstance(request, IndexRequest) else too_hungry())
    finally:
        room.close()


def _index(connection: Connection, request: IndexRequest, room: Room) -> list[Source]:
    from urwkv_desktop.formats.reading.folder import index
    from urwkv_desktop.formats.reading.remembering import Remembering

    memory = Remembering(request.root, request.known, room.limits)

    def stop() -> bool:
        return connection.poll(0)  # whatever is said while an index runs means: stop

    count, said = (0, 0), 0.0

    def report(done: int, total: int) -> None:
        nonlocal count
        count = done, total

    def begin(file: str) -> None:
        nonlocal said
        now = time.monotonic()
        if request.careful or not file or now - said >= _EVERY:
            said = now
            connection.send(Progress(count[0], count[1], file, memory.taken()))

    found = index(request.root, request.files, room=room, deadly=request.deadly, stop=stop, report=report,
                  begin=begin, memory=memory)
    connection.send(Progress(count[0], count[1], "", memory.taken()))
    while connection.poll(0):
        connection.recv()
    return found


def _read(request: ReadRequest, room: Room) -> Image:
    from urwkv_desktop.formats.reading.open import read

    return read(request.root, request.source, room=room)


def _part(request: PartRequest, room: Room) -> Image:
    from urwkv_desktop.formats.reading.part import read_part

    return read_part(request.path, room)


def _labels(request: LabelsRequest, room: Room) -> LabelSet:
    from urwkv_desktop.formats.reading.labels import read_label_set

    return read_label_set(request.root, request.file, request.target, request.wish, room)


def _send_image(connection: Connection, image: Image, room: SharedRoom, parent: int) -> None:
    rest = {field.name: getattr(image, field.name) for field in fields(Image) if field.name not in ("pixels", "lease")}
    _send(connection, image.pixels, rest, room, parent)


def _send(connection: Connection, pixels: Array, rest: dict[str, Any], room: SharedRoom, parent: int) -> None:
    if room.offer is None or not room.offer.holds(pixels):
        room.array(pixels.shape, pixels.dtype)[...] = pixels
    offer = room.offer
    if offer is None:
        raise AssertionError
    connection.send(Pixels(pixels.shape, pixels.dtype.str, rest))
    offer.send(connection, parent)
    connection.recv()  # "mapped": from here on the other side keeps it
