"""The worklist: which cases there are, how far each has got, and which one is on screen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from urwkv_desktop.gui.controls import MenuButton, TextField, Themed, label
from urwkv_desktop.gui.icons import icon
from urwkv_desktop.gui.panels.filter_row import FilterRow
from urwkv_desktop.gui.panels.worklist_model import CASE_ROLE, WorklistModel
from urwkv_desktop.gui.panels.worklist_row import WorklistRow
from urwkv_desktop.gui.plain_text import plain_word
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.workflow import CaseRow


class CaseList(QListView):
    """Up and Down belong to the list while it has the focus; every other key is the window's.

    if_empty: what stands where no row is.
    """

    if_empty = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.if_empty and not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.viewport().rect().adjusted(0, 16, 0, 0),
                             Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
                             self.if_empty)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _is_own(event: QKeyEvent) -> bool:
        return event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_own(event):
            super().keyPressEvent(event)
        else:
            event.ignore()


class WorklistPanel(QWidget, Themed):
    """thumbnail(case) answers what is at hand and asks for what is not; whose(case): name, ID, date."""

    case_chosen = Signal(int)
    menu_asked = Signal(int, QPoint)  # case, where on the screen

    def __init__(self, theme: Theme, thumbnail: Callable[[int], QPixmap | None], whose: Callable[[int], str]) -> None:
        super().__init__()
        self.setObjectName("worklistPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(208)
        self.model = WorklistModel()
        self._row = WorklistRow(self.model, theme, thumbnail, whose)
        self.project = MenuButton("", "project")
        self._done = label("", "quiet")
        self._bar = self._make_bar()
        self.search = self._make_search()
        self.view = self._make_view()
        self.filters = FilterRow({"all": self.tr("All"), "open": self.tr("Open"), "flagged": self.tr("Flagged")},
                                 self.model.filter)
        self.filters.chosen.connect(self._filter)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.project)
        head.addStretch(1)
        head.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(6)
        column.addWidget(self._bar)
        column.addSpacing(12)
        column.addWidget(self.search)
        column.addSpacing(10)
        column.addWidget(self.view, 1)
        column.addSpacing(8)
        column.addWidget(self.filters)

    def _make_bar(self) -> QProgressBar:
        bar = QProgressBar()
        bar.setProperty("role", "accepted")
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Accepted cases"))
        return bar

    def _make_search(self) -> TextField:
        field = TextField()
        field.setPlaceholderText(self.tr("Search"))
        field.setAccessibleName(self.tr("Search the worklist"))
        field.setClearButtonEnabled(True)
        self._lens = QAction(field)
        field.addAction(self._lens, TextField.ActionPosition.LeadingPosition)
        for button in field.findChildren(QToolButton):  # the lens and the cross, which Qt makes without a name
            button.setAccessibleName(self.tr("Search"))
        field.textChanged.connect(self._searched)
        field.returnPressed.connect(self._open_first)
        field.escaped.connect(self._leave_search)
        return field

    def _make_view(self) -> CaseList:
        view = CaseList()
        view.setAccessibleName(self.tr("Worklist"))
        view.setModel(self.model)
        view.setItemDelegate(self._row)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        view.clicked.connect(lambda index: self.case_chosen.emit(index.data(CASE_ROLE)))
        view.selectionModel().currentChanged.connect(self._moved)
        return view

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def show_project(self, name: str) -> None:
        self.project.setText(plain_word(name))
        self.project.setAccessibleName(self.tr("Project menu of {name}").format(name=name))

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        self.model.show_rows(rows)
        self._show_counts()
        self._select()

    def update_rows(self, rows: Sequence[CaseRow]) -> None:
        """These alone are different now."""
        self.model.update_rows(rows)
        self._show_counts()

    @property
    def accepted(self) -> int:
        """How many cases are done."""
        return self.model.accepted

    def _say_if_empty(self) -> None:
        """An empty list says which of search and filter lets nothing through."""
        if not self.model.rows:
            self.view.if_empty = ""
        elif self.model.search.strip():
            self.view.if_empty = self.tr("No case is called so.")
        else:
            self.view.if_empty = self.tr("No case is open.") if self.model.filter == "open" else self.tr(
                "No case is flagged.")
        self.view.setAccessibleDescription("" if self.model.rowCount() else self.view.if_empty)

    def _show_counts(self) -> None:
        self._say_if_empty()
        counts, total = self.model.counts(), len(self.model.rows)
        self._done.setText(self.tr("{done} of {total}").format(done=self.accepted, total=total))
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(self.accepted)
        self.filters.show_counts(counts)

    def show_current(self, case: int | None) -> None:
        for changed in {self._row.current, case}:
            place = self.model.place_of(changed) if changed is not None else None
            if place is not None:
                self.view.update(self.model.index(place))
        self._row.current = case
        self._select()

    def _select(self) -> None:
        place = self.model.place_of(self._row.current) if self._row.current is not None else None
        if place is not None and self.view.currentIndex().row() != place:
            quiet = self.view.selectionModel().blockSignals(True)
            self.view.setCurrentIndex(self.model.index(place))
            self.view.selectionModel().blockSignals(quiet)
            self.view.scrollTo(self.model.index(place))

    def show_patients(self, shown: bool) -> None:
        """Whose images they are may be seen, or not."""
        self._row.shows_patients = shown
        self.repaint_rows()

    def repaint_rows(self) -> None:
        self.view.viewport().update()

    def wear(self, theme: Theme) -> None:
        self._row.theme = theme
        self._lens.setIcon(icon("magnify", theme.quiet, size=16))
        self.view.viewport().update()

    # ── what is asked for ────────────────────────────────────────────────────────────────────────────────────────

    def _filter(self, name: str) -> None:
        self.model.filter = name
        self.model.refilter()
        self._say_if_empty()
        self._select()

    def _searched(self, text: str) -> None:
        self.model.search = text
        self.model.refilter()
        self._say_if_empty()
        self._select()

    def _open_first(self) -> None:
        if self.model.rowCount():
            self.case_chosen.emit(self.model.row_at(0).id)
            self.view.setFocus()

    def _leave_search(self) -> None:
        self.search.clear()
        self.view.setFocus()

    def _moved(self) -> None:
        index = self.view.currentIndex()
        if self.view.hasFocus() and index.isValid() and index.data(CASE_ROLE) != self._row.current:
            self.case_chosen.emit(index.data(CASE_ROLE))

    def _menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self.menu_asked.emit(index.data(CASE_ROLE), self.view.viewport().mapToGlobal(at))
