"""Which one sentence stands in the band over the canvas."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from urwkv_desktop.editing.document import Document
from urwkv_desktop.gui.words import say
from urwkv_desktop.gui.workspace import CanvasArea
from urwkv_desktop.imaging import Finding, Message, Severity
from urwkv_desktop.workflow.changes import SavedKind
from urwkv_desktop.workflow.session import Session


@dataclass(frozen=True)
class Sentence:
    """One that can stand in the band. button: "" offers nothing. is_news: it warns of nothing."""

    text: str
    button: str = ""
    does: Callable[[], object] = lambda: None
    choices: tuple["Choice", ...] = ()
    is_news: bool = False


@dataclass(frozen=True)
class Choice:
    """One answer to a question, and what it does."""

    word: str
    does: Callable[[], object]


class Bands(QObject):
    """What holds for as long as it is true (painting has stopped, the images are gone, nothing can be written, what
    this image lacks), and what was just said or offered, which stands until it is closed, answered or followed by
    another. Why painting stopped goes before everything; what was closed does not come again. A question stands where
    nothing else does, until it is answered, closed, or work has begun.

    on_ask_root: the person wants to say where the images lie now.
    """

    def __init__(self, area: CanvasArea) -> None:
        super().__init__()
        self._area = area
        self.on_ask_root: Callable[[], object] = lambda: None
        self._standing, self._must_stay = Sentence(""), False
        self._passing: Sentence | None = None
        self._question: Sentence | None = None
        self._shown = self._standing
        self._is_root_gone = False
        self._leave: Callable[[], object] | None = None
        self._take_over: Callable[[], object] | None = None
        self._read: set[str] = set()
        area.band.closed.connect(self._closed)
        area.band.pressed.connect(self._pressed)
        area.band.chosen.connect(self._chosen)

    def tell(self, text: str, button: str = "", does: Callable[[], object] = lambda: None, *,
             is_news: bool = False) -> None:
        self._passing = Sentence(text, button, does, is_news=is_news)
        self._show()

    def ask(self, text: str, choices: Sequence[Choice]) -> None:
        """May stay unanswered."""
        self._question = Sentence(text, choices=tuple(choices))
        self._show()

    def work_began(self) -> None:
        """Whoever paints or goes on has left the question unanswered."""
        if self._question is not None:
            self._question = None
            self._show()

    def forget(self) -> None:
        """Another case: what was said about the last one is over."""
        self._passing = self._question = None
        self._show()

    def offer_take_over(self, session: Session, does: Callable[[], object]) -> None:
        """Another window writes to this project: who, and a way to write here instead."""
        self._take_over = does
        self.stand(session)

    def look_for_images(self, session: Session) -> None:
        """Asks the disk, so not at every stroke: when a project is opened or its folder was looked through."""
        self._is_root_gone = session.wants_root

    def warn_of_leaving(self, all_the_same: Callable[[], object]) -> None:
        """The person wants to go while strokes are not on the disk. Over as soon as they are."""
        self._leave = all_the_same

    def stand(self, session: Session) -> None:
        if session.saved.kind is SavedKind.saved:
            self._leave = None
        self._must_stay = (session.saved.kind is SavedKind.failed or self._leave is not None
                           or _is_part(session.document))
        if self._leave is not None:
            why = session.saved.reason or Message("The disk has not answered yet.")
            self._standing = Sentence(say(Message("The last strokes are not on the disk. {reason}", reason=why)),
                                      self.tr("Leave all the same"), self._leave)
        elif self._is_root_gone and not self._must_stay:
            self._standing = Sentence(self.tr("The images of this project are not where they were."),
                                      self.tr("Find them…"), lambda: self.on_ask_root())
        elif self._take_over is not None and session.read_only_reason is not None and not self._must_stay:
            self._standing = Sentence(say(session.read_only_reason), self.tr("Write here instead"), self._take_over)
        else:
            self._standing = Sentence(" ".join(map(say, _standing(session))))
        self._show()

    def _show(self) -> None:
        if self._passing is not None and not self._must_stay:
            self._shown = self._passing
        elif self._must_stay or (self._standing.text and self._standing.text not in self._read):
            self._shown = self._standing
        else:
            self._shown = self._question or Sentence("")
        shown = self._shown
        self._area.show_band(shown.text, shown.button, [choice.word for choice in shown.choices],
                             can_close=not self._must_stay, is_news=shown.is_news)

    def _closed(self) -> None:
        if self._passing is not None:
            self._passing = None
        elif self._shown is self._question:
            self._question = None
        else:
            self._read.add(self._standing.text)
        self._show()

    def _chosen(self, which: int) -> None:
        choice, self._question = self._shown.choices[which], None
        self._show()
        choice.does()

    def _pressed(self) -> None:
        pressed = self._shown
        if pressed is self._passing:
            self._passing = None
            self._show()
        pressed.does()


def _is_part(document: Document | None) -> bool:
    """What is there of a damaged file never stands without a word about it."""
    return document is not None and any(finding.code == "file.part" for finding in document.image.findings)


def _standing(session: Session) -> list[Message]:
    document = session.document
    if session.saved.kind is SavedKind.failed and session.saved.reason is not None:
        return [Message("Painting has stopped. {reason}", reason=session.saved.reason)]
    if document is not None and _is_part(document):
        return warnings(document.image.findings)
    if session.is_read_only and session.read_only_reason is not None:
        return [session.read_only_reason]
    if session.prediction_refusal is not None:
        return [session.prediction_refusal.cause, session.prediction_refusal.cure]
    return warnings(document.image.findings if document is not None else ()) or warnings(session.findings)


def warnings(findings: tuple[Finding, ...]) -> list[Message]:
    return [finding.message for finding in findings if finding.severity is not Severity.note]
