"""The menu under the project's name: everything about the program that is not about one case."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from urwkv_desktop.gui.keymap import Keymap
from urwkv_desktop.gui.plain_text import plain_word
from urwkv_desktop.gui.wardrobe import Wardrobe
from urwkv_desktop.workflow.settings import RecentProject


class ProjectMenu(QObject):
    """Built anew each time it opens, so that it shows what is true then."""

    def __init__(self, menu: QMenu, *, keymap: Keymap, wardrobe: Wardrobe, choose_theme: Callable[[str], None],
                 recents: Callable[[], Sequence[RecentProject]], open_recent: Callable[[str], None],
                 panels: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__(menu)
        self._keymap, self._wardrobe, self._choose_theme = keymap, wardrobe, choose_theme
        self._recents, self._open_recent, self._panels = recents, open_recent, panels
        self._menu = menu
        menu.aboutToShow.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        menu, actions = self._menu, self._keymap.actions
        menu.clear()
        for action_id in ("project.open", "samples.open"):
            menu.addAction(actions[action_id])
        recent = menu.addMenu(self.tr("Open recent"))
        for item in self._recents():
            recent.addAction(plain_word(item.name), partial(self._open_recent, item.path))
        recent.setEnabled(bool(self._recents()))
        menu.addAction(actions["project.close"])
        menu.addSeparator()
        menu.addAction(actions["mask.import"])
        menu.addAction(actions["export.open"])
        menu.addAction(actions["lesson.open"])
        menu.addSeparator()
        menu.addAction(actions["settings.open"])
        self._fill_themes(menu.addMenu(self.tr("Theme")))
        for words, panel in self._panels:
            shown = QAction(words, menu)
            shown.setCheckable(True)
            shown.setChecked(panel.isVisible())
            shown.toggled.connect(panel.setVisible)
            menu.addAction(shown)
        menu.addSeparator()
        for action_id in ("help.keys", "help.about"):
            menu.addAction(actions[action_id])
        menu.addSeparator()
        menu.addAction(actions["program.quit"])

    def _fill_themes(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        themes = (("dark", self.tr("Dark")), ("light", self.tr("Light")), ("system", self.tr("As the system")))
        for name, words in themes:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(name == self._wardrobe.name)
            action.triggered.connect(lambda _=False, chosen=name: self._choose_theme(chosen))
            group.addAction(action)
            menu.addAction(action)
