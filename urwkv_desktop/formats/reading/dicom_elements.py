"""The header of an ordinary DICOM file, for folders of thousands: only the elements that are asked for are touched.

pydicom steps through every element of a header, which takes several times as long as everything else an index does.
Here what nobody asks for is passed over by its length, and the rest is handed to pydicom's own classes, which alone say
what it means. At anything that is not written as the standard says this gives up, and pydicom reads the file as before.
Source: DICOM PS3.5, 7.1 (elements), 7.5 (sequences), PS3.10, 7.1 (the first group).
"""

from collections.abc import Collection
from functools import cache, lru_cache
from struct import Struct
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE, tag_of

if TYPE_CHECKING:
    from pydicom.dataelem import RawDataElement
    from pydicom.dataset import Dataset

_LONG = {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}
_SHORT = {b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FD", b"FL", b"IS", b"LO", b"LT", b"PN", b"SH", b"SL",
          b"SS", b"ST", b"TM", b"UI", b"UL", b"US"}
_WORDS = {name: name.decode() for name in (*_LONG, *_SHORT)}
_IMPLICIT = b"1.2.840.10008.1.2"
_OTHERS = {b"1.2.840.10008.1.2.2", b"1.2.840.10008.1.2.1.99"}  # big endian, deflated
_UNDEFINED = 0xFFFFFFFF
_ITEM, _END_OF_ITEM, _END_OF_SEQUENCE = 0xE000FFFE, 0xE00DFFFE, 0xE0DDFFFE  # as little-endian numbers
_FIRST, _CHARACTER_SET = 0x00080000, 0x00080005
_DEEPEST = 16
_BLOCKS = (1 << 15, 1 << 20)  # bytes in which most headers end, and nearly all
_explicit, _implicit, _length, _two = Struct("<HH2sH"), Struct("<HHL"), Struct("<L"), Struct("<LL")


class Plain(NamedTuple):
    """dataset: the elements asked for, with `file_meta`. pixels: where the pixel element begins, or the file ends."""

    dataset: "Dataset"
    pixels: int


class _OddError(Exception):
    """Not as the standard has it: pydicom's affair."""


def plain_header(file: BinaryIO, size: int, wanted: Collection[int], end: Collection[int]) -> Plain | None:
    """wanted: tags; the character set comes along. end: tags before which the header ends.

    None where the header is out of the ordinary, or very long.
    """
    for count in _BLOCKS:
        file.seek(0)
        data = file.read(count)
        try:
            return _header(data, size, wanted, end)
        except (_OddError, *BAD_VALUE):
            if len(data) == size:
                break
    return None


def _header(data: bytes, size: int, wanted: Collection[int], end: Collection[int]) -> Plain:
    from pydicom.dataset import Dataset, FileMetaDataset

    if data[128:132] != b"DICM":
        raise _OddError
    meta, at = _first_group(data)
    syntax = bytes(meta[0x00020010].value or b"").rstrip(b"\0 ") if 0x00020010 in meta else b""
    if not syntax.startswith(b"1.2.840.10008.1.2") or syntax in _OTHERS:
        raise _OddError
    is_implicit = syntax == _IMPLICIT
    elements, at = _elements(data, at, wanted, end, is_implicit, size)
    dataset = Dataset({tag_of(tag): element for tag, element in elements.items()})
    letters = elements.get(_CHARACTER_SET)
    dataset.set_original_encoding(is_implicit, True, _encodings(None if letters is None else letters.value or b""))
    dataset.file_meta = FileMetaDataset({tag_of(tag): element for tag, element in meta.items()})
    dataset.file_meta.set_original_encoding(False, True, "iso8859")
    return Plain(dataset, at)


def _first_group(data: bytes) -> "tuple[dict[int, RawDataElement], int]":
    """The elements of group 0002, and where the next group begins, which has to be where its length says."""
    found: dict[int, RawDataElement] = {}
    at = 132
    while data[at:at + 2] == b"\2\0":
        tag, name, length, value = _explicit_element(data, at)
        if length == _UNDEFINED or value + length > len(data) or tag in found:
            raise _OddError
        found[tag] = _raw(tag, name, length, data[value:value + length], value, False)
        at = value + length
    stated = found.get(0x00020000)
    if stated is None or stated.length != 4 or not stated.value or at != 144 + _length.unpack(stated.value)[0]:
        raise _OddError
    return found, at


