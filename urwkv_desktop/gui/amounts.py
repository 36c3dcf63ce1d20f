"""How much of each label there is, in the words of the inspector, and which values an image can show."""

from typing import TYPE_CHECKING

from urwkv_desktop.editing.tools.values import span
from urwkv_desktop.gui.panels.display import Range
from urwkv_desktop.gui.words import count
from urwkv_desktop.imaging import Image

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Document


def amounts_of(document: "Document") -> dict[int, str]:
    """Label id -> "14,212 px", "181 mm²" or "1.94 mL"; labels that cover nothing are left out."""
    return {label: amount(voxels, document.image) for label, voxels in document.counts().items()}


def amount(voxels: int, image: Image) -> str:
    volume = image.geometry.voxel_volume()
    if volume is not None:
        return f"{voxels * volume / 1000:.2f} mL"
    area = image.geometry.pixel_area() if image.shape[0] == 1 else None
    if area is not None:
        square = voxels * area
        return f"{count(round(square))} mm²" if square >= 100 else f"{square:.1f} mm²"
    return f"{count(voxels)} px"


def value_range(image: Image | None) -> Range:
    """The values that the window's sliders span, in the image's unit: the whole of 8 bit, else those that occur."""
    if image is None:
        return Range(0.0, 255.0)
    return Range(*span(image))
