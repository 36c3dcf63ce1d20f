"""The quick reading of ordinary headers says what pydicom says, and leaves everything else to it."""

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom import config
from pydicom.dataset import Dataset, FileDataset
from pydicom.errors import BytesLengthException, InvalidDicomError
from pydicom.filereader import read_partial
from pydicom.filewriter import dcmwrite
from pydicom.tag import BaseTag
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ImplicitVRLittleEndian

from tests.formats.builders import SHARED, dicom, item
from urwkv_desktop.formats.reading import dicom_file
from urwkv_desktop.formats.reading.dicom_elements import plain_header
from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE, quietly, value

WANTED = dicom_file._wanted()
PIXELS = dicom_file._PIXELS


@pytest.fixture(autouse=True)
def _lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config.settings, "reading_validation_mode", config.IGNORE)


def _rich() -> FileDataset:
    """A header with what scanners write: letters, nested sequences of both kinds, private elements, empty values."""
    data = dicom(np.zeros((4, 6), np.int16), SpecificCharacterSet="ISO_IR 100", PatientName="MÜLLER^JÖRG",
                 ImageType=["ORIGINAL", "PRIMARY"], PixelSpacing=["2.0", "0.5"], WindowCenter="", RescaleSlope="1",
                 ReferencedImageSequence=[item(ReferencedSOPInstanceUID="1.2.3"), item(ReferencedSOPInstanceUID="1.2")],
                 ProcedureCodeSequence=[item(CodeValue="1", CodingSchemeDesignator="99", CodeMeaning="one")],
                 RequestAttributesSequence=[item(ScheduledProtocolCodeSequence=[item(CodeValue="1")])])
    for name in ("ReferencedImageSequence", "RequestAttributesSequence"):
        data[name].is_undefined_length = True
        for one in data[name].value:
            one.is_undefined_length_sequence_item = True
    data.RequestAttributesSequence[0]["ScheduledProtocolCodeSequence"].is_undefined_length = True
    block = data.private_block(0x0019, "MADE UP", create=True)
    block.add_new(1, "LO", "a value")
    block.add_new(2, "OB", b"\0" * 100)
    return data


def _saved(data: Dataset, **options: Any) -> bytes:
    buffer = io.BytesIO()
    dcmwrite(buffer, data, enforce_file_format=True, **options)
    return buffer.getvalue()


def _slowly(whole: bytes) -> tuple[FileDataset, int]:
    file = io.BytesIO(whole)
    with quietly():
        return read_partial(file, lambda tag, *_: tag in PIXELS, specific_tags=list(WANTED), force=True), file.tell()


def _assert_same(whole: bytes) -> bool:
    """Whether it was read quickly at all; then it says what pydicom says."""
    with quietly():
        quick = plain_header(io.BytesIO(whole), len(whole), WANTED, PIXELS)
    if quick is None:
        return False
    slow, end = _slowly(whole)
    assert quick.pixels == end
    assert sorted(quick.dataset.keys()) == sorted(slow.keys())
    assert quick.dataset.original_encoding == slow.original_encoding
    assert quick.dataset.original_character_set == slow.original_character_set
    with quietly():
        for tag in slow.keys():  # noqa: SIM118 - a Dataset iterates over its elements
            assert _said(quick.dataset, tag) == _said(slow, tag)
        for tag in slow.file_meta.keys():  # noqa: SIM118
            assert _said(quick.dataset.file_meta, tag) == _said(slow.file_meta, tag)
    return True


def _said(dataset: Dataset, tag: BaseTag) -> object:
    """What the element says, or how it fails to."""
    try:
        return dataset[tag]
    except (*BAD_VALUE, BytesLengthException) as error:
        return type(error)


def test_an_ordinary_header_says_what_pydicom_says() -> None:
    assert _assert_same(_saved(_rich()))


def test_a_header_without_representations_says_what_pydicom_says() -> None:
    data = _rich()
    data.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    assert _assert_same(_saved(data, implicit_vr=True, little_endian=True))


def test_a_long_header_is_read_whole() -> None:
    data = _rich()
    data.private_block(0x0021, "MADE UP", create=True).add_new(1, "OB", b"\1" * 100_000)
    assert _assert_same(_saved(data))


