"""The bombs of tests/formats/test_hostile and larger ones, through the decode worker: in time and in memory."""

import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.zoo import opened
from tests.formats.builders import dicom_bytes, png_bytes, ramp, save
from tests.formats.test_hostile import EMPTY, END, END_OF_ITEM, ITEM, SWARMS, UNDEFINED, chunk, element, within
from urwkv_desktop.formats.worker import DecodeWorker

pytestmark = pytest.mark.soak
SECONDS, MEGABYTES = 2.0, 500


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[DecodeWorker]:
    """Which has read a file of each kind: what it loads for that is no bomb's affair."""
    worker = DecodeWorker()
    save(tmp_path / "warm" / "a.png", ramp(4, 4))
    (tmp_path / "warm" / "b.dcm").write_bytes(dicom_bytes(ramp(4, 4)))
    opened(worker, tmp_path / "warm")
    yield worker
    worker.close()


def zeros(first: bytes, megabytes: int) -> bytes:
    """A raw deflate stream of `first` and then zeros, made of one packed piece again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(first) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(b"\0" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + piece * megabytes + b"\x03\0"


def nifti_header(*size: int) -> bytes:
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *size, 1, 1, 1, 1)
    struct.pack_into("<hh", header, 70, 2, 8)
    struct.pack_into("<8f", header, 76, *[1.0] * 8)
    struct.pack_into("<f", header, 108, 352.0)
    header[344:348] = b"n+1\0"
    return bytes(header)


def deflated_dicom() -> bytes:
    """3 MB that unpack to 3 GB."""
    plain = dicom_bytes(ramp(6, 8))
    start = 144 + int.from_bytes(plain[140:144], "little")
    head = bytearray(plain[:start].replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.1.99"))
    at = head.index(b"\x02\0\x10\0UI")
    head[at + 6:at + 8] = struct.pack("<H", 22)
    head[140:144] = struct.pack("<I", len(head) - 144)
    return bytes(head) + zeros(plain[start:-48], 3000)


def chunks() -> bytes:
    whole = png_bytes(4, 4, 8, 0, b"\0\1\2\3\4" * 4)
    at = whole.index(b"IDAT") - 4
    return whole[:at] + chunk(b"abCd") * 2_000_000 + whole[at:]


GZIP, END_OF_GZIP = b"\x1f\x8b\x08\0\0\0\0\0\0\xff", b"\0" * 8
TIMES = b"NRRD0005\ntype: uint8\ndimension: 4\nsizes: 1 1 1 1000000\nencoding: raw\n\n"
BOMBS: dict[str, Callable[[], bytes]] = {
    "swarm.dcm": lambda: SWARMS["functional groups"],
    "elements.dcm": lambda: within(*(element(9, 0x1000 + n % 0xEF, b"LO") for n in range(2_000_000))),
    "items.dcm": lambda: within(element(9, 0x1010, b"UN", (ITEM + END_OF_ITEM) * 500_000 + END, UNDEFINED)),
    "groups.dcm": lambda: within(element(0x5200, 0x9230, b"SQ", EMPTY * 1_000_000), before=b"\xe0\x7f\x10\0"),
    "frames.dcm": lambda: dicom_bytes(np.zeros((1, 1), np.uint8), NumberOfFrames=2_000_000,
                                      PixelData=b"\0" * 2_000_000),
    "deflated.dcm": deflated_dicom,
    "chunks.png": chunks,
    "volume.nii.gz": lambda: GZIP + zeros(nifti_header(2000, 2000, 1000), 3820) + END_OF_GZIP,
    "beyond.nii.gz": lambda: GZIP + zeros(nifti_header(10, 10, 10), 3000) + END_OF_GZIP,
    "times.nrrd": lambda: TIMES + b"\0" * 1_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_neither_time_nor_memory(worker: DecodeWorker, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BOMBS[name]())
    found = opened(worker, tmp_path / name)
    assert found.seconds < SECONDS
    assert found.megabytes < MEGABYTES
    assert found.images == () or name == "beyond.nii.gz"
    assert not [said for said in found.refusals if "died over" in said or "took longer" in said]
