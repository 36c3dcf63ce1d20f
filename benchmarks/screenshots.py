"""`make screenshots`: the window on the sample project, as a reader meets it, drawn into docs/images/.

Only the sample project is shown. Runs on Qt's offscreen platform, in a home of its own; needs the models that ship.
"""

import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import PIL.Image
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from urwkv_desktop.editing.document import Document
from urwkv_desktop.gui.app import Window, make_application
from urwkv_desktop.gui.canvas.origin_layer import COLOURS
from urwkv_desktop.gui.dialogs.export import ExportDialog
from urwkv_desktop.gui.main_window import MainWindow
from urwkv_desktop.gui.program import Program
from urwkv_desktop.gui.theme import DARK, LIGHT
from urwkv_desktop.imaging import PALETTE, ImagePoint
from urwkv_desktop.workflow import find_places
from urwkv_desktop.workflow import settings as stored

Script = Iterator[Callable[[], bool] | int]  # wait until true, or so many ms
_PATIENCE_MS = 600_000  # a busy machine's network takes its time
_QUIET_MS = 6000
_WIDTH, _HEIGHT = 1280, 800  # as a laptop has them; a page shows them no larger


def first_cases(window: Window, folder: Path) -> Script:
    """The first phantom with its mask, one stroke by hand and what it changed; the file that no model suits."""
    yield from case(window, "01-")
    save(window, folder / "first-case.png")
    outline = place_of(window)
    stroke(window, [outline(0.35, 0.97), outline(0.5, 1.0), outline(0.75, 0.97)])
    yield 1500  # the history's pictures are made beside the window
    save(window, folder / "corrected.png")
    act(window, "tool.eraser")
    stroke(window, [outline(0.05, 0.58), outline(0.1, 0.78), outline(0.25, 0.92)])
    act(window, "view.provenance")
    yield 1500
    save(window, folder / "provenance.png")
    act(window, "view.provenance", "view.split")
    at_work(window).workspace.canvas.split = 0.56
    yield 800
    save(window, folder / "split.png")
    act(window, "view.split", "tool.brush", "case.accept_and_next")
    yield from case(window, "14-")
    save(window, folder / "no-model-suits.png")


def by_probability(window: Window, folder: Path) -> Script:
    """A part of the mask is missing; the probability brush is half way through painting it back."""
    yield from case(window, "02-")
    act(window, "tool.eraser")
    hole = place_of(window)
    at_work(window).tools.set_size(46)
    stroke(window, [hole(0.05, 0.95), hole(0.4, 0.8), hole(0.75, 0.95)])
    act(window, "tool.probability", *(["threshold.lower"] * 3))
    yield 1500
    stroke(window, [hole(0.02, 0.98), hole(0.3, 0.9), hole(0.45, 0.9)], release=False)
    yield 400
    save(window, folder / "probability-brush.png")
    QTest.mouseRelease(at_work(window).workspace.canvas, Qt.MouseButton.LeftButton)


def volume(window: Window, folder: Path) -> Script:
    """The MR sample: three planes, then three slices that were emptied and interpolated between their neighbours."""
    yield from case(window, "09-")
    act(window, "view.planes")
    main = at_work(window).workspace.planes.main
    mask = document_of(window).mask.voxels
    place = [int(axis.mean()) for axis in mask.nonzero()]
    main.set_place((place[0], place[1], place[2]))
    yield 1500
    save(window, folder / "three-planes.png")
    at_work(window).desk.choose_label(int(mask.max()))
    for k in range(place[0] - 1, place[0] + 3):
        main.set_slice(k)
        act(window, "label.clear")
        yield 300
    main.set_slice(place[0])
    act(window, "operation.interpolate")
    yield lambda: document_of(window).suggestion is not None
    yield 1500
    save(window, folder / "interpolation.png")


def exporting(window: Window, folder: Path) -> Script:
    """The dialog with a clinical and a machine-learning format ticked."""
    yield from case(window, "01-")
    act(window, "case.accept_and_next", "case.accept_and_next", "export.open")
    yield 1500
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog) and one.isVisible())
    for name in ("nifti", "dicom-seg", "training"):
        dialog.formats[name].setChecked(True)
    dialog.folder.setText("~/Sample project-export")
    yield 400
    write(dialog.grab(), folder / "export.png")
    dialog.close()


def start_page(window: Window, folder: Path) -> Script:
    yield 1500
    save(window, folder / "start.png")


def light(window: Window, folder: Path) -> Script:
    yield from case(window, "01-")
    save(window, folder / "first-case-light.png")


def case(window: Window, begins: str) -> Script:
    """This file's case is on screen, with the network's answer where a model suits, and nothing runs any more."""
    yield lambda: is_open(window) and bool(at_work(window).session.rows)
    session = at_work(window).session
    wanted = next(row.id for row in session.rows if row.files[0].startswith(begins))
    at_work(window).commands.open_case(wanted)
    yield lambda: (session.document is not None and session.document.case == wanted
                   and (session.unsuited is not None or has_mask(window)))
    yield from calm(window)
    dismiss(window)
    yield 300


