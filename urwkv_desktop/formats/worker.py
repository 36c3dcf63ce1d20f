"""The decode worker as its callers see it: a process bounded in memory and time, which dies alone and starts again."""

import math
import multiprocessing
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from os import getpid
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.ahead import Ahead
from urwkv_desktop.formats.known import KnownFile, Learned
from urwkv_desktop.formats.label_set import LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.lease import accept
from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.process_memory import MemoryWatch
from urwkv_desktop.formats.process_time import computed_by
from urwkv_desktop.formats.refusals import too_hungry
from urwkv_desktop.formats.source import Source
from urwkv_desktop.formats.worker_process import (
    READY,
    Expect,
    IndexRequest,
    LabelsRequest,
    PartRequest,
    Pixels,
    Progress,
    ReadRequest,
    main,
)
from urwkv_desktop.imaging import Image, Message, Refusal

Array = npt.NDArray[np.generic]
Starter = Callable[[str, Callable[[], None]], object]
_STARTING = 30.0  # seconds that a new process may take for its first sign of life, on a busy machine
_LISTING = 120.0  # seconds for walking through a folder, and for grouping what was found
_TICK = 0.1  # how often a caller's wish to stop is asked for


class DecodeWorker:
    """One request at a time, from any thread; the others wait. The process is made at the first request, or by start.

    for_dicom: what reads DICOM is loaded before it is asked for, while the process has nothing else to do.
    Every method raises Refusal where the file is at fault, or where the process died or ran out of time over it.
    """

    def __init__(self, limits: Limits | None = None, *, for_dicom: bool = False) -> None:
        self.limits = limits or Limits()
        self._for_dicom = for_dicom
        self._context = multiprocessing.get_context("spawn")
        self._lock = Lock()
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._fresh = True
        self._is_stale = self._closed = False
        self._ahead: Ahead | None = None

    def start(self, run: Starter | None = None) -> None:
        """Makes the process ahead of the first request; `run(name, work)` does so on another thread."""
        if run is None:
            self._begin()
        else:
            run("decode worker", self._begin)

    def look_ahead(self, root: Path, run: Starter) -> None:
        """Indexes the folder and reads its first image before they are asked for; once, they are handed over then."""
        ahead = self._ahead = Ahead(root)
        run("decode worker", lambda: ahead.run(self._indexed, self._read))

    def close(self) -> None:
        """Ends the process. A request that runs is given up."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def bound(self, limits: Limits) -> None:
        """Other limits from the next request on, which a new process answers."""
        self.limits, self._is_stale, self._ahead = limits, True, None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def index(self, root: Path, files: Sequence[Path] | None = None, *,
              report: Callable[[int, int], None] | None = None,
              stop: Callable[[], bool] | None = None, known: Sequence[KnownFile] = (),
              keep: Callable[[Learned], None] | None = None) -> list[Source]:
        """Cases of a folder, as `reading.index`; a file over which the process dies becomes a refused one.

        known: what earlier indexes learned of its files; keep: given what this one learns, while it runs.
        """
        if self._ahead is not None and self._ahead.root == root and files is None:
            found = self._ahead.index(report, stop, keep)
            if found is not None:
                return found
        return self._indexed(root, files, report=report, stop=stop, known=known, keep=keep)

    def _indexed(self, root: Path, files: Sequence[Path] | None = None, *,
                 report: Callable[[int, int], None] | None = None, stop: Callable[[], bool] | None = None,
                 known: Sequence[KnownFile] = (), keep: Callable[[Learned], None] | None = None) -> list[Source]:
        deadly: dict[str, Refusal] = {}
        careful = False
        while True:
            task = _IndexTask(self.limits, report, stop, keep)
            try:
                found = self._ask(IndexRequest(Path(root), files, dict(deadly), careful, known), task)
            except _DiedError as death:
                if self._closed or (careful and (task.current is None or task.current in deadly)):
                    raise death.refusal from death
                if careful and task.current is not None:
                    deadly[task.current] = death.refusal
                careful = True  # the first death only says that there is one
                continue
            if not isinstance(found, list):
                raise TypeError(type(found).__name__)
            return found

    def read(self, root: Path, source: Source) -> Image:
        """The image, its pixels read-only in shared memory, which lives as long as they do."""
        ahead, self._ahead = self._ahead, None
        found = ahead.image(root, source) if ahead is not None else None
        return found or self._read(root, source)

    def _read(self, root: Path, source: Source) -> Image:
        pixels, rest = self._told(ReadRequest(Path(root), source), _Task(self.limits))
        return Image(pixels, **rest)

    def read_part(self, path: Path) -> Image:
        """What is there of a file that is cut, as `reading.part.read_part`."""
        pixels, rest = self._told(PartRequest(path), _Task(self.limits))
        return Image(pixels, **rest)

    def read_labels(self, root: Path, source: Source | str, image: Image,
                    ) -> npt.NDArray[np.uint8] | npt.NDArray[np.uint16]:
        """[Z, H, W], as `reading.read_labels`; a copy of the caller's own."""
        name = source if isinstance(source, str) else source.mask_file
        if name is None:
            raise ValueError("this source has no mask beside it")
        files = () if isinstance(source, str) else source.files
        target = LabelTarget(image.shape, image.geometry, files, image.identity)
        return self.read_label_set(root, Path(root) / PurePosixPath(name), target).voxels

    def read_label_set(self, root: Path, file: Path, target: LabelTarget, wish: LabelWish | None = None) -> LabelSet:
        """The labels of a file anywhere, on the target's grid, as `reading.labels.read_label_set`; a copy of one's own.
        """
        task = _Task(self.limits)
        task.again(self.limits.seconds_for(math.prod(target.shape)))
        pixels, rest = self._told(LabelsRequest(Path(root), file, target, wish or LabelWish()), task)
        is_wide = pixels.dtype == np.uint16
        return LabelSet(np.array(pixels, np.uint16) if is_wide else np.array(pixels, np.uint8), **rest)

    def _told(self, request: object, task: "_Task") -> tuple[Array, dict[str, Any]]:
        try:
            answer = self._ask(request, task)
        except _DiedError as death:
            raise death.refusal from death
        if not isinstance(answer, tuple):
            raise TypeError(type(answer).__name__)
        return answer

    def _ask(self, request: object, task: "_Task") -> object:
        """The answer's value. Raises Refusal, or _DiedError when the process has gone, which the next request mends."""
        with self._lock:
            if self._closed:
                raise _DiedError(_closing())
            connection = self._ready()
            try:
                task.watch_over(self.pid)
                connection.send(request)
                return self._listen(connection, task)
            except _OutOfTimeError as late:
                self._end()
                raise _DiedError(_too_slow(task.seconds)) from late
            except _OutOfMemoryError as hungry:
                self._end()
                raise _DiedError(too_hungry()) from hungry
            except (EOFError, OSError, ValueError) as error:  # ValueError: what it sent is not what it announced
                self._end()
                raise _DiedError(_closing() if self._closed else _crashed()) from error

    def _listen(self, connection: Connection, task: "_Task") -> object:
        while True:
            while not connection.poll(task.tick):
                if task.is_late():
                    raise _OutOfTimeError
                if task.is_too_hungry():
                    raise _OutOfMemoryError
                if task.wants_stop():
                    connection.send("stop")
            said = connection.recv()
            if isinstance(said, Refusal):
                raise said
            if isinstance(said, Pixels):
                return accept(connection, said.shape, said.dtype, mapped=lambda: connection.send("mapped")), said.rest
            if not task.heard(said):
                return said

    def _ready(self) -> Connection:
        """Raises Refusal where the process does not start, tried twice."""
        if self._is_stale:
            self._is_stale = False
            self._end()
        for _ in range(2):
            self._make()
            connection = self._connection
            if connection is not None and (not self._fresh or self._is_up(connection)):
                self._fresh = False
                return connection
            self._end()
        raise _closing() if self._closed else _no_decoder()

    @staticmethod
    def _is_up(connection: Connection) -> bool:
        try:
            return connection.poll(_STARTING) and connection.recv() == READY
        except (EOFError, OSError):
            return False

    def _begin(self) -> None:
        with self._lock:
            if not self._closed:
                self._make()

    def _make(self) -> None:
        if self._process is not None and self._process.is_alive():
            return
        self._end()
        ours, theirs = self._context.Pipe(duplex=True)
        process = self._context.Process(target=main, args=(theirs, self.limits, getpid(), self._for_dicom),
                                        daemon=True, name="urwkv-desktop decode worker")
        process.start()
        theirs.close()
        self._process, self._connection, self._fresh = process, ours, True

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None


