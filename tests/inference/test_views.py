"""Any image: letterbox and stretch there and back, large ones, windows, mirror images and doubt."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from urwkv_desktop.imaging import Geometry, Image, Prediction, Rect
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.predictor import Predictor, load_predictor
from urwkv_desktop.inference.views import blended, spread, windows_along

Pictures = NDArray[np.float32]


class Sees:
    """An engine that answers with a function of its input."""

    name = "sees"

    def __init__(self, answer: Callable[[Pictures], Pictures]) -> None:
        self.answer, self.sizes = answer, list[tuple[int, ...]]()

    def run(self, batch: Pictures) -> Pictures:
        self.sizes.append(batch.shape)
        return np.asarray(self.answer(batch), np.float32)


def bright(batch: Pictures) -> Pictures:
    """Logits that rise with the picture's value: a network that draws what is bright."""
    return np.clip(batch[:, :1] * 4, -10, 10)


def with_card(tiny: Model, **changes: object) -> Model:
    spec = {name: changes.pop(name) for name in ("resize", "width", "height") if name in changes}
    card = msgspec.structs.replace(tiny.card, **changes)
    card = msgspec.structs.replace(card, input=msgspec.structs.replace(card.input, **spec))
    return Model(card, tiny.folder, tiny.weights_sha256)


def disc(rows: int, columns: int, row: float, column: float, radius: float) -> NDArray[np.bool_]:
    r, c = np.mgrid[:rows, :columns]
    return np.asarray((r + 0.5 - row) ** 2 + (c + 0.5 - column) ** 2 <= radius**2)


def image_of(truth: NDArray[np.bool_]) -> Image:
    return Image((truth[None] * 255).astype(np.uint8), Geometry.picture())


