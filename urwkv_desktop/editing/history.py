"""All that happened to a case, and how far of it is applied. Undo, redo and jump move by group.

A History is a fold over the case's events: the same `take` replays a file and follows the hand.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce

from urwkv_desktop.editing.edits import ASKED_FOR, NO_BOX, FlagEdit, MeasureEdit, StatusEdit, name_of
from urwkv_desktop.editing.events import AnswerClosed, Event, GroupEvent, MaskEvent, Move, SuggestionDropped
from urwkv_desktop.imaging import Box, Flag, Message, Origin, Status

Loader = Callable[[int], bytes]
_ANSWERS = (Origin.network, Origin.imported)
# These stay in memory whatever the bound: they may not have reached the store yet.
_NEWEST = 64


@dataclass(frozen=True, eq=False)
class Entry:
    """One edit in its place: the event (without its payload) and the revision under which the store has it."""

    event: GroupEvent
    revision: int


@dataclass(frozen=True, eq=False)
class Group:
    """Edits that undo and redo take together. edits: in the order in which they were made."""

    id: int
    name: Message
    origin: Origin
    time: datetime
    edits: tuple[Entry, ...]

    @property
    def masks(self) -> Iterator[MaskEvent]:
        return (entry.event for entry in self.edits if isinstance(entry.event, MaskEvent))

    @property
    def is_answer(self) -> bool:
        return self.origin in _ANSWERS

    @property
    def is_by_hand(self) -> bool:
        """A person did it: no network's mask, and no file's that lay beside the image."""
        return not self.is_answer or any(mask.tool_id == ASKED_FOR for mask in self.masks)

    def touches(self, k: int) -> bool:
        return any(not mask.box.is_empty and mask.box.k0 <= k < mask.box.k1 for mask in self.masks)


@dataclass(frozen=True, eq=False)
class Step:
    """What has to be done to the mask now: an edit applied (forward) or taken back."""

    event: MaskEvent
    revision: int
    forward: bool


@dataclass
class History:
    """loader: reads a payload again from the store, by revision; without one everything stays in memory.

    limit: bytes of payloads kept. revision: events taken. next_group: an id that no group has had.
    offered: slices whose answer waits as a Suggestion.
    """

    loader: Loader | None = None
    limit: int = 64 << 20
    revision: int = 0
    next_group: int = 1
    position: int = 0
    changed: float = 0.0  # when the last event happened, seconds since 1970
    offered: tuple[int, ...] = ()
    answer_ids: tuple[str, str] | None = None  # of the last answer, applied or offered: model, hash (a file's: "")
    network_ids: tuple[str, str] | None = None  # of the last that a network gave
    closed: dict[int, bool] = field(default_factory=dict)
    _groups: list[Group] = field(default_factory=list)
    _payloads: "OrderedDict[int, bytes]" = field(default_factory=OrderedDict)
    _bytes: int = 0
    _status: tuple[int, Status] | None = None
    _has_flags: bool = False

    @property
    def is_imported(self) -> bool:
        """The last answer is a file's."""
        return self.answer_ids is not None and not self.answer_ids[1]

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(self._groups)

    @property
    def applied(self) -> tuple[Group, ...]:
        return tuple(self._groups[: self.position])

    @property
    def can_undo(self) -> bool:
        return self.position > 0

    @property
    def can_redo(self) -> bool:
        return self.position < len(self._groups)

    @property
    def undo_name(self) -> Message | None:
        return self._groups[self.position - 1].name if self.can_undo else None

    @property
    def undoes_answer(self) -> bool:
        """Undo would take back a mask that came by itself: a network's, or that of a file beside the image."""
        return self.can_undo and not self._groups[self.position - 1].is_by_hand

    @property
    def redo_name(self) -> Message | None:
        return self._groups[self.position].name if self.can_redo else None

    @property
    def memory(self) -> int:
        """Bytes of payloads in memory."""
        return self._bytes

    def take(self, event: Event) -> tuple[Step, ...]:
        """Write one more event down; returns what it does to the mask, in order. ValueError: a move to nowhere."""
        if isinstance(event, Move) and not 0 <= event.position <= len(self._groups):
            raise ValueError(f"no place {event.position} in a history of {len(self._groups)}")
        self.revision += 1
        self.changed = event.time.timestamp()
        self.next_group = max(self.next_group, getattr(event, "group", 0) + 1, self.revision + 1)
        match event:
            case Move():
                return self._move(event.position)
            case AnswerClosed():
                self.closed[event.group] = event.is_complete
            case SuggestionDropped():
                self.offered = ()
            case _:
                return self._edit(event)
        return ()

    def payload(self, revision: int) -> bytes:
        """The payload of one edit, from memory or from the store."""
        kept = self._payloads.get(revision)
        if kept is None:
            if self.loader is None:
                raise ValueError(f"the payload of revision {revision} is not in memory")
            kept = self.loader(revision)
            self._keep(revision, kept)
        return kept

    def steps(self, position: int) -> tuple[Step, ...]:
        """What a move of the cursor would do to the mask: newest taken back first, or oldest applied first."""
        return self.way(self.position, position)

    def way(self, start: int, stop: int) -> tuple[Step, ...]:
        """What a move from one place to another would do to the mask."""
        back = [Step(entry.event, entry.revision, False) for group in reversed(self._groups[stop:start])
                for entry in reversed(group.edits) if isinstance(entry.event, MaskEvent)]
        onward = [Step(entry.event, entry.revision, True) for group in self._groups[start:stop]
                  for entry in group.edits if isinstance(entry.event, MaskEvent)]
        return tuple(step for step in (*back, *onward) if not step.event.box.is_empty)

    def reader(self) -> Loader:
        """Reads payloads by revision on any thread: those in memory now, others from the store. ValueError: neither."""
        kept, loader = dict(self._payloads), self.loader

        def read(revision: int) -> bytes:
            if revision in kept:
                return kept[revision]
            if loader is None:
                raise ValueError(f"the payload of revision {revision} is not in memory")
            return loader(revision)

        return read

    @property
    def reach(self) -> Box:
        """Outside of this the mask is empty: the boxes of all that is applied."""
        boxes = [mask.box for group in self.applied for mask in group.masks if not mask.box.is_empty]
        return reduce(Box.union, boxes, NO_BOX)

    def index(self, group: int) -> int | None:
        """Where a group stands among the groups; None once it has been cut off."""
        return next((at for at, one in enumerate(self._groups) if one.id == group), None)

    def may_answer(self, k: int, group: int) -> bool:
        """Whether the network's answer for slice k can be applied without disturbing a hand, in this group.

        Slices that a hand has touched are left out, also where that was undone: its redo stays possible.
        """
        at = self.index(group)
        if at is not None and (at >= self.position or any(k in _slices(mask) for mask in self._groups[at].masks)):
            return False
        if self.status is Status.accepted:
            return False
        later = self._groups[self.position:] if at is None else self._groups[at + 1:]
        earlier = self._groups[: self.position] if at is None else self._groups[:at]
        return not (any(one.touches(k) for one in later)
                    or any(one.touches(k) and not one.is_answer for one in earlier))

    @property
    def status(self) -> Status:
        """A fold over what is applied."""
        if self._status is None or self._status[0] != self.revision:
            self._status = self.revision, self._fold_status()
        return self._status[1]

    def _fold_status(self) -> Status:
        """From the newest backwards: what a hand did last is what most cases are."""
        word: StatusEdit | None = None
        base, is_painted = Status.new, False
        for group in reversed(self._groups[: self.position]):
            for entry in reversed(group.edits):
                event = entry.event
                if isinstance(event, StatusEdit) and word is None and not is_painted:
                    word = event
                    if word.status is Status.accepted:
                        return Status.accepted
                elif isinstance(event, MaskEvent):
                    is_painted = True
                    base = Status.predicted
                    if event.origin not in _ANSWERS:
                        return Status.edited
        return base

    @property
    def flag(self) -> Flag:
        """The newest that is applied."""
        if not self._has_flags:
            return Flag()
        for group in reversed(self._groups[: self.position]):
            for entry in reversed(group.edits):
                if isinstance(entry.event, FlagEdit):
                    return entry.event.flag
        return Flag()

    @property
    def measures(self) -> tuple[MeasureEdit, ...]:
        """Measurements that stand, oldest first."""
        made = [entry.event for group in self._groups[: self.position] for entry in group.edits
                if isinstance(entry.event, MeasureEdit)]
        gone = {edit.removes for edit in made if edit.removes is not None}
        return tuple(edit for edit in made if edit.removes is None and edit.group not in gone)

    @property
    def unfinished(self) -> int | None:
        """The group of an answer that is neither complete nor cancelled, if it is applied: it can go on growing."""
        for group in reversed(self._groups[: self.position]):
            if group.origin is Origin.network:
                return None if group.id in self.closed else group.id
        return None

    @property
    def edits_by_hand(self) -> int:
        return sum(not group.is_answer and isinstance(group.edits[0].event, MaskEvent)
                   for group in self._groups[: self.position])

    @property
    def has_answer(self) -> bool:
        return any(group.is_answer for group in self._groups[: self.position]) or bool(self.offered)

    def _edit(self, event: GroupEvent) -> tuple[Step, ...]:
        entry, revision = Entry(event, self.revision), self.revision
        self._has_flags = self._has_flags or isinstance(event, FlagEdit)
        step: tuple[Step, ...] = ()
        if isinstance(event, MaskEvent):
            self._note_answer(event)
            if event.payload is not None:
                self._keep(revision, event.payload)
            light = event.without_payload()
            entry = Entry(light, revision)
            step = () if event.box.is_empty else (Step(light, revision, True),)
            # A mask that a person asks for is as any other edit of theirs: what was undone before it is gone.
            if event.answer is not None and event.origin in _ANSWERS and event.tool_id != ASKED_FOR:
                if not event.answer.slices:
                    return ()
                self._answer(entry, light)
                return step
        self._append(entry, event)
        return step

    def _append(self, entry: Entry, event: GroupEvent) -> None:
        del self._groups[self.position:]
        last = self._groups[-1] if self._groups else None
        if last is not None and last.id == event.group:
            self._groups[-1] = replace(last, edits=(*last.edits, entry))
            return
        self._groups.append(_group(entry, event))
        self.position += 1

    def _answer(self, entry: Entry, event: MaskEvent) -> None:
        """Joins its group where that stands; a new one goes in at the cursor. Neither cuts the redo."""
        at = self.index(event.group)
        if at is not None:
            self._groups[at] = replace(self._groups[at], edits=(*self._groups[at].edits, entry))
            return
        self._groups.insert(self.position, _group(entry, event))
        self.position += 1

    def _note_answer(self, event: MaskEvent) -> None:
        if event.answer is None:
            return
        self.answer_ids = event.answer.model, event.answer.weights_sha256
        self.network_ids = self.answer_ids if self.answer_ids[1] else self.network_ids
        kept = set(self.offered) - set(event.answer.slices) | set(event.answer.offered)
        self.offered = tuple(sorted(kept))

    def _move(self, position: int) -> tuple[Step, ...]:
        steps = self.steps(position)
        self.position = position
        return steps

    def _keep(self, revision: int, payload: bytes) -> None:
        self._bytes += len(payload) - len(self._payloads.pop(revision, b""))
        self._payloads[revision] = payload
        if self.loader is None:
            return
        while self._bytes > self.limit:
            oldest = next((old for old in self._payloads if old <= self.revision - _NEWEST and old != revision), None)
            if oldest is None:
                return
            self._bytes -= len(self._payloads.pop(oldest))


def _group(entry: Entry, event: GroupEvent) -> Group:
    if isinstance(event, MaskEvent):
        return Group(event.group, event.tool, event.origin, event.time, (entry,))
    return Group(event.group, name_of(event), Origin.hand, event.time, (entry,))


def _slices(mask: MaskEvent) -> tuple[int, ...]:
    return () if mask.answer is None else mask.answer.slices
