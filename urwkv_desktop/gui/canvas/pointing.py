"""What lies under the hand."""

from dataclasses import dataclass
from math import floor

from urwkv_desktop.gui.canvas.captions import value_text
from urwkv_desktop.imaging import Image, ImagePoint, Plane


@dataclass(frozen=True)
class PointerInfo:
    """Where the hand is: whole pixels, the value there with its unit, and millimetres from the corner (down, across)
    where they mean something ("" otherwise)."""

    row: int
    column: int
    value: str
    millimetres: str = ""

    @staticmethod
    def of(image: Image, plane: Plane, place: ImagePoint) -> "PointerInfo | None":
        """None beside the image."""
        value = value_text(image, plane, place)
        if not value:
            return None
        down = image.geometry.length(ImagePoint(0.0, place.column), place, plane).mm
        across = image.geometry.length(ImagePoint(place.row, 0.0), place, plane).mm
        millimetres = "" if across is None or down is None else f"{across:.1f}, {down:.1f} mm"
        return PointerInfo(floor(place.row), floor(place.column), value, millimetres)
