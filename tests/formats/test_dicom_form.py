"""DICOM files that are written in another form than they say, and compressions that are refused by their names."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmwrite
from pydicom.uid import UID, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian
from pydicom.uid import ImplicitVRLittleEndian as Implicit

from tests.formats.builders import dicom, only, ramp
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.imaging import Image

SLICE = ramp(6, 8, dtype=np.int16, top=3000)
Parts = tuple[bytes, bytes]  # preamble, prefix and first group; all that follows


def written(syntax: UID = ExplicitVRLittleEndian) -> Parts:
    data = dicom(SLICE)
    data.file_meta.TransferSyntaxUID = syntax
    if not syntax.is_little_endian:
        data.PixelData = SLICE.astype(">i2").tobytes()
    whole = io.BytesIO()
    dcmwrite(whole, data, implicit_vr=syntax.is_implicit_VR, little_endian=syntax.is_little_endian,
             enforce_file_format=True)
    start = 144 + int.from_bytes(whole.getvalue()[140:144], "little")
    return whole.getvalue()[:start], whole.getvalue()[start:]


def opened(folder: Path, data: bytes) -> Image:
    (folder / "a.dcm").write_bytes(data)
    return read(folder, only(index(folder)))


def refused(folder: Path, data: bytes) -> str:
    (folder / "a.dcm").write_bytes(data)
    return str(only(index(folder)).refusal)


LITTLE, BIG, IMPLICIT = (written(syntax) for syntax in (ExplicitVRLittleEndian, ExplicitVRBigEndian, Implicit))


@pytest.mark.parametrize("data", [
    LITTLE[0][128:] + LITTLE[1], LITTLE[0][132:] + LITTLE[1], LITTLE[1], IMPLICIT[1], BIG[1],
    LITTLE[0][:132] + LITTLE[1], LITTLE[0][:132] + BIG[1],
], ids=["no preamble", "no prefix", "no first group", "no first group, implicit", "no first group, big endian",
        "prefix, no first group", "prefix, no first group, big endian"])
def test_what_stands_before_the_data_set_may_be_missing(tmp_path: Path, data: bytes) -> None:
    assert np.array_equal(opened(tmp_path, data).pixels[0], SLICE)


@pytest.mark.parametrize("data", [LITTLE[0] + BIG[1], BIG[0] + LITTLE[1], LITTLE[0] + IMPLICIT[1],
                                  IMPLICIT[0] + LITTLE[1]])
def test_a_data_set_in_another_form_than_its_name_is_read_as_it_is(tmp_path: Path, data: bytes) -> None:
    image = opened(tmp_path, data)
    assert np.array_equal(image.pixels[0], SLICE)
    assert "dicom.form" in {finding.code for finding in image.findings}


@pytest.mark.parametrize("length", [0, 16, 0x0FFF, 0x7FFFFFFF])
def test_the_first_group_s_length_may_be_wrong(tmp_path: Path, length: int) -> None:
    head = LITTLE[0][:140] + length.to_bytes(4, "little") + LITTLE[0][144:]
    assert np.array_equal(opened(tmp_path, head + LITTLE[1]).pixels[0], SLICE)


def deflated(packed: bytes) -> bytes:
    name, longer = ExplicitVRLittleEndian.encode() + b"\0", DeflatedExplicitVRLittleEndian.encode()
    head = bytearray(LITTLE[0].replace(name, longer))
    at = head.index(b"\x02\0\x10\0UI")
    head[at + 6:at + 8] = len(longer).to_bytes(2, "little")
    head[140:144] = (len(head) - 144).to_bytes(4, "little")
    return bytes(head) + packed


def raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize("pack", [raw, zlib.compress, lambda data: raw(data) + b"\0"],
                         ids=["as the standard says", "with zlib's header", "with a byte too many"])
def test_a_deflated_data_set_is_inflated(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert np.array_equal(opened(tmp_path, deflated(pack(LITTLE[1]))).pixels[0], SLICE)


def test_a_deflated_data_set_that_is_cut_is_refused(tmp_path: Path) -> None:
    assert "it ends in the middle of the image" in refused(tmp_path, deflated(raw(LITTLE[1])[:-20]))


@pytest.mark.parametrize(("syntax", "name"), [
    ("1.2.840.10008.1.2.4.110", "JPEG XL"), ("1.2.840.10008.1.2.8.1", "deflated frames"),
    ("1.2.840.10008.1.2.4.94", "JPIP"), ("1.2.840.10008.1.2.4.100", "MPEG2"), ("1.2.840.10008.1.2.4.102", "MPEG-4"),
    ("1.2.840.10008.1.2.4.107", "HEVC"), ("1.2.840.10008.1.2.4.52", "JPEG Extended"),
    ("1.2.840.10008.1.2.4.64", "Process 25 and 27"), ("1.2.840.10008.1.2.4.204", "JPIP HTJ2K"),
    ("1.2.840.10008.1.2.7.1", "SMPTE ST 2110-20"), ("1.2.840.10008.1.2.6.1", "RFC 2557"),
    ("1.2.840.113619.5.2", "1.2.840.113619.5.2"), ("1.3.46.670589.33.1.4.1", "1.3.46.670589.33.1.4.1"),
    ("rubbish", "an unknown transfer syntax"),
])
def test_a_compression_that_is_not_read_is_refused_by_its_name(tmp_path: Path, syntax: str, name: str) -> None:
    even = syntax.encode() + b"\0" * (len(syntax) % 2)
    head = bytearray(LITTLE[0].replace(ExplicitVRLittleEndian.encode() + b"\0", even))
    at = head.index(b"\x02\0\x10\0UI")
    head[at + 6:at + 8] = len(even).to_bytes(2, "little")
    head[140:144] = (len(head) - 144).to_bytes(4, "little")
    pixels = LITTLE[1].index(b"\xe0\x7f\x10\0")
    frame = b"\xfe\xff\0\xe0\0\0\0\0" + b"\xfe\xff\0\xe0\x08\0\0\0" + b"\0" * 8 + b"\xfe\xff\xdd\xe0\0\0\0\0"
    body = LITTLE[1][:pixels] + b"\xe0\x7f\x10\0OB\0\0\xff\xff\xff\xff" + frame
    said = refused(tmp_path, bytes(head) + body)
    assert said.startswith("The image is stored as ")
    assert name in said
