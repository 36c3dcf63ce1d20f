"""Small documents and scenes for the tests of tools."""

from collections.abc import Callable

import numpy as np

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.events import Event
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.imaging import (
    Channel,
    Geometry,
    Image,
    ImagePoint,
    Label,
    Labels,
    Plane,
    Prediction,
    Rect,
    SliceLogits,
    ThirdAxis,
    Window,
)

LABELS = Labels((Label(1, "lesion", "#ffb020"), Label(2, "vessel", "#56b4e9")))


def blank_image(rows: int = 20, columns: int = 20, slices: int = 1) -> Image:
    axis = ThirdAxis.space if slices > 1 else ThirdAxis.none
    return Image(np.zeros((slices, rows, columns), np.uint8), Geometry.picture(slices=slices, third_axis=axis))


def blank_document(rows: int = 20, columns: int = 20, slices: int = 1, *, labels: Labels = LABELS,
                   emit: Callable[[Event], None] | None = None) -> Document:
    return Document(1, blank_image(rows, columns, slices), labels=labels, reader="ada", emit=emit)


def scene_of(document: Document, *, rule: PaintRule = PaintRule.all, active: int = 1,
             plane: Plane | None = None) -> Scene:
    plane = plane or Plane(0, 0)
    rows, columns = plane.size(document.image.shape)
    return Scene(document.image, document.mask, document.prediction, document.labels, rule, active, plane,
                 Rect(0, 0, rows, columns), Window(0.5, 1.0), document.reader, document.begin_group)


def at(row: float, column: float) -> ImagePoint:
    return ImagePoint(row, column)


def answer(shape: tuple[int, int, int], filled: dict[int, Rect], *, model: str = "busi") -> Prediction:
    """A prediction on the image's own grid: label 1 inside a rectangle of each slice, nothing where it is empty."""
    slices = {}
    for k, rect in filled.items():
        logits = np.full((1, shape[1], shape[2]), -60, np.int8)
        logits[0][rect.index] = 60
        slices[k] = SliceLogits(logits, (0.0, 0.0, float(shape[1]), float(shape[2])))
    return Prediction(model, "ab" * 32, "sigmoid", (Channel("lesion"),), (1,), (shape[1], shape[2]), slices)
