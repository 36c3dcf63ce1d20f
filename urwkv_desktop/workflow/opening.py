"""How a folder becomes an open project: where its file lies, what it is read with, what stands beside it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from urwkv_desktop.formats import decoders
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Finding, Message, Refusal, Severity
from urwkv_desktop.store.location import SUFFIX, Location, locate
from urwkv_desktop.store.predictions import PredictionStore
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.indexing import may_hold_images
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.samples import ProjectFile, read_project_file

Starter = Callable[[str, Callable[[], None]], object]

_DECODERS = "decoders"


@dataclass(frozen=True, eq=False)
class Opening:
    """start_with: the image by which the folder was named, relative to it; "" for a folder."""

    project: Project
    predictions: PredictionStore
    worker: DecodeWorker
    project_file: ProjectFile
    findings: tuple[Finding, ...]
    start_with: str = ""


def open_folder(target: Path, *, places: Places, run: Starter, project_file: Path | None,
                worker: DecodeWorker, take_over: bool = False) -> Opening:
    """Raises Refusal. Nothing is written where there is nothing to open. take_over: from a window that writes."""
    target = Path(os.path.abspath(target.expanduser()))  # noqa: PTH100 - a link keeps the person's name for it
    start_with = ""
    if target.is_file() and target.suffix != SUFFIX:
        target, start_with = target.parent, target.name
    place = locate(target, places.data, project_file=project_file)
    _check(place)
    project = Project.open(place.project, run, take_over=take_over) if place.exists else _made(place, run)
    predictions = PredictionStore(project.path, run, project_id=project.project_id, read_only=project.is_read_only)
    stated, findings = read_project_file(project.root)
    worker.start(run)  # last: what is refused above leaves no process behind
    noted = (*place_findings(place), *record_decoders(project), *findings)
    return Opening(project, predictions, worker, stated, noted, start_with)


def record_decoders(project: Project) -> tuple[Finding, ...]:
    """Which decoders read the images from now on; said where they were others."""
    had, now = project.meta(_DECODERS), decoders.pins()
    if had == now or project.is_read_only:
        return ()
    project.set_meta(_DECODERS, now)
    if had is None:
        return ()
    return (Finding("project.decoders", Message("Images are decoded by other versions than when this project was last "
                                                "open."), Severity.note),)


def place_findings(place: Location) -> tuple[Finding, ...]:
    """Where the new project file lies; nothing where it was there before."""
    return () if place.exists else (Finding("project.place", _lies(place), Severity.note),)


def _lies(place: Location) -> Message:
    if place.project.parent == place.root:
        return Message("The project file lies in the folder: {file}.", file=place.project.name)
    return Message("The project file does not lie in the folder, but here: {file}.", file=str(place.project))


def _made(place: Location, run: Starter) -> Project:
    assert place.root is not None
    return Project.create(place.project, place.root, run)


def _check(place: Location) -> None:
    """Before a project file is made: can the folder be read, and may it hold an image at all?"""
    if place.root is None:
        return
    tried = Message("Opening this folder.")
    try:
        next(place.root.iterdir(), None)
    except OSError as error:
        raise Refusal(tried=tried, cause=Message("The folder {name} cannot be read: {reason}.", name=place.root.name,
                                                 reason=error.strerror or "error"),
                      cure=Message("Check that you may read it, or choose another one.")) from error
    if not place.exists and not may_hold_images(place.root):
        raise Refusal(tried=tried, cause=Message("There are no images in the folder {name}.", name=place.root.name),
                      cure=Message("Choose the folder in which the images lie."))
