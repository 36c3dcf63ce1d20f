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
class Passing:
    """Something that stands until it is closed, answered or followed by another. button: "" offers nothing."""

    text: str
    button: str = ""
    does: Callable[[], object] = lambda: None


class Bands(QObject):
    """What holds for as long as it is true (painting has stopped, nothing can be written, what this image lacks), and
    what was just said or offered. Why painting stopped goes before everything; what was closed does not come again."""

    def __init__(self, area: CanvasArea) -> None:
        super().__init__()
        self._area = area
        self._standing, self._must_stay = "", False
        self._passing: Passing | None = None
        self._read: set[str] = set()
        area.band.closed.connect(self._closed)
        area.band.pressed.connect(self._pressed)

    def tell(self, text: str, button: str = "", does: Callable[[], object] = lambda: None) -> None:
        self._passing = Passing(text, button, does)
        self._show()

    def forget(self) -> None:
        """Another case: what was said about the last one is over."""
        self._passing = None
        self._show()

    def stand(self, session: Session) -> None:
        self._must_stay = session.saved.kind is SavedKind.failed
        self._standing = " ".join(map(say, _standing(session)))
        self._show()

    def _show(self) -> None:
        passing = self._passing
        if passing is not None and not self._must_stay:
            self._area.show_band(passing.text, passing.button)
        elif self._must_stay or self._standing not in self._read:
            self._area.show_band(self._standing, can_close=not self._must_stay)
        else:
            self._area.show_band("")

    def _closed(self) -> None:
        if self._passing is not None:
            self._passing = None
        else:
            self._read.add(self._standing)
        self._show()

    def _pressed(self) -> None:
        passing, self._passing = self._passing, None
        self._show()
        if passing is not None:
            passing.does()


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
