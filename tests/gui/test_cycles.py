"""What is opened is closed again: descriptors and threads stay as many as they were."""

import sys
from pathlib import Path

import pytest

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
