"""The models at hand: the person's own first, then the bundled ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from urwkv_desktop.imaging import Finding, Message, Refusal
from urwkv_desktop.inference.card import ModelCard
from urwkv_desktop.inference.library import Model, ModelLibrary
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.samples import KindEntry


@dataclass(frozen=True)
class ModelLine:
    """card: the whole card as plain values; the others in words for a table."""

    name: str
    network: str
    suits: str
    iou: str
    dice: str
    images: str
    licence: str
    card: dict[str, object]


class Shelf:
    """The models at hand, looked through at the first question (about 10 ms each); from any thread."""

    def __init__(self, places: Places) -> None:
        self._places = places

    @cached_property
    def library(self) -> ModelLibrary:
        return library_of(self._places)

    def look_again(self) -> None:
        """A model has come or gone."""
        self.__dict__.pop("library", None)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(model.name for model in self.library.models)

    def likely(self, kinds: Iterable[KindEntry]) -> Model | None:
        """The model that a project will ask for first: the one that it names, else the first one."""
        named = next((kind.model for kind in kinds if kind.model), None)
        model = next((model for model in self.library.models if named in (None, model.name)), None)
        return None if model is None else self.library.follower(model.name)


@dataclass(frozen=True)
class ModelList:
    lines: tuple[ModelLine, ...]
    refused: tuple[tuple[str, Refusal], ...]


def library_of(places: Places) -> ModelLibrary:
    return ModelLibrary(places.model_folders)


def find_model(name: str, places: Places) -> tuple[ModelLibrary, Model]:
    """A model by its name, or by the path of its folder (`./run/busi`). Raises Refusal."""
    folder = Path(name).expanduser()
    if (folder / "card.json").is_file():
        library = ModelLibrary((folder,))
        for _, refusal in library.refused:
            raise refusal
        return library, library.models[0]
    library = library_of(places)
    return library, library.get(name)


def findings_of(library: ModelLibrary) -> tuple[Finding, ...]:
    """One for each folder that is refused; the other models stay."""
    return tuple(Finding("model.refused", Message("The model {name} is refused. {cause}", name=name,
                                                  cause=refusal.cause)) for name, refusal in library.refused)


def list_models(places: Places) -> ModelList:
    library = library_of(places)
    return ModelList(tuple(_line(model) for model in library.models), library.refused)


def _line(model: Model) -> ModelLine:
    card = model.card
    suits = ", ".join((*card.suits.modality, *card.suits.body_part, card.suits.colour, card.suits.dimension))
    return ModelLine(card.name, f"U-RWKV {card.variant} ({card.graph})", suits,
                     _interval(card), _number(card, "dice_mean", ".3f"), _number(card, "n", ".0f"), card.licence,
                     msgspec.to_builtins(card))


def _interval(card: ModelCard) -> str:
    """0.646 (0.589 to 0.699); nothing where the card knows no figure."""
    mean, low, high = (_number(card, name, ".3f") for name in ("iou_mean", "iou_lo", "iou_hi"))
    return f"{mean} ({low} to {high})" if mean and low and high else mean


def _number(card: ModelCard, name: str, form: str) -> str:
    value = card.metrics.get(name)
    return format(value, form) if isinstance(value, (int, float)) else ""
