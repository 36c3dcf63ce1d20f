"""Export: which formats, which cases, where to; then what was written and proved."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from urwkv_desktop.gui.controls import TextField, TickBox, label
from urwkv_desktop.imaging import Status
from urwkv_desktop.workflow import FormatGroup, OutFormat


@dataclass(frozen=True)
class ExportWish:
    out: Path
    formats: tuple[str, ...]
    statuses: tuple[Status, ...]


class ExportDialog(QDialog):
    """wished: start with this; cancelled: stop what runs. It stays open beside the work."""

    wished = Signal(object)
    cancelled = Signal()

    def __init__(self, *, formats: Sequence[OutFormat], counts: dict[Status, int], out: Path,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._is_running = self._is_looking = False
        self._out_shown: Path | None = None
        self._offered = tuple(formats)
        self.formats = {one.name: self._format_box(one.name, checked=one.name == "png") for one in formats}
        self.statuses = {status: self._status_box(status, counts.get(status, 0))
                         for status in (Status.accepted, Status.edited, Status.predicted)}
        self.folder = TextField(str(out))
        self.folder.setAccessibleName(self.tr("Folder to export into"))
        self.folder.escaped.connect(self.reject)
        self.identity = label(self.tr(
            "These formats carry tags or pixels. Before they leave you are shown what identifies patients."), "quiet")
        self.identity.setWordWrap(True)
        shape = self.identity.sizePolicy()
        shape.setRetainSizeWhenHidden(True)  # no box moves under the hand when another is ticked
        self.identity.setSizePolicy(shape)
        self.sentence = label()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.refused = QPlainTextEdit()
        self.refused.setReadOnly(True)
        self.refused.setMinimumHeight(72)
        self.refused.setMaximumHeight(120)
        self.refused.setAccessibleName(self.tr("Cases that were not exported"))
        self.refused.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.start = QPushButton(self.tr("Export"))
        self.start.setProperty("role", "accent")
        self.start.setDefault(True)
        self.start.clicked.connect(self._begin)
        self.stop = QPushButton(self.tr("Close"))
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.reject)
        self.show_folder = QPushButton(self.tr("Open folder"))
        self.show_folder.setAutoDefault(False)
        self.show_folder.clicked.connect(self._open_folder)
        self.show_folder.hide()
        self._lay_out()
        for box in (*self.formats.values(), *self.statuses.values()):
            box.toggled.connect(self._judge)
        self.folder.textChanged.connect(self._judge)
        self._judge()

    def _format_box(self, name: str, *, checked: bool) -> TickBox:
        words = {
            "png": self.tr("PNG masks (volumes as NIfTI)"), "png-labels": self.tr("One PNG for each label"),
            "nifti": self.tr("NIfTI with image geometry"), "nrrd": self.tr("NRRD segmentation (3D Slicer)"),
            "dicom-seg": self.tr("DICOM SEG"), "dicom-labelmap": self.tr("DICOM SEG as label map"),
            "rtstruct": self.tr("RTSTRUCT contours"), "dicom": self.tr("De-identified DICOM copies"),
            "coco": self.tr("COCO with run lengths"),
            "coco-polygons": self.tr("COCO with polygons"), "labelme": self.tr("labelme"),
            "yolo": self.tr("YOLO segmentation"), "nnunet": self.tr("nnU-Net v2 data set"),
            "training": self.tr("Training set for urwkv-desktop train"),
        }
        box = TickBox(words.get(name, name))
        box.setChecked(checked)
        return box

    def _status_box(self, status: Status, number: int) -> TickBox:
        words = {Status.accepted: self.tr("accepted · {n}"), Status.edited: self.tr("edited · {n}"),
                 Status.predicted: self.tr("predicted, not reviewed · {n}")}
        box = TickBox(words[status].format(n=number))
        box.setChecked(status is Status.accepted)
        return box

    def _lay_out(self) -> None:
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        folder = QHBoxLayout()
        folder.addWidget(self.folder, 1)
        folder.addWidget(choose)
        buttons = QHBoxLayout()
        buttons.addWidget(self.show_folder)
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(self._choices())
        column.addWidget(self.identity)
        column.addWidget(label(self.tr("FOLDER"), "heading"))
        column.addLayout(folder)
        column.addWidget(self.bar)
        column.addWidget(self.sentence)
        column.addWidget(self.refused)
        column.addStretch(1)
        column.addLayout(buttons)

    def _choices(self) -> QGridLayout:
        """Formats by what they are for, one column each group, and which cases below the first."""
        headings = {FormatGroup.images: self.tr("IMAGES AND LABELS"), FormatGroup.clinical: self.tr("CLINICAL"),
                    FormatGroup.learning: self.tr("MACHINE LEARNING")}
        choices = QGridLayout()
        choices.setHorizontalSpacing(28)
        for place, (group, heading) in enumerate(headings.items()):
            choices.addWidget(label(heading, "heading"), 0, place)
            names = [one.name for one in self._offered if one.group is group]
            for row, name in enumerate(names, start=1):
                choices.addWidget(self.formats[name], row, place)
        rows = choices.rowCount()
        choices.addWidget(label(self.tr("CASES"), "heading"), rows, 0, 1, 3)
        for place, box in enumerate(self.statuses.values()):
            choices.addWidget(box, rows + 1, place)
        return choices

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def show_looking(self) -> None:
        """While what names patients is looked for."""
        self._is_looking = True
        self.sentence.setText(self.tr("Looking for what identifies patients…"))

    def show_writing(self) -> None:
        self._is_looking = False

    def show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if total:
            words = self.tr("{done} of {total} cases looked at for what identifies patients") if self._is_looking \
                else self.tr("{done} of {total} cases written, read back, compared")
            self.sentence.setText(words.format(done=done, total=total))

    def show_result(self, sentence: str, refused: Sequence[str], out: Path | None) -> None:
        """refused: a line for each reason why cases were left out. out: the folder, where anything was written."""
        self._run(False)
        self._out_shown = out
        self.sentence.setText(sentence)
        self.refused.setPlainText("\n".join(refused))
        self.refused.setVisible(bool(refused))
        self.show_folder.setVisible(out is not None)
        self.adjustSize()

    @property
    def is_running(self) -> bool:
        return self._is_running

    # ── what is asked for ────────────────────────────────────────────────────────────────────────────────────────

    def _judge(self) -> None:
        """The button can be pressed when something would be written; otherwise its tool tip says what is missing."""
        formats = any(box.isChecked() for box in self.formats.values())
        statuses = any(box.isChecked() for box in self.statuses.values())
        folder = bool(self.folder.text().strip())
        self.start.setEnabled(formats and statuses and folder and not self._is_running)
        self.start.setToolTip("" if formats and statuses and folder
                              else self.tr("Choose a format, which cases, and a folder."))
        self.identity.setVisible(any((one.identifies or one.images) and self.formats[one.name].isChecked()
                                     for one in self._offered))

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Export into"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _begin(self) -> None:
        self._run(True)
        self._is_looking = False
        self.sentence.setText(self.tr("Waiting until the last stroke is on the disk…"))
        self.refused.hide()
        self.wished.emit(ExportWish(
            Path(self.folder.text().strip()).expanduser(),
            tuple(name for name, box in self.formats.items() if box.isChecked()),
            tuple(status for status, box in self.statuses.items() if box.isChecked())))

    def _run(self, running: bool) -> None:
        self._is_running = running
        self.bar.setVisible(running)
        self.bar.setRange(0, 0)
        self.stop.setText(self.tr("Cancel") if running else self.tr("Close"))
        self._judge()

    def _open_folder(self) -> None:
        if self._out_shown is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._out_shown)))

    def reject(self) -> None:
        """The button and Escape: what runs is stopped and says what came of it; otherwise the dialog closes."""
        if self._is_running:
            self.cancelled.emit()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_running:
            self.cancelled.emit()
        self.done(0)  # a dialog tells that it has finished only this way
        event.accept()
