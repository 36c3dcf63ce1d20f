"""The screen of a project: worklist, canvas with what floats over it, inspector, status line. Layout only."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, QRect, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from urwkv_desktop.gui.canvas.plane_view import PlaneView
from urwkv_desktop.gui.canvas.planes import Planes
from urwkv_desktop.gui.canvas.slice_bar import HEIGHT as SLICE_BAR
from urwkv_desktop.gui.canvas.slice_bar import SliceBar
from urwkv_desktop.gui.panels.band import Band
from urwkv_desktop.gui.panels.inspector import InspectorPanel
from urwkv_desktop.gui.panels.status_line import StatusLine
from urwkv_desktop.gui.panels.tool_strip import ToolButton, ToolStrip
from urwkv_desktop.gui.panels.worklist import WorklistPanel
from urwkv_desktop.gui.shell import INSPECTOR_WIDTH, WORKLIST_WIDTH
from urwkv_desktop.gui.theme import Theme

_STRIP_TOP = 14
_HANDLE = 6  # logical pixels by which a panel's edge can be taken; they look like the panel itself
_GAP = 4  # between planes


def cells(area: QRect, count: int) -> list[QRect]:
    """Room for a large plane, or for a large one and two small ones beside it."""
    if count == 1:
        return [area]
    if count == 2:  # the network's answer stands on the left, what comes of it on the right
        half = (area.width() - _GAP) // 2
        return [QRect(area.left() + half + _GAP, area.top(), area.width() - half - _GAP, area.height()),
                QRect(area.left(), area.top(), area.width() - half - _GAP, area.height())]
    side = min(max(area.width() * 36 // 100, 160), area.height())
    large = QRect(area.left(), area.top(), area.width() - side - _GAP, area.height())
    upper = (area.height() - _GAP) // 2
    return [large, QRect(large.right() + 1 + _GAP, area.top(), side, upper),
            QRect(large.right() + 1 + _GAP, area.top() + upper + _GAP, side, area.height() - upper - _GAP)]


class CanvasArea(QWidget):
    """The canvas (or its three planes), each with its slice bar; the tool strip and the band float over the top."""

    def __init__(self, planes: Planes, strip: ToolStrip) -> None:
        super().__init__()
        self.setObjectName("canvasArea")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.planes, self.strip = planes, strip
        for view in planes.views:
            view.setParent(self)
        self.bars = tuple(SliceBar(view, self) for view in planes.views)
        for bar in self.bars:
            bar.hide()  # nothing is shown yet
        strip.setParent(self)
        self.band = Band(self)
        for answered in (self.band.closed, self.band.pressed, self.band.chosen):
            answered.connect(self._give_back_focus)
        self.setMinimumWidth(360)
        self.bars[0].planes.clicked.connect(planes.toggle)
        planes.laidOut.connect(self._lay_out)
        planes.main.messageChanged.connect(self._give_room)
        planes.marksChanged.connect(self._show_marks)

    @property
    def bar(self) -> SliceBar:
        """Of the plane in which the hand is at work."""
        return self.bars[self.planes.views.index(self.planes.active)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.place()

    def place(self) -> None:
        """The strip stands in the middle (of the large plane beside two small ones), the band below it; no fitted image
        lies under them."""
        shown = self.planes.shown
        wide = cells(self.rect(), len(shown))[0].width() if len(shown) > 2 else self.width()
        self.strip.fit(wide - 16)
        self.strip.move(max(8, (wide - self.strip.width()) // 2), _STRIP_TOP)
        width = min(self.width() - 32, 720)
        height = self.band.height_for(width)
        self.band.setGeometry((self.width() - width) // 2, self.strip.geometry().bottom() + 10, width, height)
        for view, bar, cell in zip(shown, self.bars, cells(self.rect(), len(shown)), strict=False):
            room = SLICE_BAR if view.slice_count > 1 else 0
            view.setGeometry(cell.adjusted(0, 0, 0, -room))
            bar.setGeometry(cell.left(), cell.bottom() + 1 - room, cell.width(), room)
            view.give_way(self.strip.geometry().translated(-view.pos()))
            if not view.is_busy:  # nothing moves under a hand that paints
                view.set_fit_margins(self._margins(view))
        self.strip.raise_()
        self.band.raise_()

    def _give_room(self) -> None:
        for view in self.planes.shown:
            if not view.is_busy:
                view.set_fit_margins(self._margins(view))

    def _margins(self, view: PlaneView) -> QMargins:
        """What of a view its fitted image leaves free."""
        is_large = view is self.planes.main or self.planes.is_beside
        side, top = (24, 24) if is_large else (12, 36)
        for floating in (self.strip, self.band):
            if not floating.isHidden() and floating.geometry().intersects(view.geometry()):
                top = max(top, floating.geometry().bottom() + 18 - view.y())
        bottom = max(56, self.planes.main.message_room) if is_large else 36
        return QMargins(side, top, side, bottom)

    def _lay_out(self) -> None:
        shown = self.planes.shown
        for view, bar in zip(self.planes.views, self.bars, strict=True):
            view.setVisible(view in shown)
            bar.setVisible(view in shown and view.slice_count > 1)
            bar.cine.take_case()
        self.bars[0].planes.setVisible(self.planes.can_be_on)
        self.place()

    def _show_marks(self) -> None:
        content = self.planes.content
        for view, bar in zip(self.planes.shown, self.bars, strict=False):
            if content is not None:
                bar.groove.show_marks(content.marks(view.plane.axis))

    def _give_back_focus(self) -> None:
        """The hand that answered goes on with the image: no key of its is taken by what stands nearest to the band."""
        self.planes.active.setFocus()

    def show_band(self, text: str, button: str = "", choices: Sequence[str] = (), *, can_close: bool = True,
                  is_news: bool = False) -> None:
        self.band.show_words(text, button, choices, can_close=can_close, is_news=is_news)
        self.place()


class Workspace(QWidget):
    def __init__(self, theme: Theme, tools: Sequence[ToolButton], thumbnail: Callable[[int], QPixmap | None],
                 whose: Callable[[int], str]) -> None:
        super().__init__()
        self.setObjectName("workspace")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.worklist = WorklistPanel(theme, thumbnail, whose)
        self.planes = Planes(theme)
        self.strip = ToolStrip(tools)
        self.area = CanvasArea(self.planes, self.strip)
        self.inspector = InspectorPanel()
        self.status = StatusLine()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(_HANDLE)
        for place, widget in enumerate((self.worklist, self.area, self.inspector)):
            self.splitter.addWidget(widget)
            self.splitter.setCollapsible(place, place != 1)
            self.splitter.setStretchFactor(place, int(place == 1))
        self.splitter.setSizes([WORKLIST_WIDTH, 900, INSPECTOR_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.status)
        self.inspector.display.inverted_changed.connect(self._invert)
        self.canvas.setFocus()

    def _invert(self, inverted: bool) -> None:
        self.canvas.inverted = inverted

    @property
    def canvas(self) -> PlaneView:
        """The plane in which the hand is at work; the only one, as a rule."""
        return self.planes.active
