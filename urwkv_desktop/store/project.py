"""One project file that is open. One thread writes; everybody is answered at once and told when it is durable."""

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, TimeoutError
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from urwkv_desktop import __version__
from urwkv_desktop.editing.edits import LabelEdit, MaskEdit
from urwkv_desktop.editing.events import Event, MaskEvent, Move
from urwkv_desktop.editing.history import History
from urwkv_desktop.editing.label_history import LabelHistory
from urwkv_desktop.imaging import Labels, Message, Refusal
from urwkv_desktop.store import inserting
from urwkv_desktop.store.cases import CaseRow, LoadedCase, NewCase
from urwkv_desktop.store.catalogue import Catalogue
from urwkv_desktop.store.moment import Moment, folded, unreadable
from urwkv_desktop.store.opening import Opened, create_file, open_file, read_root, root_text
from urwkv_desktop.store.reading import Reading, Shape
from urwkv_desktop.store.schema import connect_read_only
from urwkv_desktop.store.snapshots import Snapshots, make_snapshot
from urwkv_desktop.store.writer import Starter, Write, Writer

_BEAT_SECONDS = 2.0


class StaleRevision(Exception):  # noqa: N818 - the store's own word
    """The case's head has moved: what was appended was made for an older revision."""

    def __init__(self, case: int, head: int, expected: int) -> None:
        super().__init__(f"case {case} is at revision {head}, not {expected}")
        self.head = head


