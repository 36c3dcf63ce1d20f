"""Export from the window: the dialog, the job behind it, and the sentence at its end."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from urwkv_desktop.gui.controls import dress
from urwkv_desktop.gui.dialogs.export import ExportDialog, ExportWish
from urwkv_desktop.gui.dialogs.privacy import PrivacyDialog
from urwkv_desktop.gui.theme import Theme
from urwkv_desktop.gui.words import say_refusal
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.workflow import OUT_FORMATS, Jobs, Leaving, asks_first

if TYPE_CHECKING:
    from urwkv_desktop.workflow.jobs import Job
    from urwkv_desktop.workflow.privacy import Sight
    from urwkv_desktop.workflow.session import Session

class Report(Protocol):
    """What an export hands back: the files it wrote and proved, and the cases that it refused."""

    @property
    def written(self) -> Sequence[object]: ...
    @property
    def refused(self) -> Sequence[tuple[str, Refusal]]: ...


class ExportFlow(QObject):
    """One dialog for one session; it may be closed while the window is used, and stops its job then."""

    def __init__(self, session: "Session", jobs: Jobs, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._job: Job | None = None
        self._is_over = False
        counts = Counter(row.status for row in session.rows if not row.flag.excluded)
        # Beside the images, never among them: there the masks would be taken for images one day.
        out = session.root.with_name(f"{session.root.name}-export")
        self.dialog = ExportDialog(formats=OUT_FORMATS, counts=dict(counts), out=out, parent=parent)
        self.dialog.wished.connect(self._start)
        self.dialog.cancelled.connect(self._cancel)
        self._stop_listening = jobs.listen(self._progress)
        self.dialog.finished.connect(lambda _: self._over())
        dress(self.dialog, theme)
        self.dialog.show()

    def _start(self, wish: ExportWish) -> None:
        if not asks_first(wish.formats):
            self._export(wish, Leaving.named)
            return
        self.dialog.show_looking()
        self._job = self._session.look_for_identity(wish.formats, wish.statuses, lambda sight: self._ask(sight, wish))

    def _ask(self, sight: "Sight | Refusal", wish: ExportWish) -> None:
        """The gate: nothing with tags or pixels leaves before the person has seen what they tell."""
        self._job = None
        if self._is_over:
            return
        if isinstance(sight, Refusal):
            self.dialog.show_result(say_refusal(sight), (), None)
            return
        may_stay = not any(one.deidentified and one.name in wish.formats for one in OUT_FORMATS)
        if sight.is_clear and may_stay:
            self._export(wish, Leaving.named)
            return
        gate = PrivacyDialog(sight, may_stay_named=may_stay, parent=self.dialog)
        gate.decided.connect(lambda leaving: self._export(wish, leaving))
        gate.rejected.connect(lambda: self.dialog.show_result(self.tr("Nothing was exported."), (), None))
        gate.finished.connect(gate.deleteLater)
        dress(gate, self._theme)
        gate.open()

    def _export(self, wish: ExportWish, leaving: Leaving) -> None:
        self.dialog.show_writing()
        self._job = self._session.export(wish.out, wish.formats, wish.statuses, leaving=leaving,
                                         done=lambda result: self._done(result, wish.out))

    def _progress(self, job: "Job") -> None:
        if job is self._job and not job.state.is_over:
            self.dialog.show_progress(job.done_count, job.total)

    def _done(self, result: Report | Refusal, out: Path) -> None:
        self._job = None
        if self._is_over:
            return
        if isinstance(result, Refusal):
            self.dialog.show_result(say_refusal(result), (), None)
            return
        cases = len({stem for stem, _ in result.refused})
        self.dialog.show_result(self._sentence(len(result.written), cases), self._lines(result.refused),
                                out if result.written else None)

    def _lines(self, refused: "Sequence[tuple[str, Refusal]]") -> list[str]:
        """Each reason once, with the cases that it holds for."""
        by_reason: dict[str, list[str]] = {}
        for stem, reason in refused:
            stems = by_reason.setdefault(say_refusal(reason), [])
            if stem not in stems:
                stems.append(stem)
        return [f"{stems[0]}: {why}" if len(stems) == 1 else
                self.tr("{n} cases: {why} ({stems})").format(n=len(stems), why=why, stems=", ".join(stems))
                for why, stems in by_reason.items()]

    def _sentence(self, written: int, refused: int) -> str:
        if not written:
            return self.tr("Nothing was written: no case has one of these states.") if not refused \
                else self.tr("Nothing was written.")
        text = self.tr("1 file written, read back and found equal.") if written == 1 else self.tr(
            "{n} files written, read back and found equal.").format(n=written)
        return text + (" " + self._left_out(refused) if refused else "")

    def _left_out(self, cases: int) -> str:
        """Of one format at least: others may hold them."""
        return self.tr("1 case was left out, or could not be written in each format:") if cases == 1 else self.tr(
            "{n} cases were left out, or could not be written in each format:").format(n=cases)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _over(self) -> None:
        self._is_over = True
        self._cancel()
        self._stop_listening()
        self.dialog.deleteLater()
        self.deleteLater()
