"""The probability brush and interpolation on real pictures and series, by a hand on the canvas; nothing is kept."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from tests.gui.canvas.hand import CTRL, LABELS, drag, place
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.operations import OPERATIONS, InterpolateOptions, interpolate
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.tools import Brush, ProbabilityBrush
from urwkv_desktop.editing.work import Work
from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import Image
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.inference.predictor import Predictor, load_predictor
from urwkv_desktop.workflow import find_places

WHOLE = 1000.0  # pixels: a brush that covers nearly all of these pictures at one press


@pytest.fixture(scope="module")
def predictors(lent_data: Path) -> dict[str, Predictor]:
    library = ModelLibrary([find_places().models])
    return {name: load_predictor(library.get(name), device="cpu", cache=None) for name in ("busi", "hippocampus")}


def image_of(root: Path, name: str) -> Image:
    """The case that this file is."""
    (source,) = index(root, [root / name])
    return read(root, source)


def document_of(image: Image) -> Document:
    return Document(1, image, labels=LABELS, reader="ada")


def checked(view: CanvasView, document: Document, k: int) -> None:
    """In slice k the brush draws at the network's own threshold what the network drew, and at others what passes them;
    Ctrl takes away what does not."""
    said = document.prediction
    assert said is not None
    view.set_slice(k)
    middle = QPointF(view.width() / 2, view.height() / 2).toPoint()
    own = said.channels[0].threshold if said.activation == "sigmoid" else 0.5
    probability = said.probability(k)[0 if said.activation == "sigmoid" else 1]
    hand, (rows, columns) = view.transform.to_image(middle.x(), middle.y()), np.indices(probability.shape) + 0.5
    covered, sizes = np.hypot(rows - hand.row, columns - hand.column) < WHOLE / 2 - 1, []
    for threshold in (own, 0.02, 0.9):
        view.set_tool(ProbabilityBrush, ProbabilityBrush.Options(size=WHOLE, threshold=threshold))
        drag(view, [middle])
        drawn = document.mask.voxels[k] == 1
        clear = covered & (np.abs(probability - threshold) > 1e-5)  # beyond the rounding of log odds
        assert np.array_equal(drawn[clear], (probability > threshold)[clear])
        if threshold == own and said.activation == "sigmoid":
            assert np.array_equal(drawn[covered], (said.label_map(k) == 1)[covered])
        sizes.append(int(drawn.sum()))
        while document.history.can_undo:
            document.undo()
    assert sizes[1] >= sizes[2]
    view.set_tool(Brush, Brush.Options(size=WHOLE))
    drag(view, [middle])
    view.set_tool(ProbabilityBrush, ProbabilityBrush.Options(size=WHOLE, threshold=0.3))
    drag(view, [middle], held=CTRL)
    clear = covered & (np.abs(probability - 0.3) > 1e-5)
    assert np.array_equal((document.mask.voxels[k] == 1)[clear], (probability > 0.3)[clear])
    while document.history.can_undo:
        document.undo()


def test_the_probability_brush_draws_on_breast_ultrasound_what_the_network_thinks(
        view: CanvasView, lent_data: Path, predictors: dict[str, Predictor]) -> None:
    with (lent_data / "busi" / "folds.csv").open(encoding="utf-8") as rows:
        names = [row["image"] for row in csv.DictReader(rows)]
    some = [next(name for name in names if kind in name) for kind in ("benign", "malignant", "normal")]
    found = 0
    for name in some:
        image = image_of(lent_data / "busi", name)
        document = document_of(image)
        document.prediction = predictors["busi"].predict(image, labels=(1,))
        view.show_document(document)
        checked(view, document, 0)
        found += int((document.prediction.label_map(0) == 1).sum())
        assert next(one for one in OPERATIONS if one.id == "interpolate").refusal(view.scene()) is not None  # type: ignore[arg-type]
    assert found > 0


@pytest.mark.parametrize(("name", "model"), [("us_single", "busi"), ("mr_brain_rounded_positions", "hippocampus"),
                                             ("mr_brain_oblique", "hippocampus")])
def test_the_probability_brush_draws_on_dicom_what_the_network_thinks(
        view: CanvasView, lent_data: Path, predictors: dict[str, Predictor], name: str, model: str) -> None:
    root, predictor = lent_data / "dicom" / name, predictors[model]
    image = read(root, index(root)[0])
    middle = image.shape[0] // 2
    document = document_of(image)
    document.prediction = predictor.predict(image, labels=tuple(range(1, len(predictor.channels) + 1)), order=[middle])
    view.show_document(document)
    checked(view, document, middle)


@pytest.mark.parametrize("name", ["ct_head_axial", "mr_brain_oblique", "mr_brain_rounded_positions"])
@pytest.mark.parametrize("axis", [0, 1])
def test_what_is_drawn_in_two_slices_of_a_series_is_joined_through_those_between(view: CanvasView, lent_data: Path,
                                                                                 name: str, axis: int) -> None:
    root = lent_data / "dicom" / name
    (source,) = [one for one in index(root) if len(one.files) > 10]
    document = document_of(read(root, source))
    view.show_document(document)
    view.set_axis(axis)
    rows, columns = view.plane.size(document.image.shape)
    size = 0.5 * min(rows, columns)
    first = document.image.shape[axis] // 2 - 3
    for index_, share in ((first, 0.5), (first + 6, 1.0)):
        view.set_slice(index_)
        view.set_tool(Brush, Brush.Options(size=max(3.0, share * size)))
        drag(view, [place(view, rows / 2, columns / 2)])
    before = document.mask.voxels.copy()
    scene = view.scene()
    assert scene is not None
    made = interpolate(scene, InterpolateOptions())
    made = made.run() if isinstance(made, Work) else made
    assert isinstance(made, Suggestion)
    document.suggest(made)
    assert np.array_equal(document.mask.voxels, before)
    document.take_suggestion()
    areas = [int((document.mask.voxels.take(at, axis=axis) == 1).sum()) for at in range(first, first + 7)]
    assert all(areas)
    assert areas == sorted(areas)
    outside = np.delete(document.mask.voxels, np.arange(first + 1, first + 6), axis=axis)
    assert np.array_equal(outside, np.delete(before, np.arange(first + 1, first + 6), axis=axis))
    document.undo()
    assert np.array_equal(document.mask.voxels, before)
