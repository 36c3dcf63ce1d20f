"""What opening a project takes time for: on any thread, so that no window waits. `Session.begin` does the rest."""

from pathlib import Path

from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.store.location import locate
from urwkv_desktop.workflow.decoding import limits_of
from urwkv_desktop.workflow.opening import Opening, Starter, open_folder
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.samples import sample_folder
from urwkv_desktop.workflow.settings import Settings


def prepare(target: Path, *, places: Places, run: Starter, settings: Settings, project_file: Path | None = None,
            take_over: bool = False, worker: DecodeWorker | None = None) -> Opening:
    """A folder, an image in it, or a project file (of the bundled samples: the person's copy). Raises Refusal.

    take_over: the person was asked whether the window that writes there shall stop, and wants it. worker: one that was
    started ahead; it is closed where nothing can be opened.
    """
    if target.absolute() == places.samples:
        target = sample_folder(places)
    worker = worker or DecodeWorker(limits_of(settings))
    opening = None
    try:
        opening = open_folder(target, places=places, run=run, project_file=project_file, worker=worker,
                              take_over=take_over)
    finally:
        if opening is None:
            worker.close()
    opening.project.cases()  # put into their order here: with thousands that takes time, once
    return opening


def is_project_of(target: Path, project: Path, *, places: Places, project_file: Path | None = None) -> bool:
    """Whether what is named here is this project file, by whatever way it is reached. Raises Refusal."""
    if target.absolute() == places.samples:
        target = sample_folder(places)
    folder = target.parent if target.is_file() and target.suffix != project.suffix else target
    place = locate(folder, places.data, project_file=project_file)
    return place.exists and project.exists() and place.project.samefile(project)


def drop(opening: Opening) -> None:
    """Nobody wants it any more: closed as if it had never been opened."""
    opening.worker.close()
    opening.project.close()
    opening.predictions.close()
