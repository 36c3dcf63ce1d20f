"""kill -9 of the real window while a hand draws: the project opens again, and nothing that was acknowledged is lost."""

import random
import subprocess
import sys
import time
import zlib
from pathlib import Path

from tests.homes import HEIGHT, WIDTH, make_folder
from tests.store.projects import start
from urwkv_desktop.store.project import Project

Acknowledged = dict[int, tuple[int, int]]  # case: revision, checksum of the mask


def test_thirty_kills_of_the_window_lose_no_acknowledged_stroke(program_home: Path, tmp_path: Path) -> None:
    kill_windows(tmp_path, 30)


def kill_windows(folder: Path, kills: int) -> None:
    """One project, in which one window after the other draws until it is killed at a random moment."""
    images = make_folder(folder / "images", ("a", "b"), model=None)
    chance, known, drawn = random.Random(20260512), Acknowledged(), 0
    following = _window(images)
    for _ in range(kills):
        window, following = following, _window(images)  # the next one is being loaded meanwhile
        project, told = _draw_until_killed(window, chance)
        known.update(told)
        drawn += bool(told)
        _check(project, known)
    following.kill()
    following.communicate()
    assert drawn >= kills / 2, "hardly any window came to draw"


def _window(images: Path) -> subprocess.Popen[str]:
    command = "import sys; from tests.e2e.stroke_window import when_told; when_told(sys.argv[1])"
    return subprocess.Popen([sys.executable, "-c", command, str(images)], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                            cwd=Path(__file__).parents[2])


def _draw_until_killed(window: subprocess.Popen[str], chance: random.Random) -> tuple[Path, Acknowledged]:
    assert window.stdin is not None
    assert window.stdout is not None
    window.stdin.write(f"{chance.randrange(10**6)}\n")
    window.stdin.flush()
    project = window.stdout.readline().strip().partition(" ")[2]
    assert project, "the window did not open the project"
    lines = [window.stdout.readline() for _ in range(chance.randint(0, 12))]
    time.sleep(chance.uniform(0.0, 0.05))
    window.kill()
    told = Acknowledged()
    for line in (*lines, *window.communicate()[0].split("\n")[:-1]):  # whole ones
        case, revision, checksum = map(int, line.split())
        told[case] = revision, checksum
    return Path(project), told


def _check(path: Path, known: Acknowledged) -> None:
    project = Project.open(path, start)
    assert not project.is_read_only
    for case, (revision, checksum) in known.items():
        state = project.load(case, (1, HEIGHT, WIDTH)).state
        assert state.revision >= revision, "an acknowledged stroke is lost"
        if state.revision == revision:
            assert zlib.crc32(state.mask.voxels.tobytes()) == checksum
        known[case] = state.revision, zlib.crc32(state.mask.voxels.tobytes())
    assert project.close()
