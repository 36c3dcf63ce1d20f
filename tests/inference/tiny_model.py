"""A model folder like a published one, small and untrained: its answers are deterministic noise, its files are real."""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path

import msgspec
import torch
from safetensors.torch import save_file

from urwkv_desktop.inference.card import CardChannel, InputSpec, ModelCard, Suits, write_card
from urwkv_desktop.network import build_network
from urwkv_desktop.training.graph import write_graph

DIMS = (8, 8, 8, 16, 16)
SIZE = 64
ULTRASOUND = Suits(modality=("US",), colour="grey", dimension="2d")


def make_tiny_model(
    folder: Path,
    *,
    suits: Suits = ULTRASOUND,
    channels: tuple[CardChannel, ...] = (CardChannel("lesion", colour="#ffb020"),),
    activation: str = "sigmoid",
    spec: InputSpec | None = None,
) -> ModelCard:
    """Writes folder/{model.safetensors, model.xml, model.bin, card.json}; the card's name is the folder's."""
    spec = spec or InputSpec(width=SIZE, height=SIZE)
    outputs = len(channels) + (activation == "softmax")
    folder.mkdir(parents=True)
    torch.manual_seed(3)
    network = build_network("with2x4", num_classes=outputs, dims=DIMS).eval()
    with torch.no_grad():  # a fresh network answers almost 0 everywhere; spread it so that masks have shapes
        network.Conv_1x1.weight.mul_(40)
        for name, parameter in network.named_parameters():
            if not name.startswith("bx4rwkv"):
                parameter.copy_(parameter.half().float())
        sample = network(torch.rand(1, 3, spec.height, spec.width) * 4 - 2)
        network.Conv_1x1.bias.sub_(sample.mean((0, 2, 3))).copy_(network.Conv_1x1.bias.half().float())
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, folder / "model.safetensors")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # torch.jit.trace: the form that OpenVINO reads
        write_graph(network, 3, spec.height, spec.width, folder / "model.xml")
    card = ModelCard(name=folder.name, title="A tiny one", suits=suits, variant="base", dims=DIMS, num_classes=outputs,
                     channels=channels, activation=activation, input=spec)  # type: ignore[arg-type]
    return write_hashes(folder, card)


def write_hashes(folder: Path, card: ModelCard) -> ModelCard:
    """The card with the SHA-256 of every file beside it, written."""
    names = ("model.safetensors", "model.xml", "model.bin")
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    card = msgspec.structs.replace(card, files=files)
    write_card(card, folder / "card.json")
    return card