def calm(window: Window) -> Script:
    """Nothing has run for a while; between two cases that are predicted it is quiet for a moment only."""
    quiet = 0
    while quiet < _QUIET_MS:
        yield 250
        quiet = quiet + 250 if at_work(window).session.progress is None else 0


def is_open(window: Window) -> bool:
    return isinstance(window.program, Program) and window.program.window is not None


def at_work(window: Window) -> MainWindow:
    assert isinstance(window.program, Program)
    assert window.program.window is not None
    return window.program.window


def document_of(window: Window) -> Document:
    document = at_work(window).session.document
    assert document is not None
    return document


def act(window: Window, *actions: str) -> None:
    for action in actions:
        at_work(window).keymap[action].trigger()


def has_mask(window: Window) -> bool:
    document = at_work(window).session.document
    return document is not None and bool(document.mask.voxels.any())


def dismiss(window: Window) -> None:
    """What the band says is read and put away before a picture is taken."""
    band = at_work(window).workspace.area.band
    for button in band.findChildren(QAbstractButton):
        if button.isVisible() and not button.text():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def place_of(window: Window) -> Callable[[float, float], QPoint]:
    """Points of the canvas, by their share of the height and width of the box around the mask."""
    canvas = at_work(window).workspace.canvas
    rows, columns = document_of(window).mask.voxels[canvas.plane.index].nonzero()
    low, high = (rows.min(), columns.min()), (rows.max() + 1, columns.max() + 1)

    def point(down: float, across: float) -> QPoint:
        at = ImagePoint(low[0] + down * (high[0] - low[0]), low[1] + across * (high[1] - low[1]))
        x, y = canvas.transform.to_screen(at)
        return QPointF(x / canvas.devicePixelRatioF(), y / canvas.devicePixelRatioF()).toPoint()

    return point


def stroke(window: Window, path: Sequence[QPoint], *, release: bool = True) -> None:
    """As a mouse makes it."""
    canvas = at_work(window).workspace.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=path[0])
    for start, end in itertools.pairwise(path):
        for step in range(1, 9):
            QTest.mouseMove(canvas, start + (end - start) * (step / 8))
    if release:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=path[-1])


def save(window: Window, target: Path) -> None:
    write(window.shell.grab(), target)


def write(picture: QPixmap, target: Path) -> None:
    """As a PNG of 256 colours: a third of the bytes, and greys stay grey."""
    drawn = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(drawn.constBits(), np.uint8).reshape(drawn.height(), drawn.bytesPerLine())
    pixels = rows[:, : 3 * drawn.width()].reshape(drawn.height(), drawn.width(), 3)
    whole, palette = PIL.Image.fromarray(pixels), PIL.Image.new("P", (1, 1))
    palette.putpalette(few_colours(pixels).tobytes())
    whole.quantize(palette=palette, dither=PIL.Image.Dither.NONE).save(target, optimize=True)
    print(f"{target} {target.stat().st_size // 1024} KB")


def few_colours(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """uint8 [256, 3] that suit pixels [h, w, 3]: an even ramp of greys, the program's own, what covers most, and a
    choice of the rest."""
    themes = (word for one in (DARK, LIGHT) for word in vars(one).values() if word.startswith("#"))
    own = dict.fromkeys((*PALETTE, *COLOURS.values(), *themes))
    fixed = np.array([list(bytes.fromhex(word[1:])) for word in own], np.uint8)
    flat = pixels.reshape(-1, 3)
    coloured = flat[np.ptp(flat, axis=1) > 0]
    kinds, counts = np.unique(coloured, axis=0, return_counts=True)
    common = kinds[np.argsort(counts)[-40:]]
    rest = PIL.Image.fromarray(coloured[None]).quantize(100, method=PIL.Image.Quantize.MEDIANCUT, kmeans=2)
    chosen = np.array(rest.getpalette(), np.uint8).reshape(-1, 3)[:100]
    ramp = np.linspace(0, 255, 256 - len(fixed) - len(common) - len(chosen)).astype(np.uint8)
    greys = np.repeat(ramp[:, None], 3, axis=1)
    return np.concatenate([greys, fixed, common, chosen])


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
            print("the window did not get there in ten minutes", file=sys.stderr)
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
    window.shell.resize(_WIDTH, _HEIGHT)  # the offscreen platform's screen is smaller: the window fits itself into it
    play(app, window, script(window, folder))
    status = app.exec()
    window.end()
    return status


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if not name:  # one process a picture: the window is the only one of its process
        return max(os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-m", "benchmarks.screenshots", each])
                   for each in ("start", *_SCENES))
    folder = Path("docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["URWKV_DESKTOP_HOME"] = str(Path(home) / "home")
        samples = Path(home) / "Sample project"
        shutil.copytree("resources/samples", samples)
        if name == "start":
            return show(start_page, None, "dark", folder)
        return show(_SCENES[name], samples, "light" if name == "light" else "dark", folder)


_SCENES = {"dark": first_cases, "probability": by_probability, "volume": volume, "export": exporting, "light": light}


if __name__ == "__main__":
    sys.exit(main())
