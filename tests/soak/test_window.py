"""What tests/gui and tests/e2e ask of the real window, for longer."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QThread

from tests.e2e.test_window_kill import kill_windows
from tests.gui.cycles import cycles, growth
from tests.gui.live import living
from tests.gui.test_monkey import let_loose
from tests.homes import make_folder, places, tiny_models  # noqa: F401 - fixtures
from urwkv_desktop.workflow import Places


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 26))
def test_fifty_thousand_random_events_do_no_harm(places: Places, tmp_path: Path, seed: int) -> None:  # noqa: F811
    let_loose(places, tmp_path, seed=seed, events=2_000)


@pytest.mark.soak
def test_two_hundred_kills_of_the_window_lose_no_acknowledged_stroke(program_home: Path, tmp_path: Path) -> None:
    kill_windows(tmp_path, 200)


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is read from /proc")
@pytest.mark.parametrize("count", [500, 5_000])
def test_open_predict_edit_close_holds_nothing_back(places: Places, tmp_path: Path, count: int) -> None:  # noqa: F811
    """Under 1 MB of growth per 100 cycles over the second half; descriptors and threads flat."""
    folder = make_folder(tmp_path / "images", ("a",))
    with living(places, None) as live:
        after = cycles(live, folder, count)
    half = count // 2
    sys.stdout.write(f"{count} cycles: {growth(after) / 1e6:+.3f} MB per 100, last {after[-1]}\n")
    assert growth(after) < 1e6
    assert max(one.files for one in after[half:]) <= max(one.files for one in after[:half])
    assert max(one.threads for one in after[half:]) <= max(one.threads for one in after[:half])
    assert max(one.wakers for one in after[half:]) <= after[0].wakers + QThread.idealThreadCount()
