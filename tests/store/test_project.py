"""A project keeps what was done, and everything can be undone after a restart."""

import gc
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Semaphore
from time import sleep

import numpy as np
import pytest

from tests.store.projects import new_project, open_document, start, stroke
from urwkv_desktop.editing.edits import FlagEdit, StatusEdit
from urwkv_desktop.imaging import Flag, Refusal, Status
from urwkv_desktop.store.cases import NewCase
from urwkv_desktop.store.project import Project, StaleRevision


def test_strokes_are_there_after_a_restart_and_can_be_undone_one_by_one(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    document = open_document(project)
    masks = [document.mask.voxels.copy()]
    for row in (3, 8, 13):
        assert stroke(document, row, 5)
        masks.append(document.mask.voxels.copy())
    assert project.close()

    project = Project.open(tmp_path / "work.urwkv", start)
    document = open_document(project)
    assert np.array_equal(document.mask.voxels, masks[3])
    for back in (2, 1, 0):
        document.undo()
        assert np.array_equal(document.mask.voxels, masks[back])
    document.redo()
    assert project.close()

    project = Project.open(tmp_path / "work.urwkv", start)
    document = open_document(project)
    assert np.array_equal(document.mask.voxels, masks[1])
    assert (document.history.position, len(document.history.groups)) == (1, 3)
    project.close()


def test_a_future_is_done_once_the_event_is_durable(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    told: list[tuple[int, int]] = []
    project.on_acknowledged = lambda case, revision: told.append((case, revision))
    assert project.append(1, StatusEdit(Status.accepted, 1)).result(5) == 1
    other = Project.open(project.path, start, read_only=True)
    assert other.row(1).revision == 1
    other.close()
    project.close()
    assert told == [(1, 1)]


def test_a_case_is_opened_while_its_last_events_reach_the_disk(tmp_path: Path) -> None:
    """An acknowledgement falls into each collection of garbage while the case is folded."""
    project, turn = new_project(tmp_path), Semaphore(0)
    project.on_acknowledged = lambda case, revision: turn.acquire() and None

    def let_one_through(phase: str, info: object) -> None:
        turn.release()
        sleep(0.0005)

    for _ in range(400):
        project.append(1, StatusEdit(Status.accepted, 1))
    before = gc.get_threshold()
    gc.callbacks.append(let_one_through)
    gc.set_threshold(1)
    try:
        assert project.load(1, (1, 24, 32)).state.revision == 400
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(let_one_through)
        turn.release(1000)
    assert project.close()


def test_an_event_for_an_older_revision_is_refused_and_not_written(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    project.append(1, StatusEdit(Status.accepted, 1), 0)
    with pytest.raises(StaleRevision):
        project.append(1, StatusEdit(Status.new, 2), 0).result(5)
    assert project.row(1).status is Status.accepted
    project.close()
    project = Project.open(project.path, start)
    assert (project.row(1).revision, project.row(1).status) == (1, Status.accepted)
    project.close()


def test_rows_show_status_flag_and_edits_at_once_and_after_a_restart(tmp_path: Path) -> None:
    project = new_project(tmp_path, cases=2)
    document = open_document(project)
    stroke(document, 5, 5)
    document.apply(FlagEdit(Flag(True, "look again")))
    row = project.row(1)
    assert (row.status, row.flag, row.edits, row.revision) == (Status.edited, Flag(True, "look again"), 1, 2)
    assert project.row(2).status is Status.new
    project.close()
    project = Project.open(project.path, start)
    assert project.row(1) == row
    project.close()


def test_a_case_is_found_again_by_its_identity(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    stroke(open_document(project), 5, 5)
    found = [NewCase("sha-1", "moved", ("sub/moved.png",)), NewCase("sha-9", "new", ("n.png",))]
    assert project.add_cases(found) == [1, 2]
    project.close()
    project = Project.open(project.path, start)
    row = project.row(1)
    assert (row.title, row.files, row.edits) == ("moved", ("sub/moved.png",), 1)
    project.close()


def test_two_equal_images_are_two_cases(tmp_path: Path) -> None:
    project = new_project(tmp_path, cases=0)
    twins = [NewCase("same", "a", ("a.png",)), NewCase("same", "b", ("b.png",))]
    assert project.add_cases(twins) == [1, 2]
    assert project.add_cases(twins) == [1, 2]
    project.close()


def test_cases_come_in_natural_order(tmp_path: Path) -> None:
    project = new_project(tmp_path, cases=11)
    assert [row.title for row in project.cases()][:3] == ["image 1", "image 2", "image 3"]
    project.close()


def test_models_root_and_meta_are_remembered(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    project.set_model_for_kind("US|grey", "busi")
    project.set_model_for_case(1, "polyp")
    project.set_meta("anything", "kept")
    project_id, secret = project.project_id, project.secret
    project.close()
    project = Project.open(project.path, start)
    assert (project.model_for_kind("US|grey"), project.model_for_case(1)) == ("busi", "polyp")
    assert (project.meta("anything"), project.project_id, project.secret) == ("kept", project_id, secret)
    assert project.root == tmp_path
    project.close()


def test_a_project_that_moves_with_its_folder_finds_its_images(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    new_project(tmp_path / "here").close()
    (tmp_path / "here").rename(tmp_path / "there")
    project = Project.open(tmp_path / "there" / "work.urwkv", start)
    assert project.root == tmp_path / "there"
    project.close()


def test_what_is_said_beside_a_known_case_is_taken_over(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    project.add_cases([NewCase("sha-1", "image 1", ("image 1.png",), detail={"mask_file": "image 1_mask.png"})])
    assert project.row(1).detail == {"mask_file": "image 1_mask.png"}
    assert project.close()
    project = Project.open(tmp_path / "work.urwkv", start)
    assert project.row(1).detail == {"mask_file": "image 1_mask.png"}
    project.close()


def test_an_export_is_told_which_case_cannot_be_read(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    assert stroke(open_document(project), 3, 5)
    assert project.close()
    with closing(sqlite3.connect(project.path)) as connection, connection:
        connection.execute("DELETE FROM snapshot")
        connection.execute("UPDATE event SET payload = x'01' WHERE revision = 1")
    project = Project.open(project.path, start)
    with project.snapshot_reader() as moment, pytest.raises(Refusal, match="edits cannot be read"):
        moment.load(1)
    project.close()
