"""urwkv-desktop segment: images in, masks out."""

from pathlib import Path
from typing import Annotated

import typer

from urwkv_desktop.cli.devices import DeviceName, DeviceOption, FlipsOption
from urwkv_desktop.cli.interrupt import interruptible
from urwkv_desktop.cli.showing import INTERRUPTED, progress, refuse, say
from urwkv_desktop.workflow.places import find_places
from urwkv_desktop.workflow.segmenting import SegmentWish
from urwkv_desktop.workflow.segmenting import segment as draw


def segment(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Images, or folders of images.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the masks.")],
    model: Annotated[str | None, typer.Option("--model", help="The model's name (or folder); it is obeyed.")] = None,
    formats: Annotated[str, typer.Option("--format", help="png, nifti, nrrd, dicom-seg, rtstruct, coco, labelme, yolo "
                                                          "and others, or several: png,coco")] = "png",
    device: DeviceOption = DeviceName.auto,
    flips: FlipsOption = False,
) -> int:
    """Draw masks for images: OUT/<name>.png, the label's number at each pixel; OUT/<name>.nii.gz for a volume."""
    wish = SegmentWish(tuple(paths), out, model, tuple(split_words(formats)), device.value, flips)
    with interruptible() as stop, progress("Segmenting") as report:
        found = draw(wish, find_places(), report=lambda done, total: report(done, total, ""), stop=stop)
    for note in found.notes:
        say(note)
    for name, refusal in found.refused:
        refuse(name, refusal)
    if found.is_stopped:
        say("Interrupted; what stands is whole.")
        return INTERRUPTED
    return 1 if found.refused else 0


def split_words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
