"""Damaged files, made from whole ones by a seed, and what the decode worker says of each."""

import csv
import gzip
import io
import struct
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from PIL import Image as Pillow

from tests.formats.builders import dicom_bytes, ramp
from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.dicom_facts import kind_refusal
from urwkv_desktop.formats.reading.dicom_file import open_dicom
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Refusal

SECONDS, MEGABYTES = 5.0, 2000  # what one refusal may cost
_BATCH = 50
_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)


@dataclass
class Toll:
    """What came of the damaged files of one kind. reached: those over which the decoder itself was asked.

    deaths: of the worker, over a file which is refused for it, while the worker starts anew.
    """

    opened: int = 0
    refused: int = 0
    reached: int = 0
    slowest: float = 0.0
    megabytes: int = 0
    deaths: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return self.opened + self.refused

    def __str__(self) -> str:
        return (f"{self.count} files: {self.opened} open, {self.refused} refused, decoder asked {self.reached} times, "
                f"slowest {self.slowest:.2f} s, {self.megabytes} MB, {self.deaths} deaths, faults {dict(self.faults)}")


def damaged(data: bytes, random: Random, first: int, last: int) -> bytes:
    """One to four wounds within data[first:last]: bits, bytes, numbers that can't be, cuts, doubled and lost pieces."""
    wounded = bytearray(data)
    for _ in range(random.randint(1, 4)):
        end = min(last, len(wounded))
        if end <= first:
            break
        at = random.randrange(first, end)
        random.choice(_WOUNDS)(wounded, at, random)
    return bytes(wounded)


def _bit(data: bytearray, at: int, random: Random) -> None:
    data[at] ^= 1 << random.randrange(8)


def _byte(data: bytearray, at: int, random: Random) -> None:
    data[at] = random.randrange(256)


def _number(data: bytearray, at: int, random: Random) -> None:
    size = random.choice((2, 4))
    value = random.choice(_EXTREMES) & (0xFFFF if size == 2 else 0xFFFFFFFF)
    data[at:at + size] = value.to_bytes(size, random.choice(("little", "big")))


def _cut(data: bytearray, at: int, random: Random) -> None:
    if random.random() < 0.2:  # otherwise most would be cuts and nothing else
        del data[at:]


def _lost(data: bytearray, at: int, random: Random) -> None:
    del data[at:at + random.randint(1, 16)]


def _doubled(data: bytearray, at: int, random: Random) -> None:
    data[at:at] = data[at:at + random.randint(1, 16)]


_WOUNDS: tuple[Callable[[bytearray, int, Random], None], ...] = (_bit, _bit, _byte, _byte, _number, _number, _cut,
                                                                 _lost, _doubled)


def checksummed(data: bytes) -> bytes:
    """A PNG whose chunks, as far as they can be walked, have right checksums: the damage lies behind them."""
    place, whole = 8, bytearray(data)
    while place + 12 <= len(whole):
        end = place + 12 + struct.unpack_from(">I", whole, place)[0]
        if end > len(whole):
            break
        struct.pack_into(">I", whole, end - 4, zlib.crc32(whole[place + 4:end - 4]))
        place = end
    return bytes(whole)


def container(name: str) -> tuple[str, bytes, int]:
    """A small whole file of this kind: its suffix, its bytes, and how many of them are header."""
    suffix, make, header = _MAKERS[name]
    whole = make()
    return suffix, whole, header or len(whole)


def _nifti() -> bytes:
    import nibabel

    stored = np.arange(480, dtype=np.int16).reshape(8, 6, 10)
    return bytes(nibabel.Nifti1Image(stored, np.eye(4)).to_bytes())


def _nrrd() -> bytes:
    head = ("NRRD0004\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: 8 6 10\n"
            "space directions: (1,0,0) (0,1,0) (0,0,2)\nkinds: domain domain domain\nendian: little\n"
            "encoding: raw\nspace origin: (0,0,0)\n\n")
    return head.encode() + np.arange(480, dtype="<i2").tobytes()


def _mha() -> bytes:
    head = ("ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
            "CompressedData = False\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 0 0 0\n"
            "ElementSpacing = 1 1 2\nDimSize = 8 6 10\nElementType = MET_SHORT\nElementDataFile = LOCAL\n")
    return head.encode() + np.arange(480, dtype="<i2").tobytes()


