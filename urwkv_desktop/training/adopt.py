"""A model of our own out of weights that were trained elsewhere: which network they are, then graph and card."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import CardChannel, InputSpec, ModelCard, Suits, write_card
from urwkv_desktop.inference.vetting import CARD, GRAPH_BIN, GRAPH_XML, NAME, STRIDE, WEIGHTS, card_fault
from urwkv_desktop.network import DIMS, GRAPHS, URWKV, build_network
from urwkv_desktop.training.checkpoint import read_checkpoint, unread
from urwkv_desktop.training.graph import agreement, refuse_unless_agreed, write_graph
from urwkv_desktop.training.publish import save_rounded, sha256

WIDEST: Final = 1024  # of one stage; the widest published plan has 768
MOST_CLASSES: Final = 64
LARGEST_INPUT: Final = 2048
_EXPANDING = ("with2x4", "transposed-back")  # same tensors and same branches in use: no file can tell them apart

# What the authors' loader feeds: BGR, ImageNet's mean and sd, then divided by 255 once more (PAPER.md, preprocessing).
PUBLISHED_INPUT: Final = InputSpec(
    order="BGR", mean=(0.485, 0.456, 0.406), sd=(0.229 * 255, 0.224 * 255, 0.225 * 255)
)


@dataclass(frozen=True)
class Wish:
    """What the person says of a file. graph: None where the file should tell. labels: one for each output."""

    name: str
    graph: str | None = None
    shift: str = "permute"
    labels: tuple[str, ...] = ()
    activation: str = "sigmoid"
    suits: Suits = field(default_factory=Suits)
    input: InputSpec = PUBLISHED_INPUT
    licence: str = ""


@dataclass(frozen=True)
class Found:
    """What the shapes say."""

    dims: tuple[int, ...]
    in_channels: int
    num_classes: int
    expansion: int


def adopt(checkpoint: Path, wish: Wish, folder: Path) -> ModelCard:
    """Writes `folder`/NAME/{model.safetensors, model.xml, model.bin, card.json} and answers with the card.

    Weights are rounded to float16, as every published model's. Refuses files as `read_checkpoint` does, shapes that are
    no U-RWKV's, a graph that the file contradicts, a name that is taken, and asks where the file leaves the graph open.
    """
    _check_wish(checkpoint, wish, folder)
    state = read_checkpoint(checkpoint)
    found = shapes(checkpoint, state)
    graph = graph_of(checkpoint, state, found, wish.graph)
    network = _network(checkpoint, state, found, graph, wish.shift)
    card = _card(checkpoint, wish, found, graph)
    fault = card_fault(card)
    if fault is not None:
        raise unread(checkpoint, fault)
    beside = folder / f".{wish.name}.part"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        beside.mkdir(parents=True)
        save_rounded(network, beside / WEIGHTS)
        write_graph(network, found.in_channels, wish.input.height, wish.input.width, beside / GRAPH_XML)
        refuse_unless_agreed(agreement(network, beside / GRAPH_XML, _pictures(found.in_channels, wish.input)))
        card = _with_files(card, beside)
        write_card(card, beside / CARD)
        beside.rename(folder / wish.name)
    except OSError as error:
        raise unread(checkpoint, Message("The model cannot be written: {reason}.",
                                         reason=error.strerror or "error")) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return card


def shapes(path: Path, state: Mapping[str, Tensor]) -> Found:
    """Widths and outputs, from six tensors that every graph has. Refuses what is no U-RWKV, and absurd sizes."""
    places = {"stem.0.weight": (0, 1), "e2.pwconv.conv.0.weight": (0,), "e3.pwconv.conv.0.weight": (0,),
              "e4.pwconv.conv.0.weight": (0,), "e5.pwconv2.conv.0.weight": (0,), "Conv_1x1.weight": (0,),
              "e1.pwconv_in_in4.conv.0.weight": (0,)}
    sizes: list[int] = []
    for name, axes in places.items():
        tensor = state.get(name)
        if tensor is None or tensor.ndim != 4:
            raise unread(path, Message("It is no U-RWKV: {name} is missing or of another shape.", name=name))
        sizes += [int(tensor.shape[axis]) for axis in axes]
    d0, in_channels, d1, d2, d3, d4, classes, wide = sizes
    dims = (d0, d1, d2, d3, d4)
    if max(dims) > WIDEST or not 1 <= classes <= MOST_CLASSES or in_channels not in (1, 3):
        raise unread(path, Message("Widths {dims}, {channels} channels in and {classes} out are no U-RWKV's.",
                                   dims=", ".join(map(str, dims)), channels=in_channels, classes=classes))
    if min(dims) < 1 or d4 % 16 or wide not in (2 * d0, 4 * d0):
        raise unread(path, Message("It is no U-RWKV: its widths are {dims}, its expansion {wide} of {narrow}.",
                                   dims=", ".join(map(str, dims)), wide=wide, narrow=d0))
    return Found(dims, in_channels, classes, wide // d0)


def graph_of(path: Path, state: Mapping[str, Tensor], found: Found, asked: str | None) -> str:
    """The graph that was asked for, where the file does not contradict it; else the one that the file tells.

    `with2x4` and `simpchinchout` have the same tensors. Each holds a branch that it never uses, and whose BatchNorm
    therefore never counted a batch.
    """
    if asked is not None and asked not in GRAPHS:
        raise unread(path, Message("There is no graph {graph}. There are: {graphs}.", graph=asked,
                                   graphs=", ".join(GRAPHS)))
    possible = _possible(state, found)
    if asked is not None:
        if asked in possible:
            return asked
        raise unread(path, Message("Its tensors are those of {graphs}, not of {graph}.", graphs=" or ".join(possible),
                                   graph=asked))
    published = [graph for graph in possible if graph != "transposed-back"]  # nobody else trains that one
    if len(published) == 1:
        return published[0]
    raise Refusal(
        tried=Message("Import {name}.", name=path.name),
        cause=Message("Which graph was it trained in? {graphs} have the same tensors, and the file does not tell.",
                      graphs=" and ".join(published)),
        cure=Message("Say it with --graph. The authors' repository trains with2x4, U-Bench simpchinchout."),
    )


def _possible(state: Mapping[str, Tensor], found: Found) -> tuple[str, ...]:
    if found.expansion == 2:
        return ("decx2",)
    expanded, direct = _batches(state, "pwconv_in_in4"), _batches(state, "pwconv")
    if expanded and not direct:
        return _EXPANDING
    if direct and not expanded:
        return ("simpchinchout",)
    return ("with2x4", "simpchinchout", "transposed-back")


def _batches(state: Mapping[str, Tensor], branch: str) -> int:
    counted = (state.get(f"e{stage}.{branch}.conv.1.num_batches_tracked") for stage in range(1, 5))
    return sum(int(tensor) for tensor in counted if tensor is not None and tensor.numel() == 1)


def _network(path: Path, state: Mapping[str, Tensor], found: Found, graph: str, shift: str) -> URWKV:
    network = build_network(graph, "", found.num_classes, found.in_channels, shift, dims=found.dims)
    ours = network.state_dict()
    extra = [name for name in state if name not in ours]
    missing = [name for name in ours if name not in state and not name.endswith("num_batches_tracked")]
    odd = [name for name in state if name in ours and state[name].shape != ours[name].shape]
    if extra or missing or odd:
        raise unread(path, Message("{name} does not fit the graph {graph} with its widths ({count} such tensors).",
                                   name=(odd + missing + extra)[0][:80], graph=graph,
                                   count=len(extra) + len(missing) + len(odd)))
    halves = {name: tensor.half() if tensor.is_floating_point() else tensor for name, tensor in state.items()}
    if not all(bool(torch.isfinite(tensor).all()) for tensor in halves.values()):
        raise unread(path, Message("A weight is too large for float16."))
    network.load_state_dict({**ours, **{name: half.to(ours[name].dtype) for name, half in halves.items()}})
    return network.eval()


def _card(checkpoint: Path, wish: Wish, found: Found, graph: str) -> ModelCard:
    outputs = found.num_classes - (wish.activation == "softmax")
    labels = wish.labels or tuple(f"Label {number + 1}" for number in range(outputs))
    variant = next((name for name, dims in DIMS.items() if dims == found.dims), "wide")
    spec = wish.input
    if found.in_channels == 1 and len(spec.mean) == 3:
        spec = msgspec.structs.replace(spec, mean=spec.mean[:1], sd=spec.sd[:1], order="grey")
    return ModelCard(
        name=wish.name, title=wish.name, suits=wish.suits, graph=graph, variant=variant, dims=found.dims,
        shift=wish.shift, in_channels=found.in_channels, num_classes=found.num_classes,
        channels=tuple(CardChannel(label) for label in labels), activation=wish.activation,  # type: ignore[arg-type]
        input=spec, data={"title": "Imported", "note": f"Imported from {checkpoint.name}, SHA-256 {sha256(checkpoint)};"
                                                       " its figures are not known here."},
        licence=wish.licence,
    )


def _with_files(card: ModelCard, folder: Path) -> ModelCard:
    files = {name: sha256(folder / name) for name in (WEIGHTS, GRAPH_XML, GRAPH_BIN)}
    return msgspec.structs.replace(card, files=files)


def _pictures(channels: int, spec: InputSpec) -> list[NDArray[np.float32]]:
    """Three pictures of noise within the values that the card's preparation gives."""
    rng = np.random.default_rng(0)
    mean, sd = np.float32(np.mean(spec.mean)), np.float32(np.mean(spec.sd))
    noise = rng.random((3, channels, spec.height, spec.width), np.float32)
    return [np.asarray((picture - mean) / sd, np.float32) for picture in noise]


def _check_wish(checkpoint: Path, wish: Wish, folder: Path) -> None:
    spec = wish.input
    if not NAME.fullmatch(wish.name):
        raise unread(checkpoint, Message("{name} is no name for a model: letters, digits, - and _ make one.",
                                         name=wish.name[:80]))
    if (folder / wish.name).exists():
        raise unread(checkpoint, Message("There is a model {name} already.", name=wish.name))
    if wish.shift not in ("permute", "qshift") or wish.activation not in ("sigmoid", "softmax"):
        raise unread(checkpoint, Message("The shift is permute or qshift, the activation sigmoid or softmax."))
    if spec.width % STRIDE or spec.height % STRIDE or max(spec.width, spec.height) > LARGEST_INPUT:
        raise unread(checkpoint, Message("An input of {width} x {height} pixels is none: multiples of {stride} up to "
                                         "{limit} are.", width=spec.width, height=spec.height, stride=STRIDE,
                                         limit=LARGEST_INPUT))
