"""One row of the worklist, painted: thumbnail, name, word and icon of its state."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from urwkv_desktop.gui.icons import paint_icon
from urwkv_desktop.gui.panels.worklist_model import WorklistModel, look
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.workflow import CaseRow

ROW_HEIGHT = 64
_THUMB = QSize(56, 42)
_LINE = 18


class WorklistRow(QStyledItemDelegate):
    """thumbnail(case): what is at hand, None until it comes (the model tells it). whose(case): "" where unknown."""

    def __init__(self, model: WorklistModel, theme: Theme, thumbnail: Callable[[int], QPixmap | None],
                 whose: Callable[[int], str]) -> None:
        super().__init__()
        self._model, self._thumbnail, self._whose = model, thumbnail, whose
        self.shows_patients = True
        self.theme = theme
        self.current: int | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex,
              ) -> None:
        row = self._model.row_at(index.row())
        box: QRect = option.rect.adjusted(0, 2, 0, -2)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, row.id == self.current, bool(state & QStyle.StateFlag.State_MouseOver),
                     bool(state & QStyle.StateFlag.State_HasFocus))
        thumb = QRect(box.left() + 8, box.top() + (box.height() - _THUMB.height()) // 2, _THUMB.width(),
                      _THUMB.height())
        self._picture(painter, thumb, row)
        self._words(painter, box, thumb.right() + 10, row, option.font)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, current: bool, pointed: bool, focused: bool) -> None:
        painter.setPen(QColor(self.theme.accent) if focused and not current else Qt.PenStyle.NoPen)
        fill = self.theme.selection if current else self.theme.raised
        painter.setBrush(QColor(fill) if current or pointed else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 8, 8)

    def _picture(self, painter: QPainter, box: QRect, row: CaseRow) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(box, 4, 4)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(box, QColor(self.theme.canvas))
        picture = self._thumbnail(row.id)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(box, picture, _covering(picture.size(), box.size()))
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, left: int, row: CaseRow, font: QFont) -> None:
        state = look(row)
        mark = QRect(box.right() - 26, box.top() + (box.height() - 18) // 2, 18, 18)
        width = mark.left() - left - 6
        name, quiet = QFont(font), QFont(font)
        name.setPixelSize(13)
        name.setWeight(QFont.Weight.DemiBold if row.id == self.current else QFont.Weight.Medium)
        quiet.setPixelSize(12)
        colour = QColor(self.theme.quiet if row.flag.excluded else self.theme.text)
        whose = self._whose(row.id) if self.shows_patients else ""
        metrics = QFontMetrics(name)
        lines = (metrics.elidedText(row.title, Qt.TextElideMode.ElideMiddle, width),) if whose \
            else title_lines(row.title, metrics, width)
        smaller = [QFontMetrics(quiet).elidedText(text, Qt.TextElideMode.ElideRight, width)
                   for text in (whose, state.word) if text]
        top = box.top() + (box.height() - _LINE * (len(lines) + len(smaller))) // 2
        for place, text in enumerate((*lines, *smaller)):
            is_name = place < len(lines)
            self._line(painter, QRect(left, top + place * _LINE, width, _LINE), text, name if is_name else quiet,
                       colour if is_name else QColor(self.theme.quiet))
        paint_icon(painter, mark, state.icon, getattr(self.theme, state.colour))

    @staticmethod
    def _line(painter: QPainter, box: QRect, text: str, font: QFont, colour: QColor) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def title_lines(title: str, metrics: QFontMetrics, width: int) -> tuple[str, ...]:
    """One line, or two where the words of a long title allow it; what still does not fit loses its middle, because
    names of files differ at their end."""
    if metrics.horizontalAdvance(title) <= width:
        return (title,)
    first = ""
    words = title.split(" ")
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    rest = metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideMiddle, width)
    return (first, rest) if first else (rest,)


def _covering(picture: QSize, box: QSize) -> QRect:
    """The largest part of the picture, from its middle, that has the box's proportions."""
    part = box.scaled(picture, Qt.AspectRatioMode.KeepAspectRatio)
    return QRect((picture.width() - part.width()) // 2, (picture.height() - part.height()) // 2, part.width(),
                 part.height())
