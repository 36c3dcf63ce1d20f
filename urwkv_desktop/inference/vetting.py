"""A model's folder is believed only when its card can be read, speaks of a network we have, and every hash is right."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import InputSpec, ModelCard, read_card

# `network.GRAPHS`, said again since naming it there would load torch.
GRAPHS = ("with2x4", "simpchinchout", "decx2", "transposed-back")
SHIFTS = ("permute", "qshift")
STRIDE = 16
CARD, WEIGHTS, GRAPH_XML, GRAPH_BIN = "card.json", "model.safetensors", "model.xml", "model.bin"

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""What a model that is made here may be called: a folder's name, and a word in the shell."""

_SUFFIXES = (".safetensors", ".xml", ".bin")


def vetted_card(folder: Path) -> ModelCard:
    """The card of a folder all of whose files are what the card says. Refuses any other folder."""
    try:
        card = read_card(folder / CARD)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        cause = Message("Its card.json can't be read: {reason}.", reason=_reason(error))
        raise refused(folder.name, cause) from error
    fault = card_fault(card) or _file_fault(folder, card)
    if fault is not None:
        raise refused(folder.name, fault)
    return card


def refused(name: str, cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Load the model {name}.", name=name),
        cause=cause,
        cure=Message("Install the model again; the other models are not affected."),
    )


def card_fault(card: ModelCard) -> Message | None:
    """What no schema can say about a card, or None."""
    if card.graph not in GRAPHS or card.shift not in SHIFTS:
        return Message(
            "It was made for the graph {graph} with the shift {shift}, which this program does not have.",
            graph=card.graph, shift=card.shift,
        )
    named = card.num_classes - 1 if card.activation == "softmax" else card.num_classes
    if len(card.channels) not in (named, card.num_classes) or not named:
        return Message(
            "Its card names {channels} labels for {classes} outputs.",
            channels=len(card.channels), classes=card.num_classes,
        )
    if card.input.width % STRIDE or card.input.height % STRIDE:
        return Message(
            "Its input of {width} x {height} pixels is no multiple of {stride}.",
            width=card.input.width, height=card.input.height, stride=STRIDE,
        )
    spec = card.input
    if not len(spec.mean) == len(spec.sd) == card.in_channels or 0 in spec.sd or not spec.divisor:
        return Message("Its card needs a mean and a standard deviation for each of {count} channels.",
                       count=card.in_channels)
    return order_fault(spec)


def order_fault(spec: InputSpec) -> Message | None:
    """Neighbouring slices fill three channels."""
    if spec.order == "slices" and len(spec.mean) != 3:
        return Message("A slice and its neighbours are three channels, and mean and sd are given for {count}.",
                       count=len(spec.mean))
    return None


def _file_fault(folder: Path, card: ModelCard) -> Message | None:
    for name in (WEIGHTS, GRAPH_XML, GRAPH_BIN):
        if name not in card.files:
            return Message("Its card does not list {file}.", file=name)
    for name, expected in card.files.items():
        if Path(name).name != name or not name.endswith(_SUFFIXES):
            # Weights come as safetensors and graphs as IR; anything else (a pickle) could run code when opened.
            return Message("Its card lists {file}, a kind of file that is not opened here.", file=name)
        try:
            with (folder / name).open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError as error:
            return Message("{file} can't be read: {reason}.", file=name, reason=_reason(error))
        if found != expected.lower():
            return Message("{file} is not the file that its card names: its SHA-256 differs.", file=name)
    return None if _is_safetensors(folder / WEIGHTS) else Message("{file} holds no safetensors.", file=WEIGHTS)


def _is_safetensors(path: Path) -> bool:
    """Eight bytes of length, then JSON: a renamed pickle or archive begins otherwise."""
    with path.open("rb") as opened:
        head = opened.read(9)
    return len(head) == 9 and head[8:] == b"{" and int.from_bytes(head[:8], "little") < path.stat().st_size


def _reason(error: Exception) -> str:
    """The error's own words, without a path (which the log must not hold either)."""
    words = error.strerror if isinstance(error, OSError) else str(error)
    return (words or type(error).__name__).rstrip(".")
