"""What Qt itself must keep: references to None, and sharp pixels on screens of any ratio."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.gui.canvas.hand import document_of, ramp
from urwkv_desktop.gui.canvas.view import CanvasView

ROOT = Path(__file__).parents[3]

SHARP = """
import os, sys
import numpy as np
from PySide6.QtCore import QMargins, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
app = QApplication([])
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.gui.theme import DARK
from tests.gui.canvas.hand import document_of, drag, screen
view = CanvasView(DARK)
view.set_fit_margins(QMargins(0, 0, 0, 0))
view.resize(301, 203)
view.show()
pixels = np.random.default_rng(0).integers(0, 255, (1, 120, 150), np.uint8)
document = document_of(pixels)
view.show_document(document)
view.one_to_one()
ratio = view.devicePixelRatioF()
left, top = round(view.transform.left), round(view.transform.top)
shown = screen(view)[..., 0]
assert shown.shape[1] == round(301 * ratio), shown.shape
inside = shown[top + 60:top + 100, left + 40:left + 110]
assert np.array_equal(inside, pixels[0, 60:100, 40:110]), "a pixel of the image is no pixel of the screen"
view.set_tool(Brush, Brush.Options(size=1.0))
drag(view, [QPoint(150, 100)])
row, column = np.argwhere(document.mask.voxels[0])[0].tolist()
assert (row, column) == (int((100 * ratio - top) // 1), int((150 * ratio - left) // 1)), (row, column)
print("sharp at", ratio)
"""


def test_a_thousand_void_calls_lose_no_reference_to_none(view: CanvasView) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one at each, and the interpreter ends after some thousands."""
    view.show_document(document_of(ramp()))
    QApplication.processEvents()
    before = sys.getrefcount(None)
    for n in range(1000):
        view.setObjectName(str(n))
        if n % 10 == 0:
            view.repaint()
    assert sys.getrefcount(None) - before > -100


def sharp_at(ratio: str) -> str:
    import os

    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": ratio, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-W", "error::RuntimeWarning", "-c", SHARP], capture_output=True, text=True,
                          check=False, env=environment, cwd=ROOT, timeout=60)
    return done.stdout + done.stderr


def test_a_screen_at_200_percent_shows_true_pixels() -> None:
    assert "sharp at 2.0" in sharp_at("2")


def test_a_screen_at_150_percent_shows_true_pixels() -> None:
    assert "sharp at 1.5" in sharp_at("1.5")
