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
    from urwkv_desktop.workflow.lesson_diary import LessonState
    from urwkv_desktop.workflow.session import Session

_LOOK_MS = 700


class LessonFlow(QObject):
    """One dialog for one session. It looks how far the lesson is while it is shown. gone: the dialog was closed."""

    gone = Signal()

    def __init__(self, session: "Session", theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._teaching = session, session.teaching
        offers = self._teaching.offers
        self._model = offers[0].model if offers else ""
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
            self._timer.start()
        else:
            self._timer.stop()

    def _choose(self, model: str) -> None:
        self._model = model
        if model:
            self.dialog.show_place(self._teaching.folder(model))
        self._look()

    def _look(self) -> None:
        missing = self._teaching.why_not
        if missing is not None:
            self.dialog.show_lesson(say_refusal(missing), may_begin=False)
        elif not self._model:
            self.dialog.show_lesson(self.tr("No accepted case has been looked at by a model yet. Accept cases first."),
                                    may_begin=False)
        else:
            self._show(self._teaching.state(self._model))

    def _show(self, state: "LessonState | None") -> None:
        if state is None:
            self.dialog.show_lesson(self.tr("It takes a quarter of an hour and more, on this computer, while you go on "
                                            "working."), may_begin=True)
        elif state.is_at_work:
            self.dialog.show_progress(self._progress(state), state.done, state.total)
        elif state.phase == "finished" and (verdict := self._teaching.verdict(self._model)) is not None:
            self._timer.stop()
            self.dialog.show_verdict(state.name, verdict, is_adopted=self._teaching.is_adopted(state.name))
        elif state.phase == "refused":
            self.dialog.show_lesson(state.words, may_begin=True)
        else:
            self.dialog.show_lesson(self.tr("The lesson was stopped. What it had learnt is kept."), may_begin=True,
                                    may_go_on=True)

    def _progress(self, state: "LessonState") -> str:
        if state.phase == "learning" and (left := self._teaching.minutes_left(self._model)) is not None and state.total:
            return self.tr("Learning: step {done} of {total}, about {n} min left").format(
                done=state.done, total=state.total, n=left)
        words = {"preparing": self.tr("Writing the accepted cases: {done} of {total}"),
                 "learning": self.tr("Learning: step {done} of {total}"),
                 "comparing": self.tr("Comparing with {model}: {done} of {total}")}[state.phase]
        return words.format(done=state.done, total=state.total, model=state.model) if state.total else self.tr(
            "The lesson begins…")

    def _begin(self, *, resume: bool) -> None:
        try:
            self._teaching.begin(self._model, resume=resume)
        except Refusal as refusal:
            self.dialog.show_lesson(say_refusal(refusal), may_begin=True)
            return
        self._timer.start()
        self._look()

    def _stop(self) -> None:
        self._teaching.stop(self._model)
        self.dialog.stop.setEnabled(False)

    def _adopt(self) -> None:
        try:
            self._session.adopt(self._model)
        except Refusal as refusal:
            self.dialog.show_lesson(say_refusal(refusal), may_begin=True)
            return
        self._look()

    def _over(self) -> None:
        self._timer.stop()
        self.dialog.deleteLater()
        self.deleteLater()
        self.gone.emit()
