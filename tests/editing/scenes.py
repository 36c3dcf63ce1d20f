"""Small documents and scenes for the tests of tools."""

from collections.abc import Callable

import numpy as np

from urwkv_desktop.editing.answer import import_edit
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.events import Event
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.state import CaseState
from urwkv_desktop.editing.tools import Brush, Eraser
from urwkv_desktop.editing.tools.stroke import StrokeOptions
from urwkv_desktop.imaging import (
    Channel,
    Geometry,
    Image,
    ImagePoint,
    Label,
    Labels,
    Message,
    Plane,
    Prediction,
    Rect,
    SliceLogits,
    SpacingKind,
    ThirdAxis,
    Window,
)

LABELS = Labels((Label(1, "lesion", "#ffb020"), Label(2, "vessel", "#56b4e9")))
SQUARE = Rect(4, 4, 10, 10)


def blank_image(rows: int = 20, columns: int = 20, slices: int = 1) -> Image:
    axis = ThirdAxis.space if slices > 1 else ThirdAxis.none
    return Image(np.zeros((slices, rows, columns), np.uint8), Geometry.picture(slices=slices, third_axis=axis))


def blank_document(rows: int = 20, columns: int = 20, slices: int = 1, *, labels: Labels = LABELS,
                   emit: Callable[[Event], None] | None = None) -> Document:
    return Document(1, blank_image(rows, columns, slices), labels=labels, reader="ada", emit=emit)


def scene_of(document: Document, *, rule: PaintRule = PaintRule.all, active: int = 1,
             plane: Plane | None = None, with_reach: bool = False) -> Scene:
    plane = plane or Plane(0, 0)
    rows, columns = plane.size(document.image.shape)
    return Scene(document.image, document.mask, document.prediction, document.labels, rule, active, plane,
                 Rect(0, 0, rows, columns), Window(0.5, 1.0), document.reader, document.begin_group,
                 reach=(lambda: document.history.reach) if with_reach else None)


def painted(*slices: str | np.ndarray, labels: Labels = LABELS, spacing: float = 0.0) -> Document:
    """A document whose mask looks like this: ". 1 2" a row, or ids [rows, columns]. spacing: mm of a pixel, 0: none."""
    planes = [_ids(one) if isinstance(one, str) else one for one in slices]
    kind = SpacingKind.calibrated if spacing else SpacingKind.unknown
    axis = ThirdAxis.space if len(planes) > 1 else ThirdAxis.none
    geometry = Geometry.picture(row_spacing=spacing or 1.0, column_spacing=spacing or 1.0, kind=kind,
                                slices=len(planes), third_axis=axis)
    voxels = np.stack(planes)
    document = Document(1, Image(np.zeros(voxels.shape, np.uint8), geometry), labels=labels, reader="ada")
    document.apply(drawn(document, voxels))
    return document


def drawn(document: Document, voxels: np.ndarray) -> MaskEdit:
    """An edit by hand after which the mask is voxels [Z, H, W]."""
    edit = import_edit(document.mask, voxels, group=0, reader="ada")
    return MaskEdit(Message("Drawn"), "drawn", 0, 0, edit.box, edit.before, edit.after)


def _ids(picture: str) -> np.ndarray:
    rows = [line.split() for line in picture.strip().splitlines()]
    return np.asarray([[0 if one == "." else int(one) for one in row] for row in rows], np.uint8)


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


def paint(document: Document, row: float = 6.5, *, label: int = 1, k: int = 0, tool: type[Brush] | type[Eraser] = Brush,
          group: int | None = None) -> None:
    stroke = tool(scene_of(document, active=label, plane=Plane(0, k)), StrokeOptions(size=4))
    stroke.press(at(row, 6.5))
    edit = stroke.release(at(row, 9.5))
    assert edit is not None
    if group is not None:
        edit = MaskEdit(edit.tool, edit.tool_id, group, 0, edit.box, edit.before, edit.after)
    document.apply(edit)


def replayed(document: Document, events: list[Event]) -> CaseState:
    state = CaseState.empty(document.image.shape)
    for event in events:
        state.take(event)
    assert np.array_equal(state.mask.voxels, document.mask.voxels)
    return state
