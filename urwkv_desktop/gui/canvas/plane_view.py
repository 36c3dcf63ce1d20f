"""One of the linked planes of a volume: a canvas with the cross-hair that all of them share."""

from collections.abc import Callable
from math import ceil, floor

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from urwkv_desktop.gui.canvas.comparing import ComparingView
from urwkv_desktop.gui.canvas.mask_content import MaskContent
from urwkv_desktop.gui.canvas.transform import Extent
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.imaging import ImagePoint, Plane, Rect

_GAP = 14.0  # logical pixels left free around the place itself
_LINE = 150  # opacity of the cross-hair's lines, of 255


class PlaneView(ComparingView):
    """content: where the document's mask has anything, where somebody knows. takes_cross: asked at a press of the left
    button whether the hand moves the cross-hair. activated: the hand is at work in this plane now."""

    activated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.content: MaskContent | None = None
        self.takes_cross: Callable[[Qt.KeyboardModifier], bool] = lambda held: False
        self._shows_cross = self._is_active = self._moves_cross = False
        self._cross_at: tuple[int, int] | None = None
        self._accent = QColor(theme.accent)
        self.placeChanged.connect(self._move_cross)
        self.viewMoved.connect(self._move_cross)

    @property
    def shows_cross(self) -> bool:
        return self._shows_cross

    @shows_cross.setter
    def shows_cross(self, shows: bool) -> None:
        self._shows_cross = shows
        self._move_cross()

    @property
    def is_active(self) -> bool:
        """Keys act here; a thin frame says so."""
        return self._is_active

    @is_active.setter
    def is_active(self, active: bool) -> None:
        if active != self._is_active:
            self._is_active = active
            self.update()

    @property
    def cross(self) -> ImagePoint:
        """Where the voxel that the planes have in common lies in this one."""
        rows, columns = (axis for axis in range(3) if axis != self.plane.axis)
        return ImagePoint(self.place_in_volume[rows] + 0.5, self.place_in_volume[columns] + 0.5)

    def set_cross(self, at: ImagePoint) -> None:
        """Held within the plane; the other planes follow."""
        rows, columns = (axis for axis in range(3) if axis != self.plane.axis)
        place = list(self.place_in_volume)
        place[rows], place[columns] = floor(at.row), floor(at.column)
        self.set_place((place[0], place[1], place[2]))

    def follow_hand(self, other: "PlaneView") -> None:
        """The same tool, label and rule as in another plane."""
        self.mouse = other.mouse
        if self.shows_answer:
            self.set_tool(None)  # its left button pans, and nothing is painted
            return
        if (self._tool_class, self._tool_options) != (other._tool_class, other._tool_options):
            self.set_tool(other._tool_class, other._tool_options)
        if self._active != other._active:
            self.set_active_label(other._active)
        if self._rule is not other._rule:
            self.set_rule(other._rule)

    def content_of(self, plane: Plane) -> Rect | None:
        return self.content.bounds(plane) if self.content is not None else None

    def wear(self, theme: Theme) -> None:
        self._accent = QColor(theme.accent)
        super().wear(theme)

    # the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.activated.emit()
        left = event.button() == Qt.MouseButton.LeftButton
        if left and not self.is_busy and not self.is_empty and self.takes_cross(event.modifiers()):
            self._moves_cross = True
            self.set_cross(self._to_image(event.position()))
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._moves_cross:
            self.set_cross(self._to_image(event.position()))
            self._hand_moved(event.position())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._moves_cross and event.button() == Qt.MouseButton.LeftButton:
            self._moves_cross = False
        else:
            super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.activated.emit()
        super().focusInEvent(event)

    # drawing

    def draw_hand(self, painter: QPainter, ratio: float, exposed: Extent) -> None:
        if self._cross_at is not None:
            self._draw_cross(painter, *self._cross_at, ratio)
        super().draw_hand(painter, ratio, exposed)
        if self._is_active and self._shows_cross:
            painter.setPen(QPen(self._accent, 2 * ratio))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(0, 0, ceil(self.width() * ratio), ceil(self.height() * ratio))

    def _draw_cross(self, painter: QPainter, x: int, y: int, ratio: float) -> None:
        colour = QColor(self._accent)
        colour.setAlpha(_LINE)
        wide, gap, screen = max(1, round(ratio)), round(_GAP * ratio), self._frame.extent
        left, top = x - wide // 2, y - wide // 2
        # Filled, as a line of many half-clear pixels takes ten times longer.
        for at, size in (((0, top), (x - gap, wide)), ((x + gap, top), (screen.x1 - x - gap, wide)),
                         ((left, 0), (wide, y - gap)), ((left, y + gap), (wide, screen.y1 - y - gap))):
            if min(size) > 0:
                painter.fillRect(*at, *size, colour)

    def _move_cross(self) -> None:
        """Paint where the lines were and where they are."""
        before, self._cross_at = self._cross_at, self._cross_on_screen()
        if before != self._cross_at:
            for at in (before, self._cross_at):
                self._repaint_lines(at)

    def _cross_on_screen(self) -> tuple[int, int] | None:
        if not self._shows_cross or self.is_empty:
            return None
        x, y = self.transform.to_screen(self.cross)
        return round(x), round(y)

    def _repaint_lines(self, at: tuple[int, int] | None) -> None:
        if at is None:
            return
        (x, y), screen, wide = at, self._frame.extent, ceil(2 * self.devicePixelRatioF())
        self.update_extent(Extent(x - wide, screen.y0, x + wide, screen.y1).intersection(screen))
        self.update_extent(Extent(screen.x0, y - wide, screen.x1, y + wide).intersection(screen))
