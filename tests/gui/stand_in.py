"""A session without files or threads, so that the window's own behaviour can be seen: it writes down what was asked."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import Answer, MaskEdit
from urwkv_desktop.imaging import (
    PALETTE,
    Box,
    Finding,
    Geometry,
    Image,
    Label,
    Labels,
    Message,
    Origin,
    Refusal,
    Severity,
    SpacingKind,
    Status,
)
from urwkv_desktop.workflow import CaseRow, Leaving, ModelCard, Settings
from urwkv_desktop.workflow.changes import Progress, SavedState, SessionChange
from urwkv_desktop.workflow.lesson_diary import LessonState
from urwkv_desktop.workflow.settings import Network
from urwkv_desktop.workflow.teaching import Comparison, Offer

BROKEN = Refusal(tried=Message("Opening this image."), cause=Message("The file is empty."),
                 cure=Message("Copy it again from where it came from."))


def image(size: int = 64, slices: int = 1) -> Image:
    pixels = np.linspace(0, 255, slices * size * size).reshape(slices, size, size).astype(np.uint8)
    return Image(pixels, Geometry.picture(row_spacing=0.5, column_spacing=0.5, kind=SpacingKind.calibrated,
                                          slices=slices))


def answer(shape: tuple[int, int, int]) -> MaskEdit:
    """The network's answer: a square of 10 x 10 of label 1 in each slice."""
    after = np.zeros(shape, np.uint8)
    after[:, 20:30, 20:30] = 1
    return MaskEdit(Message("Prediction"), "network", 0, 0, Box(0, 0, 0, *shape), np.zeros(shape, np.uint8), after,
                    Origin.network, answer=Answer("busi", "0" * 64, tuple(range(shape[0]))))


class StandInTeaching:
    """Lessons without a process: what is known of them is set by the test."""

    def __init__(self, asked: list[tuple[Any, ...]]) -> None:
        self._asked = asked
        self.offers: tuple[Offer, ...] = (Offer("busi", 34), Offer("nuclei", 3))
        self.why_not: Refusal | None = None
        self.lacks: Refusal | None = None
        self.trouble: Refusal | None = None
        self.states: dict[str, LessonState] = {}
        self.comparisons: dict[str, Comparison] = {}
        self.adopted: set[str] = set()
        self.kept: set[str] = set()
        self.left: int | None = None

    def folder(self, model: str) -> Path:
        return Path("/nowhere/lessons") / model

    def lack(self, model: str) -> Refusal | None:
        return self.lacks

    def state(self, model: str) -> LessonState | None:
        return self.states.get(model)

    def comparison(self, model: str) -> Comparison | None:
        return self.comparisons.get(model)

    def adopted_as(self, comparison: Comparison) -> str | None:
        return comparison.new_model if comparison.new_model in self.adopted else None

    def can_go_on(self, model: str) -> bool:
        return model in self.kept

    def minutes_left(self, model: str) -> int | None:
        return self.left

    def begin(self, model: str, *, resume: bool = False) -> None:
        if self.trouble is not None:
            raise self.trouble
        self._asked.append(("teach", model, resume))
        self.states[model] = LessonState("preparing", model)

    def stop(self, model: str) -> None:
        self._asked.append(("stop", model))


class StandInSession:
    """Cases 1 to 4 can be shown, -1 can't; case 3 has no model that suits."""

    def __init__(self, *, slices: int = 1) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.name, self.root, self.project_path = "Breast", Path("/nowhere"), Path("/nowhere/Breast.urwkv")
        self.is_read_only, self.read_only_reason, self.is_indexing = False, None, False
        self.labels = Labels((Label(1, "Lesion", PALETTE[0]), Label(2, "Shadow", PALETTE[1])))
        states = (Status.accepted, Status.edited, Status.new, Status.predicted)
        self.rows: tuple[CaseRow, ...] = (
            *(CaseRow(number, f"case-{number}", "", (f"case-{number}.png",), "image", status)
              for number, status in enumerate(states, start=1)),
            CaseRow(-1, "broken.png", "", ("broken.png",), "refused",
                    findings=(Finding("unreadable", BROKEN.cause, Severity.refused),)))
        self.current: int | None = None
        self.document: Document | None = None
        self.reader, self.engine_note = "anna", "CPU · OpenVINO · 38 ms"
        self.model_note: Message | None = None
        self.model_name: str | None = "busi"
        self.unsuited: Message | None = None
        self.case_refusal: Refusal | None = None
        self.suiting: tuple[ModelCard, ...] = ()  # the models that suit case 3
        self.shows_part: Callable[[], None] | None = None
        self.prediction_refusal: Refusal | None = None
        self.findings: tuple[Finding, ...] = ()
        self.is_slow, self.slice_shown, self.wants_root = False, 0, False
        self.progress: Progress | None = None
        self.saved = SavedState()
        self._slices = slices
        self.teaching = StandInTeaching(self.asked)
        self._listeners: list[Callable[[SessionChange], None]] = []

    def listen(self, callback: Callable[[SessionChange], None]) -> Callable[[], None]:
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def tell(self, **fields: Any) -> None:
        for listener in tuple(self._listeners):
            listener(SessionChange(**fields))

    def adopt(self, model: str, done: Callable[[str | Refusal], None]) -> None:
        self.asked.append(("adopt", model))
        if self.teaching.trouble is not None:
            done(self.teaching.trouble)
        else:
            self.teaching.adopted.add(f"{model}-2")
            done(f"{model}-2")

    def row(self, case: int) -> CaseRow:
        return {row.id: row for row in self.rows}[case]

    def whose(self, case: int) -> str:
        return "Doe^Jane · 4711 · 2006-12-19" if case == 4 else ""

    def thumbnail(self, case: int) -> None:
        return None

    def bound(self, settings: Settings) -> None:
        self.asked.append(("bound", settings.limits.picture_mib))

    def choose_network(self, wish: Network) -> None:
        self.asked.append(("choose_network", wish))

    def open_case(self, case: int) -> None:
        self.asked.append(("open_case", case))
        self.current = case
        self.case_refusal = BROKEN if case < 0 else None
        self.unsuited = Message("No model at hand suits this image.") if case == 3 else None
        self.document = None
        if case > 0:
            shown = image(slices=self._slices)
            self.document = Document(case, shown, labels=self.labels, reader=self.reader)
            if case != 3:
                self.document.apply(answer(shown.shape))
        self.tell(document=True)

    def close(self) -> bool:
        self.asked.append(("close",))
        return True

    @property
    def candidates(self) -> tuple[ModelCard, ...]:
        return self.suiting if self.current == 3 else ()

    @property
    def nearest_model(self) -> str | None:
        return next(iter(self.model_names()), None)

    def model_names(self) -> tuple[str, ...]:
        return ("busi",)

    def edit_labels(self, labels: Labels) -> None:
        self.labels = labels
        if self.document is not None:
            self.document.labels = labels
        self.tell(labels=True)

    def export(self, out: Path, formats: Sequence[str], statuses: Sequence[Status], *, done: Callable[[Any], None],
               leaving: Leaving = Leaving.named) -> None:
        self.asked.append(("export", out, formats, statuses))

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Everything else is only written down."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *values, **named: self.asked.append((name, *values, *named.values()))
