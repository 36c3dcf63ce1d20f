"""Models in and out: weights that were trained elsewhere become a model of one's own; a model becomes an ONNX file."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import InputSpec, ModelCard, Suits
from urwkv_desktop.workflow.models import find_model, library_of
from urwkv_desktop.workflow.packages import need
from urwkv_desktop.workflow.places import Places

# How pixels become the network's numbers: `published` is what the authors' own loader feeds (training/adopt.py).
SCALINGS = ("published", "imagenet", "unit")
_IMAGENET = InputSpec(mean=(0.485, 0.456, 0.406), sd=(0.229, 0.224, 0.225))
_UNIT = InputSpec(mean=(0.0, 0.0, 0.0), sd=(1.0, 1.0, 1.0))


@dataclass(frozen=True)
class ImportWish:
    """size: (width, height) of the network's input. graph: None where the file should tell. Empty tuples mean any."""

    file: Path
    name: str
    graph: str | None = None
    shift: str = "permute"
    labels: tuple[str, ...] = ()
    activation: str = "sigmoid"
    modality: tuple[str, ...] = ()
    body_part: tuple[str, ...] = ()
    colour: str = "any"
    dimension: str = "2d"
    size: tuple[int, int] = (256, 256)
    resize: str = "stretch"
    scaling: str = "published"
    licence: str = ""


def import_model(wish: ImportWish, places: Places) -> ModelCard:
    """Adds the model to the person's own and answers with its card. Raises Refusal, also where the graph is asked."""
    need("torch", Message("Import {name}.", name=wish.file.name))
    if any(model.name == wish.name for model in library_of(places).models):
        raise Refusal(tried=Message("Import {name}.", name=wish.file.name),
                      cause=Message("There is a model {name} already.", name=wish.name),
                      cure=Message("Choose another name with --name."))
    adopt = import_module("urwkv_desktop.training.adopt")
    suits, spec = _described(wish, adopt.PUBLISHED_INPUT)
    asked = adopt.Wish(wish.name, wish.graph, wish.shift, wish.labels, wish.activation, suits, spec, wish.licence)
    card: ModelCard = adopt.adopt(wish.file, asked, places.user_models)
    return card


def export_onnx(name: str, target: Path, places: Places) -> str:
    """Writes the model as ONNX; answers by whom it was read back and compared. Raises Refusal."""
    tried = Message("Export {name}.", name=name)
    need("torch", tried)
    need("onnx", tried)
    _, model = find_model(name, places)
    if target.is_dir() or not target.parent.is_dir():
        raise Refusal(tried=tried, cause=Message("{file} is no place for a file.", file=str(target)),
                      cure=Message("Name a file in a folder that exists with --onnx."))
    reader: str = import_module("urwkv_desktop.training.onnx_graph").export_onnx(model, target)
    return reader


def _described(wish: ImportWish, published: InputSpec) -> tuple[Suits, InputSpec]:
    scalings = dict(zip(SCALINGS, (published, _IMAGENET, _UNIT), strict=True))
    given: dict[str, Any] = {"width": wish.size[0], "height": wish.size[1], "resize": wish.resize}
    try:
        base = msgspec.to_builtins(scalings[wish.scaling])
        spec = msgspec.convert({**base, **given}, InputSpec)
        suits = msgspec.convert({"modality": wish.modality, "body_part": wish.body_part, "colour": wish.colour,
                                 "dimension": wish.dimension}, Suits)
    except KeyError:
        raise _odd(wish, Message("There is no scaling {name}.", name=wish.scaling)) from None
    except msgspec.ValidationError as error:
        raise _odd(wish, Message("{reason}.", reason=str(error).rstrip("."))) from error
    return suits, spec


def _odd(wish: ImportWish, cause: Message) -> Refusal:
    return Refusal(tried=Message("Import {name}.", name=wish.file.name), cause=cause,
                   cure=Message("See urwkv-desktop models import --help."))
