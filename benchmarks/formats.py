"""What stands between a folder and its first picture: the index of its headers, and the reading of one volume.

5,000 small DICOM files with the headers of a scanner, a CT-like series and a .nii.gz of 512 x 512 x 200, all made in a
temporary folder. Index and reading run in the decode worker as in the program, its libraries loaded; the figures from
process start are a window's own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.timing import EVENTS

FILES, SERIES = 5000, 25
SLICES, SIDE = 200, 512
ROUNDS = 1 if EVENTS < 100 else 3  # few where only the rows are asked for
LIMIT_S = 60.0


def rows() -> list[dict[str, Any]]:
    """Seconds, the best of some rounds; from process start the median."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        return [*_index_rows(folder / "many"), *_series_rows(folder), *_nifti_rows(folder / "nifti")]


def _index_rows(folder: Path) -> list[dict[str, Any]]:
    import numpy as np

    from benchmarks.scanner import write_series
    from urwkv_desktop.formats.known import KnownFile, Learned
    from urwkv_desktop.formats.worker import DecodeWorker

    for number in range(SERIES):
        write_series(folder / f"series-{number:02}", number, [np.zeros((16, 16), np.int16)] * (FILES // SERIES))
    _aged(folder)
    known: dict[str, KnownFile] = {}

    def keep(learned: Learned) -> None:
        known.update((one.file, one) for one in learned.files)

    worker = DecodeWorker()
    try:
        worker.index(folder / "series-00")
        cold = _best(lambda: worker.index(folder, keep=keep))
        again = _best(lambda: worker.index(folder, known=list(known.values())))
    finally:
        worker.close()
    return [{"row": f"index.s.dicom.{FILES}", "figure": cold}, {"row": f"index.again.s.dicom.{FILES}", "figure": again}]


def _series_rows(folder: Path) -> list[dict[str, Any]]:
    from benchmarks.scanner import volume, write_series
    from urwkv_desktop.formats.worker import DecodeWorker

    size = f"{SIDE}x{SIDE}x{SLICES}"
    images = folder / "ct" / "images"
    write_series(images, 99, list(volume(SLICES, SIDE)))
    _aged(images)
    worker = DecodeWorker()
    try:
        source, = worker.index(images)
        whole = _best(lambda: worker.read(images, source))
    finally:
        worker.close()
    homes = [folder / f"home-{n}" for n in range(ROUNDS)]
    first = [_window(home, images, "new") for home in homes]
    again = [_window(homes[0], images, "known") for _ in homes]
    _pictures(images)
    chosen = [_window(homes[0], images, "chosen") for _ in homes]
    return [{"row": f"series.first.s.{size}", "figure": _median(chosen)},
            {"row": f"series.read.s.{size}", "figure": whole},
            {"row": f"series.start.s.{size}", "figure": _median(first)},
            {"row": f"series.start.again.s.{size}", "figure": _median(again)}]


def _median(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]


def _pictures(folder: Path) -> None:
    """Cases before the series, so that it is neither on screen first nor read ahead."""
    from PIL import Image

    for number in range(4):
        Image.new("L", (64, 64), 40 * number).save(folder / f"0-{number}.png")


def _nifti_rows(folder: Path) -> list[dict[str, Any]]:
    import nibabel
    import numpy as np

    from benchmarks.scanner import volume
    from urwkv_desktop.formats.worker import DecodeWorker

    folder.mkdir()
    nibabel.save(nibabel.Nifti1Image(volume(SLICES, SIDE).T, np.diag([0.7, 0.7, 1.0, 1.0])), folder / "volume.nii.gz")
    worker = DecodeWorker()
    try:
        source, = worker.index(folder)
        figure = _best(lambda: worker.read(folder, source))
    finally:
        worker.close()
    return [{"row": f"nifti.gz.s.{SIDE}x{SIDE}x{SLICES}", "figure": figure}]


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return round(min(times), 3)


def _aged(folder: Path) -> None:
    """An hour old: what was written just now is not remembered."""
    then = time.time() - 3600
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def _window(home: Path, images: Path, how: str) -> float:
    """Seconds until a slice of the series is on screen.

    how: "new", from process start, of a folder without a project; "known", of one that was open before; "chosen", from
    choosing it in the list, while another case is on screen.
    """
    if how != "known":
        for left in images.glob("images.urwkv*"):
            left.unlink()
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "URWKV_DESKTOP_HOME": str(home),
                   "URWKV_BENCH_START": repr(time.time())}
    done = subprocess.run([sys.executable, "-m", "benchmarks.formats", str(images), how], capture_output=True,
                          text=True, check=False, env=environment, timeout=LIMIT_S * 2)
    if done.returncode:
        raise RuntimeError(f"the window ended with {done.returncode}: {done.stderr[-2000:]}")
    return float(json.loads(done.stdout.splitlines()[-1]))


def child(target: Path, how: str) -> None:
    """The window's own composition, watched from outside."""
    from urwkv_desktop.gui import app
    from urwkv_desktop.workflow import find_places
    from urwkv_desktop.workflow import settings as stored

    begun = float(os.environ["URWKV_BENCH_START"])
    paths = find_places()
    application = app.make_application()
    settings, _ = stored.load(paths.settings_file)
    window = app.Window(application, paths, settings, target)

    def shown() -> Any:
        main: Any = getattr(window.program, "window", None)
        return main.workspace.canvas.document if main is not None else None

    _until(application, lambda: shown() is not None)
    main: Any = getattr(window.program, "window", None)
    if how == "chosen":
        _until(application, lambda: not main.session.is_indexing)
        series = next(row.id for row in main.session.rows if len(row.files) == SLICES)
        begun = time.time()
        main.session.open_case(series)
        _until(application, lambda: shown() is not None and shown().case == series)
    assert shown().image.shape == (SLICES, SIDE, SIDE)
    main.workspace.canvas.repaint()
    seconds = round(time.time() - begun, 3)
    window.shell.close()
    application.processEvents()
    window.end()
    print(json.dumps(seconds))


def _until(application: Any, reached: Callable[[], bool]) -> None:
    until = time.monotonic() + LIMIT_S
    while not reached():
        application.processEvents()
        time.sleep(0.002)
        if time.monotonic() > until:
            sys.exit(f"what was waited for did not come within {LIMIT_S:.0f} s")


if __name__ == "__main__":
    child(Path(sys.argv[1]), sys.argv[2])
