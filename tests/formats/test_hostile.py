"""Small files that would cost minutes or gigabytes: each is refused for what it is, before that is spent."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from tests.formats.builders import dicom_bytes, only, png_bytes, ramp
from tests.formats.compressing import compressed, jpeg, jpeg_2000
from urwkv_desktop.formats.reading import index

SLICE = ramp(6, 8, dtype=np.int16, top=3000)
ITEM, EMPTY = struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF), struct.pack("<HHI", 0xFFFE, 0xE000, 0)
END_OF_ITEM, END = struct.pack("<HHI", 0xFFFE, 0xE00D, 0), struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)


def refused(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    source = only(index(folder))
    assert source.refusal is not None
    return str(source.refusal)


def element(group: int, number: int, kind: bytes, value: bytes = b"", length: int | None = None) -> bytes:
    size = len(value) if length is None else length
    form = struct.pack("<HI", 0, size) if kind in (b"SQ", b"UN", b"OB") else struct.pack("<H", size)
    return struct.pack("<HH", group, number) + kind + form + value


def within(*elements: bytes, before: bytes = b"\x10\0\x10\0PN") -> bytes:
    """A good file with these elements before its patient's name, or another one."""
    good = dicom_bytes(SLICE)
    at = good.index(before)
    return good[:at] + b"".join(elements) + good[at:]


UNDEFINED = 0xFFFFFFFF
SWARMS = {
    "elements": within(*(element(9, 0x1000 + n % 0xEF, b"LO") for n in range(31_000))),
    "items in a private element": within(element(9, 0x1010, b"UN", (ITEM + END_OF_ITEM) * 21_000 + END, UNDEFINED)),
    "functional groups": within(element(0x5200, 0x9230, b"SQ", EMPTY * 21_000 + END, UNDEFINED),
                                before=b"\xe0\x7f\x10\0"),
}


@pytest.mark.parametrize("data", SWARMS.values(), ids=SWARMS)
def test_a_swarm_of_elements_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "elements, which no image needs" in refused(tmp_path, "a.dcm", data)


@pytest.mark.parametrize(("keyword", "before"), [
    (b"\x08\0\x40\x11", b"\x10\0\x10\0"), (b"\x18\0\x11\x60", b"\x20\0\x0e\0"), (b"\0\x52\x30\x92", b"\xe0\x7f\x10\0"),
])
def test_nesting_without_end_is_damage(tmp_path: Path, keyword: bytes, before: bytes) -> None:
    deep = (keyword + b"SQ\0\0\xff\xff\xff\xff" + ITEM) * 5000 + (END_OF_ITEM + END) * 5000
    assert "can't be decoded" in refused(tmp_path, "a.dcm", within(deep, before=before))


def test_more_frames_than_any_image_has_are_refused(tmp_path: Path) -> None:
    data = dicom_bytes(np.zeros((1, 1), np.uint8), NumberOfFrames=70_000, PixelData=b"\0" * 70_000)
    assert "it holds 70000 frames; the limit is 65536" in refused(tmp_path, "a.dcm", data)


def test_pixels_in_more_pieces_than_any_image_has_are_refused(tmp_path: Path) -> None:
    whole = compressed(ramp(6, 8), "1.2.840.10008.1.2.4.90", [b"xx"])
    whole.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    data = (tmp_path / "a.dcm").read_bytes()
    start = data.index(b"\xe0\x7f\x10\0") + 12
    assert "in more than 500000 pieces" in refused(tmp_path, "a.dcm", data[:start] + EMPTY * 500_100 + END)


def streams() -> dict[str, bytes]:
    """Of 64 x 64 pixels, whose headers say 30000 x 30000."""
    wide, packed = bytearray(jpeg_2000(np.zeros((64, 64), np.uint8))), bytearray(jpeg(np.zeros((64, 64), np.uint8)))
    size = wide.index(b"\xff\x4f\xff\x51")
    for at in (8, 24):
        wide[size + at:size + at + 8] = struct.pack(">II", 30_000, 30_000)
    frame = packed.index(b"\xff\xc0")
    packed[frame + 5:frame + 9] = struct.pack(">HH", 30_000, 30_000)
    return {"90": bytes(wide), **dict.fromkeys(("50", "51", "57", "70", "80"), bytes(packed))}


@pytest.mark.parametrize("syntax", streams())
def test_a_gigapixel_in_a_few_bytes_is_refused_before_it_is_decoded(tmp_path: Path, syntax: str) -> None:
    data = compressed(np.zeros((4, 4), np.uint8), f"1.2.840.10008.1.2.4.{syntax}", [streams()[syntax]], Rows=30_000,
                      Columns=30_000)
    data.save_as(tmp_path / "a.dcm", enforce_file_format=True)
    assert "far more than its size explains" in str(only(index(tmp_path)).refusal)


def test_text_of_megabytes_where_a_number_belongs_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(within(element(0x28, 0x1050, b"UN", b"1\\" * 2_000_000), before=b"\xe0\x7f\x10\0"))
    assert only(index(tmp_path)).refusal is None


def chunk(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_a_picture_of_ten_thousand_empty_pieces_is_damage(tmp_path: Path) -> None:
    whole = png_bytes(4, 4, 8, 0, b"\0\1\2\3\4" * 4)
    at = whole.index(b"IDAT") - 4
    swollen = whole[:at] + chunk(b"abCd") * 10_100 + whole[at:]
    assert "its PNG data can't be decoded" in refused(tmp_path, "a.png", swollen)


def test_more_volumes_than_a_worklist_can_hold_are_refused(tmp_path: Path) -> None:
    head = "NRRD0005\ntype: uint8\ndimension: 4\nsizes: 1 1 1 20000\nencoding: raw\n\n"
    assert "it holds 20000 volumes; the limit is 10000" in refused(tmp_path, "a.nrrd", head.encode() + b"\0" * 20_000)
