"""What is loaded by the time the window is painted for the first time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("numpy", "scipy", "cv2", "pydicom", "openvino", "qtawesome", "torch", "skimage", "nibabel", "typer", "rich")

SCRIPT = """
import json, sys
from PySide6.QtWidgets import QApplication
from urwkv_desktop.gui import app

def painted(window):
    print(json.dumps(sorted(name for name in sys.modules if "." not in name or name.startswith("urwkv_desktop"))))
    sys.stdout.flush()
    QApplication.quit()

app.Window._load = painted
sys.argv = ["urwkv-desktop", *sys.argv[1:]]
from urwkv_desktop.__main__ import main
main()
"""


def loaded_at_first_paint(home: Path, *arguments: str) -> set[str]:
    environment = {**os.environ, "URWKV_DESKTOP_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    finished = subprocess.run([sys.executable, "-c", SCRIPT, *arguments], env=environment, capture_output=True,
                              text=True, timeout=60, check=True)
    return set(json.loads(finished.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [(), ("some-folder",)], ids=["start page", "a folder"])
def test_the_first_paint_loads_no_heavy_library(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    loaded = loaded_at_first_paint(tmp_path, *arguments)
    assert "PySide6" in loaded
    assert not loaded & set(HEAVY)


def test_the_first_paint_loads_no_floor_but_words_places_and_settings(tmp_path: Path) -> None:
    loaded = loaded_at_first_paint(tmp_path)
    floors = {name for name in loaded if name.startswith("urwkv_desktop.") and name.count(".") == 2
              and not name.startswith("urwkv_desktop.gui")}
    assert floors <= {"urwkv_desktop.imaging.messages", "urwkv_desktop.imaging.review", "urwkv_desktop.workflow.places",
                      "urwkv_desktop.workflow.settings", "urwkv_desktop.workflow.jobs"}
