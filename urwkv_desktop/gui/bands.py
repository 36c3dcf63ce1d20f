"""Which one sentence stands in the band over the canvas."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from urwkv_desktop.gui.words import say
from urwkv_desktop.gui.workspace import CanvasArea
from urwkv_desktop.imaging import Finding, Message, Severity
from urwkv_desktop.workflow.changes import SavedKind
from urwkv_desktop.workflow.session import Session


@dataclass(frozen=True)
class Sentence:
    """One that can stand in the band. button: "" offers nothing."""

    text: str
    button: str = ""
    does: Callable[[], object] = lambda: None


class Bands(QObject):
    """What holds for as long as it is true (painting has stopped, the images are gone, nothing can be written, what
    this image lacks), and what was just said or offered, which stands until it is closed, answered or followed by
    another. Why painting stopped goes before everything; what was closed does not come again.

    on_ask_root: the person wants to say where the images lie now.
    """

    def __init__(self, area: CanvasArea) -> None:
        super().__init__()
        self._area = area
        self.on_ask_root: Callable[[], object] = lambda: None
        self._standing, self._must_stay = Sentence(""), False
        self._passing: Sentence | None = None
        self._is_root_gone = False
        self._read: set[str] = set()
        area.band.closed.connect(self._closed)
        area.band.pressed.connect(self._pressed)

    def tell(self, text: str, button: str = "", does: Callable[[], object] = lambda: None) -> None:
        self._passing = Sentence(text, button, does)
        self._show()

    def forget(self) -> None:
        """Another case: what was said about the last one is over."""
        self._passing = None
        self._show()

    def look_for_images(self, session: Session) -> None:
        """Asks the disk, so not at every stroke: when a project is opened or its folder was looked through."""
        self._is_root_gone = session.wants_root

    def stand(self, session: Session) -> None:
        self._must_stay = session.saved.kind is SavedKind.failed
        if self._is_root_gone and not self._must_stay:
            self._standing = Sentence(self.tr("The images of this project are not where they were."),
                                      self.tr("Find them…"), lambda: self.on_ask_root())
        else:
            self._standing = Sentence(" ".join(map(say, _standing(session))))
        self._show()

    def _show(self) -> None:
        passing, standing = self._passing, self._standing
        if passing is not None and not self._must_stay:
            self._area.show_band(passing.text, passing.button)
        elif self._must_stay or standing.text not in self._read:
            self._area.show_band(standing.text, standing.button, can_close=not self._must_stay)
        else:
            self._area.show_band("")

    def _closed(self) -> None:
        if self._passing is not None:
            self._passing = None
        else:
            self._read.add(self._standing.text)
        self._show()

    def _pressed(self) -> None:
        pressed, self._passing = self._passing or self._standing, None
        self._show()
        pressed.does()


def _standing(session: Session) -> list[Message]:
    document = session.document
    if session.saved.kind is SavedKind.failed and session.saved.reason is not None:
        return [Message("Painting has stopped. {reason}", reason=session.saved.reason)]
    if session.is_read_only and session.read_only_reason is not None:
        return [session.read_only_reason]
    if session.prediction_refusal is not None:
        return [session.prediction_refusal.cause, session.prediction_refusal.cure]
    return warnings(document.image.findings if document is not None else ()) or warnings(session.findings)


def warnings(findings: tuple[Finding, ...]) -> list[Message]:
    return [finding.message for finding in findings if finding.severity is not Severity.note]
