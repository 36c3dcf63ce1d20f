"""Any sequence of edits, operations, suggestions, undos, jumps, answers, case switches and restarts, against a plain
stack of what was done. What operations shall do is asked of scipy, not of our own code."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.editing.scenes import answer, blank_image, scene_of
from tests.store.plain_operations import WANTED
from tests.store.projects import new_project, open_document, start
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import FlagEdit, MaskEdit, StatusEdit
from urwkv_desktop.editing.operations import (
    ClearLabelOptions,
    CopyOptions,
    FillHolesOptions,
    GrowOptions,
    InterpolateOptions,
    WhereOptions,
    clear_label,
    copy_next_slice,
    copy_previous_slice,
    fill_holes,
    grow,
    interpolate,
    keep_largest,
    shrink,
)
from urwkv_desktop.editing.scene import Scene
from urwkv_desktop.imaging import Box, Flag, Message, Plane, Rect, Status
from urwkv_desktop.store.project import Project

SHAPE = (3, 8, 8)
IMAGE = blank_image(8, 8, slices=3)
CASES = 2
# Where there is one: what is asked here is not whether a disk keeps its word (test_kill asks that).
MEMORY = Path("/dev/shm")
SLICES = st.integers(0, 2)
OPERATIONS = ("grow", "shrink", "fill_holes", "keep_largest", "clear", "clear_all")
OFFERS = ("interpolate", "copy_previous", "copy_next")

edge = st.integers(0, 7)
fills = st.tuples(st.just("fill"), SLICES, edge, edge, st.integers(0, 2))
answers = st.tuples(st.just("answer"), SLICES, edge, edge)
operations = st.tuples(st.just("operation"), st.sampled_from(OPERATIONS), SLICES)
offers = st.tuples(st.just("offer"), st.sampled_from(OFFERS), SLICES)
jumps = st.tuples(st.just("jump"), st.floats(0, 1))
words = st.sampled_from([("undo",), ("undo",), ("redo",), ("accept",), ("flag",), ("take",), ("take",), ("drop",),
                         ("switch",), ("leave",), ("reopen",)])
steps = st.one_of(fills, fills, fills, operations, offers, jumps, answers, words)


@dataclass(frozen=True, eq=False)
class Done:
    """kind: "hand", "answer", "accept", "flag". values: ids where something was set, -1 elsewhere. slices: touched."""

    kind: str
    values: np.ndarray
    slices: frozenset[int] = frozenset()


@dataclass
class Model:
    """done: everything in the order of the history. position: how much counts. said: the last answer's rectangle."""

    done: list[Done] = field(default_factory=list)
    position: int = 0
    said: Rect | None = None

    @property
    def mask(self) -> np.ndarray:
        mask = np.zeros(SHAPE, np.uint8)
        for step in self.done[: self.position]:
            mask = np.where(step.values >= 0, step.values, mask).astype(np.uint8)
        return mask

    @property
    def status(self) -> Status:
        kinds = [step.kind for step in self.done[: self.position] if step.kind != "flag"]
        if kinds[-1:] == ["accept"]:
            return Status.accepted
        return Status.edited if "hand" in kinds else Status.predicted if "answer" in kinds else Status.new

    def add(self, step: Done) -> None:
        self.done[self.position:] = [step]
        self.position += 1

    def become(self, mask: np.ndarray) -> None:
        """An edit by hand after which the mask is this; none where it is so already."""
        changed = mask != self.mask
        if changed.any():
            places = np.flatnonzero(changed.any(axis=(1, 2)))
            touched = frozenset(range(int(places[0]), int(places[-1]) + 1))
            self.add(Done("hand", np.where(changed, mask.astype(np.int16), np.int16(-1)), touched))

    def may_answer(self, k: int) -> bool:
        touched = any(step.kind == "hand" and k in step.slices for step in self.done)
        redo = any(step.kind == "answer" and k in step.slices for step in self.done[self.position:])
        return not touched and not redo and self.status is not Status.accepted


@given(st.lists(steps, min_size=50, max_size=50))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_sequence_ends_where_a_plain_stack_of_it_ends(sequence: list[tuple[object, ...]]) -> None:
    follow(sequence)


