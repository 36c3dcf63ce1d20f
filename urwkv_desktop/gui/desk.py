"""The case that lies on the desk: joins the session's Document to the canvas and the inspector."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from urwkv_desktop.gui.amounts import amounts_of, value_range
from urwkv_desktop.gui.measure_desk import MeasureDesk
from urwkv_desktop.gui.words import say
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import Message, Origin, Severity, Status
from urwkv_desktop.workflow.review import next_open

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Change, Document
    from urwkv_desktop.editing.history import History
    from urwkv_desktop.workflow.session import Session

_SHARES_MS = 120  # after the last edit: the shares cost time with the image's size
_OPENING_MS = 250  # before a case that is still being read says so


class Desk(QObject):
    """It shows; it decides nothing. on_labels: the labels as the person wants them."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._space = workspace
        self._session: Session | None = None
        self._document: Document | None = None
        self._stop_listening: Callable[[], None] | None = None
        self._active = 1
        self._model: str | None = None  # that looks at the case on screen
        self._by_model: dict[str | None, int] = {}  # the label that the hand takes in the images of each model
        self._measures = MeasureDesk(workspace, lambda: self._active)
        self._shares_due = _timer(self, _SHARES_MS, self._show_shares)
        self._opening = _timer(self, _OPENING_MS, self._say_opening)

    @property
    def document(self) -> "Document | None":
        return self._document

    @property
    def active_label(self) -> int:
        return self._active

    def take_session(self, session: "Session") -> None:
        self._session = session
        self.show_case()

    def leave(self) -> None:
        """Nothing is shown any more, and nothing comes late."""
        self._let_go()
        self._shares_due.stop()
        self._opening.stop()
        self._measures.take(None)
        self._session = self._document = None
        self._by_model = {}
        self._space.planes.show_document(None)

    def show_case(self) -> None:
        """The session's current case, whatever can be shown of it."""
        session = self._session
        document = session.document if session is not None else None
        if document is not self._document:
            self._let_go()
            self._document = document
            self._space.planes.show_document(document)
            if document is not None:
                self._stop_listening = document.listen(self._changed)
            self._show_image(document)
            self._measures.take(document)
        self._follow_model()
        self.show_message()
        self._show_row()
        self._show_labels()
        self._show_history()
        self._shares_due.start()

    def choose_label(self, label_id: int) -> None:
        session = self._session
        if session is not None and session.labels.get(label_id) is not None:
            self._active = self._by_model[self._model] = label_id
            self._space.canvas.set_active_label(label_id)
            self._measures.refresh()
            self._show_labels()

    def choose_label_at(self, place: int) -> None:
        """By its row in the panel, from 0."""
        if self._session is not None and place < len(self._session.labels):
            self.choose_label(self._session.labels.items[place].id)

    def choose_label_by(self, step: int) -> None:
        """The next one in the panel, the first after the last."""
        ids = [label.id for label in self._session.labels] if self._session is not None else []
        if self._active in ids:
            self.choose_label(ids[(ids.index(self._active) + step) % len(ids)])

    def show_labels(self) -> None:
        session = self._session
        if session is not None and session.labels.get(self._active) is None and len(session.labels):
            self.choose_label(session.labels.items[0].id)
        self._show_labels()

    def _follow_model(self) -> None:
        """The hand takes the label that it last took in images of this model, at first the first that the model draws:
        in a picture of nuclei it does not go on painting a lesion."""
        session, document = self._session, self._document
        if session is None or document is None:
            return
        self._model = session.model_name
        label = self._by_model.get(self._model)
        if label is None and document.prediction is not None:
            label = document.prediction.labels[0]
        elif label is None and self._model is None and len(session.labels):
            label = session.labels.items[0].id
        if label is not None and session.labels.get(label) is not None:
            self._by_model[self._model] = label
            if label != self._active:
                self.choose_label(label)

    def _let_go(self) -> None:
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None

    def _changed(self, change: "Change") -> None:
        if change.history or change.box is not None:
            self._show_history()
            self._show_labels()
            self.show_message()
            self._shares_due.start()
        if change.prediction:
            self._follow_model()
        if change.labels:
            self._show_labels()
        if change.suggestion:
            self._space.planes.main.hintChanged.emit()
        if change.status:
            self._show_row()

    # ── over the image ───────────────────────────────────────────────────────────────────────────────────────────

    def show_message(self) -> None:
        """What stands over the image, or in its place."""
        canvas, session = self._space.planes.main, self._session
        self._opening.stop()
        if session is None or session.current is None:
            self._say_empty()
        elif session.case_refusal is not None:
            buttons = [self.tr("Show what is there")] if session.shows_part is not None else []
            buttons += [self.tr("Try again")] if session.current > 0 else []  # others were refused with their folder
            canvas.set_message(say(session.case_refusal.cause), say(session.case_refusal.cure), *buttons)
        elif session.document is None:
            self._opening.start()
        elif session.unsuited is not None:
            self._say_unsuited(session, session.unsuited)
        else:
            canvas.set_message("")

    def _say_unsuited(self, session: "Session", why: Message) -> None:
        """Which one, where several suit; what comes nearest, where none does. A wrong model is never urged."""
        canvas, candidates, nearest = self._space.planes.main, session.candidates, session.nearest_model
        if len(candidates) > 1:
            question = self.tr("{why} Which one shall look at it, and at all images like it?").format(why=say(why))
            canvas.set_message("", question, *(card.title or card.name for card in candidates))
        elif nearest is not None:
            one = self.tr("Predict with {model}") if candidates else self.tr("Predict anyway with {model}")
            both = (one, self.tr("Use {model} for all images like it"))
            canvas.set_message("", say(why), *(words.format(model=nearest) for words in both),
                               is_urged=bool(candidates))
        else:
            canvas.set_message("", say(why))

    def _say_empty(self) -> None:
        """No case at all: why, where the folder could not be looked through."""
        session, canvas = self._session, self._space.planes.main
        canvas.set_message("")
        if session is not None and session.is_indexing and not session.rows:
            self._opening.start()
        if session is None or session.is_indexing or session.rows:
            return
        why = " ".join(say(found.message) for found in session.findings if found.severity is not Severity.note)
        canvas.set_message(self.tr("No images here"), why or self.tr(
            "This folder holds no image that this program reads. Open another one, or drop one on this window."))

    def _say_opening(self) -> None:
        is_looking = self._session is not None and self._session.current is None
        words = self.tr("Looking for images…") if is_looking else self.tr("Opening…")
        self._space.planes.main.set_message("", words)

    # ── inspector ────────────────────────────────────────────────────────────────────────────────────────────────

    def _show_image(self, document: "Document | None") -> None:
        display, canvas = self._space.inspector.display, self._space.canvas
        image = document.image if document is not None else None
        display.show_image(image, value_range(image))
        display.show_window(canvas.window)
        canvas.set_active_label(self._active)

    def _show_labels(self) -> None:
        session, document = self._session, self._document
        if session is None:
            return
        amounts = amounts_of(document) if document is not None else {}
        self._space.inspector.labels.show_labels(session.labels, active=self._active, amounts=amounts)

    def _show_history(self) -> None:
        document = self._document
        if document is None:
            self._space.inspector.history.show_history(start="", first=0, last=0, now=0, names=())
            self._space.strip.show_undo(None, None)
            return
        history = document.history
        start, first = beginning(history)
        self._space.inspector.history.show_history(
            start=start, first=first, last=len(history.groups), now=history.position,
            names=[say(group.name) for group in history.groups],
            edits=sum(any(not mask.box.is_empty for mask in group.masks) for group in history.applied[first:]))
        self._space.strip.show_undo(*(say(name) if name is not None and document.is_writable else None
                                      for name in (history.undo_name, history.redo_name)))
        self._space.inspector.history.setEnabled(document.is_writable)

    def _show_shares(self) -> None:
        document = self._document
        shares = document.shares() if document is not None else None
        shown = None
        if shares is not None and not shares.is_drawn:
            shown = {"kept": shares.kept, "added": shares.added, "removed": shares.removed}
        self._space.inspector.history.show_shares(shown)

    def _show_row(self) -> None:
        session, document = self._session, self._document
        footer = self._space.inspector.footer
        if session is None:
            return
        may_decide = document is not None and document.is_writable
        footer.show_model(say(session.model_note) if session.model_note is not None else "",
                          session.model_names() if may_decide else ())
        flag = document.flag if document is not None else None
        is_accepted = document is not None and document.status is Status.accepted
        footer.show_case(is_flagged=bool(flag and flag.flagged), comment=flag.comment if flag else "",
                         is_accepted=is_accepted, may_decide=may_decide,
                         is_done=is_accepted and next_open(session.rows, session.current) is None)


def beginning(history: "History") -> tuple[str, int]:
    """What stands at the left end of the history's slider, in words, and its place."""
    words = {Origin.network: Message("network"), Origin.imported: Message("imported")}
    first = history.groups[0].origin if history.groups else Origin.hand
    if first in words and history.position > 0:
        return QCoreApplication.translate("core", words[first].text), 1
    return QCoreApplication.translate("core", Message("empty").text), 0


def _timer(owner: QObject, milliseconds: int, call: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(call)
    return timer


