"""The project file itself: journal, snapshots, moments, migration, labels, every kind of event."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.editing.scenes import answer, blank_image
from tests.store.projects import LABELS, new_project, open_document, start, stroke
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import FlagEdit, LabelEdit, MeasureEdit, StatusEdit
from urwkv_desktop.editing.events import AnswerClosed, Event, SuggestionDropped
from urwkv_desktop.imaging import Finding, Flag, Label, Message, Rect, Refusal, Severity, Status
from urwkv_desktop.store import opening
from urwkv_desktop.store.cases import NewCase
from urwkv_desktop.store.migration import migrate
from urwkv_desktop.store.project import Project


def _ask(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(statement).fetchall()


def test_wal_on_a_local_disk_and_a_rollback_journal_on_a_network(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = new_project(tmp_path)
    project.flush()
    assert (tmp_path / "work.urwkv-wal").exists()
    project.close()
    monkeypatch.setattr(opening, "is_network", lambda path: True)
    project = Project.open(project.path, start)
    stroke(open_document(project), 5, 5)
    assert project.flush()
    assert not (tmp_path / "work.urwkv-wal").exists()
    assert _ask(project.path, "PRAGMA journal_mode") == [("delete",)]
    project.close()


def test_nothing_but_the_project_is_left_behind(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    stroke(open_document(project), 5, 5)
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix == ".lock") == ["work.urwkv.lock"]
    project.close()
    assert [file.name for file in tmp_path.iterdir()] == ["work.urwkv"]


def test_a_snapshot_is_made_on_leaving_and_the_case_is_folded_from_it(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    document = open_document(project)
    for row in (3, 8, 13):
        stroke(document, row, 5)
    project.close()
    assert _ask(project.path, "SELECT revision FROM snapshot") == [(3,)]
    with closing(sqlite3.connect(project.path)) as connection, connection:
        connection.execute("UPDATE event SET payload = NULL WHERE revision = 2")  # a fold that reads it would fail
    project = Project.open(project.path, start)
    document = open_document(project)
    assert document.mask.voxels.any()
    document.undo()
    with pytest.raises(ValueError, match="no payload"):
        document.undo()
    project.close()


def test_a_deleted_snapshot_is_missed_by_nobody(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    document = open_document(project)
    for row in (3, 8, 13):
        stroke(document, row, 5)
    project.close()
    with closing(sqlite3.connect(project.path)) as connection, connection:
        connection.execute("DELETE FROM snapshot")
    project = Project.open(project.path, start)
    assert np.array_equal(project.load(1).mask.voxels, document.mask.voxels)
    project.close()


def test_snapshots_come_every_64_groups(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    document = open_document(project)
    for number in range(70):
        stroke(document, 3 + number % 14, number % 12, label=1 + number % 2, size=3)
    project.flush()
    assert project.flush()
    deadline = time.monotonic() + 5
    while not _ask(project.path, "SELECT 1 FROM snapshot") and time.monotonic() < deadline:
        time.sleep(0.01)
    assert _ask(project.path, "SELECT count(*) FROM snapshot") == [(1,)]
    project.close()


def test_a_moment_sees_nothing_that_is_written_later(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    document = open_document(project)
    stroke(document, 5, 5)
    project.flush()
    mask = document.mask.voxels.copy()
    with project.snapshot_reader() as moment:
        stroke(document, 15, 5)
        project.append_label(LabelEdit(None, Label(1, "lesion", "#fff"), 0)).result(5)
        assert np.array_equal(moment.load(1).mask.voxels, mask)
        assert moment.cases()[0].revision == 1
        assert len(moment.labels()) == 0
    with project.snapshot_reader() as moment:
        assert moment.cases()[0].revision == 2
        assert len(moment.labels()) == 1
    project.close()


def test_a_case_is_loaded_with_what_still_waits_for_the_disk(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    document = open_document(project)
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        project.flush()
        other.execute("BEGIN IMMEDIATE")  # so that the writer has to wait
        for row in (3, 9):
            stroke(document, row, 5)
        loaded = project.load(1)
        assert (loaded.revision, project.row(1).revision) == (2, 2)
        assert np.array_equal(loaded.mask.voxels, document.mask.voxels)
        other.execute("ROLLBACK")
    assert project.flush()
    project.close()


def test_every_kind_of_event_comes_back_as_it_was(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    image = blank_image(slices=3)
    events: list[Event] = []
    document = Document(1, image, project.load(1, image.shape).state, labels=LABELS, reader="ada", emit=events.append)
    prediction = answer(image.shape, dict.fromkeys(range(3), Rect(2, 2, 9, 9)))
    stroke(document, 12, 4, k=1)
    group = document.receive(prediction, [0, 1]).group
    assert group is not None
    document.close_answer(group, is_complete=False)
    document.drop_suggestion()
    document.apply(StatusEdit(Status.accepted, reader="grace"))
    document.apply(FlagEdit(Flag(True, "söft edge", True)))
    document.apply(MeasureEdit("length", ((1.5, 2.0), (7.25, 9.0)), 0, 1, "lesion"))
    document.undo()
    document.redo()
    document.jump(1)
    for event in events:
        project.append(1, event)
    kinds = {type(event) for event in events}
    assert {AnswerClosed, SuggestionDropped, StatusEdit, FlagEdit, MeasureEdit} <= kinds
    project.close()
    project = Project.open(project.path, start)
    loaded = project.load(1)
    assert np.array_equal(loaded.mask.voxels, document.mask.voxels)
    one, other = loaded.history, document.history
    assert (one.position, one.offered, one.closed, one.revision) == (other.position, (), other.closed, other.revision)
    for mine, kept in zip(other.groups, one.groups, strict=True):
        assert (mine.id, mine.name, mine.origin, mine.time) == (kept.id, kept.name, kept.origin, kept.time)
        for entry, stored in zip(mine.edits, kept.edits, strict=True):
            assert entry.event.__dict__ == stored.event.__dict__
    assert set(project.readers()) == {"ada", "grace"}
    project.close()


def test_an_answer_that_was_offered_is_offered_again_after_a_restart(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    document = open_document(project)
    stroke(document, 14, 4)
    prediction = answer(document.image.shape, {0: Rect(2, 2, 9, 9)})
    document.receive(prediction, [0])
    project.close()
    project = Project.open(project.path, start)
    assert project.row(1).has_prediction
    document = open_document(project)
    assert document.history.answer_ids == (prediction.model, prediction.weights_sha256)
    document.prediction = prediction
    assert document.suggestion is not None
    document.take_suggestion()
    assert (document.mask.voxels == 1).sum() == 49
    project.close()


def test_labels_are_kept_with_their_undo(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    lesion = Label(1, "lesion", "#ffb020", "4147007")
    project.append_label(LabelEdit(None, lesion, 0, "ada"))
    project.append_label(LabelEdit(lesion, None, 0, "ada"))
    move = project.label_history.undo("ada")
    assert move is not None
    project.append_label(move)
    project.close()
    project = Project.open(project.path, start)
    assert project.labels().items == (lesion,)
    assert project.label_history.can_redo
    project.close()


def test_findings_and_details_of_a_case_are_kept(tmp_path: Path) -> None:
    project = new_project(tmp_path, cases=0)
    finding = Finding("series.gap", Message("Slice {n} is missing.", n=4), Severity.note)
    project.add_cases([NewCase("x", "CT", ("a.dcm", "b.dcm"), "CT|grey", "0", "ff", "g", (finding,), {"frames": 3})])
    project.close()
    project = Project.open(project.path, start)
    row = project.row(1)
    assert (row.findings, row.files) == ((finding,), ("a.dcm", "b.dcm"))
    assert (row.kind, row.part, row.group) == ("CT|grey", "0", "g")
    assert dict(row.detail) == {"frames": 3}
    project.close()


def test_an_older_format_is_migrated_on_a_copy_and_kept(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    project.close()
    steps = {1: lambda connection: connection.execute("CREATE TABLE fresh (id)") and None}
    kept = migrate(project.path, 1, to=2, steps=steps)
    assert kept.name == "work.urwkv.v1.bak"
    assert _ask(project.path, "PRAGMA user_version") == [(2,)]
    assert _ask(kept, "PRAGMA user_version") == [(1,)]
    assert _ask(project.path, "SELECT count(*) FROM fresh") == [(0,)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    project.close()
    before = project.path.read_bytes()
    with pytest.raises(sqlite3.Error):
        migrate(project.path, 1, to=2, steps={1: lambda connection: connection.execute("DROP TABLE absent") and None})
    assert project.path.read_bytes() == before


def test_there_is_one_project_a_file(tmp_path: Path) -> None:
    new_project(tmp_path).close()
    with pytest.raises(Refusal, match="there already"):
        Project.create(tmp_path / "work.urwkv", tmp_path, start)


def test_ids_of_groups_are_never_given_twice(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    document = open_document(project)
    given = [document.begin_group() for _ in range(5)]
    stroke(document, 5, 5)
    document.undo()
    stroke(document, 9, 5)
    ids = {group.id for group in document.history.groups}
    project.close()
    project = Project.open(project.path, start)
    assert project.next_group(1) > max(*given, *ids)
    assert open_document(project).begin_group() > max(*given[:1], *ids)
    project.close()
