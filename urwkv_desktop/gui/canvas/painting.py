"""The canvas with a tool in its hand: where the hand is, its outline, and strokes from press to edit."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from urwkv_desktop.editing.document import Change, Document
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.editing.tools import Preview, Tool
from urwkv_desktop.editing.tools.paint import keeps
from urwkv_desktop.editing.tools.tool import BACK, NOTHING, TAKE
from urwkv_desktop.editing.tools.veil import Veiled
from urwkv_desktop.editing.work import Work
from urwkv_desktop.gui.canvas.brush_cursor import BrushCursor, draw_cursor
from urwkv_desktop.gui.canvas.hovering import Hover
from urwkv_desktop.gui.canvas.measure_layer import Figure
from urwkv_desktop.gui.canvas.measuring import MeasuringSurface
from urwkv_desktop.gui.canvas.origin_layer import OriginLayer
from urwkv_desktop.gui.canvas.pointing import PointerInfo
from urwkv_desktop.gui.canvas.shapes_layer import ShapesLayer
from urwkv_desktop.gui.canvas.stroke import Made, Strokes
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform
from urwkv_desktop.gui.canvas.veil_layer import Shown, VeilLayer
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.gui.words import say
from urwkv_desktop.imaging import ImagePoint, Message, Rect

_GRIP = 7.0  # logical pixels: as near as this the hand takes a point
_TRY_MS = 4  # how often a held release asks whether it may end


class PaintingSurface(MeasuringSurface):
    """may_paint is asked at a stroke's release: until it says yes the release is held, and what comes next waits.
    on_work: takes what a tool cannot do at once. settle: brings what of that a hand has drawn into the mask, now.
    """

    pointerMoved = Signal()  # noqa: N815
    hintChanged = Signal()  # noqa: N815
    strokeStarted = Signal()  # noqa: N815
    strokeEnded = Signal()  # noqa: N815
    nothingChanged = Signal(object)  # noqa: N815 - why, a Message

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.may_paint: Callable[[], bool] = lambda: True
        self.on_work: Callable[[Work], None] = lambda work: None
        self.settle: Callable[[], object] = lambda: None
        self._tool_class: type[Tool] | None = None
        self._tool_options: Any = None
        self._active, self._rule = 1, PaintRule.all
        self._inverts = False
        self._cursor: BrushCursor | None = None
        self._hand_is_refused = False  # where the hand is, and as its outline was asked for last
        self._shapes, self._veil = ShapesLayer(), VeilLayer()
        self.origins = OriginLayer()
        self._note: Message | None = None
        self._hover = Hover(lambda: None if self.is_refused else self._tool_now(self._inverts), self._preview,
                            self._drop_preview)
        self._strokes = Strokes(lambda: self.may_paint(), self._preview, lambda work: self.on_work(work), self._finish,
                                self._drop_preview, self._say_nothing)
        self._release_timer = QTimer(self, interval=_TRY_MS)
        self._release_timer.timeout.connect(self.try_release)

    # tool

    def set_tool(self, tool_class: type[Tool] | None, options: object = None) -> None:
        """options: the tool's own, its defaults where None."""
        if tool_class is not self._tool_class:
            self.cancel_gesture()
        self._hover.forget()
        self._tool_class = tool_class
        self._tool_options = tool_class.Options() if options is None and tool_class is not None else options
        self._strokes.tune(self._tool_options)
        self._refresh_veil()
        self._hover_again()
        self.refresh_hand()
        self.hintChanged.emit()

    @property
    def tool_class(self) -> type[Tool] | None:
        return self._tool_class

    @property
    def tool_options(self) -> Any:
        return self._tool_options

    def set_active_label(self, label: int) -> None:
        self._hover.forget()
        self._active = label
        self._refresh_veil()
        self.refresh_hand()
        self.hintChanged.emit()

    def set_rule(self, rule: PaintRule) -> None:
        self._hover.forget()
        self._rule = rule
        self.refresh_hand()
        self.hintChanged.emit()

    @property
    def hint(self) -> Message | None:
        """What the tool does now and what Ctrl would do, or what the gesture measures; None without tool or image."""
        if self._note is not None:
            return self._note
        scene = self.scene()
        if scene is None or self._tool_class is None:
            return None
        return self._tool_class.hint(scene, self._tool_options, self._inverts)

    def invert_tool(self, inverts: bool) -> None:
        """Ctrl went down or up: counts for the next stroke."""
        if inverts != self._inverts:
            self._inverts = inverts
            self._hover.forget()
            self.refresh_hand()
            self.hintChanged.emit()

    def scene(self) -> Scene | None:
        """What a tool or an operation may see now."""
        document = self._document
        if document is None:
            return None
        visible = self.transform.rect(self._frame.extent).intersection(self._shape.rect)
        return Scene(document.image, document.mask, document.prediction, document.labels, self._rule, self._active,
                     self._plane, visible, self._window, document.reader, document.begin_group, self._grip,
                     lambda: document.history.reach, self._beside)

    def _beside(self, task: Callable[[], None]) -> None:
        self.beside(task)

    def _grip(self) -> float:
        return _GRIP * self.devicePixelRatioF() / self.transform.zoom

    # where the hand is

    def place_of_hand(self) -> ImagePoint | None:
        """On the image plane; None where no hand is on the canvas."""
        return None

    @property
    def pointer(self) -> PointerInfo | None:
        """None where the hand is not on the image."""
        place, image = self.place_of_hand(), self.image
        return None if place is None or image is None else PointerInfo.of(image, self._plane, place)

    def refresh_hand(self) -> None:
        """Put the brush's outline where the hand is; paints where it was and where it is."""
        before, self._cursor = self._cursor, self._outline()
        if self._cursor != before:
            ratio = self.devicePixelRatioF()
            for cursor in (before, self._cursor):
                if cursor is not None:
                    self.update_extent(cursor.extent(self.transform, ratio))

    def _refresh_veil(self) -> None:
        """What the tool would take is another thing now: painted with the next frame."""
        scene, tool = self.scene(), self._tool_class
        wanted = tool.veil(self._tool_options, scene) \
            if scene is not None and tool is not None and issubclass(tool, Veiled) else None
        label = scene.labels.get(self._active) if scene is not None else None
        if self._veil.follow(wanted, label.colour if label is not None else "#ffffff"):
            self.update()

    def draw_hand(self, painter: QPainter, ratio: float, exposed: Extent) -> None:
        if self.mask_visible and self._document is not None:
            layer = self._frame.image
            self.origins.paint(painter, self._mask_plane(), self.transform, self._frame.extent)
            self._veil.paint(painter, Shown(layer.values, layer.shown, self._document.image.padding), self.transform,
                             ratio)
        super().draw_hand(painter, ratio, exposed)
        self._shapes.draw(painter, self.transform, ratio, exposed)
        if self._cursor is not None:
            draw_cursor(painter, self._cursor, self.transform, ratio)

    @property
    def is_refused(self) -> bool:
        """Whether the tool can do nothing here: read-only, or as the tool says of the label."""
        scene = self.scene()
        if scene is None or self._tool_class is None or self._document is None:
            return False
        return not self._document.is_writable or self._tool_class.cursor(self._tool_options, scene).is_refused

    def _outline(self) -> BrushCursor | None:
        """Asked at every movement of the hand: one scene, and the tool's word once."""
        place, scene, self._hand_is_refused = self.place_of_hand(), self.scene(), False
        if place is None or scene is None or self._tool_class is None or self._document is None:
            return None
        shape = self._tool_class.cursor(self._tool_options, scene)
        self._hand_is_refused = shape.is_refused or not self._document.is_writable
        if self._hand_is_refused:
            return None
        adds = getattr(self._tool_class, "adds_by_itself", True) != self._inverts
        kept = self._tool_class.changes_mask and keeps(scene, place, adds=adds)
        return BrushCursor(place, shape.diameter, shape.kind, scene.size, shape.rows, kept)

    def _show_plane(self) -> None:
        self.origins.forget()
        super()._show_plane()

    def _mask_changed(self, rect: Rect) -> None:
        self.origins.touched(rect)
        super()._mask_changed(rect)

    def _place(self, transform: ViewTransform) -> None:
        self._hover.forget()
        super()._place(transform)
        self.refresh_hand()

    def pan(self, dx: int, dy: int) -> None:
        self._hover.forget()  # what is visible may bound what a press would do
        super().pan(dx, dy)

    # strokes

    @property
    def is_busy(self) -> bool:
        return self._strokes.is_running

    @property
    def is_open(self) -> bool:
        """A gesture goes on with no button down: a polygon whose next point is awaited."""
        return self._strokes.is_open

    def take_gesture(self) -> bool:
        """Enter, double click: close the open gesture; answers whether there was one."""
        return self._key(TAKE)

    def step_back(self) -> bool:
        """Backspace: take the open gesture's last point away; answers whether there was one."""
        return self._key(BACK)

    def _key(self, action: str) -> bool:
        had = self._strokes.key(action)
        if self._strokes.is_held:
            self._release_timer.start()
        return had

    def cancel_gesture(self) -> bool:
        """Give up the running gesture; answers whether there was one. A held one is finished: its hand has let go."""
        self._hover.forget()
        was_running = self._strokes.cancel()
        self._release_timer.stop()
        if was_running:
            self.strokeEnded.emit()
        return was_running

    def try_release(self) -> None:
        """Ends a held gesture if it may end now; asked every few milliseconds while one is held."""
        if self._strokes.try_finish():
            self._release_timer.stop()

    def press_tool(self, at: ImagePoint, pressure: float = 1.0) -> None:
        """pressure: of a pen, 0..1."""
        if self._tool_class is None or self._document is None or self.is_refused:
            return
        if not self.mask_visible and self._tool_class.changes_mask:
            self.mask_visible = True  # nothing is painted on what is not visible
            return
        inverts = self._inverts
        self._hover.forget()
        self._strokes.press(lambda: self._take_up(inverts), at, pressure)

    def move_tool(self, to: ImagePoint, pressure: float = 1.0) -> None:
        self._strokes.move(to, pressure)

    def hover_tool(self, to: ImagePoint) -> None:
        """The hand moves with no button down: an open gesture follows, another tool shows what a press would do."""
        if self._strokes.is_open:
            self._strokes.hover(to)
        elif self._tool_class is not None and self._tool_class.hovers and not self.is_busy and self.mask_visible:
            self._hover.over(to)

    def _hover_again(self) -> None:
        """The hand rests, and what a press would do is another thing now."""
        place = self.place_of_hand()
        if place is not None and not self.is_busy:
            self.hover_tool(place)

    def release_tool(self, at: ImagePoint) -> None:
        self._strokes.release(at)
        if self._strokes.is_held:
            self._release_timer.start()

    def show_document(self, document: Document | None) -> None:
        self.cancel_gesture()
        super().show_document(document)
        self._refresh_veil()
        self.refresh_hand()
        self.hintChanged.emit()
        self.pointerMoved.emit()

    def set_slice(self, k: int) -> None:
        """A gesture stays in the plane in which it began, so while one runs nothing happens."""
        if not self.is_busy:
            self._hover.forget()
            super().set_slice(k)
            self._refresh_veil()
            self.refresh_hand()
            self.pointerMoved.emit()

    def _tool_now(self, inverts: bool) -> Tool | None:
        """A tool with what it may see at this moment; None without one, or without an image."""
        scene = self.scene()
        if scene is None or self._tool_class is None:
            return None
        return self._tool_class(scene, self._tool_options, inverted=inverts)

    def _take_up(self, inverts: bool) -> Tool | None:
        if self._tool_class is None or self._document is None:
            return None
        self.strokeStarted.emit()
        return self._tool_now(inverts)

    def _preview(self, preview: Preview) -> None:
        stale = self._frame.mask.preview.clear() if preview.is_whole else NOTHING.rect
        self._show_shapes(preview)
        mask = self._mask_plane()
        if mask is not None and not preview.rect.is_empty:
            self._frame.mask.preview.paste(preview.rect, preview.labels, mask)
            stale = stale.union(preview.rect)
        if not stale.is_empty:
            self.update_extent(self._frame.update_mask(stale))

    def _show_shapes(self, preview: Preview) -> None:
        if preview.shapes or self._shapes.is_shown:
            self.update_extent(self._shapes.show(preview.shapes, self.transform, self.devicePixelRatioF()))
        measures = self._tool_class is not None and not self._tool_class.changes_mask
        self.show_running(Figure(say(preview.note), preview.shapes[0].points[-1])
                          if measures and preview.note is not None and preview.shapes else None)
        if preview.note != self._note:
            self._note = preview.note
            self.hintChanged.emit()

    def _drop_preview(self) -> None:
        self._show_shapes(NOTHING)
        self._drop_pixels()

    def _drop_pixels(self) -> None:
        touched = self._frame.mask.preview.clear()
        if not touched.is_empty:
            self.update_extent(self._frame.update_mask(touched))

    def _finish(self, made: Made) -> None:
        if made is not None and self._document is not None:
            if isinstance(made, Suggestion):
                self._document.suggest(made)
            else:
                self._document.apply(made)
        self.strokeEnded.emit()

    def _say_nothing(self, tool: Tool) -> None:
        if tool.nothing is not None:
            self.nothingChanged.emit(tool.nothing)

    def _on_change(self, change: Change) -> None:
        self._hover.forget()
        super()._on_change(change)
        if change.labels or change.prediction:
            self._refresh_veil()
            self.refresh_hand()
            self.hintChanged.emit()
        tool = self._strokes.tool
        if change.box is not None and tool is not None and tool.pending is not None:
            # What the gesture shows besides its own pixels is the mask, which is another one now.
            self._frame.mask.preview.clear()
            self._preview(tool.pending)