def follow(sequence: list[tuple[object, ...]]) -> None:
    """Does it all in a project and in the model, and compares after every step and after the last restart."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        project = new_project(Path(folder), cases=CASES)
        models = {case: Model() for case in range(1, CASES + 1)}
        document = open_document(project, 1, IMAGE)
        for step in sequence:
            project, document = _do(project, document, models, step)
            model = models[document.case]
            assert np.array_equal(document.mask.voxels, model.mask)
            assert (document.history.position, document.status) == (model.position, model.status)
        assert project.close()
        _check_file(project.path, models)


def _do(project: Project, document: Document, models: dict[int, Model], step: tuple[object, ...],
        ) -> tuple[Project, Document]:
    model = models[document.case]
    match step:
        case ("fill", int(k), int(row), int(column), int(label)):
            _fill(document, model, k, row, column, label)
        case ("operation", str(name), int(k)):
            _operate(document, model, name, k)
        case ("offer", str(name), int(k)):
            offer = _OFFERS[name](scene_of(document, plane=Plane(0, k)))
            wanted = WANTED[name](model.mask, k)
            assert (offer is None) == np.array_equal(wanted, model.mask)
            if offer is not None:
                document.suggest(offer)
        case ("take",):
            _take(document, model)
        case ("drop",):
            document.drop_suggestion()
        case ("answer", int(k), int(row), int(column)):
            _answer(document, model, k, Rect(row, column, min(row + 4, 8), min(column + 4, 8)))
        case ("undo",):
            assert (document.undo() is not None) == (model.position > 0)
            model.position = max(0, model.position - 1)
        case ("redo",):
            assert (document.redo() is not None) == (model.position < len(model.done))
            model.position = min(len(model.done), model.position + 1)
        case ("jump", float(share)):
            model.position = round(share * len(model.done))
            document.jump(model.position)
        case ("accept",):
            document.apply(StatusEdit(Status.accepted))
            model.add(Done("accept", NOTHING))
        case ("flag",):
            document.apply(FlagEdit(Flag(flagged=True)))
            model.add(Done("flag", NOTHING))
        case ("leave",):
            project.leave(document.case)
        case ("switch",):
            project.leave(document.case)
            return project, open_document(project, document.case % CASES + 1, IMAGE)
        case ("reopen",):
            assert project.close()
            project = Project.open(project.path, start)
            return project, open_document(project, document.case, IMAGE)
    return project, document


def _fill(document: Document, model: Model, k: int, row: int, column: int, label: int) -> None:
    box = Box(k, row, column, k + 1, min(row + 3, 8), min(column + 3, 8))
    before = document.mask.voxels[box.index].copy()
    document.apply(MaskEdit(Message("Fill"), "fill", 0, 0, box, before, np.full(box.shape, label, np.uint8)))
    values = np.full(SHAPE, -1, np.int16)
    values[box.index] = label
    model.add(Done("hand", values, frozenset({k})))


def _operate(document: Document, model: Model, name: str, k: int) -> None:
    edit = _EDITS[name](scene_of(document, plane=Plane(0, k)))
    wanted = WANTED[name](model.mask, k)
    assert (edit is None) == np.array_equal(wanted, model.mask)
    if edit is not None:
        document.apply(edit)
        model.become(wanted)


def _take(document: Document, model: Model) -> None:
    """What was offered, on the mask as it is by now; slices of a late answer are those that it was given for."""
    suggestion, values = document.suggestion, np.full(SHAPE, -1, np.int16)
    if suggestion is None:
        return
    touched: set[int] = set()
    for k in suggestion.slices:
        assert model.said is not None
        values[k] = 0
        values[k][model.said.index] = 1
        touched |= {k}
    for edit in () if suggestion.is_answer else suggestion.edits:
        values[edit.box.index] = np.where(edit.before != edit.after, edit.after, values[edit.box.index])
        touched |= set(range(edit.box.k0, edit.box.k1))
    document.take_suggestion()
    model.add(Done("hand", values, frozenset(touched)))


def _answer(document: Document, model: Model, k: int, rect: Rect) -> None:
    may, model.said = model.may_answer(k), rect
    assert document.receive(answer(SHAPE, {k: rect}), [k]).applied == ((k,) if may else ())
    if may:
        values = np.full(SHAPE, -1, np.int16)
        values[k] = 0
        values[k][rect.index] = 1
        model.done.insert(model.position, Done("answer", values, frozenset({k})))
        model.position += 1


NOTHING = np.full(SHAPE, -1, np.int16)
_EDITS: dict[str, Callable[[Scene], Any]] = {
    "grow": lambda scene: grow(scene, GrowOptions(distance=1.5)),
    "shrink": lambda scene: shrink(scene, GrowOptions("volume", distance=1.0)),
    "fill_holes": lambda scene: fill_holes(scene, FillHolesOptions()),
    "keep_largest": lambda scene: keep_largest(scene, WhereOptions()),
    "clear": lambda scene: clear_label(scene, ClearLabelOptions()),
    "clear_all": lambda scene: clear_label(scene, ClearLabelOptions(everywhere=True)),
}
_OFFERS: dict[str, Callable[[Scene], Any]] = {
    "interpolate": lambda scene: interpolate(scene, InterpolateOptions()),
    "copy_previous": lambda scene: copy_previous_slice(scene, CopyOptions("all")),
    "copy_next": lambda scene: copy_next_slice(scene, CopyOptions()),
}


def _check_file(path: Path, models: dict[int, Model]) -> None:
    project = Project.open(path, start, read_only=True)
    for case, model in models.items():
        loaded = project.load(case, SHAPE)
        assert np.array_equal(loaded.mask.voxels, model.mask)
        assert (loaded.row.status, loaded.history.position) == (model.status, model.position)
    project.close()
