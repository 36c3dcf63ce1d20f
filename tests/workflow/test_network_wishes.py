"""Where the network runs and what mirror images are used for, as a person chooses it for the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.homes import MODEL, make_folder, working
from urwkv_desktop.imaging import Geometry, Image
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.inference.predictor import load_predictor
from urwkv_desktop.workflow.networks import Networks
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.settings import Network


def mirrored(image: Image, places: Places) -> np.ndarray:
    """What the model draws where it averages mirror images."""
    model = ModelLibrary(places.model_folders).get(MODEL)
    predictor = load_predictor(model, cache=None, flips=True)
    return predictor.predict(image, labels=(1,)).label_map(0)


@pytest.mark.parametrize("device", ["npu", "cuda"])
def test_a_device_that_is_not_there_is_said_and_the_processor_draws_the_mask(
        device: str, places: Places, tmp_path: Path) -> None:
    with working(make_folder(tmp_path / "images"), places, network=Network(device=device)) as work:  # type: ignore[arg-type]
        work.settle()
        document = work.show("a")
        work.settle()
        assert document.mask.voxels.any()
        said = [str(found.message) for found in work.session.findings if found.code == "inference.no-device"]
        assert len(said) == 1
        assert said[0].endswith("CPU · OpenVINO goes on.")
        assert work.session.engine_note.startswith("CPU · OpenVINO")


def test_averaged_mirror_images_change_the_mask_from_the_next_look_on(places: Places, tmp_path: Path) -> None:
    with working(make_folder(tmp_path / "images"), places) as work:
        work.settle()
        document = work.show("a")
        work.settle()
        plain = document.mask.voxels[0].copy()
        work.session.choose_network(Network(mirror="average"))
        assert np.array_equal(document.mask.voxels[0], plain)
        work.session.predict_again()
        work.settle()
        wanted = mirrored(document.image, places)
        assert np.array_equal(document.mask.voxels[0] > 0, wanted > 0)
        assert not np.array_equal(wanted > 0, plain > 0)
        assert "×2" in work.session.engine_note


def test_the_doubt_is_what_mirror_images_say_and_the_mask_stays(places: Places, tmp_path: Path) -> None:
    with working(make_folder(tmp_path / "images"), places) as work:
        work.settle()
        document = work.show("a")
        work.settle()
        plain, before = document.mask.voxels[0].copy(), document.prediction
        assert before is not None
        work.session.choose_network(Network(mirror="doubt"))
        work.session.predict_again()
        work.settle()
        after = document.prediction
        assert after is not None
        assert np.array_equal(document.mask.voxels[0], plain)
        assert set(after.doubts) == {0}
        assert not np.allclose(after.doubt(0), before.doubt(0))


def test_another_device_is_loaded_at_the_next_look_and_named(tiny_models: Path, tmp_path: Path) -> None:
    model = ModelLibrary([tiny_models]).models[0]
    image = Image(np.random.default_rng(0).integers(0, 255, (1, 40, 30), np.uint8), Geometry.picture())
    networks = Networks(tmp_path, Network(device="cpu"))
    first = networks.predictor(model)
    assert networks.predictor(model) is first
    networks.choose(Network(device="cpu", mirror="average"))
    assert len(list(networks.slices(model, image, order=[0], stop=lambda: False))) == 1
    assert networks.predictor(model) is not first
    assert networks.note(model.weights_sha256).startswith("CPU · OpenVINO ×2 · ")
