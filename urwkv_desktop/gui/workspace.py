"""The screen of a project: worklist, canvas with what floats over it, inspector, status line. Layout only."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.gui.panels.band import Band
from urwkv_desktop.gui.panels.inspector import InspectorPanel
from urwkv_desktop.gui.panels.status_line import StatusLine
from urwkv_desktop.gui.panels.tool_strip import ToolButton, ToolStrip
from urwkv_desktop.gui.panels.worklist import WorklistPanel
from urwkv_desktop.gui.shell import INSPECTOR_WIDTH, WORKLIST_WIDTH
from urwkv_desktop.gui.theme import Theme

_STRIP_TOP = 14
_HANDLE = 6  # logical pixels by which a panel's edge can be taken; they look like the panel itself


class CanvasArea(QWidget):
    """The canvas, with the tool strip and the band floating over its top."""

    def __init__(self, canvas: CanvasView, strip: ToolStrip) -> None:
        super().__init__()
        self.canvas, self.strip = canvas, strip
        canvas.setParent(self)
        strip.setParent(self)
        self.band = Band(self)
        self.setMinimumWidth(360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.canvas.setGeometry(self.rect())
        self.place()

    def place(self) -> None:
        """Centred; the strip gives way to nothing, the band stands below it."""
        self.strip.adjustSize()
        left = max(8, (self.width() - self.strip.width()) // 2)
        self.strip.move(left, _STRIP_TOP)
        width = min(self.width() - 32, 720)
        height = self.band.height_for(width)
        self.band.setGeometry((self.width() - width) // 2, self.strip.geometry().bottom() + 10, width, height)
        self.strip.raise_()
        self.band.raise_()

    def show_band(self, text: str, button: str = "", choices: Sequence[str] = (), *, can_close: bool = True) -> None:
        self.band.show_words(text, button, choices, can_close=can_close)
        self.place()


class Workspace(QWidget):
    def __init__(self, theme: Theme, tools: Sequence[ToolButton], thumbnail: Callable[[int], QPixmap | None],
                 whose: Callable[[int], str]) -> None:
        super().__init__()
        self.setObjectName("workspace")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.worklist = WorklistPanel(theme, thumbnail, whose)
        self.canvas = CanvasView(theme)
        self.strip = ToolStrip(tools)
        self.area = CanvasArea(self.canvas, self.strip)
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
        # What floats over the top never lies on a fitted image.
        self.canvas.set_fit_margins(QMargins(24, 80, 24, 56))
        self.canvas.setFocus()
