"""What is opened is closed again: descriptors and threads stay as many as they were."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QThread

from tests.gui.cycles import cycles
from tests.gui.live import living
from tests.homes import make_folder, places, tiny_models  # noqa: F401 - fixtures
from urwkv_desktop.workflow import Places

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is read from /proc")


def test_twenty_times_open_predict_edit_close_hold_no_file_and_no_thread(
        places: Places, tmp_path: Path) -> None:  # noqa: F811
    folder = make_folder(tmp_path / "images", ("a",))
    with living(places, None) as live:
        after = cycles(live, folder, 20)
    # What grows with each project stays; what is only just being closed (a worker's pipe) is gone in some later cycle.
    assert min(one.files for one in after[15:]) <= max(one.files for one in after[:10])
    assert min(one.threads for one in after[15:]) <= max(one.threads for one in after[:10])
    assert after[-1].wakers <= after[0].wakers + QThread.idealThreadCount()


def test_memory_that_a_project_has_freed_is_given_back_once_its_window_is_gone(
        places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    asked = threading.Event()
    with living(places, make_folder(tmp_path / "images", ("a",))) as live:
        program = live.program
        assert program is not None
        monkeypatch.setattr("urwkv_desktop.gui.program.give_back", asked.set)
        live.rest(0.3)
        assert not asked.is_set()
        program.close_project()
        live.until(asked.is_set)
