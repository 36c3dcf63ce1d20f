"""The program behind the first frame: start page or project, opened, changed and closed in one window."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from urwkv_desktop import __version__
from urwkv_desktop.gui.actions import add_project_actions
from urwkv_desktop.gui.controls import dress
from urwkv_desktop.gui.dialogs.about import AboutDialog
from urwkv_desktop.gui.dialogs.cheat_sheet import CheatSheet
from urwkv_desktop.gui.dialogs.palette import CommandPalette
from urwkv_desktop.gui.dialogs.settings import SettingsDialog
from urwkv_desktop.gui.key_flow import KeyFlow
from urwkv_desktop.gui.main_window import MainWindow
from urwkv_desktop.gui.memory import Memory
from urwkv_desktop.gui.menus import ProjectMenu
from urwkv_desktop.gui.opening import Opener, Wish
from urwkv_desktop.gui.shell import Shell
from urwkv_desktop.gui.start_page import StartPage, recents_of
from urwkv_desktop.gui.wardrobe import Wardrobe
from urwkv_desktop.gui.words import say, say_refusal
from urwkv_desktop.imaging import Message
from urwkv_desktop.workflow import Jobs, Places
from urwkv_desktop.workflow.decoding import DecodeWorker
from urwkv_desktop.workflow.jobs import Post
from urwkv_desktop.workflow.memory import give_back
from urwkv_desktop.workflow.opening import Opening
from urwkv_desktop.workflow.preparing import is_project_of, prepare
from urwkv_desktop.workflow.session import Session

# What the palette leaves out: itself, and keys that mean something only while they are held or a gesture runs.
NOT_COMMANDS = frozenset({"palette.open", "mask.toggle", "gesture.cancel", "gesture.back", "gesture.take"})
# What can be done without a project.
ALWAYS = frozenset({"project.open", "samples.open", "settings.open", "keys.edit", "help.keys", "help.about",
                    "program.quit", "theme.dark", "theme.light", "theme.system"})
_BOUNDING_MS = 800  # a limit is set digit by digit, and the folder is looked through again after it
_PLACING_MS = 1000  # after the last movement: a program that is killed comes back where it stood


class Program(QObject):
    """One window, at most one project in it. worker: started ahead, for the first project that is opened."""

    def __init__(self, app: QApplication, shell: Shell, *, places: Places, memory: Memory, jobs: Jobs, post: Post,
                 worker: DecodeWorker | None = None) -> None:
        super().__init__()
        self._worker = worker
        self._shell, self._places, self._memory, self._jobs, self._post = shell, places, memory, jobs, post
        self.window: MainWindow | None = None
        self.news: list[Message] = []  # of the time before there was a window
        self._wardrobe = Wardrobe(app, shell, memory.settings.appearance.theme)
        self._opener = Opener(jobs, self._prepare, self._shown_project)
        self._opener.opened.connect(self._show)
        self._opener.refused.connect(lambda refusal: self.tell(say_refusal(refusal)))
        self._opener.is_shown.connect(self._stay)
        self._opener.is_slow.connect(self._say_opening)
        self._keys = KeyFlow(places, memory, shell)
        self.keymap = self._keys.keymap
        self._bounding = QTimer(self, singleShot=True, interval=_BOUNDING_MS)
        self._bounding.timeout.connect(self._bound)
        self._add_actions()
        self._placing = QTimer(self, singleShot=True, interval=_PLACING_MS)
        self._placing.timeout.connect(lambda: memory.keep_geometry(shell))
        shell.on_placed = self._placing.start
        shell.on_close = self._close
        shell.on_drop = lambda path: self.open(Path(path))
        shell.on_key = self._held_key
        if isinstance(shell.content, StartPage):
            self._join(shell.content)

    def _add_actions(self) -> None:
        add = self.keymap.add
        add("project.open", self.tr("Open folder…"), self.ask_folder)
        add("samples.open", self.tr("Open sample project"), self.open_samples)
        add("project.close", self.tr("Close project"), self.close_project)
        add("settings.open", self.tr("Settings"), self._show_settings)
        add("keys.edit", self.tr("Change keys…"), self._change_keys)
        add("help.keys", self.tr("Mouse and keys"), self._show_keys)
        add("palette.open", self.tr("All commands"), self._show_palette)
        for name, words in (("dark", self.tr("Dark theme")), ("light", self.tr("Light theme")),
                            ("system", self.tr("Theme as the system"))):
            add(f"theme.{name}", words, partial(self._choose_theme, name))
        add("help.about", self.tr("About urwkv-desktop"), self._show_about)
        add("program.quit", self.tr("Quit"), self._shell.close)
        add_project_actions(self.keymap, lambda: self.window)

    # ── projects ─────────────────────────────────────────────────────────────────────────────────────────────────

    def ask_folder(self) -> None:
        recent = self._memory.settings.recent.items
        start = str(Path(recent[0].root).parent) if recent else str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self._shell, self.tr("Open a folder of images"), start)
        if chosen:
            self.open(Path(chosen))

    def open(self, target: Path, project_file: Path | None = None) -> None:
        """A folder, an image or a project file; what was on screen stays until it has been opened, or is refused."""
        wish = Wish(target, project_file)
        if self._may_leave(lambda: self._opener.ask(wish)):
            self._opener.ask(wish)

    def open_samples(self) -> None:
        self.open(self._places.samples)

    def _prepare(self, wish: Wish, shown: Path | None) -> Opening | None:
        if shown is not None and not wish.take_over and is_project_of(
                wish.target, shown, places=self._places, project_file=wish.project_file):
            return None
        worker, self._worker = self._worker, None
        return prepare(wish.target, places=self._places, run=self._jobs.start, settings=self._memory.settings,
                       project_file=wish.project_file, take_over=wish.take_over, worker=worker)

    def _shown_project(self) -> Path | None:
        return self.window.session.project_path if self.window is not None else None

    def _stay(self, wish: Wish) -> None:
        """Opening it again would find our own lock on it."""
        self._shell.raise_()
        self._shell.activateWindow()
        if self.window is not None:
            self.window.show_file(wish.target.name)

    def _say_opening(self, name: str) -> None:
        if self.window is not None or isinstance(self._shell.content, StartPage):
            self.tell(self.tr("Opening {name}…").format(name=name))

    def _open_recent(self, path: str) -> None:
        """A project file whose images lie elsewhere is opened with the folder that it was opened with."""
        known = next((item for item in self._memory.settings.recent.items if item.path == path), None)
        if known is None or not Path(known.root).is_dir():
            self.open(Path(path))
        else:
            self.open(Path(known.root), Path(path))

    def _show(self, opening: Opening) -> None:
        self._leave_project()
        session = Session.begin(opening, places=self._places, jobs=self._jobs, post=self._post,
                                settings=self._memory.settings)
        self.window = MainWindow(session, keymap=self.keymap, wardrobe=self._wardrobe, memory=self._memory,
                                 jobs=self._jobs)
        space = self.window.workspace
        self._memory.keep_project(session)
        self._memory.restore_splitter(space.splitter)
        space.splitter.splitterMoved.connect(lambda: self._memory.keep_splitter(space.splitter))
        ProjectMenu(space.worklist.project.menu(), keymap=self.keymap, wardrobe=self._wardrobe,
                    choose_theme=self._choose_theme, recents=lambda: self._memory.settings.recent.items,
                    open_recent=self._open_recent,
                    panels=((self.tr("Worklist"), space.worklist), (self.tr("Inspector"), space.inspector)))
        space.destroyed.connect(self._give_back)
        self._shell.set_content(space)
        self._shell.setWindowTitle(f"{session.name} · urwkv-desktop")
        space.canvas.setFocus()
        if opening.project.is_held:
            wish = Wish(session.root, session.project_path, take_over=True)
            self.window.bands.offer_take_over(session, partial(self._opener.ask, wish))
        self._keys.ask(self.window.bands)
        self.tell_news()

    def close_project(self) -> None:
        if self._may_leave(self.show_start):
            self.show_start()

    def show_start(self, trouble: str = "") -> None:
        if not self._leave_project() and not trouble:
            trouble = self.tr("Not everything could be written down: the disk did not take it.")
        page = StartPage(recents_of(self._memory.settings.recent.items))
        self._join(page)
        self._shell.set_content(page)
        self._shell.setWindowTitle("urwkv-desktop")
        page.show_trouble(trouble)

    def _join(self, page: StartPage) -> None:
        page.open_folder.connect(self.ask_folder)
        page.open_samples.connect(self.open_samples)
        page.open_recent.connect(self._open_recent)

    def _may_leave(self, all_the_same: Callable[[], object]) -> bool:
        """False where strokes would be lost: the window says so, and offers to do it all the same."""
        return self.window is None or self.window.may_leave(all_the_same)

    def _leave_project(self) -> bool:
        """False where something could not be written."""
        window, self.window = self.window, None
        return window is None or window.close()

    def _give_back(self) -> None:
        """What showed a project is gone; what it needed need not stay in this process either."""
        self._jobs.start("Giving memory back", give_back)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────

    def tell(self, sentence: str) -> None:
        """Where the thing stands: on the start page, or in the band over the canvas."""
        if self.window is not None:
            self.window.show_trouble(sentence)
        elif isinstance(self._shell.content, StartPage):
            self._shell.content.show_trouble(sentence)
        else:
            self.show_start(sentence)

    def tell_news(self) -> None:
        """Once, and then no more."""
        if self.news:
            self.tell(" ".join(map(say, self.news)))
            self.news = []

    def tell_message(self, message: Message) -> None:
        self.tell(say(message))

    def _show_keys(self) -> None:
        self._open_dialog(CheatSheet(self.keymap, parent=self._shell))

    def _change_keys(self) -> None:
        self._open_dialog(self._keys.editor(self._shell))

    def _show_about(self) -> None:
        self._open_dialog(AboutDialog(__version__, log_folder=str(self._places.logs), parent=self._shell))

    def _show_settings(self) -> None:
        dialog = SettingsDialog(self._memory.settings, parent=self._shell)
        dialog.changed.connect(self._set)
        dialog.keys_asked.connect(self._change_keys)
        self._open_dialog(dialog)

    def _set(self, group: str, field: str, value: object) -> None:
        self._memory.keep(group, **{field: value})
        if group == "keys":
            self._keys.choose(self._memory.settings.keys.map)
        elif (group, field) == ("appearance", "language"):
            self.tell(self.tr("The language changes when the program starts again."))
        elif group == "appearance":
            self._wardrobe.choose(self._memory.settings.appearance.theme)
        elif group == "reader" and self.window is not None:
            self.window.commands.set_reader(self._memory.settings.reader_name)
        elif group == "network" and self.window is not None:
            self.window.session.choose_network(self._memory.settings.network)
        elif group == "limits":
            self._bounding.start()

    def _bound(self) -> None:
        if self.window is not None:
            self.window.session.bound(self._memory.settings)

    def _show_palette(self) -> None:
        actions = [action for name, action in self.keymap.actions.items() if name not in NOT_COMMANDS
                   and (self.window is not None or name in ALWAYS)]
        CommandPalette(actions, parent=self._shell).open_over(self._shell)

    def _open_dialog(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dress(dialog, self._wardrobe.theme)
        dialog.show()

    # ── the window itself ────────────────────────────────────────────────────────────────────────────────────────

    def _choose_theme(self, name: str) -> None:
        self._wardrobe.choose(name)
        self._memory.keep("appearance", theme=name)

    def _held_key(self, event: QKeyEvent, is_press: bool) -> bool:
        """The mask's key works for as long as it is held, so no action can stand for it. What is no action's key is
        looked for by its place on the keyboard."""
        if self.window is None or not self.keymap.is_key_of("mask.toggle", event) or event.modifiers():
            action = self.keymap.at_place(event) if is_press else None
            if action is not None:
                action.trigger()
            return action is not None or self._held_space(event, is_press)
        if not event.isAutoRepeat():
            canvas = self.window.workspace.canvas
            (canvas.press_mask_key if is_press else canvas.release_mask_key)(event.timestamp())
        return True

    def _held_space(self, event: QKeyEvent, is_press: bool) -> bool:
        """Space moves the picture, wherever the keys are."""
        if self.window is None or event.key() != Qt.Key.Key_Space or event.modifiers():
            return False
        if not event.isAutoRepeat():
            self.window.workspace.planes.hold_space(is_press)
        return True

    def _close(self) -> bool:
        if not self._may_leave(self._close_all_the_same):
            return False
        self._opener.close()
        if self._worker is not None:
            self._worker.close()
        self._placing.stop()
        self._memory.keep_geometry(self._shell)
        self._leave_project()
        self._memory.write_now()
        return True

    def _close_all_the_same(self) -> None:
        self._leave_project()
        self._shell.close()
