"""Who may write, and what happens when the world is bad."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from tests.store.projects import new_project, open_document, start, stroke
from urwkv_desktop.editing.edits import StatusEdit
from urwkv_desktop.imaging import Refusal, Status
from urwkv_desktop.store.lock import Holder, Lock
from urwkv_desktop.store.project import Project
from urwkv_desktop.store.schema import VERSION


def test_a_second_window_reads_only_and_names_the_one_that_writes(tmp_path: Path) -> None:
    first = new_project(tmp_path)
    stroke(open_document(first), 5, 5)
    first.flush()
    second = Project.open(first.path, start)
    assert second.is_read_only
    assert str(os.getpid()) in str(second.read_only_reason)
    assert second.load(1).mask.voxels.any()
    with pytest.raises(Refusal):
        second.append(1, StatusEdit(Status.accepted, 9)).result(5)
    second.close()
    first.close()
    third = Project.open(first.path, start)
    assert not third.is_read_only
    third.close()


def test_the_lock_of_a_process_that_died_is_not_asked_about(tmp_path: Path) -> None:
    new_project(tmp_path).close()
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    _leave_lock(tmp_path / "work.urwkv", pid=int(ended.stdout))
    project = Project.open(tmp_path / "work.urwkv", start)
    assert not project.is_read_only
    project.close()


def test_a_living_lock_of_another_machine_is_taken_over_only_when_asked(tmp_path: Path) -> None:
    new_project(tmp_path).close()
    path = tmp_path / "work.urwkv"
    _leave_lock(path, host="elsewhere")
    project = Project.open(path, start)
    assert "elsewhere" in str(project.read_only_reason)
    assert project.is_held
    project.close()
    project = Project.open(path, start, take_over=True)
    assert not project.is_read_only
    assert not project.is_held
    project.close()
    assert not path.with_name("work.urwkv.lock").exists()


def test_a_heartbeat_of_another_machine_that_stopped_is_not_asked_about(tmp_path: Path) -> None:
    new_project(tmp_path).close()
    path = tmp_path / "work.urwkv"
    _leave_lock(path, host="elsewhere")
    long_ago = time.time() - 60
    os.utime(Lock(path).path, (long_ago, long_ago))
    project = Project.open(path, start)
    assert not project.is_read_only
    project.close()


def test_a_window_that_was_taken_over_never_writes_again(tmp_path: Path) -> None:
    first = new_project(tmp_path)
    errors: list[Refusal] = []
    first.on_error = errors.append
    document = open_document(first)
    stroke(document, 4, 4)
    first.flush()
    second = Project.open(first.path, start, take_over=True)
    stroke(document, 12, 4)
    assert not first.flush()
    assert "another window" in str(errors[0]).lower()
    assert second.load(1).revision == 1
    first.close()
    assert second.append(1, StatusEdit(Status.accepted, 9), 1).result(5) == 2
    second.close()


def test_a_project_of_a_newer_version_opens_read_only_and_is_never_rewritten(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    stroke(open_document(project), 5, 5)
    project.close()
    with closing(sqlite3.connect(project.path)) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")
    before = sha256(project.path.read_bytes()).digest()
    newer = Project.open(project.path, start)
    assert newer.is_read_only
    assert "newer version" in str(newer.read_only_reason)
    assert newer.load(1).mask.voxels.any()
    with pytest.raises(Refusal, match="newer version"):
        newer.append(1, StatusEdit(Status.accepted, 9)).result(5)
    newer.close()
    assert sha256(project.path.read_bytes()).digest() == before


def test_what_is_no_project_is_refused_with_a_sentence(tmp_path: Path) -> None:
    text, empty = tmp_path / "text.urwkv", tmp_path / "empty.urwkv"
    text.write_text("not a project")
    empty.touch()
    with closing(sqlite3.connect(tmp_path / "other.urwkv")) as connection:
        connection.execute("CREATE TABLE anything (id)")
    for path in (text, empty, tmp_path / "other.urwkv"):
        before = path.read_bytes()
        with pytest.raises(Refusal, match="not a project"):
            Project.open(path, start)
        assert path.read_bytes() == before
    with pytest.raises(Refusal, match="cannot be read"):
        Project.open(tmp_path / "absent.urwkv", start)


def test_a_damaged_file_after_a_crash_is_not_written_to(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    document = open_document(project)
    for row in range(3, 17):
        stroke(document, row, 5)
    project.close()
    whole = bytearray(project.path.read_bytes())
    for page in range(8, len(whole) // 4096):
        whole[page * 4096: page * 4096 + 64] = os.urandom(64)
    project.path.write_bytes(whole)
    _leave_lock(project.path, pid=999_999_999)
    assert "damaged" in _why_not_writable(project.path)
    assert project.path.read_bytes() == bytes(whole)


def test_a_folder_that_cannot_be_written_opens_read_only(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    stroke(open_document(project), 5, 5)
    project.close()
    with _Unwritable(tmp_path):
        opened = Project.open(project.path, start)
        assert opened.is_read_only
        assert "cannot be written" in str(opened.read_only_reason)
        assert opened.load(1).mask.voxels.any()
        with opened.snapshot_reader() as moment:
            assert moment.load(1).mask.voxels.any()
        opened.close()
        assert [file.name for file in tmp_path.iterdir()] == ["work.urwkv"]


def test_a_folder_that_cannot_be_written_gets_no_project(tmp_path: Path) -> None:
    with _Unwritable(tmp_path), pytest.raises(Refusal):
        Project.create(tmp_path / "work.urwkv", tmp_path, start)


def test_a_full_disk_keeps_what_was_acknowledged_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    project = new_project(small_disk)
    errors: list[Refusal] = []
    project.on_error = errors.append
    document = open_document(project)
    stroke(document, 4, 4)
    assert project.flush()
    filler = small_disk / "filler"
    _fill(filler)
    rows = 0
    while not errors and rows < 400:
        rows += 1
        document.apply(StatusEdit(Status.accepted if rows % 2 else Status.new))
        if rows % 20 == 0:
            project.flush(0.3)
    waited = time.monotonic()
    while not errors and time.monotonic() - waited < 5:
        time.sleep(0.02)
    assert "full" in str(errors[0])
    stroke(document, 12, 4)
    with closing(sqlite3.connect(f"file:{project.path}?mode=ro", uri=True)) as reader:
        acknowledged = reader.execute("SELECT max(revision) FROM event").fetchone()[0]
    assert 1 <= acknowledged < document.revision
    filler.unlink()
    assert project.flush(10)
    assert len(errors) == 1
    mask = document.mask.voxels.copy()
    project.close()
    project = Project.open(project.path, start)
    loaded = project.load(1)
    assert loaded.revision == document.revision
    assert np.array_equal(loaded.mask.voxels, mask)
    project.close()


def test_a_project_on_a_full_disk_is_refused_or_read_only_with_the_reason(small_disk: Path) -> None:
    new_project(small_disk).close()
    _fill(small_disk / "filler")
    with pytest.raises(Refusal, match="full"):
        Project.create(small_disk / "other.urwkv", small_disk, start)
    assert not (small_disk / "other.urwkv").exists()
    project = Project.open(small_disk / "work.urwkv", start)
    assert project.is_read_only
    assert str(project.read_only_reason)
    assert [row.title for row in project.cases()] == ["image 1"]
    project.close()


def _why_not_writable(path: Path) -> str:
    try:
        project = Project.open(path, start)
    except Refusal as refusal:
        return str(refusal)
    project.close()
    return str(project.read_only_reason)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    _mount(["-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)])
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


class _Unwritable:
    """A folder in which nobody can write: by its mode, or for root by mounting it read-only onto itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_mounted = False

    def __enter__(self) -> None:
        self.folder.chmod(0o555)
        if os.access(self.folder, os.W_OK):
            _mount(["--bind", str(self.folder), str(self.folder)])
            self.is_mounted = True
            subprocess.run(["mount", "-o", "remount,ro,bind", str(self.folder)], check=True)

    def __exit__(self, *error: object) -> None:
        if self.is_mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=True)
        self.folder.chmod(0o755)


def _mount(arguments: list[str]) -> None:
    if shutil.which("mount") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("a small or read-only file system can be mounted by root only")
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("mounting is not permitted here")


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return


def _leave_lock(path: Path, *, pid: int = 4242, host: str | None = None) -> None:
    lock = Lock(path)
    holder = Holder(pid, host or lock.mine.host, "grace", "0" * 32)
    lock.path.write_text(json.dumps(holder.__dict__))