class Project:
    """Every method may be called from any thread and never waits for the disk's writing, but `flush` and `close`.

    on_acknowledged(case, revision), on_error(Refusal): called on the writer's thread.
    read_only_reason: why nothing can be written; None where reading only was asked for or where it can be.
    is_held: another window writes, and could be asked to stop (`open` with take_over).
    """

    def __init__(self, path: Path, opened: Opened, run: Starter) -> None:
        self.path = path
        self.is_read_only = opened.writing is None
        self.read_only_reason, self.is_held = opened.reason, opened.is_held
        self._is_immutable = opened.is_immutable
        self.on_acknowledged: Callable[[int, int], None] = lambda case, revision: None
        self.on_error: Callable[[Refusal], None] = lambda refusal: None
        self._lock = threading.RLock()
        self._read_lock = threading.RLock()
        self._reading = Reading(opened.reading)
        self._meta = self._reading.meta()
        self._readers = {name: number for number, name in self._reading.readers().items()}
        self._catalogue = Catalogue(folded(self._reading), self._fold)
        self._labels = self._reading.label_history()
        # By case and revision. Single steps on it are atomic, so that an acknowledgement needs no lock.
        self._pending: dict[tuple[int, int], Event] = {}
        self._snapshots = Snapshots()
        self._file_lock = opened.lock
        self._last_beat = 0.0
        self._is_closed = False
        self._writer: Writer | None = None
        if opened.writing is not None:
            writing = opened.writing
            self._writer = Writer(lambda: writing, run, name="project writer", guard=self._guard, idle=self._idle,
                                  beat=self._beat, on_error=lambda refusal: self.on_error(refusal))

    @staticmethod
    def create(path: Path, root: Path, run: Starter) -> "Project":
        """A new file for the images of `root`. Raises Refusal."""
        create_file(path, root, program=__version__)
        return Project.open(path, run)

    @staticmethod
    def open(path: Path, run: Starter, *, read_only: bool = False, take_over: bool = False) -> "Project":
        """Raises Refusal where it is no project. Where another window writes, or nothing can be written, it is open
        for reading only and says why; take_over: the person was asked and wants to write here."""
        opened = open_file(path, read_only=read_only, take_over=take_over)
        try:
            return Project(path, opened, run)
        except (sqlite3.DatabaseError, ValueError) as error:
            opened.close()
            raise Refusal(tried=Message("Opening the project."),
                          cause=Message("The project file is damaged ({reason}).", reason=str(error)),
                          cure=Message("Restore it from a backup.")) from error

    # ── what it is ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def project_id(self) -> str:
        return self._meta["project"]

    @property
    def secret(self) -> bytes:
        """From which the salted UIDs of de-identified exports are made. Never written elsewhere."""
        return bytes.fromhex(self._meta["secret"])

    @property
    def root(self) -> Path:
        return read_root(self.path, self._meta["root"])

    def set_root(self, root: Path) -> None:
        self.set_meta("root", root_text(self.path, root))

    def meta(self, key: str) -> str | None:
        return self._meta.get(key)

    def set_meta(self, key: str, value: str | None) -> "Future[None]":
        """None takes the key away."""
        with self._lock:
            if value is None:
                self._meta.pop(key, None)
            else:
                self._meta[key] = value
            return self._put(Write(partial(inserting.meta, key=key, value=value)))

    def model_for_kind(self, kind: str) -> str | None:
        return self._meta.get(f"model:{kind}")

    @property
    def models_for_kinds(self) -> dict[str, str]:
        """By kind: the model that the person chose for it."""
        return {key.removeprefix("model:"): name for key, name in self._meta.items() if key.startswith("model:")}

    def set_model_for_kind(self, kind: str, name: str | None) -> None:
        self.set_meta(f"model:{kind}", name)

    def model_for_case(self, case: int) -> str | None:
        return self.row(case).model

    def set_model_for_case(self, case: int, name: str | None) -> None:
        self.update_case(replace(self.row(case), model=name))

    def readers(self) -> tuple[str, ...]:
        """Everybody who has changed something."""
        return tuple(self._readers)

    # ── cases ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def cases(self) -> list[CaseRow]:
        """In natural order of their titles, as they are with everything appended so far."""
        with self._lock:
            return self._catalogue.rows()

    def row(self, case: int) -> CaseRow:
        with self._lock:
            return self._catalogue.row(case)

    def add_cases(self, cases: Sequence[NewCase]) -> list[int]:
        """Their ids, in order. A known identity gives the case that has it, whose files become the new ones; one that
        occurs twice in one call gets a number behind it."""
        with self._lock:
            ids, changed = self._catalogue.admit(cases)
            if changed:
                self._put(Write(partial(inserting.cases, rows=changed)))
            return ids

    def update_case(self, row: CaseRow) -> "Future[None]":
        """What is known about the images: title, files, kind, findings, model, hash. Never what is folded."""
        with self._lock:
            return self._put(Write(partial(inserting.cases, rows=[self._catalogue.put(row)])))

    def load(self, case: int, shape: Shape | None = None) -> LoadedCase:
        """The case folded from its events, those that still wait for the disk included. For a Job: it reads the file.

        shape: (Z, H, W) of the image, needed the first time. A case with edits keeps the shape that they were made
        on. Raises Refusal where the events cannot be read.
        """
        with self._lock:
            shape = self._shape(case, shape)
            waiting = self._waiting(case)
            row = self.row(case)
        light = History()
        try:
            with self._read_lock:
                state = self._reading.state(case, shape, light=light)
        except (sqlite3.DatabaseError, ValueError) as error:
            raise unreadable(row, error) from error
        with self._lock:
            self._catalogue.adopt(case, light)
            self._catalogue.forget(but={one for one, _ in list(self._pending)})
        for revision, event in waiting:
            if revision == state.revision + 1:
                state.take(event)
        state.history.loader = partial(self.payload, case)
        return LoadedCase(row, state)

    def _waiting(self, case: int) -> list[tuple[int, Event]]:
        """Events of the case that were not acknowledged yet; one that is meanwhile is in the file.

        Not by items(): making its pairs may collect garbage, and with it let the writer's thread in between.
        """
        keys = [key for key in list(self._pending) if key[0] == case]
        return [(key[1], event) for key in keys if (event := self._pending.get(key)) is not None]

    def payload(self, case: int, revision: int) -> bytes:
        """One edit's arrays, packed: a History's loader."""
        event = self._pending.get((case, revision))
        if isinstance(event, MaskEvent) and event.payload is not None:
            return event.payload
        with self._read_lock:
            return self._reading.payload(case, revision)

    def append(self, case: int, event: Event | MaskEdit, expected: int | None = None) -> "Future[int]":
        """Writes one event down; the future gives its revision once it is durable.

        expected: the revision for which it was made; where the case has moved on since, the future raises
        StaleRevision and nothing is written. It raises a Refusal where this project cannot be written.
        """
        packed = MaskEvent.of(event) if isinstance(event, MaskEdit) else event
        with self._lock:
            if self.is_read_only:
                return self._put(Write(lambda connection: None))
            head = self._catalogue.history(case).revision
            if expected is not None and expected != head:
                refused: Future[int] = Future()
                refused.set_exception(StaleRevision(case, head, expected))
                return refused
            revision = self._catalogue.take(case, packed)
            self._pending[case, revision] = packed
            return self._put(Write(partial(inserting.event, case=case, revision=revision, event=packed,
                                           readers=self._readers),
                                   partial(self._acknowledge, case, revision, packed)))

    def next_group(self, case: int) -> int:
        """A group id that no edit of the case has had, for one who appends without a Document."""
        with self._lock:
            return self._catalogue.history(case).next_group

    def leave(self, case: int) -> None:
        """The person went on to another case: a good moment for a snapshot."""
        self._snapshots.leave(case)

    # ── labels ────────────────────────────────────────────────────────────────────────────────────────────────────

    def labels(self) -> Labels:
        return self._labels.labels

    @property
    def label_history(self) -> LabelHistory:
        """To look at, and for the Moves of its undo and redo, which `append_label` takes."""
        return self._labels

    def append_label(self, event: LabelEdit | Move) -> "Future[int]":
        """Raises ValueError for an id that was given before."""
        with self._lock:
            if self.is_read_only:
                return self._put(Write(lambda connection: None))
            self._labels.take(event)
            revision = self._labels.revision
            return self._put(Write(partial(inserting.label, revision=revision, event=event, readers=self._readers)))

    # ── the whole file ────────────────────────────────────────────────────────────────────────────────────────────

    def snapshot_reader(self) -> Moment:
        """The file at this moment, for an export: everything acknowledged so far and nothing later. Close it."""
        return Moment(connect_read_only(self.path, immutable=self._is_immutable))

    def flush(self, seconds: float = 10.0) -> bool:
        """Waits until everything appended so far is durable; False where the disk did not answer in time."""
        if self._writer is None:
            return True
        try:
            self._put(Write(lambda connection: None)).result(seconds)
        except TimeoutError:
            return False
        except Refusal:
            return False
        return True

    def close(self) -> bool:
        """Writes what waits, makes snapshots, and hands the file back. False where something could not be written."""
        if self._is_closed:
            return True
        self._is_closed = True
        is_whole = True
        if self._writer is not None:
            is_whole = self.flush(2.0)
            for case in self._snapshots.dirty():
                self._snapshots.leave(case)
            with self._read_lock:
                self._reading.close()
            is_whole = self._writer.close() and is_whole
        else:
            self._reading.close()
        if self._file_lock is not None:
            self._file_lock.release()
        return is_whole

    # ── on the writer's thread ────────────────────────────────────────────────────────────────────────────────────

    def _acknowledge(self, case: int, revision: int, event: Event) -> None:
        self._pending.pop((case, revision), None)
        if isinstance(event, MaskEvent):
            self._snapshots.note(case, event.group, len(event.payload or b""))
        elif isinstance(event, Move):
            self._snapshots.note(case, 0, 0)
        self.on_acknowledged(case, revision)

    def _guard(self, connection: sqlite3.Connection) -> None:
        """Another window that took over has put its token there; then this one never writes again."""
        assert self._file_lock is not None
        found = connection.execute("SELECT value FROM meta WHERE key = 'writer'").fetchone()
        if found != (self._file_lock.mine.token,):
            raise Refusal(tried=Message("Saving to the project file."),
                          cause=Message("Another window has taken this project over."),
                          cure=Message("Go on there, or close it and open the project here again."))

    def _idle(self, connection: sqlite3.Connection) -> None:
        for case in self._snapshots.due():
            shape = self.row(case).shape
            self._snapshots.forget(case)
            if shape is None:
                continue
            try:
                connection.execute("BEGIN IMMEDIATE")
                self._guard(connection)
                make_snapshot(connection, case, shape)
                connection.execute("COMMIT")
            except (sqlite3.Error, ValueError, Refusal):
                # A snapshot saves time and nothing else: without it the case is folded from its events.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _beat(self) -> None:
        moment = time.monotonic()
        if self._file_lock is not None and moment - self._last_beat > _BEAT_SECONDS:
            self._last_beat = moment
            self._file_lock.beat()

    # ── inside ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _put(self, write: Write) -> "Future[Any]":
        if self._writer is None:
            write.done.set_exception(Refusal(
                tried=Message("Saving to the project file."),
                cause=self.read_only_reason or Message("The project is open for reading only."),
                cure=Message("Close the other window, or open a project that can be written.")))
            return write.done
        return self._writer.put(write)

    def _fold(self, case: int) -> History:
        with self._read_lock:
            return self._reading.fold(case)

    def _shape(self, case: int, shape: Shape | None) -> Shape:
        row = self.row(case)
        if row.shape is not None and (shape is None or row.revision > 0):
            return row.shape
        if shape is None:
            raise ValueError(f"the shape of case {case} is not known yet")
        if shape != row.shape and not self.is_read_only:
            self.update_case(replace(row, shape=shape))
        return shape
