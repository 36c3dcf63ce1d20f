"""Values of a DICOM header that may be anything: each accessor gives a sane value or none, and never raises."""

import math
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pydicom.dataset import Dataset
    from pydicom.tag import BaseTag

# What pydicom raises when a lazily read element turns out to be rubbish.
BAD_VALUE = (ValueError, TypeError, KeyError, AttributeError, NotImplementedError, ArithmeticError, IndexError,
             LookupError, EOFError, RecursionError, AssertionError, struct.error, OSError)
_LARGEST = 1 << 20  # bytes of a text, or of numbers written as text
_SHORT = 256  # bytes of a value that is kept for other files that say the same
_TEXTS = {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UI", "US", "UT"}
# Character sets' escapes, control characters, and marks that show what follows in another direction than it is written.
_ESCAPES = re.compile(r"\x1b[-$()*+,/]{0,2}[@-~]|[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def value(dataset: "Dataset", keyword: str) -> object:
    """Not to be changed: files that say the same share it."""
    try:
        stored = _stored(dataset, keyword)
        if stored is None:
            return None
        return _understood(stored) if isinstance(stored, _Stored) else dataset[stored].value
    except _bad_value():
        return None


class _Stored(NamedTuple):
    """All from which an element's value follows: its representation as the file has it, its bytes, how they are written
    and the letters that they stand for."""

    tag: "BaseTag"
    vr: str | None
    value: bytes
    is_implicit: bool
    is_little: bool
    letters: str | tuple[str, ...]


def _stored(dataset: "Dataset", keyword: str) -> "_Stored | BaseTag | None":
    """The tag alone where the value follows from more, or somebody has asked for it or changed it; None: absent."""
    tag = _tag(keyword)
    if tag not in dataset.keys():  # noqa: SIM118 - most are absent, and `in dataset` takes several times as long
        return None
    raw: Any = dataset.get_item(tag)
    if raw.is_raw and raw.value and len(raw.value) > _LARGEST and _is_text(tag, raw.VR):
        return None  # millions of numbers in one element mean nothing and cost seconds
    letters = dataset.original_character_set
    if raw.is_raw and raw.value and len(raw.value) <= _SHORT and letters and _is_text(tag, raw.VR):
        return _Stored(tag, raw.VR, raw.value, raw.is_implicit_VR, raw.is_little_endian,
                       letters if isinstance(letters, str) else tuple(letters))
    return tag


def holds(dataset: "Dataset", keyword: str) -> bool:
    """Whether the element is there, be it empty. The data set itself would look the word up each time."""
    return _tag(keyword) in dataset.keys()  # noqa: SIM118


def stored_bytes(dataset: "Dataset", keyword: str) -> bytes:
    """The element's value as the file has it, b"" where it has none or somebody has asked for it already."""
    found = dataset.get_item(_tag(keyword)).value if holds(dataset, keyword) else b""
    return found if isinstance(found, bytes) else b""


# The files of a series say nearly the same, and what pydicom makes of it costs most of an index: it is kept.
@lru_cache(maxsize=1 << 14)
def _understood(stored: _Stored) -> object:
    from pydicom.dataelem import RawDataElement, convert_raw_data_element

    raw = RawDataElement(stored.tag, stored.vr, len(stored.value), stored.value, 0, stored.is_implicit,
                         stored.is_little)
    letters = stored.letters if isinstance(stored.letters, str) else list(stored.letters)
    found: object = convert_raw_data_element(raw, encoding=letters).value
    return found


@lru_cache(maxsize=1 << 14)
def _understood_text(stored: _Stored) -> str:
    return _line(_list(_understood(stored)))


@lru_cache(maxsize=1 << 14)
def _understood_numbers(stored: _Stored) -> tuple[float, ...]:
    return _finite(_list(_understood(stored)))


@cache
def _is_text(tag: "BaseTag", vr: str | None) -> bool:
    """Whether the element's value follows from its own bytes and the character set alone. vr: as the file has it."""
    from pydicom.datadict import dictionary_VR

    return (vr or dictionary_VR(tag)) in _TEXTS


@cache
def _bad_value() -> tuple[type[Exception], ...]:
    """With pydicom's own, which is of no family."""
    from pydicom.errors import BytesLengthException

    return (*BAD_VALUE, BytesLengthException)


@cache
def _tag(keyword: str) -> "BaseTag":
    from pydicom.datadict import tag_for_keyword

    element = tag_for_keyword(keyword)
    if element is None:
        raise ValueError(keyword)
    return tag_of(element)


@cache
def tag_of(number: int) -> "BaseTag":
    """One object for each tag: to compare two is slow where they are not the same."""
    from pydicom.tag import BaseTag

    return BaseTag(number)


@contextmanager
def quietly() -> Iterator[None]:
    """pydicom's warnings quote the values of tags; ours are findings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def values(dataset: "Dataset", keyword: str) -> list[object]:
    """The element's values; empty where it is absent, empty or unreadable."""
    return _list(value(dataset, keyword))


def _list(found: object) -> list[object]:
    if found is None or found == "":
        return []
    if isinstance(found, (str, bytes, int, float)):
        return [found]
    try:
        return list(found)  # type: ignore[call-overload, no-any-return]
    except BAD_VALUE:
        return [found]


def text(dataset: "Dataset", keyword: str) -> str:
    """One line, without control characters; several values are joined by a backslash."""
    try:
        stored = _stored(dataset, keyword)
        return _understood_text(stored) if isinstance(stored, _Stored) else _line(values(dataset, keyword))
    except _bad_value():
        return ""


def _line(found: list[object]) -> str:
    return _ESCAPES.sub("", "\\".join(str(one) for one in found)).strip()


def uid(dataset: "Dataset", keyword: str) -> str:
    return text(dataset, keyword).strip("\0 ")


def person(dataset: "Dataset", keyword: str) -> str:
    """A name as it is read aloud: FAMILY, GIVEN MIDDLE; the alphabetic form of those that the file holds."""
    found = value(dataset, keyword)
    try:
        whole = "" if found is None else str(found)
    except BAD_VALUE:
        return ""
    form = next((part for part in whole.split("=") if part.strip("^ ")), "")
    parts = [_ESCAPES.sub("", part).strip() for part in form.split("^")]
    family, rest = parts[0], " ".join(part for part in parts[1:] if part)
    return f"{family}, {rest}" if family and rest else family or rest


def numbers(dataset: "Dataset", keyword: str) -> tuple[float, ...]:
    """Finite numbers, or none at all where one of them is not."""
    try:
        stored = _stored(dataset, keyword)
        return _understood_numbers(stored) if isinstance(stored, _Stored) else _finite(values(dataset, keyword))
    except _bad_value():
        return ()


def _finite(found: list[object]) -> tuple[float, ...]:
    made = tuple(float(one) for one in found)  # type: ignore[arg-type]
    return made if all(math.isfinite(one) for one in made) else ()


def number(dataset: "Dataset", keyword: str) -> float | None:
    found = numbers(dataset, keyword)
    return found[0] if found else None


def integer(dataset: "Dataset", keyword: str) -> int | None:
    found = number(dataset, keyword)
    return int(found) if found is not None and found == int(found) else None


def items(dataset: "Dataset", keyword: str) -> "Iterator[Dataset]":
    """The items of a sequence; none where it is absent or unreadable."""
    from pydicom.dataset import Dataset

    for item in values(dataset, keyword):
        if isinstance(item, Dataset):
            yield item


def first(dataset: "Dataset", keyword: str) -> "Dataset | None":
    return next(items(dataset, keyword), None)
