"""urwkv-desktop evaluate: how well a model does on images whose masks are known."""

import json
from typing import Annotated, Any

import typer

from urwkv_desktop.cli.interrupt import interruptible
from urwkv_desktop.cli.showing import progress
from urwkv_desktop.cli.train import DataOption, FoldOption, FoldsOption, ImagesOption, MasksOption
from urwkv_desktop.workflow.lessons import LessonData
from urwkv_desktop.workflow.lessons import evaluate as measure
from urwkv_desktop.workflow.places import find_places


def evaluate(
    model: Annotated[str, typer.Option("--model", help="The model's name, or its folder.")],
    data: DataOption = None,
    images: ImagesOption = None,
    masks: MasksOption = None,
    folds: FoldsOption = None,
    fold: FoldOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Compare a model's masks with known ones: Dice, IoU, 95 % Hausdorff distance."""
    with interruptible() as stop, progress("Evaluating") as report:
        found = measure(model, LessonData(data, images, masks, folds, fold), places=find_places(),
                        report=lambda done, total: report(done, total, ""), stop=stop)
        is_stopped = stop()
    if as_json:
        print(json.dumps(found, indent=2))
    else:
        _table(found)
    return 130 if is_stopped else 0


def _table(found: dict[str, Any]) -> None:
    print(f"images with something to find   {found['n']}")
    print(f"Dice (mean)                     {_number(found['dice_mean'])}")
    print(f"IoU (mean, 95 % interval)       {_number(found['iou_mean'])} "
          f"({_number(found['iou_lo'])} to {_number(found['iou_hi'])})")
    empty = found["empty"]
    print(f"images with nothing to find     {empty['n']}, on {empty['fired_over_50px']} of them over 50 pixels drawn")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
