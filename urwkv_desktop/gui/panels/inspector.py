"""The right-hand side: labels, tool, display, history, and what is decided about the case."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import MenuButton, Themed, label
from urwkv_desktop.gui.icons import icon
from urwkv_desktop.gui.panels.display import DisplayPanel
from urwkv_desktop.gui.panels.history import HistoryPanel
from urwkv_desktop.gui.panels.labels import LabelsPanel
from urwkv_desktop.gui.panels.measures import MeasuresPanel
from urwkv_desktop.gui.panels.options import OptionsPanel
from urwkv_desktop.gui.panels.panel_column import PanelColumn
from urwkv_desktop.gui.plain_text import plain_tip
from urwkv_desktop.gui.theme import Theme

_GAP = 8


class InspectorPanel(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspectorPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(248)
        self.labels, self.measures, self.options = LabelsPanel(), MeasuresPanel(), OptionsPanel()
        self.display, self.history = DisplayPanel(), HistoryPanel()
        self.footer = Footer()
        self.area = PanelColumn((self.labels, self.measures, self.options, self.display, self.history))
        below = QVBoxLayout()
        below.setContentsMargins(16, 4, 16, 12)
        below.addWidget(self.footer)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addLayout(below)


class Footer(QWidget, Themed):
    """Which model, and why; flag; accept and go on."""

    flag_asked = Signal()
    accept_asked = Signal()
    model_chosen = Signal(str, bool)  # name; for every case of this kind

    def __init__(self) -> None:
        super().__init__()
        self._note = label("", "quiet")
        self._note.setWordWrap(True)
        self.models = MenuButton(self.tr("Model"), "flat")
        self.models.setToolTip(self.tr("Which model looks at this image, and at others like it"))
        self.flag = QPushButton(self.tr("Flag"))
        self.flag.setCheckable(True)
        self.flag.setAccessibleName(self.tr("Flag this case with a comment"))
        self.flag.clicked.connect(self._flag)
        self.accept = QPushButton(self.tr("Accept and next"))
        self.accept.setProperty("role", "accent")
        self.accept.setAccessibleName(self.tr("Accept this case and go to the next open one"))
        self.accept.clicked.connect(self.accept_asked)
        for button in (self.flag, self.accept):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setIconSize(QSize(16, 16))
            button.setProperty("tall", True)
        self._buttons = buttons = QHBoxLayout()
        buttons.setSpacing(_GAP)
        buttons.addWidget(self.flag)
        buttons.addWidget(self.accept, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._note, 1)
        head.addWidget(self.models, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addLayout(buttons)
        self._theme: Theme | None = None
        self._is_accepted = False
        self._drawn: tuple[Theme, bool, bool] | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._give_room()

    def _give_room(self) -> None:
        """Below each other where a language's words need it."""
        wide = self.flag.sizeHint().width() + _GAP + self.accept.sizeHint().width()
        beside = QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(beside if wide <= self.width() else QBoxLayout.Direction.BottomToTop)

    def _flag(self) -> None:
        self.flag.setChecked(not self.flag.isChecked())  # the case says whether it is flagged, not the press
        self.flag_asked.emit()

    def show_model(self, note: str, names: Sequence[str]) -> None:
        """note: which one, and why. names: those at hand; nothing to choose hides the menu."""
        self._note.setText(note.replace(" · ", "\u00a0· "))  # no line begins with the dot
        self.models.setVisible(bool(names))
        menu = self.models.menu()
        menu.clear()
        for for_kind, words in ((False, self.tr("For this case")), (True, self.tr("For all like it"))):
            menu.addAction(words).setEnabled(False)  # a heading
            for name in names:
                menu.addAction(name, partial(self.model_chosen.emit, name, for_kind))
            if not for_kind:
                menu.addSeparator()

    def show_case(self, *, is_flagged: bool, comment: str, is_accepted: bool, may_decide: bool,
                  is_done: bool = False) -> None:
        """is_done: this case is accepted, and no other is open."""
        self.flag.setChecked(is_flagged)  # its word stays: another width would put Flag where Accept was a click ago
        self.flag.setToolTip(plain_tip(comment))
        self.flag.setEnabled(may_decide)
        self.accept.setEnabled(may_decide and not is_done)
        self._is_accepted = is_accepted
        words = self.tr("Next open case") if is_accepted else self.tr("Accept and next")
        self.accept.setText(self.tr("All done") if is_done else words)
        self._icons()
        self._give_room()

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self._icons()

    def _icons(self) -> None:
        flagged, theme = self.flag.isChecked(), self._theme
        if theme is None or self._drawn == (theme, flagged, self._is_accepted):
            return
        self._drawn = (theme, flagged, self._is_accepted)
        self.flag.setIcon(icon("flag" if flagged else "flag-outline", theme.flagged if flagged else theme.text,
                               active=theme.flagged, disabled=theme.faint, size=16))
        on_accent = theme.canvas if theme.is_dark else theme.panel
        self.accept.setIcon(icon("arrow-right" if self._is_accepted else "check", on_accent, disabled=theme.faint,
                                 size=16))
