"""The recipe of a lesson: a model goes on with corrected cases, in the network and with the preparation of its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import ModelCard
from urwkv_desktop.inference.vetting import NAME
from urwkv_desktop.training.augment import Augmentation
from urwkv_desktop.training.losses import LossWeights
from urwkv_desktop.training.recipe import NetworkChoice, Optimiser, Origin, Recipe, Stage

STEPS = 400
"""About so many steps make a lesson: a quarter of an hour on two cores for a base network at 256 pixels. docs/models.md
says what fewer and more of them gave."""

_BATCH = 8
_MOST_EPOCHS = 200  # for a handful of slices, which would be learnt by heart
_RATE = 4e-4  # half of what the bundled recipes' second halves begin with: the model is to be moved, not made anew
_MILD = Augmentation(rotation=8.0, shear=3.0, scale=1.2, stretch=1.1, shift=0.06, gamma=1.3, contrast=0.15,
                     brightness=0.07, noise=0.03, blur=0.8)


def fine_tuning(card: ModelCard, name: str, slices: int, like: Recipe | None) -> Recipe:
    """The recipe by which the card's model becomes the model `name`, of which so many slices are to be learnt.

    like: the recipe of the model's family, whose changes to pictures and losses suit such pictures; mild ones without
    it. Refuses what no recipe can say: widths of one's own, an input that is no square, tiles, an odd name.
    """
    fault = _fault(card)
    if fault is not None:
        raise Refusal(tried=Message("Teach the model {name}.", name=card.name), cause=fault,
                      cure=Message("Train it where it comes from, and import it anew."))
    per_epoch = max(1, slices // _BATCH)
    epochs = min(max(1, round(STEPS / per_epoch)), _MOST_EPOCHS)
    return Recipe(
        name=name, title=card.title, seed=1, validate_every=max(1, epochs // 8), suits=card.suits,
        network=NetworkChoice(card.graph, card.variant, card.shift, card.in_channels, card.num_classes),
        channels=card.channels, activation=card.activation, input=card.input, stages=(Stage(epochs, card.input.width),),
        # The mean over some hundred steps: a longer one would still hold much of the old weights at the end.
        optimiser=Optimiser(rate=_RATE, batch=min(_BATCH, max(1, slices)), decay=0.02, average=0.99, clip=2.0),
        loss=LossWeights() if like is None else like.loss,
        augmentation=_MILD if like is None else like.augmentation,
        data=Origin(title="Cases accepted here", licence=card.licence,
                    note=f"Learnt from {card.name}, with cases of one installation."),
    )


def _fault(card: ModelCard) -> Message | None:
    if not NAME.fullmatch(card.name):
        return Message("Its name is more than letters, digits, - and _.")
    if card.input.height != card.input.width or card.variant not in ("base", "small"):
        return Message("Only U-RWKV base and small with a square input can be taught here; it is {variant}, "
                       "{width} x {height}.", variant=card.variant, width=card.input.width, height=card.input.height)
    if card.tiles > 1:
        return Message("It was trained on parts of pictures, which cannot be done here.")
    return None


def write_recipe(recipe: Recipe, path: Path) -> None:
    """As `read_recipe` reads it."""
    import tomli_w

    path.write_text(tomli_w.dumps(_without_none(msgspec.to_builtins(recipe))), encoding="utf-8")


def _without_none(value: Any) -> Any:
    """TOML has no word for nothing: what is nothing is left out."""
    if isinstance(value, dict):
        return {name: _without_none(one) for name, one in value.items() if one is not None}
    return [_without_none(one) for one in value] if isinstance(value, list | tuple) else value
