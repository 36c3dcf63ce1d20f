"""What an image must be for a model's card to suit it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from urwkv_desktop.imaging import Image, Message
from urwkv_desktop.imaging.geometry import ThirdAxis
from urwkv_desktop.inference.card import ModelCard
from urwkv_desktop.inference.turn import is_axial

_COLOUR_STEP = 24  # of 255: less between the channels is the noise of JPEG's chroma
# Callipers and captions take up to 1.2 % (the most of 681 breast ultrasound pictures), a Doppler box 6 % (one picture).
_COLOUR_SHARE = 0.03
_LOOKED_AT = 512  # rows and columns at most


@dataclass(frozen=True)
class Mismatch:
    """Why a model does not suit, and how many questions it had passed before."""

    message: Message
    reached: int


def mismatch(card: ModelCard, image: Image) -> Mismatch | None:
    """The first of the card's conditions that the image breaks; what the image does not say breaks none."""
    checks = (_modality, _body_part, _dimension, _colour, _plane)
    for reached, check in enumerate(checks):
        message = check(card, image)
        if message is not None:
            return Mismatch(message, reached)
    return None


def is_stated(card: ModelCard, image: Image) -> bool:
    """Whether the image itself names a modality, and a body part where the card lists some, that the card lists."""
    suits = card.suits
    return _named(image.modality, suits.modality) and (not suits.body_part or _named(image.body_part, suits.body_part))


def looks_coloured(image: Image) -> bool:
    """By content: a grey picture stored as RGB, with coloured callipers on it too, is grey."""
    if not image.is_colour:
        return False
    middle = image.pixels[image.shape[0] // 2]
    steps = tuple(max(1, size // _LOOKED_AT) for size in middle.shape[:2])
    looked = middle[:: steps[0], :: steps[1]].astype(np.float32)
    spread = looked.max(axis=2) - looked.min(axis=2)
    full = 255.0 if image.pixels.dtype.itemsize == 1 else max(float(looked.max()), 1e-6)
    return bool((spread > _COLOUR_STEP / 255 * full).mean() > _COLOUR_SHARE)


def _named(word: str, wanted: tuple[str, ...]) -> bool:
    return word.strip().casefold() in {other.casefold() for other in wanted}


def _modality(card: ModelCard, image: Image) -> Message | None:
    wanted = card.suits.modality
    if not image.modality or not wanted or _named(image.modality, wanted):
        return None
    return Message("No model suits this image: {name} was made for {wanted} images, and this is {found}.",
                   name=card.name, wanted=", ".join(wanted), found=image.modality)


def _body_part(card: ModelCard, image: Image) -> Message | None:
    wanted = card.suits.body_part
    if not image.body_part or not wanted or _named(image.body_part, wanted):
        return None
    return Message("No model suits this image: {name} was made for the body part {wanted}, and this is {found}.",
                   name=card.name, wanted=", ".join(wanted), found=image.body_part)


def _dimension(card: ModelCard, image: Image) -> Message | None:
    slices = image.shape[0]
    if slices > 1 and image.geometry.third_axis is not ThirdAxis.space:
        return Message("No model suits this image: it is a film of {frames} pictures.", frames=slices)
    if slices > 1 and card.suits.dimension == "2d":
        return Message("No model suits this image: {name} was made for single pictures, and this has {slices} slices.",
                       name=card.name, slices=slices)
    return None


def _colour(card: ModelCard, image: Image) -> Message | None:
    wanted = card.suits.colour
    if wanted == "any" or (wanted == "colour") == looks_coloured(image):
        return None
    if wanted == "grey":
        return Message("No model suits this image: {name} was made for grey pictures, and this is in colour.",
                       name=card.name)
    return Message("No model suits this image: {name} was made for colour pictures, and this is grey.", name=card.name)


def _plane(card: ModelCard, image: Image) -> Message | None:
    wanted = card.suits.plane
    if "axial" not in (wanted, card.input.plane) or is_axial(image.geometry):
        return None
    return Message("No model suits this image: {name} was made for axial slices, and these are not, or do not say so.",
                   name=card.name)
