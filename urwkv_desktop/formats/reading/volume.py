"""What NRRD and MetaImage have in common: a short header, then one block of numbers, plain or packed."""

import io
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.grid_place import SHEARED, placed
from urwkv_desktop.formats.refusals import damaged, incomplete, inconsistent
from urwkv_desktop.imaging import Finding, Geometry, Image, Message, Severity

_BLOCK = 1 << 20
_BITS = {"gzip": 31, "zlib": 15}


@dataclass(frozen=True)
class VolumeHeader:
    """kind: the format's name. shape: (x, y, z). times: further volumes; samples: numbers of one voxel, together.

    parted: the volumes of all times are interleaved voxel by voxel. data: the file that holds the numbers, from offset
    on. packing: "raw", "gzip" or "zlib". affine: voxel (i, j, k) -> LPS mm, None where the file states no place.
    fields: what else the header says, by lower-case name.
    """

    kind: str
    shape: tuple[int, int, int]
    dtype: np.dtype[Any]
    data: Path
    offset: int
    packing: str = "raw"
    times: int = 1
    samples: int = 1
    parted: bool = False
    affine: npt.NDArray[np.float64] | None = None
    spacing: tuple[float, float, float] = (1.0, 1.0, 1.0)
    has_spacing: bool = True
    fields: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def volume_bytes(self) -> int:
        """Of one time."""
        x, y, z = self.shape
        return x * y * z * self.samples * self.dtype.itemsize

    @property
    def all_bytes(self) -> int:
        return self.volume_bytes * self.times


def read_header(path: Path, kind: str, longest: int, fields: Callable[[bytes], tuple[dict[str, str], int]],
                understood: Callable[[Path, dict[str, str], int], VolumeHeader]) -> VolumeHeader:
    """fields: of the file's first bytes, at most `longest`, and where the numbers begin. Raises Refusal for what can't
    be read, and for a plain file shorter than it says."""
    with path.open("rb") as file:
        text = file.read(longest)
    names, offset = fields(text)
    try:
        found = understood(path, names, offset)
    except (ValueError, KeyError, IndexError, OverflowError) as error:
        raise damaged(kind) from error
    if not found.data.is_file():
        raise inconsistent(Message("The file's numbers lie in {name}, which is not there.", name=found.data.name))
    check_length(found)
    return found


def check_length(found: VolumeHeader) -> None:
    """Raises Refusal for a plain file that is shorter than its header says."""
    have = found.data.stat().st_size
    if found.packing == "raw" and have < found.offset + found.all_bytes:
        raise incomplete(have, found.offset + found.all_bytes)


def read(found: VolumeHeader, time: int, room: Room) -> Image:
    """One time as an Image."""
    pixels = voxels(found, time, room)
    geometry, more = geometry_of(found)
    return Image(np.ascontiguousarray(pixels[..., :3]) if found.samples > 1 else pixels, geometry,
                 findings=(*found.findings, *more))


def voxels(found: VolumeHeader, time: int, room: Room) -> npt.NDArray[np.generic]:
    """[z, y, x] or [z, y, x, samples], the numbers as stored, in this machine's byte order."""
    x, y, z = found.shape
    shape = (z, y, x) if found.samples == 1 else (z, y, x, found.samples)
    if found.parted and found.times > 1:
        room.claim(found.all_bytes, volume=True)
        whole = np.zeros((*shape, found.times), found.dtype.newbyteorder("="))
        _fill(found, whole, 0)
        stored = np.ascontiguousarray(whole[..., time])
    else:
        room.claim(found.volume_bytes, volume=z > 1)
        stored = room.array(shape, found.dtype.newbyteorder("="))
        _fill(found, stored, time * found.volume_bytes)
    if not found.dtype.isnative:
        stored.byteswap(inplace=True)
    return stored


def _fill(found: VolumeHeader, target: npt.NDArray[np.generic], skip: int) -> None:
    memory = target.data.cast("B")
    with found.data.open("rb") as file:
        file.seek(found.offset)
        if found.packing == "raw":
            file.seek(skip, io.SEEK_CUR)
            have = file.readinto(memory)
        else:
            have = _inflated(file, _BITS[found.packing], memory, skip,
                             is_last=skip + len(memory) == found.all_bytes)
    if have < len(memory):
        raise incomplete(found.offset + skip + have, found.offset + found.all_bytes)


def _inflated(file: io.BufferedReader, bits: int, memory: memoryview, skip: int, *, is_last: bool) -> int:
    """How many bytes of memory are filled; nothing beyond them is unpacked."""
    from isal import isal_zlib

    broken: tuple[type[Exception], ...] = (zlib.error, isal_zlib.error)  # type: ignore[assignment]
    unpacker: Any = isal_zlib.decompressobj(bits)
    have, waiting = 0, skip
    try:
        while have < len(memory) and not unpacker.eof:
            packed = unpacker.unconsumed_tail or file.read(_BLOCK)
            if not packed:
                break
            block = unpacker.decompress(packed, _BLOCK)
            if waiting:
                waiting, block = max(0, waiting - len(block)), block[waiting:]
            block = block[:len(memory) - have]
            memory[have:have + len(block)] = block
            have += len(block)
        more = b"" if unpacker.eof else unpacker.decompress(unpacker.unconsumed_tail or file.read(_BLOCK), 1)
    except broken as error:
        raise damaged("packed") from error
    if more and is_last:
        raise inconsistent(Message("The file contradicts itself: it unpacks to more than it declares."))
    return have


def geometry_of(found: VolumeHeader) -> tuple[Geometry, tuple[Finding, ...]]:
    geometry = placed(found.affine, found.spacing, found.shape[2], has_spacing=found.has_spacing)
    if found.affine is None:
        return geometry, (Finding("volume.unoriented", Message("The file states no orientation.")),)
    return geometry, () if geometry.oriented else (Finding("volume.sheared", SHEARED, Severity.warning),)
