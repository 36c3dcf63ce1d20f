"""The colours of LOOK, dark and light, and the fonts that come with the program."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Inter"  # what style sheets name; where the font is missing Qt falls back to the system's own


@dataclass(frozen=True)
class Theme:
    """Colours as "#rrggbb". The canvas is dark in both themes: images are read against it."""

    name: str
    window: str
    panel: str
    raised: str
    canvas: str
    hairline: str
    text: str
    quiet: str
    faint: str
    accent: str
    selection: str
    accepted: str
    flagged: str
    on_canvas: str = "#c9ced8"  # text over the image's ground

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"


DARK = Theme("dark", window="#16181d", panel="#1c1f26", raised="#262a33", canvas="#08090b", hairline="#2b303a",
             text="#e6e8ec", quiet="#9aa3b2", faint="#626b7a", accent="#4f9cf9", selection="#24364d",
             accepted="#4cc38a", flagged="#e5a04b")
LIGHT = Theme("light", window="#f4f5f7", panel="#ffffff", raised="#eceef2", canvas="#101216", hairline="#e1e4ea",
              text="#1b1f27", quiet="#5b6472", faint="#949cab", accent="#1f6feb", selection="#dbe9fd",
              accepted="#1a8f5a", flagged="#b86e00")


def theme_named(name: str, *, system_is_dark: bool = True) -> Theme:
    """name: "dark", "light" or "system"; anything else is dark."""
    if name == "light" or (name == "system" and not system_is_dark):
        return LIGHT
    return DARK


def load_fonts(resources: Path) -> tuple[str, ...]:
    """Make the fonts in resources/fonts known to Qt; answers their families, () where there are none."""
    families: list[str] = []
    for file in sorted((resources / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))


def text_font(pixels: int, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's font, `pixels` high, with figures of one width so that changing numbers do not jump."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def contrast(one: str, other: str) -> float:
    """Contrast of two colours "#rrggbb", 1..21. Source: WCAG 2.2, relative luminance."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
