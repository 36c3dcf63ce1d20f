"""The sample project from beginning to end without a window: what `make run` shows where there is no display."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from urwkv_desktop.editing.document import Document
from urwkv_desktop.formats.export import ExportReport
from urwkv_desktop.formats.writing import png
from urwkv_desktop.formats.writing.proven import Outlet
from urwkv_desktop.imaging import Message, Refusal, Status
from urwkv_desktop.workflow.jobs import Jobs, Turns
from urwkv_desktop.workflow.picture import fullest_slice, overlay
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.samples import copy_samples
from urwkv_desktop.workflow.session import Session
from urwkv_desktop.workflow.settings import Settings

# A case takes some tens of milliseconds; a busy machine may take very much longer.
PATIENCE_SECONDS = 300.0
OVERLAYS = "overlays"
# What a folder of pictures can be written as; DICOM and volumes ask for more than the samples are.
FORMATS = ("png", "nifti", "coco", "training")


@dataclass(frozen=True)
class Walked:
    """overlays: pictures to look at. unsuited: (title, why no network looked at it). report: of the export."""

    overlays: tuple[Path, ...]
    unsuited: tuple[tuple[str, Message], ...]
    report: ExportReport


@contextmanager
def opened_samples(places: Places, reader: str) -> Iterator[tuple[Session, Turns]]:
    """A fresh copy of the sample project, open without a window; it goes with its folder."""
    turns, folder = Turns(), _scratch()
    jobs = Jobs(turns.post)
    try:
        copy_samples(places.samples, folder / "Sample project")
        session = Session.open(folder / "Sample project", places=places, jobs=jobs, post=turns.post,
                               settings=Settings().changed("reader", name=reader))
        try:
            yield session, turns
        finally:
            session.close()
    finally:
        jobs.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


def _scratch() -> Path:
    """Raises Refusal."""
    try:
        return Path(tempfile.mkdtemp(prefix="urwkv-desktop-"))
    except OSError as error:
        raise Refusal(tried=Message("Opening the sample project."),
                      cause=Message("There is no room for a copy of it: {reason}.", reason=error.strerror or "error"),
                      cure=Message("Make room in the folder for temporary files.")) from error


def walk_samples(out: Path, places: Places, *, reader: str, report: Callable[[int, int], None]) -> Walked:
    """Every sample is looked at by its model, accepted by `reader`, drawn to OUT/overlays and exported to OUT.

    Raises Refusal.
    """
    outlet = Outlet(out / OVERLAYS, _pngs(out / OVERLAYS))
    unsuited: list[tuple[str, Message]] = []
    with opened_samples(places, reader) as (session, turns):
        _wait(turns, lambda: not session.is_indexing, Message("finding the samples"))
        cases = [row.id for row in session.rows]
        for done, case in enumerate(cases):
            report(done, len(cases))
            document = show(session, turns, case)
            if document.status is Status.new:
                unsuited.append((session.row(case).title, session.unsuited or Message("No answer came.")))
                continue
            session.accept(then_next=False)
            k = fullest_slice(document.mask.voxels)
            name = session.row(case).files[0].partition(".")[0]
            png.write(outlet, f"{name}.png", overlay(document.image, document.mask.voxels, document.labels, k))
        report(len(cases), len(cases))
        written = export_all(session, turns, out)
    return Walked(tuple(outlet.folder / one.path for one in outlet.written), tuple(unsuited), written)


def show(session: Session, turns: Turns, case: int) -> Document:
    """Opens a case and waits until the network has said what it says of it. Raises Refusal."""
    session.open_case(case)
    _wait(turns, lambda: session.document is not None or session.case_refusal is not None, Message("opening a case"))
    if session.case_refusal is not None:
        raise session.case_refusal
    document = session.document
    assert document is not None

    def is_said() -> bool:
        is_answered = document.status is not Status.new and document.history.unfinished is None
        return is_answered or session.unsuited is not None or session.prediction_refusal is not None

    _wait(turns, is_said, Message("predicting"))
    if session.prediction_refusal is not None:
        raise session.prediction_refusal
    return document


def export_all(session: Session, turns: Turns, out: Path) -> ExportReport:
    """Accepted cases as pictures, volumes and for training. Raises Refusal."""
    results: list[ExportReport | Refusal] = []
    session.export(out, FORMATS, (Status.accepted,), done=results.append)
    _wait(turns, lambda: bool(results), Message("exporting"))
    if isinstance(results[0], Refusal):
        raise results[0]
    return results[0]


def _wait(turns: Turns, reached: Callable[[], bool], what: Message) -> None:
    if not turns.until(reached, seconds=PATIENCE_SECONDS):
        raise Refusal(tried=what, cause=Message("There was no end to {what} in {seconds} seconds.", what=str(what),
                                                seconds=round(PATIENCE_SECONDS)),
                      cure=Message("Try again when the machine is less busy."))


def _pngs(folder: Path) -> list[str]:
    """Overlays of an earlier walk may be replaced."""
    return [file.name for file in folder.glob("*.png")] if folder.is_dir() else []
