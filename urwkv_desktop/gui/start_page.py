"""What one sees without a project: two buttons, what was open before, and where the work will lie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import ElidedLabel, label
from urwkv_desktop.gui.plain_text import plain_tip
from urwkv_desktop.workflow.settings import RecentProject


@dataclass(frozen=True)
class Recent:
    """A project that was open before. path: its project file; done of total cases accepted, None until known.

    missing: the file is not there any more.
    """

    path: str
    name: str
    done: int | None = None
    total: int | None = None
    missing: bool = False


def recents_of(items: Iterable[RecentProject]) -> list[Recent]:
    return [Recent(item.path, item.name or Path(item.path).stem, item.accepted, item.total,
                   missing=not Path(item.path).exists()) for item in items]


class StartPage(QWidget):
    open_folder = Signal()
    open_samples = Signal()
    open_recent = Signal(str)

    def __init__(self, recents: Sequence[Recent], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._column.addWidget(label("urwkv-desktop", "title"))
        says = label(self.tr("Medical images with the outlines already drawn: correct, accept, export. Offline."),
                     "quiet")
        says.setWordWrap(True)
        self._column.addWidget(says)
        self._column.addSpacing(24)
        self._column.addLayout(self._buttons())
        self.trouble = ElidedLabel("", "warning")
        self.trouble.setWordWrap(True)
        self._column.addWidget(self.trouble)
        self._column.addSpacing(16)
        self._recents = QVBoxLayout()
        self._recents.setSpacing(4)
        self._column.addLayout(self._recents)
        self.place = ElidedLabel(self.tr(
            "A folder's project file, NAME.urwkv, lies in the folder itself, or among your own data where the folder "
            "can't be written."), "quiet")
        self._column.addSpacing(16)
        self._column.addWidget(self.place)
        self._lay_out()
        self.show_recents(recents)

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setMaximumWidth(720)
        middle.setMinimumWidth(560)
        middle.setLayout(self._column)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(middle, 6)
        centred.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 16)
        whole.addStretch(2)
        whole.addLayout(centred)
        whole.addStretch(3)
        notice = label(self.tr("Not a medical device; for review by a qualified reader."), "quiet")
        notice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(notice)

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        folder = QPushButton(self.tr("Open folder…"))
        folder.setProperty("role", "accent")
        folder.setAccessibleName(self.tr("Open a folder of images"))
        folder.setDefault(True)
        folder.clicked.connect(self.open_folder)
        samples = QPushButton(self.tr("Open sample project"))
        samples.setAccessibleName(self.tr("Open the sample project"))
        samples.clicked.connect(self.open_samples)
        for button in (folder, samples):
            button.setProperty("big", True)
            button.setMinimumWidth(176)
            line.addWidget(button)
        hint = label(self.tr("or drop a folder here"), "quiet")
        line.addSpacing(8)
        line.addWidget(hint)
        line.addStretch(1)
        return line

    def show_trouble(self, text: str) -> None:
        self.trouble.setText(text)

    def show_recents(self, recents: Sequence[Recent]) -> None:
        while (item := self._recents.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if recents:
            self._recents.addWidget(label(self.tr("RECENT PROJECTS"), "heading"))
        for recent in recents[:6]:
            self._recents.addWidget(self._row(recent))

    def _row(self, recent: Recent) -> QWidget:
        button = RecentRow(recent, self._progress_words(recent))
        button.clicked.connect(lambda _=False, path=recent.path: self.open_recent.emit(path))
        return button

    def _progress_words(self, recent: Recent) -> str:
        if recent.missing:
            return self.tr("not there any more")
        if recent.total is None or recent.done is None:
            return ""
        return self.tr("{done} of {total} accepted").format(done=recent.done, total=recent.total)


class RecentRow(QPushButton):
    """Name, place and how far it has got; pressing it opens the project."""

    def __init__(self, recent: Recent, words: str) -> None:
        super().__init__()
        self.setProperty("role", "recent")
        self.setAccessibleName(f"{recent.name}, {words}" if words else recent.name)
        self.setToolTip(plain_tip(recent.path))
        self.setEnabled(not recent.missing)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label(recent.name))
        names.addWidget(ElidedLabel(recent.path, "quiet"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 12, 4)
        line.setSpacing(16)
        line.addLayout(names, 1)
        if recent.total:
            bar = QProgressBar()
            bar.setProperty("role", "accepted")
            bar.setTextVisible(False)
            bar.setRange(0, recent.total)
            bar.setValue(recent.done or 0)
            bar.setFixedWidth(96)
            line.addWidget(bar)
        progress = label(words, "quiet")
        progress.setMinimumWidth(112)
        line.addWidget(progress)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
