"""Image -> Prediction on a small real graph, and the predictor's manners on engines that answer as told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.inference.tiny_model import make_tiny_model
from urwkv_desktop.imaging import Geometry, Image, Refusal, ThirdAxis
from urwkv_desktop.inference.card import CardChannel, InputSpec, Suits
from urwkv_desktop.inference.engine import EngineFailure
from urwkv_desktop.inference.library import Model, ModelLibrary
from urwkv_desktop.inference.openvino_engine import takes_bfloat16
from urwkv_desktop.inference.predictor import Predictor, fastest_precision, load_predictor, outwards
from urwkv_desktop.inference.prepare import limits_of, prepare


class Echo:
    """An engine whose logits are its input's first channel, scaled; it fails where `fails` says so."""

    def __init__(self, name: str = "echo", fails: Iterator[bool] | None = None, value: float | None = None) -> None:
        self.name, self.fails, self.value = name, fails or iter(()), value
        self.batches: list[int] = []

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        if next(self.fails, False):
            raise EngineFailure("out of memory")
        self.batches.append(len(batch))
        return batch[:, :1] * 10 if self.value is None else np.full_like(batch[:, :1], self.value)


class Levels:
    """An engine that answers each channel's one logit everywhere."""

    name = "levels"

    def __init__(self, *logits: float) -> None:
        self.logits = np.asarray(logits, np.float32)[None, :, None, None]

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.broadcast_to(self.logits, (len(batch), self.logits.size, *batch.shape[2:]))


@pytest.fixture(scope="module")
def predictor(tiny: Model) -> Predictor:
    return load_predictor(tiny, device="cpu", cache=None)


def noise(shape: tuple[int, ...], dtype: type = np.uint8, seed: int = 0) -> Image:
    pixels = np.random.default_rng(seed).integers(0, np.iinfo(dtype).max, shape, dtype)
    return Image(pixels, Geometry.picture(slices=shape[0], third_axis=ThirdAxis.space))


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 7, 500), (1, 64, 64), (1, 333, 210), (1, 40, 90, 3), (3, 50, 20)])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_any_size_depth_and_colour_gets_a_mask_of_its_own_size(
    predictor: Predictor, shape: tuple[int, ...], dtype: type
) -> None:
    image = noise(shape, dtype)
    prediction = predictor.predict(image, labels=(4,))
    for k in range(shape[0]):
        assert prediction.label_map(k).shape == shape[1:3]
        assert set(np.unique(prediction.label_map(k))) <= {0, 4}
    assert prediction.weights_sha256 == predictor.model.weights_sha256
    assert [channel.name for channel in prediction.channels] == ["lesion"]


def test_the_stored_mask_is_that_of_the_logits_but_within_half_a_step(predictor: Predictor) -> None:
    image = noise((1, 64, 64))
    spec = predictor.model.card.input
    prepared = prepare(image, spec, 0, limits=limits_of(image, spec.intensity))
    exact = predictor.engine.run(prepared.array[None])[0, 0]
    mask = predictor.predict(image, labels=(1,)).label_map(0) > 0
    differs = mask != (exact > 0)
    assert 0 < mask.sum() < mask.size
    assert np.abs(exact[differs]).max(initial=0) <= 0.5 / 12 + 1e-6


def test_stored_logits_are_steps_of_a_twelfth_and_clipped(tiny: Model) -> None:
    image = noise((1, 64, 64))
    stored = Predictor(tiny, Echo(value=1.0)).predict(image, labels=(1,)).slices[0].logits
    assert stored.dtype == np.int8
    assert np.unique(stored).tolist() == [12]
    for value, step in ((1e6, 127), (-1e6, -127), (0.04, 0), (-0.05, -1)):
        assert np.unique(Predictor(tiny, Echo(value=value)).predict(image, labels=(1,)).slices[0].logits) == step


