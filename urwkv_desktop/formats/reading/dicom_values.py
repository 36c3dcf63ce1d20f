"""Values of a DICOM header that may be anything: each accessor gives a sane value or none, and never raises."""

import math
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydicom.dataset import Dataset
    from pydicom.tag import BaseTag

# What pydicom raises when a lazily read element turns out to be rubbish.
BAD_VALUE = (ValueError, TypeError, KeyError, AttributeError, NotImplementedError, ArithmeticError, IndexError,
             LookupError, EOFError, RecursionError, AssertionError, struct.error, OSError)
_SHORT = 256  # bytes of a value that is kept for other files that say the same
_TEXTS = {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UI", "US", "UT"}
# Character sets' escapes, control characters, and marks that show what follows in another direction than it is written.
_ESCAPES = re.compile(r"\x1b[-$()*+,/]{0,2}[@-~]|[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def value(dataset: "Dataset", keyword: str) -> object:
    """Not to be changed: files that say the same share it."""
    try:
        tag = _tag(keyword)
        if tag not in dataset.keys():  # noqa: SIM118 - most are absent, and `in dataset` takes several times as long
            return None
        stored: Any = dataset.get_item(tag)  # as the file has it, unless somebody has asked or changed it
        if stored.is_raw and stored.value and len(stored.value) <= _SHORT and _is_text(tag, stored.VR):
            letters = dataset.original_character_set
            if letters:
                return _understood(tag, stored.VR, stored.value, stored.is_implicit_VR, stored.is_little_endian,
                                   letters if isinstance(letters, str) else tuple(letters))
        found: object = dataset[tag].value
    except _bad_value():
        return None
    return found


@lru_cache(maxsize=1 << 14)
def _understood(tag: "BaseTag", vr: str | None, stored: bytes, is_implicit: bool, is_little: bool,
                letters: str | tuple[str, ...]) -> object:
    """What pydicom makes of an element. The files of a series say nearly the same, and this costs most of an index."""
    from pydicom.dataelem import RawDataElement, convert_raw_data_element

    raw = RawDataElement(tag, vr, len(stored), stored, 0, is_implicit, is_little)
    found: object = convert_raw_data_element(raw, encoding=letters if isinstance(letters, str) else list(letters)).value
    return found


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
    found = value(dataset, keyword)
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
        joined = "\\".join(str(one) for one in values(dataset, keyword))
    except BAD_VALUE:
        return ""
    return _ESCAPES.sub("", joined).strip()


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
        found = tuple(float(one) for one in values(dataset, keyword))  # type: ignore[arg-type]
    except BAD_VALUE:
        return ()
    return found if all(math.isfinite(one) for one in found) else ()


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
