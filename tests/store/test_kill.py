"""kill -9 at random moments: the project opens, and nothing that was acknowledged is lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from tests.editing.scenes import blank_document
from tests.store.projects import new_project, open_document, start
from tests.store.stroker import step
from urwkv_desktop.store.project import Project


def test_thirty_kills_lose_no_acknowledged_stroke(tmp_path: Path) -> None:
    kill_often(tmp_path, 30)


def kill_often(folder: Path, kills: int) -> None:
    """Starts a process that makes strokes, kills it at a random moment, looks; so often, in one project."""
    path = new_project(folder)
    path.close()
    chance = random.Random(20260424)
    model, done = blank_document(), 0
    for _ in range(kills):
        acknowledged = _strokes_until_killed(path.path, chance.uniform(0.0, 0.25))
        project = Project.open(path.path, start)
        assert not project.is_read_only
        document = open_document(project)
        assert acknowledged <= document.revision <= acknowledged + 1
        while model.revision < document.revision:
            step(model, model.revision)
        assert np.array_equal(document.mask.voxels, model.mask.voxels)
        assert document.history.position == model.history.position
        done = document.revision
        assert project.close()
    assert done > kills


def _strokes_until_killed(path: Path, seconds: float) -> int:
    """The last revision that the process said was acknowledged before it was killed."""
    process = subprocess.Popen([sys.executable, "-m", "tests.store.stroker", str(path)], stdout=subprocess.PIPE,
                               text=True, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first.startswith("open "), "the process did not open the project"
    time.sleep(seconds)
    process.kill()
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    whole = [line for line in rest.split("\n")[:-1] if line]
    return int(whole[-1]) if whole else int(first.split()[1])
