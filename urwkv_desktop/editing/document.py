"""One case that is open: image, mask, labels, prediction, history. It knows no screen, no file and no thread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from urwkv_desktop.editing.answer import answer_edit, offered_edit
from urwkv_desktop.editing.edits import Edit, MaskEdit, Voxels
from urwkv_desktop.editing.events import AnswerClosed, Event, MaskEvent, Move, SuggestionDropped
from urwkv_desktop.editing.history import History
from urwkv_desktop.editing.shares import Shares, shares
from urwkv_desktop.editing.state import CaseState
from urwkv_desktop.editing.suggestion import Suggestion, rebased
from urwkv_desktop.imaging import Box, Flag, Image, Labels, Mask, Message, Origin, Prediction, Status

_FEW = 8


@dataclass(frozen=True)
class Change:
    """What is different now. box: of the mask, None where no voxel changed."""

    box: Box | None = None
    history: bool = False
    status: bool = False
    labels: bool = False
    suggestion: bool = False
    prediction: bool = False


@dataclass(frozen=True)
class Received:
    """What became of an answer. group: where later slices of it belong; None where nothing was applied."""

    group: int | None
    applied: tuple[int, ...]
    offered: tuple[int, ...]


class Document:
    """state: as the store folded it (an empty one of the image's shape without). emit: is handed each event, in order,
    on the thread that made it; the event's revision is `document.revision` at that moment, so that the store is asked
    with `expected = document.revision - 1`.
    """

    def __init__(self, case: int, image: Image, state: CaseState | None = None, *, labels: Labels | None = None,
                 reader: str = "", prediction: Prediction | None = None, is_writable: bool = True,
                 emit: Callable[[Event], None] | None = None) -> None:
        self.case = case
        self.image = image
        self.state = state or CaseState.empty(image.shape)
        if self.state.mask.voxels.shape != image.shape:
            raise ValueError(f"a mask of {self.state.mask.voxels.shape} on an image of {image.shape}")
        self.reader = reader
        self.is_writable = is_writable
        self.suggestion: Suggestion | None = None
        self._labels = labels or Labels()
        self._prediction = prediction
        self._emit = emit
        self._next_group = 0
        self._listeners: list[Callable[[Change], None]] = []
        self._counts: dict[int, int] | None = None
        self._maps: dict[int, Voxels] = {}
        self._offer()

    @property
    def mask(self) -> Mask:
        return self.state.mask

    @property
    def history(self) -> History:
        return self.state.history

    @property
    def revision(self) -> int:
        return self.state.revision

    @property
    def status(self) -> Status:
        return self.state.status

    @property
    def flag(self) -> Flag:
        return self.state.flag

    @property
    def labels(self) -> Labels:
        return self._labels

    @labels.setter
    def labels(self, labels: Labels) -> None:
        self._labels = labels
        self._tell(Change(labels=True))

    @property
    def prediction(self) -> Prediction | None:
        return self._prediction

    @prediction.setter
    def prediction(self, prediction: Prediction | None) -> None:
        """Logits that were at hand all along; what they offer from before is offered again."""
        self._prediction = prediction
        offered = self._offer()
        self._tell(Change(prediction=True, suggestion=offered))

    def listen(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Returns how to stop listening."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def begin_group(self) -> int:
        """An id for edits that undo together; never given twice."""
        self._next_group = max(self._next_group + 1, self.history.next_group)
        return self._next_group

    def apply(self, edit: Edit) -> None:
        """One edit, made now; group 0: in one of its own. ValueError where `before` is not what stands there."""
        if isinstance(edit, MaskEdit) and not np.array_equal(self.mask.voxels[edit.box.index], edit.before):
            raise ValueError("the edit was made for another mask")
        edit = replace(edit, group=edit.group or self.begin_group(), reader=edit.reader or self.reader)
        self._take(MaskEvent.of(edit) if isinstance(edit, MaskEdit) else edit)

    def undo(self) -> Change | None:
        return self._move("undo", self.history.position - 1) if self.history.can_undo else None

    def redo(self) -> Change | None:
        return self._move("redo", self.history.position + 1) if self.history.can_redo else None

    def jump(self, position: int) -> Change | None:
        """To so many groups applied; None where that is where we are. Raises ValueError outside 0..len(groups)."""
        return None if position == self.history.position else self._move("jump", position)

    def receive(self, prediction: Prediction, slices: Sequence[int], *, group: int | None = None,
                maps: Mapping[int, Voxels] | None = None) -> Received:
        """The network's answer for some slices. They join `group` (the first call's) at its place in the history,
        without moving the cursor or cutting the redo; slices that a hand has touched are offered instead.

        maps: prediction.label_map(k) of the slices where a Job has made them already; large ones take long.
        """
        self._prediction = prediction
        self._maps.update(maps or {})
        group = group or self.begin_group()
        applied = tuple(k for k in slices if self.history.may_answer(k, group) and self._answer(prediction, k, group))
        offered = tuple(k for k in slices if k not in applied)
        if offered:
            self._take(MaskEvent.of(offered_edit(prediction, offered, group=group, reader=self.reader)))
        suggested = self._offer()
        self._maps.clear()
        self._tell(Change(prediction=True, suggestion=suggested))
        return Received(group if applied or self.history.index(group) is not None else None, applied, offered)

    def close_answer(self, group: int, *, is_complete: bool) -> None:
        """The network has finished with this group, or was stopped."""
        self._take(AnswerClosed(group, is_complete, self.reader))

    def suggest(self, suggestion: Suggestion) -> None:
        """At most one: it takes the place of another. A late answer that gives way is offered again afterwards."""
        self.suggestion = suggestion
        self._tell(Change(suggestion=True))

    def take_suggestion(self) -> None:
        """Its edits are made, as one group."""
        suggestion, self.suggestion = self.suggestion, None
        if suggestion is None:
            return
        group = self.begin_group()
        for edit in self._taken(suggestion, group):
            self._take(MaskEvent.of(edit))
        self._offer()
        self._tell(Change(suggestion=True))

    def drop_suggestion(self) -> None:
        suggestion, self.suggestion = self.suggestion, None
        if suggestion is None:
            return
        if suggestion.is_answer:
            self._take(SuggestionDropped(self.reader))
        self._offer()
        self._tell(Change(suggestion=True))

    def shares(self) -> Shares:
        """Takes time with the image's size: for a large one, on a Job."""
        return shares(self.state, self._labels)

    def counts(self) -> dict[int, int]:
        """Voxels of each label id that occurs. Counted once, then kept up with each edit's box."""
        if self._counts is None:
            self._counts = _count(self.mask.voxels)
        return {label: count for label, count in self._counts.items() if count and label not in self._labels.retired}

    def _answer(self, prediction: Prediction, k: int, group: int) -> bool:
        self._take(MaskEvent.of(self._answer_edit(prediction, k, group, Origin.network)))
        return True

    def _answer_edit(self, prediction: Prediction, k: int, group: int, origin: Origin) -> MaskEdit:
        said = self._maps[k] if k in self._maps else prediction.label_map(k)
        return answer_edit(self.mask, prediction, k, said, labels=self._labels, group=group, reader=self.reader,
                           origin=origin)

    def _taken(self, suggestion: Suggestion, group: int) -> list[MaskEdit]:
        if suggestion.is_answer and self._prediction is not None:
            return [self._answer_edit(self._prediction, k, group, Origin.suggestion) for k in suggestion.slices]
        return [rebased(edit, self.mask, self._labels, group, self.reader) for edit in suggestion.edits]

    def _offer(self) -> bool:
        """Makes a suggestion of the slices whose answer waits; False where there is none or another one stands.

        What an older answer offered goes: only the newest one's logits are at hand.
        """
        waiting, prediction = self.history.offered, self._prediction
        if prediction is None or (self.suggestion is not None and not self.suggestion.is_answer):
            return False
        slices = tuple(k for k in waiting if k in prediction.slices)
        if not slices:
            had, self.suggestion = self.suggestion is not None, None
            return had
        edits = tuple(self._answer_edit(prediction, k, 0, Origin.suggestion) for k in slices)
        self.suggestion = Suggestion(Message("The network's answer"), edits, slices)
        return True

    def _move(self, kind: str, position: int) -> Change:
        for step in self.history.steps(position):  # a payload that cannot be read must stop us before a voxel changes
            self.history.payload(step.revision)
        return self._take(Move(kind, position, self.reader))

    def _take(self, event: Event) -> Change:
        if not self.is_writable:
            raise ValueError("this document is read-only")
        status, flag = self.status, self.flag
        steps = self.history.take(event)
        box: Box | None = None
        for step in steps:
            box = step.event.box if box is None else box.union(step.event.box)
            self._count_out(step.event.box, -1)
            self.state.perform(step)
            self._count_out(step.event.box, 1)
        if self._emit is not None:
            self._emit(event)
        change = Change(box, history=True, status=(status, flag) != (self.status, self.flag))
        self._tell(change)
        return change

    def _count_out(self, box: Box, sign: int) -> None:
        if self._counts is not None:
            for label, count in _count(self.mask.voxels[box.index]).items():
                self._counts[label] = self._counts.get(label, 0) + sign * count

    def _tell(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)


def _count(voxels: Voxels) -> dict[int, int]:
    """Voxels of each id but 0, slice by slice, so that no copy of a whole volume is made."""
    total: dict[int, int] = {}
    for plane in voxels:
        rows = np.flatnonzero(plane.any(axis=1))
        if rows.size:
            for label, count in _count_plane(plane[rows[0]:rows[-1] + 1]):
                total[label] = total.get(label, 0) + count
    return total


def _count_plane(plane: Voxels) -> list[tuple[int, int]]:
    """A histogram widens every pixel to eight bytes; a few ids are counted faster one by one."""
    highest = int(plane.max())
    if highest <= _FEW:
        found = [(label, int(np.count_nonzero(plane == label))) for label in range(1, highest + 1)]
    else:
        found = list(enumerate(np.bincount(plane.ravel()).tolist()))[1:]
    return [(label, count) for label, count in found if count]
