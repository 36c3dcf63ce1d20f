"""The recipe of a lesson: a model goes on with corrected cases, in the network and with the preparation of its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import ModelCard
from urwkv_desktop.training.augment import Augmentation
from urwkv_desktop.training.losses import LossWeights
from urwkv_desktop.training.recipe import NetworkChoice, Optimiser, Origin, Recipe, Stage

STEPS = 400
"""About so many steps make a lesson, whatever the number of cases; 13 minutes on two cores at 256 pixels."""

_BATCH = 8
_EPOCHS = (4, 60)
_MILD = Augmentation(rotation=8.0, shear=3.0, scale=1.2, stretch=1.1, shift=0.06, gamma=1.3, contrast=0.15,
                     brightness=0.07, noise=0.03, blur=0.8)


def fine_tuning(card: ModelCard, name: str, training: int, like: Recipe | None) -> Recipe:
    """The recipe by which the card's model becomes the model `name`, of which `training` slices are to be learnt.

    like: the recipe of the model's family, whose changes to pictures and losses suit such pictures; mild ones without
    it. Refuses a network whose input is no square, or of widths that no recipe can name.
    """
    side = card.input.width
    if card.input.height != side or card.variant not in ("base", "small"):
        raise Refusal(
            tried=Message("Teach the model {name}.", name=card.name),
            cause=Message("Only U-RWKV base and small with a square input can be taught here; it is {variant}, "
                          "{width} x {height}.", variant=card.variant, width=side, height=card.input.height),
            cure=Message("Train it where it comes from, and import it anew."),
        )
    per_epoch = max(1, training // _BATCH)
    epochs = min(max(_EPOCHS[0], round(STEPS / per_epoch)), _EPOCHS[1])
    return Recipe(
        name=name, title=card.title, seed=1, validate_every=max(1, epochs // 8), suits=card.suits,
        network=NetworkChoice(card.graph, card.variant, card.shift, card.in_channels, card.num_classes),
        channels=card.channels, activation=card.activation, input=card.input, stages=(Stage(epochs, side),),
        optimiser=Optimiser(rate=4e-4, batch=min(_BATCH, max(1, training)), decay=0.02, average=0.99, clip=2.0),
        loss=LossWeights() if like is None else like.loss,
        augmentation=_MILD if like is None else like.augmentation,
        data=Origin(title="Cases accepted here", licence=card.licence,
                    note=f"Learnt from {card.name}, with cases of one installation."),
    )


def write_recipe(recipe: Recipe, path: Path) -> None:
    """As `read_recipe` reads it."""
    import tomli_w

    path.write_text(tomli_w.dumps(_without_none(msgspec.to_builtins(recipe))), encoding="utf-8")


def _without_none(value: Any) -> Any:
    """TOML has no word for nothing: what is nothing is left out."""
    if isinstance(value, dict):
        return {name: _without_none(one) for name, one in value.items() if one is not None}
    return [_without_none(one) for one in value] if isinstance(value, list | tuple) else value