def test_the_surer_of_two_very_sure_labels_is_drawn(tmp_path: Path) -> None:
    """Logits that softmax is asked of run to hundreds: what is stored still tells which label lay ahead."""
    channels = (CardChannel("anterior"), CardChannel("posterior"))
    make_tiny_model(tmp_path / "two", channels=channels, activation="softmax")
    model = ModelLibrary([tmp_path]).get("two")
    prediction = Predictor(model, Levels(20, 150, 400)).predict(noise((1, 64, 64)), labels=(5, 7))
    assert np.unique(prediction.label_map(0)).tolist() == [7]
    prediction = Predictor(model, Levels(-300, -41, -40)).predict(noise((1, 64, 64)), labels=(5, 7))
    np.testing.assert_allclose(prediction.probability(0)[:, 0, 0], [0, 0.269, 0.731], atol=0.01)


def test_a_letterboxed_answer_lies_where_the_image_lay(tiny: Model) -> None:
    spec = msgspec.structs.replace(tiny.card.input, resize="letterbox")
    model = Model(msgspec.structs.replace(tiny.card, input=spec), tiny.folder, tiny.weights_sha256)
    pixels = np.zeros((1, 32, 128), np.uint8)
    pixels[0, :, 64:] = 255
    mask = Predictor(model, Echo()).predict(Image(pixels, Geometry.picture()), labels=(1,)).label_map(0)
    np.testing.assert_array_equal(mask, pixels[0] > 0)


def test_an_axial_model_draws_on_the_volume_as_it_is_stored(tiny: Model) -> None:
    spec = msgspec.structs.replace(tiny.card.input, plane="axial")
    model = Model(msgspec.structs.replace(tiny.card, input=spec), tiny.folder, tiny.weights_sha256)
    affine = np.asarray([[0, -1, 0, 0], [-1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1.0]])
    pixels = np.zeros((2, 64, 128), np.uint8)
    pixels[1, 8:24, 4:60] = 255
    image = Image(pixels, Geometry.from_affine(affine, 2))
    prediction = Predictor(model, Echo()).predict(image, labels=(1,))
    np.testing.assert_array_equal(prediction.label_map(1), pixels[1] > 0)


def test_slices_come_in_the_order_asked_for(tiny: Model) -> None:
    order = outwards(2, 5)
    assert order == [2, 3, 1, 4, 0]
    got = [k for k, _ in Predictor(tiny, Echo()).slices(noise((5, 20, 20)), order=order)]
    assert got == order


def test_a_slice_is_answered_before_the_next_is_prepared(tiny: Model) -> None:
    engine = Echo()
    answers = Predictor(tiny, engine).slices(noise((5, 20, 20)))
    next(answers)
    assert engine.batches == [1]


def test_slices_go_to_a_graphics_card_together(tiny: Model) -> None:
    engine = Echo()
    together = Predictor(tiny, engine, batch=4).predict(noise((6, 20, 20)), labels=(1,))
    alone = Predictor(tiny, Echo()).predict(noise((6, 20, 20)), labels=(1,))
    assert engine.batches == [4, 2]
    for k in range(6):
        np.testing.assert_array_equal(together.slices[k].logits, alone.slices[k].logits)


def test_progress_is_reported_and_stop_keeps_what_is_done(tiny: Model) -> None:
    seen: list[tuple[int, int]] = []
    prediction = Predictor(tiny, Echo()).predict(
        noise((5, 20, 20)), labels=(1,), order=(3, 1, 0), report=lambda *at: seen.append(at),
        stop=lambda: len(seen) == 2,
    )
    assert seen == [(1, 3), (2, 3)]
    assert list(prediction.slices) == [3, 1]


def test_an_engine_that_fails_in_the_middle_is_replaced_with_a_sentence(tiny: Model) -> None:
    cpu = Echo("CPU")
    predictor = Predictor(tiny, Echo("CUDA", iter([False, True])), fallback=lambda: cpu)
    prediction = predictor.predict(noise((3, 20, 20)), labels=(1,))
    assert sorted(prediction.slices) == [0, 1, 2]
    assert predictor.engine is cpu
    assert [str(finding.message) for finding in predictor.findings] == ["CUDA stopped working; CPU goes on."]


def test_logits_that_are_no_numbers_count_as_a_failure(tiny: Model) -> None:
    predictor = Predictor(tiny, Echo("CUDA", value=np.nan), fallback=lambda: Echo("CPU"))
    predictor.predict(noise((1, 20, 20)), labels=(1,))
    assert predictor.engine.name == "CPU"


