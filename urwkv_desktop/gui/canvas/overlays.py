"""What stands in the corners of the canvas: whose image it is, slice, window, zoom, scale bar, directions."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, log10

from PySide6.QtCore import QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen

from urwkv_desktop.gui.theme import Theme, text_font

EDGE = 16  # logical pixels between the canvas' border and its texts
_LINE = 18
_PAD = 4  # logical pixels of ground beside a line
_GROUND = 172  # opacity of the ground, of 255: 4.5:1 for the text even over white
_BAR = 72.0  # about how long a scale bar is, in logical pixels


@dataclass(frozen=True)
class ScaleBar:
    """length: logical pixels on the screen; text: what that is in the image, with its unit."""

    length: float
    text: str


@dataclass(frozen=True)
class CornerTexts:
    """Lines of each corner, from the top; scale: None without an image; sides: left, top, right, bottom letter.

    caution: stands below the top right corner's lines, in a colour of its own.
    """

    top_left: tuple[str, ...] = ()
    top_right: tuple[str, ...] = ()
    bottom_left: tuple[str, ...] = ()
    bottom_right: tuple[str, ...] = ()
    scale: ScaleBar | None = None
    sides: tuple[str, str, str, str] = ("", "", "", "")
    caution: str = ""


def scale_bar(unit_length: float, unit: str) -> ScaleBar:
    """unit_length: logical pixels of one unit. The bar is 1, 2 or 5 times a power of ten long, near 72 pixels."""
    wanted = _BAR / max(unit_length, 1e-12)
    power = 10.0 ** floor(log10(wanted))
    steps = max((step for step in (1, 2, 5) if step * power <= wanted * 1.0001), default=1)
    amount = steps * power
    if unit == "px" and amount < 1:
        amount = 1.0
    return ScaleBar(amount * unit_length, f"{QLocale().toString(amount, 'g', 6)} {unit}")


class Corners:
    """Draws CornerTexts; says beforehand which parts of the canvas they take."""

    def __init__(self, theme: Theme) -> None:
        self._texts = CornerTexts()
        self._area = QRect()
        self._top = 0  # logical pixels by which the upper corners' lines give way
        self._placed: list[tuple[QRect, str]] = []
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        self._colour = QColor(theme.on_canvas)
        self._caution = QColor(theme.flagged if theme.is_dark else "#e5a04b")  # the canvas is dark in both themes
        self._ground = QColor(theme.canvas)
        self._ground.setAlpha(_GROUND)

    @property
    def texts(self) -> CornerTexts:
        return self._texts

    @texts.setter
    def texts(self, texts: CornerTexts) -> None:
        self._texts, self._area = texts, QRect()

    def give_way(self, area: QRect, to: QRect) -> bool:
        """The upper corners' lines begin below what stands in their way; answers whether that moves them."""
        before, self._top, self._area = self._top, 0, QRect()
        lines = [box for box, _ in self._places(area) if box.top() < area.top() + area.height() // 3]
        if any(box.adjusted(-_PAD, 0, _PAD, 0).intersects(to) for box in lines):
            self._top = max(0, to.bottom() + 8 - EDGE)
        self._area = QRect()
        return self._top != before

    def boxes(self, area: QRect) -> list[QRect]:
        """Every part of the canvas `area` that a text or the bar takes."""
        bar = self.bar_place(area)
        return [*(box.adjusted(-_PAD, 0, _PAD, 2) for box, _ in self._places(area)), bar.adjusted(-2, -2, 2, 2)]

    def bar_place(self, area: QRect) -> QRect:
        """Where the scale bar with its text lies; empty without one."""
        scale = self.texts.scale
        if scale is None:
            return QRect()
        width = round(scale.length) + 10 + _advance(scale.text)
        return QRect(area.center().x() - width // 2, area.bottom() + 1 - EDGE - _LINE, width, _LINE)

    def _places(self, area: QRect) -> list[tuple[QRect, str]]:
        """Each line and its place; kept until the words or the canvas change."""
        if area != self._area:
            self._area, self._placed = QRect(area), self._lay_out(area)
        return self._placed

    def _lay_out(self, area: QRect) -> list[tuple[QRect, str]]:
        texts, flags = self.texts, Qt.AlignmentFlag
        inner = area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        placed = []
        top_right = (*texts.top_right, texts.caution) if texts.caution else texts.top_right
        for lines, side in ((texts.top_left, flags.AlignLeft), (top_right, flags.AlignRight)):
            first = inner.top() + self._top
            placed += [(self._box(inner, line, side, first + n * _LINE), line) for n, line in enumerate(lines)]
        for lines, side in ((texts.bottom_left, flags.AlignLeft), (texts.bottom_right, flags.AlignRight)):
            first = inner.bottom() + 1 - len(lines) * _LINE
            placed += [(self._box(inner, line, side, first + n * _LINE), line) for n, line in enumerate(lines)]
        return placed + self._sides(inner)

    def draw(self, painter: QPainter, area: QRect, exposed: QRect) -> None:
        for box, line in self._places(area):
            if box.intersects(exposed):
                self._write(painter, box, line)
        bar = self.bar_place(area)
        if self.texts.scale is not None and bar.adjusted(-2, -2, 2, 2).intersects(exposed):
            self._draw_bar(painter, bar, self.texts.scale)

    def _box(self, inner: QRect, line: str, side: Qt.AlignmentFlag, top: int) -> QRect:
        width = _advance(line) + 2
        left = inner.left() if side == Qt.AlignmentFlag.AlignLeft else inner.right() + 1 - width
        return QRect(left, top, width, _LINE)

    def _sides(self, inner: QRect) -> list[tuple[QRect, str]]:
        left, top, right, bottom = self.texts.sides
        middle, flags = inner.center().y() - _LINE // 2, Qt.AlignmentFlag
        placed = [(self._box(inner, letter, side, middle), letter)
                  for letter, side in ((left, flags.AlignLeft), (right, flags.AlignRight)) if letter]
        for letter, y in ((top, inner.top() + 64), (bottom, inner.bottom() - 2 * _LINE)):
            if letter:
                width = _advance(letter) + 2
                placed.append((QRect(inner.center().x() - width // 2, y, width, _LINE), letter))
        return placed

    def _write(self, painter: QPainter, box: QRect, line: str) -> None:
        colour = self._caution if line == self.texts.caution else self._colour
        picture = stamp(line, colour.rgba(), self._ground.rgba(), painter.device().devicePixelRatioF())
        painter.drawImage(QPointF(box.left() - _PAD, box.top()), picture)

    def _draw_bar(self, painter: QPainter, bar: QRect, scale: ScaleBar) -> None:
        middle, left, right = bar.center().y(), bar.left(), bar.left() + round(scale.length)
        for pen in (QPen(self._ground, 3), QPen(self._colour, 1)):
            painter.setPen(pen)
            painter.drawLine(left, middle, right, middle)
            painter.drawLine(left, middle - 4, left, middle + 4)
            painter.drawLine(right, middle - 4, right, middle + 4)
        self._write(painter, QRect(right + 10, bar.top(), bar.width(), _LINE), scale.text)


@lru_cache(maxsize=256)
def _advance(line: str) -> int:
    """Logical pixels that a line is wide; kept, since measuring costs more than drawing what is kept."""
    return QFontMetrics(text_font(12)).horizontalAdvance(line)


@lru_cache(maxsize=128)
def stamp(line: str, colour: int, ground: int, ratio: float) -> QImage:
    """A line of text on its own ground; kept, since most lines stay from paint to paint."""
    font = text_font(12)
    metrics = QFontMetrics(font)
    width = metrics.horizontalAdvance(line) + 2 * _PAD + 2
    stamp = QImage(ceil(width * ratio), ceil(_LINE * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(0)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(ground))
    painter.drawRoundedRect(QRectF(0, 0, width, _LINE), 3, 3)
    painter.setFont(font)
    painter.setPen(QColor.fromRgba(colour))
    painter.drawText(_PAD, metrics.ascent() + (_LINE - metrics.height()) // 2, line)
    painter.end()
    return stamp
