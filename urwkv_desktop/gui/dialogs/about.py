"""What this program is, and what it is not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from urwkv_desktop.gui.controls import label


class AboutDialog(QDialog):
    def __init__(self, version: str, *, log_folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About urwkv-desktop"))
        self.setFixedWidth(480)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(f"urwkv-desktop {version}", "project"))
        for text in (
            self.tr("Opens medical images, shows each already segmented by U-RWKV, and keeps every correction."),
            self.tr("Not a medical device; for review by a qualified reader."),
            self.tr("It opens no network connection. Images are never written to."),
            self.tr("Program: MIT. Models carry the licence of the data they were trained on. See LICENSE and NOTICE."),
        ):
            line = label(text)
            line.setWordWrap(True)
            column.addWidget(line)
        place = label(self.tr("Log and crash reports: {folder}").format(folder=log_folder), "quiet")
        place.setWordWrap(True)
        column.addWidget(place)
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
