"""Where a DICOM picture lies and what its spacing means. Source of the rules: PS3.3 C.7.6.2, C.7.6.3, C.8.5.5."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.dicom_values import first, integer, items, number, numbers, text
from urwkv_desktop.imaging import Rect, SpacingKind, UltrasoundRegion

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Vector = npt.NDArray[np.float64]
_PATIENT = {"CT", "MR", "PT", "NM", "RTDOSE", "SM", "OPT", "ST"}  # PixelSpacing is of the patient itself
_PROJECTIONS = {"CR", "DX", "MG", "XA", "RF", "IO", "PX", "RG"}
# What lies outside is no measurement: mm between pixels, mm from the origin.
_FINEST, _COARSEST, _FARTHEST = 1e-6, 1e4, 1e6
_UNIT = 0.01  # written with few decimals, a unit vector is off by this much at most
_CENTIMETRES, _TWO_DIMENSIONAL = 3, 1


@dataclass(frozen=True)
class Scale:
    """Millimetres between rows and between columns (1.0 where unknown), and where they come from."""

    row_mm: float = 1.0
    column_mm: float = 1.0
    kind: SpacingKind = SpacingKind.unknown
    regions: tuple[UltrasoundRegion, ...] = ()


def scale(dataset: "Dataset", modality: str, measures: "Dataset | None" = None) -> Scale:
    """measures: the PixelMeasures item of an enhanced frame, which goes before the top level."""
    regions = () if modality in _PATIENT else ultrasound_regions(dataset)
    if regions:
        return Scale(regions[0].row_mm, regions[0].column_mm, SpacingKind.region, regions)
    spacing = pair(measures, "PixelSpacing") if measures is not None else pair(dataset, "PixelSpacing")
    detector = pair(dataset, "ImagerPixelSpacing")
    if modality in _PROJECTIONS:
        return _projected(dataset, spacing, detector)
    if spacing and not _is_of_time(dataset, modality):
        kind = SpacingKind.patient if modality in _PATIENT or measures is not None else SpacingKind.calibrated
        return Scale(*spacing, kind)
    return _aspect(dataset)


def _projected(dataset: "Dataset", spacing: tuple[float, float] | None,
               detector: tuple[float, float] | None) -> Scale:
    if spacing and (spacing != detector or text(dataset, "PixelSpacingCalibrationType")):
        return Scale(*spacing, SpacingKind.calibrated)
    if detector:
        magnified = number(dataset, "EstimatedRadiographicMagnificationFactor") or 1.0
        factor = magnified if magnified > 0 else 1.0
        return Scale(detector[0] / factor, detector[1] / factor, SpacingKind.detector)
    return _aspect(dataset)


def _is_of_time(dataset: "Dataset", modality: str) -> bool:
    """Whether the regions of an ultrasound picture are traces and spectra: a spacing beside them is no length."""
    units = {number(item, f"PhysicalUnits{axis}Direction") for item in items(dataset, "SequenceOfUltrasoundRegions")
             for axis in "XY"}
    return modality not in _PATIENT and bool(units - {None, 0.0, float(_CENTIMETRES)})


def _aspect(dataset: "Dataset") -> Scale:
    ratio = pair(dataset, "PixelAspectRatio") or pair(dataset, "NominalScannedPixelSpacing")
    return Scale(ratio[0] / ratio[1], 1.0, SpacingKind.aspect) if ratio and ratio[0] != ratio[1] else Scale()


def pair(dataset: "Dataset | None", keyword: str) -> tuple[float, float] | None:
    """Two positive numbers, rows before columns, or None."""
    found = numbers(dataset, keyword) if dataset is not None else ()
    return (found[0], found[1]) if len(found) == 2 and min(found) > _FINEST and max(found) < _COARSEST else None


def ultrasound_regions(dataset: "Dataset") -> tuple[UltrasoundRegion, ...]:
    """Two-dimensional regions with a scale in centimetres; a negative delta is a direction."""
    found = []
    whole = Rect(0, 0, integer(dataset, "Rows") or 0, integer(dataset, "Columns") or 0)
    for item in items(dataset, "SequenceOfUltrasoundRegions"):
        units = integer(item, "PhysicalUnitsXDirection"), integer(item, "PhysicalUnitsYDirection")
        across, down = number(item, "PhysicalDeltaX"), number(item, "PhysicalDeltaY")
        rect = _region(item, whole)
        if (units != (_CENTIMETRES, _CENTIMETRES) or integer(item, "RegionSpatialFormat") != _TWO_DIMENSIONAL
                or not across or not down or min(abs(across), abs(down)) * 10 <= _FINEST
                or max(abs(across), abs(down)) * 10 >= _COARSEST or rect.is_empty):
            continue
        found.append(UltrasoundRegion(rect, abs(down) * 10, abs(across) * 10))
    return tuple(found)


def _region(item: "Dataset", whole: Rect) -> Rect:
    """What of the picture the region covers; its corners may be given in either order."""
    corners = [integer(item, f"RegionLocation{corner}") for corner in ("MinY0", "MinX0", "MaxY1", "MaxX1")]
    if None in corners:
        return Rect(0, 0, 0, 0)
    top, left, bottom, right = (corner or 0 for corner in corners)
    return Rect(min(top, bottom), min(left, right), max(top, bottom) + 1, max(left, right) + 1).intersection(whole)


def orientation(dataset: "Dataset | None", keyword: str = "ImageOrientationPatient") -> tuple[Vector, Vector] | None:
    """Unit vectors along increasing column and increasing row, LPS; None where absent or no right angle."""
    found = numbers(dataset, keyword) if dataset is not None else ()
    return _directions(found) if len(found) == 6 else None


@lru_cache(maxsize=4096)  # the slices of a series say the same
def _directions(found: tuple[float, ...]) -> tuple[Vector, Vector] | None:
    along_columns, along_rows = np.asarray(found[:3]), np.asarray(found[3:])
    lengths = float(np.linalg.norm(along_columns)), float(np.linalg.norm(along_rows))
    if min(lengths) < 1 - _UNIT or max(lengths) > 1 + _UNIT:
        return None
    along_columns, along_rows = along_columns / lengths[0], along_rows / lengths[1]
    lean = float(along_columns @ along_rows)
    if abs(lean) > 1e-3:
        return None
    along_rows = along_rows - lean * along_columns
    along_rows = along_rows / float(np.linalg.norm(along_rows))
    along_columns.flags.writeable = along_rows.flags.writeable = False
    return along_columns, along_rows


def position(dataset: "Dataset | None", keyword: str = "ImagePositionPatient") -> tuple[float, float, float] | None:
    """Centre of the first pixel, LPS mm."""
    found = numbers(dataset, keyword) if dataset is not None else ()
    return (found[0], found[1], found[2]) if len(found) == 3 and max(map(abs, found)) < _FARTHEST else None


def macro(frame: "Dataset", shared: "Dataset | None", keyword: str) -> "Dataset | None":
    """One functional group of a frame: its own, or the one that all frames share."""
    own = first(frame, keyword)
    return own if own is not None or shared is None else first(shared, keyword)
