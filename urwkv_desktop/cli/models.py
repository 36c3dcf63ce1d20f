"""urwkv-desktop models: which models are at hand; one's own in, ONNX out."""

import json
from pathlib import Path
from typing import Annotated

import typer

from urwkv_desktop.cli.showing import refuse, say
from urwkv_desktop.cli.train import DataOption, FoldOption, FoldsOption, ImagesOption, MasksOption
from urwkv_desktop.workflow.exchange import SCALINGS, ImportWish, export_onnx, import_model
from urwkv_desktop.workflow.lessons import LessonData
from urwkv_desktop.workflow.models import ModelLine, list_models
from urwkv_desktop.workflow.places import find_places
from urwkv_desktop.workflow.quantising import quantise


def models(as_json: bool) -> int:
    """List the models at hand."""
    shelf = list_models(find_places())
    if as_json:
        print(json.dumps([line.card for line in shelf.lines], indent=2))
    else:
        _table(shelf.lines)
    for name, refusal in shelf.refused:
        refuse(name, refusal)
    return 1 if shelf.refused else 0


def import_(
    file: Annotated[Path, typer.Argument(help="Weights: a state dict saved by torch, or safetensors.")],
    name: Annotated[str, typer.Option("--name", help="What the model shall be called.")],
    graph: Annotated[str | None, typer.Option(
        "--graph", help="The graph that it was trained in; without it, what the file tells.")] = None,
    shift: Annotated[str, typer.Option("--shift", help="permute (as published) or qshift.")] = "permute",
    label: Annotated[list[str] | None, typer.Option("--label", help="A label's name; once for each output.")] = None,
    activation: Annotated[str, typer.Option(
        "--activation", help="sigmoid, or softmax where the first output is the background.")] = "sigmoid",
    modality: Annotated[list[str] | None, typer.Option("--modality", help="DICOM's word: US, CT ...")] = None,
    body_part: Annotated[list[str] | None, typer.Option("--body-part", help="DICOM's word: BREAST ...")] = None,
    colour: Annotated[str, typer.Option("--colour", help="grey, colour or any.")] = "any",
    dimension: Annotated[str, typer.Option("--dimension", help="2d, or slices of volumes.")] = "2d",
    width: Annotated[int, typer.Option("--width", help="Of the pictures that it was trained on.")] = 256,
    height: Annotated[int, typer.Option("--height", help="The same.")] = 256,
    resize: Annotated[str, typer.Option("--resize", help="stretch or letterbox.")] = "stretch",
    scaling: Annotated[str, typer.Option(
        "--scaling", help=f"How pixels were scaled: {', '.join(SCALINGS)}. published is what the authors' own loader "
                          "does (BGR, ImageNet's mean and sd, divided by 255 once more).")] = "published",
    licence: Annotated[str, typer.Option("--licence", help="Of the weights.")] = "",
) -> int:
    """Make a model of one's own out of weights that were trained elsewhere."""
    wish = ImportWish(file.expanduser(), name, graph, shift, tuple(label or ()), activation, tuple(modality or ()),
                      tuple(body_part or ()), colour, dimension, (width, height), resize, scaling, licence)
    card = import_model(wish, find_places())
    print(f"{card.name}: U-RWKV {card.variant} ({card.graph}, shift {card.shift}), {card.num_classes} output"
          f"{'s' * (card.num_classes != 1)}. How good it is is not known: urwkv-desktop evaluate --model {card.name}")
    return 0


def export(
    name: Annotated[str, typer.Argument(help="The model's name, or its folder.")],
    onnx: Annotated[Path, typer.Option("--onnx", help="The file to write.")],
) -> int:
    """Write a model as ONNX, read it back and compare."""
    reader = export_onnx(name, onnx.expanduser(), find_places())
    print(f"{onnx}: read back by {reader}; its logits are those of torch within 0.001. The card lies in its metadata.")
    return 0


def int8(
    name: Annotated[str, typer.Argument(help="The model's name, or its folder.")],
    data: DataOption = None,
    images: ImagesOption = None,
    masks: MasksOption = None,
    folds: FoldsOption = None,
    fold: FoldOption = None,
    keep: Annotated[bool, typer.Option(
        "--keep", help="Add it to the model where it costs at most 0.003 Dice and is faster.")] = False,
) -> int:
    """Try a model in int8: calibrate on the other folds, measure on this one."""
    found = quantise(name, LessonData(data, images, masks, folds, fold), keep=keep, places=find_places(),
                     report=lambda message: say(str(message)))
    for precision, measured in found.measured.items():
        print(f"{precision:<9} {json.dumps(measured)}")
    print("Kept." if found.is_kept else "Not kept.")
    return 0


def _table(lines: tuple[ModelLine, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("name", "network", "for", "IoU", "Dice", "images", "licence of the weights"):
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(line.name, line.network, line.suits, line.iou, line.dice, line.images, line.licence)
    Console().print(table)