def _syntax(uid: str, **options: Any) -> bytes:
    data = _rich()
    data.file_meta.TransferSyntaxUID = uid
    return _saved(data, **options)


def _without_length(whole: bytes) -> bytes:
    return whole[:132] + whole[144:]


def _wanted_of_unsaid_length() -> bytes:
    data = _rich()
    data.SequenceOfUltrasoundRegions = [item(RegionSpatialFormat=1)]
    data["SequenceOfUltrasoundRegions"].is_undefined_length = True
    return _saved(data)


def _swapped() -> bytes:
    """Two elements in the wrong order."""
    whole = _saved(dicom(np.zeros((4, 6), np.int16), BodyPartExamined="HEAD", ProtocolName="X "))
    first, second = whole.index(b"\x18\0\x15\0CS"), whole.index(b"\x18\0\x30\x10LO")
    end = second + 10
    return whole[:first] + whole[second:end] + whole[first:second] + whole[end:]


ODD: dict[str, Callable[[], bytes]] = {
    "big endian": lambda: _syntax(ExplicitVRBigEndian, implicit_vr=False, little_endian=False),
    "deflated": lambda: _syntax(DeflatedExplicitVRLittleEndian),
    "no length of the first group": lambda: _without_length(_saved(_rich())),
    "no mark": lambda: _saved(_rich())[132:],
    "a sequence that is asked for, of unsaid length": _wanted_of_unsaid_length,
    "cut before its end": lambda: _saved(_rich())[:600],
    "elements in another order": _swapped,
    "a representation that nobody knows": lambda: _saved(_rich()).replace(b"\x08\0\x60\0CS", b"\x08\0\x60\0QQ"),
    "empty": lambda: b"",
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_out_of_the_ordinary_is_left_to_pydicom(name: str) -> None:
    whole = ODD[name]()
    assert plain_header(io.BytesIO(whole), len(whole), WANTED, PIXELS) is None


def test_damaged_headers_are_never_read_otherwise_than_pydicom_reads_them() -> None:
    whole, rng = _saved(_rich()), random.Random(5)
    end = len(whole) - 48
    quick = 0
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(rng.randint(1, 3)):
            damaged[rng.randrange(132, end)] = rng.choice((0, 1, 0x7F, 0xFF, rng.randrange(256)))
        try:
            quick += _assert_same(bytes(damaged))
        except (*BAD_VALUE, BytesLengthException, InvalidDicomError) as error:  # pydicom stops at what is passed over
            if isinstance(error, AssertionError):
                raise
    assert quick > 100


def test_values_are_those_of_the_file_that_is_asked(tmp_path: Path) -> None:
    """Files that say the same share what is made of it; each is asked with its own letters."""
    for charset, letters in (("ISO_IR 100", "latin-1"), ("ISO_IR 144", "iso8859-5")):
        data = dicom(np.zeros((4, 6), np.int16), SpecificCharacterSet=charset, SeriesDescription="X")
        whole = _saved(data).replace(b"LO\x02\0X ", b"LO\x02\0\xd0\xd1")
        quick = plain_header(io.BytesIO(whole), len(whole), WANTED, PIXELS)
        assert quick is not None
        assert value(quick.dataset, "SeriesDescription") == b"\xd0\xd1".decode(letters)


def test_a_value_that_was_changed_in_memory_is_the_new_one() -> None:
    whole = _saved(_rich())
    quick = plain_header(io.BytesIO(whole), len(whole), WANTED, PIXELS)
    assert quick is not None
    assert value(quick.dataset, "PatientID") == "P1"
    quick.dataset.PatientID = "other"
    assert value(quick.dataset, "PatientID") == "other"


@pytest.mark.parametrize("name", ["dicom", "dicom_zoo/files"])
def test_real_headers_say_what_pydicom_says(name: str) -> None:
    root = SHARED / name
    if not root.is_dir():
        pytest.skip(f"{name} is not here")
    quick = [_assert_same(path.read_bytes()) for path in sorted(root.rglob("*")) if path.is_file()]
    assert sum(quick) > len(quick) // 2
