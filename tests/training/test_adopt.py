"""Weights that were trained elsewhere: what is taken, what is asked, what is refused and why."""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from urwkv_desktop.imaging import Geometry, Image, Refusal
from urwkv_desktop.inference.card import InputSpec
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.inference.predictor import load_predictor
from urwkv_desktop.network import build_network
from urwkv_desktop.training import checkpoint as checkpoints
from urwkv_desktop.training.adopt import PUBLISHED_INPUT, Wish, adopt, graph_of, shapes
from urwkv_desktop.training.checkpoint import read_checkpoint

DIMS = (8, 8, 8, 16, 16)
SMALL_INPUT = InputSpec(width=32, height=32)
State = dict[str, Tensor]


def trained(graph: str = "with2x4", *, classes: int = 1, steps: int = 1) -> State:
    """A state dict as a training script elsewhere would save it."""
    torch.manual_seed(0)
    network = build_network(graph, num_classes=classes, dims=DIMS)
    for _ in range(steps):
        network(torch.rand(2, 3, 32, 32))
    return network.state_dict()


def saved(folder: Path, found: object, name: str = "weights.pth") -> Path:
    torch.save(found, folder / name)
    return folder / name


def wish(**changes: Any) -> Wish:
    return Wish(**{"name": "mine", "input": SMALL_INPUT, **changes})


def test_a_checkpoint_becomes_a_model_that_the_library_takes_and_that_predicts(tmp_path: Path) -> None:
    state = trained()
    card = adopt(saved(tmp_path, state), wish(labels=("Polyp",)), tmp_path / "models")
    library = ModelLibrary([tmp_path / "models"])
    assert (library.refused, library.get("mine").card) == ((), card)
    assert (card.graph, card.dims, card.metrics, set(card.precisions)) == ("with2x4", DIMS, {}, {"float32"})
    image = Image(np.random.default_rng(0).integers(0, 255, (1, 40, 50), np.uint8), Geometry.picture())
    prediction = load_predictor(library.get("mine"), cache=None).predict(image, labels=(1,))
    assert prediction.channels[0].name == "Polyp"
    assert prediction.label_map(0).shape == (40, 50)
    kept = load_file(tmp_path / "models" / "mine" / "model.safetensors")
    assert set(kept) == set(state)  # dead ones too, for the authors' code to read
    for name in ("outconv.weight", "stem.0.bias"):
        assert torch.equal(kept[name].float(), state[name].half().float())


def test_what_the_authors_loader_feeds_is_what_an_imported_model_is_fed() -> None:
    values = np.float32(200 / 255)
    theirs = (values - np.asarray((0.485, 0.456, 0.406))) / np.asarray((0.229, 0.224, 0.225)) / 255
    ours = (values / PUBLISHED_INPUT.divisor - np.asarray(PUBLISHED_INPUT.mean)) / np.asarray(PUBLISHED_INPUT.sd)
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)
    assert PUBLISHED_INPUT.order == "BGR"


@pytest.mark.parametrize("pack", [
    lambda state: state,
    lambda state: {"model_state_dict": state},
    lambda state: {"epoch": 3, "optimizer": {"lr": 0.1}, "state_dict": state},
    lambda state: {f"module.{name}": tensor for name, tensor in state.items()},
    lambda state: {**state, "e1.total_ops": torch.zeros(1), "total_params": torch.zeros(1)},
])
def test_every_container_that_is_met_in_public_is_read(tmp_path: Path, pack: Callable[[State], object]) -> None:
    state = trained()
    assert set(read_checkpoint(saved(tmp_path, pack(state)))) == set(state)


# ── which graph ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("graph", ["with2x4", "simpchinchout", "decx2"])
def test_a_file_tells_its_graph_by_the_branch_that_never_saw_a_batch(graph: str) -> None:
    state = trained(graph)
    assert graph_of(Path("x"), state, shapes(Path("x"), state), None) == graph


def test_where_the_file_does_not_tell_the_graph_is_asked(tmp_path: Path) -> None:
    path = saved(tmp_path, trained(steps=0))
    with pytest.raises(Refusal, match="Which graph was it trained in") as asked:
        adopt(path, wish(), tmp_path)
    assert "--graph" in str(asked.value.cure)
    state = read_checkpoint(path)
    assert graph_of(path, state, shapes(path, state), "simpchinchout") == "simpchinchout"


