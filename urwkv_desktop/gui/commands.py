"""What a person can ask of the case on screen. Each is one intention, handed to the session or the document."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from urwkv_desktop.editing.operations.clear_label import ClearLabelOptions, clear_label
from urwkv_desktop.gui.bands import Bands
from urwkv_desktop.gui.dialogs.flag import FlagPopover
from urwkv_desktop.gui.last_act import LastAct
from urwkv_desktop.gui.memory import Memory
from urwkv_desktop.gui.panels.worklist_model import refusal_sentence
from urwkv_desktop.gui.words import say, say_refusal
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import Labels, Message, Refusal, Status, Window
from urwkv_desktop.workflow.decisions import is_untouched
from urwkv_desktop.workflow.review import next_open

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Change, Document
    from urwkv_desktop.workflow.session import Session

_STYLES = ("both", "outline", "fill")
_ZOOM_STEP = 1.25  # of one press


class Commands(QObject):
    def __init__(self, session: "Session", workspace: Workspace, bands: Bands, memory: Memory) -> None:
        super().__init__()
        self._session, self._space, self._bands, self._memory = session, workspace, bands, memory
        self._popover: FlagPopover | None = None
        self._unseen: int | None = None  # the case that is accepted as empty if the person says so again
        self._last = LastAct()
        self._to_reopen: int | None = None  # the case whose acceptance is taken back once it is on screen
        canvas = memory.settings.canvas
        self.set_opacity(canvas.fill_opacity)
        self.set_style(canvas.mask_style)

    def close(self) -> None:
        self._let_go()
        if self._popover is not None:
            self._popover.close()

    # ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────

    def open_case(self, case: int) -> None:
        if case != self._session.current:
            self._leave_case()
            self._session.open_case(case)

    def next_case(self) -> None:
        self._leave_case()
        self._session.next_case()

    def previous_case(self) -> None:
        self._leave_case()
        self._session.previous_case()

    def next_open_case(self) -> None:
        case = next_open(self._session.rows, self._session.current)
        if case is not None:
            self.open_case(case)

    def _leave_case(self) -> None:
        self._let_go()
        self._bands.forget()
        self._last.forget()
        self._unseen = self._to_reopen = None

    def _let_go(self) -> None:
        """The running gesture is given up; what has been drawn to its end is in the mask, however long it takes."""
        self._space.canvas.cancel_gesture()
        self._space.canvas.settle()

    def accept(self, *, then_next: bool) -> None:
        """Enter takes a suggestion first, if there is one; an accepted case is only left for the next open one."""
        document = self._writable()
        if document is None:
            return
        if self._space.canvas.take_gesture():  # an open outline is closed first, and looked at before it is accepted
            return
        self._space.canvas.settle()
        if then_next and document.suggestion is not None:
            document.take_suggestion()
            return
        if self._is_unseen(document):
            self._unseen = document.case
            self._bands.tell(self.tr("Neither a network nor a hand has drawn anything in this image. Accepting it "
                                     "says that there is nothing to draw."),
                             self.tr("Accept as empty"), partial(self.accept, then_next=then_next))
            return
        self._leave_case()
        is_new = document.status is not Status.accepted
        self._session.accept(then_next=then_next)
        if is_new and self._session.current != document.case:
            self._last.note(self._session.current, partial(self._take_acceptance_back, document.case))
        elif then_next and self._session.current == document.case:
            self._space.status.show_news(self.tr("No case is open any more: all are accepted or excluded."))

    def _take_acceptance_back(self, case: int) -> None:
        self.open_case(case)
        self._to_reopen = case
        self.case_shown()

    def case_shown(self) -> None:
        """Another case is on screen, or its image has come."""
        document = self._writable()
        if document is not None and self._to_reopen == document.case:
            self._to_reopen = None
            if document.status is Status.accepted:
                name = document.history.undo_name
                self._follow(document.undo(), self.tr("Undone: {name}"), name)

    def stroke_ended(self) -> None:
        """Once something is drawn there is nothing to ask about an empty image."""
        document = self._session.document
        if document is not None and self._unseen == document.case and not is_untouched(document):
            self._unseen = None
            self._bands.forget()

    def _is_unseen(self, document: "Document") -> bool:
        """Accepting would call an image empty at which nobody has looked, and the person has not been told so yet."""
        return is_untouched(document) and self._unseen != document.case

    def ask_flag(self) -> None:
        document = self._writable()
        if document is None:
            return
        popover = FlagPopover(comment=document.flag.comment, is_flagged=document.flag.flagged, parent=self._space)
        popover.flagged.connect(self._session.flag)
        popover.unflagged.connect(lambda: self._session.flag(None))
        popover.destroyed.connect(self._popover_gone)
        self._popover = popover
        footer = self._space.inspector.footer
        popover.open_above(footer.flag if footer.isVisible() else self._space.status)

    def _popover_gone(self) -> None:
        self._popover = None

    def exclude(self, excluded: bool) -> None:
        if self._writable() is not None:
            self._session.exclude(excluded)

    def reopen(self) -> None:
        if self._writable() is not None:
            self._session.reopen()

    def predict_again(self) -> None:
        if self._writable() is not None:
            self._last.forget()
            self._session.predict_again()

    def answer_message(self, which: int) -> None:
        """A button of what stands over the image."""
        candidates, show_part = self._session.candidates, self._session.shows_part
        if self._session.case_refusal is not None:
            if show_part is not None and which == 0:
                show_part()
            elif self._session.current is not None:
                self._session.open_case(self._session.current)
        elif len(candidates) > 1:
            self.choose_model(candidates[which].name, True)
        elif which == 0:
            self.predict_anyway()
        else:
            self.predict_all_like_it()

    def predict_anyway(self) -> None:
        """Drawn because the person wants it so; whether others like it shall be drawn too is offered, not asked."""
        self._session.predict_anyway()
        name = self._session.model_name
        if name is not None:
            words = self.tr("{name} looks at this image because you said so.") if self._session.candidates else \
                self.tr("{name} was not made for such images. It looks at this one because you said so.")
            self._bands.tell(words.format(name=name),
                             self.tr("Use it for all like it"), partial(self.choose_model, name, True))

    def predict_all_like_it(self) -> None:
        """The model that comes nearest, from now on for every image of this kind."""
        name = self._session.nearest_model
        if name is not None and self._writable() is not None:
            self._session.choose_model(name, for_kind=True)

    def choose_model(self, name: str, for_kind: bool) -> None:
        """A case that had nothing yet is looked at by itself; one that had is looked at again by another model."""
        document = self._writable()
        if document is not None:
            before = self._session.model_name
            self._session.choose_model(name, for_kind=for_kind)
            history = document.history
            if history.groups and (name != before or history.position == 0):
                self._session.predict_again()

    def set_reader(self, name: str) -> None:
        self._session.reader = name
        self._memory.keep("reader", name=name)
        self._space.status.show_reader(name)

    def case_menu(self, case: int, at: QPoint) -> None:
        """The worklist's menu: it is about the row that was pointed at, so that row is opened first."""
        self.open_case(case)
        row = self._session.row(case)
        menu = QMenu(self._space)
        menu.addAction(self.tr("Flag…"), self.ask_flag)
        if row.flag.flagged:
            menu.addAction(self.tr("Remove flag"), lambda: self._session.flag(None))
        if row.flag.excluded:
            menu.addAction(self.tr("Include again"), lambda: self._session.exclude(False))
        else:
            menu.addAction(self.tr("Exclude from exports"), lambda: self._session.exclude(True))
        reopen = menu.addAction(self.tr("Reopen"), self._session.reopen)
        reopen.setEnabled(row.status is Status.accepted)
        menu.addSeparator()
        menu.addAction(self.tr("Run the network again"), self.predict_again)
        models = menu.addMenu(self.tr("Model for this case"))
        for name in self._session.model_names():
            models.addAction(name, partial(self.choose_model, name, False))
        models.setEnabled(bool(self._session.model_names()))
        may_decide = not self._session.is_read_only and refusal_sentence(row) is None
        for action in menu.actions():
            action.setEnabled(action.isEnabled() and may_decide)
        if (sentence := refusal_sentence(row)) is not None:
            menu.addSeparator()
            menu.addAction(self.tr("Copy the reason"), lambda: QApplication.clipboard().setText(sentence))
        menu.exec(at)

    def ask_root(self) -> None:
        """The folder of the images is gone: the person says where it lies now."""
        chosen = QFileDialog.getExistingDirectory(self._space, self.tr("Where are the images now?"),
                                                  str(nearest(self._session.root)))
        if not chosen:
            return

        def done(refusal: Refusal | None) -> None:
            if refusal is None:
                self._bands.forget()
            else:
                self._bands.tell(say_refusal(refusal), self.tr("Choose another…"), self.ask_root)

        self._bands.tell(self.tr("Looking for the images in {folder}…").format(folder=Path(chosen).name),
                         is_news=True)
        self._session.take_root(Path(chosen), done)

    # ── the mask and its history ─────────────────────────────────────────────────────────────────────────────────

    def undo(self) -> None:
        if self._is_in_labels:
            self._move_labels(back=True)
            return
        document = self._writable()
        if document is not None and not self._space.canvas.step_back():
            self._let_go()
            if self._last.take_back(document):
                return
            name, is_answer = document.history.undo_name, document.history.undoes_answer
            self._follow(document.undo(), self.tr("Undone: {name}"), name)
            if is_answer:
                self._space.status.show_news(self.tr("The mask that stood there at first is taken back. Redo brings it "
                                                     "again."))

    def redo(self) -> None:
        if self._is_in_labels:
            self._move_labels(back=False)
            return
        document = self._writable()
        if document is not None:
            self._let_go()
            name = document.history.redo_name
            self._follow(document.redo(), self.tr("Done again: {name}"), name)

    def change_labels(self, labels: Labels) -> None:
        """As the panel wants them. A deleted one takes what it marked out of every case, so that is told."""
        self._forget_deletion()
        before = self._session.labels
        self._session.edit_labels(labels)
        gone = next((label for label in before if labels.get(label.id) is None), None)
        if gone is not None:
            self._last.note(self._session.current, self._bring_label_back)
            self._bands.tell(self.tr("{name} is deleted. What it marked counts as background, in every case.")
                             .format(name=gone.name), self.tr("Undo"), self._bring_label_back)

    def _bring_label_back(self) -> None:
        self._forget_deletion()
        self._session.move_labels(back=True)

    def _forget_deletion(self) -> None:
        """The labels are about to change again: what undo would take back is no longer the deletion."""
        self._last.forget()
        self._bands.forget()

    @property
    def _is_in_labels(self) -> bool:
        """Undo belongs to the labels while their panel has the keys."""
        focus = QApplication.focusWidget()
        return focus is not None and self._space.inspector.labels.isAncestorOf(focus)

    def _move_labels(self, *, back: bool) -> None:
        self._forget_deletion()
        panel = self._space.inspector.labels
        if not self._session.move_labels(back=back):
            self._space.status.show_news(self.tr("There is no change of the labels to undo.") if back
                                         else self.tr("There is no change of the labels to do again."))
        panel.take_focus()  # the rows have been made anew

    def jump(self, place: int) -> None:
        document = self._writable()
        if document is not None:
            self._let_go()
            self._follow(document.jump(place))

    def _follow(self, change: "Change | None", words: str = "", name: Message | None = None) -> None:
        """The view goes to where the mask has changed; what changed no pixel (accepted, flagged) is told in words."""
        if change is not None and change.box is not None and not change.box.is_empty:
            self._space.canvas.reveal(change.box)
        elif change is not None and name is not None:
            self._space.status.show_news(words.format(name=say(name)))

    def clear_label(self) -> None:
        document = self._writable()
        if document is None:
            return
        self._space.canvas.settle()
        scene = self._space.canvas.scene()
        edit = clear_label(scene, ClearLabelOptions()) if scene is not None else None
        if edit is not None:
            document.apply(edit)

    def cancel(self) -> None:
        """Escape: the running gesture, or else the suggestion; the keys go back to the canvas."""
        document = self._session.document
        if self._space.canvas.is_busy:
            self._space.canvas.cancel_gesture()
        elif document is not None and document.is_writable and document.suggestion is not None:
            document.drop_suggestion()
        self._space.canvas.setFocus()

    def _writable(self) -> "Document | None":
        document = self._session.document
        return document if document is not None and document.is_writable else None

    # ── seeing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def set_window(self, window: Window) -> None:
        self._space.canvas.window = window

    def set_opacity(self, opacity: float) -> None:
        canvas = self._space.canvas
        canvas.fill_opacity = opacity
        self._space.inspector.display.show_mask(canvas.mask_style, opacity)
        self._memory.keep("canvas", fill_opacity=opacity)

    def fill_by(self, steps: int) -> None:
        self.set_opacity(max(0.0, min(1.0, round(self._space.canvas.fill_opacity + 0.1 * steps, 2))))

    def zoom_by(self, steps: int) -> None:
        """About the canvas' middle."""
        canvas = self._space.canvas
        canvas.zoom_at(_ZOOM_STEP ** steps, QPointF(canvas.rect().center()))

    def set_style(self, style: str) -> None:
        canvas = self._space.canvas
        canvas.mask_style = style
        self._space.inspector.display.show_mask(style, canvas.fill_opacity)
        self._memory.keep("canvas", mask_style=style)

    def next_style(self) -> None:
        place = _STYLES.index(self._space.canvas.mask_style)
        self.set_style(_STYLES[(place + 1) % len(_STYLES)])

    def slice_by(self, step: int) -> None:
        canvas = self._space.canvas
        canvas.set_slice(max(0, min(canvas.slice_count - 1, canvas.plane.index + step)))

    def slice_to(self, place: int) -> None:
        """-1 is the last one."""
        canvas = self._space.canvas
        canvas.set_slice(place % max(1, canvas.slice_count))

    def toggle_patient(self) -> None:
        canvas = self._space.canvas
        canvas.patient_visible = not canvas.patient_visible
        self._space.worklist.show_patients(canvas.patient_visible)


def nearest(folder: Path) -> Path:
    """The first folder above it that is there, to begin looking in."""
    return next((above for above in folder.parents if above.is_dir()), Path.home())
