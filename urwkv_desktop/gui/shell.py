"""The window's frame, painted before anything else is loaded. Imports no floor below."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from urwkv_desktop.gui.theme import Theme

WORKLIST_WIDTH, INSPECTOR_WIDTH, STATUS_HEIGHT = 264, 284, 36


class Frame(QWidget):
    """The screen without its contents: three panels and the status line, so that nothing jumps when they come."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._title = theme, title

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width, height = self.width(), self.height() - STATUS_HEIGHT
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        canvas = QRect(WORKLIST_WIDTH, 0, width - WORKLIST_WIDTH - INSPECTOR_WIDTH, height)
        painter.fillRect(canvas, QColor(self._theme.canvas))
        painter.fillRect(QRect(0, height, width, 1), QColor(self._theme.hairline))
        font = painter.font()
        font.setPixelSize(15)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(QRect(16, 8, WORKLIST_WIDTH - 32, 32), Qt.AlignmentFlag.AlignVCenter, self._title)


class Shell(QWidget):
    """The one window. It shows a first content at once and another in its place later.

    on_painted is called once, in the turn of the event loop after the first paint.
    """

    def __init__(self, first: QWidget) -> None:
        super().__init__()
        self.setObjectName("frame")
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        self.on_painted: Callable[[], None] | None = None
        self.on_close: Callable[[], bool] | None = None  # False: it stays open
        self.on_drop: Callable[[str], None] | None = None
        self.on_placed: Callable[[], object] | None = None  # moved, or another size
        self.on_key: Callable[[QKeyEvent, bool], bool] | None = None
        self._content = first
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(first)
        first.installEventFilter(self)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if event.type() == QEvent.Type.Paint and self.on_painted is not None:
            call, self.on_painted = self.on_painted, None
            QTimer.singleShot(0, call)
        return False

    def resize_for_the_first_time(self) -> None:
        """1440 x 900, or what the screen has room for beside the desktop's own bars and the window's frame."""
        room = self.screen().availableGeometry()
        self.resize(min(1440, room.width() - 16), min(900, room.height() - 48))
        self.move(room.center() - self.rect().center())

    @property
    def content(self) -> QWidget:
        return self._content

    def set_content(self, widget: QWidget) -> None:
        self._content.removeEventFilter(self)
        self._column.replaceWidget(self._content, widget)
        self._content.deleteLater()
        self._content = widget
        widget.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self.on_close is None or self.on_close())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placed()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._placed()

    def _placed(self) -> None:
        if self.on_placed is not None:
            self.on_placed()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local and self.on_drop is not None:
            event.acceptProposedAction()
            self.on_drop(local[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.on_key is None or not self.on_key(event, True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self.on_key is None or not self.on_key(event, False):
            super().keyReleaseEvent(event)
