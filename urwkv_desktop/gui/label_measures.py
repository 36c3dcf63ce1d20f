"""The diameters of what each label covers: worked out beside the window, in the inspector, drawn while measuring."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from urwkv_desktop.editing.diameters import Diameters, diameters_in
from urwkv_desktop.editing.tools import Measure
from urwkv_desktop.gui.words import say
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import Message
from urwkv_desktop.workflow.jobs import Job, JobControl, JobGroup, Outcome

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Change, Document
    from urwkv_desktop.workflow.session import Session

_AFTER_MS = 200  # after the last change
_Found = dict[int, dict[int, Diameters]]


class LabelMeasures(QObject):
    """Each stored slice is measured anew once the mask was touched in it; of a volume the slice with the longest
    diameter counts. active_label: the one whose diameters are said and drawn."""

    def __init__(self, session: "Session", workspace: Workspace, jobs: JobGroup, active_label: Callable[[], int],
                 ) -> None:
        super().__init__()
        self._session, self._space, self._jobs, self._active_label = session, workspace, jobs, active_label
        self._document: Document | None = None
        self._stop_listening: Callable[[], None] | None = None
        self._job: Job | None = None
        self._stale: set[int] = set()
        self._found: _Found = {}
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(_AFTER_MS)
        self._due.timeout.connect(self._measure)
        workspace.inspector.measures.diameters.clicked.connect(self._reveal)
        workspace.planes.main.hintChanged.connect(self._show)
        for view in workspace.planes.views:
            view.placeChanged.connect(self._show)

    def refresh(self) -> None:
        """Another case, or none."""
        if self._session.document is self._document:
            return
        self.close()
        self._document = document = self._session.document
        if document is not None:
            self._stop_listening = document.listen(self._changed)
            self._stale = set(range(document.image.shape[0]))
            self._due.start()
        self._show()

    def close(self) -> None:
        """Nothing comes late."""
        if self._stop_listening is not None:
            self._stop_listening()
        if self._job is not None:
            self._job.cancel()
        self._due.stop()
        self._stop_listening = self._document = self._job = None
        self._stale, self._found = set(), {}

    def longest(self, label: int) -> tuple[int, Diameters] | None:
        """The stored slice with the longest diameter, as far as is known."""
        here = [(k, found[label]) for k, found in self._found.items() if label in found]
        return max(here, key=lambda one: one[1].amounts[0], default=None)

    def _changed(self, change: "Change") -> None:
        if change.box is not None and not change.box.is_empty:
            self._stale.update(range(change.box.k0, change.box.k1))
            self._due.start()
        elif change.labels:
            self._stale.update(self._found)
            self._due.start()

    def _measure(self) -> None:
        document = self._document
        if document is None or self._job is not None or not self._stale:
            return
        slices, self._stale = tuple(sorted(self._stale)), set()
        voxels, geometry, reach = document.mask.voxels, document.image.geometry, document.history.reach
        labels = tuple(label.id for label in document.labels)

        # The mask itself is read: a slice that is touched meanwhile is stale again and what was found in it forgotten.
        def measured(control: JobControl) -> _Found:
            return diameters_in(voxels, labels, geometry, slices, reach, control.stop)

        def arrived(outcome: Outcome[_Found]) -> None:
            if self._document is not document:
                return
            self._job = None
            self._found.update({k: one for k, one in (outcome.value or {}).items() if k not in self._stale})
            self._show()
            if self._stale:
                self._due.start()

        self._job = self._jobs.run(Message("Measuring the labels"), measured, done=arrived)

    # ── what is seen of it ───────────────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        document, label = self._document, self._active_label()
        labels = self._space.inspector.labels
        labels.show_diameters({} if document is None else {
            one.id: self._words(*found) for one in document.labels if (found := self.longest(one.id)) is not None})
        name = document.labels.get(label) if document is not None else None
        found = self.longest(label)
        self._space.inspector.measures.show_diameters(
            self._words(*found) if found is not None else "",
            "" if name is None else self.tr("The longest diameter of {label} and the longest one across it").format(
                label=name.name))
        for view in self._space.planes.views:
            measures = view.document is not None and view.document is document and view.tool_class is Measure
            here = self._found.get(view.plane.index, {}) if measures and view.plane.axis == 0 else {}
            view.show_diameters(here.get(label))

    def _words(self, k: int, found: Diameters) -> str:
        words = say(found.words)
        if self._document is None or self._document.image.shape[0] == 1:
            return words
        return self.tr("{diameters}  ·  slice {number}").format(diameters=words, number=k + 1)

    def _reveal(self) -> None:
        found, main = self.longest(self._active_label()), self._space.planes.main
        if found is not None:
            main.set_place((found[0], *main.place_in_volume[1:]))
