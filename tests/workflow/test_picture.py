"""Small pictures of images, whatever their values are."""

import numpy as np
import pytest

from urwkv_desktop.formats.fingerprint import picture_hash
from urwkv_desktop.imaging import Geometry, Image, Labels
from urwkv_desktop.workflow.picture import overlay, thumbnail

NAN, INF = np.nan, np.inf


def parametric_map(*values: float) -> Image:
    return Image(np.resize(np.array(values, np.float32), (1, 40, 48)), Geometry.picture())


@pytest.mark.parametrize("values", [(NAN, 0.0, 1.0, 2.0), (INF, -INF, 0.5, 1.0), (NAN,), (INF,), (-3e38, 3e38, 0.0)])
def test_what_is_no_number_is_shown_without_a_warning(values: tuple[float, ...]) -> None:
    image = parametric_map(*values)
    assert thumbnail(image).shape == (80, 96, 3)
    assert 0 <= picture_hash(image) < 1 << 64


def test_numbers_beside_what_is_none_keep_their_contrast() -> None:
    shown = overlay(parametric_map(NAN, 0.0, 1.0, 2.0), np.zeros((1, 40, 48), np.uint8), Labels(), 0)
    assert shown[0, :4, 0].tolist() == [0, 0, 127, 255]
