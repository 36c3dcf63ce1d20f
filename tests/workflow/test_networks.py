from __future__ import annotations

from pathlib import Path

import numpy as np

from urwkv_desktop.imaging import Geometry, Image, ThirdAxis
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.workflow.networks import Networks


def test_the_status_line_names_the_engine_and_what_an_image_takes_from_the_start_of_the_next_day(
    tiny_models: Path, tmp_path: Path
) -> None:
    model = ModelLibrary([tiny_models]).models[0]
    pixels = np.random.default_rng(0).integers(0, 255, (7, 40, 30), np.uint8)
    image = Image(pixels, Geometry.picture(slices=7, third_axis=ThirdAxis.space))
    first = Networks(tmp_path)
    first.predictor(model)
    assert first.note(model.weights_sha256) == "CPU · OpenVINO"
    assert len(list(first.slices(model, image, order=range(7), stop=lambda: False))) == 7
    assert first.note(model.weights_sha256).endswith(" ms")
    second = Networks(tmp_path)
    second.predictor(model)
    assert second.note(model.weights_sha256).startswith("CPU · OpenVINO · ")
    assert second.note(model.weights_sha256).endswith(" ms")


def test_the_time_of_one_model_is_not_shown_for_another(tiny_models: Path, tmp_path: Path) -> None:
    model = ModelLibrary([tiny_models]).models[0]
    image = Image(np.random.default_rng(0).integers(0, 255, (1, 40, 30), np.uint8), Geometry.picture())
    networks = Networks(tmp_path)
    assert networks.note("another") == ""
    assert len(list(networks.slices(model, image, order=[0], stop=lambda: False))) == 1
    assert networks.note(model.weights_sha256).endswith(" ms")
    assert networks.note("another") == networks.note(None) == "CPU · OpenVINO"
