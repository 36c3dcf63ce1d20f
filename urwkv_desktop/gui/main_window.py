"""The window: an open project on the screen, what it tells, and what is asked of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from urwkv_desktop.editing.tools import GROUPS, TOOLS
from urwkv_desktop.gui.bands import Bands
from urwkv_desktop.gui.commands import Commands
from urwkv_desktop.gui.controls import dress
from urwkv_desktop.gui.desk import Desk
from urwkv_desktop.gui.export_flow import ExportFlow
from urwkv_desktop.gui.history_moments import HistoryMoments
from urwkv_desktop.gui.import_flow import ImportFlow
from urwkv_desktop.gui.keymap import Keymap
from urwkv_desktop.gui.label_measures import LabelMeasures
from urwkv_desktop.gui.lesson_flow import LessonFlow
from urwkv_desktop.gui.memory import Memory
from urwkv_desktop.gui.operation_commands import OperationCommands
from urwkv_desktop.gui.origin_overlay import OriginOverlay
from urwkv_desktop.gui.panels.tool_strip import ToolButton
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.gui.thumbnails import Thumbnails
from urwkv_desktop.gui.tool_case import ToolCase
from urwkv_desktop.gui.wardrobe import Wardrobe
from urwkv_desktop.gui.words import say
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import Message, Severity
from urwkv_desktop.workflow import CaseRow, Jobs
from urwkv_desktop.workflow.changes import Rows, SavedKind, SessionChange
from urwkv_desktop.workflow.jobs import JobGroup
from urwkv_desktop.workflow.session import Session
from urwkv_desktop.workflow.working import Works

_WAITING_MS = 500
_ROWS_MS = 30  # many rows change at once while a folder is read: the list is told together


class MainWindow(QObject):
    """One session on one workspace. Everything that is remembered goes through `memory`."""

    def __init__(self, session: Session, *, keymap: Keymap, wardrobe: Wardrobe, memory: Memory, jobs: Jobs) -> None:
        super().__init__()
        self.session, self.keymap = session, keymap
        self._wardrobe, self._memory, self._jobs = wardrobe, memory, jobs
        self._thumbnails = Thumbnails(session.thumbnail)
        tools = [ToolButton(tool.id, tool.icon, keymap.words_with_key(tool.action, say(tool.name)), place)
                 for place, group in enumerate(GROUPS) for tool in group]
        self.workspace = Workspace(wardrobe.theme, tools, self._thumbnails.get, self._whose)
        self.desk = Desk(self.workspace)
        self.tools = ToolCase(self.workspace, memory)
        self._export: ExportFlow | None = None
        self._lesson: LessonFlow | None = None
        self.bands = Bands(self.workspace.area)
        self.commands = Commands(session, self.workspace, self.bands, memory)
        self.bands.on_ask_root = self.commands.ask_root
        beside = JobGroup(jobs)
        self.workspace.planes.main.beside = lambda task: beside.run(
            Message("Looking for edges"), lambda control: task(), lane="edges")
        works = Works(beside, lambda: session.document, lambda message: self._tell_news(message))
        self.imports = ImportFlow(session, beside, self.bands, self.workspace)
        self.origins = OriginOverlay(session, self.workspace, beside)
        self.label_measures = LabelMeasures(session, self.workspace, beside, lambda: self.desk.active_label)
        self.moments = HistoryMoments(session, self.workspace, beside)
        self.operations = OperationCommands(session, self.workspace, works, keymap, lambda: wardrobe.theme)
        self._noted: set[str] = set()
        self._changed_rows: set[int] = set()
        self._all_rows_changed = False
        self._rows_due = QTimer(self)
        self._rows_due.setSingleShot(True)
        self._rows_due.setInterval(_ROWS_MS)
        self._rows_due.timeout.connect(self._show_rows)
        self._waiting = QTimer(self)  # an acknowledgement that does not come tells nobody
        self._waiting.setInterval(_WAITING_MS)
        self._waiting.timeout.connect(self._show_saved)
        self._connect_panels()
        self._connect_canvas()
        self._stop_listening = session.listen(self._session_changed)
        dress(self.workspace, wardrobe.theme)
        wardrobe.changed.connect(self._wear)
        keymap.changed.connect(self._show_keys)
        self._show_keys()
        self._show_all()

    # ── joining the parts ────────────────────────────────────────────────────────────────────────────────────────

    def _connect_panels(self) -> None:
        space, does = self.workspace, self.commands
        space.worklist.case_chosen.connect(does.open_case)
        space.worklist.menu_asked.connect(does.case_menu)
        space.strip.undo_asked.connect(does.undo)
        space.strip.redo_asked.connect(does.redo)
        space.inspector.labels.chosen.connect(self.desk.choose_label)
        space.inspector.labels.changed.connect(does.change_labels)
        space.inspector.display.window_changed.connect(does.set_window)
        space.inspector.display.opacity_changed.connect(does.set_opacity)
        space.inspector.display.style_changed.connect(does.set_style)
        space.inspector.history.jumped.connect(does.jump)
        space.inspector.footer.flag_asked.connect(does.ask_flag)
        space.inspector.footer.model_chosen.connect(does.choose_model)
        space.inspector.footer.accept_asked.connect(lambda: does.accept(then_next=True))
        space.status.cancelled.connect(self.session.cancel_progress)
        space.status.reader_changed.connect(does.set_reader)

    def _connect_canvas(self) -> None:
        canvas = self.workspace.canvas
        canvas.may_paint = lambda: (self.session.saved.kind is SavedKind.saved
                                    and not self.operations.is_drawn_pending)
        canvas.windowChanged.connect(self._show_window)
        canvas.sliceChanged.connect(self._slice_changed)
        canvas.pointerMoved.connect(self._show_pointer)
        canvas.hintChanged.connect(self._show_hint)
        canvas.strokeStarted.connect(lambda: self.session.pause(True))
        canvas.strokeStarted.connect(self.bands.work_began)
        canvas.strokeEnded.connect(lambda: self.session.pause(False))
        canvas.strokeEnded.connect(self.commands.stroke_ended)
        canvas.nothingChanged.connect(self._tell_news)
        canvas.messageButtonClicked.connect(self.commands.answer_message)

    def show_trouble(self, sentence: str) -> None:
        """Something that was asked for could not be done; the project stays open."""
        self.bands.tell(sentence)

    def show_file(self, name: str) -> None:
        """The project was asked for again, by the name of its folder or of an image in it."""
        self.bands.forget()
        case = next((row.id for row in self.session.rows if name in row.files), None)
        if case is not None:
            self.commands.open_case(case)

    def open_export(self) -> None:
        if self._export is None:
            self._export = ExportFlow(self.session, self._jobs, self._wardrobe.theme, self.workspace)
            self._export.dialog.finished.connect(self._export_gone)
        self._export.dialog.raise_()
        self._export.dialog.activateWindow()

    def _export_gone(self) -> None:
        self._export = None

    def open_lesson(self) -> None:
        if self._lesson is None:
            self._lesson = LessonFlow(self.session, self._wardrobe.theme, self.workspace)
            self._lesson.gone.connect(self._lesson_gone)
        self._lesson.dialog.raise_()
        self._lesson.dialog.activateWindow()

    def _lesson_gone(self) -> None:
        self._lesson = None

    def may_leave(self, all_the_same: Callable[[], object]) -> bool:
        """False while strokes are not on the disk and the disk does not take them; the band says so."""
        if self.session.saved.kind is not SavedKind.failed and not self.session.is_slow:
            return True
        self.bands.warn_of_leaving(all_the_same)
        self.bands.stand(self.session)
        return False

    def close(self) -> bool:
        """The project is closed: everything acknowledged first. False where something could not be written."""
        self.origins.close()
        self.label_measures.close()
        self.moments.close()
        self.commands.close()  # what has been drawn comes into the mask while there are jobs
        self.operations.close()
        for flow in (self._export, self._lesson):
            if flow is not None:
                flow.dialog.close()
        self._wardrobe.changed.disconnect(self._wear)
        self.keymap.changed.disconnect(self._show_keys)
        self._stop_listening()
        self._rows_due.stop()
        self._waiting.stop()
        self._memory.keep_project(self.session)
        self._memory.keep_splitter(self.workspace.splitter)
        self.desk.leave()
        return self.session.close()

    # ── what the session tells ───────────────────────────────────────────────────────────────────────────────────

    def _session_changed(self, change: SessionChange) -> None:
        if change.rows is Rows.all:
            self._all_rows_changed = True
            self._rows_due.start()
        elif change.rows:
            self._changed_rows.update(change.rows)
            if not self._rows_due.isActive():
                self._rows_due.start()
        if change.document:
            self.workspace.worklist.show_current(self.session.current)
            self.operations.look_again()
            self.desk.show_case()
            self.commands.case_shown()
            self.origins.refresh()
            self.label_measures.refresh()
            self.moments.refresh()
            self.bands.stand(self.session)
        elif change.rows is Rows.all:
            self.desk.show_message()
        if change.labels:
            self._thumbnails.clear()
            self.workspace.worklist.repaint_rows()
            self.desk.show_labels()
        if change.progress:
            self._show_progress()
        if change.saved:
            self._show_saved()
        if change.engine or change.document:
            self.workspace.status.show_engine(self.session.engine_note)
        if change.findings:
            self.bands.look_for_images(self.session)
            self.bands.stand(self.session)
            self._show_notes()

    def _show_all(self) -> None:
        space, session = self.workspace, self.session
        space.worklist.show_project(session.name)
        self._all_rows_changed = True
        self._show_rows()
        space.status.show_reader(session.reader)
        space.status.show_engine(session.engine_note)
        self.desk.take_session(session)
        self._show_saved()
        self._show_progress()
        self.bands.look_for_images(session)
        self.bands.stand(session)
        self._show_notes()

    def _show_rows(self) -> None:
        worklist = self.workspace.worklist
        self._thumbnails.forget(self._changed_rows)
        if self._all_rows_changed:
            worklist.show_rows(self.session.rows)
        else:
            rows = map(self._row, self._changed_rows)
            worklist.update_rows([row for row in rows if row is not None])
        self._changed_rows, self._all_rows_changed = set(), False
        worklist.show_current(self.session.current)
        self._memory.keep_project(self.session, worklist.accepted)

    def _row(self, case: int) -> CaseRow | None:
        """None for a row that is gone: those of refused files are numbered anew when the folder is looked through."""
        try:
            return self.session.row(case)
        except KeyError:
            return None

    def _whose(self, case: int) -> str:
        return self.session.whose(case) if self._row(case) is not None else ""

    def _show_progress(self) -> None:
        progress, line = self.session.progress, self.workspace.status.progress
        if progress is None:
            line.hide()
        else:
            line.show_progress(say(progress.title), progress.done, progress.total)

    def _show_saved(self) -> None:
        session, dot = self.session, self.workspace.status.saved
        reason = session.saved.reason
        if session.is_read_only:
            why = session.read_only_reason
            dot.show_state("read only", say(why) if why is not None else "")
        else:
            dot.show_state(session.saved.kind.value, say(reason) if reason is not None else "",
                           is_slow=session.is_slow)
        if session.saved.kind is SavedKind.saved:
            self._waiting.stop()
        elif not self._waiting.isActive():
            self._waiting.start()
        self.bands.stand(self.session)

    def _show_notes(self) -> None:
        """What is good to know and asks for nothing stands in the status line for a while, once."""
        for finding in self.session.findings:
            if finding.severity is Severity.note and finding.code not in self._noted:
                self._noted.add(finding.code)
                self.workspace.status.show_news(say(finding.message))

    # ── what the canvas tells ────────────────────────────────────────────────────────────────────────────────────

    def _wear(self, theme: Theme) -> None:
        self.workspace.planes.wear(theme)

    def _show_keys(self) -> None:
        """Keys stand in tool tips, and the mouse's meaning on the canvas."""
        for view in self.workspace.planes.views:
            view.mouse = self.keymap.table.mouse
        self.workspace.strip.show_keys(self.keymap.first_key("edit.undo"), self.keymap.first_key("edit.redo"))
        for tool in TOOLS:
            self.workspace.strip.tell(tool.id, self.keymap.words_with_key(tool.action, say(tool.name)))

    def _show_pointer(self) -> None:
        pointer = self.workspace.planes.pointer
        if pointer is None:
            self.workspace.status.show_pointer("")
            return
        words = self.tr("x {x}  y {y}  ·  {value}") if not pointer.millimetres else \
            self.tr("x {x}  y {y}  ·  {mm}  ·  {value}")
        self.workspace.status.show_pointer(words.format(x=pointer.column, y=pointer.row, mm=pointer.millimetres,
                                                        value=pointer.value))

    def _show_hint(self) -> None:
        hint = self.workspace.canvas.hint
        document = self.session.document
        if self.session.is_read_only or (document is not None and not document.is_writable):
            hint = Message("Open for reading only: nothing can be painted here")
        elif (suggested := self._suggestion_hint()) is not None:
            hint = suggested
        self.workspace.status.show_hint(say(hint) if hint is not None else "")

    def _suggestion_hint(self) -> Message | None:
        """What is offered; an open gesture has the word first."""
        document = self.session.document
        if document is None or document.suggestion is None or self.workspace.canvas.is_busy:
            return None
        return Message("Suggestion: {name} · Enter takes it · Escape drops it", name=document.suggestion.name)

    def _tell_news(self, message: Message) -> None:
        self.workspace.status.show_news(say(message))

    def _slice_changed(self, k: int) -> None:
        """The network begins with the slice that is looked at."""
        self.session.slice_shown = k

    def _show_window(self) -> None:
        display, canvas = self.workspace.inspector.display, self.workspace.canvas
        display.show_window(canvas.window)
        display.show_inverted(canvas.inverted)
