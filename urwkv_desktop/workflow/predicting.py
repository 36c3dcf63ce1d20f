"""What the network's answers become: which case is looked at, and how an answer reaches the case, open or closed.

For an open case the answer goes to its Document on the owner's thread, never while a gesture runs. For a closed one its
events are made in a job and appended with the revision that they were made for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.events import Event
from urwkv_desktop.editing.history import History
from urwkv_desktop.imaging import Finding, Image, Labels, Message, Prediction, Refusal, Status
from urwkv_desktop.inference.library import Model
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.workflow.ahead import Ahead, Look
from urwkv_desktop.workflow.changes import Progress, SessionChange
from urwkv_desktop.workflow.indexing import is_changed, mask_file_of, source_of
from urwkv_desktop.workflow.jobs import Job, JobControl, JobGroup, Outcome, Post
from urwkv_desktop.workflow.kinds import Choice
from urwkv_desktop.workflow.loading import Loaded, Loader
from urwkv_desktop.workflow.logs import note
from urwkv_desktop.workflow.networks import Networks
from urwkv_desktop.workflow.review import wanted_ahead

AHEAD_CASES = 50
AHEAD_BYTES = 200 << 20
DECODE_LANE = "decode"


@dataclass(frozen=True, eq=False)
class OpenCase:
    loaded: Loaded
    document: Document


class Board(Protocol):
    """The session, as far as predicting needs it."""

    @property
    def is_read_only(self) -> bool: ...
    @property
    def rows(self) -> tuple[CaseRow, ...]: ...
    @property
    def current(self) -> int | None: ...
    @property
    def opened(self) -> OpenCase | None: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def reader(self) -> str: ...
    @property
    def slice_shown(self) -> int | None: ...
    def row(self, case: int) -> CaseRow: ...
    def load(self, case: int, done: Callable[[Loaded | Refusal | None], None]) -> None: ...
    def labels_for(self, model: Model) -> tuple[int, ...]: ...
    def append_all(self, case: int, events: Sequence[Event], base: int) -> None: ...
    def keep(self, case: int, prediction: Prediction) -> None: ...
    def found(self, findings: tuple[Finding, ...]) -> None: ...
    def tell(self, change: SessionChange) -> None: ...


@dataclass(frozen=True, eq=False)
class _Closed:
    """An answer as events for a case that is not open. base: the revision they stand on."""

    events: tuple[Event, ...]
    base: int


class Predicting:
    def __init__(self, board: Board, loader: Loader, jobs: JobGroup, post: Post, networks: Networks) -> None:
        self._board = board
        self._loader = loader
        self._jobs = jobs
        self._networks = networks
        self._ahead = Ahead(self, jobs, post, networks)
        self._unsuited: dict[int, Message] = {}
        self._refused: dict[int, Refusal] = {}
        self._left: set[int] = set()  # stopped by the person, or being appended: not looked at again by itself
        self._unseen: dict[int, int] = {}  # bytes of answers made ahead, by case
        self._groups: dict[int, int] = {}
        # Answers that came while a hand painted; whether complete, once that is known.
        self._waiting: list[tuple[Look, Prediction, bool | None]] = []
        self._hand = False
        self._made = 0

    # ── what the person does ─────────────────────────────────────────────────────────────────────────────────────────

    def case_shown(self, case: int) -> None:
        self._unseen.pop(case, None)
        if self._is_wanted(self._board.row(case)):
            self._ahead.prefer(case)
        self._ahead.go_on()

    def go_on(self) -> None:
        self._ahead.go_on()

    def warm(self, model: Model) -> None:
        self._ahead.warm(model)

    def again(self) -> None:
        """The open case is looked at once more, where a model was chosen for it; if that is under way, not twice."""
        opened = self._board.opened
        choice = opened.loaded.choice if opened is not None else None
        if opened is None or choice is None or choice.model is None or self._board.is_read_only:
            return
        case, image = opened.loaded.case, opened.loaded.image
        if self._is_under_way(case, choice.model, opened.document.history):
            self._ahead.prefer(case)
            self._ahead.go_on()
            return
        self._unsuited.pop(case, None)
        self._refused.pop(case, None)
        self._groups.pop(case, None)
        self._ahead.ask(Look(case, image, choice.model, self._board.labels_for(choice.model), {}, self._first(image),
                             is_asked=True, doubts=self._networks.doubts))
        self._board.tell(SessionChange(document=True, progress=True))

    def models_changed(self) -> None:
        """Other models were chosen: cases that none suited are looked at again, and the open one if it has nothing."""
        self._unsuited.clear()
        opened = self._board.opened
        if opened is not None and opened.loaded.imported is None and _needs_answer(opened.document.history):
            self.again()
        self._ahead.go_on()

    def refusal(self, case: int) -> Refusal | None:
        return self._refused.get(case)

    def pause(self, hand: bool) -> None:
        self._hand = hand
        if not hand:
            waiting, self._waiting = self._waiting, []
            for look, prediction, is_complete in waiting:
                self._deliver_late(look, prediction, is_complete)
        self._ahead.pause(hand)

    def cancel(self) -> None:
        self._ahead.cancel()

    def close(self) -> None:
        self._ahead.close()

    def is_about(self, job: Job) -> bool:
        """Whether the job is the network's look at a case."""
        return job is self._ahead.job

    @property
    def progress(self) -> Progress | None:
        look, job = self._ahead.looking_at, self._ahead.job
        if look is None or job is None:
            return None
        slices = look.image.shape[0]
        if slices > 1:
            return Progress(job.done_count, slices, Message("Predicting {title}", title=self._title(look.case)))
        waiting = sum(self._is_wanted(row) for row in self._board.rows[:AHEAD_CASES])
        return Progress(self._made, self._made + max(1, waiting), Message("Predicting ahead"))

    # ── what Ahead asks (Desk) ───────────────────────────────────────────────────────────────────────────────────────

    def next_wanted(self) -> int | None:
        board = self._board
        if board.is_read_only or (board.current is not None and board.opened is None and self._is_readable(board)):
            return None
        case = wanted_ahead(board.rows, board.current, self._is_wanted, at_most=AHEAD_CASES)
        if case != board.current and sum(self._unseen.values()) > AHEAD_BYTES:
            return None
        return case

    def gather(self, case: int, done: Callable[[Loaded | None], None]) -> None:
        opened = self._board.opened
        if opened is not None and opened.loaded.case == case:
            done(opened.loaded)
            return

        def gathered(loaded: Loaded | Refusal | None) -> None:
            if isinstance(loaded, Refusal):
                self._refused[case] = loaded
            elif loaded is None:
                self._left.add(case)
            done(loaded if isinstance(loaded, Loaded) else None)

        self._board.load(case, gathered)

    def look_at(self, loaded: Loaded) -> Look | None:
        case, opened = loaded.case, self._board.opened
        is_open = opened is not None and opened.loaded.case == case
        history = opened.document.history if opened is not None and is_open else loaded.state.history
        if loaded.imported is not None and not is_open:
            return None
        if loaded.choice.model is None:
            self._unsuited[case] = loaded.choice.reason
            self._board.tell(SessionChange(document=is_open))
            return None
        if not _needs_answer(history):
            self._left.add(case)
            return None
        goes_on = _is_by(history, loaded.choice.model)
        have = loaded.prediction.slices if loaded.prediction is not None and goes_on else {}
        return Look(case, loaded.image, loaded.choice.model, self._board.labels_for(loaded.choice.model), have,
                    self._first(loaded.image) if is_open else loaded.image.shape[0] // 2, is_asked=not goes_on,
                    doubts=is_open and self._networks.doubts)

    def slice_answered(self, look: Look, prediction: Prediction, k: int) -> None:
        self._board.tell(SessionChange(progress=True, engine=True))
        document = self._document(look)
        if document is not None:
            self._deliver(look, prediction, document)

    def answered(self, look: Look, prediction: Prediction, *, is_complete: bool) -> None:
        self._made += 1
        note("predicted", case=look.case, model=look.model.name, slices=len(prediction.slices), complete=is_complete)
        if prediction.slices:
            self._board.keep(look.case, prediction)
        if not is_complete:
            self._left.add(look.case)
        document = self._document(look)
        if document is None:
            self._unseen[look.case] = sum(each.logits.nbytes for each in prediction.slices.values())
            self._answer_closed(look, prediction, is_complete)
        else:
            self._finish(look, prediction, document, is_complete)
        self._told(look)

    def not_answered(self, look: Look, refusal: Refusal) -> None:
        self._refused[look.case] = refusal
        self._told(look)

    def put_off(self, look: Look) -> None:
        self._left.add(look.case)
        self._told(look)

    def network_said(self, findings: tuple[Finding, ...]) -> None:
        self._board.found(findings)
        self._board.tell(SessionChange(engine=True))

    # ── how an answer reaches its case ───────────────────────────────────────────────────────────────────────────────

    def _deliver_late(self, look: Look, prediction: Prediction, is_complete: bool | None) -> None:
        """After the gesture; the case may have been left meanwhile."""
        document = self._document(look)
        if document is None and is_complete is not None:
            self._answer_closed(look, prediction, is_complete)
        elif document is not None and is_complete is not None:
            self._finish(look, prediction, document, is_complete)
        elif document is not None:
            self._deliver(look, prediction, document)

    def _deliver(self, look: Look, prediction: Prediction, document: Document) -> None:
        """To the open document, unless a hand paints: then after the gesture."""
        if self._hand:
            self._waiting.append((look, prediction, None))
            return
        group = self._group(look, document)
        slices = _missing(document.history, group, prediction)
        if slices:
            received = document.receive(prediction, slices, group=group)
            if received.group is not None:
                self._groups[look.case] = received.group
        self._unsuited.pop(look.case, None)

    def _finish(self, look: Look, prediction: Prediction, document: Document, is_complete: bool) -> None:
        if self._hand:
            self._left.add(look.case)  # it has its answer, which waits
            self._waiting.append((look, prediction, is_complete))
            return
        self._deliver(look, prediction, document)
        group = self._groups.pop(look.case, None)
        if group is not None and group not in document.history.closed:
            document.close_answer(group, is_complete=is_complete)

    def _group(self, look: Look, document: Document) -> int | None:
        """Where the answer's slices belong: what has grown so far, also before the case was left and opened again."""
        return self._groups.get(look.case) or (None if look.is_asked else document.history.unfinished)

    def _answer_closed(self, look: Look, prediction: Prediction, is_complete: bool) -> None:
        case, labels, reader = look.case, self._board.labels, self._board.reader
        self._left.add(case)

        def work(control: JobControl) -> _Closed:
            state = self._loader.state(case, look.image.shape)
            base, events = state.revision, list[Event]()
            document = Document(case, look.image, state, labels=labels, reader=reader, emit=events.append)
            group = None if look.is_asked else document.history.unfinished
            slices = _missing(document.history, group, prediction)
            received = document.receive(prediction, slices, group=group)
            if received.group is not None:
                document.close_answer(received.group, is_complete=is_complete)
            return _Closed(tuple(events), base)

        def done(outcome: Outcome[_Closed]) -> None:
            document = self._document(look)
            if document is not None:
                self._finish(look, prediction, document, is_complete)
            elif outcome.value is not None:
                self._board.append_all(case, outcome.value.events, outcome.value.base)
            self._told(look)

        self._jobs.run(Message("Writing the network's answer down"), work, done=done, lane=DECODE_LANE, urgent=True)

    def _document(self, look: Look) -> Document | None:
        opened = self._board.opened
        return opened.document if opened is not None and opened.loaded.case == look.case else None

    def _told(self, look: Look) -> None:
        if self.progress is None:
            self._made = 0
        self._board.tell(SessionChange(rows=(look.case,), document=look.case == self._board.current, progress=True))

    def _is_wanted(self, row: CaseRow) -> bool:
        """A case that the network has not seen and may see by itself."""
        opened, case = self._board.opened, row.id
        if case <= 0 or is_changed(row) or row.flag.excluded:
            return False
        if case in self._unsuited or case in self._refused or case in self._left:
            return False
        if opened is not None and opened.loaded.case == case:
            return opened.loaded.imported is None and _needs_answer(opened.document.history)
        return row.status is Status.new and not row.has_prediction and self._may_lack_mask(row)

    def _may_lack_mask(self, row: CaseRow) -> bool:
        """Whether no mask beside the image answers for the network. A picture is read to find that out; a volume, which
        costs more, when it is the next one."""
        if mask_file_of(row) is None:
            return True
        taken = self._loader.is_mask_taken(row.id)
        return not taken if taken is not None else source_of(row).dimension == "2d"

    def _is_under_way(self, case: int, model: Model, history: History) -> bool:
        """Whether this model looks at the open case, or will by itself."""
        looking = self._ahead.models_of(case)
        by_itself = not looking and _is_by(history, model) and self._is_wanted(self._board.row(case))
        return model.name in looking or by_itself

    def _is_readable(self, board: Board) -> bool:
        """Whether the current case is still on its way to the screen."""
        return board.current is not None and board.current > 0 and board.current not in self._refused

    def _first(self, image: Image) -> int:
        shown = self._board.slice_shown
        return image.shape[0] // 2 if shown is None else min(max(0, shown), image.shape[0] - 1)

    def _title(self, case: int) -> str:
        return self._board.row(case).title


def _needs_answer(history: History) -> bool:
    """Nothing is drawn and no answer was taken back, or the network was interrupted."""
    if history.unfinished is not None:
        return True
    was_answered = history.has_answer or any(group.is_answer for group in history.groups)
    return history.status is Status.new and not was_answered


def _is_by(history: History, model: Model) -> bool:
    """Whether this model may go on with the answer that is there: one answer is never of two models."""
    return history.unfinished is None or history.answer_ids is None or history.answer_ids[1] == model.weights_sha256


def _missing(history: History, group: int | None, prediction: Prediction) -> tuple[int, ...]:
    """The prediction's slices that its group does not have yet, applied or offered."""
    at = history.index(group) if group is not None else None
    had = set(history.offered) if group is not None else set[int]()
    if at is not None:
        for mask in history.groups[at].masks:
            had.update(mask.answer.slices if mask.answer is not None else ())
    return tuple(k for k in prediction.slices if k not in had)


def with_choice(opened: OpenCase, choice: Choice) -> OpenCase:
    return replace(opened, loaded=replace(opened.loaded, choice=choice))
