"""urwkv-desktop train: a recipe on images and masks."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from urwkv_desktop.cli.interrupt import interruptible
from urwkv_desktop.cli.showing import progress, say
from urwkv_desktop.workflow.lessons import LessonData, Trained
from urwkv_desktop.workflow.lessons import train as run_recipe
from urwkv_desktop.workflow.places import find_places

SetsOption = Annotated[list[Path] | None, typer.Option("--data", help="Folder with folds.csv or cases.csv; several to "
                                                                     "train on all of them.")]
DataOption = Annotated[Path | None, typer.Option("--data", help="Folder with folds.csv or cases.csv.")]
ImagesOption = Annotated[Path | None, typer.Option("--images", help="Folder of images.")]
MasksOption = Annotated[Path | None, typer.Option("--masks", help="Folder of masks of the same names.")]
FoldsOption = Annotated[Path | None, typer.Option("--folds", help="CSV that names the folds.")]
FoldOption = Annotated[int | None, typer.Option("--fold", help="The fold that validates; the rest train.")]

LabelOption = Annotated[str, typer.Option("--label", help="The one label of the masks that counts, where their "
                                                          "labels.json names several; all others are background.")]


def train(
    out: Annotated[Path, typer.Option("--out", help="Folder for weights, curve, checkpoints and the model.")],
    recipe: Annotated[str | None, typer.Argument(help="Recipe: a TOML file, or the name of a bundled one.")] = None,
    config: Annotated[str | None, typer.Option("--config", help="The same as RECIPE.")] = None,
    data: SetsOption = None,
    images: ImagesOption = None,
    masks: MasksOption = None,
    folds: FoldsOption = None,
    fold: FoldOption = None,
    label: LabelOption = "",
    start_from: Annotated[str | None, typer.Option("--from", help="Model whose weights it begins with; NAME@HASH "
                                                              "only with these weights.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint in --out.")] = False,
) -> int:
    """Train a network by a recipe and publish it. Needs PyTorch."""
    sets = data or []
    lesson = LessonData(sets[0] if sets else None, images, masks, folds, fold, tuple(sets[1:]), label)
    command = "urwkv-desktop " + shlex.join(map(_without_place, sys.argv[1:]))
    with interruptible() as stop, progress("Training") as report:
        trained = run_recipe(recipe or config, lesson, out, places=find_places(), start_from=start_from, resume=resume,
                             command=command, report=report, stop=stop, say=say)
    return _told(trained, out)


def _told(trained: Trained, out: Path) -> int:
    if trained.model is None and trained.state == "finished":
        return 0  # one of several processes: the first one publishes and says so
    if trained.model is None:
        say(f"Stopped. `--resume --out {out}` goes on where it was.")
        return 1
    say(f"The model stands in {trained.model}" + (f", IoU {trained.iou:.3f}" if trained.iou is not None else "") + ".")
    return 0


def _without_place(word: str) -> str:
    """The command goes into the card: where things lie on this machine is nobody's business."""
    return Path(word).name if Path(word).is_absolute() else word
