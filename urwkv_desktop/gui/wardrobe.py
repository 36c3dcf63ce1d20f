"""Which theme the window wears."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from urwkv_desktop.gui.controls import dress
from urwkv_desktop.gui.styles import palette, window_style
from urwkv_desktop.gui.theme import Theme, theme_named


def wanted_theme(name: str) -> Theme:
    """name: dark, light or system."""
    scheme = QApplication.styleHints().colorScheme()
    return theme_named(name, system_is_dark=scheme is not Qt.ColorScheme.Light)


def wear(app: QApplication, theme: Theme) -> None:
    """The whole program in this theme: palette and style sheet."""
    app.setPalette(palette(theme))
    app.setStyleSheet(window_style(theme))


class Wardrobe(QObject):
    """Changes the theme of a window that stands, also when the system's changes."""

    changed = Signal(object)

    def __init__(self, app: QApplication, window: QWidget, name: str) -> None:
        super().__init__()
        self._app, self._window, self._name = app, window, name
        self.theme = wanted_theme(name)
        QApplication.styleHints().colorSchemeChanged.connect(lambda _: self.choose(self._name))

    @property
    def name(self) -> str:
        return self._name

    def choose(self, name: str) -> None:
        self._name = name
        self.theme = wanted_theme(name)
        wear(self._app, self.theme)
        dress(self._window, self.theme)
        self.changed.emit(self.theme)
