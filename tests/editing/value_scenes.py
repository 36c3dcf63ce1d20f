"""Pictures with values and probabilities of their own, and a gesture on them from press to release."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tests.editing.scenes import LABELS, at, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.imaging import (
    Channel,
    Geometry,
    Image,
    ImagePoint,
    Labels,
    Prediction,
    SliceLogits,
    ThirdAxis,
)

SIZE = (20, 20)
PATH = (at(4.5, 4.5), at(12.25, 14.5), at(15, 6))


def random_pixels(seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (1, *SIZE)).astype(np.uint8)


def document_of(pixels: np.ndarray, *, labels: Labels = LABELS, logits: np.ndarray | None = None,
                activation: str = "sigmoid", **about: Any) -> Document:
    """logits: int8 [K, h, w] of slice 0."""
    axis = ThirdAxis.space if len(pixels) > 1 else ThirdAxis.none
    image = Image(pixels, Geometry.picture(slices=len(pixels), third_axis=axis), **about)
    prediction = None
    if logits is not None:
        whole = (0.0, 0.0, float(logits.shape[1]), float(logits.shape[2]))
        prediction = Prediction("busi", "ab" * 32, activation, (Channel("lesion"),), (1,),
                                (pixels.shape[1], pixels.shape[2]), {0: SliceLogits(logits, whole)})
    return Document(1, image, labels=labels, reader="ada", prediction=prediction)


def stroked(document: Document, tool: Any, options: Any, path: Sequence[ImagePoint] = PATH, *, inverted: bool = False,
            **scene: Any) -> MaskEdit | None:
    """The gesture's edit, applied."""
    gesture = tool(scene_of(document, **scene), options, inverted=inverted)
    gesture.press(path[0])
    for place in path[1:]:
        gesture.move(place)
    edit = gesture.release(path[-1])
    assert edit is None or isinstance(edit, MaskEdit)
    if edit is not None:
        document.apply(edit)
    return edit