def dice(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float(2 * (one & other).sum() / (one.sum() + other.sum()))


@pytest.mark.parametrize("resize", ["stretch", "letterbox"])
@pytest.mark.parametrize("size", [(64, 64), (200, 200), (300, 120), (90, 400), (33, 47), (1000, 100)])
def test_a_mask_lies_where_the_bright_disc_lies(tiny: Model, resize: str, size: tuple[int, int]) -> None:
    rows, columns = size
    truth = disc(rows, columns, rows * 0.4, columns * 0.6, min(size) * 0.3)
    mask = Predictor(with_card(tiny, resize=resize), Sees(bright)).predict(image_of(truth), labels=(1,)).label_map(0)
    r, c = np.nonzero(mask)
    assert dice(mask > 0, truth) > (0.93 if max(size) < 10 * min(size) or resize == "stretch" else 0.7)
    scale = max(size) / 64
    assert abs(r.mean() + 0.5 - rows * 0.4) < 0.25 * scale
    assert abs(c.mean() + 0.5 - columns * 0.6) < 0.25 * scale


@pytest.mark.parametrize("shape", [(1, 60, 50), (1, 60, 50, 3)])
@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
def test_every_depth_and_colour_gives_the_same_mask(tiny: Model, shape: tuple[int, ...], kind: type) -> None:
    truth = disc(60, 50, 30, 25, 15)
    full = 1.0 if kind is np.float32 else np.iinfo(kind).max
    pixels = np.broadcast_to((truth[None, ..., None] if len(shape) == 4 else truth[None]), shape).astype(kind)
    mask = Predictor(tiny, Sees(bright)).predict(Image((pixels * full).astype(kind), Geometry.picture()), labels=(1,))
    assert dice(mask.label_map(0) > 0, truth) > 0.97


def test_the_border_on_a_4096_pixel_image_is_no_staircase(tiny: Model) -> None:
    """One cell of the network's grid covers 64 pixels here; a staircase would leave a circle by half of that."""
    size, radius = 4096, 1300.0
    r, c = np.mgrid[:64, :64]
    away = radius / 64 - np.hypot(r + 0.5 - 32, c + 0.5 - 32)
    engine = Sees(lambda batch: np.clip(away * 2, -10, 10)[None, None])
    prediction = Predictor(tiny, engine).predict(Image(np.zeros((1, size, size), np.uint8), Geometry.picture()),
                                                 labels=(1,))
    errors = []
    for row in range(900, 3200, 7):
        line = prediction.label_map(0, Rect(row, 0, row + 1, size))[0]
        edges = np.flatnonzero(np.diff(line))
        half = np.sqrt(radius**2 - (row + 0.5 - size / 2) ** 2)
        errors += [abs(edges[0] + 1 - (size / 2 - half)), abs(edges[1] + 1 - (size / 2 + half))]
    assert max(errors) < 12
    assert np.mean(errors) < 4


# ── windows ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [1, 64, 65, 100, 128, 200, 1024])
def test_windows_cover_everything_and_overlap_by_a_quarter(size: int) -> None:
    starts = windows_along(size, 64)
    covered = {cell for start in starts for cell in range(start, min(start + 64, size))}
    assert covered == set(range(size))
    assert all(second - first <= 48 for first, second in pairwise(starts))
    assert starts[-1] + 64 == max(64, size)


def test_windows_that_agree_leave_no_seam() -> None:
    picture = np.random.default_rng(0).standard_normal((3, 160, 224)).astype(np.float32)
    found = blended(lambda batch: batch[:, :1] * 2, picture, 64, 64)
    np.testing.assert_allclose(found, picture[:1] * 2, atol=1e-5)


def test_windows_that_disagree_fade_into_each_other() -> None:
    values = iter([0.0, 8.0])
    found = blended(lambda batch: np.full((1, 1, 64, 64), next(values), np.float32), np.zeros((3, 64, 112), np.float32),
                    64, 64)[0]
    assert (found[0, 0], found[0, -1]) == (0, 8)
    assert np.abs(np.diff(found[30])).max() < 1.2


def test_an_image_larger_than_the_field_is_looked_at_in_windows_where_the_card_says_so(tiny: Model) -> None:
    truth = np.zeros((512, 512), bool)
    truth[100:104, :] = True  # four pixels: on the plain grid of 64 half a cell, too little to be seen
    plain = Predictor(tiny, Sees(bright)).predict(image_of(truth), labels=(1,))
    engine = Sees(bright)
    tiled = Predictor(with_card(tiny, tiles=4), engine).predict(image_of(truth), labels=(1,))
    assert plain.slices[0].logits.shape == (1, 64, 64)
    assert tiled.slices[0].logits.shape == (1, 256, 256)
    assert {size[1:] for size in engine.sizes} == {(3, 64, 64)}
    assert dice(tiled.label_map(0) > 0, truth) > dice(plain.label_map(0) > 0, truth) + 0.2


def test_a_small_image_is_never_tiled(tiny: Model) -> None:
    engine = Sees(bright)
    Predictor(with_card(tiny, tiles=4), engine).predict(image_of(disc(60, 50, 30, 25, 15)), labels=(1,))
    assert engine.sizes == [(1, 3, 64, 64)]


# ── mirror images and doubt ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_that_does_not_care_for_mirrors_leaves_no_doubt() -> None:
    pictures = np.random.default_rng(0).standard_normal((2, 3, 16, 16)).astype(np.float32)
    assert spread(bright, pictures, "sigmoid").max() < 1e-6


def test_half_yes_and_half_no_is_the_largest_doubt() -> None:
    picture = np.zeros((1, 1, 4, 4), np.float32)
    answers = iter([30.0, -30.0, 30.0, -30.0])
    doubt = spread(lambda batch: np.full_like(batch, next(answers)), picture, "sigmoid")
    np.testing.assert_allclose(doubt, 1, atol=1e-5)


def left_half(batch: Pictures) -> Pictures:
    """Draws on the left half, whatever it sees: sure of nothing when mirrored."""
    logits = np.full_like(batch[:, :1], -8)
    logits[..., :32] = 8
    return logits


@pytest.mark.parametrize("flips", [False, True])
def test_a_doubt_map_is_returned_with_the_same_mask(tiny: Model, flips: bool) -> None:
    image = image_of(disc(100, 80, 50, 40, 20))
    predictor = Predictor(with_card(tiny, flips=flips), Sees(bright))
    plain, doubted = (predictor.predict(image, labels=(1,), doubt=doubt) for doubt in (False, True))
    np.testing.assert_array_equal(plain.label_map(0), doubted.label_map(0))
    assert (plain.doubts, sorted(doubted.doubts)) == ({}, [0])
    unsure = Predictor(tiny, Sees(left_half)).predict(image, labels=(1,), doubt=True).doubt(0)
    assert unsure.shape == (100, 80)
    assert unsure.min() > 0.99


def test_doubt_lies_where_the_image_lies_on_a_letterboxed_grid(tiny: Model) -> None:
    def unsteady_right(batch: Pictures) -> Pictures:
        logits = np.full_like(batch[:, :1], -8)
        logits[..., :, 32:] = np.where(batch[:, :1, :, 32:] > 0.5, 8, -8)  # bright and right: yes; when mirrored: no
        return logits

    pixels = np.zeros((1, 32, 128), np.uint8)
    pixels[0, :, 96:] = 255
    predictor = Predictor(with_card(tiny, resize="letterbox"), Sees(unsteady_right))
    doubt = predictor.predict(Image(pixels, Geometry.picture()), labels=(1,), doubt=True).doubt(0)
    assert doubt.shape == (32, 128)
    assert doubt[:, 100:].min() > 0.9
    assert doubt[:, :90].max() < 0.1


def test_without_mirror_images_doubt_is_the_entropy_of_the_probability(tiny: Model) -> None:
    image = image_of(np.ones((9, 9), bool))
    unsure = Predictor(tiny, Sees(lambda batch: batch[:, :1] * 0)).predict(image, labels=(1,))
    sure = Predictor(tiny, Sees(lambda batch: batch[:, :1] * 0 - 10)).predict(image, labels=(1,))
    np.testing.assert_allclose(unsure.doubt(0), 1, atol=1e-5)
    assert sure.doubt(0).max() < 0.01
    rect = Rect(2, 3, 7, 8)
    np.testing.assert_array_equal(unsure.doubt(0, rect), unsure.doubt(0)[rect.index])


def test_a_real_network_doubts_some_of_its_answer(tiny: Model) -> None:
    image = Image(np.random.default_rng(0).integers(0, 255, (1, 70, 90), np.uint8), Geometry.picture())
    found: Prediction = load_predictor(tiny, device="cpu", cache=None).predict(image, labels=(1,), doubt=True)
    assert 0 < found.doubt(0).max() <= 1.001
