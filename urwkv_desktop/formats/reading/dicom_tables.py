"""Lookup tables of DICOM: palettes, and the modality's table. Source: PS3.3, C.7.6.3.1.5, C.7.9.2, C.11.1, C.11.2."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE, first, numbers, value, values
from urwkv_desktop.formats.refusals import inconsistent
from urwkv_desktop.imaging import Message

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Array = npt.NDArray[np.generic]
Words = npt.NDArray[Any]  # uint8 or uint16
_COLOURS = ("Red", "Green", "Blue")
_NO_PALETTE = Message("The file contradicts itself: its colours stand in a table that it does not hold.")


@dataclass(frozen=True, eq=False)
class Table:
    """entries: [n] or [n, 3]; the first stands for the value `first` and all below, the last for all above.

    bits: of an entry, as the table says.
    """

    first: int
    entries: Words
    bits: int

    def of(self, values: Array) -> Array:
        """values: whole numbers of any shape."""
        places = np.clip(values.astype(np.int64) - self.first, 0, len(self.entries) - 1)
        return self.entries[places]

    def at(self, value: int) -> int:
        return int(self.entries[min(max(value - self.first, 0), len(self.entries) - 1)])

    @property
    def greys(self) -> bytes:
        """The entries as shades of 8 bits."""
        deepest = max(2**self.bits - 1, int(self.entries.max(initial=1)))
        return bytes(np.rint(self.entries * (255.0 / deepest)).astype(np.uint8))


def palette(dataset: "Dataset") -> Table:
    """Red, green and blue of 8 bits. Raises Refusal where the file does not hold them whole."""
    planes = []
    for colour in _COLOURS:
        name = f"{colour}PaletteColorLookupTable"
        described = _described(dataset, f"{name}Descriptor")
        if described is None:
            raise inconsistent(_NO_PALETTE)
        count, start, bits = described
        stored = _words(dataset, f"{name}Data", count)
        if stored is None:
            stored = _segments(dataset, f"Segmented{name}Data", bits)
        if stored is None or len(stored) < count:
            raise inconsistent(_NO_PALETTE)
        planes.append(Table(start, stored[:count], bits))
    entries = np.stack([plane.entries for plane in planes], axis=-1)
    # Writers that say 16 bits and store 8 of them are as common as those that store 16.
    is_deep = entries.dtype == np.uint16 and int(entries.max(initial=0)) > 255
    shades = entries >> np.uint16(max(0, planes[0].bits - 8) or 8) if is_deep else entries
    return Table(planes[0].first, shades.astype(np.uint8), 8)


def modality_table(dataset: "Dataset") -> Table | None:
    """None where the file has none, or one that can't be read."""
    item = first(dataset, "ModalityLUTSequence")
    return lookup_table(item) if item is not None else None


def lookup_table(item: "Dataset") -> Table | None:
    """The table of an item with LUTDescriptor and LUTData; None where it can't be read."""
    described = _described(item, "LUTDescriptor")
    if described is None:
        return None
    count, start, bits = described
    stored = _words(item, "LUTData", count)
    if stored is None or len(stored) < count:
        return None
    return Table(start, stored[:count].astype(np.uint8 if bits <= 8 else np.uint16), bits)


def _described(dataset: "Dataset", keyword: str) -> tuple[int, int, int] | None:
    """(entries, first value, bits). A first value that would lead beyond 16 bits was a negative one."""
    said = value(dataset, keyword)
    found = np.frombuffer(said, "<u2").tolist() if isinstance(said, bytes) and len(said) == 6 else numbers(dataset,
                                                                                                         keyword)
    if len(found) != 3 or not 1 <= found[2] <= 16:
        return None
    count, start, bits = (int(one) for one in found)
    count = (count & 0xFFFF) or 1 << 16
    return count, start - (1 << 16) if start > 0x7FFF and start + count > 1 << 16 else start, bits


def _words(dataset: "Dataset", keyword: str, count: int) -> Words | None:
    """The data as 8 or 16 bit numbers, whatever the element's kind; None where it is absent."""
    said = value(dataset, keyword)
    if isinstance(said, bytes):
        if len(said) < 2 * count:
            return np.frombuffer(said, np.uint8) if len(said) >= count else np.zeros(0, np.uint8)
        return np.frombuffer(said[:2 * count], "<u2" if _is_little(dataset) else ">u2").astype(np.uint16)
    try:
        listed = (np.asarray([int(one) for one in values(dataset, keyword)], np.int64)  # type: ignore[call-overload]
                  & 0xFFFF).astype(np.uint16)
    except BAD_VALUE:
        return None
    if not listed.size:
        return None
    return listed.astype("<u2").view(np.uint8) if count // 2 <= len(listed) < count else listed


def _segments(dataset: "Dataset", keyword: str, bits: int) -> Words | None:
    """Segments of a palette: values as they are (0), a line to a value (1), earlier segments again (2).

    Expanded here because a few kilobytes can ask for gigabytes: no table has more than 65536 entries.
    """
    said = value(dataset, keyword)
    if not isinstance(said, bytes):
        return None
    depth = 1 if bits <= 8 else 2
    order = "<" if _is_little(dataset) else ">"
    data = np.frombuffer(said[:len(said) // depth * depth], f"{order}u{depth}").tolist()
    found: list[int] = []
    try:
        _expand(data, 0, len(data), found, depth)
    except BAD_VALUE:
        return None
    return np.asarray(found, np.uint8 if depth == 1 else np.uint16)


def _expand(data: list[int], place: int, end: int, found: list[int], depth: int, segments: int = 1 << 16,
            *, again: bool = False) -> None:
    """Raises IndexError or ValueError where a segment is cut or would go on for ever."""
    while place < end and segments and len(found) <= 1 << 16:
        segments -= 1
        kind, count = data[place], data[place + 1]
        if kind == 0:
            if place + 2 + count > len(data):
                raise IndexError
            found += data[place + 2:place + 2 + count]
            place += 2 + count
        elif kind == 1:
            start, last = found[-1], data[place + 2]
            found += [round(start + (last - start) * step / count) for step in range(1, count + 1)]
            place += 3
        elif kind == 2 and not again:
            high = 2 if depth == 2 else 4
            offset = sum(one << (8 * depth * at) for at, one in enumerate(data[place + 2:place + 2 + high]))
            _expand(data, offset // depth, len(data), found, depth, count, again=True)
            place += 2 + high
        else:
            raise ValueError(kind)


def _is_little(dataset: "Dataset") -> bool:
    return dataset.original_encoding[1] is not False