def _picture(kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    Pillow.fromarray(ramp(32, 24)).save(written, kind, **options)
    return written.getvalue()


# A header of 0 bytes: all of the file is damaged.
_MAKERS: dict[str, tuple[str, Callable[[], bytes], int]] = {
    "DICOM": (".dcm", lambda: dicom_bytes(ramp(16, 16, dtype=np.int16)), 900),
    "NIfTI": (".nii", _nifti, 352),
    "NIfTI.gz": (".nii.gz", lambda: gzip.compress(_nifti(), mtime=0), 0),
    "NRRD": (".nrrd", _nrrd, 260),
    "MHA": (".mha", _mha, 260),
    "PNG": (".png", lambda: _picture("PNG"), 80),
    "TIFF": (".tif", lambda: _picture("TIFF"), 0),
    "TIFF, deflated": (".tif", lambda: _picture("TIFF", compression="tiff_adobe_deflate"), 0),
    "JPEG": (".jpg", lambda: _picture("JPEG"), 0),
    "BMP": (".bmp", lambda: _picture("BMP"), 60),
}
CONTAINERS = tuple(_MAKERS)


def headers(whole: bytes, suffix: str, random: Random, count: int, header: int) -> Iterator[bytes]:
    for number in range(count):
        one = damaged(whole, random, 0, header)
        yield checksummed(one) if suffix == ".png" and number % 4 else one


def judge(worker: DecodeWorker, folder: Path, suffix: str, files: Iterator[bytes], toll: Toll) -> None:
    """Each file is looked at and, where that goes well, read."""
    for start, batch in enumerate(_batches(files)):
        paths = [folder / f"{start}-{number}{suffix}" for number in range(len(batch))]
        for path, data in zip(paths, batch, strict=True):
            path.write_bytes(data)
        since = time.monotonic()
        try:
            sources = worker.index(folder, paths)
        except Refusal as refusal:  # of all: none of them is one
            toll.refused += len(batch)
            _weigh(toll, refusal, "")
            sources = []
        toll.slowest = max(toll.slowest, (time.monotonic() - since) / len(batch))
        for source in sources:
            _read(worker, folder, source, toll)
        toll.megabytes = max(toll.megabytes, peak_megabytes(worker.pid))
        for path in paths:
            path.unlink()


def _batches(files: Iterator[bytes]) -> Iterator[list[bytes]]:
    batch = []
    for one in files:
        batch.append(one)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(worker: DecodeWorker, folder: Path, source: Source, toll: Toll) -> None:
    if source.kind is not SourceKind.image:
        toll.refused += 1
        if source.refusal is not None:
            _weigh(toll, source.refusal, source.files[0])
        return
    since = time.monotonic()
    try:
        worker.read(folder, source)
        toll.opened += 1
        toll.reached += 1
    except Refusal as refusal:
        toll.refused += 1
        toll.reached += any(word in str(refusal) for word in ("can't be decoded", "died over"))
        _weigh(toll, refusal, source.files[0])
    toll.slowest = max(toll.slowest, time.monotonic() - since)


def _weigh(toll: Toll, refusal: Refusal, name: str) -> None:
    said = str(refusal)
    toll.deaths += "died over" in said
    for word in ("took longer", "Traceback", "does not start"):
        if word in said:
            toll.faults[word] += 1
    if not said.strip():
        toll.faults[f"nothing said {name}"] += 1


def peak_megabytes(pid: int | None) -> int:
    """The most that this process has held; 0 where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    if pid is None or not status.exists():
        return 0
    found = [line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:")]
    return int(found[0].split()[1]) >> 10 if found else 0


def frames(path: Path, random: Random, count: int) -> Iterator[bytes]:
    """Copies of a DICOM file whose pixels are damaged and whose header is whole. Most keep their length, so that
    what stands before the decoder lets them through."""
    file = open_dicom(path, Room())
    data = path.read_bytes()
    first = file.offset + (16 if file.length is None else 0)
    for number in range(count):
        one = bytearray(data)
        if number % 5 == 4:
            yield damaged(data, random, first, len(data))
            continue
        for _ in range(random.randint(1, 6)):
            random.choice((_bit, _byte, _number))(one, random.randrange(first, len(data) - 4), random)
        yield bytes(one)


def of_each_syntax(folder: Path, largest: int = 1 << 20) -> dict[str, Path]:
    """The smallest image of each transfer syntax among the difficult files, by the end of its UID."""
    with (folder / "zoo.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["expected"] in ("opens", "refused_or_exact")
                and row["ref_decoder"] and row["transfer_syntax"] != "absent" and int(row["bytes"]) < largest]
    found: dict[str, Path] = {}
    for row in sorted(rows, key=lambda row: int(row["bytes"]), reverse=True):
        found[row["transfer_syntax"].removeprefix("1.2.840.10008.1.2")] = folder / "files" / row["file"]
    return {name: path for name, path in sorted(found.items()) if _is_decoded(path)}


def _is_decoded(path: Path) -> bool:
    file = open_dicom(path, Room())
    return kind_refusal(file) is None and file.inflated is None
