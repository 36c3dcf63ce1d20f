"""The library: what is refused, and which model looks at which image."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.inference.tiny_model import write_hashes
from urwkv_desktop.imaging import Geometry, Image, Refusal, ThirdAxis
from urwkv_desktop.inference import vetting
from urwkv_desktop.inference.card import InputSpec, Suits, read_card, write_card
from urwkv_desktop.inference.library import Model, ModelLibrary
from urwkv_desktop.network import GRAPHS
from urwkv_desktop.network.scans import SHIFTS


def with_suits(models: Path, name: str, suits: Suits) -> None:
    """A second model, `tiny`'s files under another card."""
    folder = models / name
    shutil.copytree(models / "tiny", folder)
    write_card(msgspec.structs.replace(read_card(folder / "card.json"), name=name, suits=suits), folder / "card.json")


def why(models: Path, folder: str) -> str:
    library = ModelLibrary([models])
    return str(dict(library.refused)[folder].cause)


def test_a_models_weights_are_named_by_their_hash(tiny: Model) -> None:
    weights = (tiny.folder / "model.safetensors").read_bytes()
    assert tiny.weights_sha256 == hashlib.sha256(weights).hexdigest()


@pytest.mark.parametrize("file", ["model.safetensors", "model.xml", "model.bin"])
def test_a_file_with_another_hash_refuses_its_folder_and_keeps_the_others(models: Path, file: str) -> None:
    shutil.copytree(models / "tiny", models / "spoilt")
    with (models / "spoilt" / file).open("ab") as opened:
        opened.write(b"x")
    library = ModelLibrary([models])
    assert [model.name for model in library.models] == ["tiny"]
    assert why(models, "spoilt") == f"{file} is not the file that its card names: its SHA-256 differs."
    with pytest.raises(Refusal, match="SHA-256"):
        library.get("spoilt")


def test_neighbouring_slices_in_one_channel_are_refused(models: Path) -> None:
    spec = InputSpec(width=64, height=64, order="slices", mean=(0.5,), sd=(0.2,))
    card = read_card(models / "tiny" / "card.json")
    write_card(msgspec.structs.replace(card, input=spec, in_channels=1), models / "tiny" / "card.json")
    assert why(models, "tiny").startswith("A slice and its neighbours are three channels")


def test_an_unknown_graph_is_refused(models: Path) -> None:
    card = json.loads((models / "tiny/card.json").read_text())
    (models / "tiny/card.json").write_text(json.dumps({**card, "graph": "with9x9"}))
    assert why(models, "tiny").startswith("It was made for the graph with9x9 ")


def test_the_graphs_known_here_are_the_networks() -> None:
    assert vetting.GRAPHS == GRAPHS
    assert vetting.SHIFTS == SHIFTS


@pytest.mark.parametrize("name", ["weights.pt", "../tiny/model.bin", "model.pkl"])
def test_a_card_that_lists_a_pickle_or_a_path_is_refused(models: Path, name: str) -> None:
    card = read_card(models / "tiny/card.json")
    write_card(msgspec.structs.replace(card, files={**card.files, name: "0" * 64}), models / "tiny/card.json")
    assert why(models, "tiny") == f"Its card lists {name}, a kind of file that is not opened here."


def test_a_pickle_called_safetensors_is_refused_though_its_hash_is_right(models: Path) -> None:
    folder = models / "tiny"
    (folder / "model.safetensors").write_bytes(b"\x80\x04\x95" + b"\0" * 100)
    write_hashes(folder, read_card(folder / "card.json"))
    assert why(models, "tiny") == "model.safetensors holds no safetensors."


@pytest.mark.parametrize("text", ["", "{", '{"name": "x"}', '{"card_version": 9, "name": "x", "channels": []}', "\xff"])
def test_a_card_that_cannot_be_read_is_refused(models: Path, text: str) -> None:
    (models / "tiny/card.json").write_bytes(text.encode("latin-1"))
    assert why(models, "tiny").startswith("Its card.json can't be read: ")


def test_a_folder_without_a_card_or_a_file_is_refused(models: Path) -> None:
    (models / "empty").mkdir()
    (models / "tiny/model.bin").unlink()
    assert ModelLibrary([models]).models == ()
    assert why(models, "empty") == "Its card.json can't be read: No such file or directory."
    assert why(models, "tiny") == "model.bin can't be read: No such file or directory."


def test_folders_that_are_not_there_hold_no_models(tmp_path: Path) -> None:
    library = ModelLibrary([tmp_path / "nowhere"])
    assert (library.models, library.refused) == ((), ())
    assert str(library.suiting(grey()).reason) == "No model is installed."


def test_of_two_models_of_one_name_the_first_stands(tiny_folder: Path, models: Path) -> None:
    library = ModelLibrary([tiny_folder, models / "tiny"])
    assert [model.folder for model in library.models] == [tiny_folder / "tiny"]
    assert [name for name, _ in library.refused] == ["tiny"]


def test_a_name_that_is_nearly_right_is_offered(tiny_folder: Path) -> None:
    library = ModelLibrary([tiny_folder])
    with pytest.raises(Refusal, match=r"There is no model called tiney\. Did you mean tiny\?"):
        library.get("tiney")
    with pytest.raises(Refusal, match=r"There are: tiny\."):
        library.get("zzz")


