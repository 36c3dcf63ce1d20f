"""The windows and tables that a DICOM file offers for display. Source: PS3.3, C.11.2."""

from typing import TYPE_CHECKING

from urwkv_desktop.formats.reading.dicom_tables import lookup_table
from urwkv_desktop.formats.reading.dicom_values import items, numbers, text, values
from urwkv_desktop.imaging import Curve, Window

if TYPE_CHECKING:
    from pydicom.dataset import Dataset


def windows(item: "Dataset", *, fractional: bool) -> tuple[Window, ...]:
    """Tables before windows, as the standard's own order has it; each under the file's name for it.

    item: a data set, or an item of FrameVOILUTSequence. fractional: the values to be shown are no whole numbers.
    """
    return (*_tables(item), *_lines(item, fractional=fractional))


def is_odd(item: "Dataset", *, fractional: bool) -> bool:
    """Whether something is stated that can't be used."""
    stated = max(len(values(item, "WindowCenter")), len(values(item, "WindowWidth")))
    return (stated != len(_lines(item, fractional=fractional))
            or len(list(items(item, "VOILUTSequence"))) != len(_tables(item)))


def _tables(item: "Dataset") -> tuple[Window, ...]:
    found = []
    for one in items(item, "VOILUTSequence"):
        table = lookup_table(one)
        if table is not None:
            width = len(table.entries)
            found.append(Window(table.first + width / 2, width, text(one, "LUTExplanation"), table=table.greys))
    return tuple(found)


def _lines(item: "Dataset", *, fractional: bool) -> tuple[Window, ...]:
    """A width below 1 means nothing where values are whole numbers and the window is LINEAR."""
    curve = _curve(item)
    smallest = 0.0 if fractional or curve is not Curve.linear else 1.0
    centres, widths = numbers(item, "WindowCenter"), numbers(item, "WindowWidth")
    names = [str(one).strip() for one in values(item, "WindowCenterWidthExplanation")]
    names += [""] * len(centres)
    return tuple(Window(centre, width, name, curve) for centre, width, name in zip(centres, widths, names, strict=False)
                 if width > 0 and width >= smallest)


def _curve(item: "Dataset") -> Curve:
    said = text(item, "VOILUTFunction").upper()
    return Curve(said) if said in (one.value for one in Curve) else Curve.linear
