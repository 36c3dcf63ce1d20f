"""The models at hand, and which of them suits an image."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from urwkv_desktop.imaging import Image, Message, Refusal
from urwkv_desktop.inference.card import ModelCard
from urwkv_desktop.inference.suiting import Mismatch, is_stated, mismatch
from urwkv_desktop.inference.vetting import CARD, WEIGHTS, refused, vetted_card

_NUMBER = re.compile(r"-(\d+)$")


@dataclass(frozen=True)
class Model:
    """A model whose files are what its card says. weights_sha256: of model.safetensors, its name in every record."""

    card: ModelCard
    folder: Path
    weights_sha256: str

    @property
    def name(self) -> str:
        return self.card.name


@dataclass(frozen=True)
class Suiting:
    """models: those that suit an image, first named first. reason: why these, or why none.

    nearest: of those that do not suit, the one that came nearest, which the reason names; None where some suit.
    is_certain: the image itself says what it is (modality), so nobody need be asked when one model suits.
    """

    models: tuple[Model, ...]
    reason: Message
    is_certain: bool = False
    nearest: Model | None = None


class ModelLibrary:
    """Models in `folders`: each is one model's folder or holds such folders. The first of a name stands.

    Every file of every model is hashed when the library is made (about 10 ms a model). A folder that is refused leaves
    the others as they are.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.models: tuple[Model, ...] = ()
        self.refused: tuple[tuple[str, Refusal], ...] = ()
        for folder in _model_folders(folders):
            try:
                self._add(folder)
            except Refusal as refusal:
                self.refused += ((folder.name, refusal),)

    def _add(self, folder: Path) -> None:
        card = vetted_card(folder)
        if any(model.name == card.name for model in self.models):
            raise refused(folder.name, Message("Another model is called {name} too.", name=card.name))
        self.models += (Model(card, folder, card.files[WEIGHTS].lower()),)

    def get(self, name: str) -> Model:
        """The model of that name. Refuses a name that no model has, and says why where its folder was refused."""
        for model in self.models:
            if model.name == name:
                return model
        for folder, refusal in self.refused:
            if folder == name:
                raise refusal
        raise self._unknown(name)

    def follower(self, name: str) -> Model:
        """The model that stands in the place of this one now: the last that was taught in its family, or itself."""
        return _follower(self.get(name), self.models)

    def _unknown(self, name: str) -> Refusal:
        from difflib import get_close_matches

        names = [model.name for model in self.models]
        close = get_close_matches(name, names, 1)
        if close:
            cure = Message("Did you mean {name}?", name=close[0])
        elif names:
            cure = Message("There are: {names}.", names=", ".join(names))
        else:
            cure = Message("No model is installed.")
        return Refusal(
            tried=Message("Load the model {name}.", name=name),
            cause=Message("There is no model called {name}.", name=name),
            cure=cure,
        )

    def suiting(self, image: Image) -> Suiting:
        """The models whose card suits the image: by modality, body part, dimension, colour and plane (MODELS.md)."""
        found = [(model, mismatch(model.card, image)) for model in self.models]
        suited = _untaught(tuple(model for model, fault in found if fault is None))
        certain = bool(suited) and is_stated(suited[0].card, image)
        if not suited:
            return _none_of([(model, fault) for model, fault in found if fault is not None])
        if len(suited) > 1:
            names = ", ".join(model.name for model in suited)
            return Suiting(suited, Message("Several models suit this image: {names}.", names=names), False)
        if certain:
            reason = Message("{name} was made for {modality} images.", name=suited[0].name, modality=image.modality)
        else:
            reason = Message("{name} suits what the file says; it does not say its modality.", name=suited[0].name)
        return Suiting(suited, reason, certain)


def family(name: str) -> str:
    """busi-3 is of the family busi."""
    return _NUMBER.sub("", name)


def number(name: str) -> int:
    """3 of busi-3, 1 of busi."""
    found = _NUMBER.search(name)
    return int(found[1]) if found else 1


def latest(of: str, models: Sequence[Model]) -> Model | None:
    """The highest number of a family: the last that was taught."""
    mine = [model for model in models if family(model.name) == of]
    return max(mine, key=lambda model: number(model.name), default=None)


def _follower(model: Model, models: Sequence[Model]) -> Model:
    """The last of `models` that was taught in this one's family after it; itself where none was."""
    taught = [one for one in models if one.card.parent is not None and number(one.name) > number(model.name)]
    return latest(family(model.name), taught) or model


def _untaught(models: tuple[Model, ...]) -> tuple[Model, ...]:
    """Without those in whose place a later one of their family stands, which was taught: busi-3 for busi and busi-2."""
    return tuple(model for model in models if _follower(model, models) is model)


def _model_folders(folders: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for folder in folders:
        if (folder / CARD).is_file():
            found.append(folder)
        elif folder.is_dir():
            found += sorted(child for child in folder.iterdir() if child.is_dir() and not child.name.startswith("."))
    return found


def _none_of(found: list[tuple[Model, Mismatch]]) -> Suiting:
    """No model suits: what the one that came nearest lacks."""
    if not found:
        return Suiting((), Message("No model is installed."))
    model, fault = max(found, key=lambda one: one[1].reached)
    return Suiting((), fault.message, nearest=model)
