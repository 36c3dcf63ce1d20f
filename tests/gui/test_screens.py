"""Without a display there is one sentence and no abort."""

import os
import subprocess
import sys

import pytest

from urwkv_desktop.gui.screens import missing_screen


@pytest.mark.parametrize(("environment", "platform", "is_missing"), [
    ({}, "linux", True), ({"DISPLAY": ""}, "linux", True), ({"QT_QPA_PLATFORM": "xcb"}, "linux", True),
    ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
    ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", False), ({"QT_QPA_PLATFORM": "offscreen"}, "linux", False),
    ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "linux", False), ({"DISPLAY": "far:10.0"}, "linux", False),
    ({"DISPLAY": ":7771"}, "linux", True), ({}, "win32", False), ({}, "darwin", False),
])
def test_a_display_is_looked_for_where_one_is_needed(environment: dict[str, str], platform: str, is_missing: bool,
                                                     ) -> None:
    assert (missing_screen(environment, platform=platform) is not None) == is_missing


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_the_window_without_a_display_ends_with_one_sentence() -> None:
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    ended = subprocess.run([sys.executable, "-m", "urwkv_desktop"], capture_output=True, text=True, env=environment,
                           check=False)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert "display" in ended.stderr
