"""The model card: what training promises about a model, and what inference obeys (MODELS.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

CARD_VERSION = 1

Positive = Annotated[int, msgspec.Meta(ge=1)]


class Suits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which images a model was made for. modality, body_part: DICOM's words; empty lists mean any."""

    modality: tuple[str, ...] = ()
    body_part: tuple[str, ...] = ()
    colour: Literal["grey", "colour", "any"] = "any"
    dimension: Literal["2d", "slices"] = "2d"
    plane: str = "stored"


class Intensity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How values become 0..1. range: low to high; window: centre (low) and width (high); percentiles of the image."""

    kind: Literal["range", "window", "percentiles"] = "range"
    low: float = 0.0
    high: float = 255.0


class InputSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the network takes, pixels of width x height; (values / divisor - mean) / sd for each channel.

    order: what the channels are; "slices" for a volume's slice between the one before it and the one behind it (for the
    plane "axial" the one towards the feet first), each grey, the slice itself again where there is none.
    """

    width: Positive = 256
    height: Positive = 256
    resize: Literal["stretch", "letterbox"] = "stretch"
    plane: Literal["stored", "axial"] = "stored"
    order: Literal["RGB", "BGR", "grey", "slices"] = "RGB"
    intensity: Intensity = Intensity()
    mean: tuple[float, ...] = (0.5, 0.5, 0.5)
    sd: tuple[float, ...] = (0.25, 0.25, 0.25)
    divisor: float = 1.0


class CardChannel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One channel of the output. threshold: a probability, passed when strictly greater."""

    name: str
    code: str = ""
    colour: str = ""
    threshold: float = 0.5


class ModelCard(msgspec.Struct, frozen=True, kw_only=True):
    """card.json of a model's folder; fields as in MODELS.md.

    flips: the logits of a picture and of its mirror image (left and right) are averaged, at twice the time.
    precisions: float32, and faster ones with what they cost on the images that validate: `dice_mean` and `dice_worst`
    (of the differences of Dice), `worst` (case and difference), `ratio` (of float32's time), where measured.
    tiles: an image larger than the network's field is looked at in overlapping windows, as if the field were up to
    `tiles` times as wide and as high; 1 for never. Only for a model that was trained on such parts of pictures.
    """

    card_version: Literal[1] = 1
    name: str
    version: str = "1"
    parent: str | None = None
    title: str = ""
    suits: Suits = Suits()
    graph: str = "with2x4"
    variant: str = "base"
    dims: tuple[int, ...] = (16, 32, 128, 160, 256)
    shift: str = "permute"
    in_channels: int = 3
    num_classes: int = 1
    channels: tuple[CardChannel, ...]
    activation: Literal["sigmoid", "softmax"] = "sigmoid"
    input: InputSpec = InputSpec()
    flips: bool = False
    tiles: Annotated[int, msgspec.Meta(ge=1, le=16)] = 1
    precisions: dict[str, dict[str, object]] = msgspec.field(default_factory=lambda: {"float32": {}})
    data: dict[str, object] = {}
    split: dict[str, object] = {}
    metrics: dict[str, object] = {}
    command: str = ""
    licence: str = ""
    files: dict[str, str] = {}


def read_card(path: Path) -> ModelCard:
    """The card of a model's folder. msgspec.ValidationError and DecodeError say what is wrong with it."""
    return msgspec.json.decode(path.read_bytes(), type=ModelCard)


def write_card(card: ModelCard, path: Path) -> None:
    """Writes the card as JSON that a person can read."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n")
