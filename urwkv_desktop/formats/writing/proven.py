"""The one way in which a file is written: beside its target, synced, read back and compared, then renamed.

Whatever happens in between, the target is the old file or the new one, never a third.
"""

import contextlib
import errno
import os
import secrets
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.renaming import into_place
from urwkv_desktop.imaging import Message, Refusal

_EXPORTING = Message("Exporting.")


class ExportStoppedError(Refusal):
    """The whole export can't go on: the disk, or a file that was not what had been written."""


@dataclass(frozen=True)
class Written:
    """A file that stands under its name and was proven. path: relative to the export's folder, posix.

    key: of what it was made from, "" where that can't be told; notes: what a person should know of it.
    """

    path: str
    sha256: str
    size: int
    format: str
    key: str = ""
    notes: tuple[Message, ...] = ()


class Outlet:
    """A folder to export to. ours: names in it that an earlier export made; no other file is ever replaced.

    proven: files of an earlier export by name, with their keys: what would be made from the same is not made again.
    """

    def __init__(self, folder: Path, ours: Iterable[str] = (), proven: Mapping[str, Written] | None = None) -> None:
        self.folder = folder
        self.guard: Callable[[Path, str], None] = lambda path, name: None  # may refuse what is about to get its name
        self.written: list[Written] = []
        self._ours = set(ours)
        self._proven = dict(proven or {})

    def earlier(self) -> list[str]:
        """Names that earlier exports made, that still stand there and that this one has not written."""
        names = self._ours - {one.path for one in self.written}
        return sorted(name for name in names if (self.folder / name).is_file())

    def write(self, name: str, kind: str, write: Callable[[BinaryIO], None], prove: Callable[[Path], None], *,
              key: str = "") -> Written:
        """name: relative to the folder, posix. write: fills the open file. prove: reads it by another path, raises.

        key: a hash of everything that the file is made from; a whole file of that key is left as it stands.

        Raises ExportStoppedError with one sentence, and leaves nothing behind then; Refusal where a file that is not
        ours has that name.
        """
        def allowed(target: Path, digest: str) -> bool:
            return name in self._ours or not target.exists() or _digest(target)[0] == digest

        if self._stands(name, key):
            done = self._proven[name]
        else:
            done = replace(_write_proven(self.folder, name, kind, write, self._proof(name, prove), allowed),
                           key=key)
        self._ours.add(name)
        self.written.append(done)
        return done

    def _proof(self, name: str, prove: Callable[[Path], None]) -> Callable[[Path], None]:
        def proven(path: Path) -> None:
            prove(path)
            self.guard(path, name)

        return proven

    def _stands(self, name: str, key: str) -> bool:
        earlier = self._proven.get(name)
        if not key or earlier is None or earlier.key != key:
            return False
        target = self.folder.joinpath(*name.split("/"))
        try:
            return _digest(target) == (earlier.sha256, earlier.size)
        except OSError:
            return False


def _write_proven(folder: Path, name: str, kind: str, write: Callable[[BinaryIO], None],
                  prove: Callable[[Path], None], allowed: Callable[[Path, str], bool]) -> Written:
    target = folder.joinpath(*name.split("/"))
    temporary = target.with_name(f".{target.name[:100]}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        prove(temporary)
        digest, size = _digest(temporary)
        if not allowed(target, digest):
            raise _in_the_way(name)
        into_place(temporary, target)
        _sync_folder(target.parent)
    except (EOFError, zlib.error) as error:  # the words of gzip for a file that is cut short or damaged
        raise mismatch(name, Message("Read back, it is cut short or damaged.")) from error
    except OSError as error:
        raise disk_refusal(error, name) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return Written(name, digest, size, kind)


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size


def _in_the_way(name: str) -> Refusal:
    return Refusal(tried=_EXPORTING,
                   cause=Message("There is a file {name} in this folder that no export made.", name=name),
                   cure=Message("It was not replaced. Choose another folder."))


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # there is no such thing there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_refusal(error: OSError, name: str) -> ExportStoppedError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ExportStoppedError(
            tried=_EXPORTING, cause=Message("The disk is full: {name} was not written.", name=name),
            cure=Message("Make room or choose another folder, and export again; what was written is whole."))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ExportStoppedError(tried=_EXPORTING, cause=Message("This folder can't be written to."),
                                  cure=Message("Choose another one."))
    reason = error.strerror or type(error).__name__
    return ExportStoppedError(
        tried=_EXPORTING, cause=Message("{name} could not be written: {reason}.", name=name, reason=reason),
        cure=Message("Choose another folder and export again; what was written is whole."))


def mismatch(name: str, what: Message) -> ExportStoppedError:
    """what: which voxel, number or name differs."""
    return ExportStoppedError(
        tried=Message("Proving {name} after it was written.", name=name), cause=what,
        cure=Message("It was not given its name. Check the disk and export again."))


def same_voxels(name: str, expected: npt.NDArray[np.generic], found: npt.NDArray[np.generic]) -> None:
    """Raises on the first difference, which is named: slice, row, column."""
    if expected.shape != found.shape:
        raise mismatch(name, Message("Read back, its size is {found}, not {expected}.",
                                     found=str(found.shape), expected=str(expected.shape)))
    if expected.dtype.kind == "f":
        differs = ~((expected == found) | (np.isnan(expected) & np.isnan(found)))
    else:
        differs = expected != found
    if not differs.any():
        return
    place = np.unravel_index(int(np.argmax(differs)), differs.shape)
    raise mismatch(name, Message("Read back, voxel {place} is {found}, not {expected}.",
                                 place=tuple(int(one) for one in place), found=str(found[place]),
                                 expected=str(expected[place])))
