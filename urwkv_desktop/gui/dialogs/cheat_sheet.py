"""Every key and what it does, as the key map in use has it, on one sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import label
from urwkv_desktop.gui.dialogs.mouse_words import mouse_lines
from urwkv_desktop.gui.key_groups import grouped, title_of
from urwkv_desktop.gui.keymap import Keymap, native

_ROW = 22
_HEAD = 36  # a heading with the room above it
_ROWS_AT_MOST = 28  # in a column of a small screen; more make a third column
_DIGITS = tuple(f"label.{number}" for number in range(1, 10))


@dataclass(frozen=True)
class Line:
    """keys: each a cap of its own; where there is only one it may be words ("left drag")."""

    keys: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Section:
    title: str
    lines: tuple[Line, ...]

    @property
    def height(self) -> int:
        return _HEAD + _ROW * len(self.lines)


class CheatSheet(QDialog):
    def __init__(self, keymap: Keymap, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Mouse and keys"))
        sheet = QWidget()
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(24, 4, 24, 16)
        columns.setSpacing(28)
        for sections in in_columns(self._sections(keymap)):
            columns.addLayout(_table(sections))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._sheet = sheet
        self.resize_to_sheet()

    def resize_to_sheet(self) -> None:
        """As large as what stands on it, as far as the screen has room."""
        room, wanted = self.screen().availableGeometry(), self._sheet.sizeHint()
        self.resize(min(wanted.width() + 16, room.width() - 32), min(wanted.height() + 4, room.height() - 64))

    def _sections(self, keymap: Keymap) -> list[Section]:
        made = [Section(self.tr("MOUSE"), tuple(Line((gesture,), words)
                                                for gesture, words in mouse_lines(keymap.table.mouse)))]
        for group in grouped(keymap.actions):
            lines = [Line(tuple(map(native, few(keymap.keys_of(one)))), keymap[one].text())
                     for one in group.actions if one not in _DIGITS and keymap.keys_of(one)]
            first, last = (keymap.first_key(one) for one in (_DIGITS[0], _DIGITS[-1]))
            if _DIGITS[0] in group.actions and first and last:
                lines.append(Line((first, "…", last), self.tr("Label by its place")))
            if lines:
                made.append(Section(title_of(group.name), tuple(lines)))
        return made


def in_columns(sections: Sequence[Section]) -> list[list[Section]]:
    """Two columns, or three where two would be too high, as even as whole sections allow; in each their order stays."""
    whole = sum(section.height for section in sections)
    columns: list[list[Section]] = [[] for _ in range(2 if whole <= 2 * _ROWS_AT_MOST * _ROW else 3)]
    for section in sorted(sections, key=lambda one: -one.height):
        min(columns, key=_height).append(section)
    for column in columns:
        column.sort(key=sections.index)
    return sorted((column for column in columns if column), key=lambda column: sections.index(column[0]))


def few(keys: Sequence[str]) -> tuple[str, ...]:
    """Two at most, and one of the two Enter keys, which every keyboard has beside each other."""
    return tuple(key for key in keys if key.replace("Enter", "Return") == key or key.replace("Enter", "Return")
                 not in keys)[:2]


def _height(column: Sequence[Section]) -> int:
    return sum(section.height for section in column)


def _table(sections: Sequence[Section]) -> QGridLayout:
    """The keys of all sections in a column end at one line, and their words begin at one."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(0)
    row = 0
    for section in sections:
        heading = label(section.title, "heading")
        heading.setAlignment(Qt.AlignmentFlag.AlignBottom)
        heading.setContentsMargins(0, 0, 0, 6)
        grid.addWidget(heading, row, 0, 1, 2)
        grid.setRowMinimumHeight(row, _HEAD)
        for row, line in enumerate(section.lines, start=row + 1):  # noqa: B020 - goes on where the heading stands
            grid.addLayout(_caps(line.keys), row, 0)
            grid.addWidget(label(line.words), row, 1)
            grid.setRowMinimumHeight(row, _ROW)
        row += 1
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(row, 1)
    return grid


def _caps(keys: Sequence[str]) -> QHBoxLayout:
    caps = QHBoxLayout()
    caps.setSpacing(4)
    caps.addStretch(1)
    for key in keys:
        cap: QLabel = label(key, "quiet" if key == "…" else "cap")
        caps.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
    return caps