def _elements(data: bytes, at: int, wanted: Collection[int], end: Collection[int], is_implicit: bool, size: int,
              ) -> "tuple[dict[int, RawDataElement], int]":
    """Up to the pixels or the end of the file, which has `size` bytes; only a rising order of tags is ordinary."""
    element = _implicit_element if is_implicit else _explicit_element
    found: dict[int, RawDataElement] = {}
    last = _FIRST - 1
    while at < size:
        tag, name, length, value = element(data, at)
        if tag <= last:
            raise _OddError
        if tag in end:
            return found, at
        last = tag
        if tag in wanted or tag == _CHARACTER_SET:
            at = value + length
            if length == _UNDEFINED or at > len(data):
                raise _OddError
            found[tag] = _raw(tag, name, length, data[value:at], value, is_implicit)
        elif length == _UNDEFINED:
            if name is not None and name != b"SQ":
                raise _OddError
            at = _past_items(data, value, is_implicit, 0)
        else:
            at = value + length
    if at > size:
        raise _OddError
    return found, at


def _explicit_element(data: bytes, at: int) -> tuple[int, bytes | None, int, int]:
    """Tag, representation, length of the value and where it begins."""
    group, number, name, length = _explicit.unpack_from(data, at)
    if name in _SHORT:
        return group << 16 | number, name, length, at + 8
    if name not in _LONG:
        raise _OddError
    return group << 16 | number, name, _length.unpack_from(data, at + 8)[0], at + 12


def _implicit_element(data: bytes, at: int) -> tuple[int, bytes | None, int, int]:
    group, number, length = _implicit.unpack_from(data, at)
    if data[at + 4:at + 6].isalpha() and data[at + 4:at + 6].isupper():  # written in the other form, perhaps
        raise _OddError
    return group << 16 | number, None, length, at + 8


def _past_items(data: bytes, at: int, is_implicit: bool, depth: int) -> int:
    """Where a sequence of unsaid length ends."""
    if depth > _DEEPEST:
        raise _OddError
    while True:
        mark, length = _two.unpack_from(data, at)
        at += 8
        if mark == _END_OF_SEQUENCE:
            return at
        if mark != _ITEM:
            raise _OddError
        at = _past_elements(data, at, is_implicit, depth) if length == _UNDEFINED else at + length


def _past_elements(data: bytes, at: int, is_implicit: bool, depth: int) -> int:
    """Where an item of unsaid length ends."""
    element = _implicit_element if is_implicit else _explicit_element
    while _length.unpack_from(data, at)[0] != _END_OF_ITEM:
        _, name, length, value = element(data, at)
        if length != _UNDEFINED:
            at = value + length
        elif name in (None, b"SQ"):
            at = _past_items(data, value, is_implicit, depth + 1)
        else:
            raise _OddError
    return at + 8


def _raw(tag: int, name: bytes | None, length: int, value: bytes, at: int, is_implicit: bool) -> "RawDataElement":
    words = _WORDS[name] if name is not None else None
    return _element_class()(tag_of(tag), words, length, value or _empty(words), at, is_implicit, True)


@cache
def _element_class() -> "type[RawDataElement]":
    from pydicom.dataelem import RawDataElement

    return RawDataElement


@cache
def _empty(words: str | None) -> bytes | None:
    """What pydicom has for a value of no bytes."""
    from pydicom.dataelem import empty_value_for_VR

    return cast("bytes | None", empty_value_for_VR(words, raw=True))


@lru_cache(maxsize=64)
def _encodings(stored: bytes | None) -> str | list[str]:
    """As pydicom has it. stored: the value of SpecificCharacterSet."""
    from pydicom.charset import convert_encodings, default_encoding
    from pydicom.dataelem import convert_raw_data_element

    if stored is None:
        return default_encoding
    raw = _raw(_CHARACTER_SET, b"CS", len(stored), stored, 0, False)
    return convert_encodings(convert_raw_data_element(raw).value)
