"""The canvas under mouse, wheel and keys: they become strokes, pans, zooms, windows and slices."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.tools.choices import Sampling
from urwkv_desktop.gui.canvas.drags import PanDrag, SliceDrag, WindowDrag, ZoomDrag
from urwkv_desktop.gui.canvas.keyboard_cursor import KeyboardCursor, is_arrow
from urwkv_desktop.gui.canvas.painting import PaintingSurface
from urwkv_desktop.gui.canvas.tones import own_window
from urwkv_desktop.gui.mouse_map import DEFAULT, Drag, MouseMap, Turn
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.imaging import ImagePoint

_ZOOM_STEP = 1.2  # of one notch of the wheel
_NOTCH = 120  # eighths of a degree
_HELD_MS = 250  # a key that is held longer than this was no tap
_ROOM = 16  # device pixels that the keyboard's cursor keeps from the canvas' border
_SCROLL = 60  # logical pixels that one notch of the wheel scrolls
_Buttons = Qt.MouseButton
_Keys = Qt.KeyboardModifier


class CanvasView(PaintingSurface):
    """brushSizeRequested: the size in image pixels that Shift+wheel asks for; whoever owns the options decides.

    thresholdTurned: whole notches of Alt+wheel. sampleRequested: the ImagePoint of an Alt+click, where a tool takes its
    options from the image.
    """

    brushSizeRequested = Signal(float)  # noqa: N815
    thresholdTurned = Signal(int)  # noqa: N815
    sampleRequested = Signal(object)  # noqa: N815

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Image"))
        self._at: QPointF | None = None
        self._keyboard: KeyboardCursor | None = None
        self._space_is_down = False
        self.mouse: MouseMap = DEFAULT
        # No input method composes characters here: a key is a command.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._drag: PanDrag | WindowDrag | ZoomDrag | SliceDrag | None = None
        self._stroke_of = (_Buttons.LeftButton, Drag.tool)  # what the running stroke was begun with
        self._notches = 0
        self._pressure = 1.0  # of the pen that is down; 1 for a mouse
        self._mask_key = (0, True)  # when it was pressed, and what was seen then

    def show_document(self, document: Document | None) -> None:
        self._drag = None
        self._keyboard = None
        super().show_document(document)

    def place_of_hand(self) -> ImagePoint | None:
        if self._keyboard is not None:
            return self._keyboard.at
        return None if self._at is None or self._drag is not None else self._to_image(self._at)

    # the mask's key: hidden while held, toggled when tapped

    def press_mask_key(self, at_ms: int) -> None:
        """at_ms: when it was pressed, not when that was learned: a busy machine makes no tap a hold."""
        self._mask_key = (at_ms, self.mask_visible)
        self.mask_visible = False

    def release_mask_key(self, at_ms: int) -> None:
        pressed, was_visible = self._mask_key
        self.mask_visible = was_visible if at_ms - pressed >= _HELD_MS else not was_visible

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, button = event.position(), event.button()
        does = self._meaning(button, event.modifiers())
        self.invert_tool(self._inverts_with(event.modifiers(), does))
        is_free = not self.is_busy or self.is_open
        if self._drag is None and is_free:
            self._drag = self._drag_of(does, at)
        self._hand_moved(at)
        if does is Drag.tool and self._takes_samples(event.modifiers()):
            self.sampleRequested.emit(self._to_image(at))
        elif does in (Drag.tool, Drag.inverse) and self._drag is None:
            if is_free:
                self._stroke_of = (button, does)
            self.press_tool(self._to_image(at), self._pressure)
            self._show_pointer_form()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at, drag = event.position(), self._drag
        if isinstance(drag, PanDrag):
            self.pan(*drag.step(*self._device(at)))
        elif isinstance(drag, WindowDrag):
            self.window = drag.at(at.x(), at.y())
        elif isinstance(drag, ZoomDrag):
            self.zoom_at(drag.step(at.y()), QPointF(drag.x, drag.y))
        elif isinstance(drag, SliceDrag):
            self.set_slice(self._plane.index + drag.step(at.y()))
        elif event.buttons() & self._stroke_of[0]:
            self.move_tool(self._to_image(at), self._pressure)
        self.invert_tool(self._inverts_with(event.modifiers(), self._stroke_of[1] if self.is_busy else Drag.tool))
        self._hand_moved(at)
        if drag is None and not event.buttons():
            self.hover_tool(self._to_image(at))

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Only its pressure is asked for: the same movement comes as the mouse's own event, which Qt makes of it."""
        is_up = event.type() == QEvent.Type.TabletRelease
        self._pressure = 1.0 if is_up or not event.buttons() else event.pressure()
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._drag is not None:
            self._drag = None
        elif event.button() == self._stroke_of[0]:
            self.release_tool(self._to_image(at))
            self.invert_tool(bool(event.modifiers() & _Keys.ControlModifier))
        self._hand_moved(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        does = self._meaning(event.button(), event.modifiers())
        if does is Drag.window:
            self.reset_window()
        elif self.is_open and does in (Drag.tool, Drag.inverse):
            self.take_gesture()
        else:
            self.mousePressEvent(event)  # the second of two quick strokes

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        does = self.mouse.turn(event.modifiers())
        has_slices = self.slice_count > 1
        if does is Turn.threshold:
            self._turn_threshold(turned)
        elif does is Turn.size:
            self._request_size(turned)
        elif has_slices and does in (Turn.slices, Turn.scroll):
            self._turn_slices(turned)
        elif does in (Turn.scroll, Turn.sideways):
            step = round(_SCROLL * self.devicePixelRatioF() * turned / _NOTCH)
            self.pan(*((0, step) if does is Turn.scroll else (step, 0)))
        else:
            self.zoom_at(_ZOOM_STEP ** (turned / _NOTCH), event.position())

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hand_moved(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._at = None
        self._hover.forget()
        self.refresh_hand()
        self.pointerMoved.emit()

    def _meaning(self, button: Qt.MouseButton, held: Qt.KeyboardModifier) -> Drag:
        return self.mouse.drag(button, held, has_tool=self._tool_class is not None, space=self._space_pans)

    def _inverts_with(self, held: Qt.KeyboardModifier, does: Drag) -> bool:
        """Ctrl turns the tool round, and so may a button of its own; both together do not."""
        return bool(held & _Keys.ControlModifier) != (does is Drag.inverse)

    def _takes_samples(self, held: Qt.KeyboardModifier) -> bool:
        tool = self._tool_class
        return bool(held & _Keys.AltModifier) and not self.is_busy and tool is not None and issubclass(tool, Sampling)

    def _drag_of(self, does: Drag, at: QPointF) -> PanDrag | WindowDrag | ZoomDrag | SliceDrag | None:
        if does is Drag.pan:
            return PanDrag(*self._device(at))
        if does is Drag.zoom:
            return ZoomDrag(at.x(), at.y(), at.y())
        if does is Drag.slices:
            return SliceDrag(at.y())
        if does is Drag.window and self.image is not None:
            whole = np.issubdtype(self.image.pixels.dtype, np.integer)
            own = own_window(self.image, self.stored_slice)
            return WindowDrag(at.x(), at.y(), self._window, own, 1.0 if whole else own.width * 1e-3)
        return None

    def _hand_moved(self, at: QPointF) -> None:
        self._at = at
        self._leave_keyboard()
        self.refresh_hand()
        self._show_pointer_form()
        self.pointerMoved.emit()

    def _leave_keyboard(self) -> None:
        """The mouse takes over; what Space began ends where the keyboard's cursor was."""
        if self._keyboard is not None and self._space_is_down:
            self.release_tool(self._keyboard.at)
        self._keyboard = None

    def _turn_slices(self, turned: int) -> None:
        """Away from the hand goes to earlier slices; a fine wheel's parts are added up."""
        self._notches += turned
        steps = int(self._notches / _NOTCH)
        self._notches -= steps * _NOTCH
        if steps:
            self.set_slice(self._plane.index - steps)

    def _turn_threshold(self, turned: int) -> None:
        self._notches += turned
        steps = int(self._notches / _NOTCH)
        self._notches -= steps * _NOTCH
        if steps:
            self.thresholdTurned.emit(steps)

    def _request_size(self, turned: int) -> None:
        scene = self.scene()
        if scene is None or self._tool_class is None or not turned:
            return
        size = self._tool_class.cursor(self._tool_options, scene).diameter
        step = max(1.0, round(size * 0.1))
        self.brushSizeRequested.emit(max(1.0, size + (step if turned > 0 else -step)))

    # keys

    def event(self, event: QEvent) -> bool:
        """While the keyboard's cursor is shown the arrows are its own, even where a key map gives them to slices."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_arrow(event.key()) \
                and self._keyboard is not None \
                and not event.modifiers() & (_Keys.AltModifier | _Keys.ControlModifier):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        self.invert_tool(key == Qt.Key.Key_Control or bool(held & _Keys.ControlModifier))
        if key == Qt.Key.Key_Space and self._document is not None:
            if not event.isAutoRepeat():
                self._space_pressed()
        elif is_arrow(key) and self._document is not None and not held & _Keys.AltModifier:
            self._step_keyboard_cursor(key, far=bool(held & _Keys.ShiftModifier))
        elif not (key == Qt.Key.Key_Escape and self.cancel_gesture()):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Control:
            self.invert_tool(False)
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            super().keyReleaseEvent(event)
            return
        if self._keyboard is not None and self._space_is_down:
            self.release_tool(self._keyboard.at)
        self.hold_space(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._keyboard is not None and self._space_is_down:
            self.release_tool(self._keyboard.at)
        self._space_is_down = False
        self.invert_tool(False)
        super().focusOutEvent(event)

    def hold_space(self, is_down: bool) -> None:
        """As Space does here, while something else has the focus: the hand moves the picture."""
        self._space_is_down = is_down and self._keyboard is None
        self._show_pointer_form()

    @property
    def _space_pans(self) -> bool:
        return self._space_is_down and self._keyboard is None

    def _space_pressed(self) -> None:
        self._space_is_down = True
        if self._keyboard is not None:
            self.press_tool(self._keyboard.at)
        self._show_pointer_form()

    def _step_keyboard_cursor(self, key: int, *, far: bool) -> None:
        if self._keyboard is None:
            place = self.place_of_hand() or self._to_image(QPointF(self.width() / 2, self.height() / 2))
            self._keyboard = KeyboardCursor.within(place, self._shape.rect)
        else:
            mirrored = (self._shape.mirror_rows, self._shape.mirror_columns)
            self._keyboard = self._keyboard.moved(key, far=far, plane=self._shape.rect, mirrored=mirrored,
                                                  swapped=self._shape.swapped)
        self._follow(self._keyboard)
        if self._space_is_down:
            self.move_tool(self._keyboard.at)
        else:
            self.hover_tool(self._keyboard.at)
        self.refresh_hand()
        self._show_pointer_form()
        self.pointerMoved.emit()

    def _follow(self, cursor: KeyboardCursor) -> None:
        """Pan so far that the keyboard's cursor is on the screen."""
        x, y = (round(place) for place in self.transform.to_screen(cursor.at))
        room = self._frame.extent.grown(-_ROOM)
        self.pan(min(max(x, room.x0), room.x1) - x, min(max(y, room.y0), room.y1) - y)

    # between the widget and the image

    def _device(self, at: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return at.x() * ratio, at.y() * ratio

    def _to_image(self, at: QPointF) -> ImagePoint:
        return self.transform.to_image(*self._device(at))

    def _show_pointer_form(self) -> None:
        """The brush is its own outline, so the pointer hides behind it."""
        form = Qt.CursorShape
        if isinstance(self._drag, PanDrag):
            wanted = form.ClosedHandCursor
        elif self._space_pans:
            wanted = form.OpenHandCursor
        elif self._hand_is_refused:
            wanted = form.ForbiddenCursor
        else:
            wanted = form.BlankCursor if self._cursor is not None and self._keyboard is None else form.ArrowCursor
        if self.cursor().shape() != wanted:
            self.setCursor(wanted)
