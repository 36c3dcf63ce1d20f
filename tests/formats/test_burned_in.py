"""Burned-in text is suspected at borders, and not in what has none."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.burned_in import GROUNDS, black, body, false_alarms, projection, recall
from tests.formats.builders import only, picture, ultrasound
from urwkv_desktop.formats.burned_in import rows_of_letters, suspected_text
from urwkv_desktop.formats.reading import index, read

Grey = npt.NDArray[np.uint8]


def speckle(height: int = 480, width: int = 640, seed: int = 3) -> Grey:
    """An ultrasound's fan of speckle on black, without a letter."""
    random = np.random.default_rng(seed)
    noise = cv2.GaussianBlur(random.rayleigh(60, (height, width)).astype(np.float32), (0, 0), 1.6)
    rows, columns = np.mgrid[:height, :width]
    away = np.hypot(rows + 60, columns - width / 2)
    fan = (away > 100) & (away < height) & (np.abs(columns - width / 2) < 0.7 * (rows + 60))
    return np.where(fan, np.clip(noise * 1.4, 0, 255), 0).astype(np.uint8)


def with_text(grey: Grey, at: tuple[int, int], *, scale: float = 0.5, value: int = 255) -> Grey:
    drawn = grey.copy()
    cv2.putText(drawn, "DOE JANE 12.04.1961", at, cv2.FONT_HERSHEY_SIMPLEX, scale, value, 1, cv2.LINE_AA)
    return drawn


@pytest.mark.parametrize("at", [(8, 20), (400, 20), (8, 470), (300, 470)])
@pytest.mark.parametrize("scale", [0.4, 0.5, 0.8])
def test_a_name_at_a_border_is_suspected(at: tuple[int, int], scale: float) -> None:
    found = rows_of_letters(with_text(speckle(), at, scale=scale))
    assert any(box.top <= at[1] <= box.bottom + 4 for box in found)


def test_dark_text_on_a_bright_border_is_suspected() -> None:
    assert rows_of_letters(with_text(np.full((480, 640), 230, np.uint8), (10, 20), value=20))


def test_large_pictures_are_looked_at_reduced() -> None:
    assert rows_of_letters(with_text(speckle(2400, 3200), (30, 100), scale=2.6))


@pytest.mark.parametrize("size", [8, 12, 24])
@pytest.mark.parametrize("ground", GROUNDS, ids=[ground.__name__ for ground in GROUNDS])
def test_text_is_suspected_on_every_ground_and_no_ground_alone_is(ground: Callable[[int], Grey], size: int) -> None:
    assert recall(ground, size, faint=False) >= 0.9
    assert false_alarms(ground, 6) == 0


@pytest.mark.parametrize("ground", [black, body, projection])
def test_faint_text_that_was_compressed_is_suspected(ground: Callable[[int], Grey]) -> None:
    assert recall(ground, 12, faint=True) >= 0.9


def test_layers_of_tissue_are_no_letters() -> None:
    rows, columns = np.mgrid[:480, :640]
    layers = 90 + 80 * np.sin(rows / 4 + np.sin(columns / 60)) * (np.sin(columns / 25 + rows / 9) > -0.3)
    assert rows_of_letters(np.clip(layers, 0, 255).astype(np.uint8)) == []


@pytest.mark.parametrize("seed", range(6))
def test_speckle_alone_is_not_suspected(seed: int) -> None:
    assert rows_of_letters(speckle(seed=seed)) == []


@pytest.mark.parametrize("pixels", [np.zeros((64, 64), np.uint8), np.full((64, 64), 9, np.uint16),
                                    np.add.outer(np.arange(90), np.arange(120)).astype(np.uint8)])
def test_flat_and_smooth_pictures_are_not_suspected(pixels: npt.NDArray[np.generic]) -> None:
    assert suspected_text(picture(pixels)) == ()


def test_text_in_the_middle_is_the_image_s_own() -> None:
    assert rows_of_letters(with_text(np.zeros((480, 640), np.uint8), (220, 240))) == []


def test_sixteen_bits_and_colour_are_looked_at_too() -> None:
    grey = with_text(speckle(), (8, 20))
    assert suspected_text(picture(grey.astype(np.uint16) * 200))
    assert suspected_text(picture(np.dstack([grey, grey, grey])))


def test_the_last_frame_of_a_cine_is_looked_at_whatever_its_header_says(tmp_path: Path) -> None:
    frames = np.stack([speckle(), speckle(), with_text(speckle(), (8, 20))])
    ultrasound(tmp_path / "cine.dcm", frames, BurnedInAnnotation="NO")
    image = read(tmp_path, only(index(tmp_path)))
    assert suspected_text(image, "dicom")