class _OutOfTimeError(Exception):
    pass


class _OutOfMemoryError(Exception):
    pass


class _DiedError(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal


class _Task:
    """The deadline of one request and the memory it may take, which grow with what is to be decoded."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pid: int | None = None
        self._watch: MemoryWatch | None = None
        self.again(limits.seconds)

    def is_late(self) -> bool:
        """Whether the time is up: a process that was kept from computing by others has it twice."""
        passed = time.monotonic() - self._since
        if passed < self.seconds:
            return False
        computed = self._computed()
        was_held_up = computed is not None and self._before is not None and computed - self._before < self.seconds / 2
        return passed >= 2 * self.seconds or not was_held_up

    def _computed(self) -> float | None:
        return computed_by(self._pid) if self._pid is not None else None

    def heard(self, said: object) -> bool:
        """Whether it was news of the way, and not the answer."""
        if not isinstance(said, Expect):
            return False
        self.again(self._limits.seconds_for(said.nbytes))
        if self._watch is not None:
            self._watch.allowed = max(self._watch.allowed, self._limits.memory_for(said.nbytes))
        return True

    def watch_over(self, pid: int | None) -> None:
        self._pid = pid
        self._before = self._computed()
        if self._limits.is_watched and pid is not None:
            self._watch = MemoryWatch(pid, self._limits.memory_for(0))

    @property
    def tick(self) -> float:
        pause = _TICK if self._watch is None else self._watch.pause
        left = self._since + self.seconds - time.monotonic()
        return min(pause, left) if left > 0 else pause

    def is_too_hungry(self) -> bool:
        return self._watch is not None and self._watch.is_exceeded()

    def again(self, seconds: float) -> None:
        self.seconds, self._since, self._before = seconds, time.monotonic(), self._computed()

    def wants_stop(self) -> bool:
        return False


class _IndexTask(_Task):
    def __init__(self, limits: Limits, report: Callable[[int, int], None] | None,
                 stop: Callable[[], bool] | None, keep: Callable[[Learned], None] | None) -> None:
        super().__init__(limits)
        self._report, self._stop, self._keep = report, stop, keep
        self._stopped = False
        self.current: str | None = None
        self.again(_LISTING)

    def heard(self, said: object) -> bool:
        if not isinstance(said, Progress):
            return super().heard(said)
        self.current = said.file or None
        self.again(self._limits.seconds if said.file else _LISTING)
        if self._report is not None:
            self._report(said.done, said.total)
        if self._keep is not None and (said.learned.files or said.learned.gone):
            self._keep(said.learned)
        return True

    def wants_stop(self) -> bool:
        """True once, when the caller wishes so."""
        if self._stopped or self._stop is None or not self._stop():
            return False
        self._stopped = True
        return True


def _died(cause: Message) -> Refusal:
    return Refusal(tried=Message("Opening this file."), cause=cause,
                   cure=Message("It is damaged or hostile. Copy it again from where it came, or leave it out."))


# Made anew each time: a refusal that was raised keeps the frames it went through, and with them all that these hold.
def _crashed() -> Refusal:
    return _died(Message("The decoder died over this file; everything else goes on."))


def _no_decoder() -> Refusal:
    return Refusal(tried=Message("Starting the decoder."),
                   cause=Message("The process in which images are decoded does not start."),
                   cure=Message("Start the program again; if that does not help, install it again."))


def _closing() -> Refusal:
    return Refusal(tried=Message("Opening this file."), cause=Message("The program is closing."), cure=Message(""))


def _too_slow(seconds: float) -> Refusal:
    return Refusal(tried=Message("Opening this file."),
                   cause=Message("Decoding it took longer than {seconds} s and was given up.", seconds=round(seconds)),
                   cure=Message("The machine is busy, or the file is damaged or hostile. Try again, or leave it out."))
