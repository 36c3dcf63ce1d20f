"""A project on a disk that is too small for what is done to it: old or new, never half, and on again with more room."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.store.projects import new_project, open_document, start, stroke
from urwkv_desktop.editing.edits import StatusEdit
from urwkv_desktop.imaging import Refusal, Status
from urwkv_desktop.store.project import Project

SIZES = [16 * number for number in range(2, 47)]  # KiB: from one that holds no project to one that holds the work
_STEPS = 240


def work_on(disk: Path, kib: int) -> str:
    """Strokes and decisions until the disk of that size is full; "refused", "read-only", "stopped" or "held"."""
    _mount(disk, kib)
    try:
        return _worked(disk)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _worked(disk: Path) -> str:
    errors: list[Refusal] = []
    project = _made(disk)
    if isinstance(project, Refusal):
        assert "full" in str(project)
        assert not list(disk.glob("*.urwkv"))
        return "refused"
    if project.is_read_only:
        assert str(project.read_only_reason)
        project.close()
        return "read-only"
    project.on_error = errors.append
    document = open_document(project)
    for step in range(_STEPS):
        if step % 3:
            document.apply(StatusEdit(Status.accepted if step % 2 else Status.new))
        else:
            stroke(document, 2 + step % 20, 2 + step % 17)
        if step % 20 == 19 and not project.flush(0.2):
            break
    acknowledged = _revision(project.path)
    assert acknowledged <= document.revision
    if errors:
        assert "full" in str(errors[0])
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
    assert project.flush(20)
    mask, revision = document.mask.voxels.copy(), document.revision
    assert project.close()
    again = Project.open(disk / "work.urwkv", start)
    loaded = again.load(1)
    again.close()
    assert loaded.revision == revision
    assert np.array_equal(loaded.mask.voxels, mask)
    return "stopped" if errors else "held"


def _made(disk: Path) -> Project | Refusal:
    try:
        return new_project(disk)
    except Refusal as refusal:
        return refusal


def _revision(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reader:
        return int(reader.execute("SELECT coalesce(max(revision), 0) FROM event").fetchone()[0])


def _mount(disk: Path, kib: int) -> None:
    disk.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(disk)], capture_output=True)
    if done.returncode:
        pytest.skip("no small disk can be mounted here")
