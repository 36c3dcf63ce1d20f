"""The decode worker is started while the rest of the program is still being loaded."""

import os
from pathlib import Path

import numpy as np
import pytest

from tests.formats.builders import slices
from tests.homes import make_folder
from urwkv_desktop.formats.ahead import Ahead
from urwkv_desktop.formats.known import Learned
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.imaging import Geometry, Image, Refusal
from urwkv_desktop.workflow.decoding import worker_ahead
from urwkv_desktop.workflow.jobs import Jobs, Turns
from urwkv_desktop.workflow.places import find_places
from urwkv_desktop.workflow.preparing import drop, prepare
from urwkv_desktop.workflow.settings import Settings


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    monkeypatch.setenv("URWKV_DESKTOP_HOME", str(tmp_path / "home"))
    return Jobs(Turns().post)


def test_what_was_started_ahead_reads_the_project(tmp_path: Path, jobs: Jobs) -> None:
    slices(tmp_path / "images", [0, 1, 2])
    worker = worker_ahead(tmp_path / "images", Settings(), jobs.start, places=find_places())
    opening = prepare(tmp_path / "images", places=find_places(), run=jobs.start, settings=Settings(), worker=worker)
    assert opening.worker is worker
    source, = (one for one in worker.index(tmp_path / "images") if one.refusal is None)
    assert worker.read(tmp_path / "images", source).shape == (3, 6, 8)
    drop(opening)
    assert worker.pid is None


def test_what_was_started_ahead_ends_where_nothing_can_be_opened(tmp_path: Path, jobs: Jobs) -> None:
    (tmp_path / "empty").mkdir()
    worker = worker_ahead(tmp_path / "empty", Settings(), jobs.start, places=find_places())
    with pytest.raises(Refusal, match="no images"):
        prepare(tmp_path / "empty", places=find_places(), run=jobs.start, settings=Settings(), worker=worker)
    assert worker.pid is None
    assert not list((tmp_path / "empty").iterdir())


@pytest.mark.parametrize("target", ["pictures", "pictures/a.png", "not there"])
def test_a_folder_without_dicom_and_one_that_is_not_there_have_their_worker_too(tmp_path: Path, jobs: Jobs, target: str,
                                                                               ) -> None:
    make_folder(tmp_path / "pictures", ("a",), model=None)
    worker = worker_ahead(tmp_path / target, Settings(), jobs.start, places=find_places())
    try:
        found, = worker.index(tmp_path / "pictures")
        assert found.title == "a"
    finally:
        worker.close()


def test_a_folder_without_a_project_is_looked_through_meanwhile(tmp_path: Path, jobs: Jobs) -> None:
    folder = tmp_path / "images"
    for path in slices(folder, [0, 1, 2]):
        os.utime(path, (0, 0))
    worker = worker_ahead(folder, Settings(), jobs.start, places=find_places())
    kept = list[Learned]()
    found, = worker.index(folder, keep=kept.append)
    assert len([one for learned in kept for one in learned.files]) == 3
    assert worker.read(folder, found).shape == (3, 6, 8)
    worker.close()


def test_what_was_made_ahead_is_handed_over_once_and_to_those_who_ask_for_it(tmp_path: Path) -> None:
    source = Source(SourceKind.image, ("a.dcm",), "1")
    other = Source(SourceKind.image, ("b.dcm",), "1")
    image = Image(np.zeros((1, 2, 2), np.uint8), Geometry.picture())
    ahead = Ahead(tmp_path)
    ahead.run(lambda *_, **__: [source, other], lambda *_: image)
    assert ahead.index(None, None, None) == [source, other]
    assert ahead.index(None, None, None) is None
    assert ahead.image(tmp_path, other) is None
    assert ahead.image(tmp_path / "elsewhere", source) is None
    assert ahead.image(tmp_path, source) is image
    assert ahead.image(tmp_path, source) is None


def test_a_folder_with_a_project_is_not_looked_through_twice(tmp_path: Path, jobs: Jobs) -> None:
    folder = tmp_path / "images"
    slices(folder, [0, 1, 2])
    drop(prepare(folder, places=find_places(), run=jobs.start, settings=Settings()))
    worker = worker_ahead(folder, Settings(), jobs.start, places=find_places())
    source, = (one for one in worker.index(folder) if one.refusal is None)
    for path in folder.glob("*.dcm"):
        path.unlink()
    with pytest.raises(Refusal):
        worker.read(folder, source)
    worker.close()


def test_other_images_than_the_first_are_read_when_they_are_asked_for(tmp_path: Path, jobs: Jobs) -> None:
    folder = tmp_path / "images"
    slices(folder / "a", [0, 1, 2])
    slices(folder / "b", [0, 1], SeriesInstanceUID="1.2.3.5")
    worker = worker_ahead(folder, Settings(), jobs.start, places=find_places())
    first, second = worker.index(folder)
    assert worker.read(folder, second).shape == (2, 6, 8)
    assert worker.read(folder, first).shape == (3, 6, 8)
    worker.close()


def test_an_index_that_is_given_up_meanwhile_ends(tmp_path: Path, jobs: Jobs) -> None:
    folder = tmp_path / "images"
    for number in range(100):
        slices(folder / str(number), [0, 1], SeriesInstanceUID=f"1.2.{number}")
    worker = worker_ahead(folder, Settings(), jobs.start, places=find_places())
    assert len(worker.index(folder, stop=lambda: True)) <= 100
    worker.close()


def test_a_first_image_that_is_refused_is_refused_when_it_is_asked_for(tmp_path: Path, jobs: Jobs) -> None:
    folder = tmp_path / "images"
    path, = slices(folder, [0])
    path.write_bytes(path.read_bytes()[:-20])
    worker = worker_ahead(folder, Settings(), jobs.start, places=find_places())
    source, = worker.index(folder)
    assert "incomplete" in str(source.refusal)
    worker.close()
