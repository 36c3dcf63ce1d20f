"""A mask comes in from a file: the dialog, the job behind it, and the choice where the file leaves one."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from urwkv_desktop.gui.bands import Bands
from urwkv_desktop.gui.words import say, say_refusal
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.workflow.importing import IN_ORDER, RESAMPLE, LabelSet, LabelWish, import_mask
from urwkv_desktop.workflow.jobs import JobGroup

if TYPE_CHECKING:
    from urwkv_desktop.workflow.session import Session


class ImportFlow(QObject):
    """What may be allowed (an order, resampling) is offered only where the file was refused for want of it."""

    def __init__(self, session: "Session", jobs: JobGroup, bands: Bands, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._bands, self._parent = session, jobs, bands, parent

    def ask(self) -> None:
        """For a file, by the system's dialog."""
        patterns = "*.png *.tif *.tiff *.nii *.nii.gz *.nrrd *.nhdr *.mha *.mhd *.dcm *.json"
        name, _ = QFileDialog.getOpenFileName(self._parent, self.tr("Import a mask"), str(self._session.root),
                                              ";;".join((self.tr("Masks") + f" ({patterns})",
                                                         self.tr("All files") + " (*)")))
        if name:
            self.take(Path(name), LabelWish())

    def take(self, file: Path, wish: LabelWish) -> None:
        import_mask(self._session, self._jobs, file, wish, lambda result: self._done(result, file, wish))

    def _done(self, result: LabelSet | Refusal | None, file: Path, wish: LabelWish) -> None:
        if result is None:
            return
        if not isinstance(result, Refusal):
            notes = " ".join(say(one.message) for one in result.findings)
            self._bands.tell(self.tr("{name} was imported.").format(name=file.name) + (" " + notes if notes else ""),
                             is_news=not notes)
            return
        if result.cure == RESAMPLE and not wish.resample:
            self._bands.tell(say_refusal(result), self.tr("Resample"),
                             lambda: self.take(file, replace(wish, resample=True)))
        elif result.cure == IN_ORDER and not wish.in_order:
            self._bands.tell(say_refusal(result), self.tr("Import in the file's order"),
                             lambda: self.take(file, replace(wish, in_order=True)))
        else:
            self._bands.tell(say_refusal(result))
