"""`make screenshots`: the window on the sample project, as a reader meets it, drawn into docs/images/.

Only the sample project is shown. Runs on Qt's offscreen platform, in a home of its own; needs the models that ship.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from urwkv_desktop.gui.app import Window, make_application
from urwkv_desktop.workflow import find_places
from urwkv_desktop.workflow import settings as stored

Script = Iterator[Callable[[], bool] | int]  # wait until true, or so many ms
_PATIENCE_MS = 60_000


def first_cases(window: Window, folder: Path) -> Script:
    """The first phantom with its mask, one stroke by hand; an accepted case; the file that no model suits."""
    yield lambda: has_mask(window)
    yield 1500  # bands and progress come to rest
    program = window.program.window
    dismiss(window)
    yield 200
    save(window, folder / "first-case.png")
    paint(program.workspace.canvas)
    yield 800
    save(window, folder / "corrected.png")
    for action in ("case.accept_and_next", "case.accept_and_next"):
        window.program.keymap[action].trigger()
        yield 1200
    for _ in range(8):
        window.program.keymap["case.next"].trigger()
        yield 400
    yield 2000
    dismiss(window)
    yield 200
    save(window, folder / "no-model-suits.png")


def start_page(window: Window, folder: Path) -> Script:
    yield 1500
    save(window, folder / "start.png")


def light(window: Window, folder: Path) -> Script:
    yield lambda: has_mask(window)
    yield 1500
    dismiss(window)
    yield 200
    save(window, folder / "first-case-light.png")


def has_mask(window: Window) -> bool:
    program = getattr(window.program, "window", None)
    document = None if program is None else program.workspace.canvas.document
    return document is not None and bool(document.mask.voxels.any())


def dismiss(window: Window) -> None:
    """What the band says is read and put away before a picture is taken."""
    band = window.program.window.workspace.area.band
    for button in band.findChildren(QAbstractButton):
        if button.isVisible() and not button.text():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def paint(canvas: object) -> None:
    """A stroke of the brush along the first lesion's right edge, as a mouse makes it."""
    middle = QPointF(canvas.rect().center())
    path = [(middle + QPointF(140 + 3 * step, -40 + 8 * step)).toPoint() for step in range(11)]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=path[0])
    for at in path:
        QTest.mouseMove(canvas, at)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=path[-1])


def save(window: Window, target: Path) -> None:
    window.shell.grab().save(str(target))
    print(target)


def play(app: QApplication, window: Window, script: Script) -> None:
    """Take the script's steps beside the event loop; give up, and say so, where one is never reached."""

    def step() -> None:
        wait = next(script, None)
        if wait is None:
            window.shell.close()
            app.quit()
        elif isinstance(wait, int):
            QTimer.singleShot(wait, step)
        else:
            until(wait, _PATIENCE_MS)

    def until(reached: Callable[[], bool], left: int) -> None:
        if reached():
            step()
        elif left <= 0:
            print("the window did not get there in a minute", file=sys.stderr)
            app.exit(1)
        else:
            QTimer.singleShot(100, lambda: until(reached, left - 100))

    QTimer.singleShot(300, step)


def show(script: Callable[[Window, Path], Script], target: Path | None, theme: str, folder: Path) -> int:
    places = find_places()
    settings = stored.Settings().changed("appearance", theme=theme).changed("reader", name="Reader").changed(
        "keys", asked=True)
    app = make_application()
    window = Window(app, places, settings, target)
    window.shell.resize(1440, 900)  # the offscreen platform's screen is smaller, and the window fits itself into it
    play(app, window, script(window, folder))
    status = app.exec()
    window.end()
    return status


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if not name:  # one process a picture: the window is the only one of its process
        return max(os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-m", "benchmarks.screenshots", each])
                   for each in ("start", "dark", "light"))
    folder = Path("docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["URWKV_DESKTOP_HOME"] = str(Path(home) / "home")
        samples = Path(home) / "Sample project"
        shutil.copytree("resources/samples", samples)
        if name == "start":
            return show(start_page, None, "dark", folder)
        if name == "light":
            return show(light, samples, "light", folder)
        return show(first_cases, samples, "dark", folder)


if __name__ == "__main__":
    sys.exit(main())
