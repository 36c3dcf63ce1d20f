"""The canvas with a hand on it: mouse, wheel and keys become strokes, pans, zooms, windows and slices."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from urwkv_desktop.editing.document import Change, Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.tools import Preview, Tool
from urwkv_desktop.gui.canvas.brush_cursor import BrushCursor, draw_cursor
from urwkv_desktop.gui.canvas.captions import value_text
from urwkv_desktop.gui.canvas.drags import PanDrag, WindowDrag
from urwkv_desktop.gui.canvas.keyboard_cursor import KeyboardCursor, is_arrow
from urwkv_desktop.gui.canvas.stroke import Strokes
from urwkv_desktop.gui.canvas.surface import CanvasSurface
from urwkv_desktop.gui.canvas.tones import own_window
from urwkv_desktop.gui.canvas.transform import Extent
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.imaging import ImagePoint, Message

_ZOOM_STEP = 1.2  # of one notch of the wheel
_NOTCH = 120  # eighths of a degree
_HELD_MS = 250  # a key that is held longer than this was no tap
_TRY_MS = 4  # how often a held release asks whether it may end
_Buttons = Qt.MouseButton
_Keys = Qt.KeyboardModifier


@dataclass(frozen=True)
class PointerInfo:
    """Where the hand is: whole pixels, the value there with its unit, and millimetres from the corner where they mean
    something ("" otherwise)."""

    row: int
    column: int
    value: str
    millimetres: str = ""


class CanvasView(CanvasSurface):
    """may_paint is asked at a stroke's release: until it says yes the release is held, and what comes next waits."""

    pointerMoved = Signal()  # noqa: N815
    hintChanged = Signal()  # noqa: N815
    brushSizeRequested = Signal(float)  # noqa: N815
    strokeStarted = Signal()  # noqa: N815
    strokeEnded = Signal()  # noqa: N815

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Image"))
        self.may_paint: Callable[[], bool] = lambda: True
        self._tool_class: type[Tool] | None = None
        self._tool_options: Any = None
        self._active, self._rule = 1, PaintRule.all
        self._inverts = False
        self._at: QPointF | None = None
        self._keyboard: KeyboardCursor | None = None
        self._space_is_down = False
        self._drag: PanDrag | WindowDrag | None = None
        self._notches = 0
        self._cursor: BrushCursor | None = None
        self._strokes = Strokes(lambda: self.may_paint(), self._preview, self._finish, self._drop_preview)
        self._release_timer = QTimer(self, interval=_TRY_MS)
        self._release_timer.timeout.connect(self.try_release)
        self._mask_key = QElapsedTimer()

    # tool

    def set_tool(self, tool_class: type[Tool] | None, options: object = None) -> None:
        if tool_class is not self._tool_class:
            self.cancel_gesture()
        self._tool_class = tool_class
        self._tool_options = options if options is not None or tool_class is None else tool_class.Options()
        self._move_cursor()
        self.hintChanged.emit()

    @property
    def tool_class(self) -> type[Tool] | None:
        return self._tool_class

    @property
    def tool_options(self) -> Any:
        return self._tool_options

    def set_active_label(self, label: int) -> None:
        self._active = label
        self._move_cursor()
        self.hintChanged.emit()

    def set_rule(self, rule: PaintRule) -> None:
        self._rule = rule
        self.hintChanged.emit()

    @property
    def hint(self) -> Message | None:
        """What the tool does now and what Ctrl would do; None without tool or image."""
        scene = self.scene()
        if scene is None or self._tool_class is None:
            return None
        return self._tool_class.hint(scene, self._tool_options, self._inverts)

    def scene(self) -> Scene | None:
        """What a tool or an operation may see now."""
        document = self._document
        if document is None:
            return None
        visible = self.transform.rect(self._frame.extent).intersection(self._shape.rect)
        return Scene(document.image, document.mask, document.prediction, document.labels, self._rule, self._active,
                     self._plane, visible, self._window, document.reader, document.begin_group)

    @property
    def is_busy(self) -> bool:
        return self._strokes.is_running

    def cancel_gesture(self) -> bool:
        """Give up the running gesture; answers whether there was one."""
        was_running = self._strokes.cancel()
        self._release_timer.stop()
        if was_running:
            self.strokeEnded.emit()
        return was_running

    def try_release(self) -> None:
        """Ends a held gesture if it may end now; call it when an edit was acknowledged."""
        if self._strokes.try_finish():
            self._release_timer.stop()

    def show_document(self, document: Document | None) -> None:
        self.cancel_gesture()
        self._drag = None
        self._keyboard = None
        super().show_document(document)
        self._move_cursor()
        self.hintChanged.emit()
        self.pointerMoved.emit()

    def set_slice(self, k: int) -> None:
        if not self.is_busy:  # a gesture stays in the plane in which it began
            super().set_slice(k)
            self._move_cursor()
            self.pointerMoved.emit()

    # the mask's key: hidden while held, toggled when tapped

    def press_mask_key(self) -> None:
        self._mask_key.start()
        self.mask_visible = not self.mask_visible

    def release_mask_key(self) -> None:
        if self._mask_key.isValid() and self._mask_key.elapsed() >= _HELD_MS:
            self.mask_visible = not self.mask_visible
        self._mask_key.invalidate()

    # where the hand is

    @property
    def pointer(self) -> PointerInfo | None:
        """None where the hand is not on the image."""
        place = self._place_of_hand()
        if place is None or self._document is None:
            return None
        text = value_text(self._document.image, self._plane, place)
        if not text:
            return None
        geometry = self._document.image.geometry
        across = geometry.length(ImagePoint(place.row, 0.0), place, self._plane).mm
        down = geometry.length(ImagePoint(0.0, place.column), place, self._plane).mm
        millimetres = "" if across is None or down is None else f"{across:.1f} {down:.1f} mm"
        return PointerInfo(int(place.row // 1), int(place.column // 1), text, millimetres)

    def _place_of_hand(self) -> ImagePoint | None:
        if self._keyboard is not None:
            return self._keyboard.at
        return None if self._at is None else self._to_image(self._at)

    def _to_image(self, at: QPointF) -> ImagePoint:
        ratio = self.devicePixelRatioF()
        return self.transform.to_image(at.x() * ratio, at.y() * ratio)

    def draw_hand(self, painter: QPainter, ratio: float) -> None:
        if self._cursor is not None:
            draw_cursor(painter, self._cursor, self.transform, ratio)

    def _move_cursor(self) -> None:
        """Put the brush's outline where the hand is; paints where it was and where it is."""
        ratio, before = self.devicePixelRatioF(), self._cursor
        place, scene = self._place_of_hand(), self.scene()
        self._cursor = None
        refused = False
        if place is not None and scene is not None and self._tool_class is not None and self._drag is None:
            shape = self._tool_class.cursor(self._tool_options, scene)
            refused = shape.is_refused or not scene_is_writable(self._document)
            if not refused:
                self._cursor = BrushCursor(place, shape.diameter, shape.kind, scene.size)
        self._set_pointer_form(refused)
        for cursor in (before, self._cursor):
            if cursor is not None:
                self.update_extent(cursor.extent(self.transform, ratio))

    def _set_pointer_form(self, refused: bool) -> None:
        form = Qt.CursorShape
        if isinstance(self._drag, PanDrag) or (self._space_is_down and self._keyboard is None):
            wanted = form.ClosedHandCursor if self._drag is not None else form.OpenHandCursor
        elif refused:
            wanted = form.ForbiddenCursor
        else:
            wanted = form.BlankCursor if self._cursor is not None and self._keyboard is None else form.ArrowCursor
        if self.cursor().shape() != wanted:
            self.setCursor(wanted)

    # strokes

    def _make_tool(self, inverted: bool) -> Tool | None:
        scene = self.scene()
        if scene is None or self._tool_class is None:
            return None
        return self._tool_class(scene, self._tool_options, inverted=inverted)

    def _press(self, at: ImagePoint, inverted: bool) -> None:
        if self._tool_class is None or not scene_is_writable(self._document):
            return
        if not self.mask_visible:
            self.mask_visible = True  # nothing is painted on what is not visible
            return
        self._strokes.press(lambda: self._make_tool(inverted), at)
        if self.is_busy:
            self.strokeStarted.emit()

    def _release(self, at: ImagePoint) -> None:
        self._strokes.release(at)
        if self._strokes.is_held:
            self._release_timer.start()

    def _preview(self, preview: Preview) -> None:
        mask = self._mask_plane()
        if mask is not None and not preview.rect.is_empty:
            self._frame.mask.preview.paste(preview.rect, preview.labels, mask)
            self.update_extent(self._frame.update_mask(preview.rect))

    def _drop_preview(self) -> None:
        touched = self._frame.mask.preview.clear()
        if not touched.is_empty:
            self.update_extent(self._frame.update_mask(touched))

    def _finish(self, edit: MaskEdit | None) -> None:
        if edit is not None and self._document is not None:
            self._document.apply(edit)
        self.strokeEnded.emit()

    def _on_change(self, change: Change) -> None:
        super()._on_change(change)
        if change.labels:
            self._move_cursor()
            self.hintChanged.emit()
        tool = self._strokes.tool
        if change.box is not None and tool is not None and tool.pending is not None:
            # What the gesture shows besides its own pixels is the mask, which is another one now.
            self._frame.mask.preview.clear()
            self._preview(tool.pending)

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, button = event.position(), event.button()
        self._hand_moved(at)
        if button == _Buttons.MiddleButton or (button == _Buttons.LeftButton and self._space_is_down):
            ratio = self.devicePixelRatioF()
            self._drag = PanDrag(at.x() * ratio, at.y() * ratio)
        elif button == _Buttons.RightButton and self.image is not None:
            self._drag = self._window_drag(at)
        elif button == _Buttons.LeftButton:
            self._press(self._to_image(at), bool(event.modifiers() & _Keys.ControlModifier))
        self._move_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        drag = self._drag
        if isinstance(drag, PanDrag):
            ratio = self.devicePixelRatioF()
            self.pan(*drag.step(at.x() * ratio, at.y() * ratio))
        elif isinstance(drag, WindowDrag):
            self.window = drag.at(at.x(), at.y())
        elif event.buttons() & _Buttons.LeftButton:
            self._strokes.move(self._to_image(at))
        self._watch_ctrl(event.modifiers())
        self._hand_moved(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            if event.button() in (_Buttons.MiddleButton, _Buttons.LeftButton, _Buttons.RightButton):
                self._drag = None
        elif event.button() == _Buttons.LeftButton:
            self._release(self._to_image(event.position()))
        self._hand_moved(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == _Buttons.RightButton:
            self.reset_window()
        else:
            self.mousePressEvent(event)  # the second of two quick strokes

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        held = event.modifiers()
        event.setAccepted(not held & _Keys.AltModifier)
        if held & _Keys.AltModifier or not turned:
            return
        if held & _Keys.ShiftModifier:
            self._request_size(turned)
        elif held & _Keys.ControlModifier or self.slice_count == 1:
            self.zoom_at(_ZOOM_STEP ** (turned / _NOTCH), event.position())
            self._move_cursor()
        else:
            self._turn_slices(turned)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hand_moved(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._at = None
        self._move_cursor()
        self.pointerMoved.emit()

    def _hand_moved(self, at: QPointF) -> None:
        self._at = at
        self._keyboard = None
        self._move_cursor()
        self.pointerMoved.emit()

    def _window_drag(self, at: QPointF) -> WindowDrag:
        assert self.image is not None
        whole = np.issubdtype(self.image.pixels.dtype, np.integer)
        own = own_window(self.image, self._plane.index)
        return WindowDrag(at.x(), at.y(), self._window, own, 1.0 if whole else own.width * 1e-3)

    def _turn_slices(self, turned: int) -> None:
        """Away from the hand goes to earlier slices; a fine wheel's parts are added up."""
        self._notches += turned
        steps = int(self._notches / _NOTCH)
        self._notches -= steps * _NOTCH
        if steps:
            self.set_slice(self._plane.index - steps)

    def _request_size(self, turned: int) -> None:
        scene = self.scene()
        if scene is None or self._tool_class is None:
            return
        size = self._tool_class.cursor(self._tool_options, scene).diameter
        step = max(1.0, round(size * 0.1))
        self.brushSizeRequested.emit(max(1.0, size + (step if turned > 0 else -step)))

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        self._watch_ctrl(event.modifiers())
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space_pressed(bool(event.modifiers() & _Keys.ControlModifier))
        elif is_arrow(key) and self._document is not None:
            self._step_keyboard_cursor(key, far=bool(event.modifiers() & _Keys.ShiftModifier))
        elif key == Qt.Key.Key_Escape and self.cancel_gesture():
            pass
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._watch_ctrl(event.modifiers())
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            super().keyReleaseEvent(event)
            return
        self._space_is_down = False
        if self._keyboard is not None:
            self._release(self._keyboard.at)
        self._move_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space_is_down = False
        self._watch_ctrl(_Keys.NoModifier)
        super().focusOutEvent(event)

    def _space_pressed(self, inverted: bool) -> None:
        self._space_is_down = True
        if self._keyboard is not None:
            self._press(self._keyboard.at, inverted)
        self._move_cursor()

    def _step_keyboard_cursor(self, key: int, *, far: bool) -> None:
        if self._keyboard is None:
            place = self._place_of_hand() or self._to_image(QPointF(self.width() / 2, self.height() / 2))
            self._keyboard = KeyboardCursor.within(place, self._shape.rect)
        else:
            mirrored = (self._shape.mirror_rows, self._shape.mirror_columns)
            self._keyboard = self._keyboard.moved(key, far=far, plane=self._shape.rect, mirrored=mirrored)
        self._follow_keyboard(self._keyboard)
        if self._space_is_down:
            self._strokes.move(self._keyboard.at)
        self._move_cursor()
        self.pointerMoved.emit()

    def _follow_keyboard(self, cursor: KeyboardCursor) -> None:
        """Pan so far that the keyboard's cursor is on the screen."""
        x, y = (round(place) for place in self.transform.to_screen(cursor.at))
        room = self._frame.extent.grown(-16)
        inside = Extent(min(max(x, room.x0), room.x1), min(max(y, room.y0), room.y1), 0, 0)
        self.pan(inside.x0 - x, inside.y0 - y)

    def _watch_ctrl(self, held: Qt.KeyboardModifier) -> None:
        inverts = bool(held & _Keys.ControlModifier)
        if inverts != self._inverts:
            self._inverts = inverts
            self.hintChanged.emit()


def scene_is_writable(document: Document | None) -> bool:
    """Whether a stroke may begin at all."""
    return document is not None and document.is_writable
