"""The decode worker is started while the rest of the program is still being loaded."""

from pathlib import Path

import pytest

from tests.formats.builders import slices
from tests.homes import make_folder
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.workflow.decoding import worker_ahead
from urwkv_desktop.workflow.jobs import Jobs, Turns
from urwkv_desktop.workflow.places import find_places
from urwkv_desktop.workflow.preparing import drop, prepare
from urwkv_desktop.workflow.settings import Settings


@pytest.fixture
def jobs() -> Jobs:
    return Jobs(Turns().post)


def test_what_was_started_ahead_reads_the_project(tmp_path: Path, jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("URWKV_DESKTOP_HOME", str(tmp_path / "home"))
    slices(tmp_path / "images", [0, 1, 2])
    worker = worker_ahead(tmp_path / "images", Settings(), jobs.start)
    opening = prepare(tmp_path / "images", places=find_places(), run=jobs.start, settings=Settings(), worker=worker)
    assert opening.worker is worker
    source, = (one for one in worker.index(tmp_path / "images") if one.refusal is None)
    assert worker.read(tmp_path / "images", source).shape == (3, 6, 8)
    drop(opening)
    assert worker.pid is None


def test_what_was_started_ahead_ends_where_nothing_can_be_opened(tmp_path: Path, jobs: Jobs,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("URWKV_DESKTOP_HOME", str(tmp_path / "home"))
    (tmp_path / "empty").mkdir()
    worker = worker_ahead(tmp_path / "empty", Settings(), jobs.start)
    with pytest.raises(Refusal, match="no images"):
        prepare(tmp_path / "empty", places=find_places(), run=jobs.start, settings=Settings(), worker=worker)
    assert worker.pid is None
    assert not list((tmp_path / "empty").iterdir())


@pytest.mark.parametrize("target", ["pictures", "pictures/a.png", "not there"])
def test_a_folder_without_dicom_and_one_that_is_not_there_have_their_worker_too(tmp_path: Path, jobs: Jobs, target: str,
                                                                               ) -> None:
    make_folder(tmp_path / "pictures", ("a",), model=None)
    worker = worker_ahead(tmp_path / target, Settings(), jobs.start)
    try:
        found, = worker.index(tmp_path / "pictures")
        assert found.title == "a"
    finally:
        worker.close()
