"""One project, two windows: only one writes, and it can be the other one if the person says so."""

from pathlib import Path

from tests.homes import make_folder, stroke, working
from urwkv_desktop.workflow import Settings
from urwkv_desktop.workflow.changes import SavedKind
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.preparing import drop, prepare


def test_a_project_that_is_taken_over_is_written_in_one_window_only(tmp_path: Path, places: Places) -> None:
    folder = make_folder(tmp_path / "images")
    with working(folder, places) as work:
        work.settle()
        document = work.show("a")
        stroke(document)
        work.settle()
        beside = prepare(folder, places=places, run=work.jobs.start, settings=Settings())
        assert beside.project.is_read_only
        assert beside.project.is_held
        drop(beside)
        here = prepare(folder, places=places, run=work.jobs.start, settings=Settings(), take_over=True)
        assert not here.project.is_read_only
        row = next(row for row in here.project.cases() if row.title == "a")
        stored = here.project.load(row.id, document.image.shape).state.mask.voxels
        assert (stored == document.mask.voxels).all()
        stroke(document, row=20)
        work.wait(lambda: work.session.saved.kind is SavedKind.failed)
        assert "taken this project over" in str(work.session.saved.reason)
        assert (here.project.load(row.id).state.mask.voxels == stored).all()
        drop(here)
