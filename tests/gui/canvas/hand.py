"""A hand for the tests: the events that a person's mouse, wheel and keys make."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.state import CaseState
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import PALETTE, Geometry, Image, ImagePoint, Label, Labels

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NOTHING, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
LABELS = Labels((Label(1, "Lesion", PALETTE[0]), Label(2, "Shadow", PALETTE[1])))


def document_of(pixels: npt.NDArray[np.generic], *, labels: Labels = LABELS, mask: npt.NDArray[np.uint8] | None = None,
                geometry: Geometry | None = None, **about: object) -> Document:
    """pixels: [Z, H, W] or [Z, H, W, 3]; about: further fields of the Image."""
    image = Image(pixels, geometry or Geometry.picture(slices=len(pixels)), **about)  # type: ignore[arg-type]
    state = CaseState.empty(image.shape)
    if mask is not None:
        state.mask.voxels[:] = mask
    return Document(1, image, state, labels=labels)


def ramp(slices: int = 1, rows: int = 64, columns: int = 64) -> npt.NDArray[np.uint8]:
    """uint8 [slices, rows, columns]: brighter to the right, each slice a little."""
    line = np.linspace(10, 200, columns).astype(np.uint8)
    plane = np.repeat(line[None], rows, axis=0)
    return np.stack([plane + np.uint8(k) for k in range(slices)])


def place(view: CanvasView, row: float, column: float) -> QPoint:
    """The widget's pixel that shows this place of the image."""
    ratio = view.devicePixelRatioF()
    x, y = view.transform.to_screen(ImagePoint(row, column))
    return QPointF(x / ratio, y / ratio).toPoint()


def drag(view: CanvasView, points: Iterable[QPoint], *, button: Qt.MouseButton = LEFT,
         held: Qt.KeyboardModifier = NOTHING, release: bool = True) -> None:
    points = list(points)
    QTest.mousePress(view, button, held, points[0])
    for point in points[1:]:
        move(view, point, button=button, held=held)
    if release:
        QTest.mouseRelease(view, button, held, points[-1])
    QApplication.processEvents()


def move(view: CanvasView, point: QPoint, *, button: Qt.MouseButton = Qt.MouseButton.NoButton,
         held: Qt.KeyboardModifier = NOTHING) -> None:
    """A move with buttons held, which QTest's own cannot say on every platform."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), QPointF(view.mapToGlobal(point)),
                        Qt.MouseButton.NoButton, button, held)
    QApplication.sendEvent(view, event)


def wheel(view: CanvasView, notches: float, at: QPoint | None = None, held: Qt.KeyboardModifier = NOTHING) -> None:
    where = QPointF(at if at is not None else view.rect().center())
    event = QWheelEvent(where, QPointF(view.mapToGlobal(where.toPoint())), QPoint(), QPoint(0, round(120 * notches)),
                        Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view, event)


def screen(view: CanvasView) -> npt.NDArray[np.uint8]:
    """What is painted now: uint8 [rows, columns, 3], RGB, device pixels."""
    QApplication.processEvents()
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return raw[:, :3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def colour_at(view: CanvasView, row: float, column: float) -> tuple[int, int, int]:
    """RGB of the screen where this place of the image is."""
    x, y = view.transform.to_screen(ImagePoint(row, column))
    red, green, blue = screen(view)[int(y), int(x)].tolist()
    return red, green, blue