def test_a_graph_that_the_file_contradicts_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, trained("simpchinchout"))
    with pytest.raises(Refusal, match="those of simpchinchout, not of with2x4"):
        adopt(path, wish(graph="with2x4"), tmp_path)


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Runs:
    """What a pickle with code looks like: loading it would make a folder."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
        return os.mkdir, (str(self.place),)


def test_a_pickle_with_code_is_refused_and_the_code_does_not_run(tmp_path: Path) -> None:
    for number, write in enumerate((torch.save, lambda found, path: path.write_bytes(pickle.dumps(found, 2)))):
        path = tmp_path / f"{number}.pth"
        write({"state_dict": Runs(tmp_path / "ran")}, path)
        with pytest.raises(Refusal, match=r"asks for code to be run \((posix|nt|os)\.mkdir\)"):
            read_checkpoint(path)
    assert not (tmp_path / "ran").exists()


def test_a_whole_module_that_was_pickled_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="asks for code to be run"):
        read_checkpoint(saved(tmp_path, build_network(dims=DIMS)))


@pytest.mark.parametrize("name", ["a.pth", "a.safetensors"])
@pytest.mark.parametrize("content", [b"", b"no weights at all", b"PK\x03\x04 cut off", b"\x80\x02}q\x00", bytes(200)])
def test_what_is_no_file_of_weights_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refusal):
        read_checkpoint(tmp_path / name)


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
@pytest.mark.parametrize("name", ["a.pth", "a.safetensors"])
def test_a_file_cut_off_is_refused(tmp_path: Path, name: str, kept: float) -> None:
    state = {name: tensor.contiguous() for name, tensor in trained(steps=0).items()}
    (torch.save if name.endswith(".pth") else save_file)(state, tmp_path / name)  # type: ignore[operator]
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(Refusal):
        read_checkpoint(tmp_path / name)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.pth", tmp_path):
        with pytest.raises(Refusal):
            read_checkpoint(path)


def test_absurd_sizes_are_refused_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = trained(steps=0)
    with pytest.raises(Refusal, match="no U-RWKV has so many"):  # 4 bytes that claim to be 40 GB
        read_checkpoint(saved(tmp_path, {**state, "stem.0.weight": torch.zeros(1).expand(10_000, 1000, 1000)}))
    with zipfile.ZipFile(tmp_path / "bomb.pth", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb/data.pkl", bytes(1 << 20))
    monkeypatch.setattr(checkpoints, "LARGEST", 1 << 19)
    with pytest.raises(Refusal, match="would unpack to"):
        read_checkpoint(tmp_path / "bomb.pth")
    (tmp_path / "large.pth").write_bytes(bytes(1 << 20))
    with pytest.raises(Refusal, match="no U-RWKV is larger"):
        read_checkpoint(tmp_path / "large.pth")


@pytest.mark.parametrize(("change", "why"), [
    ({"stem.0.weight": torch.zeros(8, 3, 3)}, "It is no U-RWKV"),
    ({"stem.0.weight": torch.zeros(8, 7, 3, 3)}, "7 channels in"),
    ({"Conv_1x1.weight": torch.zeros(500, 8, 1, 1)}, "500 out"),
    ({"e5.pwconv2.conv.0.weight": torch.zeros(24, 8, 1, 1)}, "It is no U-RWKV"),
    ({"e1.pwconv_in_in4.conv.0.weight": torch.zeros(24, 8, 1, 1)}, "expansion 24"),
    ({"Up2.up.1.weight": torch.zeros(8, 9, 3, 3)}, r"Up2\.up\.1\.weight does not fit"),
    ({"bx4rwkv.more": torch.zeros(3)}, r"bx4rwkv\.more does not fit"),
    ({"stem.0.bias": torch.full((8,), torch.nan)}, "no numbers"),
    ({"stem.0.bias": torch.full((8,), 1e6)}, "too large for float16"),
    ({"stem.0.bias": torch.zeros(8, dtype=torch.complex64)}, "no plain tensor"),
    ({"stem.0.bias": "eight"}, "no state dict"),
])
def test_tensors_that_are_no_u_rwkv_are_refused_by_name(tmp_path: Path, change: dict[str, Any], why: str) -> None:
    path = saved(tmp_path, {**trained(), **change})
    with pytest.raises(Refusal, match=why):
        adopt(path, wish(), tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["weights.pth"]


def test_a_missing_tensor_is_named(tmp_path: Path) -> None:
    state = trained()
    del state["Up3.up.1.bias"]
    with pytest.raises(Refusal, match=r"Up3\.up\.1\.bias"):
        adopt(saved(tmp_path, state), wish(), tmp_path)


@pytest.mark.parametrize(("changes", "why"), [
    ({"name": "../outside"}, "no name for a model"),
    ({"name": ""}, "no name for a model"),
    ({"graph": "with9x9"}, "There is no graph with9x9"),
    ({"shift": "left"}, "shift"),
    ({"labels": ("a", "b", "c")}, "names 3 labels for 1 outputs"),
    ({"activation": "softmax"}, "labels for 1 outputs"),
    ({"input": InputSpec(width=100, height=100)}, "multiples of 16"),
    ({"input": InputSpec(width=1 << 20, height=1 << 20)}, "multiples of 16 up to"),
])
def test_a_wish_that_cannot_be_met_is_refused(tmp_path: Path, changes: dict[str, Any], why: str) -> None:
    path = saved(tmp_path, trained())
    with pytest.raises(Refusal, match=why):
        adopt(path, wish(**changes), tmp_path / "models")
    assert not list((tmp_path / "models").glob("*"))


def test_a_name_that_is_taken_is_refused_and_the_model_stays(tmp_path: Path) -> None:
    path = saved(tmp_path, trained())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "card.json").write_text("older")
    with pytest.raises(Refusal, match="already"):
        adopt(path, wish(), tmp_path)
    assert (tmp_path / "mine" / "card.json").read_text() == "older"
