"""urwkv-desktop evaluate: how well a model does on images whose masks are known."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from urwkv_desktop.cli.devices import DeviceName, DeviceOption, FlipsOption
from urwkv_desktop.cli.interrupt import interruptible
from urwkv_desktop.cli.showing import INTERRUPTED, progress, say
from urwkv_desktop.cli.train import DataOption, FoldOption, FoldsOption, ImagesOption, LabelOption, MasksOption
from urwkv_desktop.workflow.lessons import LessonData, Wishes
from urwkv_desktop.workflow.lessons import evaluate as measure
from urwkv_desktop.workflow.places import find_places


def evaluate(
    model: Annotated[str, typer.Option("--model", help="The model's name, or its folder.")],
    data: DataOption = None,
    images: ImagesOption = None,
    masks: MasksOption = None,
    folds: FoldsOption = None,
    fold: FoldOption = None,
    label: LabelOption = "",
    csv: Annotated[Path | None, typer.Option("--csv", help="Write one line a case into this file.")] = None,
    worst: Annotated[Path | None, typer.Option("--worst", help="Draw the 12 worst cases into this PNG.")] = None,
    without_flagged: Annotated[bool, typer.Option("--without-flagged", help="Leave out what the list flags.")] = False,
    tolerance: Annotated[float | None, typer.Option("--tolerance", min=0, help="Of the surface Dice; 1 mm or 2 pixels "
                                                                               "unless told.")] = None,
    device: DeviceOption = DeviceName.auto,
    flips: FlipsOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Compare a model's masks with known ones: Dice, IoU, 95 % Hausdorff distance."""
    with interruptible() as stop, progress("Evaluating") as report:
        found = measure(model, LessonData(data, images, masks, folds, fold, label=label), places=find_places(),
                        report=lambda done, total: report(done, total, ""), stop=stop,
                        wishes=Wishes(csv, worst, without_flagged, tolerance, device.value, flips))
        is_stopped = stop()
    if as_json:
        print(json.dumps(found, indent=2))
    else:
        _table(found)
    for note in found["notes"]:
        say(note)
    for one in found["refused"]:
        say(f"{one['id']}: {one['reason']}")
    if is_stopped:
        return INTERRUPTED
    return 1 if found["refused"] else 0


def _table(found: dict[str, Any]) -> None:
    print(f"{'looked at by':<31} {found['engine']}{', mirror images averaged in' * found['flips']}")
    if found["refused"]:
        print(f"images that were refused        {len(found['refused'])}, in none of the figures")
    print(f"images with something to find   {found['n']}, of them missed altogether {found['missed']}")
    for name, title in (("dice", "Dice"), ("iou", "IoU")):
        figures = {part: _number(found[f"{name}_{part}"]) for part in ("mean", "lo", "hi", "sd", "median", "p5")}
        print(f"{title:<31} mean {figures['mean']} ({figures['lo']} to {figures['hi']}), SD {figures['sd']}, "
              f"median {figures['median']}, 5th percentile {figures['p5']}")
    print(f"{'HD95':<31} mean {_number(found['hd95_mean'], 1)} {found['hd95_unit']}, "
          f"median {_number(found['hd95_median'], 1)}, unknown for {found['hd95_missing']}")
    print(f"{'surface Dice':<31} {_number(found['surface_dice_mean'])} within {found['surface_dice_tolerance']:g} "
          f"{found['surface_dice_unit']}")
    print(f"{'added path length':<31} {_number(found['added_path_mean'], 0)} {found['added_path_unit']}")
    if len(found["labels"]) > 1:
        for label in found["labels"]:
            print(f"  label {label['label']:<23} Dice {_number(label['dice_mean'])}, IoU {_number(label['iou_mean'])} "
                  f"on {label['n']}")
    _parts(found)
    empty = found["empty"]
    print(f"images with nothing to find     {empty['n']}, on {empty['fired_over_50px']} of them over 50 pixels drawn, "
          f"on {found['empty_fired']} any")
    if found["lab"]:
        lab = found["lab"]
        print(f"{'the publishing lab counts':<31} IoU {_number(lab['iou']['1'])} (batches of 16: "
              f"{_number(lab['iou']['16'])}), F1 {_number(lab['f1'])}, at {lab['side']} pixels")


def _parts(found: dict[str, Any]) -> None:
    parts = dict(found["kinds"]) if len(found["kinds"]) > 1 else {}
    if found["without_flagged"]:
        parts |= {"not flagged in the list": found["without_flagged"], "flagged": found["flagged"]}
    for name, part in parts.items():
        print(f"  {name:<29} {part['n']} with something to find: Dice {_number(part['dice_mean'])}, "
              f"IoU {_number(part['iou_mean'])}; {part['empty']['n']} without: fired on "
              f"{part['empty']['fired_over_50px']}")


def _number(value: float | None, places: int = 3) -> str:
    return "-" if value is None else f"{value:.{places}f}"
