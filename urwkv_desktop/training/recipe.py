"""A recipe: everything that decides what a training run becomes, in one TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import CardChannel, InputSpec, Suits
from urwkv_desktop.inference.vetting import order_fault
from urwkv_desktop.network import DIMS, GRAPHS, STRIDE
from urwkv_desktop.training.augment import Augmentation
from urwkv_desktop.training.losses import Activation, LossWeights
from urwkv_desktop.training.sampling import Sampling

Count = Annotated[int, msgspec.Meta(ge=1)]


class NetworkChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `build_network` takes."""

    graph: str = "with2x4"
    variant: str = "base"
    shift: str = "permute"
    in_channels: Count = 3
    num_classes: Count = 1


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Some epochs at one share of the card's input size: small pictures first, since they are many times faster."""

    epochs: Count
    size: Count = 256


class Optimiser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """AdamW with one cycle: up to `rate` during the `warm` share of all steps, then down along a cosine.

    decay: AdamW's. average: decay of the running mean of the weights. clip: largest norm of a gradient, 0 for none.
    """

    rate: float = 2e-3
    batch: Count = 8
    decay: float = 0.02
    warm: float = 0.1
    average: float = 0.997
    clip: float = 1.0


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the data comes from, as the card will say it."""

    title: str = ""
    citation: str = ""
    licence: str = ""
    note: str = ""


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a `RECIPE.toml` holds. validate_every: epochs from one validation to the next.

    phantoms: so many simulated ultrasound pictures beside the real ones, as a share of them; they never validate.
    patience: validations in a row without a better IoU after which the run ends early, 0 for never. publish: which
    weights become the model, those of the last step or those of the best validation (chosen on what they are then
    measured on; the card says so).
    """

    name: str
    title: str = ""
    seed: int = 1
    precision: str = "bfloat16"
    validate_every: Count = 2
    phantoms: Annotated[float, msgspec.Meta(ge=0, le=0.1)] = 0.0
    patience: Annotated[int, msgspec.Meta(ge=0)] = 0
    publish: Literal["last", "best"] = "last"
    threads: int = 0
    suits: Suits = Suits()
    network: NetworkChoice = NetworkChoice()
    channels: tuple[CardChannel, ...]
    activation: Activation = "sigmoid"
    input: InputSpec = InputSpec()
    stages: tuple[Stage, ...]
    optimiser: Optimiser = Optimiser()
    loss: LossWeights = LossWeights()
    augmentation: Augmentation = Augmentation()
    sampling: Sampling = Sampling()
    data: Origin = Origin()

    @property
    def epochs(self) -> int:
        return sum(stage.epochs for stage in self.stages)

    def size_at(self, epoch: int) -> int:
        """Side of the pictures in this epoch (from 0)."""
        for stage in self.stages:
            if epoch < stage.epochs:
                return stage.size
            epoch -= stage.epochs
        return self.stages[-1].size


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file. Refuses a file that is not there, is no TOML, or holds what no recipe has."""
    try:
        recipe = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Recipe)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _refusal(path, Message("{reason}.", reason=str(error).rstrip("."))) from error
    fault = _fault(recipe)
    if fault:
        raise _refusal(path, fault)
    return recipe


def _fault(recipe: Recipe) -> Message | None:
    """What no schema can say."""
    network = recipe.network
    if network.graph not in GRAPHS or network.variant not in DIMS:
        return Message("There is no network {graph} {variant}.", graph=network.graph, variant=network.variant)
    if recipe.precision not in ("bfloat16", "float32"):
        return Message("The precision is bfloat16 or float32, not {given}.", given=recipe.precision)
    sizes = (recipe.input.width, recipe.input.height, *(stage.size for stage in recipe.stages))
    odd = next((size for size in sizes if size % STRIDE), None)
    if odd is not None:
        return Message("A side of {size} pixels is no multiple of {stride}.", size=odd, stride=STRIDE)
    if recipe.phantoms and len(recipe.channels) > 1:
        return Message("Simulated pictures know one label, and {count} are named.", count=len(recipe.channels))
    background = 1 if recipe.activation == "softmax" else 0
    if len(recipe.channels) != network.num_classes - background:
        return Message(
            "{channels} channels are named for {classes} outputs.",
            channels=len(recipe.channels), classes=network.num_classes,
        )
    if len(recipe.input.mean) != network.in_channels or len(recipe.input.sd) != network.in_channels:
        return Message("mean and sd need one value for each of {count} channels.", count=network.in_channels)
    return order_fault(recipe.input)


def _refusal(path: Path, cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Read the recipe {name}.", name=path.name),
        cause=cause,
        cure=Message("Compare it with the recipes that come with the program."),
    )
