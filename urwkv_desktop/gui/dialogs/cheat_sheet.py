"""Every key and what it does, as the key map in use has it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import label
from urwkv_desktop.gui.keymap import Keymap

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Cases", ("case.next", "case.previous", "case.accept_and_next", "case.accept", "case.flag", "predict.again")),
    ("Painting", ("tool.brush", "tool.eraser", "brush.larger", "brush.smaller", "label.clear", "edit.undo",
                  "edit.redo", "gesture.cancel")),
    ("Seeing", ("mask.toggle", "mask.style", "view.window_reset", "view.fit", "view.one_to_one", "privacy.toggle",
                "slice.next", "slice.previous", "slice.first", "slice.last")),
    ("Program", ("project.open", "export.open", "help.keys")),
)


class CheatSheet(QDialog):
    def __init__(self, keymap: Keymap, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Mouse and keys"))
        columns = QHBoxLayout(self)
        columns.setContentsMargins(24, 20, 24, 20)
        columns.setSpacing(40)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(16)
            columns.addLayout(column)
        titles = {"Cases": self.tr("CASES"), "Painting": self.tr("PAINTING"), "Seeing": self.tr("SEEING"),
                  "Program": self.tr("PROGRAM")}
        for place, (name, actions) in enumerate(GROUPS):
            lines = [(keymap.first_key(one), keymap[one].text()) for one in actions]
            if name == "Painting":
                lines.insert(2, (f"{keymap.first_key('label.1')} … {keymap.first_key('label.9')}", self.tr("Label")))
            (left if place in (0, 1) else right).addLayout(_table(titles[name], lines))
        right.addLayout(_table(self.tr("MOUSE"), self._mouse()))
        left.addStretch(1)
        right.addStretch(1)

    def _mouse(self) -> list[tuple[str, str]]:
        return [
            (self.tr("left drag"), self.tr("the tool; Ctrl turns it round")),
            (self.tr("right drag"), self.tr("window sideways, level up and down")),
            (self.tr("middle drag"), self.tr("move the image (or Space and left drag)")),
            (self.tr("wheel"), self.tr("slices; zoom on a picture")),
            (self.tr("Ctrl+wheel"), self.tr("zoom to the pointer")),
            (self.tr("Shift+wheel"), self.tr("size of the brush")),
        ]


def _table(title: str, lines: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.addWidget(label(title, "heading"), 0, 0, 1, 2)
    for row, (keys, words) in enumerate(lines, start=1):
        key = label(keys, "key")
        key.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(key, row, 0)
        grid.addWidget(label(words), row, 1)
    grid.setColumnMinimumWidth(0, 96)
    grid.setColumnStretch(1, 1)
    return grid
