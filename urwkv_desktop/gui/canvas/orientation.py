"""Which way up a plane is shown, and the letters that say so. Only the view is turned, never the array."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from math import cos, radians

import numpy as np
import numpy.typing as npt

from urwkv_desktop.gui.canvas.transform import Shape
from urwkv_desktop.imaging import Geometry, Image, Plane, ThirdAxis

# Patient directions of LPS axes, towards plus and towards minus: left/right, posterior/anterior, head/foot.
_LETTERS = (("L", "R"), ("P", "A"), ("H", "F"))
# Across the screen things run towards the patient's left or back, down it towards the back or the feet.
_ACROSS = (1, 1, 1)
_DOWN = (1, 1, -1)
_SECOND = 0.26  # a direction that leans by more than 15 degrees to another one is named by both
_OBLIQUE = cos(radians(10.0))
NAMES = ("sagittal", "coronal", "axial")  # of planes that stand across the LPS axes


def shape_of(image: Image, plane: Plane) -> Shape:
    """Pictures and DICOM slices (they name a modality) as stored; other volumes and every reformatted plane
    radiologically: the patient's right on the screen's left, head or front up."""
    rows, columns = plane.size(image.shape)
    row_spacing, column_spacing = image.geometry.spacing(plane)
    if not (is_radiological(image) or (plane.axis and is_oriented(image))):
        return Shape(rows, columns, row_spacing, column_spacing)
    stored, patient = _directions(image.geometry), _patient_axes(image.geometry)
    down, across = (axis for axis in range(3) if axis != plane.axis)
    # Left and right run across, head and feet down; front and back whichever is free.
    swapped = patient[down] < patient[across]
    down_sign, across_sign = (_ACROSS, _DOWN) if swapped else (_DOWN, _ACROSS)
    return Shape(rows, columns, row_spacing, column_spacing,
                 bool(stored[down, patient[down]] * down_sign[patient[down]] < 0),
                 bool(stored[across, patient[across]] * across_sign[patient[across]] < 0), swapped)


def is_oriented(image: Image) -> bool:
    return image.geometry.oriented and image.geometry.third_axis is ThirdAxis.space


def is_radiological(image: Image) -> bool:
    return is_oriented(image) and not image.modality


def has_planes(image: Image) -> bool:
    """Whether the volume can be cut across its slices."""
    return image.geometry.third_axis is ThirdAxis.space and image.shape[0] > 1


def plane_name(image: Image, axis: int) -> tuple[str, bool]:
    """(one of NAMES, whether it leans by more than 10 degrees); "" where the image lies in no patient."""
    if not image.geometry.oriented:
        return "", False
    patient = _patient_axes(image.geometry)[axis]
    normal = _normal(image.geometry, axis)
    return NAMES[patient], bool(abs(normal[patient]) < _OBLIQUE)


def sides(image: Image, plane: Plane, shape: Shape) -> tuple[str, str, str, str]:
    """Letters at the screen's left, top, right and bottom; "" where the image lies in no patient."""
    if not image.geometry.oriented or (plane.axis and not is_oriented(image)):
        return "", "", "", ""
    stored = _directions(image.geometry)
    rows, columns = (axis for axis in range(3) if axis != plane.axis)
    of_rows, of_columns = _ends(stored[rows], shape.mirror_rows), _ends(stored[columns], shape.mirror_columns)
    (left, right), (top, bottom) = (of_rows, of_columns) if shape.swapped else (of_columns, of_rows)
    return left, top, right, bottom


@lru_cache(maxsize=4)  # asked for at every step through a volume
def _directions(geometry: Geometry) -> npt.NDArray[np.float64]:
    """[3, 3]: where each stored axis (k, j, i) runs in the patient, unit LPS vectors."""
    step = geometry.step
    return np.array([step / max(float(np.linalg.norm(step)), 1e-9), geometry.along_rows, geometry.along_columns])


def _normal(geometry: Geometry, axis: int) -> npt.NDArray[np.float64]:
    """The direction across a plane, which a sheared stack's own axis is not."""
    one, other = (direction for place, direction in enumerate(_directions(geometry)) if place != axis)
    normal = np.cross(one, other)
    return np.asarray(normal / max(float(np.linalg.norm(normal)), 1e-9))


@lru_cache(maxsize=4)
def _patient_axes(geometry: Geometry) -> tuple[int, ...]:
    """For each stored axis the LPS axis that it follows most; no two the same."""
    along = np.abs(_directions(geometry))
    return max(permutations(range(3)), key=lambda order: sum(along[stored, axis] for stored, axis in enumerate(order)))


def _ends(direction: Sequence[float] | npt.NDArray[np.float64], mirrored: bool) -> tuple[str, str]:
    """(where the axis begins, where it ends) on the screen; a leaning one is named by two letters."""
    order = sorted(range(3), key=lambda axis: abs(float(direction[axis])), reverse=True)
    named = [axis for place, axis in enumerate(order[:2]) if place == 0 or abs(direction[axis]) > _SECOND]
    ends = [_LETTERS[axis] if (direction[axis] > 0) != mirrored else _LETTERS[axis][::-1] for axis in named]
    return "".join(minus for _, minus in ends), "".join(plus for plus, _ in ends)
