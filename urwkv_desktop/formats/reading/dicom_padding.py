"""Pixels that are no measurement. Source: DICOM PS3.3, C.7.5.1.1.2."""

from typing import TYPE_CHECKING

from urwkv_desktop.formats.reading.dicom_facts import PixelFacts
from urwkv_desktop.formats.reading.dicom_tables import modality_table
from urwkv_desktop.formats.reading.dicom_values import number
from urwkv_desktop.imaging import Padding

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_PREFIX = {"PixelData": "", "FloatPixelData": "Float", "DoubleFloatPixelData": "DoubleFloat"}


def padding(dataset: "Dataset", facts: PixelFacts) -> Padding | None:
    """The value, or the range to its limit; None for colours, and where none is stated."""
    prefix = _PREFIX[facts.keyword]
    value = number(dataset, f"{prefix}PixelPaddingValue")
    if value is None or facts.samples > 1 or facts.is_palette:
        return None
    limit = number(dataset, f"{prefix}PixelPaddingRangeLimit")
    ends = [value, value if limit is None else limit]
    if facts.keyword == "PixelData":
        ends = [_as_stored(int(end), facts) for end in ends]
        table = modality_table(dataset)
        if table is not None:
            ends = [float(table.at(int(end))) for end in ends]
    return Padding(min(ends), max(ends))


def _as_stored(value: int, facts: PixelFacts) -> float:
    """With the sign that pixels have: -2000 is also written 63536, and in 12 bits 2096."""
    cut = value & (1 << facts.stored) - 1
    return float(cut - (1 << facts.stored) if facts.signed and cut >> facts.stored - 1 else cut)
