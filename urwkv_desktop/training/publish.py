"""From a training run to a model that the program uses: weights, graph, card; or a refusal."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import Tensor

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.inference.card import ModelCard, write_card
from urwkv_desktop.inference.library import Model
from urwkv_desktop.inference.openvino_engine import OpenVinoEngine, takes_bfloat16
from urwkv_desktop.inference.predictor import Predictor
from urwkv_desktop.inference.prepare import prepare
from urwkv_desktop.network import DIMS, URWKV, build_network
from urwkv_desktop.training.cases import Case, DataPlace, keyed, read_cases
from urwkv_desktop.training.differences import difference
from urwkv_desktop.training.evaluate import evaluate
from urwkv_desktop.training.graph import Agreement, agreement, refuse_unless_agreed, write_graph
from urwkv_desktop.training.reading import read_image
from urwkv_desktop.training.recipe import Recipe, read_recipe
from urwkv_desktop.training.scores import Evaluation
from urwkv_desktop.training.split import Split, chosen_split
from urwkv_desktop.training.statistics_range import within_float16

WEIGHTS, GRAPH, GRAPH_WEIGHTS, CARD = "model.safetensors", "model.xml", "model.bin", "card.json"
COMPARED = 8


@dataclass(frozen=True)
class Published:
    """card: as written. score: of the rounded graph through the predictor. agreed: graph against torch."""

    card: ModelCard
    score: Evaluation
    agreed: Agreement


def publish(
    weights: Path,
    recipe: Path,
    place: DataPlace | Path,
    out: Path,
    *,
    fold: int | None = None,
    command: str = "",
    parent: str | None = None,
    notes: dict[str, object] | None = None,
    report: Callable[[Message], None] = lambda message: None,
) -> Published:
    """Writes `out`/{model.safetensors, model.xml, model.bin, card.json} and answers with the measured card.

    `weights`: a file, or the folder of a run, of which the recipe says whether it means the last or best ones.
    Weights are rounded to float16 before anything is measured. `parent`: SHA-256 of the weights it was trained from.
    `notes` join the card's `data`. Refuses when torch and graph disagree; an older model in `out` then stays.
    """
    asked = read_recipe(recipe)
    if weights.is_dir():
        weights = weights / ("best.safetensors" if asked.publish == "best" else "weights.safetensors")
    place = place if isinstance(place, DataPlace) else DataPlace(folder=place)
    split = chosen_split(keyed(read_cases(place), asked.channels, place.label), fold, asked.seed)
    beside = out.with_name(out.name + ".part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        report(Message("Write weights and graph."))
        network = rounded(asked, weights)
        save_rounded(network, beside / WEIGHTS)
        write_graph(network, asked.network.in_channels, asked.input.height, asked.input.width, beside / GRAPH)
        report(Message("Compare the graph with torch."))
        agreed = agreement(network, beside / GRAPH, _pictures(split.validation, asked))
        refuse_unless_agreed(agreed)
        report(Message("Measure the model on {count} images.", count=len(split.validation)))
        card = _card(asked, split, beside, command=command, parent=parent, notes=notes or {})
        score, card = _measured(card, beside, split.validation)
        write_card(card, beside / CARD)
        shutil.rmtree(out, ignore_errors=True)
        beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Published(card, score, agreed)


def rounded(recipe: Recipe, weights: Path) -> URWKV:
    """The recipe's network with the weights of a file, rounded to float16 and held in float32.

    Refuses weights of another network, and a value that float16 cannot hold.
    """
    from safetensors.torch import load_file

    chosen = recipe.network
    network = build_network(chosen.graph, chosen.variant, chosen.num_classes, chosen.in_channels, chosen.shift)
    values = {name: _as_float16(tensor).float() if tensor.is_floating_point() else tensor
              for name, tensor in within_float16(load_file(weights)).items()}
    if not all(bool(torch.isfinite(tensor).all()) for tensor in values.values()):
        raise _refusal(Message("A weight is no number, or too large for float16."))
    try:
        network.load_state_dict(values)
    except RuntimeError as error:
        raise _refusal(Message("The weights are those of another network.")) from error
    return network.eval()


def _as_float16(tensor: Tensor) -> Tensor:
    return tensor.to(torch.float16)


def save_rounded(network: URWKV, path: Path) -> None:
    """Writes the weights as float16 safetensors, names as published."""
    from safetensors.torch import save_file

    state = network.state_dict()
    save_file({name: (_as_float16(value) if value.is_floating_point() else value).contiguous()
               for name, value in state.items()}, path)
    path.chmod(0o644)  # safetensors lets the owner alone read it


def _pictures(cases: Sequence[Case], recipe: Recipe) -> list[Any]:
    """Eight prepared slices, spread over the cases that validate."""
    step = max(1, len(cases) // COMPARED)
    images = [read_image(case) for case in cases[::step][:COMPARED]]
    return [prepare(image, recipe.input, image.shape[0] // 2).array for image in images]


def _card(
    recipe: Recipe,
    split: Split,
    folder: Path,
    *,
    command: str,
    parent: str | None,
    notes: dict[str, object],
) -> ModelCard:
    chosen = recipe.network
    return ModelCard(
        name=recipe.name,
        parent=parent,
        title=recipe.title,
        suits=recipe.suits,
        graph=chosen.graph,
        variant=chosen.variant,
        dims=DIMS["small" if chosen.variant == "small" else "base"],
        shift=chosen.shift,
        in_channels=chosen.in_channels,
        num_classes=chosen.num_classes,
        channels=recipe.channels,
        activation=recipe.activation,
        input=recipe.input,
        data={**msgspec.to_builtins(recipe.data), **notes},
        split={
            "kept": str(split.said),
            "train": len(split.train),
            "validation": len(split.validation),
            "weights": "of the last step" if recipe.publish == "last" else "of the best validation, chosen on it",
            "groups": len({case.group for case in (*split.train, *split.validation)}),
        },
        command=command,
        licence=recipe.data.licence,
        files={name: sha256(folder / name) for name in (WEIGHTS, GRAPH, GRAPH_WEIGHTS)},
    )


def _measured(card: ModelCard, folder: Path, cases: Sequence[Case]) -> tuple[Evaluation, ModelCard]:
    """The card with the metrics of the graph in float32, and with bfloat16's difference where this CPU has it."""
    model = Model(card, folder, card.files[WEIGHTS])
    classes = len(card.channels)
    score = evaluate(Predictor(model, OpenVinoEngine(folder / GRAPH, None)), cases, classes)
    precisions: dict[str, dict[str, object]] = {"float32": {}}
    if takes_bfloat16():
        engine = OpenVinoEngine(folder / GRAPH, None, precision="bf16")
        precisions["bfloat16"] = difference(score, evaluate(Predictor(model, engine), cases, classes))
    metrics = msgspec.to_builtins(score)
    del metrics["cases"], metrics["empty_cases"], metrics["refused"]
    return score, msgspec.structs.replace(card, metrics=_short(metrics), precisions=precisions)


def _short(value: Any) -> Any:
    """Four places are more than a figure of some hundred images has."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: _short(one) for name, one in value.items()}
    return [_short(one) for one in value] if isinstance(value, list | tuple) else value


def sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _refusal(cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Publish the model."),
        cause=cause,
        cure=Message("Train again, or name the weights and the recipe of one run."),
    )
