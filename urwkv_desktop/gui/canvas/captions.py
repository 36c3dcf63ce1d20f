"""What the corner texts say of an image on the screen."""

from math import isfinite

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from urwkv_desktop.gui.canvas.orientation import plane_name, sides
from urwkv_desktop.gui.canvas.overlays import CornerTexts, ScaleBar, scale_bar
from urwkv_desktop.gui.canvas.transform import Shape, ViewTransform
from urwkv_desktop.imaging import Image, ImagePoint, Plane, SpacingKind, ThirdAxis, Window

_STRAIGHT = {"axial": str(QT_TRANSLATE_NOOP("planes", "Axial")), "coronal": str(QT_TRANSLATE_NOOP("planes", "Coronal")),
             "sagittal": str(QT_TRANSLATE_NOOP("planes", "Sagittal"))}
_KINDS = {SpacingKind.detector: str(QT_TRANSLATE_NOOP("planes", "mm at the detector")),
          SpacingKind.calibrated: str(QT_TRANSLATE_NOOP("planes", "mm, calibrated"))}
_OBLIQUE = {"axial": str(QT_TRANSLATE_NOOP("planes", "Axial, oblique")),
            "coronal": str(QT_TRANSLATE_NOOP("planes", "Coronal, oblique")),
            "sagittal": str(QT_TRANSLATE_NOOP("planes", "Sagittal, oblique"))}


def captions(image: Image, plane: Plane, shape: Shape, window: Window, transform: ViewTransform, *, ratio: float,
             patient: bool, caution: str = "", compact: bool = False) -> CornerTexts:
    """ratio: device pixels per logical pixel. patient: whether whose image it is may be shown.
    compact: only what differs from plane to plane."""
    return CornerTexts(
        top_left=tuple(line for line in image.caption.values() if line) if patient and not compact else (),
        top_right=_place(image, plane),
        bottom_left=() if compact or image.is_colour else (_window(window),),
        bottom_right=() if compact else (
            f"{transform.zoom:.2g} ×" if transform.zoom < 10 else f"{transform.zoom:.0f} ×",),
        scale=_scale(image, plane, shape, transform, ratio), sides=sides(image, plane, shape), caution=caution)


def _place(image: Image, plane: Plane) -> tuple[str, ...]:
    """Which slice of how many, after the plane's name where the image is a volume that lies in a patient."""
    slices = image.shape[plane.axis]
    count = f"{plane.index + 1} / {slices}" if slices > 1 else ""
    if image.shape[0] == 1 or image.geometry.third_axis is not ThirdAxis.space:
        return (count,) if count else ()
    name, is_oblique = plane_name(image, plane.axis)
    words = QCoreApplication.translate("planes", _OBLIQUE[name] if is_oblique else _STRAIGHT[name]) if name else ""
    return (f"{words}  {count}".strip(),)


def _scale(image: Image, plane: Plane, shape: Shape, transform: ViewTransform, ratio: float) -> ScaleBar:
    """A horizontal length in millimetres where the image has them in its middle, else in pixels.

    Of a projection it says what kind of millimetres they are: a body is up to a third larger at the detector.
    """
    middle = ImagePoint(shape.rows / 2, shape.columns / 2)
    beside = ImagePoint(middle.row + int(shape.swapped), middle.column + int(not shape.swapped))
    millimetres = image.geometry.length(middle, beside, plane).mm
    pixel = abs(transform.zoom_across) / ratio
    unit = _KINDS.get(image.geometry.kind, "mm") if image.modality else "mm"
    return (scale_bar(pixel / millimetres, QCoreApplication.translate("planes", unit)) if millimetres
            else scale_bar(pixel, "px"))


def _window(window: Window) -> str:
    """A table of the file has a name and no width."""
    if window.table:
        return window.name or QCoreApplication.translate("DisplayPanel", "curve")
    return f"W {_setting(window.width)}  L {_setting(window.centre)}"


def _setting(value: float) -> str:
    """Of the window: no reader sets it to parts of what is already more than ten."""
    return f"{value:.0f}" if abs(value) >= 10 else number(value)


def number(value: float) -> str:
    """Whole where it is nearly whole or large, else four digits; "nan" and "inf" for what is no number."""
    if not isfinite(value) or abs(value) >= 1000 or abs(value - round(value)) < 0.005:
        return f"{value:.0f}"
    return f"{value:.4g}"


def value_text(image: Image, plane: Plane, point: ImagePoint) -> str:
    """The pixel's value in the image's unit (stored x slope + intercept), three for colour; "" outside."""
    rows, columns = plane.size(image.shape)
    row, column = int(point.row // 1), int(point.column // 1)
    if not (0 <= row < rows and 0 <= column < columns):
        return ""
    stored = plane.cut(image.pixels)[row, column]
    if image.is_colour:
        return " ".join(str(int(part)) for part in stored.tolist())
    k = plane.index if plane.axis == 0 else row
    value = float(stored) * image.slope[k] + image.intercept[k]
    return f"{number(value)} {image.unit}".rstrip()