# ── suiting ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def grey(modality: str = "", body_part: str = "", slices: int = 1, third: ThirdAxis = ThirdAxis.none) -> Image:
    geometry = Geometry.picture(slices=slices, third_axis=third)
    return Image(np.zeros((slices, 20, 20), np.uint8), geometry, modality=modality, body_part=body_part)


def coloured(share: float) -> Image:
    pixels = np.full((1, 100, 100, 3), 90, np.uint8)
    pixels[0, : int(100 * share), :, 0] = 200
    return Image(pixels, Geometry.picture())


def test_a_model_suits_its_modality_and_is_certain(tiny_folder: Path) -> None:
    suiting = ModelLibrary([tiny_folder]).suiting(grey("US"))
    assert [model.name for model in suiting.models] == ["tiny"]
    assert suiting.is_certain
    assert str(suiting.reason) == "tiny was made for US images."


def test_an_image_that_names_no_modality_is_suited_without_certainty(tiny_folder: Path) -> None:
    suiting = ModelLibrary([tiny_folder]).suiting(grey())
    assert len(suiting.models) == 1
    assert not suiting.is_certain


@pytest.mark.parametrize(
    ("image", "word"),
    [
        (grey("CT"), "US images, and this is CT"),
        (grey("US", slices=3, third=ThirdAxis.space), "single pictures, and this has 3 slices"),
        (grey("US", slices=3, third=ThirdAxis.time), "a film of 3 pictures"),
        (coloured(1.0), "grey pictures, and this is in colour"),
    ],
)
def test_what_no_model_was_made_for_has_none_and_a_sentence(tiny_folder: Path, image: Image, word: str) -> None:
    suiting = ModelLibrary([tiny_folder]).suiting(image)
    assert suiting.models == ()
    assert word in str(suiting.reason)


def test_a_grey_picture_stored_as_rgb_is_grey_with_coloured_callipers_too(tiny_folder: Path) -> None:
    library = ModelLibrary([tiny_folder])
    assert library.suiting(coloured(0.0)).models
    assert library.suiting(coloured(0.02)).models


def test_a_colour_picture_finds_the_colour_model(models: Path) -> None:
    with_suits(models, "skin", Suits(colour="colour"))
    library = ModelLibrary([models])
    assert [model.name for model in library.suiting(coloured(1.0)).models] == ["skin"]
    assert [model.name for model in library.suiting(grey()).models] == ["tiny"]


def test_body_part_counts_where_both_name_one(models: Path) -> None:
    with_suits(models, "breast", Suits(modality=("US",), body_part=("BREAST",), colour="grey"))
    library = ModelLibrary([models])
    assert [model.name for model in library.suiting(grey("US", "HEART")).models] == ["tiny"]
    assert [model.name for model in library.suiting(grey("US", "breast")).models] == ["breast", "tiny"]
    assert [model.name for model in library.suiting(grey("US")).models] == ["breast", "tiny"]


def test_where_none_suits_the_nearest_is_the_one_that_the_sentence_names(models: Path) -> None:
    with_suits(models, "breast", Suits(modality=("US",), body_part=("BREAST",), colour="grey"))
    with_suits(models, "head", Suits(modality=("MR",), body_part=("HEAD",)))
    suiting = ModelLibrary([models]).suiting(grey("MR", "ABDOMEN"))
    assert suiting.models == ()
    assert suiting.nearest is not None
    assert suiting.nearest.name == "head"
    assert str(suiting.reason).startswith("No model suits this image: head was made for the body part HEAD")
    assert ModelLibrary([models]).suiting(grey("US")).nearest is None


def test_a_model_of_axial_slices_wants_slices_that_are_axial(models: Path) -> None:
    shutil.rmtree(models / "tiny/nothing", ignore_errors=True)
    with_suits(models, "brain", Suits(modality=("MR",), dimension="slices", plane="axial"))
    library = ModelLibrary([models])
    axial = Image(np.zeros((4, 8, 8), np.int16), Geometry.from_affine(np.eye(4), 4), modality="MR")
    turned = np.eye(4)[[2, 0, 1, 3]]
    sagittal = Image(np.zeros((4, 8, 8), np.int16), Geometry.from_affine(turned, 4), modality="MR")
    assert [model.name for model in library.suiting(axial).models] == ["brain"]
    assert library.suiting(sagittal).models == ()
    assert "axial" in str(library.suiting(sagittal).reason)


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[2] / "models").glob("*/card.json")),
                         ids=lambda path: path.parent.name)
def test_every_bundled_model_names_the_cases_that_a_faster_precision_costs_most(path: Path) -> None:
    for precision, cost in read_card(path).precisions.items():
        if precision != "float32":
            worst = cost["worst"]
            assert isinstance(worst, list)
            assert worst[0]["id"]
            assert worst[0]["dice"] == pytest.approx(cost["dice_worst"], abs=6e-5)
            assert [one["dice"] for one in worst] == sorted(one["dice"] for one in worst)