def test_an_engine_without_another_behind_it_refuses(tiny: Model) -> None:
    with pytest.raises(Refusal, match="CPU stopped working on this image"):
        Predictor(tiny, Echo("CPU", iter([True]))).predict(noise((1, 20, 20)), labels=(1,))


def test_a_label_for_each_channel_is_asked_for(predictor: Predictor) -> None:
    with pytest.raises(ValueError):
        predictor.predict(noise((1, 20, 20)), labels=())


def test_a_softmax_model_names_its_labels_without_the_background(tmp_path: Path) -> None:
    channels = (CardChannel("anterior"), CardChannel("posterior"))
    make_tiny_model(tmp_path / "two", channels=channels, activation="softmax", suits=Suits(dimension="slices"))
    model = ModelLibrary([tmp_path]).get("two")
    predictor = load_predictor(model, device="cpu", cache=None)
    prediction = predictor.predict(noise((2, 40, 30)), labels=(5, 9))
    assert [channel.name for channel in predictor.channels] == ["anterior", "posterior"]
    assert prediction.slices[0].logits.shape == (3, 64, 64)
    assert set(np.unique(prediction.label_map(0))) <= {0, 5, 9}


def test_a_graph_that_is_not_square_is_run_as_its_card_says(tmp_path: Path) -> None:
    make_tiny_model(tmp_path / "wide", spec=InputSpec(width=96, height=64))
    predictor = load_predictor(ModelLibrary([tmp_path]).get("wide"), device="cpu", cache=None)
    assert predictor.predict(noise((1, 30, 70)), labels=(1,)).slices[0].logits.shape == (1, 64, 96)


@pytest.mark.parametrize(
    ("precisions", "expected"),
    [
        ({"float32": {}}, "f32"),
        ({"int8": {"dice_mean": 0.002}}, "f32"),  # measured, but its graph is not among the files
        ({"bfloat16": {"dice_mean": -0.002}}, "f32"),
        ({"bfloat16": {}}, "f32"),
    ],
)
def test_a_faster_precision_needs_its_measured_difference(
    tiny: Model, precisions: dict[str, dict[str, float]], expected: str
) -> None:
    card = msgspec.structs.replace(tiny.card, precisions=precisions)
    assert fastest_precision(Model(card, tiny.folder, ""))[0] == expected


def test_a_measured_bfloat16_is_taken_where_the_cpu_has_it_and_says_so(tiny: Model) -> None:
    card = msgspec.structs.replace(tiny.card, precisions={"bfloat16": {"dice_mean": -0.0009}})
    model = Model(card, tiny.folder, tiny.weights_sha256)
    names = {device: load_predictor(model, device=device, cache=None).engine.name for device in ("auto", "cpu")}
    assert names == {"auto": "CPU · OpenVINO" + " bfloat16" * takes_bfloat16(), "cpu": "CPU · OpenVINO"}


def test_a_measured_int8_graph_is_taken(tiny: Model) -> None:
    card = msgspec.structs.replace(
        tiny.card, precisions={"int8": {"dice_mean": -0.002}}, files={**tiny.card.files, "model.int8.xml": ""}
    )
    assert fastest_precision(Model(card, tiny.folder, "")) == ("int8", "model.int8.xml")


def test_a_card_with_flips_averages_the_answers_to_a_picture_and_its_mirror_image(tiny: Model) -> None:
    card = msgspec.structs.replace(tiny.card, flips=True)
    image = noise((1, 64, 64))
    mirrored = Image(image.pixels[:, :, ::-1].copy(), image.geometry)
    both = load_predictor(Model(card, tiny.folder, tiny.weights_sha256), device="cpu", cache=None)
    alone = load_predictor(tiny, device="cpu", cache=None)
    answer = both.predict(image, labels=(1,)).slices[0].logits
    assert np.array_equal(answer, both.predict(mirrored, labels=(1,)).slices[0].logits[..., ::-1])
    assert not np.array_equal(answer, alone.predict(image, labels=(1,)).slices[0].logits)
    asked = load_predictor(tiny, device="cpu", cache=None, flips=True)
    assert np.array_equal(answer, asked.predict(image, labels=(1,)).slices[0].logits)
