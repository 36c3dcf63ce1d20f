"""A window that nobody touches takes nothing of a laptop's battery."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.gui.live import living
from tests.homes import make_folder, places, tiny_models  # noqa: F401 - fixtures
from urwkv_desktop.workflow import Places

WORK = {QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest, QEvent.Type.Paint, QEvent.Type.Polish}


class Seen(QObject):
    """Which events of work reach any object of the program."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in WORK:
            self.counts[f"{event.type().name} of {type(watched).__name__}"] += 1
        return False


def test_an_open_case_that_nobody_touches_is_neither_laid_out_nor_painted(
        places: Places, tmp_path: Path) -> None:  # noqa: F811
    with living(places, make_folder(tmp_path / "images", ("a", "b"))) as live:
        live.until(lambda: all(row.has_prediction for row in live.main.session.rows))
        live.until(lambda: all(job.state.is_over for job in live.window.jobs.jobs))
        live.rest(1.0)  # what was asked for before is done
        seen = Seen(live.app)
        live.rest(0.5)
        live.app.removeEventFilter(seen)
        assert not seen.counts
