"""The labels of the project: which one the hand paints with, how much of each there is, seen and locked or not."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import ElidedLabel, IconButton, TextField, Themed, dress, label
from urwkv_desktop.gui.plain_text import plain_tip
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.imaging import PALETTE, Label, Labels

ROW_HEIGHT = 32


class LabelsPanel(QWidget, Themed):
    """changed carries the labels as the person wants them; chosen the id that the hand paints with from now on."""

    chosen = Signal(int)
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._labels = Labels()
        self._active: int | None = None
        self._amounts: Mapping[int, str] = {}
        self._theme: Theme | None = None
        self._rows: dict[int, LabelRow] = {}
        self._add = IconButton("plus", self.tr("Add a label"), size=16, box=24, quiet=True)
        self._add.clicked.connect(self._append)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("LABELS"), "heading"))
        head.addStretch(1)
        head.addWidget(self._add)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._list)

    @property
    def active(self) -> int | None:
        return self._active

    def show_labels(self, labels: Labels, *, active: int | None, amounts: Mapping[int, str]) -> None:
        """amounts: what each label covers, in words ("14,212 px", "1.9 mL")."""
        if labels != self._labels:
            self._labels = labels
            self._build()
        self._active, self._amounts = active, amounts
        for label_id, row in self._rows.items():
            row.show_state(is_active=label_id == active, amount=amounts.get(label_id, "—"))

    def show_diameters(self, diameters: Mapping[int, str]) -> None:
        """In words ("34.2 × 21.0 mm"), told by each label's row; those that cover nothing are left out."""
        for label_id, row in self._rows.items():
            row.tell_size(diameters.get(label_id, ""))

    def take_focus(self) -> None:
        row = self._rows.get(self._active) if self._active is not None else None
        (row or self._add).setFocus()

    def wear(self, theme: Theme) -> None:
        self._theme = theme

    def _build(self) -> None:
        for row in self._rows.values():
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows = {}
        for item in self._labels:
            row = LabelRow(item, is_only=len(self._labels) == 1)
            row.chosen.connect(self.chosen)
            row.changed.connect(self._replace)
            row.deleted.connect(self._delete)
            self._rows[item.id] = row
            self._list.addWidget(row)
            if self._theme is not None:
                dress(row, self._theme)

    def _replace(self, changed: Label) -> None:
        self.changed.emit(self._labels.with_label(changed))

    def _delete(self, label_id: int) -> None:
        self.changed.emit(self._labels.without(label_id))

    def _append(self) -> None:
        new = self._labels.next_id
        taken = {item.colour for item in self._labels}
        # By its number first: a model may have brought a colour that is no palette's, and near its first.
        place = (new - 1) % len(PALETTE)
        colour = next((one for one in (*PALETTE[place:], *PALETTE[:place]) if one not in taken), PALETTE[place])
        name = self.tr("Label {number}").format(number=new)
        self.changed.emit(self._labels.with_label(Label(new, name, colour)))
        self.chosen.emit(new)
        if new in self._rows:
            self._rows[new].rename()


class LabelRow(QWidget, Themed):
    chosen = Signal(int)
    changed = Signal(object)
    deleted = Signal(int)

    def __init__(self, item: Label, *, is_only: bool) -> None:
        super().__init__()
        self.item, self._is_only = item, is_only
        self._is_active = False
        self._theme: Theme | None = None
        self.setFixedHeight(ROW_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name = ElidedLabel(item.name, is_name=True)
        self._field = TextField(item.name)
        self._field.setAccessibleName(self.tr("Name of the label"))
        self._field.setMaximumHeight(26)
        self._amount = label("—", "quiet")
        self._eye = self._make_eye()
        self._lock = self._make_lock()
        self._lay_out()
        self._field.returnPressed.connect(self._renamed)
        self._field.escaped.connect(self._keep_name)
        self._field.editingFinished.connect(self._keep_name)

    def _make_eye(self) -> IconButton:
        seen = self.item.visible
        eye = IconButton("eye-outline" if seen else "eye-off-outline", self.tr("Hide this label") if seen
                         else self.tr("Show this label"), size=16, box=22, quiet=True)
        eye.clicked.connect(lambda: self.changed.emit(replace(self.item, visible=not self.item.visible)))
        return eye

    def _make_lock(self) -> IconButton:
        locked = self.item.locked
        says = self.tr("Unlock this label") if locked else self.tr("Lock this label: what it covers stays as it is")
        lock = IconButton("lock-outline" if locked else "lock-open-variant-outline", says, size=16, box=22, quiet=True)
        lock.clicked.connect(lambda: self.changed.emit(replace(self.item, locked=not self.item.locked)))
        return lock

    def _lay_out(self) -> None:
        name = QWidget()
        self._names = QStackedLayout(name)
        self._names.addWidget(self._name)
        self._names.addWidget(self._field)
        line = QHBoxLayout(self)
        line.setContentsMargins(34, 0, 6, 0)
        line.setSpacing(4)
        line.addWidget(name, 1)
        line.addWidget(self._amount)
        line.addWidget(self._eye)
        line.addWidget(self._lock)

    def show_state(self, *, is_active: bool, amount: str) -> None:
        self._is_active = is_active
        self._amount.setText(amount)
        self.setAccessibleName(f"{self.item.name}, {amount}")
        self.update()

    def tell_size(self, diameters: str) -> None:
        words = self.tr("Diameters: {words}").format(words=diameters) if diameters else ""
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            self.setToolTip(plain_tip(words))

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def rename(self) -> None:
        self._field.setText(self.item.name)
        self._names.setCurrentWidget(self._field)
        self._field.setFocus()
        self._field.selectAll()

    def _renamed(self) -> None:
        name = self._field.text().strip()
        self._names.setCurrentWidget(self._name)
        if name and name != self.item.name:
            self.changed.emit(replace(self.item, name=name))

    def _keep_name(self) -> None:
        self._names.setCurrentWidget(self._name)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.selection) if self._is_active else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.item.colour))
        painter.drawRoundedRect(QRect(10, (ROW_HEIGHT - 14) // 2, 14, 14), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.item.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.rename()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.chosen.emit(self.item.id)
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Rename"), self.rename)
        menu.addAction(self.tr("Colour…"), self._recolour)
        delete = QAction(self.tr("Delete"), menu)
        delete.setEnabled(not self._is_only and not self.item.locked)
        delete.setToolTip(self.tr("A project keeps one label at least."))
        delete.triggered.connect(lambda: self.deleted.emit(self.item.id))
        menu.addAction(delete)
        menu.exec(event.globalPos() + QPoint(2, 2))

    def _recolour(self) -> None:
        chosen = QColorDialog.getColor(QColor(self.item.colour), self, self.tr("Colour of {name}").format(
            name=self.item.name))
        if chosen.isValid():
            self.changed.emit(replace(self.item, colour=chosen.name()))
