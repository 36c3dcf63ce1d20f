"""The window's composition: the first frame, then the rest behind it; and what happens when we are wrong."""

import os
import sys
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from urwkv_desktop.gui.bridge import Bridge
from urwkv_desktop.gui.memory import Memory
from urwkv_desktop.gui.shell import Frame, Shell
from urwkv_desktop.gui.start_page import StartPage, recents_of
from urwkv_desktop.gui.theme import load_fonts
from urwkv_desktop.gui.wardrobe import wanted_theme, wear
from urwkv_desktop.gui.words import load_translations, wanted_language
from urwkv_desktop.imaging import Message
from urwkv_desktop.workflow import Jobs, Places, Settings, find_places
from urwkv_desktop.workflow import settings as stored
from urwkv_desktop.workflow.jobs import JobControl, Outcome, quicken_window_thread

if TYPE_CHECKING:
    from urwkv_desktop.workflow.decoding import DecodeWorker

# Tests set it: a mistake of ours ends the program instead of becoming a sentence.
FATAL_VARIABLE = "URWKV_DESKTOP_FATAL"


def run(target: Path | None, project_file: Path | None = None) -> int:
    """The window until it is closed; returns the exit status. target: a folder or a project file; None: start page."""
    places = find_places()
    settings, findings = stored.load(places.settings_file)
    app = make_application()
    load_translations(app, places.resources, wanted_language(settings.appearance.language))
    window = Window(app, places, settings, target, project_file)
    window.news = [finding.message for finding in findings]
    status = app.exec()
    window.end()
    return status


def make_application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("urwkv-desktop")
    if QLocale().language() is QLocale.Language.C:  # no language named: numbers are still grouped
        QLocale.setDefault(QLocale(QLocale.Language.English))
    app.setStyle("Fusion")  # one look on every system, dressed by our own style sheet
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, False)
    return app


class Window(QObject):
    """The one window of the process, from its first frame on. program: what stands behind it, once it is loaded.

    news: sentences that the person is told when there is a place for them.
    """

    def __init__(self, app: QApplication, places: Places, settings: Settings, target: Path | None,
                 project_file: Path | None = None) -> None:
        super().__init__()
        self._app, self._places = app, places
        self._target, self._project_file = target, project_file
        self.program: QObject | None = None
        self.news: list[Message] = []
        self.memory = Memory(settings, self._write)
        load_fonts(places.resources)
        theme = wanted_theme(settings.appearance.theme)
        wear(app, theme)
        app.setWindowIcon(QIcon(str(places.resources / "icons" / "app.png")))
        first: QWidget = Frame(theme, target.stem) if target is not None else StartPage(
            recents_of(settings.recent.items))
        self.shell = Shell(first)
        self.shell.setWindowTitle("urwkv-desktop")
        if not self.memory.restore_geometry(self.shell):
            self.shell.resize_for_the_first_time()
        self.shell.on_painted = self._load
        self.shell.show()

    def _load(self) -> None:
        """After the first paint: what is heavy is imported beside the event loop, so that the window answers."""
        quicken_window_thread()
        self._bridge = Bridge()
        self.jobs = Jobs(self._bridge.later, crashed=self._crashed)
        sys.excepthook = self._hook
        self.jobs.run(Message("Starting"), self._import_program, done=self._compose)

    def _import_program(self, control: JobControl) -> "DecodeWorker | None":
        """What will decode the first image gets ready meanwhile, in its own process."""
        import_module("urwkv_desktop.workflow.memory").keep_large_apart()
        worker = None
        if self._target is not None:
            decoding = import_module("urwkv_desktop.workflow.decoding")
            worker = decoding.worker_ahead(self._target, self.memory.settings, self.jobs.start, places=self._places,
                                           project_file=self._project_file)
        for module in ("urwkv_desktop.workflow.session", "urwkv_desktop.gui.program"):
            import_module(module)
        return worker

    def _compose(self, outcome: "Outcome[DecodeWorker | None]") -> None:
        from urwkv_desktop.gui.program import Program  # numpy and what stands on it: never before the first paint
        from urwkv_desktop.workflow.logs import start_log

        start_log(self._places.logs)
        program = Program(self._app, self.shell, places=self._places, memory=self.memory, jobs=self.jobs,
                          post=self._bridge.later, worker=outcome.value)
        self.program = program
        program.news = self.news
        if self._target is not None:
            program.open(self._target, self._project_file)
        else:
            program.tell_news()

    def _write(self, settings: Settings) -> None:
        """Settings that can't be written are forgotten with the window; the work is not in them."""
        try:
            stored.save(settings, self._places.settings_file)
        except OSError:
            return

    # ── when we are wrong ────────────────────────────────────────────────────────────────────────────────────────

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.shell.close()
            return
        self._crashed(error)

    def _crashed(self, error: BaseException) -> None:
        """A report, one sentence, and on with the work: what was acknowledged is on the disk. May be any thread."""
        from urwkv_desktop.workflow.logs import crash_report, crash_sentence

        sentence = crash_sentence(crash_report(error, self._places.logs))
        if os.environ.get(FATAL_VARIABLE):
            sys.__excepthook__(type(error), error, error.__traceback__)
            os._exit(70)
        self._bridge.later(self._tell, sentence)

    def _tell(self, sentence: Message) -> None:
        tell = getattr(self.program, "tell_message", None)
        if tell is not None:
            tell(sentence)

    def end(self) -> None:
        """What still runs is stopped and waited for."""
        if hasattr(self, "jobs"):
            self.jobs.shutdown()
