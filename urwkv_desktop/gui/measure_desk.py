"""Joins the measurements of the case on screen to the inspector: the figures, and the values under the active label."""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from urwkv_desktop.editing.edits import MeasureEdit
from urwkv_desktop.editing.measuring import Values, measured, tallied
from urwkv_desktop.gui.panels.measures import MeasureRow
from urwkv_desktop.gui.words import say
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import Plane, Rect

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Change, Document

_VALUES_MS = 150  # after the last change: they cost time with what the label covers
_AT_ONCE_S = 0.002  # in the window's thread; then events come first


class MeasureDesk(QObject):
    """active_label: the one whose values are shown."""

    def __init__(self, workspace: Workspace, active_label: Callable[[], int]) -> None:
        super().__init__()
        self._space, self._active_label = workspace, active_label
        self._document: Document | None = None
        self._stop_listening: Callable[[], None] | None = None
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(_VALUES_MS)
        self._due.timeout.connect(self._show_values)
        self._tally: Iterator[Values | None] = iter(())
        self._found: Values | None = None
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._go_on)
        panel = workspace.inspector.measures
        panel.removed.connect(self._remove)
        panel.chosen.connect(self._reveal)
        workspace.planes.main.placeChanged.connect(self.refresh)

    def take(self, document: "Document | None") -> None:
        if self._stop_listening is not None:
            self._stop_listening()
        self._document = document
        self._stop_listening = document.listen(self._changed) if document is not None else None
        self._show_rows()
        self._space.inspector.measures.show_values("", "")
        self.refresh()

    def refresh(self) -> None:
        """Another label or place: its values come soon."""
        self._more.stop()
        if self._document is None:
            self._due.stop()
        else:
            self._due.start()

    def _changed(self, change: "Change") -> None:
        if change.history:
            self._show_rows()
        if change.box is not None or change.labels:
            self.refresh()

    def _show_rows(self) -> None:
        document = self._document
        rows = [_row(edit, document) for edit in reversed(document.history.measures)] if document is not None else []
        self._space.inspector.measures.show_rows(rows, is_writable=document is not None and document.is_writable)

    def _show_values(self) -> None:
        document = self._document
        label = document.labels.get(self._active_label()) if document is not None else None
        self._found = None
        self._tally = iter(()) if document is None or label is None else \
            _values(document, self._space.planes.main.plane, label.id)
        self._more.start()
        self._go_on()

    def _go_on(self) -> None:
        """Count for a moment; a label over all of a large image takes many."""
        until = time.perf_counter() + _AT_ONCE_S
        for found in self._tally:
            self._found = found
            if time.perf_counter() > until:
                return
        self._more.stop()
        self._say_values(self._found)

    def _say_values(self, found: Values | None) -> None:
        document = self._document
        label = document.labels.get(self._active_label()) if document is not None else None
        if document is None or label is None or found is None:
            self._space.inspector.measures.show_values("", "")
            return
        words = self.tr("Mean {mean}  ·  SD {deviation} {unit}").format(
            mean=_figure(found.mean), deviation=_figure(found.deviation), unit=document.image.unit).strip()
        self._space.inspector.measures.show_values(
            words, self.tr("Of the values under {label}, in the slice that is shown").format(label=label.name))

    def _remove(self, group: int) -> None:
        document = self._document
        edit = self._edit(group)
        if document is not None and document.is_writable and edit is not None:
            document.apply(MeasureEdit(edit.kind, (), edit.axis, edit.index, removes=group))

    def _reveal(self, group: int) -> None:
        edit = self._edit(group)
        if edit is not None:
            self._space.planes.main.reveal(Plane(edit.axis, edit.index).box(Rect(0, 0, 1, 1)))

    def _edit(self, group: int) -> MeasureEdit | None:
        measures = self._document.history.measures if self._document is not None else ()
        return next((edit for edit in measures if edit.group == group), None)


def _row(edit: MeasureEdit, document: "Document") -> MeasureRow:
    place = str(edit.index + 1) if document.image.shape[0] > 1 else ""
    return MeasureRow(edit.group, edit.kind, say(measured(edit, document.image.geometry).words), place)


def _values(document: "Document", plane: Plane, label: int) -> Iterator[Values | None]:
    """Looked at no further than anything is drawn."""
    within = plane.rect(document.history.reach)
    if within is None:
        return iter(())
    return tallied(document.image, plane.cut(document.mask.voxels), label, plane, within)  # type: ignore[arg-type]


def _figure(number: float) -> str:
    return f"{number:.0f}" if abs(number) >= 1000 else f"{number:.1f}" if abs(number) >= 1 else f"{number:.3g}"
