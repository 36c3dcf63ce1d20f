"""The scale bar says which millimetres it means, and the window what it is."""

import numpy as np
import pytest

from urwkv_desktop.gui.canvas.captions import captions
from urwkv_desktop.gui.canvas.orientation import shape_of
from urwkv_desktop.gui.canvas.transform import ViewTransform
from urwkv_desktop.imaging import Geometry, Image, Plane, SpacingKind, Window


@pytest.mark.parametrize(("window", "words"), [
    (Window(40, 400), "W 400  L 40"), (Window(2048, 4096, "HARD", table=bytes(4096)), "HARD"),
])
def test_a_table_of_the_file_is_called_by_its_name(window: Window, words: str) -> None:
    image = Image(np.zeros((1, 40, 50), np.int16), Geometry.picture())
    plane = Plane(0, 0)
    texts = captions(image, plane, shape_of(image, plane), window, ViewTransform(8.0, 8.0, 0.0, 0.0), ratio=1.0,
                     patient=False)
    assert texts.bottom_left == (words,)


@pytest.mark.parametrize(("kind", "modality", "words"), [
    (SpacingKind.detector, "DX", "mm at the detector"), (SpacingKind.calibrated, "DX", "mm, calibrated"),
    (SpacingKind.patient, "CT", "mm"), (SpacingKind.calibrated, "", "mm"), (SpacingKind.unknown, "DX", "px"),
])
def test_the_scale_bar_says_which_millimetres_it_means(kind: SpacingKind, modality: str, words: str) -> None:
    image = Image(np.zeros((1, 40, 50), np.uint8), Geometry.picture(kind=kind), modality=modality)
    plane = Plane(0, 0)
    shape = shape_of(image, plane)
    texts = captions(image, plane, shape, Window(128, 256), ViewTransform(8.0, 8.0, 0.0, 0.0), ratio=1.0, patient=False)
    assert texts.scale is not None
    assert texts.scale.text.split(" ", 1)[1] == words
