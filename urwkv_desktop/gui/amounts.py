"""How much of each label there is, in the words of the inspector, and which values an image can show."""

from typing import TYPE_CHECKING

import numpy as np

from urwkv_desktop.gui.panels.display import Range
from urwkv_desktop.gui.words import count
from urwkv_desktop.imaging import Image

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Document

_SAMPLES = 200_000  # values looked at for the range of a large volume


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
        return f"{square:,.0f} mm²" if square >= 100 else f"{square:.1f} mm²"
    return f"{count(voxels)} px"


def value_range(image: Image | None) -> Range:
    """The values that the window's sliders span, in the image's unit: the whole of 8 bit, else those that occur."""
    if image is None:
        return Range(0.0, 255.0)
    if image.pixels.dtype == np.uint8:
        low, high = 0.0, 255.0
    else:
        flat = image.pixels.reshape(-1)
        sample = flat[:: max(1, flat.size // _SAMPLES)]
        if sample.dtype.kind == "f":
            sample = sample[np.isfinite(sample)]
        low, high = (float(sample.min()), float(sample.max())) if sample.size else (0.0, 1.0)
    slope, intercept = image.slope[0], image.intercept[0]
    ends = sorted((low * slope + intercept, high * slope + intercept))
    return Range(ends[0], ends[1] if ends[1] > ends[0] else ends[0] + 1)
