"""Makes the small pictures of the history, beside the window and only of the plane that is shown."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage, QPixmap

from urwkv_desktop.editing.past import Past, past_of
from urwkv_desktop.gui.panels.history_pictures import SIDE, Moment
from urwkv_desktop.gui.words import say
from urwkv_desktop.gui.workspace import Workspace
from urwkv_desktop.imaging import Image, Labels, Message, Plane, Rect, Window
from urwkv_desktop.workflow.jobs import JobControl, JobGroup, Outcome
from urwkv_desktop.workflow.picture import tinted

if TYPE_CHECKING:
    from urwkv_desktop.editing.document import Change, Document
    from urwkv_desktop.workflow.session import Session

_AT_MOST, _SOON_MS = 4, 250
_ROOM = 0.2  # of what was drawn, around it
Pictures = list[npt.NDArray[np.uint8]]


class HistoryMoments(QObject):
    """Remade a moment after the mask or the plane has changed; what is not wanted any more is dropped."""

    def __init__(self, session: "Session", workspace: Workspace, jobs: JobGroup) -> None:
        super().__init__()
        self._session, self._space, self._jobs = session, workspace, jobs
        self._document: Document | None = None
        self._stop_listening = _nothing
        self._wish = 0
        self._due = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._due.timeout.connect(self._make)
        workspace.planes.main.placeChanged.connect(self._due.start)

    def refresh(self) -> None:
        """Another case may be on screen."""
        document = self._session.document
        if document is not self._document:
            self._stop_listening()
            self._document = document
            self._stop_listening = document.listen(self._changed) if document is not None else _nothing
            self._space.inspector.history.pictures.hide()
            self._due.start()

    def close(self) -> None:
        self._space.planes.main.placeChanged.disconnect(self._due.start)
        self._due.stop()
        self._wish += 1
        self._stop_listening()
        self._stop_listening = _nothing

    def _changed(self, change: "Change") -> None:
        if change.history or change.labels:
            self._due.start()

    def _make(self) -> None:
        document, view = self._document, self._space.planes.main
        pictures = self._space.inspector.history.pictures
        self._wish += 1
        places = moments_of(document) if document is not None else ()
        if document is None or len(places) < 2 or not self._has_room():
            pictures.hide()
            return
        plane, rect = view.plane, shown_rect(document, view.plane)
        past = past_of(document, plane, rect, tuple(reversed(places)))
        # The image does not change, and the labels are a value.
        work = partial(_pictures, past, document.image, document.labels, view.window)
        names = tuple(self._name(document, place) for place in places)
        self._jobs.run(Message("Making small pictures"), work,
                       done=partial(self._arrived, self._wish, document, places, names))

    def _arrived(self, wish: int, document: "Document", places: tuple[int, ...], names: tuple[str, ...],
                 outcome: "Outcome[Pictures]") -> None:
        if wish != self._wish or outcome.value is None or document is not self._document:
            return
        moments = [Moment(place, name, _pixmap(picture))
                   for place, name, picture in zip(places, names, reversed(outcome.value), strict=True)]
        pictures = self._space.inspector.history.pictures
        pictures.show_moments(moments, document.history.position)
        pictures.show()

    def _has_room(self) -> bool:
        """The pictures give way where the inspector is low."""
        area, pictures = self._space.inspector.area, self._space.inspector.history.pictures
        return area.viewport().height() >= area.needed + (pictures.height() + 2 if pictures.isHidden() else 0)

    def _name(self, document: "Document", place: int) -> str:
        history = document.history
        return say(history.groups[place - 1].name) if place else self.tr("empty")


def moments_of(document: "Document") -> tuple[int, ...]:
    """Places to be pictured: from the first answer to the newest, evenly, each of them changing the mask."""
    groups = document.history.groups
    begins = 1 if groups and groups[0].is_answer else 0
    changing = [place for place, group in enumerate(groups, start=1)
                if place > begins and any(not mask.box.is_empty for mask in group.masks)]
    known = [begins, *changing]
    if len(known) <= _AT_MOST:
        return tuple(known)
    return tuple(known[round(step * (len(known) - 1) / (_AT_MOST - 1))] for step in range(_AT_MOST))


def shown_rect(document: "Document", plane: Plane) -> Rect:
    """What was ever drawn in the plane and something around it, square where the plane allows; else all of it."""
    rows, columns = plane.size(document.mask.voxels.shape)
    whole = Rect(0, 0, rows, columns)
    drawn = plane.rect(document.history.reach)
    if drawn is None or drawn.is_empty:
        return whole
    side = round(max(drawn.height, drawn.width) * (1 + 2 * _ROOM)) + 8
    top, left = (drawn.top + drawn.bottom - side) // 2, (drawn.left + drawn.right - side) // 2
    top, left = max(0, min(top, rows - side)), max(0, min(left, columns - side))
    return Rect(top, left, top + side, left + side).intersection(whole)


def _pictures(past: Past, image: Image, labels: Labels, window: Window, control: JobControl) -> Pictures:
    """uint8 [SIDE, SIDE, 3] each, the image with the mask in its labels' colours."""
    rect, spacing = past.rect, image.geometry.spacing(past.plane)
    rows, columns = _sampled(rect.height, rect.width, spacing)
    ground = _grey(past.plane.cut(image.pixels)[rect.index][np.ix_(rows, columns)], image, past.plane, window)
    return [_framed(tinted(ground, ids[np.ix_(rows, columns)], labels)) for ids in past.looks()]


def _sampled(height: int, width: int, spacing: tuple[float, float]) -> tuple[npt.NDArray[np.intp], ...]:
    """Rows and columns of the nearest pixels, in the plane's true shape, twice as many as are shown."""
    scale = 2 * SIDE / max(height * spacing[0], width * spacing[1])
    counts = (max(1, round(height * spacing[0] * scale)), max(1, round(width * spacing[1] * scale)))
    return tuple(((np.arange(few) + 0.5) * many / few).astype(np.intp)
                 for few, many in zip(counts, (height, width), strict=True))


def _grey(stored: npt.NDArray[np.generic], image: Image, plane: Plane, window: Window) -> npt.NDArray[np.uint8]:
    """uint8 [h, w, 3] in the window; colours as they are."""
    k = plane.index if plane.axis == 0 else 0
    values = np.nan_to_num(stored.astype(np.float32) * image.slope[k] + image.intercept[k])
    shades = values / 255 if stored.ndim == 3 else window.shades(values, whole=stored.dtype.kind in "iu")
    grey = np.clip(255 * shades, 0, 255).astype(np.uint8)
    grey = 255 - grey if image.inverted else grey
    return np.ascontiguousarray(grey if grey.ndim == 3 else np.repeat(grey[..., None], 3, axis=2))


def _framed(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """In the middle of a black square."""
    side = max(picture.shape[:2])
    framed = np.zeros((side, side, 3), np.uint8)
    top, left = (side - picture.shape[0]) // 2, (side - picture.shape[1]) // 2
    framed[top:top + picture.shape[0], left:left + picture.shape[1]] = picture
    return framed


def _pixmap(picture: npt.NDArray[np.uint8]) -> QPixmap:
    height, width = picture.shape[:2]
    image = QImage(picture.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    made = QPixmap.fromImage(image)  # copies the pixels
    made.setDevicePixelRatio(width / SIDE)
    return made


def _nothing() -> None:
    """No document is listened to."""
