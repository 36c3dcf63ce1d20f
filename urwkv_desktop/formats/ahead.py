"""A folder that is about to be opened: its index and its first image, made while the program is still being loaded."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Protocol

from urwkv_desktop.formats.known import Learned
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.imaging import Image, Refusal

_TICK = 0.05  # how often a caller's wish to stop is asked for


class Indexing(Protocol):
    """As the worker's own."""

    def __call__(self, root: Path, *, report: Callable[[int, int], None], stop: Callable[[], bool],
                 keep: Callable[[Learned], None]) -> list[Source]: ...


class Ahead:
    """Each is handed over once, to the first who asks for it; what was refused here is asked for, and refused, anew."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._is_indexed, self._is_done = Event(), Event()
        self._count = (0, 0)
        self._stops = False
        self._learned: list[Learned] = []
        self._sources: list[Source] | None = None
        self._first: Source | None = None
        self._image: Image | None = None

    def run(self, index: Indexing, read: Callable[[Path, Source], Image]) -> None:
        """On a thread of its own."""
        try:
            self._sources = index(self.root, report=self._report, stop=lambda: self._stops, keep=self._learned.append)
            self._first = next((one for one in self._sources if one.kind is SourceKind.image), None)
            self._is_indexed.set()
            if self._first is not None and not self._stops:
                self._image = read(self.root, replace(self._first, findings=()))  # the index has said them
        except Refusal:
            return
        finally:
            self._is_indexed.set()
            self._is_done.set()

    def index(self, report: Callable[[int, int], None] | None, stop: Callable[[], bool] | None,
              keep: Callable[[Learned], None] | None) -> list[Source] | None:
        """Waits for it, with progress; None where it was refused or given away already."""
        while not self._is_indexed.wait(_TICK):
            if report is not None:
                report(*self._count)
            self._stops = self._stops or (stop is not None and stop())
        found, self._sources = self._sources, None
        if found is not None and keep is not None:
            for learned in self._learned:
                keep(learned)
        return found

    def image(self, root: Path, source: Source) -> Image | None:
        """None for any image but the first, and where that was refused."""
        first = self._first
        if root != self.root or first is None or (source.files, source.part) != (first.files, first.part):
            return None
        self._is_done.wait()
        found, self._image = self._image, None
        return found

    def _report(self, done: int, total: int) -> None:
        self._count = done, total
