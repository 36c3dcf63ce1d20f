"""One icon family: Material Design Icons 6, drawn from the font that qtawesome brings.

The font file is read directly: importing qtawesome costs 0.2 s in the window's thread, and only its font is needed.
"""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

SIZE = 20
_RATIOS = (1.0, 2.0)  # device pixels per point for which an icon is drawn sharply


@lru_cache(maxsize=1)
def _family() -> tuple[str, dict[str, str]]:
    """(font family, character of each icon's name); ("", {}) where the font is not at hand."""
    spec = find_spec("qtawesome")
    folders = spec.submodule_search_locations if spec is not None else None
    fonts = Path(folders[0]) / "fonts" if folders else Path()
    charmap = next(iter(sorted(fonts.glob("materialdesignicons6-webfont-charmap-*.json"))), None)
    font = next(iter(sorted(fonts.glob("materialdesignicons6-webfont-*.ttf"))), None)
    if charmap is None or font is None:
        return "", {}
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font)))
    characters = {name: chr(int(code, 16)) for name, code in json.loads(charmap.read_text("utf-8")).items()}
    return (families[0] if families else ""), characters


def has_icon(name: str) -> bool:
    """name: "mdi6.brush", or "brush" alone."""
    return name.removeprefix("mdi6.") in _family()[1]


def paint_icon(painter: QPainter, box: QRect, name: str, colour: str | QColor) -> None:
    """The icon centred in box, as large as its shorter side."""
    family, characters = _family()
    font = QFont(family)
    font.setPixelSize(min(box.width(), box.height()))
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, characters.get(name.removeprefix("mdi6."), ""))
    painter.restore()


def pixmap(name: str, colour: str | QColor, *, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """size: in points; the pixmap has size x ratio device pixels."""
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    paint_icon(painter, QRect(0, 0, size, size), name, colour)
    painter.end()
    return drawn


@lru_cache(maxsize=512)
def icon(name: str, colour: str, *, active: str = "", disabled: str = "", size: int = SIZE) -> QIcon:
    """active: the colour while checked; disabled: while it can't be pressed."""
    made = QIcon()
    off, on = QIcon.State.Off, QIcon.State.On
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, colour, size=size, ratio=ratio), QIcon.Mode.Normal, off)
        made.addPixmap(pixmap(name, active or colour, size=size, ratio=ratio), QIcon.Mode.Normal, on)
        faded = pixmap(name, disabled or colour, size=size, ratio=ratio)
        made.addPixmap(faded, QIcon.Mode.Disabled, off)
        made.addPixmap(faded, QIcon.Mode.Disabled, on)
    return made
