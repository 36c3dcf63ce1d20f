"""DICOM little endian as nested tables, by PS3.5, 7: shares no code with the libraries that wrote the file.

It reads back what this program has written, and nothing else: no big endian, no compressed pixels.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_LONG = {b"OB", b"OW", b"SQ", b"UN", b"UT", b"UC", b"UR", b"OF", b"OD", b"OL", b"OV", b"SV", b"UV"}
_ITEM, _ITEM_END, _SEQUENCE_END, _UNDEFINED = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD, 0xFFFFFFFF
_META_END = 0x00020010
EXPLICIT, IMPLICIT = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2"
# Sequences of a structure set; where the syntax is implicit nothing else says that they are ones.
_SEQUENCES = {0x30060010, 0x30060012, 0x30060014, 0x30060016, 0x30060020, 0x30060039, 0x30060040, 0x30060080}
_HEAD = struct.Struct("<HH")
_SHORT, _WORD = struct.Struct("<H"), struct.Struct("<I")


class DamagedError(ValueError):
    """The bytes are not what the standard asks for."""


@dataclass(frozen=True)
class Table:
    """One data set: values by tag (group << 16 | element), bytes as they stand; sequences as tuples of tables."""

    values: dict[int, memoryview] = field(default_factory=dict)
    items: dict[int, tuple["Table", ...]] = field(default_factory=dict)

    def text(self, tag: int) -> str:
        """Without padding; "" where it is absent."""
        value = self.values.get(tag)
        return "" if value is None else bytes(value).decode("utf-8", "replace").rstrip(" \0")

    def numbers(self, tag: int) -> tuple[float, ...]:
        """Decimal or integer strings."""
        text = self.text(tag)
        return tuple(float(one) for one in text.split("\\")) if text else ()

    def short(self, tag: int) -> int | None:
        value = self.values.get(tag)
        return None if value is None or len(value) != 2 else int(_SHORT.unpack(value)[0])

    def first(self, tag: int) -> "Table":
        """The first item of a sequence; an empty one where there is none."""
        found = self.items.get(tag)
        return found[0] if found else Table()

    def sequence(self, tag: int) -> tuple["Table", ...]:
        return self.items.get(tag, ())


def parse(data: bytes) -> Table:
    """A whole file with its meta group. Raises DamagedError."""
    if data[128:132] != b"DICM":
        raise DamagedError("no prefix")
    view = memoryview(data)
    try:
        meta, at = _table(view, 132, len(view), explicit=True, meta=True)
        syntax = meta.text(_META_END)
        if syntax not in (EXPLICIT, IMPLICIT):
            raise DamagedError(syntax)
        main, end = _table(view, at, len(view), explicit=syntax == EXPLICIT)
    except (struct.error, IndexError) as error:
        raise DamagedError("cut short") from error
    if end != len(view):
        raise DamagedError("bytes are left over")
    return Table({**meta.values, **main.values}, {**meta.items, **main.items})


def _table(view: memoryview, at: int, end: int, *, explicit: bool, meta: bool = False) -> tuple[Table, int]:
    """Up to `end`, or up to the mark that closes an item of undefined length."""
    found = Table()
    while at < end:
        group, element = _HEAD.unpack_from(view, at)
        tag = group << 16 | element
        if tag == _ITEM_END:
            return found, at + 8
        if meta and group != 2:
            return found, at
        at, length, is_sequence = _length(view, at, tag, explicit)
        if is_sequence:
            items, at = _items(view, at, length, explicit)
            found.items[tag] = items
            continue
        if length == _UNDEFINED or at + length > len(view):
            raise DamagedError("a value is longer than the file")
        found.values[tag] = view[at:at + length]
        at += length
    return found, at


def _length(view: memoryview, at: int, tag: int, explicit: bool) -> tuple[int, int, bool]:
    """Where the value begins, how long it is, and whether it is a sequence."""
    if not explicit:
        return at + 8, _WORD.unpack_from(view, at + 4)[0], tag in _SEQUENCES
    kind = bytes(view[at + 4:at + 6])
    if kind in _LONG:
        return at + 12, _WORD.unpack_from(view, at + 8)[0], kind == b"SQ"
    return at + 8, _SHORT.unpack_from(view, at + 6)[0], False


def _items(view: memoryview, at: int, length: int, explicit: bool) -> tuple[tuple[Table, ...], int]:
    end = len(view) if length == _UNDEFINED else at + length
    if end > len(view):
        raise DamagedError("a sequence is longer than the file")
    found: list[Table] = []
    while at < end:
        group, element = _HEAD.unpack_from(view, at)
        tag, size = group << 16 | element, _WORD.unpack_from(view, at + 4)[0]
        at += 8
        if tag == _SEQUENCE_END:
            return tuple(found), at
        if tag != _ITEM:
            raise DamagedError("a sequence holds what is no item")
        item, at = _table(view, at, end if size == _UNDEFINED else at + size, explicit=explicit)
        found.append(item)
    return tuple(found), at


def frames_of(table: Table) -> Iterator[tuple[int, Table]]:
    """Number (1..) and functional groups of each frame."""
    yield from enumerate(table.sequence(0x52009230), start=1)
