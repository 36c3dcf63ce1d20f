"""An index that was made before: a file whose size and times are still the same is not read again.

The time of change alone is not enough, since copying and unpacking set it back; where the system counts its own
changes of a file (not on Windows), these have to be the same too.
"""

import os
import time
from collections.abc import Iterable
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from urwkv_desktop import __version__
from urwkv_desktop.formats.known import KnownFile, Learned
from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.reading.file_found import FileFound
from urwkv_desktop.imaging import Message, Refusal

_Size = tuple[int, int, int]  # bytes, time of change of the content, the system's own time of change: nanoseconds
_UNSETTLED_NS = 2_000_000_000  # some disks count time in steps of two seconds: a younger file may change unseen


class _Words(msgspec.Struct, frozen=True):
    """stamp: under which program and limits this was found. changed, beside: the system's own time of change, and size
    and times of the file beside. digest: SHA-256, where it was asked for."""

    stamp: str
    changed: int
    found: FileFound
    beside: _Size | None = None
    digest: str = ""


class Remembering:
    """known: what earlier indexes said. Files whose examination was refused are examined anew each time."""

    def __init__(self, root: Path, known: Iterable[KnownFile] = (), limits: Limits | None = None) -> None:
        limits = limits or Limits()
        self._root = os.fspath(root)
        self._known = {one.file: one for one in known}
        self._stamp = f"{_program()} {limits.picture_bytes} {limits.volume_bytes}"
        self._sizes: dict[str, _Size] = {}
        self._words: dict[str, _Words] = {}
        self._digests: dict[str, str] = {}
        self._learned: set[str] = set()
        self._gone: tuple[str, ...] = ()

    def listed(self, names: Iterable[str]) -> None:
        """All files that are there."""
        self._gone = tuple(self._known.keys() - set(names))

    def recall(self, name: str) -> FileFound | None:
        """What was found in the file, where it has not changed since. To be asked before the file is read."""
        here = self._measured(name)
        if here is None:
            return None
        self._sizes[name] = here
        known = self._known.get(name)
        if known is None or (known.size, known.time) != here[:2]:
            return None
        words = _read(known.words)
        if words is None or (words.stamp, words.changed) != (self._stamp, here[2]) or not _speaks_of(words, name):
            return None
        if words.found.beside and words.beside != self._measured(words.found.beside):
            return None
        if words.digest:
            self._digests[name] = words.digest
        self._words[name] = words
        return words.found

    def learn(self, name: str, found: FileFound) -> None:
        if name in self._sizes and (found.sources or found.instance):  # what is no image is soon looked at again
            beside = self._measured(found.beside) if found.beside else None
            self._keep(name, _Words(self._stamp, self._sizes[name][2], found, beside, self._digests.get(name, "")))

    def digest(self, name: str) -> str:
        """SHA-256 of the file. Raises OSError."""
        if name not in self._digests:
            with Path(self._root, name).open("rb") as file:
                self._digests[name] = file_digest(file, "sha256").hexdigest()
            if name in self._words:
                self._keep(name, msgspec.structs.replace(self._words[name], digest=self._digests[name]))
        return self._digests[name]

    def taken(self) -> Learned:
        """What was learned since this was asked last."""
        files = tuple(KnownFile(name, *self._sizes[name][:2], _encoder.encode(self._words[name]).decode())
                      for name in sorted(self._learned))
        found = Learned(files, self._gone)
        self._learned, self._gone = set(), ()
        return found

    def _keep(self, name: str, words: _Words) -> None:
        """Unless the file is so young that it may be changing."""
        newest = max(self._sizes[name][1], words.beside[1] if words.beside else 0)
        if time.time_ns() - newest > _UNSETTLED_NS:
            self._words[name] = words
            self._learned.add(name)

    def _measured(self, name: str) -> _Size | None:
        try:
            found = os.stat(f"{self._root}/{name}")  # noqa: PTH116 - thousands of files, and a Path costs as much again
        except OSError:
            return None
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns if os.name == "posix" else 0


@cache
def _program() -> str:
    """Which readers found it: those of this version, and where their sources are at hand, as they are now."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    state = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in sources]
    return f"{__version__} {sha256(repr(state).encode()).hexdigest()[:12]}"


def _speaks_of(words: _Words, name: str) -> bool:
    found = words.found
    return (all(source.files == (name,) for source in found.sources)
            and (found.instance is None or found.instance.file == name)
            and (found.label is None or found.label.file == name))


def _read(words: str) -> _Words | None:
    try:
        return _decoder.decode(words)
    except (msgspec.MsgspecError, ValueError, TypeError, KeyError):
        return None


def _said(value: object) -> object:
    if isinstance(value, Message):
        return [value.text, value.values]
    if isinstance(value, Refusal):
        return [_said(value.tried), _said(value.cause), _said(value.cure)]
    if isinstance(value, np.ndarray):
        return value.tolist()
    return str(value)


def _understood(kind: Any, value: Any) -> object:
    if kind is Message:
        return _message(value)
    if kind is Refusal:
        tried, cause, cure = map(_message, value)
        return Refusal(tried=tried, cause=cause, cure=cure)
    if getattr(kind, "__origin__", kind) is np.ndarray:
        return np.asarray(value, np.float64)
    raise TypeError(kind)


def _message(value: Any) -> Message:
    text, values = value
    return Message(text, **values)


_encoder = msgspec.json.Encoder(enc_hook=_said)
_decoder = msgspec.json.Decoder(_Words, dec_hook=_understood)
