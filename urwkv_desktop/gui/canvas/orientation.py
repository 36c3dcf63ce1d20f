"""Which way up a plane is shown, and the letters that say so. Only the view is mirrored, never the array."""

from collections.abc import Sequence

from urwkv_desktop.gui.canvas.transform import Shape
from urwkv_desktop.imaging import Image, Plane, ThirdAxis

# Patient directions of LPS axes, towards plus and towards minus: left/right, posterior/anterior, head/foot.
_LETTERS = (("L", "R"), ("P", "A"), ("H", "F"))
# On the screen columns run towards the patient's left or back, rows towards the back or the feet.
_COLUMN_SIGN = (1, 1, 1)
_ROW_SIGN = (1, 1, -1)


def shape_of(image: Image, plane: Plane) -> Shape:
    """Pictures and DICOM slices (they name a modality) as stored, other volumes radiologically."""
    rows, columns = plane.size(image.shape)
    row_spacing, column_spacing = image.geometry.spacing(plane)
    mirror_rows = mirror_columns = False
    if is_radiological(image) and plane.axis == 0:
        mirror_rows = _points_against(image.geometry.along_rows, _ROW_SIGN)
        mirror_columns = _points_against(image.geometry.along_columns, _COLUMN_SIGN)
    return Shape(rows, columns, row_spacing, column_spacing, mirror_rows, mirror_columns)


def is_radiological(image: Image) -> bool:
    geometry = image.geometry
    return geometry.oriented and geometry.third_axis is ThirdAxis.space and not image.modality


def sides(image: Image, plane: Plane, shape: Shape) -> tuple[str, str, str, str]:
    """Letters at the screen's left, top, right and bottom; "" where the image lies in no patient."""
    if not image.geometry.oriented or plane.axis != 0:
        return "", "", "", ""
    left, right = _ends(image.geometry.along_columns, shape.mirror_columns)
    top, bottom = _ends(image.geometry.along_rows, shape.mirror_rows)
    return left, top, right, bottom


def _ends(direction: Sequence[float], mirrored: bool) -> tuple[str, str]:
    """(where the axis begins, where it ends) on the screen."""
    axis = _dominant(direction)
    plus, minus = _LETTERS[axis]
    towards_plus = (direction[axis] > 0) != mirrored
    return (minus, plus) if towards_plus else (plus, minus)


def _points_against(direction: Sequence[float], wanted: Sequence[int]) -> bool:
    axis = _dominant(direction)
    return direction[axis] * wanted[axis] < 0


def _dominant(direction: Sequence[float]) -> int:
    return max(range(3), key=lambda axis: abs(direction[axis]))
