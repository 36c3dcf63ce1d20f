"""Every key and what it does, as the key map in use has it, on one sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import label
from urwkv_desktop.gui.dialogs.mouse_words import mouse_lines
from urwkv_desktop.gui.key_groups import grouped, title_of
from urwkv_desktop.gui.keymap import Keymap, native

_ROW = 22
_BAR = 16  # logical pixels for a scroll bar beside the sheet
_LETTERS = (13, 12, 11)
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
        self._sections = self._grouped(keymap)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        room = self.screen().availableGeometry().size() - QSize(32, 64)
        wanted = self.fit(room.width() - _BAR)
        self.resize(min(wanted.width() + _BAR, room.width()), min(wanted.height() + 4, room.height()))

    def fit(self, width: int) -> QSize:
        """How large the sheet is; in smaller letters where a language's words would not fit into `width`."""
        for letters in _LETTERS:
            sheet = _sheet(self._sections, letters)
            if (wanted := sheet.sizeHint()).width() <= width:
                break
        self._scroll.setWidget(sheet)
        return wanted

    def _grouped(self, keymap: Keymap) -> list[Section]:
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


def _sheet(sections: Sequence[Section], letters: int) -> QWidget:
    """letters: how high, in logical pixels."""
    sheet = QWidget()
    columns = QHBoxLayout(sheet)
    columns.setContentsMargins(24, 4, 24, 16)
    columns.setSpacing(28 if letters == _LETTERS[0] else 20)
    for column in in_columns(sections):
        columns.addLayout(_table(column, letters))
    return sheet


def _table(sections: Sequence[Section], letters: int) -> QGridLayout:
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
            grid.addLayout(_caps(line.keys, letters), row, 0)
            grid.addWidget(_said(line.words, "", letters), row, 1)
            grid.setRowMinimumHeight(row, _ROW)
        row += 1
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(row, 1)
    return grid


def _said(words: str, kind: str, letters: int) -> QLabel:
    made = label(words, kind)
    if letters != _LETTERS[0]:
        made.setStyleSheet(f"font-size: {letters}px;")
    return made


def _caps(keys: Sequence[str], letters: int) -> QHBoxLayout:
    caps = QHBoxLayout()
    caps.setSpacing(4)
    caps.addStretch(1)
    for key in keys:
        cap = _said(key, "quiet" if key == "…" else "cap", min(letters, 12) if letters != _LETTERS[0] else letters)
        caps.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
    return caps
