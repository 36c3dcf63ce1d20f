"""Teaching from the window: the dialog, and the lesson's process behind it, which outlives both."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from urwkv_desktop.gui.controls import dress
from urwkv_desktop.gui.dialogs.lesson import LessonDialog
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.gui.words import say_refusal
from urwkv_desktop.imaging import Refusal

if TYPE_CHECKING:
    from urwkv_desktop.workflow.session import Session
    from urwkv_desktop.workflow.teaching import LessonState

_LOOK_MS = 700


class LessonFlow(QObject):
    """One dialog for one session. It looks how far a lesson is while it is shown and one is at work. gone: closed."""

    gone = Signal()

    def __init__(self, session: "Session", theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._teaching = session, session.teaching
        offers = self._teaching.offers
        self._model = offers[0].model if offers else ""
        self._is_over = False
        self.dialog = LessonDialog(offers, parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.dialog.watched.connect(self._watch)
        self.dialog.chosen.connect(self._choose)
        self.dialog.begun.connect(lambda: self._begin(resume=False))
        self.dialog.gone_on.connect(lambda: self._begin(resume=True))
        self.dialog.stopped.connect(self._stop)
        self.dialog.adopted.connect(self._adopt)
        self.dialog.finished.connect(lambda _: self._over())
        self._choose(self._model)
        dress(self.dialog, theme)
        self.dialog.show()

    def _watch(self, shown: bool) -> None:
        if shown:
            self._look()
        else:
            self._timer.stop()

    def _choose(self, model: str) -> None:
        self._model = model
        if model:
            self.dialog.show_place(self._teaching.folder(model))
        self._look()

    def _look(self) -> None:
        missing = self._teaching.why_not
        state = self._teaching.state(self._model) if self._model else None
        is_at_work = missing is None and state is not None and state.is_at_work
        if not is_at_work:
            self._timer.stop()  # what is said stays until the person does something
        elif not self._timer.isActive() and self.dialog.isVisible():
            self._timer.start()
        if missing is not None:
            self.dialog.show_lesson(say_refusal(missing), may_begin=False)
        elif not self._model:
            self.dialog.show_lesson(self.tr("No accepted case has been looked at by a model yet. Accept cases first."),
                                    may_begin=False)
        elif state is not None and is_at_work:
            self.dialog.show_progress(self._progress(state), state.done, state.total)
        else:
            self._show_end(state)

    def _show_end(self, state: "LessonState | None") -> None:
        """Nothing is at work."""
        found = self._teaching.comparison(self._model)
        if state is not None and state.phase == "finished" and found is not None:
            self.dialog.show_comparison(found, self._teaching.adopted_as(found))
            return
        may_go_on = state is not None and self._teaching.can_go_on(self._model)
        lack = self._teaching.lack(self._model)
        if lack is not None and not may_go_on:
            self.dialog.show_lesson(say_refusal(lack), may_begin=False)
            return
        self.dialog.show_lesson(self._ended(state), may_begin=True, may_go_on=may_go_on)

    def _ended(self, state: "LessonState | None") -> str:
        if state is None:
            return self.tr("It takes a quarter of an hour and more, on this computer, while you go on working.")
        refusal = state.refusal
        if refusal is not None:
            return say_refusal(refusal)
        if state.phase == "died":
            return self.tr("The lesson ended before its time. {words}").format(words=state.words)
        return self.tr("The lesson was stopped.")

    def _progress(self, state: "LessonState") -> str:
        if not self.dialog.stop.isEnabled():
            return self.tr("The lesson stops when the step that it is at has come to its end…")
        if not state.total:
            return self.tr("The lesson begins…")
        left = self._teaching.minutes_left(self._model) if state.phase == "learning" else None
        if left is not None:
            return self.tr("Learning: step {done} of {total}, about {n} min left").format(
                done=state.done, total=state.total, n=left)
        words = {"preparing": self.tr("Writing the accepted cases: {done} of {total}"),
                 "learning": self.tr("Learning: step {done} of {total}"),
                 "comparing": self.tr("Comparing with {model}: {done} of {total}")}[state.phase]
        return words.format(done=state.done, total=state.total, model=state.model)

    def _begin(self, *, resume: bool) -> None:
        try:
            self._teaching.begin(self._model, resume=resume)
        except Refusal as refusal:
            self.dialog.show_lesson(say_refusal(refusal), may_begin=True,
                                    may_go_on=self._teaching.can_go_on(self._model))
            return
        self._look()

    def _stop(self) -> None:
        self._teaching.stop(self._model)
        self.dialog.stop.setEnabled(False)
        self._look()

    def _adopt(self) -> None:
        self.dialog.adopt.setEnabled(False)
        self._session.adopt(self._model, self._adopted)

    def _adopted(self, found: str | Refusal) -> None:
        if self._is_over:
            return
        self.dialog.adopt.setEnabled(True)
        if isinstance(found, Refusal):
            self.dialog.show_lesson(say_refusal(found), may_begin=True)
        else:
            self._look()

    def _over(self) -> None:
        self._is_over = True
        self._timer.stop()
        self.dialog.deleteLater()
        self.deleteLater()
        self.gone.emit()
