"""From an image to what the network says of it: cards, the library of models, engines, the predictor.

Names are resolved lazily: the card alone loads neither numpy's friends nor openvino, and nothing here loads torch
unless a torch device is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urwkv_desktop.inference.card import CardChannel, InputSpec, ModelCard, Suits, read_card, write_card
    from urwkv_desktop.inference.engine import Engine, EngineFailure
    from urwkv_desktop.inference.library import Model, ModelLibrary, Suiting
    from urwkv_desktop.inference.predictor import Predictor, load_predictor, outwards

_HOMES = {
    "card": ("CardChannel", "InputSpec", "ModelCard", "Suits", "read_card", "write_card"),
    "engine": ("Engine", "EngineFailure"),
    "library": ("Model", "ModelLibrary", "Suiting"),
    "predictor": ("Predictor", "load_predictor", "outwards"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "CardChannel", "Engine", "EngineFailure", "InputSpec", "Model", "ModelCard", "ModelLibrary", "Predictor", "Suiting",
    "Suits", "load_predictor", "outwards", "read_card", "write_card",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(import_module(f"urwkv_desktop.inference.{_HOME_OF[name]}"), name)
